"""What the marks of a document say, one kind at a time."""

from __future__ import annotations

import pytest

from archiver.judge.signals.markup import Markup, Span, read_markup


def test_nothing() -> None:
    assert read_markup("") == Markup()
    assert read_markup("words & more < 3 words") == Markup()


def test_links_and_what_they_show() -> None:
    source = "one <a href=/x>two <b>three</b></a> four<button> five </button>"
    assert read_markup(source).links == [
        Span(source.index("<a"), source.index("</a>"), len("two") + len("three")),
        Span(source.index("<button"), source.index("</button"), len("five")),
    ]


def test_a_link_that_is_never_closed_goes_to_the_end() -> None:
    source = "<p>one <a href=/x>two"
    assert read_markup(source).links == [Span(source.index("<a"), len(source), 3)]


def test_a_second_one_closes_the_first() -> None:
    source = "<a>one<a>three</a>"
    assert read_markup(source).links == [Span(0, 6, 3), Span(6, 14, 5)]


def test_headings_by_their_level() -> None:
    source = "".join(f"<h{level}>{'x' * level}</h{level}>" for level in range(1, 8))
    found = read_markup(source).headings
    assert [(level, span.shown) for level, span in found] == [(n, n) for n in range(1, 7)]


def test_ids_and_classes() -> None:
    found = read_markup('<html class="Dark a"><body id=Main class="b\tC"><p id="" class=d>')
    assert found.names == {"dark", "a", "main", "b", "c", "d"}
    assert found.body == {"dark", "a", "main", "b", "c"}


@pytest.mark.parametrize("name", ["script", "iframe", "frame", "form", "link", "img", "input"])
@pytest.mark.parametrize("key", ["src", "href", "action", "data-src"])
def test_addresses(name: str, key: str) -> None:
    assert read_markup(f'<{name} {key}="/A&amp;B">').addresses == ["/a&b"]
    assert read_markup(f'<p {key}="/A&amp;B">').addresses == []
    assert read_markup(f'<{name} {key}x="/A">').addresses == []


def test_metas() -> None:
    found = read_markup(
        '<meta name=Robots content=" noindex "><meta property="og:TYPE" content=article>'
        "<meta name=robots content=later><meta name=empty><meta content=nameless>"
        '<meta property="" name=author content="A &amp; B">'
    )
    assert found.metas == {
        "robots": "noindex",
        "og:type": "article",
        "empty": "",
        "author": "A & B",
    }
    assert found.refresh is None


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0;url=/gone", "/gone"),
        ("5; URL= '/a=b' ", "/a=b"),
        ("0; url=&quot;/Q&quot;", "/Q"),
        ("30", None),
        ("", None),
    ],
)
def test_refresh(content: str, target: str | None) -> None:
    found = read_markup(f'<meta http-equiv=Refresh content="{content}">')
    assert found.refresh == target
    twice = read_markup(
        f'<meta http-equiv=refresh content="0;url=/first">'
        f'<meta http-equiv=refresh content="{content}">'
    )
    assert twice.refresh == "/first"
    assert read_markup(f'<meta http-equiv=other content="{content}">').refresh is None


def test_canonical() -> None:
    found = read_markup(
        '<link rel="Alternate CANONICAL" href=" /A&amp;b "><link rel=canonical href=/other>'
    )
    assert found.canonical == "/A&b"
    assert read_markup("<link rel=stylesheet href=/x>").canonical is None
    assert read_markup("<link rel=canonical>").canonical == ""
    assert read_markup("<a rel=canonical href=/x>").canonical is None


def test_passwords() -> None:
    assert read_markup("<input type=PassWord>").password
    assert not read_markup("<input type=text><p type=password>").password


def test_scripts() -> None:
    found = read_markup("<script>var a = '<p id=x>'</script><p><script src=/b></script>")
    assert (found.scripts, found.script) == (2, "var a = '<p id=x>'\n")
    assert found.names == set()
    assert found.addresses == ["/b"]


def test_of_long_scripts_the_beginning_is_kept() -> None:
    most = 1 << 18
    one, two, three = "a" * (most - 10), "b" * 30, "c" * 30
    found = read_markup("".join(f"<script>{text}</script>" for text in (one, two, three)))
    assert found.scripts == 3
    assert found.script == f"{one}\n{'b' * 10}\n"


def test_of_a_long_document_the_beginning_is_read() -> None:
    most = 1 << 20
    for size, seen in ((most - len("<i id=x>"), {"x"}), (most, set())):
        assert read_markup(f"{' ' * size}<i id=x>").names == seen


def test_what_is_no_text() -> None:
    found = read_markup(
        "<noscript>Please  <b>turn on</b>\nscripts &amp; cookies</noscript>"
        "<style>p { x: '<a id=s>' }</style><title>T <a id=t></title>"
        "<textarea><a id=u></textarea><iframe><a id=v></iframe><template><a id=w></template>"
        "<noscript>two</noscript>"
    )
    assert (found.names, found.links) == (set(), [])


def test_comments() -> None:
    found = read_markup("<!-- One <a id=x> --><p><!--TWO--><!-- never closed")
    assert found.comments == " one <a id=x> \ntwo\n never closed"
    assert (found.links, found.names) == ([], set())


@pytest.mark.parametrize(
    ("source", "hollow"),
    [
        ("<div id=app></div>", True),
        ("<div id=app> \n </div>", True),
        ("<div id=app>words</div>", False),
        ("<div id=app><p></p></div>", False),
        ("<div class=app></div>", False),
        ("<div id=app>", False),
        ("<img id=app></div>", False),
        ("<div id=a>x</div><div id=b></div>", True),
    ],
)
def test_an_element_with_an_id_and_nothing_in_it(source: str, hollow: bool) -> None:
    assert read_markup(source).hollow is hollow


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("<!doctype html><p id=x>", {"x"}),
        ("</><p id=x>", {"x"}),
        ("<! <p id=x>", set()),
        ("<p id=x", set()),
        ("</p <p id=x>", set()),
        ("<1><p id=x>", {"x"}),
        ("<p id=x><!", {"x"}),
        ("<p id=x></1", {"x"}),
    ],
)
def test_what_is_no_tag(source: str, names: set[str]) -> None:
    assert read_markup(source).names == names
