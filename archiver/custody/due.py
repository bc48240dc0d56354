"""How often a case is to be captured again, as its `case.toml` says, and whether that is due."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from archiver import moment
from archiver.case.files import read_regular
from archiver.custody.store import CASE
from archiver.errors import InvalidInput

_MAX = 1 << 20  # octets of case.toml
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"([0-9]{1,6})([smhd])")
# The table as it is mostly written: to read TOML of thousands of cases takes long.
_PLAIN = re.compile(rb'^\[recapture\][ \t]*\n(?:[ \t]*\n)*every[ \t]*=[ \t]*"([0-9]+[smhd])"', re.M)
_MANY_LINES = (b'"""', b"'''")


def duration(text: str) -> int:
    """A duration such as `30m`, `6h` or `1d` in seconds. Raises `InvalidInput` for none."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise InvalidInput("duration", "not a duration such as 0s, 30m, 6h or 1d", where=text)
    return int(match[1]) * _SECONDS[match[2]]


def every(case: Path) -> int | None:
    """How often a case is to be captured, in seconds; None where it does not say, or cannot be
    read (`archiver validate` says why)."""
    try:
        octets = read_regular(case / CASE, _MAX, CASE)
        return None if b"recapture" not in octets else _every(octets)
    except (InvalidInput, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


def _every(octets: bytes) -> int | None:
    plain = _PLAIN.search(octets)
    if plain is not None and not any(mark in octets for mark in _MANY_LINES):
        return duration(plain[1].decode("ascii"))
    table = tomllib.loads(octets.decode("utf-8")).get("recapture")
    said = table.get("every") if isinstance(table, dict) else None
    return duration(said) if isinstance(said, str) else None


def next_after(last: str, seconds: int) -> str | None:
    """When a case is due that was captured last at this moment; None, at once, where that is no
    day of the calendar."""
    try:
        return moment.spell(moment.seconds(last) + seconds)
    except ValueError:
        return None
