"""`indexes/index.cdx` and `pages/pages.jsonl`: what replay tools look pages up in.

CDXJ 0.1.0, one line a `response` or `resource` record, in the order of `LC_ALL=C sort`.
"""

from __future__ import annotations

import json
from typing import Any

from archiver import warc
from archiver.http1 import Head
from archiver.moment import compact
from archiver.package.archive import Entities
from archiver.package.surt import surt


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
