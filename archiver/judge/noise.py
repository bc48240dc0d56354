"""Which edits of a page are noise: what a page changes by itself from one call to the next.

The rule leans one way. Noise is still listed, with its reason; a block in which a passage
of the seed text stands is noise only where the comparison's own rule sees no difference;
a heading, a figure in a table or list, and whatever lies between the first and the last
block of running text is noise only where the page's markup sets it apart.

`typography`   only what `archiver-compare-1` passes over: white space, form of quotes …
`layout`       the same words, cut into other blocks
`apart`        the markup sets it apart: navigation, advertisements, related pages
`counter`      the one number of a short line, which is no date and no time ("1,234 views")
`clock`        a short line that tells a time of day, or the very day of the capture: another
               day may be the day of publication, and that is a change
`token`        a word that no person wrote: a session, a nonce, a digest
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.case.months import MONTHS
from archiver.judge.blocks import Block
from archiver.judge.cut import words_of
from archiver.judge.days import Day, days_in
from archiver.judge.edits import DIGITS, numbers_of, without_digits

REASONS = ("typography", "layout", "apart", "counter", "clock", "token")
_SAME_WORDS = {"regrouped": "layout", "respelled": "typography"}
# Words without digits that may stand beside a number, a time of day, one with seconds, a date.
_BESIDE_NUMBER, _BESIDE_TIME, _BESIDE_SECONDS, _BESIDE_DATE = 3, 2, 4, 4
_TOKEN = re.compile(r"(?=[A-Za-z_-]*[0-9])(?=[0-9_-]*[A-Za-z])[0-9A-Za-z+/_=-]{16,}")
_TIME = re.compile("[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(?![0-9:])")
_YEAR = re.compile("(?:1[5-9]|20|21)[0-9]{2}")
_LETTERS = re.compile(f"[^{DIGITS} .,:;()/|-]+")
_NUMBER = re.compile(f"[{DIGITS}]+")
_DIGIT = re.compile(f"[{DIGITS}]")


def reason_of(
    kind: str, before: Sequence[Block], after: Sequence[Block], started: tuple[str, str]
) -> str | None:
    """Why an edit is noise, or None where it is a change. `started`: of both captures."""
    blocks = (*before, *after)
    if kind in _SAME_WORDS:
        return _SAME_WORDS[kind]
    if any(one.passages for one in blocks):
        return None
    if all(one.apart for one in blocks):
        return "apart"
    if kind == "moved" or any(one.kept for one in blocks):
        return None
    dated = [(one.key, started[0]) for one in before] + [(one.key, started[1]) for one in after]
    if all(_tells_the_capture(text, moment) for text, moment in dated):
        return "clock"
    return _of_words([one.key for one in before], [one.key for one in after])


def _of_words(before: list[str], after: list[str]) -> str | None:
    if not before or not after:
        whole = all(map(is_token, words_of(" ".join(before + after))))
        return "token" if whole else None
    mine, theirs = words_of(before[0]), words_of(after[0])
    alike = without_digits(before[0]) == without_digits(after[0])
    if alike and _counts(before[0]) and _counts(after[0]):
        return "counter"
    blanked = [["" if is_token(word) else word for word in words] for words in (mine, theirs)]
    return "token" if blanked[0] == blanked[1] else None


def is_token(word: str) -> bool:
    """Whether a word looks like a session, a nonce or a digest."""
    return _TOKEN.fullmatch(word) is not None


def _counts(text: str) -> bool:
    """Whether a line has one number that may count something."""
    numbers = numbers_of(text)
    if len(numbers) != 1 or ":" in numbers[0] or "/" in numbers[0] or numbers[0].count(".") > 1:
        return False
    months = any(word.lower() in MONTHS for word in _LETTERS.findall(text))
    dated = months or _YEAR.fullmatch(numbers[0]) is not None
    return not dated and _plain_words(words_of(text)) <= _BESIDE_NUMBER


def _plain_words(words: Sequence[str]) -> int:
    """How many words have no digit."""
    return sum(_DIGIT.search(word) is None for word in words)


def _tells_the_capture(text: str, started: str) -> bool:
    """Whether a short line tells the time of day, or the day on which the capture began, one
    day more or less for the zones; and no other number."""
    beside = _plain_words(words_of(text))
    numbers = _NUMBER.findall(_TIME.sub(" ", text))
    if not numbers:
        time = _TIME.search(text)
        return time is not None and beside <= (_BESIDE_SECONDS if time[1] else _BESIDE_TIME)
    if beside > _BESIDE_DATE:
        return False
    year, month, day = (int(part) for part in started[:10].split("-"))
    return any(_is_date(numbers, one) for one in _days_around(year, month, day))


def _is_date(numbers: Sequence[str], date: Day) -> bool:
    year, month, day = date
    if len(numbers) > 3 or any(len(one) > 4 for one in numbers):
        return False
    values = {int(one) for one in numbers}
    return {year, day} <= values <= {year, month, day}


def _days_around(year: int, month: int, day: int) -> list[Day]:
    """A day, the one before it and the one after."""
    if day > 1:
        before = (year, month, day - 1)
    else:
        before = (year, month - 1, days_in(year, month - 1)) if month > 1 else (year - 1, 12, 31)
    if day < days_in(year, month):
        after = (year, month, day + 1)
    else:
        after = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    return [before, (year, month, day), after]
