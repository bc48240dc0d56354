"""The decoded body of the page, and the command of other tools that gives the same."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.coding import decoded
from archiver.judge.page import Page, page_of, read_response
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
    head, entity = read_response(blocks(sealed.primary.archive, record))
    if head is None:
        return None
    page, octets = page_of(head, entity), decoded(bytes(entity), head)
    if not isinstance(page, Page) or isinstance(octets, str):
        return None
    codings = [
        word.strip().lower() for one in head.values("content-encoding") for word in one.split(",")
    ]
    read = sealed.primary.entities.of(record)
    if octets == entity and read.framing in ("none", "length", "close"):
        command = stretch(record.block + head.size, len(entity))
    elif codings in ([], ["gzip"]) and read.complete and not read.extra:
        command = f"warcio extract --payload opened/{WARC} {record.offset}"
    else:
        return None
    return PageBody(command=command, octets=octets, skip=len(octets) - len(page.body.body))
