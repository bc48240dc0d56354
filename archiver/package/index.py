"""`indexes/index.cdx` and `pages/pages.jsonl`: what replay tools look pages up in.

CDXJ 0.1.0, one line a `response` or `resource` record, in the order of `LC_ALL=C sort`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO

from archiver import warc
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.http1 import Head, ResponseReader
from archiver.moment import compact
from archiver.package.surt import surt

PIECE = 64 * 1024  # octets that a capture reads at once


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


class Entities:
    """The responses of a WARC file, each read once."""

    def __init__(self, archive: BinaryIO) -> None:
        self._archive = archive
        self._read: dict[int, Entity] = {}

    def of(self, record: warc.Record) -> Entity:
        """What the response in this record holds. Raises `InvalidInput` as `entity_of` does."""
        if record.offset not in self._read:
            self._read[record.offset] = entity_of(self._archive, record)
        return self._read[record.offset]


def small_blocks(archive: BinaryIO, record: warc.Record) -> Iterator[bytes]:
    """The octets of a record in pieces as small as they come over the wire."""
    for block in warc.blocks(archive, record):
        for start in range(0, len(block), PIECE):
            yield block[start : start + PIECE]


def entity_of(archive: BinaryIO, record: warc.Record) -> Entity:
    """Read the HTTP response in a `response` record.

    Raises `InvalidInput` for what no capture records as one: an interim response in front,
    or a head that goes on after every reader has given up.
    """
    digest = sha256()
    size = 0

    def take(octets: bytes) -> None:
        nonlocal size
        digest.update(octets)
        size += len(octets)

    reader = ResponseReader(take)
    too_large = False
    for piece in small_blocks(archive, record):
        if reader.interim or too_large:
            raise InvalidInput("warc.response", "not one response", where=record.id)
        reader.feed(piece)
        too_large = reader.head_too_large
    if reader.interim:
        raise InvalidInput("warc.response", "not one response", where=record.id)
    reader.end()
    head = 0 if reader.head is None else reader.head.size
    return Entity(
        head=reader.head,
        size=size,
        digest=Digest(digest.hexdigest()),
        framing=reader.framing,
        complete=reader.complete,
        extra=reader.extra,
        head_end=next(warc.blocks(archive, record), b"")[:head][-4:],
    )


def index(records: tuple[warc.Record, ...], entities: Entities) -> bytes:
    """`indexes/index.cdx` of a WARC file."""
    lines = []
    for record in records:
        if record.type not in ("response", "resource") or record.uri is None:
            continue
        if record.type == "response" and not _is_http(entities.of(record).head):
            # Octets that are no HTTP would replay as an empty page of the site: they are
            # kept, and not shown as its page.
            continue
        lines.append(f"{surt(record.uri)} {compact(record.date)} {_fields(record, entities)}\n")
    return "".join(sorted(lines)).encode("ascii")


def _is_http(head: Head | None) -> bool:
    return head is not None and head.status is not None


def _fields(record: warc.Record, entities: Entities) -> str:
    mime, status, digest = record.content_type, None, record.block_digest
    if record.type == "response":
        entity = entities.of(record)
        digest = entity.digest
        declared = (entity.head and entity.head.value("content-type")) or "unk"
        mime = declared
        status = entity.head and entity.head.status
    line: dict[str, Any] = {"url": record.uri, "mime": mime.partition(";")[0].strip() or "unk"}
    if status is not None:
        line["status"] = str(status)
    line |= {
        "digest": str(digest),
        "length": str(record.size),
        "offset": str(record.offset),
        "filename": "data.warc",
        "recordDigest": str(record.record_digest),
    }
    return json.dumps(line, ensure_ascii=True, separators=(",", ":"))
