"""What a person with our source code may not say: every fact that other octets of the same
package bind, changed, and all records, ids and documents made anew after it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from archiver.faults import fault
from archiver.observation import Address, Fault, Lookup, Observation, Soa
from tests.verify.forge import Files, exchange, opened, recorded, sealed, warc_records
from tests.verify.handshaking import handshake
from tests.verify.scenes import CERTIFICATE, CONTROLS, HOST, IP, package
from tests.verify.scenes import failed as refused_by
from tests.verify.shorthand import (
    Forge,
    Forgeries,
    at,
    check_refused,
    listed,
    remade,
    setting,
    whole,
)
from tests.verify.wire import answer, question

Change = Callable[[bytes], bytes]
LATER = "2026-03-14T12:00:01Z"
DELETED = "the page was deleted by its owner"


def same(seen: Observation) -> Observation:
    return seen


def lookup(exchange_number: int, number: int, **changed: Any) -> Forge:
    def change(seen: Observation) -> Observation:
        lookups = list(seen.exchanges[exchange_number].lookups)
        lookups[number] = replace(lookups[number], **changed)
        return exchange(seen, exchange_number, lookups=tuple(lookups))

    return remade(change)


def lookups(change: Callable[[tuple[Lookup, ...]], tuple[Lookup, ...]]) -> Forge:
    return remade(lambda seen: exchange(seen, 0, lookups=change(seen.exchanges[0].lookups)))


def tls(number: int, **changed: Any) -> Forge:
    def change(seen: Observation) -> Observation:
        found = seen.exchanges[number].tls
        assert found is not None
        return exchange(seen, number, tls=replace(found, **changed))

    return remade(change)


def response(number: int, phase: str | None = None, **changed: Any) -> Forge:
    def change(seen: Observation) -> Observation:
        one = seen.exchanges[number]
        assert one.response is not None
        made = replace(one.response, **changed)
        return exchange(seen, number, response=made, phase=phase or one.phase)

    return remade(change)


def octets(uri: str, change: Change) -> Forge:
    """The octets of the records whose URI begins so, changed on the wire."""

    def forge(files: Files) -> bytes:
        targets = [
            block
            for fields, block in warc_records(files)
            if dict(fields).get("WARC-Target-URI", "").startswith(uri)
        ]
        assert targets, uri
        return sealed(
            recorded(files, same, lambda _, block: change(block) if block in targets else block)
        )

    return forge


def requests(old: bytes, new: bytes) -> Forge:
    def change(kind: str, block: bytes) -> bytes:
        return block.replace(old, new) if kind == "request" else block

    return lambda files: sealed(recorded(files, same, change))


def line(new: bytes) -> Forge:
    """A line more in every request."""
    return requests(b"Connection:", new + b"\r\nConnection:")


def without(*numbers: int, **changed: Any) -> Forge:
    """Exchanges taken out, as if they had never been."""

    def change(seen: Observation) -> Observation:
        kept = [one for at, one in enumerate(seen.exchanges) if at not in numbers]
        numbered = []
        count = 0
        for one in kept:
            count += one.connection is not None
            numbered.append(replace(one, connection=count if one.connection else None))
        return replace(seen, exchanges=tuple(numbered), **changed)

    return remade(change)


def failed(kind: str, message: str | None = None, number: int = 0, **changed: Any) -> Forge:
    """A fault of another kind, or in other words."""
    words = message or fault(kind).message
    return at(number, fault=Fault(type=kind, message=words), **changed)


def cut(size: int) -> Change:
    return lambda block: block[:size]


def flags(change: Callable[[int], int]) -> Change:
    def new(block: bytes) -> bytes:
        return (
            block[:2] + struct.pack(">H", change(struct.unpack_from(">H", block, 2)[0])) + block[4:]
        )

    return new


def two_messages(block: bytes) -> bytes:
    """The handshake without its first message."""
    size = int.from_bytes(block[1:4], "big")
    return block[4 + size :]


def unverified(block: bytes) -> bytes:
    """The handshake without the signature that ends it."""
    return block[: block.rindex(b"\x0f\0\0")]


def on_other_address(seen: Observation) -> Observation:
    """Connected to an address that the name server did not give; all the same everywhere."""
    other = "203.0.113.99"
    connected = (Address(ip=other, port=443, result="connected"),)
    return exchange(seen, 0, ip=other, addresses=connected)


def a_control_more(seen: Observation) -> Observation:
    """Controls of an exchange that leaves no doubt, made from the source's own answer."""
    return replace(
        seen,
        exchanges=(seen.exchanges[0], replace(seen.exchanges[0], role="control", connection=2)),
    )


