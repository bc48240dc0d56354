"""The benches still run: what they measure is made by the code of today."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.tools import tool

ROOT = Path(__file__).parent.parent


def said(name: str, *words: str, **environment: str) -> str:
    """What a bench prints; it must end well."""
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / f"{name}.py", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_comparison_bench_runs() -> None:
    results = re.findall(r"\| +([a-z-]+) \|$", said("compare", "--mb", "0.1", "--runs", "1"), re.M)
    assert (results.count("contained"), results.count("not-contained")) == (2, 6)


def test_the_outcome_bench_says_nothing_false_whatever_the_hash_seed() -> None:
    (tables,) = {said("outcome", PYTHONHASHSEED=seed) for seed in ("1", "2")}
    assert "false: 0;" in tables


def test_the_package_bench_runs() -> None:
    assert "verify" in said("package", "--mib", "1", "--runs", "1")


def test_the_bench_of_many_packages_runs() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "package.py", "--many", "20", "--runs", "1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^[0-9]+ packages a second$", done.stdout, re.M)


def test_the_change_bench_runs() -> None:
    assert "the change" in said("change", "--mb", "0.1", "--runs", "1")


def test_the_capture_bench_runs() -> None:
    words = ("--runs", "1", "--parts", "small", "--only", "https, 10 kB, 1 threads")
    assert "1 threads, archiver, fresh connections" in said("capture", *words)


def test_the_custody_bench_runs() -> None:
    assert "| 300 " in said("custody", "--sizes", "300", "--cases", "20", "--times", "2")


def test_the_bench_of_many_hosts_runs() -> None:
    words = ("--sources", "6", "--hosts", "3", "--latency", "0.02")
    assert "times as fast" in said("recapture", *words)


def test_a_capture_killed_or_failed_anywhere_leaves_nothing_half_made() -> None:
    """A sample; `python bench/kills.py` tries every system call."""
    tool("strace")
    assert "nothing wrong" in said("kills", "--step", "191")
