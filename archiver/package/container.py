"""The ZIP container: one writer, and a reader that accepts only what the writer writes.

Every entry is stored, every header field is constant (APPNOTE 6.3.9), so the file is a
function of its names and octets, and every octet of it is accounted for on reading.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.openfile import OpenFile

LAST = ("datapackage.json", "datapackage-digest.json")
MAX_SIZE = (1 << 32) - 2  # octets: no ZIP64 in this format; a larger package is refused
MAX_ENTRIES = 1 << 12

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)?")
_VERSION = 20
_MADE_BY = 0x0314  # Unix, so that the mode in the external attributes counts
_DATE = 0x0021  # 1980-01-01, and time 0: the format's own zero
_MODE = 0o100644 << 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Exhibit:
    """A file of the package: its path, its measured octets, and where to read them."""

    path: str
    size: int
    digest: Digest
    crc32: int
    source: OpenFile
    offset: int = 0

    def pieces(self) -> Iterator[bytes]:
        """The octets, in pieces."""
        return self.source.pieces(self.offset, self.size)

    def octets(self) -> bytes:
        """All octets at once: for exhibits that are small by nature."""
        return b"".join(self.pieces())

    def window(self) -> BinaryIO:
        """The exhibit as a file of its own."""
        return self.source.window(self.offset, self.size)


def exhibit(path: str, octets: bytes) -> Exhibit:
    """An exhibit from octets in memory."""
    return measured(path, OpenFile(io.BytesIO(octets)), 0, len(octets))


def measured(path: str, source: OpenFile, offset: int, size: int) -> Exhibit:
    """An exhibit from a stretch of a file, digest and CRC taken in one pass."""
    digest, crc = sha256(), 0
    for piece in source.pieces(offset, size):
        digest.update(piece)
        crc = zlib.crc32(piece, crc)
    return Exhibit(
        path=path,
        size=size,
        digest=Digest(digest.hexdigest()),
        crc32=crc,
        source=source,
        offset=offset,
    )


def order(path: str) -> tuple[int, bytes]:
    """The sort key of entries: octets of the path, the two manifests last."""
    return (LAST.index(path) + 1 if path in LAST else 0), path.encode("ascii")


def write(exhibits: Iterable[Exhibit], out: BinaryIO) -> None:
    """Write the package. Raises `InvalidInput` where it would be larger than the format allows."""
    central = []
    offset = 0
    entries = sorted(exhibits, key=lambda one: order(one.path))
    if _size(entries) > MAX_SIZE:
        raise InvalidInput(
            "package.too_large",
            "the package would be larger than 4 GiB, which its format does not allow",
            hint="capture less at once: --max-bytes",
        )
    for one in entries:
        header = _local(one.path, one.size, one.crc32)
        out.write(header)
        for piece in one.pieces():
            out.write(piece)
        central.append(_central(one.path, one.size, one.crc32, offset))
        offset += len(header) + one.size
    directory = b"".join(central)
    out.write(directory)
    out.write(_end(len(central), len(directory), offset))


def _size(entries: Iterable[Exhibit]) -> int:
    headers = _LOCAL.size + _CENTRAL.size
    return _END.size + sum(headers + 2 * len(one.path) + one.size for one in entries)


def first(package: OpenFile, path: str) -> tuple[int, int] | None:
    """Where a package's first entry begins and how long it says it is, if it has this name.

    For reading ahead only: nothing of it has been checked.
    """
    start = package.at(0, _LOCAL.size)
    if len(start) < _LOCAL.size:
        return None
    length, header = _LOCAL.unpack(start)[8], _LOCAL.size + len(path)
    named = package.at(_LOCAL.size, len(path)) == path.encode("ascii")
    return (header, length) if named and header + length <= package.size() else None


def read(file: BinaryIO | OpenFile) -> tuple[Exhibit, ...]:
    """Every entry of a package, measured.

    Raises `InvalidInput` at the first octet that `write` would not have written.
    """
    package = file if isinstance(file, OpenFile) else OpenFile(file)
    size = package.size()
    if size > MAX_SIZE:
        raise _fault("larger than the format allows", MAX_SIZE)
    found: list[Exhibit] = []
    central = []
    position = 0
    while True:
        start = package.at(position, _LOCAL.size)
        if not start.startswith(b"PK\x03\x04"):
            break
        one, header = _entry(package, start, position, size)
        if found and order(found[-1].path) >= order(one.path):
            raise _fault("entries out of order, or one name twice", position)
        if len(found) >= MAX_ENTRIES:
            raise _fault("more entries than a package has", position)
        central.append(_central(one.path, one.size, one.crc32, position))
        found.append(one)
        position += len(header) + one.size
    directory = b"".join(central)
    expected = directory + _end(len(central), len(directory), position)
    rest = package.at(position, len(expected) + 1)
    if rest != expected:
        wrong = next(
            (at for at, pair in enumerate(zip(rest, expected, strict=False)) if pair[0] != pair[1]),
            min(len(rest), len(expected)),
        )
        raise _fault("the directory is not the one that these entries have", position + wrong)
    return tuple(found)


def _entry(package: OpenFile, start: bytes, position: int, size: int) -> tuple[Exhibit, bytes]:
    if len(start) < _LOCAL.size:
        raise _fault("the file ends inside an entry", position)
    fields = _LOCAL.unpack(start)
    crc, length, name_length = fields[6], fields[8], fields[9]
    name = package.at(position + _LOCAL.size, min(name_length, 256)).decode("latin-1")
    if len(name) > 200 or _NAME.fullmatch(name) is None:
        raise _fault("an entry with a name that is not allowed", position)
    header = _local(name, length, crc)
    if package.at(position, len(header)) != header:
        raise _fault("an entry header of another form", position)
    offset = position + len(header)
    if offset + length > size:
        raise _fault("an entry that reaches beyond the file", position)
    one = measured(name, package, offset, length)
    if one.crc32 != crc:
        raise _fault(f"the octets of {name} do not have their CRC-32", position)
    return one, header


def _local(path: str, size: int, crc: int) -> bytes:
    name = path.encode("ascii")
    return (
        _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name), 0) + name
    )


def _central(path: str, size: int, crc: int, offset: int) -> bytes:
    name = path.encode("ascii")
    return (
        _CENTRAL.pack(
            b"PK\x01\x02",
            _MADE_BY,
            _VERSION,
            0,
            0,
            0,
            _DATE,
            crc,
            size,
            size,
            len(name),
            0,
            0,
            0,
            0,
            _MODE,
            offset,
        )
        + name
    )


def _end(count: int, size: int, offset: int) -> bytes:
    return _END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0)


def _fault(what: str, position: int) -> InvalidInput:
    return InvalidInput("package.container", what, where=f"octet {position}")
