"""What became of the blocks of one text in another: added, removed, changed, moved.

Symmetrical: taken the other way round, the same edits come out, each turned round.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archiver.judge.align import Pairs
from archiver.judge.cut import Cut, words_of
from archiver.judge.matching import Work, matched

Range = tuple[int, int]
ALIKE_FROM = 400  # per mille of words in common from which two blocks are versions of one
_MOST_PAIRS = 400  # blocks before times blocks after that are compared each with each
_ENDS = 24  # characters at either end of a block by which its other version is known
_LEAD = 4  # words, besides the last one, that are shown before a difference
DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19"
_NUMBERS = re.compile(f"[{DIGITS}]+(?:[.,:/' ][{DIGITS}]+)*")


@dataclass(frozen=True, slots=True)
class BlockEdit:
    """One edit; `before` and `after` are ranges of blocks, None where there are none.

    `kind` is `added`, `removed`, `changed`, `moved`, or `regrouped`: the same words, cut
    into other blocks.
    """

    kind: str
    before: Range | None
    after: Range | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A stretch of words that differs between two versions of a block; one may be empty.

    `lead` are the last words before it that both have.
    """

    lead: str
    before: str
    after: str


def edits(before: Sequence[str], after: Sequence[str], work: Work) -> list[BlockEdit]:
    """The edits that make the blocks `after` of the blocks `before`, in their order."""
    if list(after) < list(before):
        found = [_turned(one) for one in _edits(after, before, work)]
    else:
        found = _edits(before, after, work)
    stay = kept_pairs(found, len(before), len(after))
    stay += [
        (one.before[0], one.after[0])
        for one in found
        if one.before and one.after and one.kind != "moved"
    ]
    stay.sort()

    def place(one: BlockEdit) -> Range:
        """Where in the later text it is; what was removed, behind what stood before it."""
        if one.after is not None or one.before is None:
            return one.after or (0, 0)
        ahead = bisect.bisect_left(stay, (one.before[0], 0))
        return (stay[ahead - 1][1] + 1 if ahead else 0), -1

    return sorted(found, key=place)


def kept_pairs(found: Sequence[BlockEdit], before: int, after: int) -> Pairs:
    """The blocks that no edit touches, in pairs; `before` and `after` count all blocks."""
    mine = {at for one in found if one.before for at in range(*one.before)}
    theirs = {at for one in found if one.after for at in range(*one.after)}
    left = (at for at in range(before) if at not in mine)
    right = (at for at in range(after) if at not in theirs)
    return list(zip(left, right, strict=True))


def _turned(one: BlockEdit) -> BlockEdit:
    kind = {"added": "removed", "removed": "added"}.get(one.kind, one.kind)
    return BlockEdit(kind, one.after, one.before)


def numbers_of(text: str) -> list[str]:
    """The numbers in a text, each with the marks that stand inside it."""
    return _NUMBERS.findall(text)


def without_digits(text: str) -> str:
    """A text with every number in it made the same."""
    return _NUMBERS.sub("0", text)


def _head(text: str) -> str:
    return text[:_ENDS]


def _tail(text: str) -> str:
    return text[-_ENDS:]


def _edits(before: Sequence[str], after: Sequence[str], work: Work) -> list[BlockEdit]:
    same = matched(before, after, work)
    found: list[BlockEdit] = []
    gaps: list[tuple[list[int], list[int]]] = []
    for (at, other), (end, other_end) in pairwise([(-1, -1), *same, (len(before), len(after))]):
        mine, theirs = range(at + 1, end), range(other + 1, other_end)
        if _regrouped([before[one] for one in mine], [after[one] for one in theirs]):
            found.append(BlockEdit("regrouped", (at + 1, end), (other + 1, other_end)))
        elif mine or theirs:
            gaps.append((list(mine), list(theirs)))
    moved = _moved(before, after, gaps)
    found += [BlockEdit("moved", _only(one), _only(two)) for one, two in moved]
    gone, come = {one for one, _ in moved}, {two for _, two in moved}
    versions = _Versions(work)
    for mine_of_gap, theirs_of_gap in gaps:
        rest = [one for one in mine_of_gap if one not in gone]
        others = [two for two in theirs_of_gap if two not in come]
        left_over = [before[at] for at in rest], [after[at] for at in others]
        pairs = [(rest[one], others[two]) for one, two in versions.paired(*left_over)]
        left, right = {one for one, _ in pairs}, {two for _, two in pairs}
        found += [BlockEdit("changed", _only(one), _only(two)) for one, two in pairs]
        found += [BlockEdit("removed", _only(one), None) for one in rest if one not in left]
        found += [BlockEdit("added", None, _only(two)) for two in others if two not in right]
    return found


