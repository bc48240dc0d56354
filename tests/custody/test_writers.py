"""Many writers at once, killed ones among them; and two who captured apart."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from archiver.custody.audit import audit
from archiver.custody.merged import told
from tests.custody.logbook import key, sample
from tests.tools import tool

WRITERS, ROUNDS, KILLED = 50, 20, 12


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    words = [str(tmp_path / "archives"), *map(str, (WRITERS, ROUNDS, KILLED))]
    done = subprocess.run(
        [sys.executable, "-m", "tests.custody.writers", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= KILLED
    log = tmp_path / "archives" / "ledger" / key().public.id
    found = audit(log, None)
    assert found.problems == []
    lines, unread = told(tmp_path / "archives")
    captures = [one.entry.said for one in lines if one.entry.event == "capture"]
    wanted = {(f"writer-{n}", number) for n in range(WRITERS) for number in range(ROUNDS)}
    assert {(one["case"], one["octets"]) for one in captures} == wanted
    assert (len(captures), unread) == (WRITERS * ROUNDS, 0)
    # Whoever was killed in between left a beginning: the next one said so, or it is still open.
    began = sum(one.entry.event == "begin" for one in lines)
    lost = [one.entry.said for one in lines if one.entry.event == "failed"]
    assert {one["reason"] for one in lost} <= {"lost"}
    still_open = [one for one in found.findings if one.rule == "begun"]
    assert began == len(captures) + len(lost) + len(still_open)
    assert found.signed is not None
    assert found.signed.size > found.lines - 20
    assert not list(log.rglob(".tmp-*"))


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        [tool("git"), *who, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_who_captured_apart_are_merged_by_git(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    git(one, "init", "-q", "-b", "main")
    sample(one / "archives", 1, number=1)
    git(one, "add", "-A")
    git(one, "commit", "-q", "-m", "first")
    git(tmp_path, "clone", "-q", str(one), str(other))
    sample(one / "archives", 2, number=1)
    sample(other / "archives", 3, number=2)
    for folder in (one, other):
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "captured")
    git(one, "pull", "-q", "--no-rebase", "--no-edit", str(other), "main")
    for number, lines in ((1, 12), (2, 12)):
        found = audit(one / "archives" / "ledger" / key(number).public.id, None)
        assert (found.problems, found.lines) == ([], lines)
    # And both go on from there, without each other's cache.
    sample(one / "archives", 1, number=2)
    assert audit(one / "archives" / "ledger" / key(2).public.id, None).problems == []


def test_one_key_in_two_clones_cannot_be_merged(tmp_path: Path) -> None:
    """A log that went on in two ways is a conflict: git asks, and nobody forges by merging."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    git(one, "init", "-q", "-b", "main")
    sample(one / "archives", 1)
    git(one, "add", "-A")
    git(one, "commit", "-q", "-m", "first")
    shutil.copytree(one, other)
    sample(one / "archives", 1)
    sample(other / "archives", 2)
    for folder in (one, other):
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "captured")
    done = subprocess.run(
        [tool("git"), "pull", "-q", "--no-rebase", "--no-edit", str(other), "main"],
        cwd=one,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
