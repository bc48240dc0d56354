"""A text cut into words, with the way back to the characters."""

from __future__ import annotations

import re
from array import array
from itertools import accumulate

# A word ends at a blank; in scripts without blanks (Thai to Khmer, Han, Kana) each
# character counts as one.
_ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORDS = re.compile(f" |[{_ALONE}]|[^ {_ALONE}]+")


def words_of(text: str) -> list[str]:
    """The words of a text; in scripts without blanks, its characters."""
    return [word for word in WORDS.findall(text) if word != " "]


class Cut:
    """A text and its words, and where each ends."""

    def __init__(self, text: str) -> None:
        pieces = WORDS.findall(text)
        ends = zip(pieces, accumulate(map(len, pieces)), strict=True)
        self.text = text
        self.ends = array("I", (end for piece, end in ends if piece != " "))
        self.words = [piece for piece in pieces if piece != " "]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text the words from `start` to `end` stand; at least one."""
        return self.ends[start] - len(self.words[start]), self.ends[end - 1]

    def at(self, number: int) -> int:
        """Where in the text a word begins; its end, where there are no more words."""
        return self.span(number, number + 1)[0] if number < len(self.words) else len(self.text)

    def read(self, start: int, end: int) -> str:
        """The words from `start` to `end` as they stand."""
        return self.text[slice(*self.span(start, end))] if end > start else ""