def _only(at: int) -> Range:
    return at, at + 1


def _regrouped(before: Sequence[str], after: Sequence[str]) -> bool:
    if not before or not after or len(before) == len(after) == 1:
        return False
    if _size(before) != _size(after):
        return False
    return [word for one in before for word in words_of(one)] == [
        word for one in after for word in words_of(one)
    ]


def _size(blocks: Sequence[str]) -> int:
    """Characters in blocks, blanks not counted."""
    return sum(len(one) - one.count(" ") for one in blocks)


def _moved(
    before: Sequence[str], after: Sequence[str], gaps: Sequence[tuple[list[int], list[int]]]
) -> Pairs:
    """Blocks that stand on both sides, at places that do not match."""
    come: dict[str, deque[int]] = defaultdict(deque)
    for _, theirs in gaps:
        for two in theirs:
            come[after[two]].append(two)
    return [
        (one, come[before[one]].popleft())
        for mine, _ in gaps
        for one in mine
        if come.get(before[one])
    ]


class _Versions:
    """Finds which removed and added blocks are versions of one block."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._bags: dict[str, Counter[str]] = {}

    def paired(
        self,
        before: Sequence[str],
        after: Sequence[str],
        signs: Sequence[Callable[[str], str]] = (without_digits, _head, _tail),
    ) -> Pairs:
        """Pairs in order: by what stays while a block is edited, then each with each."""
        if not before or not after:
            return []
        if not signs:
            return self._closest(before, after)
        sign, *rest = signs
        same = matched([sign(one) for one in before], [sign(one) for one in after], self._work)
        found = [pair for pair in same if self._likeness(before[pair[0]], after[pair[1]])]
        pairs: Pairs = []
        for (at, other), (end, other_end) in pairwise(
            [(-1, -1), *found, (len(before), len(after))]
        ):
            inner = self.paired(before[at + 1 : end], after[other + 1 : other_end], rest)
            pairs += [(at + 1 + one, other + 1 + two) for one, two in inner]
            if end < len(before):
                pairs.append((end, other_end))
        return pairs

    def _likeness(self, before: str, after: str) -> int:
        """Words in common, per mille; 0 for what is not like enough."""
        mine, theirs = self._bag(before), self._bag(after)
        alike = 2000 * (mine & theirs).total() // (mine.total() + theirs.total())
        if alike < ALIKE_FROM and without_digits(before) == without_digits(after):
            return ALIKE_FROM
        return alike if alike >= ALIKE_FROM else 0

    def _bag(self, text: str) -> Counter[str]:
        if text not in self._bags:
            self._bags[text] = Counter(words_of(text))
        return self._bags[text]

    def _closest(self, before: Sequence[str], after: Sequence[str]) -> Pairs:
        """The pairs, in order, that have most in common altogether."""
        if len(before) * len(after) > _MOST_PAIRS:
            return []
        scores = [[self._likeness(one, two) for two in after] for one in before]
        best = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
        for at in reversed(range(len(before))):
            for other in reversed(range(len(after))):
                best[at][other] = max(
                    best[at + 1][other],
                    best[at][other + 1],
                    scores[at][other] + best[at + 1][other + 1] if scores[at][other] else 0,
                )
        pairs: Pairs = []
        at = other = 0
        while at < len(before) and other < len(after):
            score = scores[at][other]
            if score and best[at][other] == score + best[at + 1][other + 1]:
                pairs.append((at, other))
                at, other = at + 1, other + 1
            elif best[at + 1][other] >= best[at][other + 1]:
                at += 1
            else:
                other += 1
        return pairs


def word_changes(before: str, after: str, work: Work) -> tuple[Words, ...]:
    """The stretches of words that differ between two versions of a block."""
    mine, theirs = Cut(before), Cut(after)
    if theirs.words < mine.words:
        pairs = [(one, two) for two, one in matched(theirs.words, mine.words, work)]
    else:
        pairs = matched(mine.words, theirs.words, work)
    ends = [(-1, -1), *pairs, (len(mine.words), len(theirs.words))]
    both = set(pairs)
    return tuple(
        Words(
            lead=mine.read(_lead(both, at, other), at + 1),
            before=mine.read(at + 1, end),
            after=theirs.read(other + 1, other_end),
        )
        for (at, other), (end, other_end) in pairwise(ends)
        if end > at + 1 or other_end > other + 1
    )


def _lead(both: set[tuple[int, int]], at: int, other: int) -> int:
    """The first of the words before a difference, from `at` back, that both have in a row."""
    first = at
    while at - first < _LEAD and (first - 1, other - at + first - 1) in both:
        first -= 1
    return max(0, first)
