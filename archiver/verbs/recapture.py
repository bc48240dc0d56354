"""`recapture`: every case that is due, captured again and compared with the capture before."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archiver.capture.settings import Settings
from archiver.custody.due import every, is_due, next_after
from archiver.custody.history import Gap, History, histories
from archiver.custody.merged import told
from archiver.custody.packagefiles import cases_in, standing
from archiver.custody.recording import Run, code_of
from archiver.errors import Exit, InvalidInput, Problem
from archiver.moment import Clock, clock_from_environment, steady
from archiver.observation import Person
from archiver.package.build import Built
from archiver.verbs import logkeys
from archiver.verbs.against import Against, against
from archiver.verbs.capture import Captured, Order, prepare, share
from archiver.verbs.logkeys import Chosen
from archiver.verbs.runs import (
    Pace,
    Say,
    Wanted,
    adopted_first,
    go,
    not_attempted,
    told_where,
    worst,
)
from archiver.verbs.signing import Signing


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """Which cases of an archives folder to look at, and how to capture those that are due.

    `cases` are their names; none: all. `every` stands in the place of what the cases say.
    """

    archives: Path = Path("archives")
    cases: tuple[str, ...] = ()
    every: int | None = None
    pace: Pace = field(default_factory=Pace)
    settings: Settings = field(default_factory=Settings)
    person: Person | None = None
    signing: Signing = field(default_factory=Signing)
    checkpoint: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A case that was looked at. `every` is its rhythm in seconds; None for one that was named
    and has none. `last` is when its last capture began, `next` when it is due, if it is not.
    `gaps` are to be told; `fault` says why its `case.toml` cannot be read."""

    case: str
    every: int | None
    last: str | None
    due: bool
    next: str | None
    gaps: tuple[Gap, ...] = ()
    fault: InvalidInput | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The cases that were looked at, those first that wait longest; `open` counts captures that
    began and were cut off, perhaps: a run looks for their packages first."""

    cases: tuple[Planned, ...]
    open: int

    @property
    def due(self) -> tuple[Planned, ...]:
        """Those that are due and can be read."""
        return tuple(one for one in self.cases if one.due and one.fault is None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Recaptured:
    """What a run came to. `changes` are by case; `failed` are captures that ended without a
    package, by case and fault; `not_attempted` those that were due and not begun, with a
    reason and, where there is one, a fault. `log` is None where nothing was due."""

    captures: tuple[Captured, ...] = ()
    changes: Mapping[str, Against] = field(default_factory=dict)
    failed: tuple[tuple[str, Exception], ...] = ()
    not_attempted: tuple[tuple[str, str, Exception | None], ...] = ()
    gaps: tuple[tuple[str, Gap], ...] = ()
    adopted: tuple[Mapping[str, Any], ...] = ()
    looked_at: int = 0
    warnings: tuple[Problem, ...] = ()
    log: Chosen | None = None

    @property
    def changed(self) -> bool:
        """Whether something changed anywhere."""
        return any(one.result == "changed" for one in self.changes.values())

    @property
    def exit(self) -> Exit:
        """The first fault's own; else whether something is to be tried again."""
        faults = [fault for _, fault in self.failed]
        faults += [fault for _, _, fault in self.not_attempted if fault is not None]
        return worst(faults, self.captures, left=bool(self.not_attempted))


def plan(order: Round, now: int) -> Plan:
    """What is due by now, as the ledger tells it. Nothing is written, and nobody asked.

    Raises `InvalidInput` for a case or a folder that is not there, `StorageFailed` where the folder
    cannot be read.
    """
    names = _names(order)
    return _planned(order, names, histories(told(order.archives)[0]), now)


def _names(order: Round) -> list[str]:
    """The cases that are to be looked at."""
    archives = order.archives
    standing(archives)
    there = cases_in(archives)
    for name in order.cases:
        if name not in there:
            raise InvalidInput(
                "case.missing",
                "no such case",
                where=str(archives / name),
                hint="archiver status tells all",
            )
    return list(dict.fromkeys(order.cases)) or there


def _planned(order: Round, names: list[str], known: Mapping[str, History], now: int) -> Plan:
    found = [_looked_at(order, name, known.get(name, History()), now) for name in names]
    cases = sorted(filter(None, found), key=lambda one: (one.last or "", one.case))
    return Plan(cases=tuple(cases), open=sum(len(one.open) for one in known.values()))


