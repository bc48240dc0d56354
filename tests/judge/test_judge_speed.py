"""No page, however it is made, takes more than time in proportion to its size."""

from __future__ import annotations

import time
from itertools import cycle, islice

import pytest

from archiver.case.dates import PublishedDate
from archiver.judge import find
from archiver.judge import page as reading
from tests.judge.judge_pages import compared, page

A = "a " * 1000


@pytest.fixture(autouse=True)
def _crowded_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes no more time than its size is worth does so without this bound as well."""
    monkeypatch.setattr(reading, "MAX_MARKS", 1 << 30)


HOSTILE = {
    "words": "a " * 10**6,
    "<": "<" * 10**6,
    "<a ": "<a " * 300_000,
    "<a b=": '<a b="' * 10**5,
    "attributes": "<a " + "b='x' " * 10**5 + ">",
    "&": "&" * 10**6,
    "&#": "&#" * 500_000,
    "&aaaa": "&" + "a" * 10**6,
    "references": "&#32;&amp;" * 10**5,
    "<!--": "<!--" * 10**5,
    "comments": "<!--x-->" * 10**5,
    "<title>": "<title>" * 10**5,
    "titles": "<title>x</title>" * 50_000,
    "<script><!--": "<script><!--" * 10**5,
    "</ in a script": "<script>" + "</" * 500_000,
    "boxes": "<div>" * 10**5 + "x",
    "boxes with ends": "<div>" * 50_000 + "x" + "</div>" * 50_000,
    "end tags": "</p>" * 10**5,
    "hidden paragraphs": "<p hidden>" * 10**5,
    "hidden bold over paragraphs": "<p><b hidden>" * 50_000,
    "end tags out of reach": "<x><div>" + "<span>" * 50_000 + "</x>" * 50_000,
    "bold": "<b>" * 50_000 + "</b>" * 50_000,
    "tables": "<table><tr><td>x" * 30_000,
    "lists": "<dl><dd>x" * 30_000,
    "drawings": "<svg><p>" * 50_000,
    "carriage returns": "<pre>" + "\r" * 500_000,
    "lines": "<pre>" + "a\n" * 500_000,
    "one word": "a" * 10**6,
    "marks": "a" + "\u0301\u0323" * 200_000,
    "many marks on many letters": ("a" + "\u0301\u0323" * 490) * 100,
    "decomposed letters": "e\u0301" * 100_000,
    "invisible": "a\u200b" * 500_000,
    "dots": "\u2026" * 500_000,
    "hyphens": "-" * 10**6 + "-a" * 500_000,
    "numbers": "123 " * 300_000,
    "NUL": "a\0" * 300_000,
    "struck": "<del>a b</del> " * 10**5,
    "descriptions": '<meta name=description content="a b">' * 50_000,
    "alternative texts": "<img alt='a b'>" * 10**5,
    "noscripts": "<noscript>a b</noscript>" * 50_000,
    "years": "2024 " * 200_000,
    "dates": "<br>8 May 2024" * 10**5,
}
SCRIPTS = {
    "strings": '{"a":"b c",' * 10**5,
    "one string": '"' + "word " * 200_000 + '"',
    "quotes": '"' * 10**6,
    "ticks": "`" * 10**6,
    "escaped quotes": '\\"' * 500_000,
    "escapes": '"' + "\\n" * 500_000 + '"',
    "references": '"' + "&amp;" * 200_000 + '"',
    "open lists": "[" * 10**6,
    "closed lists": "]" * 10**6,
    "HTML in strings": '{"a":"<p>b</p>",' * 60_000,
    "JSON in strings": '{"a":"{\\"b\\":\\"c d\\"}"},' * 50_000,
    "a long key": '"' + "a" * 10**6 + '":"x"',
    "comments": "/*" * 500_000,
    "slashes": "=/" * 500_000,
    "regular expressions": "=/[" * 300_000,
    "names": "a b " * 250_000,
    "one name": "a" * 10**6,
    "code": "f(a,b){return a.b('c d',{e:\"f g\"})};" * 25_000,
    "apostrophes": "'a\n" * 300_000,
}
OTHERS = {
    "a list": ("application/json", '["a b",' * 90_000),
    "tags never closed": ("text/xml", "<rss>" + "<a " * 300_000),
    "attributes never closed": ("text/xml", "<rss>" + '<a b="' * 150_000),
    "comments never closed": ("text/xml", "<rss>" + "<!-- " * 200_000),
    "elements": ("text/xml", "<rss>" + "<item>a b</item>" * 60_000),
    "elements in elements": ("text/xml", "<rss>" + "<x>a b " * 90_000),
    "inline elements": ("text/xml", "<rss>" + "<b>a b</b>" * 10**5),
    "sections": ("text/xml", "<rss>" + "<![CDATA[<b>a b]]>" * 50_000),
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages(markup: str) -> None:
    assert seconds(markup) < 4


def seconds(markup: str, declared: str = "text/html; charset=utf-8") -> float:
    """What reading a page and comparing three passages with it takes."""
    start = time.process_time()
    published = PublishedDate(date="2024-08-08", precision="day", zone="unknown")
    stated = {"title": "a title", "authors": ("A Name",), "published": published}
    compared(f"{A}\n\na b c d e f\n\n{A}x {A}", page(markup, declared), **stated)
    return time.process_time() - start


@pytest.mark.parametrize("content", SCRIPTS.values(), ids=SCRIPTS.keys())
@pytest.mark.parametrize("kind", ["application/ld+json", "module"])
def test_hostile_scripts(content: str, kind: str) -> None:
    assert seconds(f"<p>x<script type={kind}>{content}</script>") < 4


@pytest.mark.parametrize("case", OTHERS.values(), ids=OTHERS.keys())
def test_other_hostile_documents(case: tuple[str, str]) -> None:
    declared, source = case
    assert seconds(source, declared) < 4


def article(size: int) -> list[str]:
    """Paragraphs of about 400 characters, no two alike."""
    words = islice(cycle("bridge council money larkmoor repair closed river while".split()), 50)
    line = " ".join(words)
    return [f"No. {number}: {line} {number * 7}." for number in range(size // len(line))]


def markup_of(paragraphs: list[str]) -> str:
    return "".join(
        f'<div id=p{number}>\n  <p>{text[:90]}<a href="/{number}">{text[90:]}</a></p></div>'
        for number, text in enumerate(paragraphs)
    )


def test_a_large_page_against_a_long_text() -> None:
    paragraphs = article(5_000_000)
    markup, some = markup_of(paragraphs), paragraphs[5000:5120]
    start = time.process_time()
    done = compared("\n\n".join(some), markup)
    assert done.result == "contained"
    altered = [text.replace("money", "honey", 1) for text in some]
    done = compared("\n\n".join(altered), markup)
    assert (done.count("altered"), done.count("missing")) == (len(some), 0)
    assert time.process_time() - start < 8  # twice 2 s, on a machine half as fast


@pytest.mark.parametrize("found", [True, False])
def test_digests_in_a_page(found: bool) -> None:
    paragraphs = article(300_000)
    some = paragraphs[500:530] if found else [f"{text} x" for text in paragraphs[500:530]]
    start = time.process_time()
    done = compared("\n\n".join(some), markup_of(paragraphs), digests=True)
    assert done.count("found") == (30 if found else 0)
    assert time.process_time() - start < 3


def test_digests_in_a_page_of_one_word() -> None:
    start = time.process_time()
    assert compared(f"{A}\n\n{A}b", "a " * 300_000, digests=True).count("found") == 1
    assert time.process_time() - start < 4


def test_the_octets_of_many_places_are_found_quickly() -> None:
    read = page("<p>Ж – б</p>\n" * 50_000)
    start = time.process_time()
    spans = [read.octets(at, at + 5) for at in range(0, 250_000, 250)]  # type: ignore[union-attr]
    assert len(set(spans)) == 1000
    assert time.process_time() - start < 4


@pytest.mark.parametrize("beside", [False, True])
def test_digests_are_not_looked_for_without_end(
    monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    monkeypatch.setattr(find, "MAX_DIGESTED", 100_000)
    words = f"{A} b c"
    markup = f"<p>x<script>a = '{words}'</script>" if beside else f"<p>{words}"
    for seed, result in (("b c", "contained"), ("b c d", "not-contained")):
        done = compared(seed, "<p>b c", digests=True)
        assert (done.result, done.embedded_whole) == (result, True)
    done = compared("b c d", markup, digests=True)
    if beside:
        assert (done.result, done.embedded_whole) == ("not-contained", False)
    else:
        assert (done.result, done.reason) == ("not-comparable", "too_large")
    assert compared("b c d", markup).embedded_whole is True


@pytest.mark.parametrize("mark", ["<b>", "&amp;", "a\0", "\r"])
def test_a_page_of_nothing_but_marks_is_too_large(
    monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    monkeypatch.undo()
    for number, read in ((reading.MAX_MARKS - 1, True), (reading.MAX_MARKS, False)):
        found = page("<p>hello" + mark * number)
        assert isinstance(found, reading.Page) == read
        assert read or found == reading.NoText("too_large")
        # As it is with any other document of markup; other text has no marks.
        assert isinstance(page("hello" + mark * number, "text/plain"), reading.Page)


def test_lists_in_lists_without_end() -> None:
    deep = f'<p>x<script type=application/json>{"[" * 2_000_000}{{"a":"b c d"}}</script>'
    assert compared("b c d", deep).embedded_whole is True
