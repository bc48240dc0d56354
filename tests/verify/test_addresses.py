"""An address as typed and as asked for is one address; any other is another."""

from __future__ import annotations

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.capture.observe import prepared_url
from archiver.capture.transport import request_octets
from archiver.errors import InvalidInput
from archiver.verify.addresses import (
    connect_lines,
    host,
    leads_to,
    request_line,
    same_address,
    server,
)
from archiver.verify.coherence import incoherences
from tests.verify.forge import exchange
from tests.verify.scenes import package, verdict

HOSTS = st.sampled_from(
    "example.org EXAMPLE.org:80 www.example.org:8080 bücher.example faß.example [::1] 127.0.0.1:81 "
    "xn--bcher-kva.example example.org. пример.рф".split()
)
RESTS = st.text(st.sampled_from(list("ab/.%2eEFfü?&=;+:@!$'()*,~_-#[]|^`{}é漢")), max_size=14)
SCHEMES = st.sampled_from(["http://", "https://", "HTTP://"])


@settings(max_examples=400, deadline=None)
@given(SCHEMES, HOSTS, RESTS)
def test_what_is_asked_for_is_what_was_typed(scheme: str, host: str, rest: str) -> None:
    typed = f"{scheme}{host}/{rest}"
    try:
        asked = str(requests.Request("GET", prepared_url(typed)).prepare().url)
    except InvalidInput:
        return
    assert same_address(typed, asked)
    line = request_line(asked)
    assert line is not None
    assert request_octets(requests.Request("GET", asked).prepare()).startswith(line)


DIFFERENT = (
    ("http://a.example/x", "https://a.example/x"),
    ("http://a.example/x", "http://b.example/x"),
    ("http://a.example/x", "http://a.example.b.example/x"),
    ("http://a.example/x", "http://a.example:8080/x"),
    ("http://a.example/x", "http://a.example/X"),
    ("http://a.example/x", "http://a.example/x/"),
    ("http://a.example/x", "http://a.example/x?y"),
    ("http://a.example/x?a=1&b=2", "http://a.example/x?b=2&a=1"),
    ("http://a.example/a%2Fb", "http://a.example/a/b"),
    ("http://a.example/", "http://user@a.example/"),
    ("http://a.example/", "http://[a.example/"),
    ("http://a.example/", "http://a.example:x/"),
    ("ftp://a.example/", "ftp://a.example/"),
    ("x", "x"),
    ("", ""),
)


@pytest.mark.parametrize(("typed", "asked"), DIFFERENT)
def test_different_addresses(typed: str, asked: str) -> None:
    assert not same_address(typed, asked)


def test_redirects() -> None:
    assert leads_to("http://a.example/x/y", "../z", "http://a.example/z")
    assert leads_to(
        "http://a.example/", "//b.example/ü".encode().decode("latin-1"), "http://b.example/%C3%BC"
    )
    assert not leads_to("http://a.example/", "/z", "http://a.example/y")
    assert not leads_to("http://a.example/", "http://[x/", "http://a.example/")
    assert request_line("http://a.example/ü") is None
    assert request_line("gopher://a.example/") is None


def test_what_was_asked_for_is_ascii() -> None:
    said = verdict(package("captured")).said
    assert said is not None
    assert not list(incoherences(said.observation, ours=True))
    typed = exchange(said.observation, 0, url="https://news.example.org/é")
    found = [one.what for one in incoherences(typed, ours=True)]
    assert "an address that nobody can ask" in found


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "ftp://a.example/",
        "http://",
        "http://[::1",
        "http://a.example:x/",
        "http://ü.example/",
    ],
)
def test_for_what_is_no_url_nothing_is_asked(url: str) -> None:
    assert request_line(url) is None
    assert connect_lines(url) is None


def test_what_is_asked_of_a_server_and_of_a_proxy() -> None:
    url = "http://a.example:8080/x?y"
    assert request_line(url) == b"GET /x?y HTTP/1.1\r\nHost: a.example:8080\r\n"
    assert request_line(url, proxied=True) == (
        b"GET http://a.example:8080/x?y HTTP/1.1\r\nHost: a.example:8080\r\n"
    )
    assert request_line("https://a.example", proxied=True) == (
        b"GET / HTTP/1.1\r\nHost: a.example\r\n"
    )
    for url, there in (("https://a.example/x", b"a.example:443"), ("https://[::1]:8/", b"[::1]:8")):
        assert connect_lines(url) == b"CONNECT %b HTTP/1.1\r\nHost: %b\r\n\r\n" % (there, there)


def test_hosts_and_servers() -> None:
    assert host("https://A.example:8/x") == "a.example"
    assert host("http://[::1") is None
    assert server("https://A.example/x") == ("https", "a.example", 443)
    assert server("http://a.example:81") == ("http", "a.example", 81)
    for url in (
        "ftp://a.example/",
        "http://[::1",
        "http://a.example:x/",
        "http://a.example:70000/",
    ):
        assert server(url) is None
