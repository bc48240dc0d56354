"""From the stored octets of a response to the text of the page (`archiver-compare-1`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archiver.coding import MAX_OCTETS, decoded
from archiver.http1 import Head, ResponseReader
from archiver.judge import html
from archiver.judge.charsets import charset_of
from archiver.judge.normal import composed
from archiver.judge.octets import Octets
from archiver.judge.traced import Traced

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
    head, entity = read_response(stored)
    return NoText("no_page") if head is None else page_of(head, entity)


def read_response(stored: Iterable[bytes]) -> tuple[Head | None, bytes]:
    """Head and entity body in the octets of a response record; no head where it has no status."""
    body = bytearray()

    def take(octets: bytes) -> None:
        # One octet beyond the bound tells that there was more.
        body.extend(octets[: MAX_OCTETS + 1 - len(body)])

    reader = ResponseReader(take)
    for octets in stored:
        reader.feed(octets)
    reader.end()
    if reader.head is None or reader.head.status is None:
        return None, b""
    return reader.head, bytes(body)


def page_of(head: Head, entity: bytes) -> Page | NoText:
    """The page in an entity body."""
    if len(entity) > MAX_OCTETS:
        return NoText("too_large")
    body = decoded(entity, head)
    if isinstance(body, str):
        return NoText(body)
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
