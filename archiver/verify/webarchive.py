"""The web archive by itself: record by record what WARC/1.1 asks of it, whatever was captured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from archiver.errors import InvalidInput, Problem
from archiver.moment import is_spelled
from archiver.observation import TRUNCATIONS
from archiver.package.archive import Entities
from archiver.package.derive import WARC
from archiver.records import HTTP_REQUEST, HTTP_RESPONSE
from archiver.warc import Record

_CONTENT_TYPES = {"request": HTTP_REQUEST, "response": HTTP_RESPONSE}


def misrecorded(records: tuple[Record, ...], entities: Entities) -> Iterator[Problem]:
    """Every record that is none of ours by its own words, its relations or its digests."""
    if not records:
        yield _problem(WARC, "holds no record")
        return
    ids = {record.id for record in records}
    seen: set[str] = set()
    for number, record in enumerate(records):
        where = f"{WARC} {record.id}"
        if (number == 0) != (record.type == "warcinfo"):
            yield _problem(where, "the warcinfo record is the first one, and the only one")
        if record.id in seen:
            yield _problem(where, "this id stands twice")
        seen.add(record.id)
        if not set(record.concurrent_to) <= ids - {record.id}:
            yield _problem(where, "is concurrent to a record that is not here")
        for what in (*_fields(record), *_payload(record, entities)):
            yield _problem(where, what)


def _fields(record: Record) -> Iterator[str]:
    """WARC/1.1 §5 and §6: which fields a type has, as far as we write them."""
    if not is_spelled(record.date):
        yield "has no proper date"
    if (record.uri is None) != (record.type == "warcinfo"):
        yield "has no target, or is one that has none"
    due = _CONTENT_TYPES.get(record.type, record.content_type)
    if record.content_type != due:
        yield f"has the content type {record.content_type:.100}, not {due}"
    if record.type != "response" and (record.truncated, record.payload_digest) != (None, None):
        yield "says of itself what only a response says"
    if record.truncated not in (None, *TRUNCATIONS):
        yield f"was truncated for the reason {record.truncated:.100}, which there is not"


def _payload(record: Record, entities: Entities) -> Iterator[str]:
    if record.payload_digest is None or record.type != "response":
        return
    # What is no single response is told where the capture is compared with it.
    with suppress(InvalidInput):
        if record.payload_digest != entities.of(record).digest:
            yield "the payload digest is not the digest of its entity body"


def _problem(where: str, what: str) -> Problem:
    return Problem(where=where, rule="warc", what=what)
