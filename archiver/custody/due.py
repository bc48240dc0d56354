"""How often a case is to be captured again, as its `case.toml` says, and whether that is due.

A case is due once in each period: time is cut into pieces of its rhythm, counted from
1970-01-01T00:00:00Z, so that `1d` are the days of UTC. What counts is in which period its last
capture began. So a job that comes hours late is late and no more: it does not move the next one.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archiver import moment
from archiver.case.files import read_regular
from archiver.custody.store import CASE
from archiver.errors import InvalidInput

_MAX = 1 << 20  # octets of case.toml
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"([0-9]{1,6})([smhd])")
# The table as it is mostly written: to read TOML of thousands of cases takes long.
_PLAIN = re.compile(rb'^\[recapture\][ \t]*\n(?:[ \t]*\n)*every[ \t]*=[ \t]*"([0-9]+[smhd])"', re.M)
_DIGITS = re.compile("[0-9]+")
_YEAR_10000 = 253_402_300_800
_MANY_LINES = (b'"""', b"'''")


def duration(text: str) -> int:
    """A duration such as `30m`, `6h` or `1d` in seconds. Raises `InvalidInput` for none."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise InvalidInput("duration", "not a duration such as 0s, 30m, 6h or 1d", where=text)
    return int(match[1]) * _SECONDS[match[2]]


def every(case: Path, *, wholly: bool = False) -> int | None:
    """How often a case is to be captured, in seconds; None where it does not say.

    Raises `InvalidInput` where its `case.toml` cannot be read; `wholly`: also where what cannot
    be read has no word of it.
    """
    octets = read_regular(case / CASE, _MAX, CASE)
    try:
        return _every(octets) if wholly or b"recapture" in octets else None
    except (InvalidInput, tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        what = f"cannot be read: {fault}"
        hint = f"archiver validate {case} says what is wrong"
        raise InvalidInput("case.invalid", what, where=str(case / CASE), hint=hint) from None


def _every(octets: bytes) -> int | None:
    plain = _PLAIN.findall(octets)
    if len(plain) == 1 and not any(mark in octets for mark in _MANY_LINES):
        return duration(plain[0].decode("ascii"))
    table = _table(tomllib.loads(octets.decode("utf-8")))
    return None if table is None else duration(table)


def _table(document: Mapping[str, Any]) -> str | None:
    """What the table says; None where there is none. A name that was mistyped is never taken for
    one that is not there: nobody would notice that nothing is captured."""
    from difflib import get_close_matches

    others = {name.lower(): name for name in document if name != "recapture"}
    for near in get_close_matches("recapture", others, 1, 0.8):
        raise InvalidInput("case.invalid", f"{others[near]}: did you mean recapture?")
    table = document.get("recapture")
    if table is None:
        return None
    if not isinstance(table, dict):
        raise InvalidInput("case.invalid", "it must be the table [recapture]")
    said = table.get("every")
    if not isinstance(said, str):
        raise InvalidInput("case.invalid", '[recapture] does not say every = "1d"')
    return said


def is_due(last: str | None, seconds: int, now: int) -> bool:
    """Whether a case is due whose last capture began at `last`; None: there was none.

    One that began in a later period than now's does not count: a clock was wrong.
    """
    if last is None or seconds == 0:
        return True
    return instant(last) // seconds != now // seconds


def next_after(last: str, seconds: int) -> str | None:
    """When a case is due whose last capture began at `last`; None where that is in no year of
    four digits."""
    began = instant(last)
    due = (began // seconds + 1) * seconds if seconds else began
    return moment.spell(due) if 0 <= due < _YEAR_10000 else None


def instant(time: str) -> int:
    """The time of a line in seconds. Others write lines too: a day that its month does not have
    is one of the next month, the year 0 is the year 1."""
    year, month, day, *clock = (int(one) for one in _DIGITS.findall(time))
    return calendar.timegm((max(year, 1), month, day, *clock))
