"""Dates in a page's words and metadata, read without a guess, held against a claimed date.

Gregorian dates only, with the names of months in the languages below; where day and month
can be told apart in no way, both readings count as possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archiver.case.months import MONTHS

# Beside those of `case.months`: Italian, Portuguese, Polish, Dutch, Turkish, Czech, Romanian,
# Hungarian, Finnish, the Nordic languages, Arabic, Hebrew.
_MORE = (
    "gennaio gen janeiro styczeń stycznia januari januar ocak leden ledna ianuarie január "
    "tammikuuta يناير ינואר",
    "febbraio fevereiro fev luty lutego februari şubat únor února februarie február "
    "helmikuuta فبراير פברואר",
    "marzo março marzec marca maart mrt mart mars březen března martie március maaliskuuta "
    "مارس מרץ",
    "aprile april abril kwiecień kwietnia nisan duben dubna aprilie április huhtikuuta أبريل ابريل "
    "אפריל",
    "maggio mag maio maj maja mei mayıs květen května május toukokuuta مايو מאי",
    "giugno giu junho czerwiec czerwca juni haziran červen června iunie június kesäkuuta "
    "يونيو يونيه יוני",
    "luglio lug julho lipiec lipca juli temmuz červenec července iulie július heinäkuuta "
    "يوليو يوليه יולי",
    "agosto augustus augusti august sierpień sierpnia ağustos srpen srpna augusztus elokuuta أغسطس "
    "اغسطس אוגוסט",
    "settembre setembro september wrzesień września eylül září septembrie szeptember syyskuuta "
    "سبتمبر ספטמבר",
    "ottobre ott outubro październik października oktober ekim říjen října octombrie október "
    "lokakuuta أكتوبر اكتوبر אוקטובר",
    "novembro november listopad listopada kasım listopadu noiembrie marraskuuta نوفمبر נובמבר",
    "dicembre dezembro grudzień grudnia aralık prosinec prosince decembrie december joulukuuta "
    "ديسمبر דצמבר",
)
_MONTHS = {
    **{name: number for number, names in enumerate(_MORE, 1) for name in names.split()},
    **MONTHS,
}
_BLANK = "[ \t\n\xa0\u2009\u202f]"
_NAME = "[A-Za-z\xc0-\u06ff]{3,14}"  # perhaps of a month
_NO_DIGIT = "(?<![0-9])"
_YEAR = re.compile(f"{_NO_DIGIT}(?:1[89]|20)[0-9]{{2}}(?![0-9])")
_YEAR_FIRST = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])"
    rf"|{_BLANK}?[年년]{_BLANK}?([0-9]{{1,2}}){_BLANK}?[月월]{_BLANK}?([0-9]{{1,2}}){_BLANK}?[日일号]"
    rf"|\.?{_BLANK}({_NAME})\.?{_BLANK}([0-9]{{1,2}})(?![0-9]))"
)
_YEAR_LAST = re.compile(
    rf"{_NO_DIGIT}([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}})\Z"
    rf"|{_NO_DIGIT}([0-9]{{1,2}})(?:st|nd|rd|th|er|\.|º|ª)?,?{_BLANK}?(?:(?:de|of|d['’]){_BLANK}?)?"
    rf"({_NAME})\.?,?{_BLANK}(?:(?:de|del){_BLANK})?([0-9]{{4}})\Z"
    rf"|({_NAME})\.?{_BLANK}([0-9]{{1,2}})(?:st|nd|rd|th)?,?{_BLANK}([0-9]{{4}})\Z"
)
_BEFORE = 40  # characters before a year in which its day and month stand
_MOST_YEARS = 20_000
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯", "0123456789" * 4)
_INSTANT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r" ?(?:([Zz]|UTC|GMT)|([+-])([0-9]{2}):?([0-9]{2}))?)?"
)

Day = tuple[int, int, int]


class Dated(NamedTuple):
    """A date as written from one place to another: the days it can mean, and the instant
    (minutes since 1970 in UTC) where hour and zone are written."""

    start: int
    end: int
    days: tuple[Day, ...]
    instant: int | None = None


def dates_in(text: str) -> Iterator[Dated]:
    """Every date with day, month and year in a text of any length, in order."""
    text = text.translate(_DIGITS)
    for count, year in enumerate(_YEAR.finditer(text)):
        if count == _MOST_YEARS:
            return
        start, end = year.span()
        if found := _YEAR_FIRST.match(text, start):
            _, _, month, day, cjk_month, cjk_day, name, named_day = found.groups()
            number = int(month or cjk_month or _month(name))
            days = _real([(int(year[0]), number, int(day or cjk_day or named_day))])
            span = found.span()
        elif found := _YEAR_LAST.search(text[max(0, start - _BEFORE) : end]):
            days = _year_last(found, int(year[0]))
            span = (end - len(found[0]), end)
        else:
            continue
        if days:
            yield Dated(*span, days)


def _year_last(found: re.Match[str], year: int) -> tuple[Day, ...]:
    one, _, two, _, day, name, _, other_name, other_day, _ = found.groups()
    if one is not None:
        return _real([(year, int(two), int(one)), (year, int(one), int(two))])
    return _real([(year, _month(name or other_name), int(day or other_day))])


def _month(name: str) -> int:
    """The number of a month by its name; 0 for any other word."""
    # Hebrew writes its "in" in one word with the month.
    name = name.lower()
    return _MONTHS.get(name) or _MONTHS.get(name.removeprefix("ב"), 0)


def _real(days: list[Day]) -> tuple[Day, ...]:
    """Those that are days of the calendar, each once."""
    return tuple(dict.fromkeys(day for day in days if 1 <= day[2] <= days_in(*day[:2])))


def days_in(year: int, month: int) -> int:
    """How many days a month has; none where there is no such month."""
    if not 1 <= month <= 12:
        return 0
    if month == 2:
        return 28 + (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return 30 + (month in (1, 3, 5, 7, 8, 10, 12))


def read_date(value: str) -> Dated | None:
    """The date of a field of metadata: ISO 8601, or in words."""
    match = _INSTANT.match(value.strip())
    if match is None:
        return next(dates_in(value[:200]), None)
    year, month, day, hour, minute, utc, sign, hours, minutes = match.groups()
    days = _real([(int(year), int(month), int(day))])
    if not days:
        return None
    if hour is None or not (utc or sign):
        return Dated(0, len(value), days)
    offset = 0 if utc else (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
    instant = _number(days[0]) * 1440 + int(hour) * 60 + int(minute) - offset
    return Dated(0, len(value), days, instant)


def _number(day: Day) -> int:
    """Days since 1970-01-01."""
    year, month, date = day
    past = year - 1
    before = sum(days_in(year, one) for one in range(1, month))
    return past * 365 + past // 4 - past // 100 + past // 400 + before + date - 719_163


class Claimed:
    """A claimed date: its precision (`year` to `second`), its zone only where one is known."""

    def __init__(self, date: str, precision: str, zone: str) -> None:
        self.date = date
        parts = [int(one) for one in date[:10].split("-")]
        self._parts = tuple(parts)
        self._instant: int | None = None
        self._offset: int | None = None
        if precision in ("day", "minute", "second") and zone != "unknown":
            self._offset = _offset(zone)
        if precision in ("minute", "second"):
            found = read_date(date)
            self._instant = found.instant if found else None

    def fits(self, seen: Dated) -> str:
        """`same`, `possible` or `other`.

        A day is the same where it is written the same; where the page gives an instant and
        the claim's zone is not known, it is possible as long as it is that day somewhere.
        """
        if seen.instant is not None and self._instant is not None:
            return "same" if seen.instant == self._instant else "other"
        same = [day for day in seen.days if day[: len(self._parts)] == self._parts]
        if seen.instant is not None and len(self._parts) == 3:
            return self._of_instant(seen.instant, bool(same))
        if not same:
            return "other"
        return "same" if len(same) == len(seen.days) else "possible"

    def _of_instant(self, instant: int, same: bool) -> str:
        start = _number((self._parts[0], self._parts[1], self._parts[2])) * 1440
        if self._offset is not None:
            start -= self._offset
            return "same" if start <= instant < start + 1440 else "other"
        if same:
            return "same"
        # Zones reach from 14 hours before UTC's clock to 12 behind it.
        return "possible" if start - 14 * 60 <= instant < start + (24 + 12) * 60 else "other"


def _offset(zone: str) -> int | None:
    """Minutes east of UTC; None for a zone by name, whose rules change."""
    if zone in ("UTC", "Z"):
        return 0
    match = re.fullmatch(r"([+-])([0-9]{2}):([0-9]{2})", zone)
    if match is None:
        return None
    return (int(match[2]) * 60 + int(match[3])) * (-1 if match[1] == "-" else 1)
