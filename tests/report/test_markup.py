"""Text from outside becomes text, whatever it is; and nothing else can be made here."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.report.escape import terminal
from archiver.report.html.document import document
from archiver.report.html.markup import Markup, element, foreign, language, markup
from tests.report.hostile import strings


class Read(HTMLParser):
    """What the standard library reads in a page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


def as_it_should(text: str) -> None:
    """The text reads back as text, with nothing but our own marks around what is spelled out."""
    read = Read(element("p", text, aria_label=text).source)
    assert read.text == terminal(text)
    marks = [tag for tag, _ in read.tags]
    assert set(marks) <= {"p", "span"}
    assert marks.count("p") == 1
    (_, attributes), *spans = read.tags
    assert attributes == [("aria-label", terminal(text))]
    assert all(one == [("class", "x")] for _, one in spans)
    assert len(spans) == sum(terminal(char) != char for char in text)


@pytest.mark.parametrize("text", strings())
def test_a_hostile_text_is_text(text: str) -> None:
    as_it_should(text)


@given(st.text(st.characters(codec=None)))
def test_every_text_is_text(text: str) -> None:
    as_it_should(text)


@given(st.text(st.characters(codec=None)))
def test_a_page_with_any_title_is_a_page(text: str) -> None:
    source = document(text, foreign("h1", text)).decode()
    read = Read(source)
    tags = [tag for tag, _ in read.tags]
    assert tags[:2] == ["html", "meta"]
    assert set(tags) <= set("html meta link title style body div h1 span br".split())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source)


@pytest.mark.parametrize("name", ["script", "style", "iframe", "img", "form", "P", "p onclick", ""])
def test_no_other_element(name: str) -> None:
    with pytest.raises(ValueError, match="no such element"):
        element(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("href", "javascript:alert(1)"),
        ("href", "http://far.example/"),
        ("href", "//far.example/x.html"),
        ("href", "../../x.html"),
        ("href", "x.html?y"),
        ("href", "#x y"),
        ("href", "data:text/html,x.html"),
        ("class", 'x" onclick="y'),
        ("id", "x\n"),
        ("lang", "en\n"),
        ("dir", "up"),
        ("onclick", "x"),
        ("style", "color:red"),
        ("src", "x.html"),
        ("datetime", "now"),
        ("tabindex", "1"),
    ],
)
def test_no_other_attribute(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="no such attribute"):
        element("a", **{name: value})


def test_what_is_said_and_nothing_more() -> None:
    assert element("br").source == "<br>"
    assert element("a", "x", href="../case/a-1.html", class_=None).source == (
        '<a href="../case/a-1.html">x</a>'
    )
    assert markup(["a", None, [element("b", "<"), Markup("&amp;")]]).source == "a<b>&lt;</b>&amp;"
    assert foreign("p", "a\nb", "ar").source == '<p lang="ar" dir="auto">a<br>b</p>'
    assert language("zh-Hant") == "zh-Hant"
    assert [language(one) for one in (None, "und", "unknown", "x y", "e")] == [None] * 5
