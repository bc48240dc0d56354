"""The named normalisations of `archiver-compare-1`, each with a way back to the original.

`none` compares as the text stands (after NFC), `whitespace` takes any run of white
space as one blank, `typographic` also takes typographer's quotes, dashes and dots for
the plain ones and drops what cannot be seen. Case and compatibility are never folded:
`10⁵` is not `105`.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

LEVELS = ("none", "whitespace", "typographic")

# White_Space of Unicode 14.0 (PropList.txt).
_SPACE = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_SPACES = re.compile(f"[{_SPACE}]+")

_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u2039\u203a\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    "\u2026": "...",
    # Soft hyphen, zero-width space and joiners, word joiner, BOM, direction marks.
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c", ""),
    **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""),
}
_INVISIBLE = "".join(char for char, plain in _PLAIN.items() if not plain)
_VISIBLE = "".join(char for char, plain in _PLAIN.items() if plain)
_TYPOGRAPHIC = re.compile(f"[{_VISIBLE}]|[{_INVISIBLE}{_SPACE}]+")
_ONLY_INVISIBLE = re.compile(f"[{_INVISIBLE}]+")


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text. `steps` are (index here, index in the original), ascending; between
    two steps both run alike."""

    text: str
    steps: tuple[tuple[int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that the stretch here came from."""
        return self._back(start), self._back(end - 1) + 1

    def here(self, original: int) -> int:
        """The first place here that came from `original` or from behind it."""
        place = bisect.bisect_right(self.steps, original, key=lambda step: step[1]) - 1
        here, there = self.steps[place]
        limit = self.steps[place + 1][0] if place + 1 < len(self.steps) else len(self.text)
        return min(here + original - there, limit)

    def _back(self, index: int) -> int:
        place = bisect.bisect_right(self.steps, index, key=lambda step: step[0]) - 1
        here, there = self.steps[place]
        # Three dots may stand for one character: never go beyond it.
        limit = self.steps[place + 1][1] - 1 if place + 1 < len(self.steps) else there + index
        return min(there + index - here, max(there, limit))


def normal(text: str, level: str) -> Normal:
    """The text under a level of `LEVELS`."""
    match level:
        case "none":
            return Normal(text, ((0, 0),))
        case "whitespace":
            return _replaced(text, _SPACES)
        case _:
            return _replaced(text, _TYPOGRAPHIC)


def _replaced(text: str, pattern: re.Pattern[str]) -> Normal:
    parts: list[str] = []
    steps = [(0, 0)]
    length = position = 0
    for match in pattern.finditer(text):
        found = match[0]
        plain = _plain(found)
        if plain == found:
            continue
        parts.append(text[position : match.start()])
        length += match.start() - position
        parts.append(plain)
        steps.append((length, match.start()))
        length += len(plain)
        steps.append((length, match.end()))
        position = match.end()
    parts.append(text[position:])
    return Normal("".join(parts), tuple(steps))


def _plain(found: str) -> str:
    if found in _PLAIN:
        return _PLAIN[found]
    return "" if _ONLY_INVISIBLE.fullmatch(found) else " "


def stripped(text: str, level: str) -> str:
    """A passage under a level, without white space at its ends."""
    return normal(text, level).text.strip(" \n\t")
