"""Lines of a log that were written elsewhere, brought behind those which a branch holds.

A log's lines are numbered, so lines that were written behind an older state are derived again:
they get the numbers that are free now, and what they say of each other follows. They bear no
signature of their own; a checkpoint is signed only over what is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archiver.attest import entries
from archiver.attest.entries import Entry
from archiver.custody.ledger import Log
from archiver.errors import InvalidInput, Refused


@dataclass(slots=True)
class Brought:
    """What is to be added to a log (`new`, without numbers that count yet), and how many of the
    lines stand there `already`; `dropped` answer what was answered meanwhile."""

    new: list[dict[str, Any]] = field(default_factory=list)
    already: int = 0
    dropped: int = 0


def entries_of(log: Log, *, since: int = 0) -> list[Entry]:
    """All lines of a log's files, but for files that end before the line `since`. Raises
    `InvalidInput` for one that is damaged."""
    files = log.files()
    found = []
    for at, first in enumerate(files):
        if at + 1 < len(files) and files[at + 1] <= since:
            continue
        for number, octets in enumerate(log.lines(first) or (), first):
            one = entries.read(octets, f"{log.id}/{number}")
            if one.seq != number:
                where = f"{log.path(first)} line {number - first + 1}"
                raise InvalidInput("ledger.order", f"is the line {one.seq}", where=where)
            found.append(one)
    return found


def bring(lines: Iterable[Entry], standing: Sequence[Entry], log: str) -> Brought:
    """What of `lines` is missing in the log that has the lines `standing`.

    Whatever stands below the first of `lines` must be the same in both. Raises `Refused` for a
    capture whose beginning another one has answered meanwhile.
    """
    return _Bringing(standing, log).all(lines)


class _Bringing:
    def __init__(self, standing: Sequence[Entry], log: str) -> None:
        self._log = log
        self._done = Brought()
        self._octets = {one.octets for one in standing}
        self._next = len(standing)
        self._now: dict[int, int] = {}  # a line's number where it was written: its number here
        self._there: dict[bytes, list[int]] = {}
        self._answered = {one.said["begin"] for one in standing if "begin" in one.said}
        for one in standing:
            self._there.setdefault(_mark(one.said), []).append(one.seq)

    def all(self, lines: Iterable[Entry]) -> Brought:
        for one in lines:
            self._bring(one)
        return self._done

    def _bring(self, one: Entry) -> None:
        if one.octets in self._octets:  # with its number: it was pushed before
            self._stands(one, one.seq)
            return
        said = self._renumbered(one.said)
        same = self._there.get(_mark(said), [])
        if same:
            self._stands(one, same.pop(0))
        elif said.get("begin") in self._answered:
            self._answered_already(one, said)
        else:
            self._now[one.seq] = self._next
            self._next += 1
            self._done.new.append(said)

    def _stands(self, one: Entry, at: int) -> None:
        self._now[one.seq] = at
        self._done.already += 1
        places = self._there.get(_mark(one.said), [])
        if at in places:
            places.remove(at)

    def _answered_already(self, one: Entry, said: Mapping[str, Any]) -> None:
        if said["event"] == "failed":
            self._done.dropped += 1
            return
        raise Refused(
            "ledger.answered",
            f"{said['case']}: another line answers the beginning of this capture already, line "
            f"{said['begin']}",
            where=f"{self._log}/{one.seq}",
            hint="the package is evidence all the same: add it by hand, with a note",
        )

    def _renumbered(self, said: Mapping[str, Any]) -> dict[str, Any]:
        changed = {name: value for name, value in said.items() if name != "seq"}
        if "begin" in said:
            changed["begin"] = self._now.get(said["begin"], said["begin"])
        log, _, number = str(said.get("line", "")).partition("/")
        if log == self._log:
            changed["line"] = f"{log}/{self._now.get(int(number), int(number))}"
        return changed


def _mark(said: Mapping[str, Any]) -> bytes:
    """What makes two lines the same event. A missed moment is one, whoever found it when."""
    left_out = {"seq", "time"} if said["event"] == "gap" and "due" in said else {"seq"}
    return repr(sorted((k, v) for k, v in said.items() if k not in left_out)).encode()
