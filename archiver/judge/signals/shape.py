"""The shape of a page: its lines, what of them is text of its own, and whether that runs on."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.judge.page import NoText, Page
from archiver.judge.signals.answer import Answer
from archiver.judge.signals.folding import weight, words_of
from archiver.judge.signals.lexicon import Hit, lexicon
from archiver.judge.signals.markup import Markup, Span

_MOST_TEXT = 1 << 18  # characters of a page's text that are looked at
_MOST_LINES = 4000
_PROSE = 40  # weight from which a line is more than a label
_PHRASE = 2  # how many times over a phrase that walls use takes away from a line's weight
_LEGALESE = frozenset(["consent", "privacy", "small_print"])
_ARTICLE = 320  # weight of a run of paragraphs that only a text has
_SAID_ARTICLE = 200  # the same where the page's own metadata calls it an article
_GAP = 3  # short lines that may part two paragraphs of one run


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: its words, how much it weighs, whether it is made of links or
    buttons, the level of the heading that it is (0: none), the phrases in it."""

    text: str
    words: str
    weight: int
    link: bool
    level: int
    hits: tuple[Hit, ...]

    @property
    def legalese(self) -> int:
        """How often it speaks of consent and of what one consents to."""
        return sum(hit.kind in _LEGALESE for hit in self.hits)

    @property
    def own(self) -> int:
        """What it weighs without what walls and small print say as well."""
        if self.legalese > 1:
            return 0  # consent and small print run on as well
        taken = sum(hit.end - hit.start for hit in self.hits)
        dense = self.weight // max(1, len(self.text))
        return max(0, self.weight - _PHRASE * dense * taken)


@dataclass(frozen=True, slots=True)
class Shape:
    """The lines of a page. `own` is the weight of all prose without the phrases that we know,
    `body` that of all lines that are no links; `article`: paragraphs that run on as only
    those of a text do."""

    lines: tuple[Line, ...]
    own: int
    body: int
    article: bool


def shape_of(answer: Answer) -> Shape:
    """The shape of an answer's page; without a line where it has no text."""
    if isinstance(answer.page, NoText):
        return Shape((), 0, 0, False)
    lines = tuple(_lines(answer.page, answer.markup))
    prose = [one for one in lines if not one.link and one.weight >= _PROSE]
    needed = _SAID_ARTICLE if _called_article(answer.markup) else _ARTICLE
    return Shape(
        lines=lines,
        own=sum(one.own for one in prose),
        body=sum(one.weight for one in lines if not one.link),
        article=_longest_run(lines) >= needed,
    )


def _called_article(markup: Markup) -> bool:
    return markup.metas.get("og:type", "").lower() == "article"


def _longest_run(lines: tuple[Line, ...]) -> int:
    """The weight of the heaviest run of paragraphs. Links end a run."""
    best = run = gap = 0
    for one in lines:
        gap = 0 if one.weight >= _PROSE and not one.link else gap + 1
        if one.link or gap > _GAP:
            run = 0
        elif one.weight >= _PROSE:
            run += one.own
            best = max(best, run)
    return best


def _lines(page: Page, markup: Markup) -> Iterator[Line]:
    links = _Spans(markup.links)
    headings = sorted(markup.headings, key=lambda one: one[1].start)
    levels = _Spans([span for _, span in headings])
    at = 0
    for text in page.text[:_MOST_TEXT].split("\n")[:_MOST_LINES]:
        start, at = at, at + len(text) + 1
        said = text.strip()
        if not said:
            continue
        begin, end = page.origin(start, start + len(text))
        words = words_of(said)
        heading = levels.first(begin, end)
        yield Line(
            text=said,
            words=words,
            weight=weight(said),
            link=2 * links.shown(begin, end) >= len(said),
            level=0 if heading is None else headings[heading][0],
            hits=lexicon().find(words),
        )


class _Spans:
    """Stretches of the source, to be asked which of them meet a line."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = sorted(spans, key=lambda one: one.start)
        self._starts = [one.start for one in self._spans]

    def shown(self, start: int, end: int) -> int:
        """How many characters the spans that begin in a stretch show."""
        # A link begins before its first character does.
        first = bisect.bisect_left(self._starts, start)
        if first and self._spans[first - 1].end > start:
            first -= 1
        last = bisect.bisect_left(self._starts, end)
        return sum(one.shown for one in self._spans[first:last])

    def first(self, start: int, end: int) -> int | None:
        """The first span that meets a stretch."""
        at = max(0, bisect.bisect_right(self._starts, start) - 1)
        for place in range(at, min(at + 2, len(self._spans))):
            if self._spans[place].start < end and self._spans[place].end > start:
                return place
        return None
