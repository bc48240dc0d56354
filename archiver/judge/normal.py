"""The named normalisations of `archiver-compare-1`.

`none` compares as the text stands (after NFC), `whitespace` takes any run of white
space as one blank, `typographic` also takes typographer's quotes, dashes and dots for
the plain ones and drops what cannot be seen. Case and compatibility are never folded:
`10⁵` is not `105`.
"""

from __future__ import annotations

import re

from archiver.judge.traced import Traced, Tracer
from archiver.unicode14 import nfc_changes

LEVELS = ("none", "whitespace", "typographic")


def _characters(*ranges: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


# White_Space of Unicode 14.0 (PropList.txt).
_SPACE = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + _characters((9, 13), (0x2000, 0x200A))
# Soft hyphen, grapheme joiner, vowel separator, BOM, zero-width space and joiners, direction
# marks, word joiner and invisible operators, the selectors of text and emoji style.
_INVISIBLE = "\xad\u034f\u061c\u180e\ufeff" + _characters(
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F), (0xFE0E, 0xFE0F)
)
_EDGES = " " + _SPACE + _INVISIBLE
_SPACES = re.compile(f"[ {_SPACE}]+")
_UNEVEN = re.compile(f"[ {_INVISIBLE}]{{2,}}|[{_INVISIBLE}]|\u2026|-{{2,}}")
_ONLY_INVISIBLE = re.compile(f"[{_INVISIBLE}]+")

_ALIKE = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u02bc\u2039\u203a\xb4`",
    '"': "\u201c\u201d\u201e\u201f\u2033\xab\xbb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
}


def even(text: str) -> Traced:
    """The part of `typographic` that changes lengths: white space, dots, double hyphens,
    what cannot be seen."""
    for space in _SPACE:
        text = text.replace(space, " ")
    made = Tracer()
    position = 0
    for match in _UNEVEN.finditer(text):
        start, end = match.span()
        made.put(text[position:start], position, start - position)
        made.put(_evened(match[0]), start, end - start)
        position = end
    made.put(text[position:], position, len(text) - position)
    return made.done()


def _evened(found: str) -> str:
    if found == "\u2026":
        return "..."
    if found[0] == "-":
        return "\u2014"
    return "" if _ONLY_INVISIBLE.fullmatch(found) else " "


def plain(text: str) -> str:
    """The part of `typographic` that keeps lengths: quotes and dashes."""
    if text.isascii():
        return text.replace("`", "'")
    for char, others in _ALIKE.items():
        for other in others:
            text = text.replace(other, char)
    return text


def stripped(text: str, level: str) -> str:
    """A passage under a level of `LEVELS`, without what cannot be seen at its ends."""
    match level:
        case "none":
            return _bare(text)
        case "whitespace":
            return _SPACES.sub(" ", _bare(text))
        case _:
            return plain(even(_bare(text)).text)


def _bare(text: str) -> str:
    """A text without the white space and the invisible characters at its ends."""
    return text.strip(_EDGES)


def composed(text: str) -> Traced:
    """A text in NFC, and the way back."""
    made = Tracer()
    position = 0
    for start, end, changed in nfc_changes(text):
        made.put(text[position:start], position, start - position)
        made.put(changed, start, end - start)
        position = end
    made.put(text[position:], position, len(text) - position)
    return made.done()
