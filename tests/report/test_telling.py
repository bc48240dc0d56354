"""Feed and summary: what is told, and hostile texts in them."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from archiver.report.feed import MOST, feed
from archiver.report.markup import code, xml
from archiver.report.news import KINDS, UNTOLD, news
from archiver.report.summary import MAX_OCTETS, summary
from tests.custody.logbook import began, captured, note
from tests.hostiletexts import TEXTS, has_no_control
from tests.report.hostile import strings

ATOM = "{http://www.w3.org/2005/Atom}"
LOG = "4b41b43a2bb235cc"
# What our own words of a summary are made of.
TAGS = {"h1", "h2", "ul", "li", "p", "code", "strong", "em"}


def html_of(markdown: str) -> ET.Element:
    """What GitHub's own Markdown makes of it; raw HTML would come out as it stands."""
    made = cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE)
    return ET.fromstring(f"<div>{made}</div>")


def placed(*lines: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(f"{LOG}/{at}", {"seq": at, **line}) for at, line in enumerate(lines)]


ALL = (*TEXTS, *strings())
PARTS = [ALL[at : at + len(TEXTS)] for at in range(0, len(ALL), len(TEXTS))]


def hostile(texts: Sequence[str]) -> list[tuple[str, Mapping[str, Any]]]:
    lines = []
    for text in texts:
        lines += [captured(0, 1) | {"source": text}, note(text) | {"by": text}]
        lines += [{"event": "gap", "case": text, "note": text, "time": "2026-11-25T00:00:00Z"}]
    return placed(*lines)


@pytest.mark.parametrize("text", ALL)
def test_a_hostile_text_is_only_text(text: str) -> None:
    root = html_of(f"- case {code(text)}, end")
    assert {one.tag for one in root.iter()} <= {"div", "ul", "li", "code"}
    (span,) = root.iter("code")
    assert "".join(root.itertext()).strip().endswith(", end")
    assert has_no_control(code(text))
    assert has_no_control(xml(text))
    element = ET.fromstring(f"<x a='{xml(text)}'>{xml(text)}</x>")
    assert (element.text or "") == element.get("a") == html.unescape(xml(text))
    assert span.text


@pytest.mark.parametrize("texts", PARTS, ids=range(len(PARTS)))
def test_hostile_lines_in_the_summary(texts: Sequence[str]) -> None:
    text = summary(list(news(hostile(texts))))
    assert has_no_control(text)
    root = html_of(text)
    assert {one.tag for one in root.iter()} <= {*TAGS, "div"}
    assert not any(one.attrib for one in root.iter())
    outside = "".join(one.text or "" for one in root.iter() if one.tag != "code")
    outside += "".join(one.tail or "" for one in root.iter())
    for mark in ("evil", "alert", "@", "::", "${{", "http"):
        assert mark not in outside
    assert not any(line.lstrip().startswith(("::", "##[")) for line in text.splitlines())


@pytest.mark.parametrize("texts", PARTS, ids=range(len(PARTS)))
def test_hostile_lines_in_the_feed(texts: Sequence[str]) -> None:
    octets = feed(list(news(hostile(texts))), LOG)
    assert has_no_control(octets.decode("utf-8"))
    root = ET.fromstring(octets)
    assert {one.tag.removeprefix(ATOM) for one in root.iter()} == {
        *("feed", "id", "title", "updated", "author", "name", "entry", "category", "content")
    }
    assert len(root.findall(f"{ATOM}entry")) == 3 * len(texts)
    assert all(one.get("type") in (None, "text") for one in root.iter())


def test_a_feed_is_capped_stable_and_valid() -> None:
    lines = placed(*(captured(0, number) for number in range(MOST + 50)))
    octets = feed(list(news(lines)), LOG)
    assert octets == feed(list(news(lines)), LOG)
    entries = ET.fromstring(octets).findall(f"{ATOM}entry")
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert ids[0] == f"urn:archiver:line:{LOG}/{MOST + 49}"
    assert len(ids) == len(set(ids)) == MOST
    for one in entries:  # RFC 4287 §4.1.2
        assert one.findtext(f"{ATOM}updated")
        assert one.findtext(f"{ATOM}title")
    empty = ET.fromstring(feed([], None))
    assert empty.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_a_summary_is_capped() -> None:
    long = [captured(0, n, case=f"c{n}") | {"source": "x" * 8000} for n in range(20_000)]
    assert len(summary(list(news(placed(*long)))).encode()) < MAX_OCTETS + 100
    notes = [note("é" * 1000) | {"by": "é" * 200, "line": f"{LOG}/0"}] * 20_000
    failed = [{"event": "failed", "case": "c", "reason": "x", "time": "x", "begin": 0}] * 900
    vanished = [captured(0, 1), captured(0, 2) | {"state": "absent"}] * 900
    text = summary(list(news(placed(*notes, *failed, *vanished, *long))))
    assert len(text.encode()) < MAX_OCTETS + 100


def kinds(*states: str, change: str | None = "unchanged") -> list[str]:
    compared = {} if change is None else {"change": change}
    lines = [captured(0, n) | {"state": one} | compared for n, one in enumerate(states)]
    return [one.kind for one in news(placed(began(), *lines))]


def test_what_settles_nothing_is_no_change() -> None:
    assert kinds("captured", "captured") == ["first", "same"]
    assert kinds("captured", "blocked", "captured") == ["first", "unseen", "same"]
    assert kinds("captured", "absent", "absent") == ["first", "vanished", "same"]
    assert kinds("captured", "inconclusive", "absent") == ["first", "unseen", "vanished"]
    assert kinds("absent", "unreachable", "captured") == ["first", "unseen", "back"]
    assert kinds("blocked") == ["unseen"]


def test_what_was_not_compared_is_not_as_before() -> None:
    assert kinds("captured", "captured", change="noise") == ["first", "same"]
    assert kinds("captured", "captured", change="changed") == ["first", "changed"]
    assert kinds("captured", "captured", change=None) == ["first", "alike"]
    assert kinds("absent", "absent", change=None) == ["first", "same"]
    lines = placed(captured(0, 1), captured(0, 2) | {"change": "changed"})
    assert "as before (2026-09-21T14:13:20Z); the page is another" in list(news(lines))[1].words


def test_every_kind_is_told_under_its_heading() -> None:
    lines = placed(
        captured(0, 1),
        captured(0, 2) | {"comparison": "partial"},
        captured(0, 3) | {"state": "absent", "reason": "http.404"},
        captured(0, 4) | {"state": "blocked", "reason": "http.403"},
        captured(0, 5),
        captured(0, 6),
        captured(0, 7) | {"change": "noise"},
        {"event": "gap", "note": "no run", "time": "2026-11-25T00:00:00Z"},
        note("seen"),
    )
    found = list(news(lines))
    assert {one.kind for one in found} == set(KINDS)
    text = summary(found, hidden=1, unread=2)
    headings = [one.removeprefix("## ") for one in text.splitlines() if one.startswith("## ")]
    assert headings == [KINDS[kind] for kind in KINDS if kind not in UNTOLD]
    assert "absent / http.404, text contained; before: captured / http.200, text partial" in text
    assert "1 line left out" in text
    assert "2 lines cannot be read" in text
