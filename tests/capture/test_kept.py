"""Connections that are kept: each octet stands with the request that it belongs to."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import pytest
import trustme

from archiver.capture.exchange import RawExchange
from archiver.capture.line import Line, server_of
from archiver.capture.observe import Settings
from archiver.capture.transport import session
from archiver.http1 import Head, stays_open
from archiver.observation import Observation
from archiver.verbs.capture import Captured, Order, capture
from archiver.verbs.reading import verify
from archiver.verify.connections import misconnected
from tests.capture.asking import adapter_for, ask_in_line, written
from tests.capture.hostile import CAP, GROUPS, Behaviour, Hostile, Peer
from tests.command import archiver
from tests.site import Site, http
from tests.tlssite import TlsSite, server_context

FAULTS = ("http.closed", "http.invalid", "http.timeout", "tcp.reset")


def good(path: str) -> bytes:
    return http(f"<p>{path} is answered here</p>")


def after_one(behave: Callable[[Peer], None]) -> Callable[[Peer], None]:
    """Answer `/first` on the first connection and then behave; on others behave for `/x` only."""

    def act(peer: Peer) -> None:
        peer.read_request()
        if peer.path != "/x":
            peer.send(good(peer.path))
            if peer.number:
                return
            peer.request = b""
        behave(peer)

    return act


def asked(server: Hostile, *paths: str, seconds: float = 10) -> list[RawExchange]:
    adapter = adapter_for(max_octets=CAP)
    ask_in_line(adapter, [f"http://127.0.0.1:{server.port}{path}" for path in paths], seconds)
    return adapter.exchanges


def seen_in(exchanges: list[RawExchange]) -> Observation:
    seen = written(exchanges, io.BytesIO())
    assert list(misconnected(seen.exchanges)) == []
    return seen


def by_connection(exchanges: list[RawExchange]) -> list[bytes]:
    """All that came over each connection, as the exchanges over it have it, in order."""
    pairs = zip(seen_in(exchanges).exchanges, exchanges, strict=True)
    return [
        b"".join(octets for _, one in of for octets in one.response.read())
        for _, of in groupby(pairs, lambda pair: pair[0].connection)
    ]


def short(exchanges: list[RawExchange]) -> list[tuple[str, int, int | None, str | None]]:
    """Path, attempt, connection and what came of it."""
    return [
        (
            one.url.rpartition("/")[2],
            one.attempt,
            seen.connection,
            one.fault.type if one.fault else str(one.status),
        )
        for one, seen in zip(exchanges, seen_in(exchanges).exchanges, strict=True)
    ]


def wrong(behaviour: Behaviour, *, early: bool) -> tuple[list[str], float]:
    """What is not as it must be where the second request meets this behaviour, and the seconds
    beyond its deadline that it took. `early`: the behaviour may come before that request."""
    found: list[str] = []
    with Hostile(after_one(behaviour.act)) as server:
        begun = time.monotonic()
        exchanges = asked(server, "/first", "/x", "/after", seconds=behaviour.seconds)
        late = time.monotonic() - begun - behaviour.seconds
        peers = server.done()
    first, second, after = exchanges[0], exchanges[1], exchanges[-1]
    if not early and second.connection.itself is not first.connection.itself:
        found.append("the second request went over another connection")
    last = [one for one in exchanges if one.url.endswith("/x")][-1]
    got = by_connection(exchanges)
    if len(got) != len(peers):
        found.append(f"{len(got)} connections of {len(peers)}")
    for number, (octets, peer) in enumerate(zip(got, peers, strict=False)):
        sent = bytes(peer.sent[: len(octets)] if behaviour.stopped else peer.sent)
        if octets != sent:
            found.append(f"on {number}: {octets!r:.200}, sent: {bytes(peer.sent)!r:.200}")
    if not b"".join(first.response.read()).startswith(good("/first")) or first.fault:
        found.append("the first answer is not the first")
    answered = b"".join(after.response.read())
    # What pours out behind an answer may arrive when the next request is already on its way.
    poured = behaviour.stopped and set(answered) == {ord("a")}
    if not poured and (answered != good("/after") or after.fault or after.truncated):
        found.append(f"the last answer is {answered!r:.200}")
    response = seen_in(exchanges).exchanges[exchanges.index(last)].response
    truncated = None if response is None else response.truncated
    if behaviour.truncated not in ("?", truncated):
        found.append(f"truncated: {truncated}, not {behaviour.truncated}")
    head = last.reader.head
    # A number that no status has is an answer all the same; what it is worth is judged later.
    odd = head is not None and head.status is not None and not 100 <= head.status < 600
    fault = behaviour.reason if behaviour.reason in FAULTS and not odd else None
    if behaviour.reason != "?" and (last.fault and last.fault.type) != fault:
        found.append(f"fault: {last.fault}, not {fault}")
    for one in exchanges:
        one.response.close()
    return found, late


@pytest.mark.parametrize("group", [one for one in GROUPS if one not in ("tls", "redirects")])
def test_hostile_servers_over_a_kept_connection(group: str) -> None:
    behaviours = dict(GROUPS[group]())
    early = ("close-at-once", "reset-at-once") if group != "early" else tuple(behaviours)
    with ThreadPoolExecutor(12) as pool:
        runs = {
            name: pool.submit(wrong, one, early=name in early) for name, one in behaviours.items()
        }
        found = {name: run.result() for name, run in runs.items()}
    for name, (faults, late) in found.items():
        if faults or late > 1:
            # This machine may be busy with the others: once more, alone, and then it counts.
            found[name] = wrong(behaviours[name], early=name in early)
    assert {name: faults for name, (faults, late) in found.items() if faults or late > 1} == {}


def answers(peer: Peer) -> None:
    """Whatever is asked for, until the other side leaves."""
    while peer.read_request():
        peer.send(good(peer.path))
        peer.request = b""


def bodies(exchanges: list[RawExchange]) -> list[bytes]:
    return [b"".join(one.response.read()) for one in exchanges]


def test_one_connection_for_all() -> None:
    paths = [f"/{number}" for number in range(5)]
    with Hostile(answers) as server:
        exchanges = asked(server, *paths)
        (peer,) = server.done()
    assert [connection for _, _, connection, _ in short(exchanges)] == [1] * 5
    assert bodies(exchanges) == [good(path) for path in paths]
    assert by_connection(exchanges) == [bytes(peer.sent)]
    words = [b"Connection: close\r\n" in one.request for one in exchanges]
    assert words == [False, False, False, False, True]
    first, *others = seen_in(exchanges).exchanges
    assert first.addresses
    assert all((one.addresses, one.ip) == ((), first.ip) for one in others)


@pytest.mark.parametrize(
    ("end", "fault"),
    [(lambda _: None, "http.closed"), (lambda peer: peer.reset(), "tcp.reset")],
    ids=["close", "reset"],
)
def test_a_server_that_leaves_when_asked_again(end: Callable[[Peer], None], fault: str) -> None:
    def behave(peer: Peer) -> None:
        if peer.number == 0:
            peer.read_request()
            end(peer)
        else:
            peer.send(good("/x"))

    with Hostile(after_one(behave)) as server:
        exchanges = asked(server, "/first", "/x", "/after")
    assert short(exchanges) == [
        ("first", 1, 1, "200"),
        ("x", 1, 1, fault),
        ("x", 2, 2, "200"),
        ("after", 1, 3, "200"),
    ]
    assert bodies(exchanges) == [good("/first"), b"", good("/x"), good("/after")]


def test_a_server_that_hangs_when_asked_again() -> None:
    def behave(peer: Peer) -> None:
        if peer.number == 0:
            peer.read_request()
            peer.wait_until_gone()
        else:
            peer.send(good("/x"))

    with Hostile(after_one(behave)) as server:
        exchanges = asked(server, "/first", "/x", seconds=2)
    assert short(exchanges) == [
        ("first", 1, 1, "200"),
        ("x", 1, 1, "http.timeout"),
        ("x", 2, 2, "200"),
    ]


POISON = http("<p>an answer that nobody has asked for</p>")


@pytest.mark.parametrize("pause", [None, 0.0, 0.05])
def test_an_answer_that_nobody_has_asked_for(pause: float | None) -> None:
    """At once with the answer before it, right after it, or while nobody asks."""

    def act(peer: Peer) -> None:
        peer.read_request()
        if pause is None:
            peer.send(good(peer.path) + POISON)
        else:
            peer.send(good(peer.path))
            time.sleep(pause)
            peer.send(POISON)
        peer.wait_until_gone()

    with Hostile(act) as server:
        adapter = adapter_for()
        urls = [f"http://127.0.0.1:{server.port}/{name}" for name in ("first", "x")]
        adapter.line = line = Line(server_of(urls[0]), adapter.limits)
        with session(adapter) as asking:
            asking.get(urls[0])
            time.sleep(0.2)
            line.more = False
            asking.get(urls[1])
    first, second = adapter.exchanges
    assert bodies([first]) == [good("/first") + POISON]
    assert bodies([second])[0].startswith(good("/x"))
    assert [connection for _, _, connection, _ in short(adapter.exchanges)] == [1, 2]
    assert first.reader.extra == len(POISON)
    assert first.entity == len(good("/first").partition(b"\r\n\r\n")[2])


OPEN = {
    "plain": http("a"),
    "empty": http(""),
    "not found": http("a", "404 Not Found"),
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "said to be kept": http("a", extra="Connection: Keep-Alive\r\nKeep-Alive: timeout=5\r\n"),
    "interim": b"HTTP/1.1 103 Early Hints\r\n\r\n" + http("a"),
}
ENDED = {
    "close": http("a", extra="Connection: close\r\n"),
    "close among others": http("a", extra="Connection: Upgrade, CLOSE\r\n"),
    "close after keep-alive": http("a", extra="Connection: keep-alive\r\nConnection: close\r\n"),
    "1.0": http("a").replace(b"HTTP/1.1", b"HTTP/1.0"),
    "1.0, kept": http("a", extra="Connection: keep-alive\r\n").replace(b"HTTP/1.1", b"HTTP/1.0"),
    "length and chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1"
    b"\r\n\r\n1\r\na\r\n0\r\n\r\n",
    "two codings": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "coding and length": http("a", extra="Transfer-Encoding: identity\r\n"),
    "no content of length": b"HTTP/1.1 204 No Content\r\nContent-Length: 1\r\n\r\n",
    "no content of chunks": b"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
    "more than its length": http("a") + b"b",
}


@pytest.mark.parametrize("name", [*OPEN, *ENDED])
def test_whether_a_connection_is_kept(name: str) -> None:
    answer = OPEN.get(name) or ENDED[name]

    def act(peer: Peer) -> None:
        while peer.read_request():
            peer.send(answer)
            if b"Connection: close" in peer.request:
                return
            peer.request = b""

    with Hostile(act) as server:
        exchanges = asked(server, "/first", "/x")
    connections = [connection for _, _, connection, _ in short(exchanges)]
    assert connections == ([1, 1] if name in OPEN else [1, 2])
    assert bodies(exchanges) == [answer, answer]


@pytest.mark.parametrize("framing", ["close", "conflict", "not-http"])
def test_what_has_no_end_of_its_own_keeps_nothing(framing: str) -> None:
    head = Head(status=200, fields=(), size=0, version="1.1")
    assert not stays_open(head, framing, complete=True, extra=0)
    assert not stays_open(None, framing, complete=True, extra=0)


# Whole captures.

NAMES = [f"/{number}.png" for number in range(30)]
IMAGES = "".join(f"<img src={name}>" for name in NAMES)


def taken(folder: Path, source: str, ca: Path | None = None) -> Captured:
    settings = Settings(seconds=20, attempts=1, allow_private_addresses=True, ca_file=ca)
    return capture(Order(source=source, archives=folder, settings=settings))


def test_a_page_over_few_connections(tmp_path: Path) -> None:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(tmp_path / "roots.pem"))
    pages = {name: http(name.encode(), media_type="image/png") for name in NAMES}
    context = server_context(ca.issue_cert("localhost"))
    with TlsSite(context, {"/": http(IMAGES), **pages}) as site:
        done = taken(tmp_path / "archives", site.url("/"), tmp_path / "roots.pem")
    assert verify(done.package).verdict == "verified"
    source, *others = done.observation.exchanges
    assert [one.url.removeprefix(site.url("")) for one in others] == ["/" + n[1:] for n in NAMES]
    assert source.connection == 1
    # Six queues, dealt out in turn; each over one connection, opened by its first.
    assert [one.connection for one in others] == [2, 3, 4, 5, 6, 7] * 5
    for number, one in enumerate(others):
        assert (one.tls is not None and one.tls.verified) == (number < 6)
        assert one.ip == source.ip
    told = archiver("show", done.package).out
    assert told.count("TLSv1.3, server's identity verified") == 1 + len(NAMES)
    assert "not encrypted" not in told


def test_a_server_that_leaves_unasked_is_asked_again(tmp_path: Path) -> None:
    """Each image's answer says nothing of it, and then the server leaves."""

    def leaves(connection: socket.socket) -> None:
        connection.sendall(http(b"x", media_type="image/png"))
        connection.shutdown(socket.SHUT_RDWR)

    with Site({"/": http(IMAGES), **dict.fromkeys(NAMES, leaves)}) as site:
        done = taken(tmp_path, site.url("/"))
    assert verify(done.package).verdict == "verified"
    asked_for = done.observation.requisites()
    came = [one for one in asked_for if one.response is not None]
    assert [one.url for one in came] == [site.url(name) for name in NAMES]
    for one in asked_for:
        if one.response is None:
            assert one.fault is not None
            assert one.fault.type in ("http.closed", "tcp.reset")
