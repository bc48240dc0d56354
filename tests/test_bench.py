"""The benches still run: what they measure is made by the code of today."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_comparison_bench_runs() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "compare.py", "--mb", "0.1", "--runs", "1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    results = re.findall(r"\| +([a-z-]+) \|$", done.stdout, re.M)
    assert (results.count("contained"), results.count("not-contained")) == (2, 6)


def test_the_outcome_bench_says_nothing_false_whatever_the_hash_seed() -> None:
    said = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, ROOT / "bench" / "outcome.py"],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        said.add(done.stdout)
    (tables,) = said
    assert "false: 0;" in tables


def test_the_package_bench_runs() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "package.py", "--mib", "1", "--runs", "1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "verify" in done.stdout


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
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "change.py", "--mb", "0.1", "--runs", "1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the change" in done.stdout


def test_the_capture_bench_runs() -> None:
    words = ("--runs", "1", "--parts", "small", "--only", "https, 10 kB, 1 threads")
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "capture.py", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 threads, archiver, fresh connections" in done.stdout
