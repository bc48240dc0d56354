"""`archiver verify`: many packages at once, explanations, and an interrupt in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archiver.case.schemas import faults
from archiver.report.words import EXPLAINED
from archiver.verify.checks import CHECK_NAMES
from tests.command import archiver
from tests.verify.scenes import STATES, package


def test_every_check_is_explained() -> None:
    assert set(EXPLAINED) == {*CHECK_NAMES, "identity"}


def test_explanations_on_demand(tmp_path: Path) -> None:
    (tmp_path / "one.wacz").write_bytes(package("captured"))
    # By its name alone: the line with the path is as long as the path.
    plain, explained = (
        archiver("verify", *words, "one.wacz", cwd=tmp_path) for words in ((), ("--explain",))
    )
    assert plain.code == explained.code == 9
    words = " ".join(explained.out.split())
    for name in CHECK_NAMES:
        assert EXPLAINED[name] in words
        assert EXPLAINED[name] not in " ".join(plain.out.split())
    assert max(map(len, explained.out.splitlines()[:-1])) <= 100


@pytest.mark.parametrize("copies", [1, 3])
def test_one_line_each_and_the_worst_code(tmp_path: Path, copies: int) -> None:
    # Few are verified here, many by several processes: what is said is the same.
    names = []
    for number in range(copies):
        for state in STATES:
            name = tmp_path / f"{state}-{number}.wacz"
            name.write_bytes(package(state))
            names.append(name)
    assert archiver("verify", tmp_path).code == 9
    forged, junk, missing = (tmp_path / name for name in ("b.wacz", "c.wacz", "d.wacz"))
    forged.write_bytes(package("captured")[:-1])
    junk.write_bytes(b"no package")
    done = archiver("verify", forged, junk, missing, *names)
    assert done.code == 3
    lines = done.out.splitlines()
    assert [line.split()[0] for line in lines] == [
        "refused",
        "unreadable",
        "unreadable",
        *["untrusted"] * len(names),
    ]
    assert [line.split()[1] for line in lines] == [
        str(one) for one in (forged, junk, missing, *names)
    ]
    assert archiver("verify", junk, missing, *names).code == 4
    said = archiver("verify", "--json", forged, junk, missing, *names)
    document = json.loads(said.out)
    assert faults(document, "output-verify.schema.json") == ()
    assert [one["exit"] for one in document["packages"]] == [3, 4, 4, *[9] * len(names)]
    quiet = archiver("verify", "--quiet", forged, junk, missing, *names)
    assert len(quiet.out.splitlines()) == 3


def test_one_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    loop, right = tmp_path / "a.wacz", tmp_path / "b.wacz"
    loop.symlink_to(loop)
    right.write_bytes(package("captured"))
    done = archiver("verify", loop, right)
    assert done.code == 8
    assert [line.split()[0] for line in done.out.splitlines()] == ["unreadable", "untrusted"]


def test_an_interrupt_ends_all_processes_quietly(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.wacz").write_bytes(package("captured"))
    running = subprocess.Popen(
        [sys.executable, "-m", "archiver", "verify", tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stdout is not None
    running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    started = time.monotonic()
    _, err = running.communicate(timeout=20)
    assert time.monotonic() - started < 10
    assert running.returncode == 130
    assert "Traceback" not in err
    assert err.strip() == "archiver: interrupted (nothing was left half-written)"
