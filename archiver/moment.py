"""Points in time: UTC, whole seconds, spelled `2026-11-22T11:33:20Z`.

The clock is always an argument. `SOURCE_DATE_EPOCH` (reproducible-builds.org) may
stand in for this machine's clock; a package made under it says so.
"""

from __future__ import annotations

import calendar
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from archiver.errors import InvalidInput

# No leap second: our clocks count none, and what reads a moment may know none.
_SPELLING = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9]Z")
_DAY = 86_400  # seconds
_FORM = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Clock:
    """`now()` gives whole seconds since 1970-01-01T00:00:00Z; `source` is recorded."""

    now: Callable[[], int]
    source: str


def steady(clock: Clock) -> Clock:
    """The same clock, but for one thing: it never goes back. Where it is set back meanwhile,
    it stands still until that moment has come again."""
    latest = clock.now()

    def now() -> int:
        nonlocal latest
        latest = max(latest, clock.now())
        return latest

    return Clock(now=now, source=clock.source)


def clock_from_environment() -> Clock:
    """This machine's clock, or the one fixed moment of `SOURCE_DATE_EPOCH`.

    Raises `InvalidInput` when the variable is set to anything but whole seconds
    between 1980 and 2107 (the years that a ZIP reader can be asked to understand).
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if fixed is None:
        return Clock(now=lambda: int(time.time()), source="system")
    if not re.fullmatch(r"[0-9]{9,10}", fixed) or not 315532800 <= int(fixed) < 4354819200:
        raise InvalidInput(
            "clock.source_date_epoch",
            "SOURCE_DATE_EPOCH is not a moment in whole seconds since 1970",
            hint="unset it to use this machine's clock",
        )
    moment = int(fixed)
    return Clock(now=lambda: moment, source="SOURCE_DATE_EPOCH")


def latest_packing(ended: str) -> str:
    """The latest moment in which a package of this capture is made: a day after its end. A
    clock that was set further ahead meanwhile tells nothing."""
    return spell(calendar.timegm(time.strptime(ended, _FORM)) + _DAY)


def spell(moment: int) -> str:
    """A moment as `YYYY-MM-DDThh:mm:ssZ`."""
    return time.strftime(_FORM, time.gmtime(moment))


@lru_cache(1 << 10)
def is_spelled(text: str) -> bool:
    """Whether the text is a real moment in our one spelling."""
    if _SPELLING.fullmatch(text) is None:
        return False
    try:
        time.strptime(text, _FORM)
    except ValueError:
        return False
    return True


def compact(spelling: str) -> str:
    """`2026-11-22T11:33:20Z` as the 14 digits that CDXJ uses."""
    return re.sub(r"[^0-9]", "", spelling)
