"""Tags of HTML: a name, attributes, and where the tag ends (WHATWG §13.2.5.8 on)."""

from __future__ import annotations

import re
from typing import NamedTuple

_NAME = re.compile(r"[A-Za-z][^\t\n\f\r />]*+")
_ATTRIBUTE = re.compile(
    r"[\t\n\f\r /]*+([^\t\n\f\r />][^\t\n\f\r />=]*+)"
    r"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+"
    r"""(?:"([^"]*+)(?:"|(\Z))|'([^']*+)(?:'|(\Z))|([^\t\n\f\r >"'][^\t\n\f\r >]*+)?))?"""
)
_TAIL = re.compile(r"[\t\n\f\r /]*+(>|\Z)")
_RAW_END = re.compile(r"[\t\n\f\r />]|\Z")
_UPPER = {code: code + 32 for code in range(65, 91)}


class Tag(NamedTuple):
    """A tag; `end` is the place behind its `>`. `void` where it ends in `/>`."""

    name: str
    attributes: dict[str, str]
    end: int
    void: bool


def lower(text: str) -> str:
    """A-Z in lower case and nothing else: the Kelvin sign is no K in a tag."""
    return text.lower() if text.isascii() else text.translate(_UPPER)


def read_tag(source: str, at: int) -> Tag | None:
    """The tag whose name starts at `at`; None where the document ends inside it, or no name."""
    match = _NAME.match(source, at)
    if match is None:
        return None
    at = match.end()
    if source.startswith(">", at):
        return Tag(lower(match[0]), {}, at + 1, False)
    attributes: dict[str, str] = {}
    while source[at : at + 1] != ">":
        found = _ATTRIBUTE.match(source, at)
        if found is None:
            break
        name, double, cut, single, cut_too, bare = found.groups()
        if cut is not None or cut_too is not None:
            return None
        attributes.setdefault(lower(name), double or single or bare or "")
        at = found.end()
    tail = _TAIL.match(source, at)
    if tail is None or not tail[1]:
        return None
    return Tag(lower(match[0]), attributes, tail.end(), source[at : tail.end()].endswith("/>"))


def raw_text(source: str, start: int, name: str) -> tuple[int, int]:
    """Where the raw text from `start` ends, and the place behind its end tag."""
    at = source.find("</", start)
    while at >= 0:
        after = at + 2 + len(name)
        if lower(source[at + 2 : after]) == name and _RAW_END.match(source, after):
            tag = read_tag(source, at + 2)
            return at, len(source) if tag is None else tag.end
        at = source.find("</", at + 2)
    return len(source), len(source)


_SCRIPT = re.compile(r"<!--|-->|<(/?)script(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII)


def script_text(source: str, start: int) -> tuple[int, int]:
    """Where a script ends, and the place behind its end tag. Its `<!-- <script>` hides one."""
    escaped = twice = False
    for match in _SCRIPT.finditer(source, start):
        if match[0] == "<!--":
            escaped = True
        elif match[0] == "-->":
            escaped = twice = False
        elif not match[1]:
            twice = escaped
        elif twice:
            twice = False
        else:
            tag = read_tag(source, match.start() + 2)
            return match.start(), len(source) if tag is None else tag.end
    return len(source), len(source)
