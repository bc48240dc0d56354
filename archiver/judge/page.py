"""From the stored octets of a response to the text of the page (`archiver-compare-1`)."""

from __future__ import annotations

import bisect
import codecs
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.http1 import Head, ResponseReader
from archiver.judge import html
from archiver.unicode14 import nfc

MAX_DECODED = 128 << 20  # octets of a body after its content codings; more is not compared
_PRESCAN = 1024  # octets of a document in which a <meta charset> counts (WHATWG)
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_TEXT_TYPES = ("text/plain",)

# WHATWG encoding labels by the Python codec that decodes them.
_LABELS = {
    label: codec
    for codec, labels in {
        "utf-8": "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8",
        "cp1252": "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 l1 "
        "ascii us-ascii iso88591 cp819 ibm819 iso-ir-100",
        "utf-16-le": "utf-16 utf-16le unicode ucs-2 csunicode",
        "utf-16-be": "utf-16be unicodefffe",
        "cp1250": "windows-1250 cp1250 x-cp1250",
        "cp1251": "windows-1251 cp1251 x-cp1251",
        "cp1253": "windows-1253 cp1253 x-cp1253",
        "cp1254": "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 latin5 l5",
        "cp1255": "windows-1255 cp1255 x-cp1255",
        "cp1256": "windows-1256 cp1256 x-cp1256",
        "cp1257": "windows-1257 cp1257 x-cp1257",
        "cp1258": "windows-1258 cp1258 x-cp1258",
        "iso8859-2": "iso-8859-2 iso8859-2 latin2 l2",
        "iso8859-3": "iso-8859-3 latin3",
        "iso8859-4": "iso-8859-4 latin4",
        "iso8859-5": "iso-8859-5 iso8859-5 cyrillic",
        "iso8859-6": "iso-8859-6 arabic",
        "iso8859-7": "iso-8859-7 greek",
        "iso8859-8": "iso-8859-8 iso-8859-8-i hebrew",
        "iso8859-10": "iso-8859-10 latin6",
        "iso8859-13": "iso-8859-13",
        "iso8859-14": "iso-8859-14",
        "iso8859-15": "iso-8859-15 latin9",
        "iso8859-16": "iso-8859-16",
        "koi8-r": "koi8-r koi8 koi",
        "koi8-u": "koi8-u koi8-ru",
        "cp866": "ibm866 cp866 866",
        "mac-roman": "macintosh mac x-mac-roman",
        "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
        "cp874": "windows-874 tis-620 iso-8859-11",
        "gb18030": "gb18030 gbk gb2312 gb_2312-80 x-gbk chinese",
        "big5hkscs": "big5 big5-hkscs x-x-big5",
        "euc-jp": "euc-jp x-euc-jp",
        "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji",
        "iso-2022-jp": "iso-2022-jp csiso2022jp",
        "cp949": "euc-kr ks_c_5601-1987 windows-949 korean",
    }.items()
    for label in labels.split()
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,>]+)", re.I)
_META = re.compile(rb"<meta[\s/][^>]*>", re.I)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.S)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The text of a page. `octets_at` needs `body`: the octets after content decoding."""

    text: str
    title: str
    media_type: str
    charset: str
    charset_from: str
    body: bytes
    segments: tuple[tuple[int, int, int], ...]

    def octets(self, start: int, end: int) -> tuple[int, int]:
        """Where in the decoded body the text from `start` to `end` stands, in octets."""
        first, _ = self._source(start)
        _, last = self._source(end - 1)
        lengths = _octet_offsets(self.body, self.charset, (first, last))
        return lengths[0], lengths[1]

    def _source(self, index: int) -> tuple[int, int]:
        """Where the character at `index` begins and ends in the decoded source."""
        place = bisect.bisect_right(self.segments, index, key=lambda segment: segment[0]) - 1
        at, source, size = self.segments[place]
        following = self.segments[place + 1 : place + 2]
        length = (following[0][0] if following else len(self.text)) - at
        if length != size:  # a reference, or text that normalisation changed: taken whole
            return source, source + size
        return source + index - at, source + index - at + 1


@dataclass(frozen=True, slots=True)
class NoText:
    """A response whose text cannot be read; `reason` is one of the comparison's words."""

    reason: str


