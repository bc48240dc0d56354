"""Interrupts and full disks: never a half-written file under a final name, never a traceback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command import archiver
from tests.samples import PAGE, cases, seed_text
from tests.site import Site, http

PRIVATE = "--allow-private-addresses"


def whole(archives: Path) -> int:
    """How many packages stand there; each must be intact, and nothing else half-made."""
    if not archives.exists():
        return 0
    left = [path for path in archives.rglob("*") if ".tmp-" in str(path)]
    assert not left
    for case in cases(archives):
        assert (case / "case.toml").is_file()
        assert (case / "seed.txt").is_file()
    packages = list(archives.rglob("*.wacz"))
    if packages:
        assert archiver("verify", archives).code == 0
    return len(packages)


IN_A_FINALISER = """
import os, signal, sys, time

class Dying:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass

def opening(event, arguments):
    if event == "open" and str(arguments[0]).endswith("seed.txt"):
        Dying()
        time.sleep(5)

sys.addaudithook(opening)
from archiver.cli.boundary import run
sys.exit(run(["new", "seed.txt"]))
"""


def test_an_interrupt_in_a_finaliser_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "seed.txt").write_text(seed_text("http://127.0.0.1/"))
    done = subprocess.run(
        [sys.executable, "-c", IN_A_FINALISER],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip() == "archiver: interrupted (nothing was left half-written)"


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_at_any_moment(tmp_path: Path, sent: signal.Signals) -> None:
    seed = tmp_path / "seed.txt"
    archives = tmp_path / "archives"
    codes = set()
    with Site({"/x": http(PAGE)}) as site:
        seed.write_text(seed_text(site.url("/x")))
        for step in range(24):
            running = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "archiver",
                    "capture",
                    seed,
                    PRIVATE,
                    "--archives",
                    archives,
                ],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            time.sleep(step * 0.03)
            running.send_signal(sent)
            _, err = running.communicate(timeout=30)
            # Until our first line runs, a traceback is the interpreter's own and not ours.
            # (The folder of keys is called archiver too, and may be named by a line of ours.)
            assert not re.search(r'File "[^"]*archiver/', err)
            if running.returncode != 1 or "<frozen " not in err:
                codes.add(running.returncode)
    # Before the command has begun, a signal simply ends the process (a shell says 130, 143).
    assert codes <= {0, 130, -sent}
    whole(archives)


def test_interrupted_while_the_source_is_silent(tmp_path: Path) -> None:
    def silent(_connection: object) -> None:
        time.sleep(20)

    with Site({"/x": silent}) as site:
        running = subprocess.Popen(
            [
                *(sys.executable, "-m", "archiver", "capture", site.url("/x"), PRIVATE),
                *("--json", "--archives", str(tmp_path / "archives")),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while not site.requests:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=10)
    assert running.returncode == 130
    assert '"code": "interrupted"' in out
    assert "archiver: interrupted" in err.splitlines()[-1]
    assert cases(tmp_path / "archives") == []
    # That it began, and that nothing came of it, stays in the ledger.
    lines = archiver("log", "--archives", tmp_path / "archives", "--json").json["lines"]
    assert [one["event"] for one in lines] == ["begin", "failed"]
    assert lines[1]["reason"] == "interrupted"


# A mount of one's own, gone with the command; only root needs no user namespace for it.
UNSHARE = ("unshare", "-m") if os.geteuid() == 0 else ("unshare", "-rm")


def namespaces() -> bool:
    """Whether this machine lets a test mount a small disk of its own."""
    done = subprocess.run([*UNSHARE, "true"], check=False, capture_output=True)
    return done.returncode == 0


# The last line tells what is left on the small disk, since it is gone with the namespace.
SMALL_DISK = """
mount -t tmpfs -o size="$1" none "$2" && cd "$2" && shift 2 && "$@"
code=$?; find . -type f -size +0; exit $code
"""


@pytest.mark.skipif(not namespaces(), reason="needs mount namespaces (Debian has them)")
@pytest.mark.parametrize("size", range(4, 84, 8))
def test_full_disk(tmp_path: Path, size: int) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with Site({"/x": http(PAGE)}) as site:
        (tmp_path / "seed.txt").write_text(seed_text(site.url("/x")))
        done = archiver(
            *("capture", tmp_path / "seed.txt", PRIVATE, "--archives", "archives", "--quiet"),
            prefix=(*UNSHARE, "sh", "-c", SMALL_DISK, "sh", f"{size}k", str(disk)),
        )
    left = [name for name in done.out.split() if "/ledger/" not in name]
    if done.code == 0:
        assert size > 60
        assert len([name for name in left if name.endswith(".wacz")]) == 1
    else:
        assert done.code == 8
        # A package that was kept is kept, also where its line found no room: it is found later.
        assert left == [] or "/ledger/" in done.err
        assert "archiver: archives" in done.err
        assert "No space left on device" in done.err


def test_a_spool_that_cannot_grow(tmp_path: Path) -> None:
    big = http(b"a" * (4 << 20))
    with Site({"/x": big}) as site:
        done = archiver(
            *("capture", site.url("/x"), PRIVATE, "--archives", tmp_path / "archives"),
            prefix=("sh", "-c", 'ulimit -f 2048; exec "$@"', "sh"),
        )
    assert done.code == 8
    assert "set TMPDIR" in done.err
    assert cases(tmp_path / "archives") == []


def test_stdout_that_is_full(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "archiver", "verify", "--json", tmp_path],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 8
    assert "standard output" in done.stderr
    assert "Traceback" not in done.stderr


def test_stdout_that_is_closed(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "archiver", "--help"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert done.stderr == ""


def test_leftovers_of_a_killed_writer_are_swept(tmp_path: Path) -> None:
    archives = tmp_path / "archives"
    with Site({"/x": http(PAGE)}) as site:
        archiver("capture", site.url("/x"), PRIVATE, "--archives", archives)
        (case,) = cases(archives)
        (archives / ".tmp-0").mkdir()
        (case / "packages" / ".tmp-1").write_bytes(b"half")
        archiver("capture", site.url("/x"), PRIVATE, "--archives", archives)
        archiver("capture", site.url("/y"), PRIVATE, "--archives", archives)
    assert not list(archives.rglob(".tmp-*"))


@pytest.mark.parametrize("kind", ["link", "file"])
def test_archives_that_are_no_folder(tmp_path: Path, kind: str) -> None:
    archives = tmp_path / "archives"
    if kind == "link":
        archives.symlink_to(tmp_path)
    else:
        archives.write_text("")
    with Site({"/x": http(PAGE)}) as site:
        done = archiver("capture", site.url("/x"), PRIVATE, "--archives", archives)
    assert done.code == 8, done.err
    assert done.err.count("\n") == 1
    assert str(archives) in done.err


@pytest.mark.skipif(not namespaces(), reason="needs mount namespaces (Debian has them)")
def test_a_disk_that_is_read_only(tmp_path: Path) -> None:
    script = 'mount -t tmpfs -o ro none "$1" && cd "$1" && shift && "$@"'
    with Site({"/x": http(PAGE)}) as site:
        done = archiver(
            *("capture", site.url("/x"), PRIVATE),
            prefix=(*UNSHARE, "sh", "-c", script, "sh", str(tmp_path)),
        )
    assert done.code == 8, done.err
    assert done.err.count("\n") == 1
    assert "Read-only file system" in done.err
