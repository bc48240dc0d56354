"""Which charset a page is read in, and that no octets break the reading."""

from __future__ import annotations

import codecs
import gzip
import itertools
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.coding import MAX_OCTETS
from archiver.judge.page import NoText, Page, page_of, read_response
from tests.judge.judge_pages import FIRST, compared, page, shown

RUSSIAN = "Мост закрыт, и денег нет."
JAPANESE = "橋は閉まっている。"
CHINESE = "桥仍然关闭。"
HEADER = [
    ("windows-1251", "cp1251", RUSSIAN),
    ("WINDOWS-1251", "cp1251", RUSSIAN),
    ("koi8-r", "koi8-r", RUSSIAN),
    ("ibm866", "cp866", RUSSIAN),
    ("iso-8859-5", "iso8859-5", RUSSIAN),
    ("shift_jis", "cp932", JAPANESE),
    ("euc-jp", "euc-jp", JAPANESE),
    ("iso-2022-jp", "iso-2022-jp", JAPANESE),
    ("gb2312", "gb18030", CHINESE),
    ("gb18030", "gb18030", CHINESE),
    ("big5", "big5hkscs", "橋已關閉"),
    ("euc-kr", "cp949", "다리는 닫혀 있다"),
    ("windows-1256", "cp1256", "الجسر مغلق"),
    ("iso-8859-1", "cp1252", "“Brücke” – zu €5"),
    ("utf-16le", "utf-16-le", RUSSIAN),
    ("utf-16be", "utf-16-be", JAPANESE),
    ("utf8", "utf-8", "Brücke zu"),
]


@pytest.mark.parametrize(("label", "codec", "text"), HEADER)
def test_charset_of_the_header(label: str, codec: str, text: str) -> None:
    octets = f"<p>Intro</p><p>{text}</p>".encode(codec)
    read = page(octets, f'text/html; x=y; Charset="{label}"')
    assert isinstance(read, Page)
    assert (read.charset, read.charset_from) == (codec, "header")
    assert compared(text, read).result == "contained"
    start = read.text.index(text)
    first, last = read.octets(start, start + len(text))
    assert read.body.body[first:last].decode(codec) == text


META = [
    "<meta charset={}>",
    "<META name=x content=\"charset=utf-8\"><meta CharSet='{}' />",
    '<meta content="text/html; charset={}" http-equiv=Content-Type>',
    "<!-- <meta charset=utf-8> --><meta charset={}>",
    "<!--><meta charset={}>",
    "<meta charset=nonsense><meta charset={}>",
    "<title>" + "x" * 3000 + "</title><meta charset={}>",
    '<?xml version="1.0" encoding="{}"?>',
]


@pytest.mark.parametrize("form", META)
def test_charset_of_the_document(form: str) -> None:
    octets = (form.format("windows-1251") + f"<p>{RUSSIAN}").encode("cp1251")
    read = page(octets, "text/html")
    assert isinstance(read, Page)
    assert (read.charset, read.charset_from) == ("cp1251", "meta")
    assert compared(RUSSIAN, read).result == "contained"


BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


@pytest.mark.parametrize(("bom", "codec"), BOMS.items())
@pytest.mark.parametrize("declared", ["text/html; charset=koi8-r", "text/plain", ""])
def test_a_byte_order_mark_wins(bom: bytes, codec: str, declared: str) -> None:
    read = page(bom + f"<p>{RUSSIAN}".encode(codec), declared)
    assert isinstance(read, Page)
    assert (read.charset, read.charset_from) == (codec, "bom")
    assert read.media_type == ("text/plain" if declared == "text/plain" else "text/html")
    if read.media_type == "text/html":
        assert compared(RUSSIAN, read).result == "contained"


@pytest.mark.parametrize(
    ("octets", "charset"),
    [
        ("<p>Brücke".encode(), ("utf-8", "detected")),
        ("<p>Brücke".encode("cp1252"), ("cp1252", "default")),
        ("<p>Bridge – за".encode()[:-1], ("utf-8", "detected")),
        (b"<meta charset=utf-16><p>x", ("utf-8", "meta")),
    ],
)
def test_charset_that_nobody_names(octets: bytes, charset: tuple[str, str]) -> None:
    read = page(octets, "text/html")
    assert isinstance(read, Page)
    assert (read.charset, read.charset_from) == charset


def test_a_wrong_charset_finds_nothing_and_breaks_nothing() -> None:
    octets = f"<p>{RUSSIAN}</p><p>{FIRST}</p>".encode("cp1251")
    read = page(octets, "text/html; charset=utf-8")
    assert compared(f"{RUSSIAN}\n\n{FIRST}", read).count("found") == 1


CODECS = sorted({codec for _, codec, _ in HEADER})


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60), st.binary(max_size=60), st.sampled_from(CODECS))
def test_broken_octets_around_a_passage(before: bytes, behind: bytes, codec: str) -> None:
    """Whatever stands around, nothing fails, and what is found can be cut out."""
    text = "Bridge closed."
    between = " \r\n".encode(codec)
    if codec == "iso-2022-jp":
        before, behind = before.replace(b"\x1b", b"?"), behind.replace(b"\x1b", b"?")
    octets = before + between * 4 + text.encode(codec) + between + behind
    read = page(octets, f"text/plain; charset={_label(codec)}")
    assert isinstance(read, Page)
    (finding,) = compared(text, read).findings
    if finding.place is not None:
        first, last = read.octets(finding.place.start, finding.place.end)
        assert read.body.body[first:last].decode(codec) == text


