"""Finding a passage in a page's text: by its text or, where only digests are known, by sliding."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import islice

from archiver.judge.edges import Edges, cut
from archiver.judge.normal import LEVELS, even, plain, stripped
from archiver.judge.seed import Passage
from archiver.unicode14 import nfc

# Octets that may be digested in looking for passages by their digests alone; a digest of a
# few octets costs as much as `_DIGEST_COSTS`. Some forty seconds of work.
MAX_DIGESTED = 40_000_000_000
_DIGEST_COSTS = 200


class Exhausted(Exception):
    """So much was digested that it is not gone on with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a passage stands in the page's text (characters), and what it took to see it."""

    start: int
    end: int
    level: str


class Haystack:
    """A page's text, made ready for looking passages up in it.

    `struck` are its stretches that are struck through, ascending: what overlaps one does
    not stand there as valid and is not found.
    """

    def __init__(self, text: str, struck: tuple[tuple[int, int], ...] = ()) -> None:
        self.text = text
        self.struck = struck
        self._left = MAX_DIGESTED
        self._even = even(text)
        self.plain = plain(self._even.text)

    @cached_property
    def _edges(self) -> Edges:
        return Edges(self._even.text)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `plain` stands in the text."""
        return self._even.origin(start, end)

    def find(self, passage: Passage, after: int) -> Place | None:
        """The first place of the passage at or behind `after`, else anywhere; None if nowhere.

        Raises `Exhausted`, as every search by digests may.

        Looked up under the strongest normalisation; the level is the weakest that
        makes the passage and what stands at that place the same.
        """
        behind = self._even.reached(after)
        for start, stop in ((behind, len(self.plain)), (0, behind)):
            for begin, end in self._places(passage, start, stop):
                if not self.is_struck(begin, end):
                    return self._place(passage, begin, end)
        return None

    def find_struck(self, passage: Passage) -> Place | None:
        """The first place of the passage where some of it is struck through."""
        if not self.struck:
            return None
        for begin, end in self._places(passage, 0, len(self.plain)):
            if self.is_struck(begin, end):
                return self._place(passage, begin, end)
        return None

    def find_some(self, passage: Passage, most: int) -> list[Place]:
        """The first places of the passage, struck or not."""
        places = islice(self._places(passage, 0, len(self.plain)), most)
        return [self._place(passage, begin, end) for begin, end in places]

    def is_struck(self, start: int, end: int) -> bool:
        """Whether some of a stretch of the text is struck through."""
        place = bisect.bisect_left(self.struck, end, key=lambda one: one[0]) - 1
        return place >= 0 and self.struck[place][1] > start

    def _places(self, passage: Passage, start: int, stop: int) -> Iterator[tuple[int, int]]:
        return (self.origin(*span) for span in self._spans(passage, start, stop))

    def _place(self, passage: Passage, start: int, end: int) -> Place:
        level = _level(passage, self.text[start:end])
        return Place(start=start, end=end, level=level)

    def find_text(self, text: str) -> Place | None:
        """The first place of a text of any kind."""
        return self.find(Passage(number=1, forms=(), text=nfc(text)), 0)

    def _spans(self, passage: Passage, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Every place of the passage that begins from `start` on and before `stop`."""
        if passage.text is not None:
            return self._spans_of(stripped(passage.text, LEVELS[-1]), start, stop)
        form = passage.form(LEVELS[-1])
        return self._sliding(form.characters, form.digest.hex, start, stop)

    def _spans_of(self, sought: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
        last = stop + len(sought) - 1
        at = self.plain.find(sought, start, last) if sought else -1
        while at >= 0:
            end = at + len(sought)
            if not cut(self._even.text, at) and not cut(self._even.text, end):
                yield at, end
            at = self.plain.find(sought, at + 1, last)

    def _sliding(
        self, characters: int, digest: str, start: int, stop: int
    ) -> Iterator[tuple[int, int]]:
        """Every stretch of that length with that digest that begins and ends at an edge."""
        if not 0 < characters <= len(self.plain):
            return
        starts = self._edges.starts(characters)
        at = starts.find("1", start, stop)
        while at >= 0:
            end = at + characters
            self._left -= characters + _DIGEST_COSTS
            if self._left < 0:
                raise Exhausted
            if sha256(self.plain[at:end].encode("utf-8")).hexdigest() == digest:
                yield at, end
            at = starts.find("1", at + 1, stop)


def _level(passage: Passage, found: str) -> str:
    """The weakest normalisation under which the passage is the same as what was found."""
    for level in LEVELS[:-1]:
        here = stripped(found, level)
        if passage.text is not None:
            same = here == stripped(passage.text, level)
        else:
            same = sha256(here.encode("utf-8")).hexdigest() == passage.form(level).digest.hex
        if same:
            return level
    return LEVELS[-1]
