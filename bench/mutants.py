"""How many of a sample of mutants the tests notice: `python bench/mutants.py 150` takes so many of
`judge/` and of `verify/` each; another number behind it draws another sample. It needs
`pip install mutmut`, and takes half an hour."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

MADE = Path("mutants/archiver")
ROOMS = ("judge", "verify")
SURVIVED, UNTESTED = 0, 33  # codes of mutmut


def results() -> Iterator[tuple[str, int | None]]:
    """Every mutant, and what came of it; None where it was not tried."""
    for file in sorted(MADE.rglob("*.meta")):
        yield from json.loads(file.read_text())["exit_code_by_key"].items()


def main() -> None:
    """Make the mutants, try a sample of each room, and print the shares."""
    count, seed = (int(one) for one in (*sys.argv[1:], 11)[:2])
    run = [str(Path(sys.executable).with_name("mutmut")), "run"]
    subprocess.run([*run, "archiver.judge.clock.x_http_date__mutmut_1"], check=False)
    names = sorted(name for name, _ in results())
    chosen: dict[str, list[str]] = {}
    for room in ROOMS:
        mine = [name for name in names if name.startswith(f"archiver.{room}.")]
        chosen[room] = random.Random(seed).sample(mine, count)
    subprocess.run([*run, *(name for one in chosen.values() for name in one)], check=False)
    came = dict(results())
    for room, sample in chosen.items():
        tally = Counter(came[name] for name in sample if came[name] is not None)
        noticed = sum(tally.values()) - tally[SURVIVED] - tally[UNTESTED]
        print(f"{room}: {noticed} of {sum(tally.values())} noticed")
        for name in sample:
            if came[name] in (SURVIVED, UNTESTED):
                print(f"  {name}")


if __name__ == "__main__":
    main()
