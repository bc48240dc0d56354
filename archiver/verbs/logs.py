"""`log`: what the ledger says, whether it holds, events of custody, and checkpoints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver.attest import entries
from archiver.attest.tlog import Checkpoint
from archiver.case.person import NO_HOME, configuration, person
from archiver.custody import ledger, results
from archiver.custody.audit import Audited, audit
from archiver.custody.ledgerkeys import VARIABLE, LogKeys
from archiver.custody.merged import Told, told
from archiver.custody.openlog import held
from archiver.custody.packagefiles import against_lines
from archiver.errors import Exit, InvalidInput, Problem
from archiver.moment import Clock, clock_from_environment
from archiver.package.reading import open_package
from archiver.verbs import logkeys
from archiver.verbs.reading import opened


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """Lines of the ledger, the newest last; `unread` could not be read."""

    lines: tuple[Told, ...]
    unread: int


def listed(
    archives: Path, *, case: str | None = None, event: str | None = None, last: int | None = None
) -> Listed:
    """The lines of all logs of an archives folder, by time: those of a case, of an event, the
    last so many. Nothing of it is verified."""
    lines, unread = told(archives)
    wanted = [
        one
        for one in lines
        if case in (None, one.entry.said.get("case")) and event in (None, one.entry.event)
    ]
    return Listed(lines=tuple(wanted if last is None else wanted[-last:]), unread=unread)


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What verifying a ledger came to: of each log, and of the packages."""

    logs: tuple[Audited, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Problem, ...]

    @property
    def exit(self) -> Exit:
        """Findings are to be asked about; a fault means that the ledger is not what it was."""
        return Exit.REFUSED if self.problems else Exit.OK


def verified(archives: Path, *, packages: bool = True) -> Verified:
    """Verify the ledger of an archives folder, and its packages against it. Nothing is written.

    Raises `InvalidInput` where there is no ledger, `StorageFailed` where the disk fails;
    whatever stands there is in the result.
    """
    folder = ledger.folder_of(archives)
    names = ledger.names_of(archives)
    if not names:
        raise InvalidInput(
            "ledger.none", "no ledger", where=str(folder), hint="--archives names another folder"
        )
    keys = _own_keys()
    logs = tuple(audit(folder / name, None if keys is None else keys.find(name)) for name in names)
    problems = [fault for one in logs for fault in one.problems]
    findings = [one for log in logs for one in log.findings]
    if packages:
        captures = [one for log in logs for one in log.captures]
        withdrawn = {one for log in logs for one in log.withdrawn}
        faults, others = against_lines(archives, captures, withdrawn)
        problems += faults
        findings += others
    return Verified(logs=logs, problems=tuple(problems), findings=tuple(findings))


def _own_keys() -> LogKeys | None:
    try:
        return LogKeys(configuration())
    except InvalidInput as fault:
        if fault.code != NO_HOME:
            raise
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """An event of custody to be added: one of `entries.CUSTODY`, what it is about, and a note."""

    event: str
    note: str | None = None
    package: Path | None = None
    line: str | None = None
    case: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """A line that was added, and where."""

    place: str
    said: Mapping[str, Any]
    warnings: tuple[Problem, ...]


def add(archives: Path, event: Event, *, clock: Clock | None = None) -> Added:
    """Add an event of custody to one's own log, and sign it.

    `verify` verifies the package, and tells the verdict. Raises `InvalidInput` for an event
    that lacks what it needs, or names a line or package that is not there.
    """
    clock = clock or clock_from_environment()
    own, chosen = logkeys.needed(archives)
    said = {
        "event": event.event,
        **_about(archives, own.id, event),
        **results.stamped(clock),
        **_by(),
    }
    _check(said)
    with held(own) as log:
        at = log.append([said])
    return Added(
        place=f"{own.id}/{at}",
        said={**said, "seq": at},
        warnings=logkeys.checkpointed(chosen),
    )


def _by() -> dict[str, str]:
    """Who says so, where they declare it."""
    name = person().name
    return {} if name == "unknown" else {"by": name}


def _about(archives: Path, log: str, event: Event) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if event.package is not None:
        with opened(event.package) as file:
            said["package"] = str(open_package(file).id)
            said["file"] = str(results.measure(file)[0])
    if event.event == "verify" and event.package is not None:
        from archiver.verbs.reading import verify

        said["verdict"] = str(verify(event.package).verdict)
    line = event.line
    if line is None and event.event in ("correct", "withdraw") and event.package is not None:
        line = _line_of(archives, said["file"])
    if line is not None:
        said["line"] = _line(archives, line if "/" in line else f"{log}/{line}")
    if event.case is not None:
        said["case"] = event.case
    if event.note is not None:
        said["note"] = event.note
    return said


def _line(archives: Path, place: str) -> str:
    """A line's place, if there is such a line."""
    if all(one.place != place for one in told(archives)[0]):
        raise InvalidInput(
            "ledger.no_line", "there is no such line", where=place, hint="archiver log tells them"
        )
    return place


def _line_of(archives: Path, file: str) -> str:
    for one in reversed(told(archives)[0]):
        if one.entry.event == "capture" and one.entry.said["file"] == file:
            return one.place
    raise InvalidInput("ledger.unknown", "no line of a capture names this package", where=file)


def _check(said: Mapping[str, Any]) -> None:
    """Say in a person's words what an event lacks, before it is held against the form."""
    must, may = (names.split() for names in entries.EVENTS[str(said["event"])])
    options = {"package": "PACKAGE", "line": "--line", "note": "--note", "case": "--case"}
    for name, option in options.items():
        if name in must and name not in said:
            raise InvalidInput(
                "ledger.event", f"this event needs {option}", where=str(said["event"])
            )
        if name in said and name not in (*must, *may):
            what = f"this event has no {option}"
            raise InvalidInput("ledger.event", what, where=str(said["event"]))
    entries.spell({**said, "seq": 0})


def checkpoint(archives: Path) -> Checkpoint:
    """Sign a checkpoint over all lines of one's own log.

    Raises `InvalidInput` where there is no log or no key, `Refused` where the lines do not go
    on from those that were signed before.
    """
    own, chosen = logkeys.needed(archives)
    signer = chosen.signer()
    if signer is None:
        raise InvalidInput(
            "ledger.key",
            "only the public key of the log is here, which signs nothing",
            where=VARIABLE,
        )
    with held(own) as log:
        signed = log.sign(signer, chosen.own)
    if signed is None:
        raise InvalidInput("ledger.empty", "the log has no line yet", where=str(own.folder))
    return signed
