"""`status`: all cases at a glance, as the ledger tells them. No package is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archiver.custody import store
from archiver.custody.disk import storage
from archiver.custody.due import every, next_after
from archiver.custody.merged import told
from archiver.custody.packagefiles import cases_in
from archiver.errors import StorageFailed


@dataclass(slots=True)
class CaseStatus:
    """A case. `last` is the line of its last capture, `captures` counts them; `open` are `begin`
    lines that nothing answers, `failed` captures that ended without a package, `gaps` what was
    missed. `untold` counts packages where no line tells of any. `every` is how often it is to be
    captured again, in seconds; `next` when that is due, None for at once."""

    case: str
    last: Mapping[str, Any] | None = None
    captures: int = 0
    open: set[str] = field(default_factory=set)
    failed: int = 0
    gaps: int = 0
    withdrawn: int = 0
    untold: int = 0
    here: bool = False
    every: int | None = None
    next: str | None = None

    def due(self, now: str) -> bool:
        """Whether it is to be captured again by now."""
        return self.every is not None and (self.next is None or self.next <= now)


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """All cases by name; `unread` lines could not be read."""

    cases: tuple[CaseStatus, ...]
    unread: int


def status(archives: Path) -> Status:
    """All cases of an archives folder: those that are there, and those of which a line tells.

    Nothing is verified, and nothing written. Raises `StorageFailed` where the folder is not
    there or cannot be read.
    """
    with storage(archives, "read the archives folder"):
        if not archives.is_dir():
            raise StorageFailed(
                "storage.missing",
                "no such folder",
                where=str(archives),
                hint="--archives names another; the first capture makes it",
            )
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
        case.every = every(archives / case.case) if case.here else None
        if case.every is not None and case.last is not None:
            case.next = next_after(case.last["time"], case.every)
    return Status(cases=tuple(cases[name] for name in sorted(cases)), unread=unread)


def _count(of: CaseStatus, log: str, place: str, said: Mapping[str, Any]) -> None:
    match said["event"]:
        case "begin":
            of.open.add(place)
        case "capture":
            of.open.discard(f"{log}/{said['begin']}")
            of.last, of.captures = said, of.captures + 1
        case "failed":
            of.open.discard(f"{log}/{said['begin']}")
            of.failed += 1
        case "gap":
            of.gaps += 1
        case "withdraw":
            of.withdrawn += 1
