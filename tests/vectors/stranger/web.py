"""Check 4 and the reading of responses: the web archive (docs/format.md §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from files import Wrong, digest, is_moment

ID = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
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
ALWAYS = {*FIELDS[:3], *FIELDS[-3:]}
TYPES = ("warcinfo", "response", "request", "metadata", "resource")
LINE = re.compile(rb"([A-Za-z-]+): ([!-~](?:[ -~]*[!-~])?)\r\n")
BLANKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0"


@dataclass
class Record:
    """A record; `digest` is that of its block, `whole` that of all of it."""

    id: str
    type: str
    date: str
    uri: str | None
    ip: str | None
    beside: list[str]
    truncated: str | None
    payload: str | None
    digest: str
    content_type: str
    block: bytes
    offset: int
    size: int
    whole: str


def read_archive(octets: bytes) -> list[Record]:
    found: list[Record] = []
    at = 0
    while at < len(octets):
        found.append(read_record(octets, at))
        at += found[-1].size
    if not 1 <= len(found) <= 65536:
        raise Wrong("no record, or too many")
    return found


def read_record(octets: bytes, at: int) -> Record:
    start = b"WARC/1.1\r\n"
    end = octets.find(b"\r\n\r\n", at, at + 65536 + 10)
    if octets[at : at + 10] != start or end < 0:
        raise Wrong("no head of a record")
    pairs = []
    for one in octets[at + 10 : end + 2].splitlines(keepends=True):
        match = LINE.fullmatch(one)
        if match is None or match[1].decode() not in FIELDS:
            raise Wrong("a field that records do not have")
        pairs.append((match[1].decode(), match[2].decode()))
    names = [name for name, _ in pairs]
    once = [name for name in names if name != "WARC-Concurrent-To"]
    if names != sorted(names, key=FIELDS.index) or len({*once}) != len(once):
        raise Wrong("fields out of order, or twice")
    values = dict(pairs)
    length = values.get("Content-Length", "")
    if not {*names} >= ALWAYS or not re.fullmatch("0|[1-9][0-9]{0,17}", length):
        raise Wrong("a field is missing")
    block = octets[end + 4 : end + 4 + int(length)]
    after = end + 4 + int(length) + 4
    whole = octets[at:after]
    if len(whole) != after - at or not whole.endswith(b"\r\n\r\n"):
        raise Wrong("a record has no end")
    ids = [value for name, value in pairs if name in ("WARC-Record-ID", "WARC-Concurrent-To")]
    if values["WARC-Type"] not in TYPES or not all(re.fullmatch(f"<{ID}>", one) for one in ids):
        raise Wrong("a type or an id that there is not")
    payload = values.get("WARC-Payload-Digest")
    if payload is not None and not re.fullmatch("sha256:[0-9a-f]{64}", payload):
        raise Wrong("no digest")
    if values["WARC-Block-Digest"] != digest(block) or not is_moment(values["WARC-Date"]):
        raise Wrong("the block's digest, or the date")
    return Record(
        id=ids[0][1:-1],
        type=values["WARC-Type"],
        date=values["WARC-Date"],
        uri=values.get("WARC-Target-URI"),
        ip=values.get("WARC-IP-Address"),
        beside=[one[1:-1] for one in ids[1:]],
        truncated=values.get("WARC-Truncated"),
        payload=payload,
        digest=values["WARC-Block-Digest"],
        content_type=values["Content-Type"],
        block=block,
        offset=at,
        size=after - at,
        whole=digest(whole),
    )


# 5.1 Reading a response


@dataclass
class Head:
    octets: bytes
    status: int | None = None
    version: str = ""
    fields: list[list[str]] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.fields if key == name]

    def first(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)

    def words(self, name: str) -> list[str]:
        parts = [part for value in self.all(name) for part in value.split(",")]
        return [part.strip(BLANKS).lower() for part in parts]


def read_head(octets: bytes) -> Head:
    first, *lines = [line.removesuffix(b"\r") for line in octets.split(b"\n")]
    head = Head(octets)
    status = rb"HTTP/([0-9]\.[0-9])[ \t]+([0-9]{3})(?:[ \t].*)?"
    if match := re.fullmatch(status, first, re.I | re.S):
        head.version, head.status = match[1].decode(), int(match[2])
    for line in lines:
        if line[:1] in (b" ", b"\t") and head.fields:
            head.fields[-1][1] += " " + line.strip().decode("latin-1")
        elif b":" in line:
            name, _, value = line.partition(b":")
            pair = [name.strip().lower().decode("latin-1"), value.strip().decode("latin-1")]
            head.fields.append(pair)
    return head


@dataclass
class Response:
    head: Head | None = None
    framing: str = "none"
    body: bytes = b""
    complete: bool = False
    extra: int = 0
    interim: int = 0  # octets of interim heads in front

    def payload(self) -> str | None:
        """The payload digest that its record states."""
        plain = self.framing in ("none", "length", "close") and self.head is not None
        return digest(self.body) if plain and self.ends_well() and not self.extra else None

    def ends_well(self) -> bool:
        return self.head is not None and self.head.octets.endswith(b"\r\n\r\n")


def read_response(octets: bytes) -> Response:
    made = Response()
    while True:
        rest = octets[made.interim :]
        end = re.search(rb"\r?\n\r?\n", rest)
        begins = rest[:5].upper() == b"HTTP/"
        if not begins or end is None:
            made.framing, made.body = ("not-http" if rest else "none"), rest
            return made
        head = read_head(rest[: end.end()])
        if head.status is None or not 100 <= head.status < 200 or head.status == 101:
            break
        made.interim += end.end()
    made.head = head
    read_body(made, head, rest[end.end() :])
    return made


def read_body(made: Response, head: Head, rest: bytes) -> None:
    codings = [one for one in head.words("transfer-encoding") if one not in ("", "identity")]
    lengths = {*head.words("content-length")}
    size = 0
    if head.status is None:
        made.framing = "conflict"
    elif head.status in (101, 204, 304):
        made.framing = "none"
    elif codings:
        made.framing = "chunked" if codings[-1] == "chunked" else "close"
    elif not lengths:
        made.framing = "close"
    elif len(lengths) > 1 or not re.fullmatch("[0-9]{1,18}", min(lengths)):
        made.framing = "conflict"
    else:
        made.framing, size = "length", int(min(lengths))
    if made.framing == "chunked":
        read_chunks(made, rest)
        return
    cut = size if made.framing in ("none", "length") else len(rest)
    made.body, made.extra = rest[:cut], len(rest[cut:])
    made.complete = made.framing == "close" or (made.framing != "conflict" and len(rest) >= cut)


def read_chunks(made: Response, rest: bytes) -> None:
    at, due, left = 0, "size", 0
    while at < len(rest):
        end = rest.find(b"\n", at, at + 65536)
        if end < 0 and len(rest) - at < 65536:
            return
        line = rest[at:end].removesuffix(b"\r")
        size = re.fullmatch(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?", line)
        if end < 0 or (due == "size" and not size) or (due == "empty" and line):
            made.body += rest[at:]
            return
        at = end + 1
        if due == "size" and size:
            left = int(size[1], 16)
            due = "empty" if left else "trailer"
            made.body += rest[at : at + left]
            at += left
        elif due == "empty":
            due = "size"
        elif not line:
            made.complete, made.extra = True, len(rest) - at
            return


def is_interim_only(octets: bytes) -> bool:
    return read_response(octets).interim == len(octets)


def refused(record: Record) -> bool:
    """Whether this is no one response."""
    start = record.block[:327680]
    endless = len(record.block) > len(start) and not re.search(rb"\r?\n\r?\n", start)
    return read_response(record.block).interim > 0 or (endless and start[:5].upper() == b"HTTP/")


def warc(octets: bytes) -> Iterator[str]:
    records = read_archive(octets)
    ids = {one.id for one in records}
    if len(ids) != len(records):
        yield "an id twice"
    for number, one in enumerate(records):
        if (number == 0) != (one.type == "warcinfo") or not {*one.beside} <= ids - {one.id}:
            yield "no warcinfo in front, one more, or beside what is not here"
        yield from by_type(one)


def by_type(one: Record) -> Iterator[str]:
    if (one.uri is None) != (one.type == "warcinfo"):
        yield "no target, or one too many"
    http = one.type in ("request", "response")
    if http and one.content_type != f"application/http;msgtype={one.type}":
        yield "another content type"
    if one.truncated not in (None, "length", "time", "disconnect", "unspecified"):
        yield "truncated for no reason"
    if one.type != "response":
        if one.truncated or one.payload:
            yield "what only a response says"
    elif not refused(one) and one.payload not in (None, digest(read_response(one.block).body)):
        yield "the payload digest"


def stated(head: Head | None, name: str) -> Any:
    value = None if head is None else head.first(name)
    return None if value is None else value[:8192]
