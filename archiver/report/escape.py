"""Text from outside, made harmless for a terminal.

Titles, URLs and headers are written by opponents: escape sequences, direction marks
and invisible characters come out as `\\x1b`, `\\u202e`; nothing else changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# C0 and C1 controls, DEL, zero-width and direction marks, line and paragraph separators,
# tags, BOM, surrogates, noncharacters: whatever moves the cursor, hides what stands there, or has
# no place in XML.
_HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def terminal(text: str, limit: int = 0) -> str:
    """One line of text, safe to print; cut to `limit` characters with `…` where that is not 0."""
    safe = _HOSTILE.sub(_spelled, text)
    if limit and len(safe) > limit:
        return safe[: limit - 1] + "…"
    return safe


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in stretches, each with whether it is a hostile character, spelled out."""
    end = 0
    for match in _HOSTILE.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield _spelled(match), True
        end = match.end()
    if end < len(text):
        yield text[end:], False


def _spelled(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
