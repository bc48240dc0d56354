"""Receipts: what a run of captures leaves for whoever publishes it, in a folder of its own.

It is laid out as an archives folder: `ledger/<log>/` with the lines that no checkpoint covers
yet, and `<case>/packages/` with packages of theirs and what stands beside them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from archiver.attest.entries import Entry
from archiver.custody import ledger, sharing, store
from archiver.custody.bringing import entries_of
from archiver.custody.disk import locked, make_folder, names_in, storage, write_file
from archiver.custody.ledger import VKEY, Log
from archiver.custody.packagefiles import cases_in
from archiver.custody.store import writer
from archiver.errors import InvalidInput, Problem, Refused, StorageFailed

EMPTY = "NOTHING"


def check_may_leave(archives: Path, log: Log | None, *, public: bool, declared: bool) -> None:
    """Raises `Refused` where a case here, or one of which the log tells, must not leave."""
    told = set() if log is None else {one.said.get("case") for one in entries_of(log)}
    names = {*cases_in(archives), *(one for one in told if one is not None)}
    labels = {name: sharing.label(archives / name) for name in sorted(names)}
    kept = [
        Problem(where=name, rule="tlp", what=_why(label, public), fix=_FIX)
        for name, label in labels.items()
        if not sharing.may_leave(label, public=public, declared=declared)
    ]
    if kept:
        more = f" (and {len(kept) - 1} more)" if len(kept) > 1 else ""
        raise Refused(
            "sharing.kept", f"{kept[0].what}{more}", where=f"{archives / kept[0].where}", hint=_FIX
        )


_FIX = "a log is published whole: keep such cases in an archives folder that is not"


def _why(label: str, public: bool) -> str:
    place = "a place that everybody may read" if public else "a repository"
    if label == sharing.UNSAID:
        return f"has no TLP label, and so does not go to {place} without --public"
    return f"TLP:{label} (or no readable case.toml), which does not go to {place}"


def collect(archives: Path, log: Log, to: Path, *, packages: bool) -> tuple[int, int]:
    """Copy what is new into the folder `to`: how many lines, and how many packages.

    Raises `StorageFailed` where anything stands in `to`, or the disk fails.
    """
    make_folder(to)
    if names_in(to):
        raise StorageFailed("storage.exists", "the folder is not empty", where=str(to))
    last = log.checkpoint()
    lines = entries_of(log, since=0 if last is None else last.size)
    folder = ledger.folder_of(to) / log.id
    names = sorted({VKEY, *(log.path(first).name for first in log.files() if _has(first, lines))})
    for name in names:
        _copy(log.folder / name, folder / name)
    copied = 0
    for one in lines if packages else ():
        if one.event == "capture":
            copied += _copy_package(archives, to, one)
    return len(lines), copied


def empty(to: Path) -> None:
    """Leave a folder that says that nothing was written: what carries files from one job to the
    next carries no empty folders. Raises `StorageFailed`."""
    make_folder(to)
    with locked(to):
        write_file(to / EMPTY, writer(b"This run wrote nothing into a ledger.\n"))


def _has(first: int, lines: list[Entry]) -> bool:
    return bool(lines) and first >= lines[0].seq


def _copy_package(archives: Path, to: Path, line: Entry) -> int:
    folder = Path(line.said["case"]) / store.PACKAGES
    names = beside(archives / folder, line.said["name"])
    for name in names:
        _copy(archives / folder / name, to / folder / name)
    return int(line.said["name"] in names)


def beside(folder: Path, package: str) -> list[str]:
    """The names of a package and of what stands beside it: regular files, where they are there."""
    if not folder.is_dir() or folder.is_symlink():
        return []
    names = [one for one in names_in(folder) if one == package or one.startswith(f"{package}.")]
    return sorted(one for one in names if store.is_regular(folder / one))


def _copy(source: Path, to: Path) -> None:
    make_folder(to.parent)
    with storage(source, "copy the file"):
        octets = source.read_bytes()
    with locked(to.parent):
        write_file(to, writer(octets))


def packages_of(folder: Path, lines: list[Entry]) -> Iterator[tuple[Path, str]]:
    """The packages in a folder of receipts, each with what stands beside it: where it stands
    there, and its place in an archives folder.

    Raises `Refused` for one that is not the file of a line, or stands in none.
    """
    named = {
        (one.said["case"], one.said["name"]): one.said["file"]
        for one in lines
        if one.event == "capture"
    }
    for path in store.packages_below(folder):
        parts = path.relative_to(folder).parts
        place = (parts[0], parts[-1])
        if len(parts) != 3 or parts[1] != store.PACKAGES or place not in named:
            raise Refused("receipts.unknown", "a package of which no line tells", where=str(path))
        if _digest(path) != named[place]:
            raise Refused("receipts.other", "not the file that its line names", where=str(path))
        for name in beside(path.parent, path.name):
            yield path.with_name(name), "/".join((*parts[:2], name))


def _digest(path: Path) -> str:
    with storage(path, "read a package"), path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def log_in(folder: Path) -> Log | None:
    """The log in a folder of receipts; None where the run left none. Raises `InvalidInput` for
    what is none of ours."""
    if not ledger.folder_of(folder).is_dir():
        return None
    logs = list(ledger.logs(folder))
    if len(logs) > 1:
        raise InvalidInput("receipts.logs", "holds lines of more than one log", where=str(folder))
    return logs[0] if logs else None
