"""`archiver verify` of whatever is put before it: no file, a file that changes, a name that
bites; and that it opens nothing which a package names, asks nobody and writes nothing."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.package.derive import CLAIMED, SCHEMA
from archiver.verbs.reading import SOFTWARE
from archiver.verify.checks import examine
from tests.command import Done, archiver
from tests.verify.forge import derived, document, opened, sealed, zipped
from tests.verify.scenes import STATES, package
from tests.verify.test_forged_facts import FORGERIES as FACTS
from tests.verify.test_forged_files import FORGERIES as FILES
from tests.verify.test_zip import NAMES, named

GOOD = package("captured")
ROOT = os.geteuid() == 0


def harmless(done: Done) -> None:
    """Nothing that moves a cursor, hides what stands there, or speaks to a CI."""
    for stream in (done.out, done.err):
        for char in stream.replace("\n", ""):
            # Cc, Cf, Cs, Zl, Zp: controls, formats, surrogates, separators of lines.
            assert unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp"), ascii(stream)
        assert not re.search(r"^::", stream, re.M)


def made_fifo(path: Path) -> None:
    os.mkfifo(path)


def made_loop(path: Path) -> None:
    path.symlink_to(path)


def made_sparse(path: Path) -> None:
    """5 GiB that are not there."""
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(5 << 30)


NO_PACKAGES: dict[str, tuple[int, Callable[[Path], object]]] = {
    "nothing": (4, lambda path: None),
    "nothing-in-nothing": (4, lambda path: None),
    "empty-folder": (4, lambda path: path.mkdir()),
    "fifo": (4, made_fifo),
    "link-to-zero": (4, lambda path: path.symlink_to("/dev/zero")),
    "link-to-null": (4, lambda path: path.symlink_to("/dev/null")),
    "link-to-nothing": (4, lambda path: path.symlink_to("/nowhere/at/all")),
    "link-to-itself": (8, made_loop),
    "link-to-memory": (8, lambda path: path.symlink_to("/proc/self/mem")),
    "empty-file": (4, lambda path: path.write_bytes(b"")),
    "four-octets": (3, lambda path: path.write_bytes(b"PK\x03\x04")),
    "an-end-alone": (3, lambda path: path.write_bytes(b"PK\x05\x06" + bytes(18))),
    "text": (4, lambda path: path.write_text("no package")),
    "sparse": (3, made_sparse),
    "zeros": (4, lambda path: path.write_bytes(bytes(1 << 20))),
}


@pytest.mark.parametrize("name", NO_PACKAGES)
def test_what_is_no_package(tmp_path: Path, name: str) -> None:
    code, make = NO_PACKAGES[name]
    path = tmp_path / "x.wacz"
    if name == "nothing-in-nothing":
        path = tmp_path / "a-file" / "x.wacz"
        path.parent.write_text("")
    make(path)
    begun = time.monotonic()
    done = archiver("verify", path)
    assert time.monotonic() - begun < 10
    assert done.code == code, done
    assert len(done.err.splitlines()) <= 2
    harmless(done)
    for words in (("verify", "--json", path), ("show", path), ("compare", path)):
        other = archiver(*words)
        assert other.code in (3, 4, 8), other
        harmless(other)


@pytest.mark.skipif(ROOT, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.wacz"
    path.write_bytes(GOOD)
    path.chmod(0)
    done = archiver("verify", path)
    assert (done.code, done.err.count("\n")) == (8, 1)


SPELLINGS = {
    "escape": "\x1b[2J\x1b[31mx",
    "newline": "a\nverified x",
    "carriage-return": "a\rverified",
    "bell": "\x07",
    "c1": "\x9b31m",
    "rtl": "\u202ezcaw.x",
    "zero-width": "a\u200bb",
    "separator": "a\u2028verified",
    "command": "::error::x",
    "no-utf8": "a\udcff\udcfe",
    "dash": "--json",
    "blank": "  ",
    "255": "x" * 250,
    "markup": "<script>alert(1)</script>",
    "percent": "%s%n{0}",
    "bracket": "[bold]x[/bold]",
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_file_names_that_bite(tmp_path: Path, name: str) -> None:
    right = tmp_path / f"{SPELLINGS[name][:200].replace('/', '')}.wacz"
    wrong = tmp_path / "sub" / right.name
    wrong.parent.mkdir()
    right.write_bytes(GOOD)
    wrong.write_bytes(GOOD[:-1])
    for words, code in (
        (("verify", "--", right.name), 9),
        (("verify", tmp_path), 3),
        (("verify", "--json", "--", right.name), 9),
        (("verify", "--", f"none-{right.name}"), 4),
        (("show", "--", right.name), 0),
        (("rebuild", "--", right.name), 0),
    ):
        done = archiver(*words, cwd=tmp_path)
        assert done.code == code, done
        harmless(done)


SAYING = "\x1b[2J\x1b]0;x\x07\r::error::x\u202e\u200b\x9b31m</script>\ud7ff{0}%s"
HOSTILE = {
    **{
        f"entry-{name}": (lambda name=name: named(NAMES[name]))
        for name in ("escape", "newline", "rtl", "c1", "not-utf8")
    },
    "resource-path": lambda: FILES["path-escape"][2](opened(GOOD)),
    "fault-words": lambda: FACTS["fault-words-escape"][2](opened(package("unreachable"))),
    "software": lambda: FACTS["software-escape"][2](opened(GOOD)),
    "title": lambda: sealed(
        derived(document(opened(GOOD), CLAIMED, lambda v: v["claimed"].update(title=SAYING)))
    ),
    "unknown-member": lambda: sealed(
        document(opened(GOOD), CLAIMED, lambda value: value.update({SAYING: 1}))
    ),
    "unknown-inner-member": lambda: sealed(
        document(opened(GOOD), CLAIMED, lambda value: value["claimed"].update({SAYING: 1}))
    ),
    "case": lambda: sealed(document(opened(GOOD), CLAIMED, lambda v: v.update(case=SAYING))),
    "publish": lambda: sealed(
        document(opened(GOOD), CLAIMED, lambda v: v["seed_text"].update(publish=SAYING))
    ),
    "digest": lambda: zipped(
        document(opened(GOOD), "datapackage-digest.json", lambda v: v.update(hash=SAYING))
    ),
    "main-page": lambda: sealed(opened(GOOD), lambda value: value.update(mainPageUrl=SAYING)),
    "created": lambda: sealed(opened(GOOD), lambda value: value.update(created=SAYING)),
    "not-json": lambda: sealed(opened(GOOD) | {CLAIMED: SAYING.encode("utf-8", "replace")}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_words_of_a_package_that_bite(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.wacz"
    path.write_bytes(HOSTILE[name]())
    for words in (("verify", path), ("verify", path, path), ("verify", "--json", path)):
        done = archiver(*words)
        assert done.code == 3 or name == "title", done
        harmless(done)


class Changing(io.FileIO):
    """A file with which something happens when it is read for the n-th time."""

    def __init__(self, path: Path, at: int, happens: Callable[[Path], None]) -> None:
        super().__init__(path)
        self._path, self._left, self._happens = path, at, happens

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left == 0:
            self._happens(self._path)
        return super().read(-1 if size is None else size) or b""


def cut(path: Path) -> None:
    os.truncate(path, len(GOOD) // 3)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def grown(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def turned(path: Path) -> None:
    """Every octet another one."""
    with path.open("r+b") as file:
        file.write(bytes(octet ^ 0xFF for octet in GOOD))


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("happens", [cut, emptied, grown, turned, gone])
def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    path = tmp_path / "x.wacz"
    verdicts = set()
    for at in range(1, 80, 1 if happens in (cut, turned) else 7):
        path.write_bytes(GOOD)
        with Changing(path, at, happens) as file:
            report = examine(file, "x.wacz", SOFTWARE)  # type: ignore[arg-type]
        problems = [problem for check in report.checks for problem in check.problems]
        assert not [one for one in problems if one.rule == "unexpected"], (at, problems)
        verdicts.add(report.verdict)
    # What was read before is what it was; whatever was not, is refused.
    assert verdicts <= {"untrusted", "refused", "unreadable"}
    if happens is gone:
        assert verdicts == {"untrusted"}
    else:
        assert "refused" in verdicts


def has(tool: str, *words: str) -> bool:
    found = shutil.which(tool)
    return found is not None and (
        subprocess.run([found, *words], check=False, capture_output=True).returncode == 0
    )


NAMED = "/nowhere/named-in-a-package"


def naming(schema: bool) -> bytes:
    """A package that names a path and a URL wherever one may stand."""
    files = opened(GOOD)
    if schema:
        weaker = {"$ref": f"file://{NAMED}", "$schema": "http://127.0.0.1:9/named-in-a-package"}
        return sealed(files | {SCHEMA: json.dumps(weaker).encode()})
    return sealed(files, lambda value: value["resources"][0].update(path=NAMED))


OPENS_TO_WRITE = re.compile(r"open(?:at2?)?\(.*O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)")


@pytest.mark.skipif(not has("strace", "true"), reason="needs strace")
def test_what_the_system_is_asked(tmp_path: Path) -> None:
    """Nothing is opened that a package names, nothing is written, nobody is asked."""
    folder = tmp_path / "packages"
    folder.mkdir()
    for number, octets in enumerate(
        [package(state) for state in STATES] + [naming(schema=False), naming(schema=True)]
    ):
        (folder / f"{number:02}.wacz").write_bytes(octets)
    traced = tmp_path / "traced"
    env = {"PYTHONDONTWRITEBYTECODE": "1", "HOME": str(tmp_path / "home")}
    asked = (
        "%file,%network,openat2,write,pwrite64,writev,ftruncate,fallocate,copy_file_range,sendfile"
    )
    done = archiver(
        *("verify", folder),
        env=env,
        prefix=("strace", "-f", "-qq", "-s", "300", "-o", str(traced), "-e", f"trace={asked}"),
    )
    assert done.code == 3, done.err
    calls = [line.split(maxsplit=1)[1] for line in traced.read_text().splitlines()]
    assert any(str(folder) in call for call in calls)  # it has traced the reading
    assert not [call for call in calls if "named-in-a-package" in call]
    # Several processes tell each other by pipes; none is a socket to anywhere.
    sockets = [call for call in calls if re.match(r"(?:socket|connect|bind|sendto)\(", call)]
    assert not [call for call in sockets if "AF_INET" in call or "AF_UNIX" in call], sockets
    writing = [call for call in calls if OPENS_TO_WRITE.match(call) and "/dev/null" not in call]
    # Semaphores of the system between the processes are in memory, and have no name any more.
    assert not [call for call in writing if "/dev/shm/sem." not in call], writing
    changing = re.compile(r"(?:rename|mkdir|rmdir|unlink|link|symlink|mknod|chmod|chown|truncate)")
    changed = [call for call in calls if changing.match(call) and "/dev/shm/" not in call]
    assert not changed, changed
    assert not (tmp_path / "home").exists()


NO_NETWORK = ("unshare", "-n") if ROOT else ("unshare", "-rn")
MOUNTS = ("unshare", "-m") if ROOT else ("unshare", "-rm")


@pytest.mark.skipif(not has(*NO_NETWORK, "true"), reason="needs network namespaces")
def test_without_any_network(tmp_path: Path) -> None:
    for state in STATES:
        (tmp_path / f"{state}.wacz").write_bytes(package(state))
    assert archiver("verify", tmp_path, prefix=NO_NETWORK).code == 9
    one = tmp_path / "captured.wacz"
    for verb in ("show", "rebuild", "compare"):
        assert archiver(verb, one, prefix=NO_NETWORK).code == 0


@pytest.mark.skipif(not has(*MOUNTS, "true"), reason="needs mount namespaces")
def test_on_a_disk_that_is_read_only(tmp_path: Path) -> None:
    script = (
        'mount -t tmpfs none "$1" && cp "$2" "$1/x.wacz" && mount -o remount,ro "$1" && cd "$1"'
        ' && shift 2 && exec "$@"'
    )
    disk, one = tmp_path / "disk", tmp_path / "x.wacz"
    disk.mkdir()
    one.write_bytes(GOOD)
    prefix = (*MOUNTS, "sh", "-c", script, "sh", str(disk), str(one))
    done = archiver("verify", "x.wacz", prefix=prefix, env={"HOME": "/nonexistent"})
    assert (done.code, done.err) == (9, "")


def test_a_folder_of_its_own_that_is_gone(tmp_path: Path) -> None:
    """The working folder was removed under the process; the package has a whole path."""
    one, cwd = tmp_path / "x.wacz", tmp_path / "cwd"
    cwd.mkdir()
    one.write_bytes(GOOD)
    done = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", sys.executable, "-m", "archiver",
         "verify", str(one)],
        cwd=cwd, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (9, "")
