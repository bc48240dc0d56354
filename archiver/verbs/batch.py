"""`batch`: the sources of a list, each captured once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from archiver.capture.settings import Settings
from archiver.custody.history import histories
from archiver.custody.merged import Told, told
from archiver.custody.recording import code_of
from archiver.custody.store import PACKAGES
from archiver.errors import Exit, InvalidInput, Problem
from archiver.moment import Clock, clock_from_environment, steady
from archiver.observation import Person
from archiver.verbs import logkeys
from archiver.verbs.capture import Captured, Order, Ready, prepare, share
from archiver.verbs.lists import Row, check_results, problem, read_list, refuse, write_results
from archiver.verbs.logkeys import Chosen
from archiver.verbs.resolving import Identity
from archiver.verbs.runs import Pace, Say, Wanted, adopted_first, go, told_where, worst
from archiver.verbs.signing import Signing, refuse_key_inside


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """A list of sources, and how to capture them. `results` is the file that tells what came of
    each; None: beside the list, `LIST.results.csv`."""

    list: Path
    results: Path | None = None
    archives: Path = Path("archives")
    pace: Pace = field(default_factory=Pace)
    settings: Settings = field(default_factory=Settings)
    person: Person | None = None
    signing: Signing = field(default_factory=Signing)
    checkpoint: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What came of a source of the list: `captured` now, or `before` (its line in the ledger),
    or neither, for a `reason` and perhaps by a fault."""

    line: int
    case: str
    source: str
    captured: Captured | None = None
    before: Told | None = None
    reason: str = ""
    fault: Exception | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """What a list came to, by its lines. `results` is the file that tells it."""

    rows: tuple[Done, ...]
    results: Path
    adopted: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[Problem, ...] = ()
    log: Chosen | None = None

    @property
    def captures(self) -> tuple[Captured, ...]:
        """Those that were captured now."""
        return tuple(one.captured for one in self.rows if one.captured is not None)

    @property
    def exit(self) -> Exit:
        """The worst fault's own; else whether something is to be tried again."""
        faults = [one.fault for one in self.rows if one.fault is not None]
        left = any(one.captured is None and one.before is None for one in self.rows)
        return worst(faults, self.captures, left=left)


def batch(
    order: Batch,
    *,
    clock: Clock | None = None,
    new_key: Callable[[], bytes] = lambda: secrets.token_bytes(32),
    say: Say = lambda _: None,
) -> Listed:
    """Capture the sources of a list of which the ledger has no capture yet that established
    anything, and write the results.

    Raises `InvalidInput` that names every line with which something is wrong, before any socket,
    and where there is no key to a ledger; `StorageFailed` where the ledger or the results cannot
    be written. What goes wrong with a source is in the result.
    """
    clock = steady(clock or clock_from_environment())
    rows, problems = read_list(order.list)
    results = order.results or order.list.with_name(f"{order.list.stem}.results.csv")
    check_results(results)
    adopted = adopted_first(order.archives, clock)
    ready = _ready(order, rows, problems, new_key)
    known = {case: one.last for case, one in histories(told(order.archives)[0]).items()}
    cases = [one.resolved.case.id for one in ready]
    before = {
        at: last
        for at, case in enumerate(cases)
        if (last := known.get(case)) and last.entry.said["state"] != "inconclusive"
    }
    wanted = [at for at in range(len(rows)) if at not in before]
    came: dict[int, dict[str, Any]] = {at: {"before": one} for at, one in before.items()}
    log = None
    warnings: tuple[Problem, ...] = ()
    if wanted:
        own, log = logkeys.made(order.archives, new_key=order.signing.new_key)
        todo = [Wanted(ready=ready[at]) for at in wanted]
        went = go(own, todo, pace=order.pace, clock=clock, say=say)
        adopted = (*adopted, *went.adopted)
        for at, done in zip(sorted(went.captured), told_where(went, own), strict=True):
            came[wanted[at]] = {"captured": done}
        for at, fault in went.failed.items():
            came[wanted[at]] = {"reason": code_of(fault), "fault": fault}
        for at, reason in went.left.items():
            came[wanted[at]] = {"reason": reason}
        warnings = logkeys.checkpointed(log) if order.checkpoint else ()
    found = tuple(
        Done(line=row.line, case=cases[at], source=ready[at].resolved.case.source_url, **came[at])
        for at, row in enumerate(rows)
    )
    write_results(results, (_result(order.archives, one) for one in found))
    return Listed(rows=found, results=results, adopted=adopted, warnings=warnings, log=log)


def _ready(
    order: Batch, rows: Sequence[Row], problems: list[Problem], new_key: Callable[[], bytes]
) -> list[Ready]:
    """The captures of a list. Raises `InvalidInput` for lines with which something is wrong,
    also those that were found before."""
    first = _order(order, rows[0])
    # A key is made only for a list that is captured.
    shared = share(replace(first, signing=replace(order.signing, new_key=False)))
    ready: list[Ready] = []
    lines: dict[str, int] = {}
    promised: dict[str, Identity] = {}
    for row in rows:
        try:
            one = prepare(_order(order, row), new_key(), shared, promised)
        except InvalidInput as fault:
            problems.append(problem(row.line, fault))
            continue
        promised[one.resolved.case.id] = one.resolved.identity
        before = lines.setdefault(one.resolved.case.id, row.line)
        if before != row.line:
            what = f"the same address and text as line {before}: {one.resolved.case.source_url}"
            fix = "leave one out"
            problems.append(
                Problem(where="url", rule="list.twice", what=what, fix=fix, line=row.line)
            )
        ready.append(one)
    refuse(order.list, problems)
    chosen = share(first, shared.roots).chosen
    refuse_key_inside(chosen, order.archives)
    return [replace(one, chosen=chosen) for one in ready]


def _order(order: Batch, row: Row) -> Order:
    return Order(
        source=row.source,
        archives=order.archives,
        text=row.text,
        given=row.given,
        settings=order.settings,
        person=order.person,
        signing=order.signing,
    )


def _result(archives: Path, one: Done) -> tuple[object, ...]:
    """A line of the results (`lists.RESULTS`), the same whether captured now or before."""
    head = (one.line, one.case, one.source)
    if one.captured is not None:
        done = one.captured
        return (
            *(*head, "now", done.outcome.state, done.outcome.reason, done.comparison.result),
            *(_made_at(done.package.name), done.package, done.id, done.logged, ""),
        )
    if one.before is not None:
        said = one.before.entry.said
        package = archives / one.case / PACKAGES / said["name"]
        return (
            *(*head, "before", said["state"], said["reason"], said["comparison"]),
            *(_made_at(said["name"]), package, said["package"], one.before.place, ""),
        )
    what = one.reason if one.fault is None else str(one.fault)
    return (*head, "no", "", "", "", "", "", "", "", what)


def _made_at(name: str) -> str:
    """When a package was sealed, as its file's name says."""
    day, time = name[:8], name[9:15]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}Z"
