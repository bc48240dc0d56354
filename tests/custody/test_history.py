"""When a case is due, and which times are told as missed."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from archiver.custody.due import is_due, next_after
from archiver.custody.history import Gap, History, histories
from archiver.custody.merged import told
from archiver.moment import is_spelled, seconds, spell
from archiver.verbs.status import status
from tests.custody.logbook import append, began, captured, log_in

DAY = 86_400
NOON = 20_000 * DAY + DAY // 2


@pytest.mark.parametrize(
    ("last", "every", "due"),
    [
        (None, DAY, True),
        (NOON, DAY, False),
        (NOON - DAY // 2, DAY, False),
        (NOON - DAY // 2 - 1, DAY, True),
        (NOON, 0, True),
        (NOON + 5 * DAY, DAY, True),  # by a clock that was wrong
        (NOON - 1, DAY // 2, True),
        (NOON, DAY // 2, False),
    ],
)
def test_due(last: int | None, every: int, due: bool) -> None:
    assert is_due(None if last is None else spell(last), every, NOON) is due


def test_the_next_time_begins_a_period() -> None:
    assert next_after(spell(NOON), DAY) == spell(NOON + DAY // 2)
    assert next_after(spell(NOON), 0) == spell(NOON)
    assert next_after("9999-12-31T00:00:00Z", 999_999 * DAY) is None


class Book:
    """A log with one case."""

    def __init__(self, folder: Path) -> None:
        self.archives = folder / "archives"
        self.log = log_in(self.archives)

    def capture(self, at: int, every: int | None = DAY, number: int = 1, **more: Any) -> None:
        line = began(at=at)
        begin = append(self.log, line if every is None else {**line, "every": every})
        append(self.log, {**captured(begin, number, at=at + 60), **more})

    def history(self) -> History:
        return histories(told(self.archives)[0])["a-case"]

    def gaps(self, now: int, every: int | None = None) -> tuple[Gap, ...]:
        return self.history().gaps(now, every)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def test_each_missed_time_is_told_once(book: Book) -> None:
    book.capture(NOON)
    assert book.gaps(NOON + DAY) == ()
    found = book.gaps(NOON + 3 * DAY)
    assert [(one.since, one.until, one.missed) for one in found] == [
        (NOON + DAY // 2 + day * DAY, NOON + DAY // 2 + (day + 1) * DAY, 1) for day in (0, 1)
    ]
    append(book.log, *({**one.said("a-case"), "time": spell(NOON + 3 * DAY)} for one in found))
    assert book.gaps(NOON + 3 * DAY) == ()
    assert [one.since for one in book.gaps(NOON + 4 * DAY)] == [NOON + DAY // 2 + 2 * DAY]
    book.capture(NOON + 4 * DAY, number=2)
    assert book.gaps(NOON + 5 * DAY) == ()


def test_what_nobody_promised_was_not_missed(book: Book) -> None:
    book.capture(NOON, every=None)
    assert book.gaps(NOON + 9 * DAY) == ()
    book.capture(NOON + DAY, number=2)
    # A capture by hand meanwhile counts, and the promise stands.
    book.capture(NOON + 2 * DAY, every=None, number=3)
    assert len(book.gaps(NOON + 4 * DAY)) == 1
    # It is to come less often by now: what the old rhythm asked for is not held against it.
    assert book.gaps(NOON + 4 * DAY, 30 * DAY) == ()
    assert len(book.gaps(NOON + 4 * DAY, 3600)) == 1


def test_the_reason_is_what_the_ledger_says_of_that_time(book: Book) -> None:
    book.capture(NOON)
    when = spell(NOON + DAY)
    line = {"event": "not-attempted", "case": "a-case", "reason": "deadline", "time": when}
    append(book.log, line)
    one, other = book.gaps(NOON + 3 * DAY)
    assert (one.reason, other.reason) == ("deadline", None)
    assert one.said("a-case")["reason"] == "deadline"
    assert "does not say why" in other.said("a-case")["note"]


def test_many_missed_times_are_few_lines(book: Book) -> None:
    book.capture(NOON, every=1)
    found = book.gaps(NOON + 10_000_000_000)
    assert len(found) == 100
    assert sum(one.missed for one in found) == 10_000_000_000 - 1
    assert all(before.until == after.since for before, after in itertools.pairwise(found))
    append(book.log, *({**one.said("a-case"), "time": spell(NOON)} for one in found))


@pytest.mark.parametrize(
    "time", ["0000-01-01T00:00:00Z", "2026-02-31T23:59:59Z", "9999-12-31T23:59:59Z"]
)
def test_times_that_others_wrote_harm_nobody(book: Book, time: str) -> None:
    begin = append(book.log, {**began(), "time": time, "every": 3600})
    append(book.log, {**captured(begin, 1), "time": time})
    now = seconds("2026-11-25T00:00:00Z")
    found = book.gaps(now)
    append(book.log, *({**one.said("a-case"), "time": spell(now)} for one in found))
    assert is_due(book.history().began, 3600, now)
    assert is_spelled(next_after(time, 3600) or spell(now))
    assert status(book.archives).cases[0].captures == 1


def test_what_a_capture_is_compared_with(book: Book) -> None:
    def bases() -> list[int]:
        return [seconds(one.entry.time) - 60 for one in book.history().bases]

    against = f"sha256:{'1' * 64}"
    book.capture(1, number=1)
    book.capture(2, number=2, state="blocked")
    # Made by hand, or found after a kill: what differs in them nobody has told.
    book.capture(3, number=3)
    assert bases() == [1, 3]
    book.capture(4, number=4, change="changed", against=against)
    assert bases() == [4]
    book.capture(5, number=5, state="inconclusive")
    book.capture(6, number=6, state="absent")
    assert bases() == [4, 6]
