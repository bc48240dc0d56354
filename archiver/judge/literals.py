"""String literals of JSON and of scripts, with the keys that they stand under.

Not a parser: a broken document still has strings in it, and nothing here can fail,
recur, or take more time than in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_STRING = r'"((?:[^"\\]|\\.)*+)(?:"|\Z)'
_JSON = re.compile(rf"{_STRING}([\t\n\r ]*+:)?|[{{}}\[\],]", re.S)
_LINE = r"(?:[^{0}\\\n]|\\.)*+"
_SCRIPT = re.compile(
    rf'"({_LINE.format(chr(34))})(?:"|(?=\n)|\Z)([\t\n\r ]*+:)?'
    rf"|'({_LINE.format(chr(39))})(?:'|(?=\n)|\Z)([\t\n\r ]*+:)?"
    r"|`((?:[^`\\]|\\.)*+)(?:`|\Z)"
    r"|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"
    # A regular expression may hold a lonely quote.
    r"|(?<=[(,=:\[!&|?{};])/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){0,40}+\]){1,100}+/"
    r"|(?<![A-Za-z0-9_$])([A-Za-z_$][A-Za-z0-9_$]{0,60}+)[\t\n\r ]*+:"
    r"|[{}\[\],]",
    re.S | re.A,
)
_ESCAPE = re.compile(
    r"\\(?:u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})"
    r"|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|(\r\n|.)|\Z)",
    re.S,
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": ""}
_SHORT |= dict.fromkeys(("\n", "\r", "\r\n", "\u2028", "\u2029"), "")  # a line that goes on
_LONGEST_KEY = 100
_DEEPEST = 1000  # lists and objects in one another


class Literal(NamedTuple):
    """A string between its quotes: from, to, and its key with the one above it."""

    start: int
    end: int
    parent: str
    key: str


def literals(text: str, start: int, end: int, *, json: bool) -> Iterator[Literal]:
    """Every string between two places that is not empty and not itself a key, in order."""
    above: list[tuple[str, str]] = []
    deeper = 0  # lists and objects open beyond those that are remembered
    parent = key = ""
    for match in (_JSON if json else _SCRIPT).finditer(text, start, end):
        mark = match[0]
        if mark in ("{", "["):
            if len(above) == _DEEPEST:
                deeper += 1
                continue
            above.append((parent, key))
            if mark == "{":
                parent, key = key, ""
        elif mark in ("}", "]"):
            if deeper:
                deeper -= 1
                continue
            parent, key = above.pop() if above else ("", "")
        elif (found := _string(match)) is not None:
            group, is_key = found
            if is_key:
                key = match[group][:_LONGEST_KEY]
            elif match.end(group) > match.start(group):
                yield Literal(*match.span(group), parent, key)


def _string(match: re.Match[str]) -> tuple[int, bool] | None:
    """The group that holds a string, and whether it is a key."""
    groups = match.groups()
    if groups[0] is not None:
        return 1, groups[1] is not None
    if len(groups) > 2:
        if groups[2] is not None:
            return 3, groups[3] is not None
        if groups[4] is not None:
            return 5, False
        if groups[5] is not None:
            return 6, True
    return None


def unescaped(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """What a literal stands for: (text, place, size in the source), as `resolved` gives it."""
    position = start
    for match in _ESCAPE.finditer(text, start, end):
        if match.start() > position:
            yield text[position : match.start()], position, match.start() - position
        yield _meant(match), match.start(), len(match[0])
        position = match.end()
    if position < end:
        yield text[position:end], position, end - position


def _meant(match: re.Match[str]) -> str:
    high, low, *codes, short = match.groups()
    if high is not None:
        code = 0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(low, 16) & 0x3FF)
        return chr(code)
    digits = next((one for one in codes if one is not None), None)
    if digits is not None:
        code = int(digits, 16)
        if not code:
            return ""
        return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"
    return _SHORT.get(short or "", short or "")
