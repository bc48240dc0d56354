"""Characters that people cannot see, or that act instead of showing."""

from __future__ import annotations

import re
from functools import cache

from archiver.unicode14 import unassigned

# C0, DEL, C1: never in a field. TAB and LF are let through where a field may have lines.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
CONTROL_IN_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Bidi controls, zero-width characters, fillers, line separators, annotation and tag characters.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = re.compile(
    r"[ \t\r\n\x0b\x0c\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)


def is_blank(char: str) -> bool:
    """Whether this character is white space."""
    return _BLANK.match(char) is not None


def named(char: str) -> str:
    """A character by its code point, as U+202E."""
    return f"U+{ord(char):04X}"


def first_unassigned(text: str) -> str | None:
    """The first code point that Unicode 14.0 left unassigned (or that is for private use)."""
    found = None if text.isascii() else _unassigned().search(text)
    return found[0] if found else None


@cache
def _unassigned() -> re.Pattern[str]:
    ranges = [*unassigned(), (0xE000, 0xF8FF), (0xF0000, 0x10FFFF)]
    return re.compile("[" + "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in ranges) + "]")
