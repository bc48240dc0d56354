"""Opening a package: from its octets back to its primary exhibits."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from archiver import canonical
from archiver.capturejson import from_document
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.openfile import OpenFile
from archiver.package import container
from archiver.package.archive import Entities, read_archive
from archiver.package.container import Exhibit
from archiver.package.derive import (
    ASSESSED,
    CAPTURE,
    CLAIMED,
    DATAPACKAGE,
    SEED,
    SEED_TEXT,
    WARC,
    Primary,
)
from archiver.warc import Record

_START = b"PK\x03\x04"
_END = b"PK\x05\x06"


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """The exhibits of a package by path, and its id. Nothing in it has been believed yet."""

    exhibits: Mapping[str, Exhibit]
    id: Digest
    _documents: dict[str, dict[str, Any]] = field(default_factory=dict, compare=False, repr=False)

    def document(self, path: str) -> dict[str, Any]:
        """A JSON exhibit, read strictly and once; not to be changed by the caller.

        Raises `InvalidInput` naming the path.
        """
        if path not in self._documents:
            self._documents[path] = canonical.read(self.octets(path), path)
        return self._documents[path]

    def octets(self, path: str) -> bytes:
        """A small exhibit's octets. Raises `InvalidInput` where it is missing."""
        if path not in self.exhibits:
            raise InvalidInput("package.missing", "the package lacks this file", where=path)
        if self.exhibits[path].size > canonical.MAX_OCTETS:
            raise InvalidInput("package.document_size", "larger than any document", where=path)
        return self.exhibits[path].octets()

    def window(self, path: str) -> BinaryIO:
        """A large exhibit as a file. Raises `InvalidInput` where it is missing."""
        if path not in self.exhibits:
            raise InvalidInput("package.missing", "the package lacks this file", where=path)
        return self.exhibits[path].window()


def looks_like_package(file: BinaryIO) -> bool:
    """Whether the file could be meant as a package at all: the marks of a ZIP at either end."""
    file.seek(0)
    if file.read(4) == _START:
        return True
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    return _END in file.read(65_557)


def open_package(file: BinaryIO | OpenFile) -> Package:
    """Read the container strictly. Raises `InvalidInput` at the first wrong octet."""
    exhibits = {one.path: one for one in container.read(file)}
    if DATAPACKAGE not in exhibits:
        raise InvalidInput("package.missing", "the package lacks this file", where=DATAPACKAGE)
    return Package(exhibits=exhibits, id=exhibits[DATAPACKAGE].digest)


def primary_of(
    package: Package, read: tuple[tuple[Record, ...], Entities] | None = None
) -> Primary:
    """The primary exhibits, read; `read` where the WARC has been read already.

    Raises `InvalidInput` naming the place of the first fault.
    """
    archive = package.window(WARC)
    records, entities = read or read_archive(archive)
    included = SEED_TEXT in package.exhibits
    stands_alone = not included and SEED in package.exhibits
    return Primary(
        archive=archive,
        records=records,
        entities=entities,
        observation=from_document(package.document(CAPTURE)),
        claimed=package.document(CLAIMED),
        assessed=package.document(ASSESSED),
        seed=package.octets(SEED_TEXT) if included else None,
        seed_document=package.document(SEED) if stands_alone else None,
    )
