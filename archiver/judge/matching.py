"""Two whole lists side by side: what they have in common, in order and in bounded time.

Unlike `align.aligned`, which looks for a short list inside a long one, nothing here is
out of reach: both lists are matched to their ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.judge.align import MOST_CELLS, Pairs, anchored, common


class Work:
    """How much may still be done. What is not looked into any more counts as different."""

    def __init__(self, units: int = 12_000_000) -> None:
        self._left = units

    def take(self, units: int) -> bool:
        """Whether there is enough left; takes it."""
        if units > self._left:
            return False
        self._left -= units
        return True


def matched(left: Sequence[str], right: Sequence[str], work: Work) -> Pairs:
    """Pairs of places with the same entry, ascending on both sides.

    What stands once on either side anchors the rest (patience diff), again between two
    anchors; where nothing does, a longest common subsequence.
    """
    pairs: Pairs = []
    todo = [(0, len(left), 0, len(right))]
    while todo:
        at, end, other, other_end = todo.pop()
        while at < end and other < other_end and left[at] == right[other]:
            pairs.append((at, other))
            at, other = at + 1, other + 1
        while at < end and other < other_end and left[end - 1] == right[other_end - 1]:
            end, other_end = end - 1, other_end - 1
            pairs.append((end, other_end))
        if at == end or other == other_end or not work.take(end - at + other_end - other):
            continue
        mine, theirs = left[at:end], right[other:other_end]
        if anchors := anchored(mine, theirs):
            start, other_start = 0, 0
            for one, two in [*anchors, (len(mine), len(theirs))]:
                todo.append((at + start, at + one, other + other_start, other + two))
                if one < len(mine):
                    pairs.append((at + one, other + two))
                start, other_start = one + 1, two + 1
        elif len(mine) * len(theirs) <= MOST_CELLS and work.take(len(mine) * len(theirs)):
            pairs += [(at + one, other + two) for one, two in common(mine, theirs)]
    return sorted(pairs)
