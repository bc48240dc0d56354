"""Looking many phrases up in a text at once.

A phrase is words; `*` in it stands for up to three words of any kind, in scripts that
do not part words for up to ten characters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from archiver.judge.signals.folding import DENSE, words_of

_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a kind in a text of words, from `start` to `end`."""

    kind: str
    start: int
    end: int


class Lexicon:
    """Phrases by what they are a sign of."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        # By the first two words, or by the first where no second is fixed: many begin with
        # words that stand everywhere.
        self._by_two: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        self._by_one: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        # In scripts without blanks, by the first two characters.
        self._by_pair: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for kind, phrase in phrases:
            pieces = [words_of(piece) for piece in phrase.split("*")]
            if DENSE.search(phrase):
                pattern = ".{0,10}?".join(map(re.escape, pieces))
                self._by_pair[pieces[0][:2]].append((kind, pattern))
            else:
                words = tuple(" * ".join(pieces).split())
                if len(words) == 1 or words[1] == "*":
                    self._by_one[words[0]].append((kind, words))
                else:
                    self._by_two[words[0], words[1]].append((kind, words))

    def find(self, text: str) -> tuple[Hit, ...]:
        """The phrases in a text that `words_of` gave; none that is a part of a longer one of
        another kind ("has been removed" in "may have been removed")."""
        found = sorted(set(self._all(text)), key=lambda hit: (hit.start, -hit.end, hit.kind))
        kept: list[Hit] = []
        longest: Hit | None = None
        for hit in found:
            inside = longest is not None and hit.end <= longest.end
            if longest is None or not inside or hit.kind == longest.kind or _as_long(hit, longest):
                kept.append(hit)
            if not inside:
                longest = hit
        return tuple(kept)

    def _all(self, text: str) -> Iterator[Hit]:
        tokens = text.split()
        starts, at = [], 0
        for token in tokens:
            starts.append(at)
            at += len(token) + 1
        for number, pair in enumerate(pairwise([*tokens, " "])):
            for kind, words in self._by_one.get(pair[0], []) + self._by_two.get(pair, []):
                end = _matched(tokens, number, words)
                if end:
                    yield Hit(kind, starts[number], starts[end - 1] + len(tokens[end - 1]))
        for start in DENSE.finditer(text):
            for kind, pattern in self._by_pair.get(text[start.start() : start.start() + 2], ()):
                match = _compiled(pattern).match(text, start.start())
                if match is not None:
                    yield Hit(kind, *match.span())


_compiled = cache(re.compile)  # few of them are ever met


def _as_long(one: Hit, other: Hit) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _matched(tokens: list[str], at: int, words: tuple[str, ...]) -> int:
    """The place behind the words where they stand at `at`; 0 where they do not."""
    for place, word in enumerate(words):
        if word == "*":
            rest = words[place + 1 :]
            ends = (_matched(tokens, at + skip, rest) for skip in range(_MOST_WORDS + 1))
            return next((end for end in ends if end), 0)
        if at >= len(tokens) or tokens[at] != word:
            return 0
        at += 1
    return at


def read_phrases(kind: str, table: str) -> Iterator[tuple[str, str]]:
    """The phrases of a table: by language, `xx: one | another`, on as many lines as it takes."""
    for phrase in re.split(r"\||(?:^|\s)[a-z]{2}:", table):
        if phrase.strip():
            yield kind, phrase


@cache
def lexicon() -> Lexicon:
    """All the phrases that we know."""
    from archiver.judge.signals.phrases import absent, doors, others, places, robots

    return Lexicon(
        pair
        for module in (absent, robots, doors, places, others)
        for kind, table in module.TABLES.items()
        for pair in read_phrases(kind, table)
    )
