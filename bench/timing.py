"""Running commands one after another and saying what each cost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """One run of a process, with all that it started and waited for: seconds and MiB.

    A process that is smaller than the one that measures shows the latter's `peak`: Linux
    hands it on. So whoever measures imports nothing large.
    """

    wall: float
    cpu: float
    peak: float


@dataclass(slots=True)
class Contestant:
    """A command, the exit codes that count as done, and what it cost each time.

    `command` is None where the tool is not installed.
    """

    name: str
    command: Sequence[str] | None
    ends: tuple[int, ...] = (0,)
    costs: list[Cost] = field(default_factory=list)

    def medians(self) -> tuple[float, float, float]:
        """Wall, CPU and peak, each the median over all runs."""
        wall, cpu, peak = zip(
            *((cost.wall, cost.cpu, cost.peak) for cost in self.costs), strict=True
        )
        return median(wall), median(cpu), median(peak)


def measure(command: Sequence[str], ends: tuple[int, ...]) -> Cost:
    """Run a command to its end. Stops everything where it fails: a failed run has no time."""
    # Whoever benches may have switched byte code off; a user has not.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ends:
        sys.exit(f"{' '.join(command)}\nended with {process.returncode}")
    octets = usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss * 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, octets / (1 << 20))


def alternate(
    contestants: Iterable[Contestant], runs: int, before: Callable[[], object] = lambda: None
) -> None:
    """Each in turn, forwards and then backwards, after one run that does not count."""
    able = [one for one in contestants if one.command is not None]
    for number in range(runs + 1):
        for one in able if number % 2 else reversed(able):
            assert one.command is not None
            before()
            cost = measure(one.command, one.ends)
            if number:
                one.costs.append(cost)


def tool(name: str) -> str | None:
    """A command beside this Python, or on the path."""
    beside = Path(sys.executable).parent / name
    return str(beside) if os.access(beside, os.X_OK) else shutil.which(name)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a Markdown table, first column left, the others right."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    for first, *others in lines:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        print(f"| {' | '.join(cells)} |")
