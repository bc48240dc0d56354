"""Text from outside, made harmless for Markdown as GitHub and GitLab read it, and for XML."""

from __future__ import annotations

import re

from archiver.report.escape import terminal

_TICKS = re.compile("`+")
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def code(text: str, limit: int = 300) -> str:
    """A code span of one line. In it nothing is markup, no address becomes a link and no `@name`
    calls anybody; its fence is longer than any run of backticks inside (CommonMark §6.1).

    It must stand behind words of ours: at the start of a line a fence might begin a block.
    """
    safe = terminal(text, limit) or " "
    longest = max((len(run) for run in _TICKS.findall(safe)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if safe[0] in "` " or safe[-1] in "` " else ""
    return f"{fence}{pad}{safe}{pad}{fence}"


def xml(text: str, limit: int = 300) -> str:
    """Character data or an attribute's value, on one line."""
    return terminal(text, limit).translate(_XML)
