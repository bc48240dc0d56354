"""Many captures in one run of the ledger: one at a time of a host, several hosts at once."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from archiver.capture.deadline import Deadline
from archiver.case.urls import host_of
from archiver.custody import recording
from archiver.custody.adopting import adopt
from archiver.custody.ledger import Log
from archiver.custody.recording import INTERRUPTED, Begun, Run
from archiver.errors import ArchiverError, Exit
from archiver.moment import Clock
from archiver.package.build import Built
from archiver.verbs import logkeys
from archiver.verbs.capture import Captured, Place, Ready, perform

DEADLINE = "deadline"  # the reason of what was not attempted, since the time was over
Say = Callable[[str], None]
# Called with the place of a capture that is done, what it came to, and what was sealed.
After = Callable[[Run, int, Captured, Built], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How fast a run goes: `hosts` at once, `delay` seconds between two captures of one host,
    and none is begun after `seconds`, where that is said."""

    hosts: int = 16
    delay: float = 1.0
    seconds: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A capture of a run. `every` is the rhythm in which it comes again, in seconds."""

    ready: Ready
    every: int | None = None

    @property
    def case(self) -> str:
        """The case's name."""
        return self.ready.resolved.case.id

    @property
    def source(self) -> str:
        """What is captured."""
        return self.ready.resolved.case.source_url


@dataclass(frozen=True, kw_only=True, slots=True)
class Went:
    """What a run came to, by the place of each capture in it: captured, failed with a fault, or
    `left` for a reason. `lines` are the numbers of their lines in the log."""

    captured: Mapping[int, Captured]
    failed: Mapping[int, Exception]
    left: Mapping[int, str]
    lines: Mapping[int, int]
    adopted: tuple[Mapping[str, Any], ...]


def go(
    log: Log,
    wanted: Sequence[Wanted],
    *,
    pace: Pace,
    clock: Clock,
    before: Sequence[Mapping[str, Any]] = (),
    after: After = lambda _run, _at, _done, _built: None,
    say: Say = lambda _: None,
) -> Went:
    """Capture all of them; the lines `before` are written before they begin, and `after` is
    called when one is done. What goes wrong with one stops no other.

    Raises `StorageFailed` where the ledger cannot be written; an interrupt ends it, and what
    came of each capture until then is told.
    """
    begun = [Begun(one.case, one.source, one.every) for one in wanted]
    run = recording.begin(log, begun, clock, before)
    going = _Going(run, wanted, pace, clock, after)
    try:
        going.all_of_them(say)
    except BaseException:
        going.stop()
        with suppress(ArchiverError):  # what ended it is told, not what came after
            run.finish()
        raise
    for at in going.left:
        run.not_attempted(at, DEADLINE)
    return Went(
        captured=going.captured,
        failed=going.failed,
        left=dict.fromkeys(going.left, DEADLINE),
        lines=run.finish(),
        adopted=run.adopted,
    )


@dataclass
class _Going:
    """A run while it lasts. Only the thread that began it touches what came of the captures."""

    run: Run
    wanted: Sequence[Wanted]
    pace: Pace
    clock: Clock
    after: After
    captured: dict[int, Captured] = field(default_factory=dict)
    failed: dict[int, Exception] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    _done: SimpleQueue[tuple[int, Captured | Exception | None]] = field(default_factory=SimpleQueue)
    _started: set[int] = field(default_factory=set)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def all_of_them(self, say: Say) -> None:
        """Capture, host by host, and take in what comes."""
        queues = deque(self._by_host())
        over = None if self.pace.seconds is None else Deadline(self.pace.seconds)
        for _ in range(min(self.pace.hosts, len(queues))):
            # Daemons, so that an interrupt need not wait for a source that hangs.
            threading.Thread(target=self._hosts, args=(queues, over), daemon=True).start()
        for number in range(1, len(self.wanted) + 1):
            at, came = self._done.get()
            match came:
                case None:
                    self.left.append(at)
                case Captured():
                    self.captured[at] = came
                    say(f"{number} of {len(self.wanted)}: {self.wanted[at].case}")
                case _:
                    self.failed[at] = came

    def _by_host(self) -> Iterator[list[int]]:
        """The places of the captures of each host, in the order in which they are wanted."""
        hosts: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.wanted):
            hosts[host_of(one.source)].append(at)
        yield from hosts.values()

    def _hosts(self, queues: deque[list[int]], over: Deadline | None) -> None:
        while True:
            try:
                host = queues.popleft()
            except IndexError:
                return
            for number, at in enumerate(host):
                if not self._may_go_on(over, first=number == 0):
                    return
                if over is not None and over.passed():
                    self._done.put((at, None))
                    continue
                self._started.add(at)
                self._done.put((at, self._one(at)))

    def _may_go_on(self, over: Deadline | None, *, first: bool) -> bool:
        """Wait between two captures of a host; False where the run was stopped meanwhile."""
        delay = 0.0 if first else self.pace.delay
        return not self._stopped.wait(delay if over is None else min(delay, over.left()))

    def _one(self, at: int) -> Captured | Exception:
        place = Place(self.run, at)
        try:
            ready = self.wanted[at].ready
            done, built = perform(ready, place, clock=self.clock, say=lambda _: None)
            self.after(self.run, at, done, built)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the others go on
            self.run.failed(at, fault)
            return fault
        return done

    def stop(self) -> None:
        """Begin nothing more, and tell what was under way and what was not reached."""
        self._stopped.set()
        self.run.stop(sorted(self._started))
        for at in range(len(self.wanted)):
            if at not in self._started:
                self.run.not_attempted(at, INTERRUPTED)


def adopted_first(archives: Path, clock: Clock) -> tuple[Mapping[str, Any], ...]:
    """What killed runs left behind in one's own log, written into it now: what is there counts
    before anything is decided."""
    standing = logkeys.standing(archives)
    return () if standing.log is None else adopt(standing.log, clock)


def not_attempted(case: str, reason: str) -> dict[str, str]:
    """The line of a capture that was due and could not even begin."""
    return {"event": "not-attempted", "case": case, "reason": reason}


def told_where(went: Went, log: Log) -> tuple[Captured, ...]:
    """The captures of a run, each with its line in the ledger."""
    return tuple(
        replace(done, logged=f"{log.id}/{went.lines[at]}")
        for at, done in sorted(went.captured.items())
    )


def worst(faults: Sequence[Exception], captures: Sequence[Captured], *, left: bool) -> Exit:
    """How a run of many captures ends: a bug outweighs a disk that fails, that what could not be
    read, and that what is to be tried again."""
    codes = [one.exit if isinstance(one, ArchiverError) else _code(one) for one in faults]
    for code in (Exit.CRASH, Exit.STORAGE, *codes):
        if code in codes:
            return code
    again = left or any(one.exit is not Exit.OK for one in captures)
    return Exit.INCONCLUSIVE if again else Exit.OK


def _code(fault: Exception) -> Exit:
    return Exit.STORAGE if isinstance(fault, OSError) else Exit.CRASH
