"""`status`: all cases at a glance, as the ledger tells them. No package is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archiver.custody import store
from archiver.custody.due import every, instant, is_due, next_after
from archiver.custody.merged import told
from archiver.custody.packagefiles import cases_in, standing
from archiver.errors import InvalidInput


@dataclass(slots=True)
class CaseStatus:
    """A case. `last` is the line of its last capture, which began at `began`; `captures` counts
    them; `open` are `begin` lines that nothing answers, `failed` captures that ended without a
    package, `not_attempted` such as were due and not begun, `gaps` how often it was missed.
    `untold` counts packages where no line tells of any. `fault` says why nobody knows how often
    it is to be captured: its case.toml cannot be read, or says what is no duration. `every` is how
    often it is to be captured again, in seconds, as the case says; `promised` as the last
    scheduled capture said. `next` is when that is due, if it was captured."""

    case: str
    last: Mapping[str, Any] | None = None
    began: str | None = None
    captures: int = 0
    open: dict[str, str] = field(default_factory=dict)
    failed: int = 0
    not_attempted: int = 0
    gaps: int = 0
    withdrawn: int = 0
    untold: int = 0
    fault: str | None = None
    here: bool = False
    every: int | None = None
    promised: int | None = None
    next: str | None = None

    def due(self, now: int) -> bool:
        """Whether it is to be captured again by now."""
        return self.every is not None and is_due(self.began, self.every, now)

    @property
    def scheduled(self) -> bool:
        """Whether it is to be captured again and again, as the case or the ledger says."""
        return self.here and (self.every is not None or self.promised is not None)

    def older(self, now: int, age: int) -> bool:
        """Whether its last capture began longer ago than so many seconds, or it has none."""
        return self.began is None or now - instant(self.began) > age


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """All cases by name; `unread` lines could not be read."""

    cases: tuple[CaseStatus, ...]
    unread: int

    def overdue(self, now: int, age: int) -> tuple[str, ...] | None:
        """The scheduled cases whose last capture is older than so many seconds, and those of which
        nobody can tell; None where no case is scheduled, so that nothing is watched."""
        watched = [one for one in self.cases if one.scheduled or one.fault is not None]
        late = (one for one in watched if one.fault is not None or one.older(now, age))
        return tuple(one.case for one in late) if watched else None


def status(archives: Path) -> Status:
    """All cases of an archives folder: those that are there, and those of which a line tells.

    Nothing is verified, and nothing written. Raises `InvalidInput` where the folder is not there,
    `StorageFailed` where it cannot be read.
    """
    standing(archives)
    cases = {name: CaseStatus(name, here=True) for name in cases_in(archives)}
    lines, unread = told(archives)
    of_line: dict[str, str] = {}
    for one in lines:
        said = one.entry.said
        name = said.get("case") or of_line.get(said.get("line", ""))
        if name is None:
            continue
        of_line[one.place] = name
        _count(cases.setdefault(name, CaseStatus(name)), one.log, one.place, said)
    for case in cases.values():
        if case.here and case.last is None:
            case.untold = len(store.packages(archives / case.case))
        if case.here:
            _read_every(case, archives / case.case)
        if case.every is not None and case.began is not None:
            case.next = next_after(case.began, case.every)
    return Status(cases=tuple(cases[name] for name in sorted(cases)), unread=unread)


def _read_every(of: CaseStatus, case: Path) -> None:
    try:
        of.every = every(case)
    except InvalidInput as fault:
        of.fault = fault.what


def _count(of: CaseStatus, log: str, place: str, said: Mapping[str, Any]) -> None:
    match said["event"]:
        case "begin":
            of.open[place] = said["time"]
            of.promised = said.get("every", of.promised)
        case "capture":
            of.began = of.open.pop(f"{log}/{said['begin']}", said["time"])
            of.last, of.captures = said, of.captures + 1
        case "failed":
            of.open.pop(f"{log}/{said['begin']}", None)
            of.failed += 1
        case "not-attempted":
            of.open.pop(f"{log}/{said.get('begin')}", None)
            of.not_attempted += 1
        case "gap":
            of.gaps += said.get("missed", 1)
        case "withdraw":
            of.withdrawn += 1
