"""JSON, feeds and other XML: their strings are texts, of those with HTML what it shows."""

from __future__ import annotations

import html
import json

import pytest

from archiver.judge.page import NoText, Page
from tests.judge.judge_pages import FIRST, SECOND, SEED, THIRD, compared, page

PARAGRAPHS = "".join(f"<p>{html.escape(text)}</p>" for text in (FIRST, SECOND, THIRD))
INLINE = PARAGRAPHS.replace("bridge", "<b>bri</b>dge")
DECLARED = "<?xml version='1.0'?>"


def items(*texts: str) -> str:
    """A feed with an item for each text."""
    described = (
        f"<item><title>x</title><description>{text}</description></item>" for text in texts
    )
    return f"<rss><channel><title>News</title>{''.join(described)}</channel></rss>"


DOCUMENTS = {
    "JSON strings": ("application/json", json.dumps([FIRST, {"a": SECOND, "b": [THIRD]}])),
    "JSON with HTML": ("application/json; charset=utf-8", json.dumps({"content": INLINE})),
    "JSON in one text": ("text/json", json.dumps({"text": SEED})),
    "JSON, escaped": ("application/ld+json", json.dumps({"a": SEED}).replace("e", "\\u0065")),
    "JSON behind a guard": ("application/json", ")]}'\n" + json.dumps({"a": SEED})),
    "JSON feed": ("application/feed+json", json.dumps({"items": [{"content_html": PARAGRAPHS}]})),
    "RSS": ("application/rss+xml", DECLARED + items(html.escape(PARAGRAPHS))),
    "RSS with CDATA": ("text/xml", items(f"<![CDATA[{INLINE}]]>")),
    "RSS, an item each": ("application/xml", items(*map(html.escape, (FIRST, SECOND, THIRD)))),
    "content:encoded": (
        "application/rss+xml",
        items("Teaser").replace("</item>", f"<c:encoded>{html.escape(INLINE)}</c:encoded></item>"),
    ),
    "RDF": (
        "application/rdf+xml",
        f"<rdf:RDF><item><description>{html.escape(INLINE)}</description></item></rdf:RDF>",
    ),
    "Atom": (
        "application/atom+xml",
        f'<feed xmlns="x"><content type="html">{html.escape(PARAGRAPHS)}</content></feed>',
    ),
    "Atom with XHTML": (
        "application/atom+xml",
        f'<feed><entry><content type="xhtml"><div>{INLINE}</div></content></entry></feed>',
    ),
    "a document of its own kind": (
        "application/xml",
        "<!DOCTYPE doc [<!ENTITY x 'y'>]><doc><!-- z -->"
        + "".join(f"<para>{html.escape(one)}</para>" for one in (FIRST, SECOND, THIRD)),
    ),
    "XHTML as XML": (
        "application/xml",
        f"{DECLARED}<!-- x --><html><body>{INLINE}</body></html>",
    ),
    "no type": ("", DECLARED + items(html.escape(INLINE))),
    "windows-1251": (
        "text/xml",
        "<?xml version='1.0' encoding='windows-1251'?>" + items(html.escape(INLINE), "\u0416"),
    ),
}


@pytest.mark.parametrize("case", DOCUMENTS.values(), ids=DOCUMENTS.keys())
@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_contained(case: tuple[str, str], digests: bool) -> None:
    declared, source = case
    codec = "cp1251" if "1251" in source[:60] else "utf-8"
    read = page(source.encode(codec), declared)
    assert isinstance(read, Page)
    done = compared(SEED, read, digests)
    assert (done.result, done.within) == ("contained", 0), read.text
    for finding in done.findings:
        assert finding.place is not None
        start, end = read.octets(finding.place.start, finding.place.end)
        cut = read.body.body[start:end].decode(codec)
        for word in ("council", "closed") if finding.passage.number == 1 else ():
            assert word in cut.replace("\\u0065", "e")
        assert "<description>" not in cut


@pytest.mark.parametrize(
    ("declared", "source"),
    [
        ("application/json", json.dumps({FIRST: "x"})),
        ("application/rss+xml", f"<rss><item a='{FIRST}'>x</item></rss>"),
        ("application/rss+xml", f"<rss><!-- {FIRST} --><item>x</item></rss>"),
        (
            "application/rss+xml",
            f"<rss><item>{html.escape(f'<p hidden>{FIRST}</p>x')}</item></rss>",
        ),
        ("application/xml", f"<doc><a>{FIRST[:20]}</a><b>{FIRST[20:]}</b></doc>"),
    ],
)
def test_not_contained(declared: str, source: str) -> None:
    assert compared(FIRST, page(source, declared)).result == "not-contained"


def test_markup_in_one_item_hides_nothing_of_the_next() -> None:
    texts = ("<p>x<!-- ", f"<script>{FIRST}", SECOND, "<div hidden>", THIRD)
    feed = page(items(*map(html.escape, texts)), "text/xml")
    done = compared(f"{SECOND}\n\n{THIRD}", feed)
    assert done.result == "contained"


def test_a_document_that_shows_markup_as_text() -> None:
    read = page("<doc><p1>a &lt;b&gt; c</p1></doc>", "application/xml")
    assert compared("a <b> c", read).result == "contained"


@pytest.mark.parametrize(
    ("declared", "source"),
    [("application/json", source) for source in ("", "{}", "[[", '{"a": 1}', '"', '[" "]')]
    + [("text/xml", source) for source in ("", "<rss>", "<rss/>", "<?xml", "<a><b> </b>")],
)
def test_documents_without_text(declared: str, source: str) -> None:
    assert page(source, declared) == NoText("no_page_text")
