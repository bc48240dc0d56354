"""The claim's headline, date and byline, looked for apart from the text.

Found or not, it says nothing of the passages: a page can have the text under another
title and another date, and says so itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from archiver.case.dates import PublishedDate
from archiver.judge.asides import JSON_LD, META, TIME
from archiver.judge.corpus import Corpus
from archiver.judge.days import Claimed, Dated, dates_in, read_date
from archiver.judge.find import Haystack
from archiver.judge.page import Page
from archiver.unicode14 import fold_case, nfc

TEXT, TITLE, OTHER_CASE = "text", "title", "text_other_case"
SEARCHED = (META, JSON_LD, TIME)
MOST_SAID = 20  # titles, dates and names of the page that are listed
MOST_CHARACTERS = 300  # of each
_MOST_LOOKED_AT = 500
_SHORT_LINE = 120  # characters of a line that can be a byline

# What fields of metadata say, in lower case: names of <meta>, keys of JSON-LD.
_ROLES = {
    name: role
    for role, names in {
        "title": "og:title twitter:title dc.title dcterms.title headline alternativeheadline",
        "author": "author article:author og:article:author dc.creator dcterms.creator byl byline "
        "parsely-author sailthru.author author.name creator.name",
        "published": "article:published_time og:published_time og:article:published_time pubdate "
        "datepublished publishdate publish-date publish_date publication_date published_date "
        "dc.date dc.date.issued dcterms.issued dcterms.date date date.release parsely-pub-date "
        "sailthru.date",
        "modified": "article:modified_time og:updated_time datemodified lastmod last-modified "
        "dc.date.modified dcterms.modified",
    }.items()
    for name in names.split()
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """What a claim states beside the text."""

    title: str | None = None
    published: PublishedDate | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Something the page says of itself, and in which `field`.

    `kind` is `title`, `author`, or of a date: `published`, `modified`, `time` (an element
    of that name), `text` (a short line). `fits` is how a date fits the claimed one.
    """

    field: str
    value: str
    kind: str
    fits: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """One claimed title or name, and where it stands: in the text (as it is, or in other
    case), in the document's title, in a field of metadata."""

    value: str
    where: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SoughtDate:
    """A claimed date: whether the page's metadata and its visible words have it.

    `metadata` is `same`, `possible`, `other` or `none` (the page names no date of its
    publication); `text` is `same`, `possible` or `none`.
    """

    value: str
    metadata: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """Headline, date and byline of the claim, beside what the page says of itself."""

    title: Sought | None
    published: SoughtDate | None
    authors: tuple[Sought, ...]
    titles_said: tuple[Said, ...]
    dates_said: tuple[Said, ...]
    authors_said: tuple[Said, ...]


def stated(claimed: Mapping[str, Any]) -> Stated:
    """What the `claimed` table of `claimed.json` states; it fits its schema."""
    date = claimed.get("published", {})
    published = None
    if date.get("precision", "unknown") != "unknown" and date["date"] != "unknown":
        published = PublishedDate(date=date["date"], precision=date["precision"], zone=date["zone"])
    return Stated(
        title=claimed.get("title"),
        published=published,
        authors=tuple(one["name"] for one in claimed.get("authors", ())),
    )


def claims(what: Stated, page: Page, haystack: Haystack, corpus: Corpus) -> Claims:
    """Look for what is stated in the page's words and in what it says of itself.

    `corpus` has at least the page's asides of the kinds in `SEARCHED`.
    """
    in_words = list(dates_in(page.text))
    said = [*_said(page, corpus), *_bylines(page, in_words)]
    titles = [one for one in said if one.kind == "title"]
    authors = [one for one in said if one.kind == "author"]
    dates = [one for one in said if one.kind not in ("title", "author")]
    words = _Words(haystack)
    claimed = None
    if what.published is not None:
        date = what.published
        claimed = Claimed(date.date, date.precision, date.zone)
        dates = [replace(one, fits=_fits(one, claimed)) for one in dates]
    return Claims(
        title=None if what.title is None else _sought(what.title, words, titles),
        published=None if claimed is None else _published(claimed, in_words, dates),
        authors=tuple(_sought(name, words, authors) for name in what.authors),
        titles_said=_first(titles),
        dates_said=_first(dates),
        authors_said=_first(authors),
    )


def _said(page: Page, corpus: Corpus) -> Iterator[Said]:
    """What the page says of itself: its title, and the fields of `_ROLES`."""
    if page.title:
        yield Said(field=TITLE, value=page.title[:MOST_CHARACTERS], kind="title")
    count = 0
    for piece in corpus.pieces:
        named = piece.field if piece.field.lower() in _ROLES else piece.key
        role = "time" if piece.kind == TIME else _ROLES.get(named.lower())
        if role is None or piece.kind not in SEARCHED:
            continue
        count += 1
        if count > _MOST_LOOKED_AT:
            return
        yield Said(field=named, value=corpus.read(piece)[:MOST_CHARACTERS], kind=role)


def _bylines(page: Page, in_words: list[Dated]) -> Iterator[Said]:
    """The dates that stand in short lines, as a byline does."""
    for dated in in_words:
        start = page.text.rfind("\n", max(0, dated.start - _SHORT_LINE), dated.start) + 1
        end = page.text.find("\n", dated.end, dated.end + _SHORT_LINE)
        end = len(page.text) if end < 0 else end
        if end - start <= _SHORT_LINE:
            yield Said(field=TEXT, value=page.text[dated.start : dated.end], kind=TEXT)


def _fits(one: Said, claimed: Claimed) -> str:
    found = read_date(one.value)
    return "unread" if found is None else claimed.fits(found)


def _published(claimed: Claimed, in_words: list[Dated], dates: list[Said]) -> SoughtDate:
    own = [one.fits for one in dates if one.kind == "published"]
    words = {claimed.fits(one) for one in in_words} - {"other"}
    return SoughtDate(
        value=claimed.date,
        metadata=next((fit for fit in ("same", "possible", "other") if fit in own), "none"),
        text=next((fit for fit in ("same", "possible") if fit in words), "none"),
    )


class _Words:
    """The visible text; where something is not in it, without the difference of case."""

    def __init__(self, haystack: Haystack) -> None:
        self._haystack = haystack

    @cached_property
    def _folded(self) -> Haystack:
        return Haystack(fold_case(self._haystack.text))

    def where(self, value: str) -> str | None:
        if self._haystack.find_text(value) is not None:
            return TEXT
        return OTHER_CASE if self._folded.find_text(fold_case(value)) is not None else None


def _sought(value: str, words: _Words, said: list[Said]) -> Sought:
    place = words.where(value)
    where = [] if place is None else [place]
    where += [one.field for one in said if Haystack(nfc(one.value)).find_text(value) is not None]
    return Sought(value=value, where=tuple(dict.fromkeys(where)))


def _first(said: Iterable[Said]) -> tuple[Said, ...]:
    """The first of them, each once."""
    return tuple(dict.fromkeys(said))[:MOST_SAID]
