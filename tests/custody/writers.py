"""Many writers at once on one archives folder, of which some are killed: a program, since it
forks. `python -m tests.custody.writers ARCHIVES WRITERS ROUNDS KILLED` prints what it killed."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from archiver.custody import recording
from archiver.custody.ledger import Log
from archiver.custody.merged import told
from archiver.custody.openlog import held
from archiver.custody.recording import Begun
from archiver.custody.results import Result
from archiver.digest import Digest
from archiver.moment import Clock
from tests.custody.logbook import MOMENT, key, log_in

CLOCK = Clock(now=lambda: MOMENT, source="given")


def result(case: str, number: int) -> Result:
    digest = Digest.of(f"{case} {number}".encode())
    return Result(
        case=case,
        source="https://example.org/article",
        state="captured",
        reason="http.200",
        comparison="contained",
        package=digest,
        previous=None,
        file=digest,
        octets=number,
        name=f"20260921T141320Z-{digest.hex[:8]}.wacz",
    )


def write(log: Log, case: str, rounds: int) -> None:
    """Go on where an earlier writer of this name was killed."""
    lines, unread = told(log.folder.parent.parent)
    assert unread == 0
    done = sum(one.entry.event == "capture" and one.entry.said["case"] == case for one in lines)
    for number in range(done, rounds):
        run = recording.begin(log, [Begun(case, "https://example.org/article")], CLOCK)
        run.captured(0, result(case, number))
        run.finish()
        if number % 5 == 4:
            with held(log) as opened:
                opened.sign(key(), None)


def started(log: Log, case: str, rounds: int) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            write(log, case, rounds)
            code = 0
        finally:
            os._exit(code)
    return child


def main(archives: Path, writers: int, rounds: int, kills: int) -> None:
    dice = random.Random(20)
    log = log_in(archives)
    running = {started(log, f"writer-{n}", rounds): n for n in range(writers)}
    killed = 0
    while running:
        if killed < kills:
            time.sleep(dice.uniform(0.02, 0.2))
            os.kill(dice.choice(list(running)), signal.SIGKILL)
        child, status = os.wait()
        number = running.pop(child)
        if os.WIFSIGNALED(status):
            killed += 1
            running[started(log, f"writer-{number}", rounds)] = number
        else:
            assert os.waitstatus_to_exitcode(status) == 0
    print(killed)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
