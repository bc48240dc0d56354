"""The place in a page that is most like a passage that is not there, word by word."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from archiver.judge.align import Pairs, aligned
from archiver.judge.cut import Cut
from archiver.judge.find import Haystack
from archiver.judge.lookalikes import aligning, kind_of
from archiver.judge.normal import LEVELS, stripped

_MOST_VOTES = 3000  # for the place of one passage; rare words vote first
ALTERED_FROM = 600  # likeness, per mille, from which a passage counts as altered


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A stretch of words that differs: as claimed, and as the page has it.

    `kind` names the difference; `at` is where in the passage (under `typographic`) it is.
    """

    seed: str
    page: str
    kind: str
    at: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Nearest:
    """The nearest place: characters in the page's text, likeness per mille, differences."""

    start: int
    end: int
    likeness: int
    changes: tuple[Change, ...]


class _Words(Cut):
    """A text cut into words; `folded` as they are aligned."""

    def __init__(self, text: str, folds: dict[str, str]) -> None:
        super().__init__(text)
        self.folded = list(map(folds.__getitem__, self.words))


class _Folds(dict[str, str]):
    """Words and their folded forms, each folded once."""

    def __missing__(self, word: str) -> str:
        self[word] = aligning(word)
        return self[word]


class _Differing(NamedTuple):
    """Words of the passage and of the page, from and to; the kind where it is known."""

    seed: tuple[int, int]
    page: tuple[int, int]
    kind: str

    def goes_on(self, left: int, right: int, kind: str) -> bool:
        """Whether the next two words differ in the same way."""
        return self.kind == kind and (self.seed[1], self.page[1]) == (left, right)


class Index:
    """The words of a page and where those that stand in any of the passages stand in it."""

    def __init__(self, haystack: Haystack, passages: Iterable[str]) -> None:
        self._haystack = haystack
        self._folds = _Folds()
        self._page = _Words(haystack.plain, self._folds)
        wanted = {word for text in passages for word in self._words(text).folded}
        self._places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for place, word in enumerate(self._page.folded):
            if word in wanted:
                self._places[word].append(place)

    def nearest(self, passage: str) -> Nearest | None:
        """The nearest place, or None where nothing is like enough to be called altered."""
        sought = self._words(passage)
        count, page = len(sought.words), self._page
        start = self._start(sought.folded)
        if start is None:
            return None
        slack = count // 4 + 4
        first = max(0, start - slack)
        window = page.folded[first : start + count + slack]
        pairs = [(left, first + right) for left, right in aligned(sought.folded, window)]
        if not pairs:
            return None
        low, high = _extent(pairs, count, len(page.words))
        likeness = 2000 * len(pairs) // (count + high - low)
        changes = self._changes(sought, pairs, (low, high))
        if not changes and sought.text != page.read(low, high):
            # The same words in a script without blanks, with other blanks between them.
            changes = (self._change(sought, _Differing((0, count), (low, high), "")),)
        if likeness < ALTERED_FROM or not changes:
            return None
        begin, end = self._haystack.origin(*page.span(low, high))
        return Nearest(start=begin, end=end, likeness=min(999, likeness), changes=changes)

    def _words(self, passage: str) -> _Words:
        return _Words(stripped(passage, LEVELS[-1]), self._folds)

    def _changes(self, sought: _Words, pairs: Pairs, extent: tuple[int, int]) -> tuple[Change, ...]:
        """What differs: stretches without counterparts, and runs of words that differ from
        theirs in one way."""
        found: list[_Differing] = []
        left, right = 0, extent[0]
        for to_left, to_right in [*pairs, (len(sought.words), extent[1])]:
            if to_left > left or to_right > right:
                found.append(_Differing((left, to_left), (right, to_right), ""))
            left, right = to_left + 1, to_right + 1
            if to_left == len(sought.words):
                break
            kind = self._kind(sought, to_left, to_right)
            if kind and found and found[-1].goes_on(to_left, to_right, kind):
                first = found.pop()
                found.append(_Differing((first.seed[0], left), (first.page[0], right), kind))
            elif kind:
                found.append(_Differing((to_left, left), (to_right, right), kind))
        return tuple(self._change(sought, one) for one in found)

    def _kind(self, sought: _Words, left: int, right: int) -> str:
        """How a word differs from its counterpart; nothing where it does not."""
        if self._struck(right, right + 1):
            return "struck"
        seed, page = sought.words[left], self._page.words[right]
        return "" if seed == page else kind_of(seed, page)

    def _change(self, sought: _Words, what: _Differing) -> Change:
        seed, page = sought.read(*what.seed), self._page.read(*what.page)
        kind = what.kind or ("struck" if self._struck(*what.page) else kind_of(seed, page))
        return Change(seed=seed, page=page, kind=kind, at=sought.at(what.seed[0]))

    def _struck(self, start: int, end: int) -> bool:
        """Whether some of these words of the page are struck through."""
        if start == end or not self._haystack.struck:
            return False
        return self._haystack.is_struck(*self._haystack.origin(*self._page.span(start, end)))

    def _start(self, sought: list[str]) -> int | None:
        """Where the passage would begin, by the offset that most of its words agree on."""
        votes: Counter[int] = Counter()
        bucket = max(4, len(sought) // 4)
        left = _MOST_VOTES
        known = ((len(self._places.get(word, ())), at) for at, word in enumerate(sought))
        for count, at in sorted(known):
            left -= count
            if left < 0:
                break
            votes.update((place - at) // bucket for place in self._places.get(sought[at], ()))
        if not votes:
            return None
        # Neighbouring buckets share a place; ties go to the earliest.
        best = min(votes, key=lambda one: (-(votes[one] + votes.get(one + 1, 0)), one))
        return max(0, best * bucket + bucket // 2)


def _extent(pairs: Pairs, sought: int, words: int) -> tuple[int, int]:
    """The stretch of the page that the passage covers, its changed ends included."""
    (first_left, first_right), (last_left, last_right) = pairs[0], pairs[-1]
    low = max(0, first_right - first_left)
    high = min(words, last_right + sought - last_left)
    return low, high
