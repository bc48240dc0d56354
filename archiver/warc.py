"""WARC/1.1 framing (ISO 28500:2017): writing records octet-exactly, reading them strictly.

The usual record builders re-serialise the HTTP head; ours takes the octets as they
are. The reader accepts only what the writer would have written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import BinaryIO

from archiver import canonical
from archiver.digest import Digest, LongDigest
from archiver.errors import InvalidInput

CHUNK = 256 << 10  # octets read at once
_LONG = 4 << 20  # octets of a block: from here on threads save more than they cost
_LONG_CHUNK = 1 << 20
_VERSION = b"WARC/1.1\r\n"
_END = b"\r\n\r\n"
_MAX_HEAD = 64 * 1024
MAX_RECORDS = 1 << 16  # of one package
# The only order in which our records carry their fields.
FIELDS = (
    "WARC-Type",
    "WARC-Record-ID",
    "WARC-Date",
    "WARC-Target-URI",
    "WARC-IP-Address",
    "WARC-Concurrent-To",
    "WARC-Truncated",
    "WARC-Payload-Digest",
    "WARC-Block-Digest",
    "Content-Type",
    "Content-Length",
)
TYPES = ("warcinfo", "response", "request", "metadata", "resource")
_LINE = re.compile(rb"([A-Za-z-]+): ([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)\r\n")
_LENGTH = re.compile(r"0|[1-9][0-9]{0,17}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A record to be written, without its id. `blocks` are its octets, in pieces."""

    type: str
    date: str
    content_type: str
    length: int
    block_digest: Digest
    uri: str | None = None
    ip: str | None = None
    truncated: str | None = None
    payload_digest: Digest | None = None


def record_id(capture: Digest, draft: Draft, number: int) -> str:
    """An id from content: UUIDv8 (RFC 9562 §5.8) over capture, place and octets."""
    named = [number, draft.type, draft.uri, draft.date, str(draft.block_digest)]
    return uuid8(Digest.of(bytes.fromhex(capture.hex) + canonical.to_line(named)))


def uuid8(digest: Digest) -> str:
    """The first 122 free bits of a digest as `urn:uuid:` (RFC 9562 §5.8)."""
    digits = digest.hex
    variant = "89ab"[int(digits[16], 16) & 3]
    return (
        f"urn:uuid:{digits[:8]}-{digits[8:12]}-8{digits[13:16]}"
        f"-{variant}{digits[17:20]}-{digits[20:32]}"
    )


def write(
    out: BinaryIO,
    draft: Draft,
    identity: str,
    blocks: Iterable[bytes],
    concurrent_to: tuple[str, ...] = (),
) -> None:
    """Write one record. The blocks' total must be `draft.length` octets."""
    out.write(_head(draft, identity, concurrent_to))
    written = 0
    for block in blocks:
        out.write(block)
        written += len(block)
    if written != draft.length:
        raise AssertionError(f"block of {written} octets where {draft.length} were announced")
    out.write(_END)


def _head(draft: Draft, identity: str, concurrent_to: tuple[str, ...]) -> bytes:
    pairs: list[tuple[str, str | None]] = [
        ("WARC-Type", draft.type),
        ("WARC-Record-ID", f"<{identity}>"),
        ("WARC-Date", draft.date),
        ("WARC-Target-URI", draft.uri),
        ("WARC-IP-Address", draft.ip),
        *(("WARC-Concurrent-To", f"<{other}>") for other in concurrent_to),
        ("WARC-Truncated", draft.truncated),
        (
            "WARC-Payload-Digest",
            None if draft.payload_digest is None else str(draft.payload_digest),
        ),
        ("WARC-Block-Digest", str(draft.block_digest)),
        ("Content-Type", draft.content_type),
        ("Content-Length", str(draft.length)),
    ]
    lines = [f"{name}: {value}\r\n" for name, value in pairs if value is not None]
    return _VERSION + "".join(lines).encode("ascii") + b"\r\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A record as read. Offsets and sizes are octets in the WARC file."""

    type: str
    id: str
    date: str
    uri: str | None
    ip: str | None
    concurrent_to: tuple[str, ...]
    truncated: str | None
    content_type: str
    payload_digest: Digest | None
    block_digest: Digest
    offset: int
    size: int
    block: int
    length: int
    record_digest: Digest


Listener = Callable[[bytes], object]
Tap = Callable[[str], Listener | None]


def read(warc: BinaryIO, tap: Tap = lambda _: None) -> Iterator[Record]:
    """Every record from the start of the file to its last octet, digests checked.

    `tap` is asked at each record, by its type, who else is to have its block's octets.
    Raises `InvalidInput` at the first octet that our writer would not have written:
    framing, field order and spelling, block digest, trailing octets.
    """
    offset = 0
    for number in count():
        head = _read_head(warc, offset)
        if head is None:
            return
        if number >= MAX_RECORDS:
            raise _fault("more records than a package has", offset)
        fields, concurrent_to = _fields(head, offset)
        record = _block(warc, offset, head, fields, concurrent_to, tap)
        yield record
        offset += record.size


