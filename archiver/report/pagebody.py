"""The decoded body of the page, and the command of other tools that gives the same."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.coding import MAX_OCTETS, decoded
from archiver.http1 import Head, ResponseReader
from archiver.judge.page import Page, read_page
from archiver.package.derive import WARC
from archiver.report.sealed import Sealed
from archiver.report.shell import stretch
from archiver.warc import Record, blocks


@dataclass(frozen=True, kw_only=True, slots=True)
class PageBody:
    """`command` prints `octets`; the offsets of a comparison count from behind `skip` octets
    (a byte order mark)."""

    command: str
    octets: bytes
    skip: int


def page_body(sealed: Sealed, record: Record) -> PageBody | None:
    """The body of the response in a record; None where it has no text that is read, or where
    no usual tool undoes its codings as we do."""
    page = read_page(blocks(sealed.primary.archive, record))
    if not isinstance(page, Page):
        return None
    head, entity, plain, complete = _entity(sealed, record)
    octets = decoded(entity, head)
    if isinstance(octets, str):
        return None
    codings = [
        word.strip().lower() for one in head.values("content-encoding") for word in one.split(",")
    ]
    if plain and octets == entity:
        command = stretch(record.block + head.size, len(entity))
    elif complete and codings in ([], ["gzip"]):
        command = f"warcio extract --payload opened/{WARC} {record.offset}"
    else:
        return None
    return PageBody(command=command, octets=octets, skip=len(octets) - len(page.body.body))


def _entity(sealed: Sealed, record: Record) -> tuple[Head, bytes, bool, bool]:
    """Head and entity; whether it stands in the record as it is; whether it is all there."""
    body = bytearray()

    def take(octets: bytes) -> None:
        body.extend(octets[: MAX_OCTETS + 1 - len(body)])

    reader = ResponseReader(take)
    for octets in blocks(sealed.primary.archive, record):
        reader.feed(octets)
    reader.end()
    if reader.head is None:
        raise AssertionError("a page without a head")
    plain = reader.framing in ("none", "length", "close")
    return reader.head, bytes(body), plain, reader.complete and not reader.extra
