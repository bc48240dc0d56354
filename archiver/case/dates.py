"""Dates as people write them: read without a guess, kept with their precision and zone."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache

from archiver.case.months import MONTHS
from archiver.errors import InvalidInput

# The blanks that may stand inside one line; spelled out, so that they never depend on Python's
# Unicode version.
BLANK = r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedDate:
    """A claimed date: as precise as it was written, its zone only where it was written."""

    date: str
    precision: str
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDate:
    """A date at the start of a text: its `words`, the `rest`, and the date or its `fault`."""

    words: str
    rest: str
    date: PublishedDate | None
    fault: str = ""


_YEAR = r"(?P<year>[0-9]{4})"
_LIKELY_YEAR = r"(?P<year>(?:1[5-9]|20|21)[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})"
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_TIME = (
    rf"(?:(?:[Tt]|,?{BLANK}+)(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})"
    rf"(?::(?P<second>[0-9]{{2}}))?(?:{BLANK}?(?P<zone>Z|z|UTC|GMT|[+-][0-9]{{2}}:?[0-9]{{2}}))?)?"
)
# Not a date: one that goes on as a word or as a longer number.
_END = r"(?![\w]|[-/.:][0-9])"
_YEAR_WORD = rf"(?:{BLANK}*(?:года|году|року|г\.|р\.))?"

_PATTERNS = (
    rf"{_YEAR}(?P<sep>[-/.])(?P<month>[0-9]{{1,2}})(?P=sep){_DAY}{_TIME}{_END}",
    rf"{_DAY}\.(?P<month>[0-9]{{1,2}})\.{_YEAR}{_TIME}{_END}",
    rf"(?P<first>[0-9]{{1,2}})(?P<sep>[/-])(?P<second_>[0-9]{{1,2}})(?P=sep){_YEAR}{_TIME}{_END}",
    rf"{_DAY}(?:st|nd|rd|th|er|\.|º)?,?{BLANK}+(?:(?:de|of){BLANK}+)?{_WORD},?{BLANK}+"
    rf"(?:(?:de|del){BLANK}+)?{_YEAR}{_YEAR_WORD}{_TIME}{_END}",
    rf"{_WORD}{BLANK}+{_DAY}(?:st|nd|rd|th)?,?{BLANK}+{_YEAR}{_TIME}{_END}",
    rf"{_WORD},?{BLANK}+(?:(?:de|del){BLANK}+)?{_YEAR}{_YEAR_WORD}{_END}",
    rf"{_LIKELY_YEAR}-(?P<month>[0-9]{{2}}){_END}",
    # A year alone needs a word after it (or nothing): `date 2024 100 ships` says no date.
    rf"{_LIKELY_YEAR}(?={BLANK}*+(?:$|[:,]{BLANK}*+[^\W\d_]|[–—-]{BLANK}++[^\W\d_])"
    rf"|{BLANK}++[^\W\d_])",
)
_compiled = cache(re.compile)  # most dates are of the first form


class _NoDate(Exception):
    """The words have the shape of a date and are none; the message says why."""


def find_date(text: str) -> FoundDate | None:
    """The date that `text` starts with, or `None` where it starts with nothing like one."""
    for pattern in _PATTERNS:
        match = _compiled(pattern).match(text)
        if match is None:
            continue
        words, rest = match[0], text[match.end() :]
        try:
            date = _date(match.groupdict())
        except _NoDate as fault:
            return FoundDate(words=words, rest=rest, date=None, fault=f"{words} {fault}")
        if date is not None:
            return FoundDate(words=words, rest=rest, date=date)
    return None


def parse_date(words: str) -> PublishedDate:
    """Read a date given on its own. Raises `InvalidInput` where it is none, or ambiguous."""
    found = find_date(words.strip())
    if found is not None and found.fault:
        raise InvalidInput("date.fault", f"the date {found.fault}")
    if found is None or found.date is None or found.rest.strip():
        raise InvalidInput("date.fault", "not a date", hint="write it as YYYY-MM-DD")
    return found.date


def is_calendar_day(text: str) -> bool:
    """Whether this is a day of the calendar, written as YYYY-MM-DD and in no other way."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _date(parts: dict[str, str | None]) -> PublishedDate | None:
    """The parts of a match as a date; `None` where its word is not the name of a month."""
    year = parts["year"] or ""
    if parts.get("first"):
        day, month = _day_and_month(int(parts["first"] or ""), int(parts["second_"] or ""))
    else:
        month_words = parts.get("month")
        if month_words is None:
            return PublishedDate(date=year, precision="year", zone="unknown")
        known = int(month_words) if month_words.isdecimal() else MONTHS.get(month_words.lower())
        if known is None:
            return None
        month, day = known, int(parts.get("day") or 0)
    if parts.get("day") is None and not parts.get("first"):
        _check_day(year, month, 1)
        return PublishedDate(date=f"{year}-{month:02}", precision="month", zone="unknown")
    _check_day(year, month, day)
    return _with_time(f"{year}-{month:02}-{day:02}", parts)


def _day_and_month(first: int, second: int) -> tuple[int, int]:
    """Day and month of `08/13/2024` or `13/08/2024`, where only one reading is possible."""
    if first <= 12 and second <= 12 and first != second:
        raise _NoDate("can be read two ways: give --date YYYY-MM-DD")
    return (second, first) if second > 12 else (first, second)


def _check_day(year: str, month: int, day: int) -> None:
    if not is_calendar_day(f"{year}-{month:02}-{day:02}"):
        raise _NoDate("is not a calendar date")


def _with_time(day: str, parts: dict[str, str | None]) -> PublishedDate:
    if parts.get("hour") is None:
        return PublishedDate(date=day, precision="day", zone="unknown")
    hour, minute = int(parts["hour"] or ""), int(parts["minute"] or "")
    second = parts.get("second")
    offset, zone = _zone(parts.get("zone"))
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        raise _NoDate("holds no time of day")
    time = f"{hour:02}:{minute:02}" + (f":{second}" if second else "")
    precision = "second" if second else "minute"
    return PublishedDate(date=f"{day}T{time}{offset}", precision=precision, zone=zone)


def _zone(words: str | None) -> tuple[str, str]:
    """The offset to write behind the time, and the name of the zone."""
    if words is None:
        return "", "unknown"
    if words.upper() in {"Z", "UTC", "GMT"}:
        return "Z", "UTC"
    offset = f"{words[:3]}:{words[-2:]}"
    if int(offset[1:3]) > 14 or int(offset[4:]) > 59:
        raise _NoDate("holds no possible zone")
    return offset, offset