def blocks(warc: BinaryIO, record: Record) -> Iterator[bytes]:
    """The octets of a record's block, in pieces."""
    warc.seek(record.block)
    left = record.length
    while left:
        piece = warc.read(min(left, CHUNK))
        if not piece:
            raise _fault("the file ends inside a block", record.offset)
        left -= len(piece)
        yield piece


def _read_head(warc: BinaryIO, offset: int) -> bytes | None:
    lines = [warc.readline(_MAX_HEAD)]
    if lines[0] == b"":
        return None
    if lines[0] != _VERSION:
        raise _fault("a record does not begin with WARC/1.1", offset)
    size = 0
    while lines[-1] != b"\r\n":
        lines.append(warc.readline(_MAX_HEAD))
        size += len(lines[-1])
        if not lines[-1].endswith(b"\n") or size > _MAX_HEAD:
            raise _fault("a record head has no end", offset)
    return b"".join(lines)


def _fields(head: bytes, offset: int) -> tuple[dict[str, str], tuple[str, ...]]:
    fields: dict[str, str] = {}
    concurrent_to: list[str] = []
    places: list[int] = []
    for line in head[len(_VERSION) : -2].splitlines(keepends=True):
        match = _LINE.fullmatch(line)
        name = match[1].decode("ascii") if match else ""
        if match is None or name not in FIELDS:
            raise _fault("a field that our records do not have", offset)
        value = match[2].decode("ascii")
        places.append(FIELDS.index(name))
        if name == "WARC-Concurrent-To":
            concurrent_to.append(_bare_id(value, offset))
        elif name in fields:
            raise _fault(f"{name} stands twice", offset)
        else:
            fields[name] = value
    if places != sorted(places):
        raise _fault("fields out of order", offset)
    return fields, tuple(concurrent_to)


def _bare_id(value: str, offset: int) -> str:
    match = re.fullmatch(
        r"<(urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})>", value
    )
    if match is None:
        raise _fault("a record id of another form", offset)
    return match[1]


def _block(
    warc: BinaryIO,
    offset: int,
    head: bytes,
    fields: dict[str, str],
    concurrent_to: tuple[str, ...],
    tap: Tap,
) -> Record:
    for name in ("WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Block-Digest", "Content-Type"):
        if name not in fields:
            raise _fault(f"no {name}", offset)
    if fields["WARC-Type"] not in TYPES:
        raise _fault("a record type that our packages do not have", offset)
    if _LENGTH.fullmatch(fields.get("Content-Length", "")) is None:
        raise _fault("no proper Content-Length", offset)
    length = int(fields["Content-Length"])
    measure = _measure_long if length >= _LONG else _measure
    digest, record_digest = measure(warc, offset, head, length, tap(fields["WARC-Type"]))
    if fields["WARC-Block-Digest"] != str(digest):
        raise _fault(
            f"block digest: stated {fields['WARC-Block-Digest']}, of its octets {digest}",
            offset,
        )
    payload = fields.get("WARC-Payload-Digest")
    return Record(
        type=fields["WARC-Type"],
        id=_bare_id(fields["WARC-Record-ID"], offset),
        date=fields["WARC-Date"],
        uri=fields.get("WARC-Target-URI"),
        ip=fields.get("WARC-IP-Address"),
        concurrent_to=concurrent_to,
        truncated=fields.get("WARC-Truncated"),
        content_type=fields["Content-Type"],
        payload_digest=None if payload is None else Digest.parse(payload),
        block_digest=digest,
        offset=offset,
        size=len(head) + length + 4,
        block=offset + len(head),
        length=length,
        record_digest=record_digest,
    )


def _measure(
    warc: BinaryIO, offset: int, head: bytes, length: int, listener: Listener | None
) -> tuple[Digest, Digest]:
    """The digests of a record's block and of the record, the listener fed on the way."""
    whole = hashlib.sha256(head)
    block = hashlib.sha256()
    for piece in _pieces(warc, offset, length, CHUNK):
        block.update(piece)
        whole.update(piece)
        if listener is not None:
            listener(piece)
    whole.update(_END)
    return Digest(block.hexdigest()), Digest(whole.hexdigest())


def _measure_long(
    warc: BinaryIO, offset: int, head: bytes, length: int, listener: Listener | None
) -> tuple[Digest, Digest]:
    """The same, each digest by a thread of its own."""
    with LongDigest() as whole, LongDigest() as block:
        whole.update(head)
        for piece in _pieces(warc, offset, length, _LONG_CHUNK):
            block.update(piece)
            whole.update(piece)
            if listener is not None:
                listener(piece)
        whole.update(_END)
    return block.digest(), whole.digest()


def _pieces(warc: BinaryIO, offset: int, length: int, size: int) -> Iterator[bytes]:
    """A block's octets from here on, and then its end, which is not given."""
    left = length
    while left:
        piece = warc.read(min(left, size))
        if not piece:
            raise _fault("the file ends inside a block", offset)
        left -= len(piece)
        yield piece
    if warc.read(len(_END)) != _END:
        raise _fault("a block does not end with two CRLFs", offset)


def _fault(what: str, offset: int) -> InvalidInput:
    return InvalidInput("warc.framing", what, where=f"octet {offset}")
