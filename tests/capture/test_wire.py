"""What the wire said is what the package holds: octets as sent, failures by name."""

from __future__ import annotations

import io
import re
import socket
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.capture.observe import Settings
from archiver.verbs.capture import Captured, Order, capture
from archiver.verbs.reading import verify
from tests.site import Site, http

LIMIT = 1 << 20


def taken(tmp_path: Path, site: Site, path: str, seconds: float = 20) -> Captured:
    return capture(
        Order(
            source=site.url(path),
            archives=tmp_path / "archives",
            settings=Settings(
                probe=False,
                seconds=seconds,
                attempts=1,
                max_octets=LIMIT,
                controls=(site.url("/control"),),
                allow_private_addresses=True,
            ),
        )
    )


def records(done: Captured) -> list[tuple[str, str, bytes, dict[str, str]]]:
    """(type, URI, block, header fields) of every record, as warcio reads them."""
    with zipfile.ZipFile(done.package) as package:
        archive = io.BytesIO(package.read("archive/data.warc"))
    found = []
    for record in ArchiveIterator(archive, no_record_parse=True):
        headers = dict(record.rec_headers.headers)
        uri = headers.get("WARC-Target-URI", "")
        found.append((record.rec_type, uri, record.raw_stream.read(), headers))
    return found


def response(done: Captured, url: str) -> tuple[bytes, dict[str, str]]:
    ((block, headers),) = [
        (block, headers)
        for kind, uri, block, headers in records(done)
        if kind == "response" and uri == url
    ]
    return block, headers


PAGE = b"<p>A page of some length, to be sent in many ways.</p>"
SENT: dict[str, tuple[bytes, str, str | None]] = {
    # octets: reason: WARC-Truncated
    "plain": (http(PAGE), "http.200", None),
    "empty": (http(b""), "http.200", None),
    "close-delimited": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE,
        "http.200",
        None,
    ),
    "http-1.0": (b"HTTP/1.0 200 OK\r\n\r\n" + PAGE, "http.200", None),
    "chunked": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5;name=value\r\n<p>Ab\r\n3 \r\nc<b\r\n0\r\nX-Trailer: yes\r\n\r\n",
        "http.200",
        None,
    ),
    "chunked-cut": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Ab\r\n",
        "http.truncated",
        "disconnect",
    ),
    "chunk-size-broken": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "http.truncated",
        "unspecified",
    ),
    "short": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + PAGE,
        "http.truncated",
        "disconnect",
    ),
    "bytes-after-the-end": (http(PAGE) + b"HTTP/1.1 200 OK\r\n\r\nmore", "http.200", None),
    "two-lengths": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n" + PAGE,
        "http.truncated",
        "unspecified",
    ),
    "length-and-chunked": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"3\r\nabc\r\n0\r\n\r\n",
        "http.200",
        None,
    ),
    "odd-head": (
        b"HTTP/1.1  200 \xe9tat\r\nContent-Type:text/html\r\nX-A : b\r\nno colon here\r\n"
        b"X-Folded: one\r\n two\r\nX-Double:  a\r\nX-Double: \xc3\xa9\r\nX-\xff: y\r\n"
        b"Content-Length: 3\r\n\r\nabc",
        "http.200",
        None,
    ),
    "lf-only": (b"HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", "http.200", None),
    "many-headers": (
        b"HTTP/1.1 200 OK\r\n" + b"X-N: v\r\n" * 300 + b"Content-Length: 1\r\n\r\na",
        "http.200",
        None,
    ),
    "long-header": (
        b"HTTP/1.1 200 OK\r\nX-L: " + b"v" * 90_000 + b"\r\nContent-Length: 1\r\n\r\na",
        "http.200",
        None,
    ),
    "broken-gzip": (http(b"no gzip", extra="Content-Encoding: gzip\r\n"), "http.200", None),
    "http-0.9": (b"<html>just text</html>", "http.invalid", None),
    "garbage": (bytes(range(256)), "http.invalid", None),
    "bad-status-line": (b"HTTP/1.1 OK\r\n\r\nabc", "http.invalid", "unspecified"),
    "eof-in-head": (b"HTTP/1.1 200 OK\r\nContent-Type: te", "http.invalid", "disconnect"),
    "too-large": (
        b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * LIMIT,
        "http.200",
        None,
    ),
}


