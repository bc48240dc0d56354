"""The blocks of a page: the lines of its text, and what is known of each."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from archiver.judge.cut import WORDS
from archiver.judge.normal import LEVELS, stripped
from archiver.judge.page import Page
from archiver.judge.sections import Stretch, outermost, sections

_PROSE = 12  # words from which a block counts as running text
_TITLE = 3  # characters from which a block that stands in the page's title is a headline
_BLANKS = " \t\r\f\v"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A line that is not empty, from `start` to `end` in the page's text.

    `key` is the text under the strongest normalisation of `archiver-compare-1`. `apart`:
    the markup sets it apart. `kept`: it is a heading, a figure in a table or list, or lies
    between the first and the last block of running text. `passages`: which passages of the
    seed text stand in it, altered ones included.
    """

    start: int
    end: int
    key: str
    apart: bool = False
    kept: bool = False
    passages: tuple[int, ...] = ()


class _Keys(dict[str, str]):
    """Lines and their keys, each made once."""

    def __missing__(self, line: str) -> str:
        self[line] = stripped(line, LEVELS[-1])
        return self[line]


def blocks_of(page: Page, passages: Iterable[tuple[int, Stretch]]) -> tuple[Block, ...]:
    """The blocks of a page; `passages` are the places of those that stand in it, by number."""
    found = _lines(page.text)
    if "html" in page.media_type:
        found = _sectioned(page, found)
    marked = _marked(found, passages)
    # Running text and the passages, with all that stands between them.
    text = [at for at, one in enumerate(marked) if one.passages or _is_prose(one)]
    if text:
        for at in range(text[0], text[-1] + 1):
            marked[at] = replace(marked[at], kept=True)
    return tuple(marked)


def _lines(text: str) -> list[Block]:
    keys = _Keys()
    found = []
    at = 0
    for line in text.split("\n"):
        if key := keys[line]:
            start = at + len(line) - len(line.lstrip(_BLANKS))
            found.append(Block(start=start, end=at + len(line.rstrip(_BLANKS)), key=key))
        at += len(line) + 1
    return found


def _sectioned(page: Page, blocks: list[Block]) -> list[Block]:
    there = sections(page.source)
    places = [page.origin(one.start, one.end) for one in blocks]
    apart = _most_left_out(there.apart, places, blocks)
    title = stripped(page.title, LEVELS[-1])
    marked = []
    for one, place in zip(blocks, places, strict=True):
        kept = (
            _within(place, there.headings)
            or _within(place, there.figures)
            or (len(one.key) >= _TITLE and one.key in title)
        )
        is_apart = _within(place, apart)
        marked.append(replace(one, apart=is_apart, kept=kept) if is_apart or kept else one)
    return marked


def _most_left_out(
    apart: tuple[Stretch, ...], places: Sequence[Stretch], blocks: Sequence[Block]
) -> tuple[Stretch, ...]:
    """What is set apart, without a stretch that holds most of the text: that is the page."""
    starts = [start for start, _ in places]
    sizes = [0, *accumulate(len(one.key) for one in blocks)]

    def size(stretch: Stretch) -> int:
        first, last = (bisect.bisect_left(starts, edge) for edge in stretch)
        return sizes[last] - sizes[first]

    return outermost(one for one in apart if 2 * size(one) <= sizes[-1])


def _place(place: Stretch, among: Sequence[Stretch]) -> int | None:
    """Which of the stretches a place lies in wholly."""
    at = bisect.bisect_right(among, (place[0], float("inf"))) - 1
    return at if at >= 0 and place[1] <= among[at][1] else None


def _within(place: Stretch, among: Sequence[Stretch]) -> bool:
    return _place(place, among) is not None


def _marked(blocks: list[Block], passages: Iterable[tuple[int, Stretch]]) -> list[Block]:
    """The blocks with the numbers of the passages that stand in them."""
    numbers: dict[int, list[int]] = {}
    ends = [one.end for one in blocks]
    for number, (start, end) in passages:
        at = bisect.bisect_right(ends, start)
        while at < len(blocks) and blocks[at].start < end:
            numbers.setdefault(at, []).append(number)
            at += 1
    return [
        replace(one, passages=tuple(numbers[at])) if at in numbers else one
        for at, one in enumerate(blocks)
    ]


def _is_prose(one: Block) -> bool:
    if one.apart:
        return False
    words = (match for match in WORDS.finditer(one.key) if match[0] != " ")
    return next(islice(words, _PROSE - 1, None), None) is not None