def _label(codec: str) -> str:
    return next(label for label, known, _ in HEADER if known == codec)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(["text/html", "text/plain", "", "*/*", ";", "text/html,x"]),
)
def test_any_octets_are_read(octets: bytes, declared: str) -> None:
    read = page(octets, declared)
    if isinstance(read, Page):
        assert read.octets(0, len(read.text))[1] <= len(read.body.body)


def zipped(octets: bytes, level: int = 9) -> bytes:
    """A gzip stream that does not tell the time."""
    return gzip.compress(octets, level, mtime=0)


BODY = f"<p>{FIRST}</p>".encode()
RAW = zlib.compressobj(wbits=-15)
CODINGS = {
    "gzip": ("gzip", zipped(BODY)),
    "x-gzip": ("X-GZip", zipped(BODY)),
    "deflate": ("deflate", zlib.compress(BODY)),
    "raw deflate": ("deflate", RAW.compress(BODY) + RAW.flush()),
    "identity": ("identity", BODY),
    "twice": ("gzip, deflate", zlib.compress(zipped(BODY))),
    "two members": ("gzip", zipped(BODY[:20]) + zipped(BODY[20:])),
    "garbage behind": ("gzip", zipped(BODY) + b"\0\0garbage"),
    "cut": ("gzip", zipped(BODY + bytes(range(256)) * 9)[:-40]),
    "wrong checksum": ("gzip", zipped(BODY)[:-8] + b"\0" * 8),
}


@pytest.mark.parametrize(("coding", "octets"), CODINGS.values(), ids=CODINGS.keys())
def test_content_codings(coding: str, octets: bytes) -> None:
    read = page(octets, "text/html; charset=utf-8", coding)
    assert compared(FIRST, read).result == "contained"


WITHOUT = {
    "brotli": ("br", BODY, "undecodable"),
    "an unknown coding": ("x-new", BODY, "undecodable"),
    "not gzip": ("gzip", BODY, "undecodable"),
    "not deflate": ("deflate", b"\xff\xff" + BODY, "undecodable"),
    "too many codings": (", ".join(["gzip"] * 9), BODY, "undecodable"),
    "nothing": ("gzip", b"", "no_page_text"),
    "nothing, compressed": ("gzip", zipped(b""), "no_page_text"),
    "a bomb": ("gzip", zipped(b" " * (MAX_OCTETS + 1), 1), "too_large"),
    "a bomb in a bomb": (
        "gzip, gzip",
        zipped(zipped(b" " * (MAX_OCTETS + 1), 1)),
        "too_large",
    ),
    "too large": ("", b" " * (MAX_OCTETS + 1), "too_large"),
    "as large as may be": ("", b" " * MAX_OCTETS, "no_page_text"),
}


@pytest.mark.parametrize("case", WITHOUT.values(), ids=WITHOUT.keys())
def test_bodies_without_a_text(case: tuple[str, bytes, str]) -> None:
    coding, octets, reason = case
    assert page(octets, "text/html", coding) == NoText(reason)


STORED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "stored",
    [
        STORED + b"\r\n" + BODY,
        b"HTTP/1.1 103 Early\r\n\r\n" + STORED + b"\r\n" + BODY,
        STORED + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY),
        STORED + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n" + BODY,
        STORED + b"Content-Length: %d\r\n\r\n%bmore" % (len(BODY), BODY),
        STORED + b"Content-Encoding: gzip\r\n\r\n" + zipped(BODY),
        STORED + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n" + BODY,
    ],
    ids="close interim chunked cut more gzip conflict".split(),
)
def test_stored_responses(stored: bytes) -> None:
    for size in (1, 7, len(stored)):
        pieces = [stored[at : at + size] for at in range(0, len(stored), size)]
        assert compared(FIRST, page_of(*read_response(pieces))).result == "contained"


@pytest.mark.parametrize(
    "stored", [b"", BODY, b"HTTP/1.1 200 OK\r\nA: b", b"HTTP/1.1 x\r\n\r\n" + BODY]
)
def test_stored_octets_that_are_no_page(stored: bytes) -> None:
    assert read_response([stored]) == (None, b"")


def test_a_stored_response_without_end_is_bounded() -> None:
    endless = itertools.repeat(b" " * (1 << 20))
    stored = itertools.chain([STORED + b"\r\n"], endless)
    assert page_of(*read_response(stored)) == NoText("too_large")


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        ("application/pdf", "pdf"),
        ("image/png", "media_type"),
        ("application/octet-stream", "media_type"),
        ("video/mp4", "media_type"),
        ("", "pdf"),
    ],
)
def test_types_whose_text_is_not_read(declared: str, reason: str) -> None:
    assert page(b"%PDF-1.7", declared) == NoText(reason)
    assert compared(FIRST, page(b"%PDF-1.7", declared)).reason == reason


def test_pages_without_text() -> None:
    assert page("<p hidden>x</p><script>y</script>&nbsp;") == NoText("no_page_text")
    assert shown("") == ""
