"""Character references of HTML (WHATWG §13.2.5.72 on), and the NUL that no browser shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5  # the WHATWG table, frozen since HTML5

_SPECIAL = re.compile(r"\0+|&(?:#[xX]([0-9A-Fa-f]+);?|#([0-9]+);?|([A-Za-z][A-Za-z0-9]*+;?))")
_LONGEST_NAME = max(map(len, html5))


def resolved(source: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The text between two places, references resolved: (text, place, size in the source).

    A text as long as its source stands there as it is.
    """
    position = start
    for match in _SPECIAL.finditer(source, start, end):
        text, used = _reference(match)
        if not used:
            continue
        if match.start() > position:
            yield source[position : match.start()], position, match.start() - position
        yield text, match.start(), used
        position = match.start() + used
    if position < end:
        yield source[position:end], position, end - position


def unescape(text: str) -> str:
    """A text with its character references resolved."""
    return "".join(piece for piece, _, _ in resolved(text, 0, len(text)))


def _reference(match: re.Match[str]) -> tuple[str, int]:
    """What a reference stands for and how many characters of the source it takes."""
    hexadecimal, decimal, name = match.groups()
    if digits := hexadecimal or decimal:
        digits = digits.lstrip("0")
        code = int(digits or "0", 16 if hexadecimal else 10) if len(digits) <= 7 else 0x110000
        return _numeric(code), len(match[0])
    if name is None:
        return "", len(match[0])
    for length in range(min(len(name), _LONGEST_NAME), 1, -1):
        text = html5.get(name[:length])
        if text is not None:
            return text, 1 + length
    return "", 0


def _numeric(code: int) -> str:
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", errors="ignore") or chr(code)
    return chr(code)
