"""Captures made in-process, without a network: one package for every outcome state."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from archiver.capture.connection import Connection, Proxied, Secured
from archiver.capture.deadline import Deadline
from archiver.capture.exchange import Limits, RawExchange, perform
from archiver.capture.names import Answer
from archiver.capture.recording import Frame, record
from archiver.capture.tls import Seen
from archiver.case.model import CLAIMED_TABLES
from archiver.faults import fault
from archiver.judge import seed as seeds
from archiver.observation import Address, Fault, Observation, Person
from archiver.ownwords import ACCEPTED, SOFTWARE
from archiver.package.build import ASSESSED_FORMAT, CLAIMED_FORMAT, Built, build, layer
from archiver.sibling import sibling_url
from archiver.verify.addresses import request_line
from archiver.verify.checks import examine
from archiver.verify.report import Report
from tests.case.right_case import ID, SEED, TEXT, URL, right_document
from tests.verify.handshaking import CIPHER, certificate, handshake
from tests.verify.wire import answer as dns_answer
from tests.verify.wire import question

HOST = "news.example.org"
CONTROLS = ("https://one.example.com/", "https://two.example.net/")
IP = "203.0.113.7"
DATE = "2026-03-14T12:00:00Z"
PARAGRAPHS = "".join(f"<p>{passage}</p>\n" for passage in SEED.passages)
PAGE = f"<!doctype html><title>The Harbour Bridge Opens</title>\n{PARAGRAPHS}"
CERTIFICATE = certificate(HOST)  # by itself
SOFT = "<!doctype html><title>Page not found</title><h1>This page does not exist</h1>"
REFUSED = fault("tcp.refused")


AGENT = "archiver/tests (evidence capture)"
RESOLVER = "192.0.2.53:53"


def plain_settings() -> dict[str, Any]:
    """The settings of a scene, but for those that hang on what it shows."""
    return {
        "allow_private_addresses": True,
        "attempts": 3,
        "ca_file": None,
        "controls": list(CONTROLS),
        "controls_given": True,
        "max_octets": 1 << 20,
        "milliseconds": 60_000,
        "probe": False,
        "proxy": None,
        "requisites": False,
        "resolvers": [],
        "user_agent": AGENT,
    }


def answer(body: str = PAGE, status: str = "200 OK", extra: str = "") -> bytes:
    octets = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{extra}"
    return f"{head}Content-Length: {len(octets)}\r\n\r\n".encode() + octets


def asked(
    url: str,
    answered: bytes | Fault,
    *,
    role: str = "source",
    date: str = DATE,
    max_octets: int = 1 << 20,
    more: tuple[str, ...] = (),
) -> RawExchange:
    """One exchange, by our own network code over a pair of sockets."""
    if isinstance(answered, Fault):
        tried = [Address(ip=IP, port=443, result=answered.type)]
        dead = Connection(phase="tcp", addresses=tried, fault=answered)
        return RawExchange(
            role=role, url=url, attempt=1, date=date, connection=dead, fault=answered
        )
    ours, theirs = socket.socketpair()
    exchange = RawExchange(
        role=role, url=url, attempt=1, date=date, connection=connected(url, ours)
    )
    with theirs:
        theirs.sendall(answered)
        theirs.shutdown(socket.SHUT_WR)
        perform(
            exchange,
            request(url, "close", *more),
            Limits(max_octets=max_octets, seconds=5),
            Deadline(5),
        )
    return exchange


def request(url: str, connection: str = "close", *more: str) -> bytes:
    lines = [
        f"User-Agent: {AGENT}",
        *(f"{name}: {value}" for name, value in ACCEPTED.items()),
        f"Connection: {connection}",
        *more,
    ]
    return (request_line(url) or b"") + "\r\n".join([*lines, "", ""]).encode()


def connected(url: str, ours: socket.socket) -> Connection:
    """A connection, over TLS where the URL asks for it."""
    secure = url.startswith("https:")
    port = 443 if secure else 80
    return Connection(
        phase="request",
        addresses=[Address(ip=IP, port=port, result="connected")],
        ip=IP,
        port=port,
        socket=ours,
        tls=secured(url) if secure else None,
    )


def secured(url: str, *, verified: bool = True) -> Secured:
    """A TLS 1.3 handshake with the host of the URL that went well; unlike all others."""
    host = url.split("/")[2]
    octets = handshake(host, (CERTIFICATE,), url[8:] if verified else url[12:])
    return Secured(
        version="TLSv1.3",
        cipher=CIPHER,
        server_name=host,
        verified=verified,
        alpn=None,
        chain=(CERTIFICATE,),
        seen=Seen(alerts=[], messages=bytearray(octets), complete=True),
    )


def in_doubt(url: str, answered: bytes) -> list[RawExchange]:
    """A certificate that has expired, and the exchange without proof after it."""
    expired, host = fault("tls.expired"), url.split("/")[2]
    failed_one = Connection(
        phase="tls",
        addresses=[Address(ip=IP, port=443, result="connected")],
        ip=IP,
        port=443,
        fault=expired,
        tls=replace(
            secured(url, verified=False),
            version=None,
            seen=Seen(
                alerts=["sent fatal 45"], messages=bytearray(handshake(host, (CERTIFICATE,), url))
            ),
        ),
    )
    first = RawExchange(
        role="source", url=url, attempt=1, date=DATE, connection=failed_one, fault=expired
    )
    second = asked(url, answered)
    second.connection.tls = secured(url, verified=False)
    return [first, second]


def tried_again(url: str, answered: bytes) -> list[RawExchange]:
    """A first attempt that was refused, and a second one."""
    second = asked(url, answered)
    second.attempt = 2
    return [asked(url, REFUSED), second]


def looked_up(one: RawExchange, said: str = "answered") -> list[RawExchange]:
    """The exchange with what the name server said; a fault where it said no address."""
    given = said == "answered"
    one.connection.lookups = tuple(
        Answer(
            server=RESOLVER,
            name=HOST,
            type=kind,
            result="nodata" if given and not ips else said,
            addresses=ips,
            seconds=300 if ips else None,
            question=question(HOST, kind),
            answer=dns_answer(HOST, kind, *ips, said=said),
        )
        for kind, ips in (("A", (IP,) if given else ()), ("AAAA", ()))
    )
    if not given:
        one.connection.phase, one.connection.addresses = "dns", []
        one.connection.fault = one.fault = fault(f"dns.{said}")
    return [one]


def asked_anew(url: str) -> list[RawExchange]:
    """A name server that failed, and another attempt on a machine that knows none any more."""
    first = looked_up(asked(url, REFUSED), "servfail")
    unresolved = fault("dns.failed:system")
    second = asked(url, unresolved)
    second.attempt = 2
    second.connection.phase, second.connection.addresses = "dns", []
    return [*first, second]


def with_cookie(url: str, target: str) -> list[RawExchange]:
    """A redirect that sets a cookie, and the request that brings it back."""
    moved = answer("", "302 Found", f"Location: {target}\r\nSet-Cookie: seen=1; Path=/\r\n")
    return [asked(url, moved), asked(target, answer(), more=("Cookie: seen=1",))]


def over_one(asked_for: tuple[tuple[str, bytes], ...]) -> list[RawExchange]:
    """Requisites, all over one connection."""
    if not asked_for:
        return []
    ours, theirs = socket.socketpair()
    made: list[RawExchange] = []
    with theirs:
        for url, answered in asked_for:
            last = (url, answered) == asked_for[-1]
            connection = made[-1].connection.again() if made else connected(url, ours)
            one = RawExchange(
                role="requisite", url=url, attempt=1, date=DATE, connection=connection
            )
            theirs.sendall(answered)
            if last:
                theirs.shutdown(socket.SHUT_WR)
            octets = request(url, "close" if last else "keep-alive")
            limits = Limits(max_octets=1 << 20, seconds=5)
            perform(one, octets, limits, Deadline(5), keep=not last)
            made.append(one)
    return made


def behind_proxy(one: RawExchange) -> RawExchange:
    """The same exchange through a proxy, which opened the way or refused it."""
    made = one.connection
    refused = made.fault is not None
    host = one.url.split("/")[2]
    made.proxied = Proxied(
        addresses=[Address(ip=IP, port=3128, result="connected")],
        ip=IP,
        port=3128,
        status=502 if refused else 200,
        request=f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode(),
        answer=b"HTTP/1.1 502 No\r\n\r\n" if refused else b"HTTP/1.1 200 Yes\r\n\r\n",
    )
    made.phase = "proxy" if refused else made.phase
    made.addresses, made.ip, made.port = [], None, None
    return one


@dataclass(frozen=True)
class Scene:
    """What is captured: every hop with the source, every control, the level of publication,
    and what the sibling probe gets where there is one. `first` makes the exchanges that stand
    before the plain hops."""

    hops: tuple[tuple[str, bytes | Fault], ...]
    controls: tuple[bytes | Fault, ...] = ()
    requisites: tuple[tuple[str, bytes], ...] = ()
    publish: str | None = "include"
    software: str = SOFTWARE
    stop: str | None = None
    proxy: str | None = None
    beside: bytes | Fault | None = None
    resolvers: tuple[str, ...] = ()
    first: Callable[[], list[RawExchange]] = list
    clock: str = "given"
    control_urls: tuple[str, ...] = CONTROLS

    def layers(self) -> tuple[dict[str, Any], dict[str, Any]]:
        document = right_document()
        if self.publish is None:
            del document["seed_text"], document["stance"]
            document["review"] = {"state": "draft"}
        else:
            document["seed_text"]["publish"] = self.publish
            if self.publish == "withhold":
                del document["seed_text"]["sha256"]
        claimed = {key: value for key, value in document.items() if key in CLAIMED_TABLES}
        assessed = {key: value for key, value in document.items() if key not in CLAIMED_TABLES}
        return layer(CLAIMED_FORMAT, ID, claimed), layer(ASSESSED_FORMAT, ID, assessed)

    def seed(self) -> tuple[bytes | None, dict[str, Any] | None]:
        if self.publish in (None, "include"):
            return (TEXT if self.publish else None), None
        return None, seeds.document(SEED, str(self.publish), bytes(32))

    def exchanges(self) -> list[RawExchange]:
        hops = [*self.first(), *(asked(url, answered) for url, answered in self.hops)]
        if self.beside is not None:
            sibling = sibling_url(URL, DATE)
            assert sibling is not None
            hops.append(asked(sibling, self.beside, role="probe"))
        pairs = zip(self.control_urls, self.controls, strict=False)
        controls = [asked(url, answered, role="control") for url, answered in pairs]
        made = [*hops, *over_one(self.requisites), *controls]
        return made if self.proxy is None else [behind_proxy(one) for one in made]

    def frame(self) -> Frame:
        return Frame(
            case=ID,
            source=URL,
            started=DATE,
            ended=DATE,
            software=self.software,
            clock=self.clock,
            previous=None,
            settings={
                **plain_settings(),
                "controls": list(self.control_urls),
                "proxy": self.proxy,
                "probe": self.beside is not None,
                "requisites": bool(self.requisites),
                "resolvers": list(self.resolvers),
            },
            person=Person(),
            stop=self.stop,
        )

    def built(self, exchanges: list[RawExchange] | None = None) -> Built:
        archive = io.BytesIO()
        exchanges = exchanges or self.exchanges()
        observation = record(self.frame(), exchanges, archive)
        for one in exchanges:
            one.response.close()
        return self.sealed(archive, observation)

    def sealed(self, archive: io.BytesIO, observation: Observation) -> Built:
        claimed, assessed = self.layers()
        seed, seed_document = self.seed()
        return build(
            archive=archive,
            observation=observation,
            claimed=claimed,
            assessed=assessed,
            seed=seed,
            seed_document=seed_document,
            created=DATE,
        )


NEXT = f"https://{HOST}/moved"
SCENES: dict[str, Scene] = {
    "captured": Scene(hops=((URL, answer()),)),
    "whole": Scene(
        hops=((URL, answer()),),
        requisites=tuple(
            (f"https://{HOST}/{name}", answer("p {}", extra="X-Is: kept\r\n"))
            for name in ("a.css", "b.css", "c.css")
        ),
    ),
    "redirected": Scene(
        hops=((URL, answer("", "301 Moved", "Location: /moved\r\n")), (NEXT, answer())),
        publish="digest",
    ),
    "truncated": Scene(hops=((URL, answer()[:-9]),), publish="withhold"),
    "absent": Scene(hops=((URL, answer("<h1>Gone</h1>", "404 Not Found")),)),
    "blocked": Scene(hops=((URL, answer("<h1>No</h1>", "403 Forbidden")),), publish=None),
    "unreachable": Scene(hops=((URL, REFUSED),), controls=(answer("up"), REFUSED)),
    "not-http": Scene(hops=((URL, b"SSH-2.0-OpenSSH\r\n"),), controls=(answer("up"), REFUSED)),
    "half-a-head": Scene(
        hops=((URL, b"HTTP/1.1 200 OK\r\nContent-T"),), controls=(answer("up"), answer("up"))
    ),
    "interim": Scene(hops=((URL, b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer()),)),
    "only-interim": Scene(
        hops=((URL, b"HTTP/1.1 100 Continue\r\n\r\n"),), controls=(answer("up"), REFUSED)
    ),
    "chunked": Scene(
        hops=((URL, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),)
    ),
    "loop": Scene(
        hops=((URL, answer("", "302 Found", f"Location: {URL}\r\n")),), stop="redirect.loop"
    ),
    "inconclusive": Scene(hops=((URL, REFUSED),), controls=(REFUSED, REFUSED)),
    "soft": Scene(hops=((URL, answer(SOFT)),), beside=answer(SOFT)),
    "probed": Scene(hops=((URL, answer()),), beside=answer("<h1>Gone</h1>", "404 Not Found")),
    "probe-failed": Scene(hops=((URL, answer()),), beside=REFUSED),
}
PROXY = "http://proxy.example:3128"
NO_WAY = fault("local.proxy:refused", 502)
SCENES |= {
    "proxied": Scene(hops=((URL, answer()),), proxy=PROXY),
    "no-way": Scene(hops=((URL, NO_WAY),), controls=(answer("up"), NO_WAY), proxy=PROXY),
}
PLAIN = f"http://{HOST}/plain"
SCENES |= {
    "doubted": Scene(
        hops=(), first=lambda: in_doubt(URL, answer()), controls=(answer("up"), answer("up"))
    ),
    "again": Scene(hops=(), first=lambda: tried_again(URL, answer()), clock="SOURCE_DATE_EPOCH"),
    "resolved": Scene(
        hops=(), first=lambda: looked_up(asked(URL, answer())), resolvers=(RESOLVER,)
    ),
    "no-name": Scene(
        hops=(),
        first=lambda: looked_up(asked(URL, REFUSED), "nxdomain"),
        controls=(answer("up"), REFUSED),
    ),
    "asked-anew": Scene(
        hops=(), first=lambda: asked_anew(URL), controls=(answer("up"), answer("up"))
    ),
    "downgraded": Scene(
        hops=((URL, answer("", "301 Moved", f"Location: {PLAIN}\r\n")), (PLAIN, answer()))
    ),
    "cookie": Scene(hops=(), first=lambda: with_cookie(URL, NEXT)),
}
STATES = tuple(SCENES)


@cache
def package(state: str, **changed: Any) -> bytes:
    """The octets of the package of a state."""
    out = io.BytesIO()
    replace(SCENES[state], **changed).built().write(out)
    return out.getvalue()


def verdict(octets: bytes) -> Report:
    report = examine(io.BytesIO(octets), "x.wacz", SOFTWARE)
    assert not [one for one in report.checks for p in one.problems if p.rule == "unexpected"], (
        report
    )
    return report


def failed(octets: bytes) -> str | None:
    """The check that refuses these octets; None where none does."""
    report = verdict(octets)
    if report.verdict == "unreadable":
        return "unreadable"
    return next((one.name for one in report.checks if one.status == "failed"), None)
