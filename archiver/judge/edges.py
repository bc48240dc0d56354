"""Where a passage may begin and end: never inside a word, and never inside a number.

`5 000` is not found in `15 000`, `5` not in `-5`, `5%`, `5.1`, `5⁵` or `5–7`.
"""

from __future__ import annotations

import re
from functools import cache

# Letters, digits and marks of scripts that part words by blanks, without punctuation;
# digits of the others; superscripts, subscripts, fractions; Chinese numerals.
WORD = (
    "0-9A-Za-z\xaa\xb2\xb3\xb5\xb9\xba\xbc-\xbe\xc0-\xd6\xd8-\xf6\xf8-\u02bb\u0300-\u0373"
    "\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u0559\u0560-\u0588\u0591-\u05bd\u05bf\u05c1"
    "\u05c2\u05c4\u05c5\u05c7-\u05f2\u0610-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u06ff"
    "\u0710-\u0963\u0966-\u096f\u0971-\u0df3\u0e50-\u0e59\u0ed0-\u0ed9\u1040-\u1049\u10a0-\u10fa"
    "\u10fc-\u135f\u13a0-\u13ff\u17e0-\u17e9\u1c80-\u1cbf\u1d00-\u1fbc\u1fbe\u1fc2-\u1fcc"
    "\u1fd0-\u1fdb\u1fe0-\u1fec\u1ff2-\u1ffc\u2070-\u2079\u207f-\u2089\u2090-\u209c\u20d0-\u20f0"
    "\u2150-\u218b\u2c00-\u2dff\ua640-\ua69f\ua720-\ua7ff\uab30-\uab6f\uac00-\ud7a3\ufb00-\ufb4f"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03"
    "\u516b\u4e5d\u5341\u767e\u5343\u4e07\u842c\u4ebf\u5104\u4e24\u5169"
)
DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff10-\uff19"
_JOINS = "'\u2018\u2019\u02bc\\-\u2010\u2011"  # apostrophes and hyphens, inside a word
_JOINS_DIGITS = ".,:/\xb7\u066b\u066c'\u2019"  # 1.5, 1,000, 10:30, 5/7, 1'000
_MINUS = "\\-\u2010\u2011\u2012\u2013\u2212"

_CUT = "|".join(
    [
        f"(?<=[{WORD}])(?=[{_JOINS}]?[{WORD}])",
        f"(?<=[{WORD}][{_JOINS}])(?=[{WORD}])",
        f"(?<=[{DIGIT}])(?=[{_JOINS_DIGITS}{_MINUS}][{DIGIT}])",
        f"(?<=[{DIGIT}][{_JOINS_DIGITS}])(?=[{DIGIT}])",
        # An ellipsis, which may have been one character.
        r"(?<=\.)(?=\.)",
        # A sign, and what makes other numbers out of a number.
        f"(?<=[+\xb1{_MINUS}])(?=[{DIGIT}])",
        f"(?<=[{DIGIT}])(?=[%\u2030\u2031\xb0\u066a])",
        # Groups of three digits.
        f"(?<=[{DIGIT}])(?= [{DIGIT}]{{3}}(?![{DIGIT}]))",
        f"(?<=[{DIGIT}] )(?=[{DIGIT}]{{3}}(?![{DIGIT}]))",
    ]
)
_CUTS = re.compile(_CUT)


def cut(text: str, at: int) -> bool:
    """Whether an edge at this place of an even text parts a word or a number."""
    return _CUTS.match(text, at) is not None


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Where a passage may begin, and where it may end. Slow to compile, and seldom needed."""
    return re.compile(f"(?=[^ ])(?!{_CUT})"), re.compile(f"(?<=[^ ])(?!{_CUT})")


class Edges:
    """Every place of an even text where a passage may begin, and where it may end."""

    def __init__(self, text: str) -> None:
        starts, ends = _edges()
        self._starts = _bits(starts, text)
        self._ends = _bits(ends, text)

    def starts(self, length: int) -> str:
        """A text that has `1` at every place where a passage of that length may begin."""
        # Bit by bit: a passage may begin here and end where it does.
        return f"{self._starts & (self._ends >> length):b}"[::-1]


def _bits(pattern: re.Pattern[str], text: str) -> int:
    places = bytearray(b"0") * (len(text) + 1)
    for match in pattern.finditer(text):
        places[match.start()] = 49
    places.reverse()
    return int(places, 2)
