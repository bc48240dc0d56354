"""`archives/<case-id>/`: `case.toml`, the seed text and `packages/`."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, cast

from archiver.custody.disk import (
    TEMPORARY,
    Writer,
    locked,
    make_folder,
    storage,
    write_file,
    write_folder,
)
from archiver.digest import Digest
from archiver.errors import InvalidInput, StorageFailed
from archiver.moment import compact
from archiver.package.derive import CAPTURE, COMPARISON, OUTCOME
from archiver.package.reading import Package, open_package

CASE = "case.toml"
PACKAGES = "packages"
_PACKAGE_NAME = re.compile(r"([0-9]{8}T[0-9]{6}Z)-([0-9a-f]{8})\.wacz")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file for a new case folder: its octets and mode (before the umask)."""

    octets: bytes
    mode: int = 0o666


def package_name(created: str, package_id: Digest) -> str:
    """`20261122T113320Z-0b1d4ea0.wacz`: when it was made, and the start of its id."""
    digits = compact(created)
    return f"{digits[:8]}T{digits[8:]}Z-{package_id.hex[:8]}.wacz"


def packages(case: Path) -> list[Path]:
    """The packages of a case, oldest first."""
    folder = case / PACKAGES
    with storage(folder, "list the packages"):
        if not folder.is_dir():
            return []
        return sorted(one for one in folder.iterdir() if _PACKAGE_NAME.fullmatch(one.name))


def packages_below(folder: Path) -> list[Path]:
    """All packages below a folder, by path: regular files, and none that a killed writer left
    behind half-written."""
    return sorted(
        one
        for one in folder.rglob("*.wacz")
        if not any(part.startswith(TEMPORARY) for part in one.relative_to(folder).parts)
        and one.is_file()
        and not one.is_symlink()
    )


def last_package(case: Path) -> tuple[Digest | None, tuple[Path, ...]]:
    """The id of the newest package that can be read, and the newer ones that cannot.

    None only where the case has no package yet. Raises `StorageFailed` where not one of
    its packages can be read: a capture must not say that it is the first then; and where
    something else than a file bears the name of a package.
    """
    damaged: list[Path] = []
    found = packages(case)
    for one in found:
        if not is_regular(one):
            raise StorageFailed(
                "storage.foreign",
                "a symbolic link or no file at all stands where a package should be",
                where=str(one),
                hint="move it away",
            )
    seconds = groupby(reversed(found), key=lambda one: one.name[:16])
    for _, same_second in seconds:
        readable = []
        for one in same_second:
            ids = _identify(one)
            if ids is None:
                damaged.append(one)
            else:
                readable.append(ids)
        if readable:
            # Of several made in one second, the last is the one that no other comes after.
            named = {previous for _, previous in readable}
            last = next((one for one, _ in readable if str(one) not in named), readable[0][0])
            return last, tuple(damaged)
    if damaged:
        raise StorageFailed(
            "storage.damaged",
            "no package of this case can be read",
            where=str(case),
            hint="archiver verify says what is wrong; restore them, or move them out",
        )
    return None, ()


def is_regular(path: Path) -> bool:
    """Whether a file stands there, and no link to one."""
    with storage(path, "look at the file"):
        return stat.S_ISREG(path.lstat().st_mode)


_TOLD = ((CAPTURE, "started"), (COMPARISON, "result"))


@dataclass(frozen=True, slots=True)
class Kept:
    """A package that is kept: its id, when its capture began, what became of the text."""

    id: Digest
    started: str
    comparison: str


def last_captured(case: Path) -> Kept | None:
    """The newest readable package of a case that had the page; None where none had it."""
    had = (
        Kept(one.id, *(str(one.document(path).get(key)) for path, key in _TOLD))
        for one in _readable(case, OUTCOME, CAPTURE, COMPARISON)
        if one.document(OUTCOME).get("state") == "captured"
    )
    return next(had, None)


def last_source(case: Path) -> str | None:
    """The source of the newest readable package of a case; None where there is none."""
    sources = (str(one.document(CAPTURE).get("source")) for one in _readable(case, CAPTURE))
    return next(sources, None)


def _readable(case: Path, *documents: str) -> Iterator[Package]:
    """The packages of a case in which these documents can be read, the newest first. Each is good
    until the next is asked for."""
    for package in filter(is_regular, reversed(packages(case))):
        with storage(package, "read an earlier package"), package.open("rb") as file:
            try:
                opened = open_package(file)
                for name in documents:
                    opened.document(name)
            except InvalidInput:
                continue
            yield opened


def _identify(package: Path) -> tuple[Digest, object] | None:
    """A package's id, and the id that it names as the one before it; None where it is damaged."""
    with storage(package, "read the last package"), package.open("rb") as file:
        try:
            opened = open_package(file)
            return opened.id, opened.document(CAPTURE).get("previous")
        except InvalidInput:
            return None


def add_package(case: Path, name: str, write: Writer) -> Path:
    """Write a package into the case, atomically."""
    folder = case / PACKAGES
    make_folder(case)
    make_folder(folder)
    with locked(folder):
        write_file(folder / name, write)
    return folder / name


def add_case(case: Path, files: dict[str, NewFile], package: tuple[str, Writer] | None) -> bool:
    """Write a new case folder, with its first package where there is one, in one step.

    Gives False where the folder exists already: then nothing is written.
    """
    make_folder(case.parent)
    entries: dict[str, tuple[Writer, int]] = {
        name: (writer(file.octets), file.mode) for name, file in files.items()
    }
    if package is not None:
        entries[f"{PACKAGES}/{package[0]}"] = (package[1], 0o666)
    with locked(case.parent):
        return write_folder(case, entries)


class Tally:
    """A writer that keeps what the digest and size of its file are."""

    def __init__(self, write: Writer) -> None:
        self._write = write
        self.digest = Digest.of(b"")
        self.octets = 0

    def __call__(self, file: BinaryIO) -> None:
        """Write the file, anew each time that it is called."""
        counted = _Counted(file)
        self._write(cast(BinaryIO, counted))
        self.digest, self.octets = Digest(counted.hashed.hexdigest()), counted.octets


class _Counted:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hashed = hashlib.sha256()
        self.octets = 0

    def write(self, octets: bytes) -> int:
        self.hashed.update(octets)
        self.octets += len(octets)
        return self._file.write(octets)


def writer(octets: bytes) -> Writer:
    """What writes these octets."""

    def write(file: BinaryIO) -> None:
        file.write(octets)

    return write
