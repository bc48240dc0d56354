"""What a pattern cannot say of one string: real dates, known codes. Every check is our own."""

from __future__ import annotations

import re
from collections.abc import Callable

from archiver.case.codes import COUNTRIES, LANGUAGES
from archiver.case.dates import is_calendar_day

_CLOCK = re.compile(
    r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+")


def is_date_time(text: str) -> bool:
    """Whether this is a time of RFC 3339: a real day, a time of day with seconds, a zone."""
    day, mark, clock = text.partition("T")
    match = _CLOCK.fullmatch(clock)
    return bool(
        mark and is_calendar_day(day) and match and match[3] and match[4] and _is_clock(match)
    )


def is_day_or_time(text: str) -> bool:
    """Whether this is a day (YYYY-MM-DD) or a time of RFC 3339."""
    return is_calendar_day(text) or is_date_time(text)


def is_published(text: str) -> bool:
    """Whether this is a claimed date: `unknown`, a year, a month, a day, or a day with a time."""
    day, mark, clock = text.partition("T")
    if mark:
        match = _CLOCK.fullmatch(clock)
        return bool(is_calendar_day(day) and match and _is_clock(match))
    # A year and a month are checked as their first day.
    completed = text + {4: "-01-01", 7: "-01"}.get(len(text), "")
    return text == "unknown" or is_calendar_day(completed)


def is_language(text: str) -> bool:
    """Whether the tag's language, and its country if it has one, are known codes."""
    language, *others = text.split("-")
    known = language in LANGUAGES if len(language) == 2 else len(language) == 3
    return known and all(part in COUNTRIES for part in others if len(part) == 2)


def is_uri(text: str) -> bool:
    """Whether this has the characters and the scheme of an absolute URI (RFC 3986)."""
    return _URI.fullmatch(text) is not None


FORMATS: dict[str, Callable[[str], bool]] = {
    "date": is_calendar_day,
    "date-time": is_date_time,
    "uri": is_uri,
    "archiver-day-or-time": is_day_or_time,
    "archiver-published": is_published,
    "archiver-language": is_language,
    "archiver-country": COUNTRIES.__contains__,
}


def _is_clock(match: re.Match[str]) -> bool:
    hour, minute, second, zone = match[1], match[2], match[3] or "00", match[4] or "Z"
    offset_fits = zone == "Z" or (int(zone[1:3]) <= 14 and int(zone[4:]) <= 59)
    return int(hour) <= 23 and int(minute) <= 59 and int(second) <= 60 and offset_fits
