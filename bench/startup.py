"""How long a person waits for `archiver --help`, against `python -c "import click"`.

Whole processes, by turns with the floor: A B A B. One command: `python bench/startup.py`.
"""

from __future__ import annotations

import argparse
import sys

from timing import Contestant, alternate, table, tool

from archiver.cli.main import COMMANDS

WORDS = (("--help",), ("--version",), *((name, "--help") for name in COMMANDS))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="of each command [15]")
    runs = parser.parse_args().runs
    script = tool("archiver")
    rows = []
    for name, launcher in (
        ("python -m archiver", (sys.executable, "-m", "archiver")),
        ("archiver", None if script is None else (script,)),
    ):
        if launcher is None:
            rows.append((name, *["not installed"] * 4))
            continue
        rows += [_row(name, launcher, words, runs) for words in WORDS]
    print(f"Python {sys.version.split()[0]}, medians of {runs} runs, A B A B.\n")
    table(("command", "wall, ms", "CPU, ms", "wall, × click", "CPU, × click"), rows)


def _row(
    name: str, launcher: tuple[str, ...], words: tuple[str, ...], runs: int
) -> tuple[str, ...]:
    ours = Contestant(" ".join((name, *words)), (*launcher, *words))
    floor = Contestant("import click", (sys.executable, "-c", "import click"))
    alternate((floor, ours), runs)
    wall, cpu, _ = ours.medians()
    floor_wall, floor_cpu, _ = floor.medians()
    return (
        ours.name,
        f"{wall * 1000:.0f}",
        f"{cpu * 1000:.0f}",
        f"{wall / floor_wall:.2f}",
        f"{cpu / floor_cpu:.2f}",
    )


if __name__ == "__main__":
    main()