def _looked_at(order: Round, name: str, known: History, now: int) -> Planned | None:
    """None for a case that nobody named and that has no rhythm."""
    rhythm, fault = order.every, None
    if rhythm is None:
        try:
            rhythm = every(order.archives / name, wholly=True)
        except InvalidInput as found:
            fault = found
    if rhythm is None and fault is None and not order.cases:
        return None
    due = rhythm is None or is_due(known.began, rhythm, now)
    later = None
    if not due and known.began is not None and rhythm is not None:
        later = next_after(known.began, rhythm)
    return Planned(
        case=name,
        every=rhythm,
        last=known.began,
        due=due,
        next=later,
        gaps=known.gaps(now, rhythm),
        fault=fault,
    )


def recapture(
    order: Round,
    *,
    clock: Clock | None = None,
    new_key: Callable[[], bytes] = lambda: secrets.token_bytes(32),
    say: Say = lambda _: None,
) -> Recaptured:
    """Capture every case that is due, and compare each with the capture before.

    Raises `InvalidInput` for a case that is not there, for settings or keys that cannot be
    used, and where there is no key to a ledger; `StorageFailed` where the ledger cannot be
    written. What goes wrong with a case is in the result.
    """
    clock = steady(clock or clock_from_environment())
    names = _names(order)
    adopted = adopted_first(order.archives, clock)
    known = histories(told(order.archives)[0])
    planned = _planned(order, names, known, clock.now())
    gaps = tuple((one.case, gap) for one in planned.cases for gap in one.gaps)
    if not gaps and not any(one.due or one.fault for one in planned.cases):
        return Recaptured(adopted=adopted, looked_at=len(planned.cases))
    log, chosen = logkeys.made(order.archives, new_key=order.signing.new_key)
    wanted, refused = _wanted(order, planned, new_key)
    comparing = _Comparing(order.archives, known)
    went = go(
        log,
        wanted,
        pace=order.pace,
        clock=clock,
        before=[
            *(gap.said(case) for case, gap in gaps),
            *(not_attempted(case, code_of(fault)) for case, fault in refused),
        ],
        after=comparing.one,
        say=say,
    )
    return Recaptured(
        captures=told_where(went, log),
        changes=comparing.found,
        failed=tuple((wanted[at].case, fault) for at, fault in sorted(went.failed.items())),
        not_attempted=(
            *((case, code_of(fault), fault) for case, fault in refused),
            *((wanted[at].case, reason, None) for at, reason in sorted(went.left.items())),
        ),
        gaps=gaps,
        adopted=(*adopted, *went.adopted),
        looked_at=len(planned.cases),
        warnings=logkeys.checkpointed(chosen) if order.checkpoint else (),
        log=chosen,
    )


def _wanted(
    order: Round, planned: Plan, new_key: Callable[[], bytes]
) -> tuple[list[Wanted], list[tuple[str, Exception]]]:
    """The captures that can be begun, and the cases with which that cannot be."""
    refused: list[tuple[str, Exception]] = [
        (one.case, one.fault) for one in planned.cases if one.fault is not None
    ]
    wanted = []
    shared = share(_order(order, ""))
    for one in planned.due:
        try:
            ready = prepare(_order(order, one.case), new_key(), shared)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the others go on
            refused.append((one.case, fault))
        else:
            # To ask for it at once is no promise for later.
            wanted.append(Wanted(ready=ready, every=one.every or None))
    return wanted, refused


def _order(order: Round, case: str) -> Order:
    return Order(
        source=str(order.archives / case),
        archives=order.archives,
        settings=order.settings,
        person=order.person,
        signing=order.signing,
    )


@dataclass
class _Comparing:
    """What differs in each case, found as its capture is done."""

    archives: Path
    known: Mapping[str, History]
    found: dict[str, Against] = field(default_factory=dict)

    def one(self, run: Run, at: int, done: Captured, built: Built) -> None:
        """Compare a capture, and have it told in its line."""
        bases = self.known.get(done.case, History()).bases
        self.found[done.case] = found = against(self.archives, bases, done, built)
        if found.id is not None:
            run.compared(at, found.result, found.id)
