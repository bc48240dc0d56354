"""From the stored octets of a response to the text of the page (`archiver-compare-1`)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from archiver.http1 import Head, ResponseReader
from archiver.judge import html
from archiver.judge.charsets import charset_of
from archiver.judge.normal import composed
from archiver.judge.octets import Octets
from archiver.judge.traced import Traced

MAX_OCTETS = 16 << 20  # of a body, with its codings and without; a larger one is not compared
_MAX_CODINGS = 8
_MAX_MEMBERS = 64  # of a gzip stream
_INFLATE_STEP = 1 << 16
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_TEXT_TYPES = ("text/plain",)
_UNKNOWN_TYPES = ("", "unknown/unknown", "application/unknown", "*/*")
_BLANKS = b"\t\n\f\r "


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The text of a page, traced to the decoded body (the octets after content decoding)."""

    text: str
    title: str
    media_type: str
    charset: str
    charset_from: str
    body: Octets
    traces: tuple[Traced, ...]

    def octets(self, start: int, end: int) -> tuple[int, int]:
        """Where in the decoded body the text from `start` to `end` stands, in octets."""
        for trace in self.traces:
            start, end = trace.origin(start, end)
        return self.body.span(start, end)


@dataclass(frozen=True, slots=True)
class NoText:
    """A response whose text cannot be read; `reason` is one of the comparison's words."""

    reason: str


def read_page(stored: Iterable[bytes]) -> Page | NoText:
    """The page in the octets of a response record. Never fails: says why there is no text."""
    body = bytearray()

    def take(octets: bytes) -> None:
        # One octet beyond the bound tells that there was more.
        body.extend(octets[: MAX_OCTETS + 1 - len(body)])

    reader = ResponseReader(take)
    for octets in stored:
        reader.feed(octets)
    reader.end()
    if reader.head is None or reader.head.status is None:
        return NoText("no_page")
    return page_of(reader.head, bytes(body))


def page_of(head: Head, entity: bytes) -> Page | NoText:
    """The page in an entity body."""
    if len(entity) > MAX_OCTETS:
        return NoText("too_large")
    body = _decoded(entity, head)
    if isinstance(body, NoText):
        return body
    declared = head.value("content-type") or ""
    media_type = declared.partition(";")[0].partition(",")[0].strip().lower()
    if media_type in _UNKNOWN_TYPES:
        # Behind a byte order mark or in UTF-16, the first octets are no blanks.
        start = body[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\0" + _BLANKS)
        media_type = "text/html" if start.startswith(b"<") else "text/plain"
    if media_type not in _HTML_TYPES + _TEXT_TYPES:
        return NoText("media_type")
    markup = media_type in _HTML_TYPES
    charset, basis, skip = charset_of(body, declared, markup=markup)
    body = body[skip:]
    source = body.decode(charset, errors="replace")
    title = ""
    traces: tuple[Traced, ...] = ()
    if markup:
        found = html.shown(source, xml=media_type != "text/html")
        source, title, traces = found.traced.text, found.title, (found.traced,)
    done = composed(source)
    if not done.text.strip():
        return NoText("no_page_text")
    return Page(
        text=done.text,
        title=title,
        media_type=media_type,
        charset=charset,
        charset_from=basis,
        body=Octets(body, charset),
        traces=(done, *traces),
    )


def _decoded(entity: bytes, head: Head) -> bytes | NoText:
    """The body without its codings (RFC 9110 §8.4, RFC 9112 §6.1), bounded; of a stream that
    was cut or broke, what came before."""
    codings = [
        coding
        for name in ("content-encoding", "transfer-encoding")
        for value in head.values(name)
        for word in value.split(",")
        if (coding := word.strip().lower()) not in ("", "identity", "chunked")
    ]
    if len(codings) > _MAX_CODINGS:
        return NoText("undecodable")
    for coding in reversed(codings):
        decoded = _inflated(entity, coding)
        if decoded is None:
            return NoText("undecodable")
        if len(decoded) > MAX_OCTETS:
            return NoText("too_large")
        entity = decoded
    return entity


def _inflated(entity: bytes, coding: str) -> bytes | None:
    if not entity:
        return entity
    if coding in ("gzip", "x-gzip"):
        return _stream(entity, 31, _MAX_MEMBERS)
    if coding != "deflate":
        return None
    # "deflate" is zlib on paper and often raw deflate in practice (RFC 9110 §8.4.1.2).
    whole = _stream(entity, 15, 1)
    return _stream(entity, -15, 1) if whole is None else whole


def _stream(entity: bytes, window: int, members: int) -> bytes | None:
    """What can be had of a compressed stream, up to an octet beyond the bound; None where
    not even a beginning can."""
    made = bytearray()
    inflater = zlib.decompressobj(window)
    position = 0
    while position < len(entity) and len(made) <= MAX_OCTETS:
        piece = entity[position : position + _INFLATE_STEP]
        position += len(piece)
        before = inflater.copy()
        try:
            made += inflater.decompress(piece, MAX_OCTETS + 1 - len(made))
        except zlib.error:
            made += _until_broken(before, piece)
            return bytes(made) if made else None
        if inflater.eof:
            position -= len(inflater.unused_data)
            members -= 1
            if not members or entity[position : position + 2] != b"\x1f\x8b":
                break
            inflater = zlib.decompressobj(window)
    return bytes(made)


def _until_broken(inflater: zlib._Decompress, piece: bytes) -> bytes:
    """What a piece of a stream gives before the octet that breaks it."""
    made = bytearray()
    with suppress(zlib.error):
        for at in range(len(piece)):
            made += inflater.decompress(piece[at : at + 1])
    return bytes(made)
