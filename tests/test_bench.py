"""The benches still run: what they measure is made by the code of today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


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
