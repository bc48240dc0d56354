"""A run of captures in the ledger: what is begun stands there before the first socket, what came
of it after. A `begin` that nothing answers is a finding: nobody captures ten times and keeps one.

While a run lasts it holds the lock of the file with its `begin` lines, which the kernel lets go
when it dies. So the next run knows whether another one still goes on, or what it left behind.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from archiver.custody.adopting import left_behind, lock_file
from archiver.custody.ledger import Log
from archiver.custody.openlog import held
from archiver.custody.results import Result, stamped
from archiver.digest import Digest
from archiver.errors import ArchiverError, Interrupted
from archiver.moment import Clock

INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Begun:
    """A capture that is to begin. `every` is the rhythm in which it comes again, in seconds."""

    case: str
    source: str
    every: int | None = None

    def said(self) -> dict[str, Any]:
        """As the members of a line."""
        every = {} if self.every is None else {"every": self.every}
        return {"event": "begin", "case": self.case, "source": self.source, **every}


@dataclass(slots=True)
class Run:
    """A run that goes on. `begun` has the number of each capture's `begin` line, in their order;
    `adopted` what an earlier run left behind, as it was written into the log now.

    Captures may go on in several threads.
    """

    log: Log
    clock: Clock
    begun: tuple[int, ...]
    adopted: tuple[Mapping[str, Any], ...]
    _lock: int
    _cases: tuple[str, ...]
    _said: dict[int, dict[str, Any]] = field(default_factory=dict)
    _kept: set[int] = field(default_factory=set)
    _writing: int = 0
    _stopped: bool = False
    _change: threading.Condition = field(default_factory=threading.Condition)

    def captured(self, at: int, result: Result) -> None:
        """What the capture of this place came to."""
        self._answer(at, result.said())

    def compared(self, at: int, change: str, against: Digest) -> None:
        """What differs in this capture from another package."""
        with self._change:
            self._said[at] |= {"change": change, "against": str(against)}

    def failed(self, at: int, fault: BaseException) -> None:
        """That the capture of this place ended without a package, and why. Once its package was
        to be kept nobody knows that: then nothing is told."""
        if at in self._kept:
            return
        line = {"event": "failed", "case": self._cases[at], "reason": code_of(fault)}
        self._answer(at, line)

    def not_attempted(self, at: int, reason: str) -> None:
        """That the capture of this place was not attempted, and why."""
        line = {"event": "not-attempted", "case": self._cases[at], "reason": reason}
        self._answer(at, line)

    def _answer(self, at: int, line: dict[str, Any]) -> None:
        with self._change:
            if at not in self._said:
                self._said[at] = {**line, "begin": self.begun[at], **stamped(self.clock)}

    @contextmanager
    def failing(self, at: int) -> Iterator[None]:
        """What ends inside here ended without a package, and that is told."""
        try:
            yield
        except BaseException as fault:
            self.failed(at, fault)
            raise

    @contextmanager
    def keeping(self, at: int) -> Iterator[None]:
        """Inside, a package is written and told. What ends inside leaves its `begin` without an
        answer: the next run looks whether the package is there.

        Raises `Interrupted` where the run was stopped meanwhile.
        """
        with self._change:
            if self._stopped:
                raise Interrupted("interrupted", "interrupted")
            self._kept.add(at)
            self._writing += 1
        try:
            yield
        finally:
            with self._change:
                self._writing -= 1
                self._change.notify_all()

    def stop(self, going_on: Sequence[int]) -> None:
        """Nothing more is kept, but for what is being written just now, which is waited for.
        What goes on besides was interrupted."""
        with self._change:
            self._stopped = True
            self._change.wait_for(lambda: not self._writing)
        for at in going_on:
            self.failed(at, KeyboardInterrupt())

    def finish(self) -> Mapping[int, int]:
        """Write the results, in the order in which they came: gives the number of each one's
        line, by the place of its capture.

        Raises `StorageFailed` where that cannot be done; the next run finds what is there.
        """
        try:
            with self._change:
                said, self._said = self._said, {}
            if not said:
                return {}
            with held(self.log) as log:
                first = log.append(list(said.values()))
            return {at: first + number for number, at in enumerate(said)}
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the run's lock."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def begin(
    log: Log, captures: Sequence[Begun], clock: Clock, before: Sequence[Mapping[str, Any]] = ()
) -> Run:
    """Write that these captures begin now. What a killed run left behind comes before it, and
    the lines `before`, which get their time here. Raises `StorageFailed` where that cannot be
    written."""
    with held(log) as opened:
        adopted = left_behind(opened, clock)
        lines = [*before, *(one.said() for one in captures)]
        first = opened.append([*adopted, *({**one, **stamped(clock)} for one in lines)])
        lock = lock_file(log.path(first), wait=True)
    start = first + len(adopted) + len(before)
    return Run(
        log=log,
        clock=clock,
        begun=tuple(range(start, start + len(captures))),
        adopted=adopted,
        _lock=lock,
        _cases=tuple(one.case for one in captures),
    )


def code_of(fault: BaseException) -> str:
    """A fault as a line's reason."""
    if isinstance(fault, ArchiverError):
        return fault.code
    return INTERRUPTED if isinstance(fault, KeyboardInterrupt) else "crash"
