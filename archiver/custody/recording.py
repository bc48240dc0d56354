"""A run of captures in the ledger: what is begun stands there before the first socket, what came
of it after. A `begin` that nothing answers is a finding: nobody captures ten times and keeps one.

While a run lasts it holds the lock of the file with its `begin` lines, which the kernel lets go
when it dies. So the next run knows whether another one still goes on, or what it left behind.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from archiver.attest import entries
from archiver.attest.entries import Entry
from archiver.custody import store
from archiver.custody.disk import names_in, storage
from archiver.custody.ledger import NAME, Log, folder_of, names_of, read_file
from archiver.custody.openlog import OpenLog, held
from archiver.digest import Digest
from archiver.errors import ArchiverError, InvalidInput
from archiver.moment import Clock, compact, spell
from archiver.openfile import OpenFile
from archiver.package.container import measured
from archiver.package.derive import CAPTURE, COMPARISON, OUTCOME
from archiver.package.reading import open_package

LOST = "lost"  # the reason of a capture that began, and of which nothing is there


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a capture came to, as its line tells it. `file` and `octets` are of the package's
    file, `name` is that file's."""

    case: str
    source: str
    state: str
    reason: str
    comparison: str
    package: Digest
    previous: Digest | None
    file: Digest
    octets: int
    name: str

    def said(self) -> dict[str, Any]:
        """As the members of a line."""
        previous = {} if self.previous is None else {"previous": str(self.previous)}
        return {
            "event": "capture",
            "case": self.case,
            "source": self.source,
            "state": self.state,
            "reason": self.reason,
            "comparison": self.comparison,
            "package": str(self.package),
            "file": str(self.file),
            "octets": self.octets,
            "name": self.name,
            **previous,
        }


@dataclass(slots=True)
class Run:
    """A run that goes on. `begun` has the number of each capture's `begin` line, in their order;
    `adopted` what an earlier run left behind, as it was written into the log now."""

    log: Log
    clock: Clock
    begun: tuple[int, ...]
    adopted: tuple[Mapping[str, Any], ...]
    _lock: int
    _cases: tuple[str, ...]
    _said: list[dict[str, Any]] = field(default_factory=list)

    def captured(self, at: int, result: Result) -> None:
        """What the capture of this place came to."""
        self._said.append({**result.said(), **self._answering(at)})

    def failed(self, at: int, fault: BaseException) -> None:
        """That the capture of this place ended without a package, and why."""
        code = fault.code if isinstance(fault, ArchiverError) else _code(fault)
        line = {"event": "failed", "case": self._cases[at], "reason": code}
        self._said.append({**line, **self._answering(at)})

    @contextmanager
    def failing(self, at: int) -> Iterator[None]:
        """What ends inside here ended without a package: the run ends with it, and says so."""
        try:
            yield
        except BaseException as fault:
            self.failed(at, fault)
            with suppress(ArchiverError):  # what ended it is told, not what came after
                self.finish()
            raise

    def _answering(self, at: int) -> dict[str, Any]:
        return {"begin": self.begun[at], **stamped(self.clock)}

    def finish(self) -> tuple[int, ...]:
        """Write the results, in the order in which they came: gives the numbers of their lines.

        Raises `StorageFailed` where that cannot be done; the next run finds what is there.
        """
        said, self._said = self._said, []
        try:
            if not said:
                return ()
            with held(self.log) as log:
                first = log.append(said)
            return tuple(range(first, first + len(said)))
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the run's lock."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def begin(log: Log, captures: Sequence[tuple[str, str]], clock: Clock) -> Run:
    """Write that these captures, each a case and its source, begin now; what a killed run left
    behind comes before it. Raises `StorageFailed` where that cannot be written."""
    lines = [
        {"event": "begin", "case": case, "source": source, **stamped(clock)}
        for case, source in captures
    ]
    with held(log) as opened:
        adopted = tuple(_left_behind(opened, clock))
        first = opened.append([*adopted, *lines])
        lock = _lock(log.path(first), wait=True)
    start = first + len(adopted)
    return Run(
        log=log,
        clock=clock,
        begun=tuple(range(start, start + len(lines))),
        adopted=adopted,
        _lock=lock,
        _cases=tuple(case for case, _ in captures),
    )


def stamped(clock: Clock) -> dict[str, Any]:
    """When a line is written, and by which clock where that is not this machine's."""
    source = {} if clock.source == "system" else {"clock": clock.source}
    return {"time": spell(clock.now()), **source}


def _code(fault: BaseException) -> str:
    return "interrupted" if isinstance(fault, KeyboardInterrupt) else "crash"


def _lock(path: Path, *, wait: bool) -> int:
    """Hold the lock of a file. -1 where somebody has it and it is not waited for."""
    with storage(path, "lock the file"):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(descriptor)
            return -1
    return descriptor


def _left_behind(opened: OpenLog, clock: Clock) -> Iterator[dict[str, Any]]:
    """The lines that killed runs did not come to write."""
    found: set[str] = set()
    for at in opened.derived(opened.cache.begun):
        if _goes_on(opened.log.path(opened.first_of(at))):
            continue
        try:
            began = entries.read(opened.line(at), f"{opened.log.id}/{at}")
        except InvalidInput:
            continue  # damaged: nobody can say of what it was
        result = _package_of(opened.log, began, found)
        answer = {"begin": at, "adopted": True, **stamped(clock)}
        if result is None:
            yield {"event": "failed", "case": began.said["case"], "reason": LOST, **answer}
        else:
            found.add(str(result.file))
            yield {**result.said(), **answer}


def _goes_on(path: Path) -> bool:
    lock = _lock(path, wait=False)
    if lock >= 0:
        os.close(lock)
    return lock < 0


def _package_of(log: Log, began: Entry, found: set[str]) -> Result | None:
    """The package that a killed run wrote: the first of its case since then that no log names."""
    archives = log.folder.parent.parent
    case = archives / str(began.said["case"])
    digits = compact(began.time)
    for path in store.packages(case):
        early = path.name[:16] < f"{digits[:8]}T{digits[8:]}Z"
        if early or not store.is_regular(path):
            continue
        result = read_result(path, case.name)
        if result is None or result.source != began.said["source"] or str(result.file) in found:
            continue
        if not _is_named(archives, result.file):
            return result
    return None


def _is_named(archives: Path, file: Digest) -> bool:
    mark = str(file).encode()
    for name in names_of(archives):
        log = folder_of(archives) / name
        if any(mark in read_file(log / one) for one in names_in(log) if NAME.fullmatch(one)):
            return True
    return False


def read_result(path: Path, case: str) -> Result | None:
    """What the line of a package says, from the package itself; None where it is damaged."""
    with storage(path, "read a package"), path.open("rb") as file:
        try:
            package = open_package(file)
            said = package.document(CAPTURE)
            outcome = package.document(OUTCOME)
            previous = said.get("previous")
            digest, octets = measure(file)
            return Result(
                case=case,
                source=str(said["source"]),
                state=str(outcome["state"]),
                reason=str(outcome["reason"]),
                comparison=str(package.document(COMPARISON)["result"]),
                package=package.id,
                previous=None if previous is None else Digest.parse(str(previous)),
                file=digest,
                octets=octets,
                name=path.name,
            )
        except (InvalidInput, KeyError):
            return None


def measure(file: BinaryIO) -> tuple[Digest, int]:
    """The digest of an open file, and how many octets it has."""
    source = OpenFile(file)
    one = measured("", source, 0, source.size())
    return one.digest, one.size
