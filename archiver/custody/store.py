"""`archives/<case-id>/`: `case.toml`, the seed text and `packages/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archiver.custody.disk import Writer, locked, make_folder, storage, write_file, write_folder
from archiver.digest import Digest
from archiver.errors import InvalidInput, StorageFailed
from archiver.moment import compact
from archiver.package.derive import CAPTURE
from archiver.package.reading import open_package

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


def last_package_id(case: Path) -> Digest | None:
    """The id of the newest package of a case, None without one.

    Raises `StorageFailed` where that package cannot be read or is damaged.
    """
    made = packages(case)
    same_second = [one for one in made if one.name[:16] == made[-1].name[:16]]
    ids = [_identify(one) for one in same_second]
    # Of several made in one second, the last is the one that no other names as its previous.
    named = {previous for _, previous in ids}
    return next((one for one, _ in reversed(ids) if str(one) not in named), None)


def _identify(package: Path) -> tuple[Digest, object]:
    """A package's id, and the id that it names as the one before it."""
    with storage(package, "read the last package"), package.open("rb") as file:
        try:
            opened = open_package(file)
            return opened.id, opened.document(CAPTURE).get("previous")
        except InvalidInput as fault:
            raise StorageFailed(
                "storage.damaged",
                f"the last package of this case is damaged: {fault.what}",
                where=str(package),
                hint="archiver verify says where; restore it, or move it out of the folder",
            ) from None


def add_package(case: Path, name: str, write: Writer) -> Path:
    """Write a package into the case, atomically."""
    folder = case / PACKAGES
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
        name: (_writer(file.octets), file.mode) for name, file in files.items()
    }
    if package is not None:
        entries[f"{PACKAGES}/{package[0]}"] = (package[1], 0o666)
    with locked(case.parent):
        return write_folder(case, entries)


def _writer(octets: bytes) -> Writer:
    def write(file: BinaryIO) -> None:
        file.write(octets)

    return write
