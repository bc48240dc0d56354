"""Two lists of words side by side: what they have in common, in order."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence

Pairs = list[tuple[int, int]]

MOST_CELLS = 250_000  # of the table for a stretch without a word that stands there once
_SLACK = 4


def aligned(left: Sequence[str], right: Sequence[str]) -> Pairs:
    """Pairs of places with the same word, ascending on both sides.

    Words that stand once on either side are the anchors (patience diff); between two
    anchors a longest common subsequence, where the stretch is short enough for it.
    """
    anchors = anchored(left, right)
    if not anchors:
        return _between(left, right, (0, len(left)), (0, len(right)))
    pairs: Pairs = []
    # Before the first anchor and behind the last, no farther than the words reach.
    at_left, at_right = 0, max(0, anchors[0][1] - anchors[0][0] - _SLACK)
    far = min(len(right), anchors[-1][1] + len(left) - anchors[-1][0] + _SLACK)
    for to_left, to_right in [*anchors, (len(left), far)]:
        pairs += _between(left, right, (at_left, to_left), (at_right, to_right))
        if to_left < len(left):
            pairs.append((to_left, to_right))
        at_left, at_right = to_left + 1, to_right + 1
    return pairs


def anchored(left: Sequence[str], right: Sequence[str]) -> Pairs:
    """Entries that stand exactly once in both, as many as keep their order."""
    counts, others = Counter(left), Counter(right)
    places = {entry: place for place, entry in enumerate(right)}
    both = [
        (place, places[entry])
        for place, entry in enumerate(left)
        if counts[entry] == 1 and others.get(entry) == 1
    ]
    return _longest_rising(both)


def _longest_rising(pairs: Pairs) -> Pairs:
    """The longest run of pairs, in order, whose right sides rise (patience sorting)."""
    tops: list[int] = []  # of the best run of each length, the place of its last pair
    rights: list[int] = []
    before: list[int] = []
    for place, (_, right) in enumerate(pairs):
        length = bisect.bisect_left(rights, right)
        before.append(tops[length - 1] if length else -1)
        tops[length : length + 1] = [place]
        rights[length : length + 1] = [right]
    run = []
    place = tops[-1] if tops else -1
    while place >= 0:
        run.append(pairs[place])
        place = before[place]
    return run[::-1]


def _between(
    left: Sequence[str], right: Sequence[str], of_left: tuple[int, int], of_right: tuple[int, int]
) -> Pairs:
    """What two stretches have in common: at their starts, at their ends, and in between."""
    (at, end), (other, other_end) = of_left, of_right
    pairs: Pairs = []
    while at < end and other < other_end and left[at] == right[other]:
        pairs.append((at, other))
        at, other = at + 1, other + 1
    tail: Pairs = []
    while at < end and other < other_end and left[end - 1] == right[other_end - 1]:
        end, other_end = end - 1, other_end - 1
        tail.append((end, other_end))
    if 0 < (end - at) * (other_end - other) <= MOST_CELLS:
        inner = common(left[at:end], right[other:other_end])
        pairs += [(at + one, other + two) for one, two in inner]
    return pairs + tail[::-1]


def common(left: Sequence[str], right: Sequence[str]) -> Pairs:
    """A longest common subsequence of two short word lists."""
    rows = [[0] * (len(right) + 1)]
    for word in reversed(left):
        below = rows[-1]
        row = [0] * (len(right) + 1)
        for at in range(len(right) - 1, -1, -1):
            row[at] = below[at + 1] + 1 if word == right[at] else max(below[at], row[at + 1])
        rows.append(row)
    rows.reverse()
    pairs: Pairs = []
    at = other = 0
    while at < len(left) and other < len(right):
        if left[at] == right[other]:
            pairs.append((at, other))
            at, other = at + 1, other + 1
        elif rows[at + 1][other] >= rows[at][other + 1]:
            at += 1
        else:
            other += 1
    return pairs
