"""Where redirects and references on a page lead, and what that says."""

from __future__ import annotations

import pytest

from archiver.judge.signals.path import Led, is_front, joined, led, parted

URL = "https://News.example:8443/a/b?x=1&y=2#top"


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("", None),
        ("//other.example/x", None),
        ("x.html", None),
        ("../x", None),
        ("javascript:x", None),
        ("/ü", None),
        ("/x?y#z", "https://News.example:8443/x?y#z"),
        ("?z=3", "https://News.example:8443/a/b?z=3"),
        ("#below", "https://News.example:8443/a/b?x=1&y=2"),
        ("https://other.example:1/x", "https://other.example:1/x"),
        ("HTTP://other.example", "HTTP://other.example"),
        ("ftp://other.example/", None),
    ],
)
def test_a_reference(reference: str, target: str | None) -> None:
    assert joined(URL, reference) == target


def test_a_reference_on_a_page_without_a_query() -> None:
    assert joined("http://a.example/x", "#y") == "http://a.example/x"
    assert joined("http://a.example/x?", "#y") == "http://a.example/x"


def test_the_parts_of_an_address() -> None:
    assert parted(URL) == ("https://News.example:8443", "news.example", "/a/b", "x=1&y=2")
    assert parted("http://a.example") == ("http://a.example", "a.example", "", "")
    assert parted("http://a.example/x?#y") == ("http://a.example", "a.example", "/x", "")
    for none in ("", "x", "ftp://a.example/", "//a.example/"):
        assert parted(none) == ("", "", "", "")


@pytest.mark.parametrize(
    ("rest", "front"),
    [
        ("", True),
        ("/", True),
        ("//", True),
        ("/en", True),
        ("/en-GB/", True),
        ("/index.html", True),
        ("/Home", True),
        ("/default.aspx/", True),
        ("/?q=x", True),
        ("/?p=12", False),
        ("/?a=1&id=12", False),
        ("/?aid=12", True),
        ("/news", False),
        ("/en/news", False),
    ],
)
def test_front_pages(rest: str, front: bool) -> None:
    assert is_front(f"https://news.example{rest}") is front


SITE = "https://news.example"
PAGE = f"{SITE}/2026/03/bridge"


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        (PAGE, None),
        (f"{SITE}/2026/03/bridge-2", None),
        (f"{SITE}/404.html", "not_found"),
        (f"{SITE}/x/Login", "login"),
        ("https://accounts.example/x", "login"),
        ("https://consent.news.example/x", "consent"),
        (f"{SITE}/subscribe?x", "pay"),
        ("https://captcha.example/", "challenge"),
        (f"{SITE}/geoblock", "geo"),
        (f"{SITE}/maintenance.html", "maintenance"),
        ("https://wifi.example/", "captive"),
        (f"{SITE}/lander", "parked"),
        (f"{SITE}/", "home"),
        (f"{SITE}/de/", "home"),
        ("https://other.example/", "home"),
        (f"{SITE}/?s=bridge", "section"),
        (f"{SITE}/search", "section"),
        (f"{SITE}/2026/03/", "section"),
        (f"{SITE}/2026", "section"),
        (f"{SITE}/2025", None),
        (f"{SITE}/2026/03/bridge/more", None),
    ],
)
def test_what_the_way_says(last: str, kind: str | None) -> None:
    assert list(led([PAGE, last], None)) == ([] if kind is None else [Led(kind, last)])
    assert list(led([PAGE, f"{SITE}/x", last], None)) == ([] if kind is None else [Led(kind, last)])


def test_an_address_that_was_like_that_at_first_says_nothing() -> None:
    login = f"{SITE}/login/x"
    assert list(led([login, f"{SITE}/login/y"], None)) == []
    assert list(led([f"{SITE}/", f"{SITE}/en/"], None)) == []
    assert list(led([f"{SITE}/search/x", f"{SITE}/search"], None)) == [
        Led("section", f"{SITE}/search")
    ]


def test_where_the_page_itself_leads_on() -> None:
    assert list(led([PAGE], "/login")) == [Led("login", f"{SITE}/login", by_page=True)]
    assert list(led([PAGE], "/")) == [Led("home", f"{SITE}/", by_page=True)]
    assert list(led([PAGE], "/2026/")) == [Led("section", f"{SITE}/2026/", by_page=True)]
    assert list(led([PAGE], "x.html")) == []
    assert list(led([PAGE], None)) == []
    assert list(led([PAGE], "#top")) == []
