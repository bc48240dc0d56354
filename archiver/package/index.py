"""`indexes/index.cdx` and `pages/pages.jsonl`: what replay tools look pages up in.

CDXJ 0.1.0, one line a `response` or `resource` record, in the order of `LC_ALL=C sort`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from archiver import warc
from archiver.digest import Digest
from archiver.http1 import Head, ResponseReader
from archiver.moment import compact

_WWW = re.compile(r"\Awww[0-9]*\.")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """What the response in a record holds, read again from its octets."""

    head: Head | None
    size: int
    digest: Digest
    framing: str
    complete: bool
    extra: int


def entity_of(archive: BinaryIO, record: warc.Record) -> Entity:
    """Read the HTTP response in a `response` record."""
    digest = sha256()
    size = 0

    def take(octets: bytes) -> None:
        nonlocal size
        digest.update(octets)
        size += len(octets)

    reader = ResponseReader(take)
    for piece in warc.blocks(archive, record):
        reader.feed(piece)
    reader.end()
    return Entity(
        head=reader.head,
        size=size,
        digest=Digest(digest.hexdigest()),
        framing=reader.framing,
        complete=reader.complete,
        extra=reader.extra,
    )


def index(archive: BinaryIO, records: tuple[warc.Record, ...]) -> bytes:
    """`indexes/index.cdx` of a WARC file."""
    lines = []
    for record in records:
        if record.type not in ("response", "resource") or record.uri is None:
            continue
        lines.append(f"{surt(record.uri)} {compact(record.date)} {_fields(archive, record)}\n")
    return "".join(sorted(lines)).encode("ascii")


def _fields(archive: BinaryIO, record: warc.Record) -> str:
    mime, status, digest = record.content_type, None, record.block_digest
    if record.type == "response":
        entity = entity_of(archive, record)
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


def surt(url: str) -> str:
    """The Sort-friendly URI Reordering Transform, as far as replay tools use it for look-up."""
    if not url.lower().startswith(("http://", "https://")):
        return re.sub(r"[^\x21-\x7e]", "", url.lower()).rstrip("/")
    parts = urlsplit(url.lower())
    host = _WWW.sub("", parts.hostname or "", count=1)
    if ":" not in host:
        host = ",".join(reversed(host.split(".")))
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    path = re.sub("//+", "/", parts.path).rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&")))
    return f"{host}{port}){path}{'?' + query if query else ''}"
