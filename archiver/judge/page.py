"""From the stored octets of a response to the text of the page (`archiver-compare-1`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archiver.coding import MAX_OCTETS, decoded
from archiver.http1 import Head, read_entity
from archiver.judge import feeds, html
from archiver.judge.asides import JSON, Aside
from archiver.judge.charsets import charset_of
from archiver.judge.corpus import Collector, Corpus
from archiver.judge.normal import composed
from archiver.judge.octets import Octets
from archiver.judge.traced import Traced, origin

_HTML_TYPES = ("text/html", "application/xhtml+xml")
_JSON_TYPES = ("application/json", "text/json")
_XML_TYPES = ("application/xml", "text/xml")
_PDF_TYPES = ("application/pdf", "application/x-pdf")
_UNKNOWN_TYPES = ("", "unknown/unknown", "application/unknown", "*/*")
_BLANKS = b"\t\n\f\r "
# What each takes a step of its own to read; an article has some thousands of them. With the
# bound on octets this keeps what a hostile page of few octets can cost within seconds.
_MARKS = ("<", "&", "\0", "\r")
MAX_MARKS = 1 << 17


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The text of a page, traced to the decoded body (the octets after content decoding).

    `struck` are the stretches of the text that are struck through; `asides` are the places
    of the `source` (the body's characters) with text that is not on the screen.
    """

    text: str
    title: str
    media_type: str
    charset: str
    charset_from: str
    body: Octets
    traces: tuple[Traced, ...]
    struck: tuple[tuple[int, int], ...] = ()
    source: str = ""
    asides: tuple[Aside, ...] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where in the source (characters) the text from `start` to `end` stands."""
        return origin(self.traces, start, end)

    def octets(self, start: int, end: int) -> tuple[int, int]:
        """Where in the decoded body the text from `start` to `end` stands, in octets."""
        return self.body.span(*self.origin(start, end))


@dataclass(frozen=True, slots=True)
class NoText:
    """A response whose text cannot be read; `reason` is one of the comparison's words.

    `beside` is what a page without visible text says besides.
    """

    reason: str
    beside: Page | None = field(default=None, compare=False)


def read_response(stored: Iterable[bytes]) -> tuple[Head | None, bytes | bytearray]:
    """Head and entity body in the octets of a response record; no head where it has no status.

    A body that is too large ends one octet beyond the bound.
    """
    head, body = read_entity(stored, MAX_OCTETS + 1)
    if head is None or head.status is None:
        return None, b""
    # What is too large is not read; a copy would only take its room again.
    return head, body if len(body) > MAX_OCTETS else bytes(body)


def page_of(head: Head, entity: bytes | bytearray) -> Page | NoText:
    """The page in an entity body. Never fails: says why there is no text."""
    if len(entity) > MAX_OCTETS:
        return NoText("too_large")
    body = decoded(bytes(entity), head)
    if isinstance(body, str):
        return NoText(body)
    declared = head.value("content-type") or ""
    media_type = declared.partition(";")[0].partition(",")[0].strip().lower()
    if media_type in _UNKNOWN_TYPES:
        media_type = _sniffed(body)
    how = _READERS.get(_kind(media_type))
    if how is None:
        return NoText("pdf" if media_type in _PDF_TYPES else "media_type")
    markup = _kind(media_type) in ("html", "xml")
    charset, basis, skip = charset_of(body, declared, markup=markup)
    body = body[skip:]
    source = body.decode(charset, errors="replace")
    crowded = markup and sum(map(source.count, _MARKS)) > MAX_MARKS
    read = None if crowded else how(source, media_type)
    if read is None:
        return NoText("too_large")
    page = Page(
        text=read.text,
        title=read.title,
        media_type=media_type,
        charset=charset,
        charset_from=basis,
        body=Octets(body, charset),
        traces=read.traces,
        struck=read.struck,
        source=read.source,
        asides=read.asides,
    )
    return page if page.text.strip() else NoText("no_page_text", page)


def _sniffed(body: bytes) -> str:
    """The type of a body that nobody names one of."""
    # Behind a byte order mark or in UTF-16, the first octets are no blanks.
    start = body[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\0" + _BLANKS)
    if start.startswith(b"<?xml"):
        return "application/xml"
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    return "text/html" if start.startswith(b"<") else "text/plain"


def _kind(media_type: str) -> str:
    """`html`, `json`, `xml`, `plain`, or nothing for what is not read."""
    if media_type in _HTML_TYPES:
        return "html"
    if media_type in _JSON_TYPES or media_type.endswith("+json"):
        return "json"
    if media_type in _XML_TYPES or media_type.endswith("+xml"):
        return "xml"
    return "plain" if media_type == "text/plain" else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    """A document read: what a page takes over."""

    text: str
    traces: tuple[Traced, ...]
    source: str
    title: str = ""
    struck: tuple[tuple[int, int], ...] = ()
    asides: tuple[Aside, ...] = ()


def _read_html(source: str, media_type: str) -> _Read:
    found = html.shown(source, xml=media_type != "text/html")
    done = composed(found.traced.text)
    return _Read(
        text=done.text,
        traces=(done, found.traced),
        source=source,
        title=found.title,
        struck=tuple((done.reached(start), done.reached(end)) for start, end in found.struck),
        asides=found.asides,
    )


def _read_plain(source: str, _: str) -> _Read:
    done = composed(source)
    return _Read(text=done.text, traces=(done,), source=source)


def _read_json(source: str, _: str) -> _Read | None:
    made = Collector()
    made.strings(JSON, source, 0, len(source))
    return _of_corpus(made.done(), source)


def _read_xml(source: str, media_type: str) -> _Read | None:
    if feeds.root_of(source) == "html":
        return _read_html(source, media_type)
    return _of_corpus(feeds.texts_of(source), source)


def _of_corpus(found: Corpus, source: str) -> _Read | None:
    """None where a document has more texts than are read."""
    if not found.whole:
        return None
    return _Read(text=found.text, traces=found.traces, source=source)


_READERS: dict[str, Callable[[str, str], _Read | None]] = {
    "html": _read_html,
    "json": _read_json,
    "xml": _read_xml,
    "plain": _read_plain,
}
