"""The place in a page that is most like a passage that is not there, word by word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from archiver.judge.find import Haystack
from archiver.judge.normal import stripped

_WORDS = re.compile(r"[^ \n\t]+")
_COMMON = 200  # a word that stands oftener in the page says little about the place
_MOST_CELLS = 4_000_000  # of the table of a word diff
ALTERED_FROM = 600  # likeness, per mille, from which a passage counts as altered


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A stretch of words that differs: as claimed, and as the page has it."""

    seed: str
    page: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Nearest:
    """The nearest place: characters in the page's text, likeness per mille, differences."""

    start: int
    end: int
    likeness: int
    changes: tuple[Change, ...]


class Index:
    """The words of a page and where each stands."""

    def __init__(self, haystack: Haystack) -> None:
        self._normal = haystack.under("typographic")
        self.words = [(m[0], m.start(), m.end()) for m in _WORDS.finditer(self._normal.text)]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, (word, _, _) in enumerate(self.words):
            self._places[word].append(place)

    def nearest(self, passage: str) -> Nearest | None:
        """The nearest place, or None where nothing is like enough to be called altered."""
        sought = _WORDS.findall(stripped(passage, "typographic"))
        start = self._start(sought)
        if start is None:
            return None
        slack = len(sought) // 4 + 4
        first = max(0, start - slack)
        window = [word for word, _, _ in self.words[first : start + len(sought) + slack]]
        if len(sought) * len(window) > _MOST_CELLS:
            return None
        pairs = _common(sought, window)
        if not pairs:
            return None
        low, high = _extent(pairs, len(sought), len(window))
        likeness = 2000 * len(pairs) // (len(sought) + high - low)
        if likeness < ALTERED_FROM:
            return None
        begin, end = self._normal.original(
            self.words[first + low][1], self.words[first + high - 1][2]
        )
        shifted = [(left, right - low) for left, right in pairs]
        return Nearest(
            start=begin,
            end=end,
            likeness=likeness,
            changes=_changes(sought, window[low:high], shifted),
        )

    def _start(self, sought: list[str]) -> int | None:
        """Where the passage would begin, by the offset that most of its words agree on."""
        votes: Counter[int] = Counter()
        bucket = max(4, len(sought) // 4)
        for at, word in enumerate(sought):
            places = self._places.get(word, ())
            if len(places) <= _COMMON:
                votes.update((place - at) // bucket for place in places)
        if not votes:
            return None
        # Neighbouring buckets share a place; ties go to the earliest.
        best = min(votes, key=lambda one: (-(votes[one] + votes.get(one + 1, 0)), one))
        return max(0, best * bucket + bucket // 2)


def _extent(pairs: list[tuple[int, int]], sought: int, window: int) -> tuple[int, int]:
    """The stretch of the window that the passage covers, its changed ends included."""
    (first_left, first_right), (last_left, last_right) = pairs[0], pairs[-1]
    low = max(0, first_right - first_left)
    high = min(window, last_right + sought - last_left)
    return low, high


def _common(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """A longest common subsequence of two word lists, as pairs of places."""
    rows = [[0] * (len(right) + 1)]
    for word in reversed(left):
        below = rows[-1]
        row = [0] * (len(right) + 1)
        for at in range(len(right) - 1, -1, -1):
            if word == right[at]:
                row[at] = below[at + 1] + 1
            else:
                row[at] = max(below[at], row[at + 1])
        rows.append(row)
    rows.reverse()
    pairs = []
    at_left = at_right = 0
    while at_left < len(left) and at_right < len(right):
        if left[at_left] == right[at_right]:
            pairs.append((at_left, at_right))
            at_left, at_right = at_left + 1, at_right + 1
        elif rows[at_left + 1][at_right] >= rows[at_left][at_right + 1]:
            at_left += 1
        else:
            at_right += 1
    return pairs


def _changes(left: list[str], right: list[str], pairs: list[tuple[int, int]]) -> tuple[Change, ...]:
    changes = []
    at_left = at_right = 0
    for to_left, to_right in [*pairs, (len(left), len(right))]:
        seed, page = left[at_left:to_left], right[at_right:to_right]
        if seed or page:
            changes.append(Change(seed=" ".join(seed), page=" ".join(page)))
        at_left, at_right = to_left + 1, to_right + 1
    return tuple(changes)
