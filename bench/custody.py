"""What the ledger costs at 1,000, 10,000 and 100,000 lines: append, sign, prove, verify, status.

Logs of runs with 50 cases each, as a schedule makes them, or of single captures (`--run 1`), each
run two files and a checkpoint. Without fsync, as this measures our work and not the disk's
(`--fsync` leaves it in). One command: `python bench/custody.py`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from timing import table

from archiver.attest import notes
from archiver.attest.notes import LogSigningKey
from archiver.custody import ledger
from archiver.custody.audit import audit
from archiver.custody.ledger import Log
from archiver.custody.openlog import held
from archiver.digest import Digest
from archiver.moment import spell
from archiver.verbs.status import status

MOMENT = 1_790_000_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--run", type=int, default=50, help="captures of a run [50]")
    parser.add_argument("--cases", type=int, default=10_000, help="for status [10000]")
    parser.add_argument("--times", type=int, default=21, help="that each is measured [21]")
    parser.add_argument("--fsync", action="store_true", help="with what the disk takes")
    asked = parser.parse_args()
    if not asked.fsync:
        os.fsync = lambda _: None
    print(
        f"Python {sys.version.split()[0]}, runs of {asked.run}, medians of {asked.times} in ms; "
        "verify and status in s, the best of three.\n"
    )
    rows = []
    for size in asked.sizes:
        with tempfile.TemporaryDirectory(prefix="archiver-bench-") as name:
            os.environ["XDG_CACHE_HOME"] = f"{name}/cache"
            rows.append(_row(Path(name), size, asked))
    table(("lines", "files", "append", "sign", "prove", "verify, s", "status, s"), rows)


def _row(folder: Path, size: int, asked: argparse.Namespace) -> tuple[str, ...]:
    archives, key = folder / "archives", notes.new_key()
    _make_cases(archives, asked.cases)
    log = ledger.make_log(archives, key.public)
    _fill(log, key, size, asked)
    files = len(log.files())
    verify = min(_once(lambda: _holds(log)) for _ in range(3))
    told = min(_once(lambda: status(archives)) for _ in range(3))
    with held(log) as opened:  # the first to read so many: what comes after finds it in the cache
        opened.sign(key, None)
    append, sign, prove = [], [], []
    for number in range(asked.times):
        append.append(_once(lambda: _append(log)))
        sign.append(_once(lambda: _sign(log, key)))
        prove.append(_once(lambda number=number: _prove(log, number * size // 50)))
    times = (f"{1000 * median(one):.2f}" for one in (append, sign, prove))
    return f"{size:,}", f"{files:,}", *times, f"{verify:.2f}", f"{told:.2f}"


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _make_cases(archives: Path, cases: int) -> None:
    for number in range(cases):
        case = archives / f"case-{number}"
        case.mkdir(parents=True)
        (case / "case.toml").write_text('[source]\nurl = "x"\n\n[recapture]\nevery = "1d"\n')


def _fill(log: Log, key: LogSigningKey, size: int, asked: argparse.Namespace) -> None:
    """Runs of so many captures: a file of beginnings, one of results, a checkpoint."""
    from archiver.attest import entries, tlog
    from archiver.attest.merkle import Growing, leaf_hash

    tree, kept = Growing(), log.folder / "checkpoints"
    kept.mkdir()
    while tree.size < size:
        start = tree.size
        cases = [f"case-{(start // 2 + n) % asked.cases}" for n in range(asked.run)]
        for said in ([_begin(one) for one in cases], _results(cases, start)):
            first = tree.size
            lines = [entries.spell({**one, "seq": first + n}) for n, one in enumerate(said)]
            log.path(first).write_bytes(b"".join(line + b"\n" for line in lines))
            for line in lines:
                tree.add(leaf_hash(line))
        note = tlog.sign_checkpoint(key, tree.size, tree.root()).note
        (kept / str(tree.size)).write_text(note)
        (log.folder / "checkpoint").write_text(note)


def _begin(case: str) -> dict[str, Any]:
    source = "https://www.example.org/2026/11/24/a-title-of-some-length"
    return {"event": "begin", "case": case, "source": source, "time": spell(MOMENT)}


def _results(cases: list[str], start: int) -> list[dict[str, Any]]:
    return [_result(case, start + n) for n, case in enumerate(cases)]


def _result(case: str, begin: int) -> dict[str, Any]:
    digest = _file(begin)
    return {
        **_begin(case),
        "event": "capture",
        "begin": begin,
        "state": "captured",
        "reason": "http.200",
        "comparison": "contained",
        "package": digest,
        "previous": digest,
        "file": digest,
        "octets": 123_456,
        "name": f"20260921T141320Z-{digest[7:15]}.wacz",
        "time": spell(MOMENT + begin),
    }


def _file(begin: int) -> str:
    return str(Digest.of(str(begin).encode()))


def _holds(log: Log) -> None:
    problems = audit(log.folder, None).problems
    assert not problems, problems[0]


def _append(log: Log) -> None:
    with held(log) as opened:
        opened.append([_begin("case-1")])


def _sign(log: Log, key: LogSigningKey) -> None:
    with held(log) as opened:
        opened.sign(key, None)


def _prove(log: Log, begin: int) -> None:
    last = log.checkpoint()
    assert last is not None
    with held(log) as opened:
        opened.prove(Digest.parse(_file(_of_a_begin(opened.log, begin))), last)


def _of_a_begin(log: Log, at: int) -> int:
    """The nearest number from there on that a capture answers."""
    for first in range(at, at + 2000):
        lines = log.lines(first)
        if lines and b'"event":"begin"' in lines[0]:
            return first
    raise AssertionError("no run begins there")


if __name__ == "__main__":
    main()
