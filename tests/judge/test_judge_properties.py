"""What must hold for every page and every text."""

from __future__ import annotations

import html as stdlib
from dataclasses import replace
from unicodedata import combining

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.judge.claims import Stated
from archiver.judge.compare import Claim, compare
from archiver.judge.comparison import to_document
from archiver.judge.normal import LEVELS, composed, even, plain, stripped
from archiver.judge.page import Page
from archiver.unicode14 import nfc
from tests.judge.judge_pages import compared, page, shown, sought

WORDS = st.text("abcAB5 1é'\"-–—“’.…\u200b\xad\xa0e\u0301ж中²,%\n", min_size=1, max_size=24)
PARAGRAPHS = st.lists(
    WORDS.filter(lambda text: stripped(text, "typographic")), min_size=1, max_size=5
)
NOISE = st.sampled_from(
    ["", "<b>", "</b>", "<!--x-->", "<i class='a>b'>", "</i>", "<wbr>", "&shy;", "<br>", " ", "\n",
     "<script>'<p>'</script>", "<p>", "<del>", "</del>", "<!DOCTYPE x>", "</p>", "<div>",
     "<span hidden>no</span>", "a", "5", "-", "."]
)  # fmt: skip
SPELLINGS = st.sampled_from(
    [stdlib.escape, lambda text: "".join(f"&#{ord(char)};" for char in text)]
)


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, str]:
    """A seed text, and a page with its passages: some whole, some cut or changed, noise between."""
    paragraphs = draw(PARAGRAPHS)
    parts = []
    for text in draw(st.permutations(paragraphs)) if draw(st.booleans()) else paragraphs:
        spell = draw(SPELLINGS)
        at = draw(st.integers(0, len(text)))
        middle = draw(NOISE) if draw(st.integers(0, 3)) == 0 else ""
        parts.append(spell(text[:at]) + middle + spell(text[at:]) + draw(NOISE) + draw(NOISE))
    return "\n\n".join(paragraphs), "".join(parts)


def read(markup: str) -> Page | None:
    made = page(markup)
    return made if isinstance(made, Page) else None


@settings(max_examples=250, deadline=None)
@given(pages())
def test_digests_find_what_the_text_finds(case: tuple[str, str]) -> None:
    seed, markup = case
    if not stripped(seed, "none"):
        return
    with_text, with_digests = compared(seed, markup), compared(seed, markup, digests=True)
    assert [one.place for one in with_text.findings] == [one.place for one in with_digests.findings]
    assert with_text.result == with_digests.result
    assert with_text.in_order == with_digests.in_order
    assert with_digests.count("altered") == 0
    assert with_text.embedded == with_digests.embedded
    for one, other in zip(with_text.findings, with_digests.findings, strict=True):
        assert (one.context, one.elsewhere) == (other.context, other.elsewhere)


@settings(max_examples=250, deadline=None)
@given(pages())
def test_what_is_found_stands_there(case: tuple[str, str]) -> None:
    seed, markup = case
    made = read(markup)
    if made is None:
        return
    for finding in compared(seed, made).findings:
        if finding.place is None:
            continue
        place, text = finding.place, finding.passage.text or ""
        cut = made.text[place.start : place.end]
        assert stripped(cut, place.level) == stripped(text, place.level)
        for weaker in LEVELS[: LEVELS.index(place.level)]:
            assert stripped(cut, weaker) != stripped(text, weaker)
        first, last = made.octets(place.start, place.end)
        again = shown(made.body.body[first:last])
        assert stripped(again, "typographic") == stripped(text, "typographic")


@settings(max_examples=150, deadline=None)
@given(
    st.text("<>/!-ap='\" &#;x1\0\n", max_size=40),
    st.sampled_from("\n<p>|</script>|-->|'>".split("|")),
)
def test_any_markup_is_read_to_its_end(markup: str, end: str) -> None:
    made = read(markup + end + "<p>closing words")
    if made is not None:
        assert made.octets(0, len(made.text))[1] <= len(made.body.body)
        assert not set(made.text) & {"\0"}


def joins(char: str) -> bool:
    """Whether a character belongs to the one before it."""
    return bool(char) and (combining(char) > 0 or char in "\u1161\u11a8")


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        "e\u0301\u0323\u0308가ᄀ\u1161\u11a8Å\u212b\u0958क\u093c\u2126 \U0001d15e\u0344",
        max_size=12,
    )
)
def test_composed_is_nfc_and_leads_back(text: str) -> None:
    made = composed(text)
    assert made.text == nfc(text)
    for end in range(1, len(made.text) + 1):
        start, stop = made.origin(0, end)
        assert start == 0
        if not joins(made.text[end : end + 1]):
            assert nfc(text[:stop]) == made.text[:end]


@settings(max_examples=150, deadline=None)
@given(st.text("a \n\xa0\u200b\xad…-–\u2060.“", max_size=20))
def test_even_text_leads_back(text: str) -> None:
    made = even(text)
    assert plain(made.text).strip(" ") == stripped(text, "typographic")
    for index in range(len(made.text)):
        start, end = made.origin(index, index + 1)
        assert made.text[index] in even(text[start:end]).text
        assert made.reached(start) <= index < max(index + 1, made.reached(end))


@settings(max_examples=80, deadline=None)
@given(pages())
def test_the_document_says_the_same_twice(case: tuple[str, str]) -> None:
    seed, markup = case
    made = read(markup)
    if made is None:
        return
    claim = Claim(passages=sought(seed), stated=Stated(title="ab"))
    first = to_document(compare(claim, made), made, "urn:uuid:x")
    again = to_document(compare(replace(claim), made), made, "urn:uuid:x")
    assert first == again
    assert first["found"] + first["altered"] + first["missing"] == len(claim.passages)


BESIDE = st.sampled_from(
    [
        "<script type=application/ld+json>",
        "<script>",
        "</script>",
        "<del>",
        "</del>",
        "<p>",
        "</p>",
        "<p hidden>",
        "<noscript>",
        "</noscript>",
        '<img alt="',
        '<meta name=author content="',
        '">',
        '{"a":"',
        '","b":["',
        '"]}',
        '\\"',
        "\\u00e9",
        "\\ud83d",
        "`",
        "'",
        "//",
        "/*",
        "*/",
        " ",
        "\n",
        "e\u0301",
        "\u0301",
        "The cat sat",
        "The cat sat on 8 May 2024",
        "&amp;",
        "&#x301;",
        "<b>",
        "<![CDATA[",
        "]]>",
        "<item>",
        "</item>",
        "<rss>",
        "\0",
        "\u200b",
        "by A B",
    ]
)
TYPES = ["text/html", "application/json", "application/rss+xml", "text/xml", "text/plain"]


@settings(max_examples=300, deadline=None)
@given(st.lists(BESIDE, max_size=40).map("".join), st.sampled_from(TYPES))
def test_any_document_is_compared_alike_with_text_and_digests(source: str, declared: str) -> None:
    made = page(source, declared)
    seed = "The cat sat\n\nThe cat sat on 8 May 2024"
    stated = {"title": "The cat", "authors": ("A B",)}
    first, second = (compared(seed, made, digests, **stated) for digests in (False, True))
    assert (first.result, first.embedded, first.claims) == (
        second.result,
        second.embedded,
        second.claims,
    )
    beside = made if isinstance(made, Page) else made.beside
    for one, other in zip(first.findings, second.findings, strict=True):
        assert (one.place, one.elsewhere) == (other.place, other.elsewhere)
        for place in one.elsewhere:
            assert beside is not None
            start, end = place.octets
            assert b"cat" in beside.body.body[start:end]
