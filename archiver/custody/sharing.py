"""What may leave: a case's TLP label (Traffic Light Protocol 2.0), as its `case.toml` says.

Whatever cannot be read is taken for RED: nothing leaves because a file is damaged or away.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from archiver.case.files import read_regular
from archiver.case.reading import MAX_CASE_OCTETS
from archiver.custody.store import CASE
from archiver.errors import InvalidInput

CLEAR, GREEN, RED = "CLEAR", "GREEN", "RED"
LABELS = (CLEAR, GREEN, "AMBER", "AMBER+STRICT", RED)
UNSAID = ""


def label(case: Path) -> str:
    """A case's label; `UNSAID` where its `case.toml` has none, `RED` where that is not known."""
    try:
        octets = read_regular(case / CASE, MAX_CASE_OCTETS, CASE)
        document = tomllib.loads(octets.decode("utf-8"))
    except (InvalidInput, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return RED
    if "source" not in document:
        return RED  # cut off, or no case at all
    table = document.get("sensitivity", {})
    said = table.get("tlp", UNSAID) if isinstance(table, dict) else RED
    return said if said in (UNSAID, *LABELS) else RED


def is_told(said: str) -> bool:
    """Whether feed and summary may tell of a case with this label."""
    return said in (UNSAID, CLEAR, GREEN)


def may_leave(said: str, *, public: bool, declared: bool) -> bool:
    """Whether a case with this label may stand in a repository, with its lines and packages.

    `public`: everybody can read it, or nobody knows whether they can; `declared`: a person said
    that they know that (`--public`).
    """
    if public:
        return said == CLEAR or (said == UNSAID and declared)
    return is_told(said)
