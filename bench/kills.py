"""A capture killed, or failed by the disk, at every system call that changes anything.

Each point is a capture of its own, under `strace`, in a copy of the same folder: before the first
capture of all, and before the second; a `recapture` of three cases that are due; and a `stamp` of
a package. Afterwards nothing half-made may stand there, and the next run of the same must mend what
is left by itself (but what a killed `stamp` left under a temporary name, the next capture sweeps).
One command: `python bench/kills.py` (all points, two hours); `--step 20` takes every twentieth.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from timing import table, tool

sys.path.insert(0, str(Path(__file__).parent.parent))

from archiver.cli.demosite import DemoSite
from archiver.custody.disk import TEMPORARY
from tests.tsa import Reply, root
from tests.tsasite import TsaSite, right, signer

STARTS = ("first", "second", "recapture", "stamp")
OPTIONS = ("--no-probe", "--no-requisites", "--allow-private-addresses")
CALLS = (
    "write pwrite64 rename renameat renameat2 link linkat unlink unlinkat mkdir mkdirat rmdir "
    "fsync fdatasync ftruncate flock"
).split()
FAULTS = ("signal=SIGKILL", "error=EIO", "error=ENOSPC", "error=EDQUOT", "error=EROFS")
_CALL = re.compile(r"^(\d+) +(\w+)\(", re.M)


@dataclass(frozen=True)
class Point:
    """A system call, by its name and number, and what is to happen there."""

    start: str
    call: str
    number: int
    fault: str


class Place:
    """A folder with an archives folder and a person's configuration."""

    def __init__(self, folder: Path, site: DemoSite) -> None:
        self.folder = folder
        self.words = self.capture = ("capture", site.url("/harbour/bridge-closed"), *OPTIONS)
        if (folder / "archives" / "case-0").exists():
            # Each capture in a thread of its own: one host after another has one.
            self.words = ("recapture", *OPTIONS, "--delay", "0", "--hosts", "1")
        if (folder / "root.pem").exists():
            (package,) = folder.glob("archives/*/packages/*.wacz")
            self.words = ("stamp", str(package.relative_to(folder)))

    def choose_authority(self, url: str) -> None:
        """An authority whose stamps are believed, and asked for."""
        (self.folder / "root.pem").write_bytes(root().pem)
        code, said = self.run("tsa", "add", "ours", url, "root.pem")
        assert code == 0, said

    def make_cases(self, site: DemoSite) -> None:
        """Three cases that are due, one of them captured before."""
        for number in range(3):
            code, said = self.run("new", site.url(f"/{number}"), "--case-id", f"case-{number}")
            assert code == 0, said
            with (self.folder / "archives" / f"case-{number}" / "case.toml").open("a") as file:
                file.write('\n[recapture]\nevery = "0s"\n')
        code, said = self.run("recapture", "case-0", *OPTIONS)
        assert code == 0, said

    def run(self, *words: str, prefix: tuple[str, ...] = ()) -> tuple[int, str]:
        """Run the command: its exit code, and all that it said."""
        home = {f"XDG_{name}_HOME": str(self.folder / name) for name in ("CONFIG", "CACHE")}
        kept = {name: one for name, one in os.environ.items() if name != "CI"}
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "archiver", *words],
            cwd=self.folder,
            env={**kept, **home, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def standing(self, pattern: str) -> list[Path]:
        """The files of the archives folder that have their final names: a new case, or log, is
        made whole in a folder with a temporary one, which is never read."""
        archives = self.folder / "archives"
        return [one for one in archives.glob(pattern) if not _is_temporary(one)]

    def whole(self, when: str) -> Iterator[str]:
        """What is wrong with what stands there."""
        if not (self.folder / "archives").exists():
            return
        if self.standing("*/packages/*.wacz"):
            code, said = self.run("verify", "archives")
            if code:
                yield f"{when}: a package is not whole: {said}"
        if self.standing("ledger/*/vkey"):
            code, said = self.run("log", "verify")
            if code:
                yield f"{when}: the ledger is not whole: {said}"

    def mended(self) -> Iterator[str]:
        """What the next capture did not mend."""
        code, said = self.run(*self.words)
        if code:
            yield f"the next capture ended with {code}: {said}"
            return
        yield from self.whole("after the next capture")
        code, said = self.run("log", "verify", "--json")
        for one in json.loads(said)["findings"]:
            if one["rule"] not in ("failed", "not-attempted"):
                yield f"not mended: {one}"
        if self.words[0] == "stamp":
            found = sorted(one.suffix for one in self.folder.glob("archives/*/packages/*.ours.*"))
            if found != [".tsq", ".tsr"]:
                yield f"stamps: {found}"
            code, said = self.run(*self.capture)
            if code:
                yield f"the capture behind it ended with {code}: {said}"
        left = [one for one in (self.folder / "archives").rglob("*") if _is_temporary(one)]
        if left:
            yield f"left over: {left}"


def _is_temporary(path: Path) -> bool:
    return any(part.startswith(TEMPORARY) for part in path.parts)


def main() -> None:
    """Try all points, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1, help="take every so many-th point [1]")
    parser.add_argument("--only", choices=STARTS, help="of these folders [all]")
    asked = parser.parse_args()
    strace = tool("strace")
    if strace is None:
        sys.exit("strace is not installed")
    with (
        tempfile.TemporaryDirectory(prefix="archiver-kills-") as name,
        DemoSite() as site,
        TsaSite(right(Reply(signer=signer()))) as authority,
    ):
        starts = {start: Path(name) / start for start in STARTS}
        for folder in starts.values():
            folder.mkdir()
        for start in ("second", "stamp"):
            code, said = Place(starts[start], site).run(*Place(starts[start], site).words)
            assert code == 0, said
        Place(starts["stamp"], site).choose_authority(authority.url("/tsr"))
        Place(starts["recapture"], site).make_cases(site)
        points = [
            one
            for start, folder in starts.items()
            if asked.only in (None, start)
            for one in _points(start, folder, site, strace)
        ]
        tried: Counter[str] = Counter()
        faults = []
        for point in points[:: asked.step]:
            tried[point.fault] += 1
            faults += [f"{point}: {one}" for one in _try(point, starts, site, strace)]
    table(("fault", "points"), [(fault, str(tried[fault])) for fault in FAULTS])
    print("\n".join(faults) or f"\n{sum(tried.values())} of {len(points)} points: nothing wrong")
    sys.exit(bool(faults))


def _points(start: str, folder: Path, site: DemoSite, strace: str) -> Iterator[Point]:
    with tempfile.TemporaryDirectory(prefix="archiver-kills-") as name:
        here = Path(name) / "here"
        shutil.copytree(folder, here)
        trace = Path(name) / "trace"
        asked = "trace=" + ",".join(f"?{call}" for call in CALLS)
        place = Place(here, site)
        code, said = place.run(
            *place.words, prefix=(strace, "-f", "-qq", "-o", str(trace), "-e", asked)
        )
        assert code == 0, said
        calls = _CALL.findall(trace.read_text())
    # strace counts the calls of each thread by itself: up to the most that one of them makes.
    by_thread = Counter(calls)
    counted: dict[str, int] = {}
    for (_, call), count in by_thread.items():
        counted[call] = max(count, counted.get(call, 0))
    for call, count in sorted(counted.items()):
        for number in range(1, count + 1):
            for fault in FAULTS:
                if fault == "signal=SIGKILL" or call not in ("flock", "unlink", "rmdir"):
                    yield Point(start, call, number, fault)


def _try(point: Point, starts: dict[str, Path], site: DemoSite, strace: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="archiver-kills-") as name:
        here = Path(name) / "here"
        shutil.copytree(starts[point.start], here)
        place = Place(here, site)
        inject = f"inject={point.call}:{point.fault}:when={point.number}"
        asked = (strace, "-f", "-qq", "-o", "/dev/null", "-e", f"trace={point.call}", "-e", inject)
        code, said = place.run(*place.words, prefix=asked)
        if "Traceback" in said:
            yield f"a traceback: {said}"
        killed = point.fault == "signal=SIGKILL"
        if killed and code not in (0, -9, 137):
            yield f"ended with {code}: {said}"
        if not killed and code not in (0, 8):
            yield f"ended with {code}: {said}"
        yield from place.whole("afterwards")
        yield from place.mended()


if __name__ == "__main__":
    main()