@pytest.mark.parametrize("name", SENT)
def test_octets_as_sent(tmp_path: Path, name: str) -> None:
    octets, reason, truncated = SENT[name]
    with Site({"/x": octets, "/control": http("up")}) as site:
        done = taken(tmp_path, site, "/x")
    block, headers = response(done, site.url("/x"))
    assert block == octets
    assert headers.get("WARC-Truncated") == truncated
    assert done.outcome.reason == reason
    report = verify(done.package)
    assert report.verdict == "untrusted", report


def test_interim_responses_stand_apart(tmp_path: Path) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    with Site({"/x": b"HTTP/1.1 100 Continue\r\n\r\n" + early + http(PAGE)}) as site:
        done = taken(tmp_path, site, "/x")
    block, headers = response(done, site.url("/x"))
    assert block == http(PAGE)
    (interim,) = [one for one in records(done) if one[1].startswith("urn:archiver:interim:")]
    assert interim[2] == b"HTTP/1.1 100 Continue\r\n\r\n" + early
    assert interim[3]["WARC-Concurrent-To"] == headers["WARC-Record-ID"]
    assert verify(done.package).verdict == "untrusted"


def test_a_body_over_the_cap_is_cut_and_says_so(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    with Site({"/x": head + b"a" * (3 * LIMIT)}) as site:
        done = taken(tmp_path, site, "/x")
    block, headers = response(done, site.url("/x"))
    assert block == head + b"a" * LIMIT
    assert headers["WARC-Truncated"] == "length"
    assert done.outcome.reason == "http.truncated"


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _reset_in_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nabc")
    time.sleep(0.2)
    _reset(connection)


def _stall(octets: bytes) -> Callable[[socket.socket], None]:
    def behave(connection: socket.socket) -> None:
        connection.sendall(octets)
        time.sleep(8)

    return behave


def _drip(octets: bytes) -> Callable[[socket.socket], None]:
    def behave(connection: socket.socket) -> None:
        connection.sendall(octets)
        for _ in range(100):
            connection.sendall(b"a")
            time.sleep(0.1)

    return behave


def _endless(octets: bytes) -> Callable[[socket.socket], None]:
    def behave(connection: socket.socket) -> None:
        connection.sendall(octets)
        while True:
            connection.sendall(b"X-N: vvvvvvvvvvvvvvvvvvvvvvvvv\r\n" * 100)

    return behave


FAILURES: dict[str, tuple[Callable[[socket.socket], None], str, str, str | None]] = {
    # behaviour: state: reason: truncated
    "close": (lambda connection: connection.close(), "unreachable", "http.closed", None),
    "reset": (_reset, "unreachable", "tcp.reset", None),
    "reset-in-body": (_reset_in_body, "captured", "http.truncated", "disconnect"),
    "silent": (_stall(b""), "unreachable", "http.timeout", None),
    "stall-in-head": (_stall(b"HTTP/1.1 200 OK\r\nCo"), "unreachable", "http.timeout", "time"),
    "stall-in-body": (
        _stall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
        "captured",
        "http.truncated",
        "time",
    ),
    "drip-head": (_drip(b"HTTP/1.1 200 OK\r\nX-A: "), "unreachable", "http.timeout", "time"),
    "drip-body": (_drip(b"HTTP/1.1 200 OK\r\n\r\n"), "captured", "http.truncated", "time"),
    "endless-head": (
        _endless(b"HTTP/1.1 200 OK\r\n"),
        "unreachable",
        "http.invalid",
        "unspecified",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_failures_by_name_within_the_deadline(tmp_path: Path, name: str) -> None:
    behave, state, reason, truncated = FAILURES[name]
    with Site({"/x": behave, "/control": http("up")}) as site:
        begun = time.monotonic()
        done = taken(tmp_path, site, "/x", seconds=1.5)
        assert time.monotonic() - begun < 3.5
    assert (done.outcome.state, done.outcome.reason) == (state, reason)
    made: list[Any] = [one for one in records(done) if one[0] == "response"]
    of_source = [one for one in made if one[1] == site.url("/x")]
    assert [one[3].get("WARC-Truncated") for one in of_source] == ([truncated] if of_source else [])
    assert bool(of_source) == (truncated is not None)
    assert verify(done.package).verdict == "untrusted"


def test_a_dead_source_leaves_no_response_but_a_record_of_the_attempt(tmp_path: Path) -> None:
    with Site({"/x": _reset, "/control": http("up")}) as site:
        done = taken(tmp_path, site, "/x")
        kinds = [(kind, uri) for kind, uri, _, _ in records(done)]
    assert ("response", site.url("/x")) not in kinds
    assert ("metadata", site.url("/x")) in kinds
    assert ("resource", f"urn:archiver:attempt:{site.url('/x')}") in kinds
    ((_, _, fields, _),) = [one for one in records(done) if one[0] == "metadata"]
    assert b"fetchErrorType: tcp.reset\r\n" in fields


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://[::1", "local.refused_by_policy"),
        ("http://user:pw@127.0.0.1/", "local.refused_by_policy"),
        ("http://127.1/", "local.refused_by_policy"),
        ("http://2130706433/", "local.refused_by_policy"),
        ("javascript:alert(1)", "local.refused_by_policy"),
        ("http://①②⑦.⓪.⓪.①/", "local.refused_by_policy"),
        ("/x\\..\\y", "local.refused_by_policy"),
        ("/" + "a" * 100_000, "local.refused_by_policy"),
        ("//", "http.redirect_loop"),
        ("", "http.redirect_loop"),
        ("?again", "http.redirected"),
        ("/caf\u00e9", "http.redirected"),
    ],
)
def test_hostile_redirects(tmp_path: Path, location: str, reason: str) -> None:
    redirect = http("", "302 Found").replace(b"\r\n", f"\r\nLocation: {location}\r\n".encode(), 1)
    pages = {"/x": redirect, "/x?again": http(PAGE), "/caf%C3%A9": http(PAGE)}
    with Site({**pages, "/control": http("up")}) as site:
        done = taken(tmp_path, site, "/x")
    assert done.outcome.reason == reason
    assert verify(done.package).verdict == "untrusted"


def test_a_refresh_is_kept_and_never_followed(tmp_path: Path) -> None:
    """Neither the header nor the element is a redirect: what a browser would have done later
    stands in the octets, and nothing is asked for."""
    with Site({"/other": http("<p>elsewhere</p>"), "/control": http("up")}) as site:
        head = f"Refresh: 0; url={site.url('/other')}\r\n"
        page = "<meta http-equiv=refresh content='0; url=/other'><p>here</p>"
        site.pages["/x"] = http(page, extra=head)
        done = taken(tmp_path, site, "/x")
        assert len(site.requests) == 1
    assert done.outcome.reason == "http.200"
    octets, _ = response(done, site.url("/x"))
    assert octets == http(page, extra=head)


def test_what_goes_on_is_said(tmp_path: Path) -> None:
    def slow(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n")
        for _ in range(3):
            time.sleep(0.4)
            connection.sendall(b"a" * 100_000)

    said: list[str] = []
    with Site({"/x": slow}) as site:
        settings = Settings(seconds=20, attempts=1, probe=False, allow_private_addresses=True)
        order = Order(source=site.url("/x"), archives=tmp_path / "archives", settings=settings)
        capture(order, say=said.append)
    assert re.fullmatch(rf"source: (20|19) s left: {re.escape(site.url('/x'))}", said[0])
    much = [float(one.split()[1]) for one in said if " MB, " in one]
    assert much == sorted(much)
    assert 0.1 <= much[0] <= much[-1] <= 0.3
    assert said[-1] == "sealing the package"