def attempted(seen: Observation) -> Observation:
    """Not HTTP, and asked again: nobody does."""
    first, *rest = seen.exchanges
    again = replace(first, attempt=2, connection=2)
    moved = [replace(one, connection=one.connection and one.connection + 1) for one in rest]
    return replace(seen, exchanges=(first, again, *moved))


def no_octets(number: int) -> Forge:
    return at(number, response=None)


def soa() -> Soa:
    return Soa(zone="example.org.", serial=1, minimum=300)


def timed_out(seen: Observation) -> Observation:
    one = seen.exchanges[0]
    made = fault("http.timeout")
    return exchange(seen, 0, fault=made, response=replace(one.response, truncated="disconnect"))  # type: ignore[type-var]


DNS = f"urn:archiver:dns-answer:192.0.2.53:53:A:{HOST}"
QUESTION = f"urn:archiver:dns-question:192.0.2.53:53:A:{HOST}"
SHAKEN = "urn:archiver:tls-handshake:"

FORGERIES: Forgeries = {
    # what name servers were asked, and said
    "lookup-name": ("no-name", "agreement", lookup(0, 0, name="other.example.org")),
    "lookup-names": (
        "no-name",
        "agreement",
        lookups(lambda found: tuple(replace(one, name="x.example") for one in found)),
    ),
    "lookup-type": ("resolved", "agreement", lookup(0, 0, type="AAAA")),
    "lookup-server": ("resolved", "agreement", lookup(0, 0, server="192.0.2.54:53")),
    "lookup-dropped": ("resolved", "agreement", lookups(lambda found: found[:1])),
    "lookup-dropped-other": ("no-name", "agreement", lookups(lambda found: found[1:])),
    "lookups-dropped": ("no-name", "agreement", lookups(lambda _: ())),
    "lookups-unsaid": ("resolved", "agreement", lookups(lambda _: ())),
    "lookups-exchanged": ("resolved", "agreement", lookups(lambda found: found[::-1])),
    "lookups-twice": ("resolved", "agreement", lookups(lambda found: found * 2)),
    "lookup-result": ("resolved", "agreement", lookup(0, 0, result="nodata", addresses=())),
    "lookup-nxdomain": ("resolved", "agreement", lookup(0, 1, result="nxdomain")),
    "lookup-failed": ("resolved", "agreement", lookup(0, 1, result="failed")),
    "lookup-timeout": ("no-name", "agreement", lookup(0, 1, result="timeout")),
    "lookup-addresses": ("resolved", "agreement", lookup(0, 0, addresses=(IP, "203.0.113.8"))),
    "lookup-address-gone": ("resolved", "agreement", lookup(0, 0, addresses=())),
    "lookup-address-twice": ("resolved", "agreement", lookup(0, 0, addresses=(IP, IP))),
    "lookup-alias": ("resolved", "agreement", lookup(0, 0, aliases=("cdn.example.net.",))),
    "lookup-seconds": ("resolved", "agreement", lookup(0, 0, seconds=86_400)),
    "lookup-seconds-none": ("resolved", "agreement", lookup(0, 0, seconds=None)),
    "lookup-soa": ("no-name", "agreement", lookup(0, 0, soa=soa())),
    "lookup-fault": ("no-name", "agreement", failed("dns.servfail")),
    "lookup-fault-system": (
        "no-name",
        "agreement",
        failed("dns.failed", "the name was not resolved"),
    ),
    "lookup-of-the-attempt-before": ("asked-anew", "agreement", failed("dns.nxdomain", number=1)),
    "connected-elsewhere": ("resolved", "agreement", remade(on_other_address)),
    "message-answer-cut": ("resolved", "agreement", octets(DNS, cut(30))),
    "message-answer-empty": ("resolved", "agreement", octets(DNS, cut(0))),
    "message-answer-short": ("resolved", "agreement", octets(DNS, cut(5))),
    "message-number": ("resolved", "agreement", octets(DNS, lambda b: b"\xff\xff" + b[2:])),
    "message-is-a-question": ("resolved", "agreement", octets(DNS, flags(lambda f: f & 0x7FFF))),
    "message-code": ("resolved", "agreement", octets(DNS, flags(lambda f: f | 3))),
    "message-other-name": (
        "resolved",
        "agreement",
        octets(DNS, lambda _: answer("evil.example.org", "A", IP)),
    ),
    "message-other-type": ("resolved", "agreement", octets(DNS, lambda _: answer(HOST, "AAAA"))),
    "message-other-address": (
        "resolved",
        "agreement",
        octets(DNS, lambda _: answer(HOST, "A", "198.51.100.1")),
    ),
    "message-an-address-more": (
        "resolved",
        "agreement",
        octets(DNS, lambda _: answer(HOST, "A", IP, "198.51.100.1")),
    ),
    "message-question-other-name": (
        "resolved",
        "agreement",
        octets(QUESTION, lambda _: question("evil.example.org", "A")),
    ),
    "message-question-other-type": (
        "resolved",
        "agreement",
        octets(QUESTION, lambda _: question(HOST, "AAAA")),
    ),
    "message-question-answered": (
        "resolved",
        "agreement",
        octets(QUESTION, flags(lambda f: f | 0x8000)),
    ),
    "message-question-none": ("resolved", "agreement", octets(QUESTION, lambda _: b"hello")),
    # what the handshake showed
    "tls-version": ("captured", "agreement", tls(0, version="TLSv1.2")),
    "tls-version-none": ("captured", "agreement", tls(0, version=None)),
    "tls-cipher": ("captured", "agreement", tls(0, cipher="TLS_AES_128_GCM_SHA256")),
    "tls-cipher-words": ("captured", "agreement", tls(0, cipher="unbreakable")),
    "tls-alpn": ("captured", "agreement", tls(0, alpn="h2")),
    "tls-version-of-failed": ("doubted", "agreement", tls(0, version="TLSv1.2")),
    "tls-verified": ("doubted", "agreement", tls(1, verified=True)),
    "tls-verified-and-failed": ("doubted", "agreement", tls(0, verified=True)),
    "tls-unverified": ("captured", "agreement", tls(0, verified=False)),
    "tls-alert-words": ("captured", "documents", tls(0, alerts=("it was hacked",))),
    "handshake-of-another-host": (
        "captured",
        "agreement",
        octets(SHAKEN, lambda _: handshake("evil.example.org", (CERTIFICATE,), "x")),
    ),
    "handshake-of-another-certificate": (
        "captured",
        "agreement",
        octets(SHAKEN, lambda _: handshake(HOST, (b"another certificate",), "x")),
    ),
    "handshake-of-a-certificate-more": (
        "captured",
        "agreement",
        octets(SHAKEN, lambda _: handshake(HOST, (CERTIFICATE, CERTIFICATE), "x")),
    ),
    "handshake-without-a-certificate": (
        "captured",
        "agreement",
        octets(SHAKEN, lambda _: handshake(HOST, (), "x")),
    ),
    "handshake-without-its-start": ("captured", "agreement", octets(SHAKEN, two_messages)),
    "handshake-cut": ("captured", "agreement", octets(SHAKEN, lambda block: block[:-7])),
    "handshake-unverified": ("captured", "agreement", octets(SHAKEN, unverified)),
    "handshake-more": (
        "captured",
        "agreement",
        octets(SHAKEN, lambda block: block + b"\x04\0\0\x05hello"),
    ),
    "handshake-twice-over": ("captured", "agreement", octets(SHAKEN, lambda block: block * 2)),
    "handshake-words": ("captured", "agreement", octets(SHAKEN, lambda _: b"trust me")),
    "handshake-of-old": (
        "captured",
        "agreement",
        octets(
            SHAKEN,
            lambda block: block.replace(b"\x00\x2b\x00\x02\x03\x04", b"\x00\x2b\x00\x02\x03\x03"),
        ),
    ),
    "handshake-twice": (
        "redirected",
        "agreement",
        octets(SHAKEN, lambda _: handshake(HOST, (CERTIFICATE,), "x")),
    ),
    "certificates-of-another": (
        "captured",
        "agreement",
        octets("urn:archiver:tls-chain:", lambda block: block.replace(b"MIIB", b"MIIC", 1)),
    ),
    # what was asked for
    "request-cookie": ("captured", "agreement", line(b"Cookie: session=1")),
    "request-other-cookie": ("cookie", "agreement", requests(b"seen=1", b"seen=2")),
    "request-cookie-more": ("cookie", "agreement", requests(b"seen=1", b"seen=1; admin=1")),
    "request-password": ("captured", "agreement", line(b"Authorization: Basic YTpi")),
    "request-proxy-password": ("captured", "agreement", line(b"Proxy-Authorization: Basic YTpi")),
    "request-forwarded": ("captured", "agreement", line(b"X-Forwarded-For: 192.0.2.1")),
    "request-referer": ("captured", "agreement", line(b"Referer: https://example.com/")),
    "request-range": ("captured", "agreement", line(b"Range: bytes=0-99")),
    "request-conditional": ("captured", "agreement", line(b"If-None-Match: x")),
    "request-host-twice": ("captured", "agreement", line(b"Host: evil.example.org")),
    "request-no-field": ("captured", "agreement", line(b"hello")),
    "request-agent": ("captured", "agreement", requests(b"archiver/tests", b"Mozilla/5.0")),
    "request-agent-gone": (
        "captured",
        "agreement",
        requests(b"User-Agent: archiver/tests (evidence capture)\r\n", b""),
    ),
    "request-agent-set": ("captured", "agreement", remade(setting(user_agent="Mozilla/5.0"))),
    "request-accept": ("captured", "agreement", requests(b"Accept: text/", b"Accept: other/")),
    "request-coding": ("captured", "agreement", requests(b"gzip, deflate", b"gzip, br")),
    "request-connection": ("captured", "agreement", requests(b"close", b"upgrade")),
    "request-order": (
        "captured",
        "agreement",
        requests(
            b"Accept-Encoding: gzip, deflate\r\nConnection: close",
            b"Connection: close\r\nAccept-Encoding: gzip, deflate",
        ),
    ),
    "request-body": ("captured", "agreement", requests(b"\r\n\r\n", b"\r\n\r\nq=1")),
    "request-after-request": (
        "captured",
        "agreement",
        requests(b"\r\n\r\n", b"\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"),
    ),
    "request-unended": ("captured", "agreement", requests(b"\r\n\r\n", b"\r\n")),
    "request-method": ("captured", "agreement", requests(b"GET ", b"POST ")),
    "request-version": ("captured", "agreement", requests(b"HTTP/1.1\r\n", b"HTTP/1.0\r\n")),
    "request-path": ("captured", "agreement", requests(b"GET /", b"GET /other")),
    "request-empty": (
        "captured",
        "agreement",
        lambda files: sealed(
            recorded(files, same, lambda kind, block: b"" if kind == "request" else block)
        ),
    ),
    "request-unsaid": ("captured", "agreement", at(0, request=None)),
    "request-of-nothing": (
        "doubted",
        "agreement",
        remade(lambda seen: exchange(seen, 0, request=seen.exchanges[1].request)),
    ),
    # what was set
    "set-no-requisites": ("whole", "agreement", remade(setting(requisites=False))),
    "set-one-attempt": ("again", "agreement", remade(setting(attempts=1))),
    "set-public-only": ("captured", "agreement", remade(setting(allow_private_addresses=False))),
    "set-controls-by-nobody": ("unreachable", "agreement", remade(setting(controls_given=False))),
    "set-controls-by-nobody-unasked": (
        "captured",
        "agreement",
        remade(setting(controls_given=False)),
    ),
    "set-controls-none": ("unreachable", "agreement", remade(setting(controls=[]))),
    "set-controls-exchanged": (
        "unreachable",
        "agreement",
        remade(setting(controls=list(CONTROLS[::-1]))),
    ),
    "set-other-resolver": ("resolved", "agreement", remade(setting(resolvers=["192.0.2.54:53"]))),
    "set-resolver-more": (
        "resolved",
        "agreement",
        remade(setting(resolvers=["192.0.2.53:53", "192.0.2.54:53"])),
    ),
    "set-resolver-unasked": ("captured", "agreement", remade(setting(resolvers=["192.0.2.54:53"]))),
    "set-clock-that-goes-on": ("again", "agreement", at(1, date=LATER)),
    "set-unknown": ("captured", "documents", remade(setting(trusted=True))),
    "set-clock-word": ("captured", "documents", remade(whole(clock="atomic"))),
    # why nothing came
    "fault-words": ("unreachable", "agreement", failed("tcp.refused", DELETED)),
    "fault-words-of-another": (
        "unreachable",
        "agreement",
        failed("tcp.refused", fault("tcp.timeout").message),
    ),
    "fault-words-empty": ("unreachable", "agreement", failed("tcp.refused", " ")),
    "fault-words-escape": (
        "unreachable",
        "agreement",
        failed("tcp.refused", "\x1b[2J\x1b[H" + DELETED),
    ),
    "fault-words-more": (
        "unreachable",
        "agreement",
        failed("tcp.refused", fault("tcp.refused").message + "; " + DELETED),
    ),
    "fault-words-number": (
        "no-way",
        "agreement",
        failed("local.proxy", "the proxy refused to connect (HTTP 5020)"),
    ),
    "fault-words-proxy": (
        "no-way",
        "agreement",
        failed("local.proxy", "on the way through the proxy: " + DELETED),
    ),
    "fault-kind-status": ("not-http", "agreement", failed("http.410", DELETED)),
    "fault-kind-deleted": ("unreachable", "agreement", failed("tcp.deleted", DELETED)),
    "fault-kind-tls": ("not-http", "agreement", failed("tls.revoked", DELETED)),
    "fault-kind-unknown": ("unreachable", "agreement", failed("censored", DELETED)),
    "fault-closed-with-octets": ("not-http", "agreement", failed("http.closed")),
    "fault-timeout-with-an-end": ("not-http", "agreement", failed("http.timeout")),
    "fault-timeout-cut": ("half-a-head", "agreement", remade(timed_out)),
    "fault-invalid-cut-by-time": ("half-a-head", "agreement", response(0, truncated="time")),
    "fault-reset-with-an-end": ("not-http", "agreement", failed("tcp.reset")),
    "fault-invalid-without-octets": ("not-http", "agreement", no_octets(0)),
    "fault-request-unsent": ("not-http", "agreement", at(0, request=None)),
    "fault-phase-request": ("not-http", "agreement", at(0, phase="request")),
    "fault-address-result": (
        "again",
        "agreement",
        at(0, addresses=(Address(ip=IP, port=443, result="tcp.gone"),)),
    ),
    "fault-policy": (
        "unreachable",
        "agreement",
        failed(
            "local.refused_by_policy",
            phase="address",
            addresses=(Address(ip="93.184.216.34", port=443, result="refused_by_policy"),),
        ),
    ),
    "fault-certificate-of-whole": ("captured", "agreement", failed("tls.expired", phase="tls")),
    # what led to what
    "controls-dropped": ("unreachable", "agreement", without(1, 2)),
    "controls-dropped-after-doubt": ("doubted", "agreement", without(2, 3)),
    "controls-for-nothing": ("captured", "agreement", remade(a_control_more)),
    "unproved-dropped": ("doubted", "agreement", without(1)),
    "doubt-dropped": ("doubted", "agreement", without(0)),
    "attempt-dropped": ("again", "agreement", without(0)),
    "attempt-after-an-answer": ("not-http", "agreement", remade(attempted)),
    "attempt-3": ("again", "agreement", at(1, attempt=3)),
    "hop-hidden-by-loop": ("redirected", "agreement", without(1, stop="redirect.loop")),
    "hop-hidden-by-number": ("redirected", "agreement", without(1, stop="redirect.too_many")),
    "hop-hidden-by-policy": ("redirected", "agreement", without(1, stop="redirect.refused")),
    "loop-as-policy": ("loop", "agreement", remade(whole(stop="redirect.refused"))),
    "loop-as-number": ("loop", "agreement", remade(whole(stop="redirect.too_many"))),
    "stop-word": ("loop", "documents", remade(whole(stop="redirect.deleted"))),
    "https-denied": ("captured", "agreement", at(0, url=f"http://{HOST}/news")),
    "plain-as-https": ("downgraded", "agreement", at(1, url=f"https://{HOST}/plain")),
    "requisite-as-probe": ("whole", "agreement", at(3, role="probe")),
    "cookie-hop-dropped": ("cookie", "agreement", without(0)),
    # how much came
    "whole-as-cut-by-time": ("captured", "agreement", response(0, "response", truncated="time")),
    "whole-as-cut-by-length": (
        "captured",
        "agreement",
        response(0, "response", truncated="length"),
    ),
    "chunked-as-cut": ("chunked", "agreement", response(0, "response", truncated="disconnect")),
    "cut-as-too-large": ("truncated", "agreement", response(0, truncated="length")),
    "cut-as-whole": ("truncated", "agreement", response(0, "done", truncated=None)),
    "interim-as-status": ("captured", "agreement", response(0, status=103)),
    "server-date": (
        "captured",
        "agreement",
        response(0, server_date="Sat, 14 Mar 2026 12:00:00 GMT"),
    ),
    "location": ("redirected", "agreement", response(0, location="https://evil.example.org/")),
    "response-media-type": ("captured", "agreement", response(0, media_type="text/plain")),
    # the frame
    "created-in-2099": ("captured", "agreement", listed("created", "2099-03-14T12:00:00Z")),
    "created-days-later": ("captured", "agreement", listed("created", "2026-03-16T12:00:00Z")),
    "ended-before": ("captured", "agreement", remade(whole(ended="2026-03-14T11:59:59Z"))),
    "started-after": ("captured", "agreement", remade(whole(started=LATER, ended=LATER))),
    **{
        f"software-{name}": ("captured", "documents", remade(whole(software=spelled)))
        for name, spelled in {
            "blank": "archiver 0.1.0 ",
            "two-blanks": "archiver  0.1.0",
            "newline": "archiver 0.1.0\n",
            "tab": "archiver\t0.1.0",
            "capital": "Archiver 0.1.0",
            "cyrillic": "\u0430rchiver 0.1.0",
            "full-width": "archiver \uff10.1.0",
            "zero-width": "archiver 0.1.0\u200b",
            "rtl": "archiver \u202e0.1.0",
            "escape": "archiver 0.1.0\x1b[2K",
            "nul": "archiver 0.1.0\x00",
            "empty": "",
            "other": "wget 1.21",
            "long": "archiver 0." + "1" * 500,
        }.items()
    },
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_refused_where_it_should_be(name: str) -> None:
    check_refused(name, FORGERIES[name])


# What only the version that made a package can know: its own words and its own tables.
OURS = (
    "request-accept",
    "request-coding",
    "request-connection",
    "request-order",
    "fault-words",
    "set-public-only",
    "set-controls-by-nobody",
    "fault-policy",
    "software",
)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, (_, check, _) in FORGERIES.items()
        if check == "agreement" and not name.startswith(OURS)
    ],
)
def test_another_version_excuses_none(name: str) -> None:
    state, check, forge = FORGERIES[name]
    assert refused_by(forge(opened(package(state, software="archiver 9.9.9")))) == check
