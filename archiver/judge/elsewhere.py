"""What became of a passage beyond the page's text: where else it stands, and in what company."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.judge.asides import ALT, DATA, HIDDEN, NOSCRIPT
from archiver.judge.corpus import Corpus
from archiver.judge.find import Exhausted, Haystack, Place
from archiver.judge.normal import stripped
from archiver.judge.page import Page
from archiver.judge.seed import Passage

SEARCHED = (*DATA, ALT, HIDDEN, NOSCRIPT)
MOST_PLACES = 5  # that are listed of one passage
MOST_CONTEXT = 200  # characters before and behind a passage
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    """A place where a passage stands that is not found: struck through, or beside the screen.

    `kind` is `struck` or an aside's; `octets` as for a passage that is found.
    """

    kind: str
    field: str
    octets: tuple[int, int]
    level: str


class Beside:
    """What a page says beside the text on the screen, ready for looking passages up."""

    def __init__(self, page: Page, corpus: Corpus) -> None:
        self._page = page
        self._corpus = corpus
        self._haystack = Haystack(corpus.text)
        self.whole = corpus.whole  # whether all of it was looked through

    def find(self, passage: Passage) -> tuple[Elsewhere, ...]:
        """The first places of the passage, one for each field."""
        found: dict[tuple[str, str], Elsewhere] = {}
        try:
            places = self._haystack.find_some(passage, 10 * MOST_PLACES)
        except Exhausted:
            self.whole = False
            return ()
        for place in places:
            piece = self._corpus.piece_at(place.start)
            if piece.kind in SEARCHED and (piece.kind, piece.field) not in found:
                octets = self._page.body.span(*self._corpus.origin(place.start, place.end))
                found[piece.kind, piece.field] = Elsewhere(
                    kind=piece.kind, field=piece.field, octets=octets, level=place.level
                )
        return tuple(found.values())[:MOST_PLACES]


def struck(page: Page, haystack: Haystack, passage: Passage) -> tuple[Elsewhere, ...]:
    """Where the passage stands with some of it struck through."""
    place = haystack.find_struck(passage)
    if place is None:
        return ()
    octets = page.octets(place.start, place.end)
    return (Elsewhere(kind="struck", field="", octets=octets, level=place.level),)


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What stands in the same paragraph right before and behind a found passage.

    At most `MOST_CONTEXT` characters each, nothing that another found passage covers.
    `lines` is on how many lines of the page's text the passage stands.
    """

    before: str
    behind: str
    lines: int


def contexts(page: Page, places: Sequence[Place | None]) -> list[Context | None]:
    """The context of every place."""
    spans = sorted((one.start, one.end) for one in places if one is not None)
    starts = [start for start, _ in spans]
    ends: list[int] = []
    for _, end in spans:
        ends.append(max(end, ends[-1] if ends else 0))
    made = {}
    for number, (start, end) in enumerate(spans):
        floor = ends[number - 1] if number else 0
        ceiling = starts[number + 1] if number + 1 < len(spans) else len(page.text)
        made[start, end] = _context(page, start, end, (floor, ceiling))
    return [None if one is None else made[one.start, one.end] for one in places]


def _context(page: Page, start: int, end: int, bounds: tuple[int, int]) -> Context:
    text = page.text
    before = text[max(bounds[0], start - MOST_CONTEXT) : start] if bounds[0] < start else ""
    behind = text[end : min(bounds[1], end + MOST_CONTEXT)] if bounds[1] > end else ""
    if page.media_type == "text/plain":
        # Its lines may be broken anywhere; a blank line ends a paragraph.
        before, behind = _PARAGRAPH.split(before)[-1], _PARAGRAPH.split(behind)[0]
    else:
        before, behind = before.rpartition("\n")[2], behind.partition("\n")[0]
    return Context(
        before=stripped(before, "whitespace"),
        behind=stripped(behind, "whitespace"),
        lines=text.count("\n", start, end) + 1,
    )


def embedded(found: Iterable[tuple[Elsewhere, ...]]) -> str | None:
    """`found`, `partial` or `not-found`: of the passages that are not on the screen, how many
    stand in data for machines. None where there is none to look for."""
    there = [any(one.kind in DATA for one in places) for places in found]
    if not there:
        return None
    return "found" if all(there) else "partial" if any(there) else "not-found"
