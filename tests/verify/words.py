"""What is told of every forgery, word by word: `python -m tests.verify.words` writes the list anew.

That a forgery is refused does not show which rule refused it: another one may have stepped in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from archiver.verify.report import Report
from tests.verify.forge import opened
from tests.verify.scenes import package, verdict

FILE = Path(__file__).with_name("words.json")
FIRST = 5  # problems of one forgery: those that follow are of the same kind
LISTS = ("files", "records", "capture", "facts")
# The standard library's own words for what is no JSON change with its versions.
_OF_PYTHON = re.compile(r"[A-Z][a-z][^:]*: line [0-9]+ column [0-9]+ \(char [0-9]+\)")
Words = list[list[str]]


def told(report: Report) -> Words:
    """The problems of a report, each as it is told."""
    problems = [one for check in report.checks for one in check.problems]
    return [
        [one.rule, one.where, _OF_PYTHON.sub("…", one.what), one.fix or ""]
        for one in problems[:FIRST]
    ]


@cache
def kept() -> dict[str, Words]:
    """What the list has."""
    found: dict[str, Words] = json.loads(FILE.read_text())
    return found


def _made() -> Iterator[tuple[str, Words]]:
    for name in LISTS:
        forgeries = import_module(f"tests.verify.test_forged_{name}").FORGERIES
        for forgery, (state, _, forge) in forgeries.items():
            yield forgery, told(verdict(forge(opened(package(state)))))


def main() -> None:
    """Write the list."""
    text = json.dumps(dict(_made()), indent=1, sort_keys=True, ensure_ascii=False)
    FILE.write_text(text + "\n")


if __name__ == "__main__":
    main()
