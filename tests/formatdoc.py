"""docs/format.md, for the tests that hold it against the code."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
FLAT = " ".join(TEXT.split())


def table(heading: str) -> list[list[str]]:
    """The rows of the table whose first line begins so; a cell without its outer quotes."""
    rows = TEXT[TEXT.index(f"| {heading}") :].partition("\n\n")[0].split("\n")[2:]
    return [[cell.strip().strip("`") for cell in row.split("|")[1:-1]] for row in rows]


def block(after: str) -> str:
    """The first block of code behind these words."""
    place = re.search(r"\s+".join(map(re.escape, after.split())), TEXT)
    assert place is not None, after
    return TEXT[place.end() :].split("```")[1].partition("\n")[2]