def read_page(stored: Iterable[bytes]) -> Page | NoText:
    """The page in the octets of a response record. Never fails: says why there is no text."""
    pieces: list[bytes] = []
    reader = ResponseReader(pieces.append)
    for octets in stored:
        reader.feed(octets)
    reader.end()
    if reader.head is None or reader.head.status is None:
        return NoText("no_page")
    return page_of(reader.head, b"".join(pieces))


def page_of(head: Head, entity: bytes) -> Page | NoText:
    """The page in an entity body."""
    body = _decoded(entity, head)
    if body is None:
        return NoText("undecodable")
    declared = head.value("content-type") or ""
    media_type = declared.partition(";")[0].strip().lower()
    if not media_type:
        media_type = "text/html" if body.lstrip()[:1] == b"<" else "text/plain"
    if media_type not in _HTML_TYPES + _TEXT_TYPES:
        return NoText("media_type")
    charset, basis, skip = _charset(body, declared, media_type)
    source = body[skip:].decode(charset, errors="replace")
    body = body[skip:]
    if media_type in _TEXT_TYPES:
        text, title, segments = nfc(source), "", [(0, 0, len(source))]
    else:
        found = html.shown(source)
        text, title, segments = found.text, found.title, found.segments
    if not text.strip():
        return NoText("no_page_text")
    return Page(
        text=text,
        title=title,
        media_type=media_type,
        charset=charset,
        charset_from=basis,
        body=body,
        segments=tuple(segments),
    )


def _decoded(entity: bytes, head: Head) -> bytes | None:
    """The body without its content codings (RFC 9110 §8.4), bounded; what can be had of
    a stream that was cut. None where a coding is unknown or the stream is garbage."""
    codings = [
        word.strip().lower()
        for value in head.values("content-encoding")
        for word in value.split(",")
        if word.strip() and word.strip().lower() != "identity"
    ]
    for coding in reversed(codings):
        decoded = _inflated(entity, coding)
        if decoded is None:
            return None
        entity = decoded
    return entity


def _inflated(entity: bytes, coding: str) -> bytes | None:
    if coding not in ("gzip", "x-gzip", "deflate"):
        return None
    # "deflate" is zlib on paper and often raw deflate in practice (RFC 9110 §8.4.1.2).
    windows = (31,) if coding != "deflate" else (15, -15)
    for window in windows:
        inflater = zlib.decompressobj(window)
        try:
            decoded = inflater.decompress(entity, MAX_DECODED)
        except zlib.error:
            continue
        return None if inflater.unconsumed_tail else decoded
    return None


def _charset(body: bytes, declared: str, media_type: str) -> tuple[str, str, int]:
    """The codec, what named it, and the size of a BOM: BOM, header, meta, then the octets."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return codec, "bom", len(bom)
    named = _CHARSET.search(declared)
    if named and (codec := _LABELS.get(named[1].lower(), "")):
        return codec, "header", 0
    if media_type in _HTML_TYPES and (codec := _meta_charset(body[:_PRESCAN])):
        return codec, "meta", 0
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as fault:
        # A body that was cut may end inside a character.
        if fault.end < len(body):
            return "cp1252", "default", 0
    return "utf-8", "detected", 0


def _meta_charset(start: bytes) -> str:
    for tag in _META.findall(_COMMENT.sub(b"", start)):
        named = _CHARSET.search(tag.decode("latin-1"))
        codec = _LABELS.get(named[1].lower(), "") if named else ""
        if codec:
            # A document that could be read as far as this is not in UTF-16.
            return "utf-8" if codec.startswith("utf-16") else codec
    return ""


def _octet_offsets(body: bytes, charset: str, indexes: tuple[int, ...]) -> list[int]:
    """How many octets decode to the first `index` characters, for each index (ascending)."""
    decoder = codecs.getincrementaldecoder(charset)(errors="replace")
    offsets: list[int] = []
    characters = position = 0
    for index in indexes:
        step = 1 << 16
        while characters < index and position < len(body):
            state = decoder.getstate()
            text = decoder.decode(body[position : position + step])
            if characters + len(text) > index and step > 1:
                decoder.setstate(state)
                step = max(1, step >> 4)
                continue
            characters += len(text)
            position = min(len(body), position + step)
        offsets.append(position)
    return offsets
