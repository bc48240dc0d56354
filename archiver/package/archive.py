"""The WARC file of a package, read once from its first octet to its last: the records with
their digests, and the entity body of every response with its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from archiver import warc
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.http1 import Head, ResponseReader

_PIECE = 64 * 1024  # octets that a capture reads at once


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """What the response in a record holds, read again from its octets."""

    head: Head | None
    size: int
    digest: Digest
    framing: str
    complete: bool
    extra: int
    head_end: bytes


@dataclass(frozen=True, slots=True)
class Entities:
    """What the responses of a WARC file hold, by the place of their records."""

    _read: Mapping[int, Entity | InvalidInput]

    def of(self, record: warc.Record) -> Entity:
        """What the response in this record holds.

        Raises `InvalidInput` for what no capture records as one: an interim response in
        front, or a head that goes on after every reader has given up.
        """
        read = self._read[record.offset]
        if isinstance(read, InvalidInput):
            raise read
        return read


def read_archive(file: BinaryIO) -> tuple[tuple[warc.Record, ...], Entities]:
    """Every record and every response of a WARC file, in one pass.

    Raises `InvalidInput` as `warc.read` does.
    """
    found: dict[int, Entity | InvalidInput] = {}
    reader = _EntityReader()

    def tap(kind: str) -> Callable[[bytes], None] | None:
        nonlocal reader
        reader = _EntityReader()
        return reader.feed if kind == "response" else None

    records = []
    for record in warc.read(file, tap):
        records.append(record)
        if record.type == "response":
            found[record.offset] = reader.done(record.id)
    return tuple(records), Entities(found)


def small(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Octets in pieces as small as they come over the wire."""
    for piece in pieces:
        for start in range(0, len(piece), _PIECE):
            yield piece[start : start + _PIECE]


class _EntityReader:
    """Reads one response as it goes by."""

    def __init__(self) -> None:
        self._digest = sha256()
        self._size = 0
        self._head = bytearray()
        self._reader = ResponseReader(self._take)
        self._wrong = False

    def feed(self, octets: bytes) -> None:
        """The next octets of the record's block."""
        start = 0
        while self._reader.in_head and start < len(octets):
            # Whether a head is too large is asked as often as when it came over the wire.
            self._feed(octets[start : start + _PIECE])
            start += _PIECE
        if start < len(octets):
            self._feed(octets[start:])

    def _feed(self, piece: bytes) -> None:
        reader = self._reader
        self._wrong = self._wrong or bool(reader.interim) or reader.head_too_large
        if self._wrong:
            return
        if reader.in_head:
            self._head += piece
        reader.feed(piece)

    def done(self, identity: str) -> Entity | InvalidInput:
        """What it was, after the last octet; `identity` is the record's id."""
        reader = self._reader
        if self._wrong or reader.interim:
            return InvalidInput("warc.response", "not one response", where=identity)
        reader.end()
        head = 0 if reader.head is None else reader.head.size
        return Entity(
            head=reader.head,
            size=self._size,
            digest=Digest(self._digest.hexdigest()),
            framing=reader.framing,
            complete=reader.complete,
            extra=reader.extra,
            head_end=bytes(self._head[max(0, head - 4) : head]),
        )

    def _take(self, octets: bytes) -> None:
        self._digest.update(octets)
        self._size += len(octets)
