"""Every sign in an answer and its probe, gathered for the rule (`judge/contents.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.judge.page import NoText
from archiver.judge.signals.answer import Answer
from archiver.judge.signals.beside import Beside, beside
from archiver.judge.signals.path import led
from archiver.judge.signals.shape import Shape, shape_of
from archiver.judge.signals.vendors import header_marks, markup_marks
from archiver.judge.signals.words import Said, said
from archiver.observation import Exchange

_MOST_VALUE = 300  # characters of a signal's value
_BARE = 120  # weight of a page's own prose, and
_THIN = 250  # weight of all lines of a page that is little more than a form
_FEW = 400  # of all its lines, up to which it may be a shell
_GOES_ON = re.compile(
    r"(?:^|[^\w.])(?:window\.|document\.|top\.|self\.)?location(?:\.href)?\s*=\s*[\"']([^\"'\s]+)[\"']"
    r"|location\.(?:replace|assign)\(\s*[\"']([^\"'\s]+)[\"']",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A hint that the answer is something else than the page asked for: of what `kind`, and of
    which family (`header`, `markup`, `words`, `redirect`): two of one family are no more
    than one. A weak sign also stands on pages that are in order."""

    kind: str
    family: str
    value: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Signs:
    """All signs of an answer. `shell`: a script would have to build what a person sees."""

    found: tuple[Sign, ...]
    shape: Shape
    beside: Beside | None
    shell: bool

    def of(self, kind: str) -> tuple[Sign, ...]:
        """The signs of one kind."""
        return tuple(one for one in self.found if one.kind == kind)


def signs_of(
    answer: Answer, hops: tuple[Exchange, ...], probes: tuple[Exchange, ...], probe: Answer | None
) -> Signs:
    """Every sign in the answer to the last of `hops`, and what the probe adds."""
    shape = shape_of(answer)
    spoken = said(answer, shape)
    found = [
        *(Sign(one.kind, "header", one.where, not one.strong) for one in header_marks(answer.head)),
        *_marks(answer, shape, spoken),
        *_words(spoken, shape),
        *_redirects(answer, hops, shape),
    ]
    signs = tuple(
        Sign(one.kind, one.family, one.value[:_MOST_VALUE], one.weak)
        for one in dict.fromkeys(found)
    )
    astray = any(one.family == "redirect" for one in signs)
    led_on = answer.url != hops[0].url
    compared = beside(answer, probes, probe, led=led_on, astray=astray, says_so=_says_so(probe))
    return Signs(signs, shape, compared, _is_shell(answer, shape, spoken))


def _says_so(probe: Answer | None) -> bool:
    """Whether what the probe got says itself that it is not there."""
    if probe is None:
        return False
    spoken = said(probe, shape_of(probe))
    return any(one.kind in ("not_found", "removed") for one in spoken)


def _marks(answer: Answer, shape: Shape, spoken: tuple[Said, ...]) -> Iterator[Sign]:
    # On a page with hardly a line, what also stands on pages in order says more, unless the
    # page has a word of its own.
    thin = shape.body < _THIN and not any(one.main for one in spoken)
    for one in markup_marks(answer.markup):
        weak = not (one.strong or (thin and one.kind == "challenge")) or shape.article
        yield Sign(one.kind, "markup", f"{one.vendor}: {one.where}", weak)
    if answer.markup.password and not shape.article:
        yield Sign("login", "markup", "a field for a password", weak=not thin)


def _words(spoken: tuple[Said, ...], shape: Shape) -> Iterator[Sign]:
    """One sign for each kind of words: its best place."""
    seen: set[str] = set()
    for one in spoken:
        if one.kind in seen:
            continue
        seen.add(one.kind)
        weak = not one.main or shape.article
        yield Sign(one.kind, "words", f"{one.place}: {one.text}", weak)


def _redirects(answer: Answer, hops: tuple[Exchange, ...], shape: Shape) -> Iterator[Sign]:
    onward = None
    if not shape.article:
        match = _GOES_ON.search(answer.markup.script) if shape.own < _BARE else None
        onward = answer.markup.refresh or (match and (match[1] or match[2]))
    urls = list(dict.fromkeys(one.url for one in hops))
    for one in led(urls, onward):
        weak = one.kind == "section" or one.by_page
        yield Sign(one.kind, "redirect", one.target, weak)


def _is_shell(answer: Answer, shape: Shape, spoken: tuple[Said, ...]) -> bool:
    if answer.markup.scripts == 0:
        return False
    if isinstance(answer.page, NoText):
        return answer.page.reason == "no_page_text"
    if shape.own >= _BARE or shape.body >= _FEW:
        return False
    asks = any(one.kind == "script" for one in spoken)
    headed = any(line.level for line in shape.lines)
    return asks or (answer.markup.hollow and not headed)
