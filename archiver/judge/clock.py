"""How the capturing machine's clock stood against the servers', by their `Date` fields."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from archiver.observation import Exchange, Observation

ALARMING = 300  # seconds; less is what waiting, caches and sloppy servers make

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9]|60)"
# RFC 9110 §5.6.7: the form of today, and the two of old that must still be read.
_DATES = (
    re.compile(
        r"[A-Za-z]{3,9}, (?P<day>[0-9]{2})[ -](?P<month>[A-Za-z]{3})[ -]"
        rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}) {_TIME} GMT"
    ),
    re.compile(
        rf"[A-Za-z]{{3}} (?P<month>[A-Za-z]{{3}}) (?P<day>[ 0-9][0-9]) {_TIME} (?P<year>[0-9]{{4}})"
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockOffset:
    """Whole seconds that the servers' clocks were ahead of the capturing machine's (below 0:
    behind it), for each host and as the hosts' median.

    What is measured is a `Date` field less the moment in which its exchange began, each in
    whole seconds. So waiting for the answer counts, and the `Date` of a copy from a cache is
    old: a figure that says how far the clocks agree, and no proof of either.
    """

    seconds: int
    hosts: tuple[tuple[str, int], ...]

    @property
    def alarming(self) -> bool:
        """Whether one of the clocks must be wrong, or the answers were old."""
        return abs(self.seconds) > ALARMING


def clock_offset(seen: Observation) -> ClockOffset | None:
    """The offset by the source and the controls; None where no server told its time.

    A median of an even number is the lower of the two in the middle.
    """
    found: dict[str, list[int]] = {}
    for one in (*seen.of_source(), *seen.controls()):
        seconds = _offset(one)
        if seconds is not None:
            found.setdefault(urlsplit(one.url).hostname or "", []).append(seconds)
    if not found:
        return None
    hosts = tuple((host, _median(several)) for host, several in found.items())
    return ClockOffset(seconds=_median(seconds for _, seconds in hosts), hosts=hosts)


def _offset(one: Exchange) -> int | None:
    if one.response is None or one.response.server_date is None:
        return None
    if one.proxy is not None and one.tls is None:
        return None  # the date may be the proxy's
    date = http_date(one.response.server_date)
    return None if date is None else date - _moment(one.date)


def _moment(spelling: str) -> int:
    return calendar.timegm(tuple(map(int, re.findall("[0-9]+", spelling))))


def http_date(text: str) -> int | None:
    """A date of HTTP as seconds since 1970; None for what is none. A year of two digits is of
    this century."""
    match = next((found for form in _DATES if (found := form.fullmatch(text))), None)
    if match is None or match["month"].lower() not in _MONTHS:
        return None
    year, day = int(match["year"]), int(match["day"])
    year += 2000 if year < 100 else 0
    month = _MONTHS.index(match["month"].lower()) + 1
    if year < 1970 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    time = tuple(int(match[part]) for part in ("hour", "minute", "second"))
    return calendar.timegm((year, month, day, *time))


def _median(numbers: Iterable[int]) -> int:
    ordered = sorted(numbers)
    return ordered[(len(ordered) - 1) // 2]
