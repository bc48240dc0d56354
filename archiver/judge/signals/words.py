"""What a page says of itself in its title, its headings and the lines that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archiver.judge.page import Page
from archiver.judge.signals.answer import Answer
from archiver.judge.signals.folding import DENSE, weight, words_of
from archiver.judge.signals.lexicon import Hit, lexicon
from archiver.judge.signals.shape import Shape

_PARTS = re.compile(r"\s+[-|\u2013\u2014\u00b7:\u2022\u00bb\u203a/]+\s+|[|\u2022]|\s+::\s+")
_MOST_PART = 30  # weight of the part of a title beside the one that says it: a site's name
_MOST_PLACE = 160  # weight of a line that can be said to say one thing
_MOST = 650  # per mille of a text's letters that its phrases must be, and
_MOST_BARE = 400  # the same on a page with nothing else
_MOST_DENSE = 500  # the same in a script without blanks, where no word can be passed over
_LEAD = 15  # lines from the top that may stand for a heading
_QUOTED = re.compile(
    "\u201c[^\u201c\u201d]*\u201d|\u201e[^\u201c\u201d\u201e]*[\u201c\u201d]|\u00ab[^\u00ab\u00bb]*\u00bb"
    '|\u00bb[^\u00ab\u00bb]*\u00ab|"[^"]*"|\u300c[^\u300c\u300d]*\u300d|\u300e[^\u300e\u300f]*\u300f'
)
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_SHORT = 250  # weight of a page's own prose under which it has nothing else to say
_BARE = 120  # the same, where not even a sentence is left
_THIN = 500  # weight of all lines of a page on which any line counts
_FILL = frozenset(
    folded
    for word in (
        "domain error oops ooops sorry ups uups whoops uh oh ohh no http code status page "
        "fehler erreur errore erro fout fel fejl feil virhe chyba hata blad ошибка помилка "
        "грешка خطا שגיאה 错误 錯誤 エラー 오류 this 404 403 410 503 451 notice hinweis "
        "attention désolé désolée desole desolee hoppla leider entschuldigung lo sentimos scusa "
        "desculpe helaas tyvärr tyvarr przepraszamy omlouváme omlouvame se извините вибачте "
        "üzgünüz uzgunuz عذرا מצטערים 抱歉 很抱歉 申し訳ありません 죄송합니다 article story "
        "post content item video news text your our that it is been has have dieser diese "
        "dieses der die das artikel beitrag inhalt seite nachricht ist cet cette ce ceci ces le "
        "la les un une ou plus contenu publication est este esta el los noticia artículo "
        "contenido página publicación questo questa il articolo contenuto notizia pagina o os "
        "as esse essa artigo conteúdo notícia dit deze het een bericht inhoud (meer) den det "
        "denna detta sidan artikeln inlägget siden artiklen artikkelen sivu ten ta to artykuł "
        "wpis treść strona tej tento tato toto článek obsah stránka этот эта это данный данная "
        "материал статья запись новость публикация страница цей ця це матеріал стаття допис "
        "новина сторінка bu haber içerik yazı sayfa هذا هذه المقال المحتوى الصفحه הדף העמוד "
        "המאמר הכתבה התוכן זה זו 이 기사 페이지 게시물 안내 к сожалению на жаль вами "
        "unfortunately we are im"
    ).split()
    for folded in words_of(word).split()
)


_SMALL_PRINT = frozenset(["small_print", "privacy"])  # on any page
# What banners and menus of pages in order say as well.
_ASIDE = frozenset(["consent", "login", "script"])


@dataclass(frozen=True, slots=True)
class Said:
    """A place of a page that says one thing. `main`: the title, the first heading, or a page
    that says nothing else."""

    kind: str
    place: str
    text: str
    main: bool


def said(answer: Answer, shape: Shape) -> tuple[Said, ...]:
    """Everything that the page says of itself, the main places first."""
    if not isinstance(answer.page, Page):
        return ()
    site = answer.markup.metas.get("og:site_name", "")
    found = [*_title(answer.page.title, site), *_headings(shape)]
    heads = {one.kind for one in found if one.main}
    lines = list(_lines(shape))
    if heads or not _is_alone(shape):
        alone = heads
    else:
        told = {one.kind for one in lines if one.main}
        alone = (told - _ASIDE) or told
    found += [replace(one, main=one.main and one.kind in alone) for one in lines]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: not one.main))


def _is_alone(shape: Shape) -> bool:
    """Whether a line may speak for the page: no heading speaks of something else, nor any text."""
    above = [one for one in shape.lines if one.level == 1 and not one.link]
    return shape.own < _SHORT and all(one.hits for one in above)


def _title(title: str, named: str) -> Iterator[Said]:
    parts = [part.strip() for part in _PARTS.split(title) if part and part.strip()]
    for part in parts:
        rest = [one for one in parts if one != part and words_of(one) != words_of(named)]
        if all(weight(one) <= _MOST_PART or _whole(one, _MOST) for one in rest):
            site, colon, word = part.partition(": ")
            one = word if colon and weight(site) <= _MOST_PART else part
            for kind in (*_whole(part, _MOST), *_whole(one, _MOST)):
                yield Said(kind, "title", title[:200], True)


def _headings(shape: Shape) -> Iterator[Said]:
    """The headings of the highest level that there is."""
    headings = [one for one in shape.lines if one.level and not one.link]
    first = min((one.level for one in headings), default=0)
    for one in headings:
        for kind in _whole(one.text, _least(shape)):
            main = one.level == first and (first == 1 or kind not in _ASIDE)
            yield Said(kind, "heading", one.text[:200], main)


def _lines(shape: Shape) -> Iterator[Said]:
    """Lines that stand alone, and any line of a page that has hardly one."""
    lines = [one for one in shape.lines if not one.link]
    for number, one in enumerate(lines):
        whole = _whole(one.text, _least(shape)) if number < _LEAD or one.level else []
        if one.legalese > 1 and any(hit.kind == "consent" for hit in one.hits):
            whole.append("consent")
        few = sorted({hit.kind for hit in one.hits} - _SMALL_PRINT) if shape.body < _THIN else ()
        for kind in dict.fromkeys([*whole, *few]):
            yield Said(kind, "line", one.text[:200], kind in whole)


def _least(shape: Shape) -> int:
    return _MOST if shape.own >= _BARE else _MOST_BARE


def _whole(text: str, least: int) -> list[str]:
    """The kinds of which a title, heading or line speaks, and of hardly anything else. What
    it quotes does not count: that is somebody else's word."""
    if weight(text) > _MOST_PLACE:
        return []
    words = words_of(_DOMAIN.sub(" domain ", _QUOTED.sub(" ", text)))
    return _mostly(words, lexicon().find(words), least)


def _mostly(words: str, hits: Sequence[Hit], least: int) -> list[str]:
    """The kinds whose phrases, with words that say nothing, make up most of a text."""
    found = []
    least = min(least, _MOST_DENSE) if DENSE.search(words) else least
    for kind in dict.fromkeys(hit.kind for hit in hits if hit.kind not in _SMALL_PRINT):
        covered = bytearray(len(words))
        for hit in hits:
            if hit.kind == kind:
                covered[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        at = 0
        for word in words.split(" "):
            if word in _FILL:
                covered[at : at + len(word)] = b"\1" * len(word)
            at += len(word) + 1
        letters = len(words) - words.count(" ")
        seen = sum(covered[at] for at, letter in enumerate(words) if letter != " ")
        if letters and 1000 * seen >= least * letters:
            found.append(kind)
    return found
