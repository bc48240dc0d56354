"""The server's own signature, on paper: what holds, and what an insider cannot make hold."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from archiver.capture.exchange import RawExchange
from archiver.capture.tls import Seen
from archiver.case.schemas import schema
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.handshake import unlike
from archiver.observation import Fault, Observation, Tls
from archiver.pem import to_pem
from archiver.serverkey import SCHEMES, check
from archiver.signedtls import misfits, proved
from archiver.tls13 import read
from tests.verify.forge import exchange, opened, recorded, sealed
from tests.verify.handshaking import (
    CIPHER,
    KEY,
    OTHER_KEY,
    RETRY,
    certificate,
    certificate_message,
    client_hello,
    encrypted_extensions,
    extension,
    handshake,
    message,
    pieces,
    server_hello,
    signature,
    vector,
)
from tests.verify.scenes import CERTIFICATE, HOST, SCENES, Scene, connected, package, verdict

CHAIN = (CERTIFICATE,)
RIGHT = handshake(HOST, CHAIN, "x")
LONGER = (*CHAIN, certificate("An authority", OTHER_KEY))


def tls(**changed: Any) -> Tls:
    shown = Tls(
        version="TLSv1.3",
        cipher=CIPHER,
        alpn=None,
        server_name=HOST,
        verified=True,
        chain=tuple(Digest.of(one) for one in CHAIN),
        alerts=(),
        certificates=None,
        handshake=None,
        signature="ed25519",
    )
    return replace(shown, **changed)


def digests(chain: tuple[bytes, ...]) -> tuple[Digest, ...]:
    return tuple(Digest.of(one) for one in chain)


def done(before: list[bytes], *after: bytes, **more: Any) -> bytes:
    return b"".join([*before, signature(before, **more), *after])


def against(said: Tls, octets: bytes) -> list[str]:
    """All that verifying holds against what is said: agreement first, then the signature."""
    return [*unlike(said, octets, ended=said.version is None), *misfits(said, octets)]


def taken(said: Tls, octets: bytes) -> Tls:
    """What a capture says: of messages that are not kept, it says nothing."""
    return proved(said, b"" if any(unlike(said, octets, ended=False)) else octets)


def test_what_is_right() -> None:
    assert list(misfits(tls(), RIGHT)) == []
    assert proved(tls(signature=None), RIGHT) == tls()
    assert read(RIGHT).server_name == HOST
    longer = handshake(HOST, LONGER, "x")
    assert list(misfits(tls(chain=digests(LONGER)), longer)) == []


def test_of_an_address_no_name_is_asked() -> None:
    for host in ("203.0.113.7", "2001:db8::7"):
        assert list(misfits(tls(server_name=host), handshake(None, CHAIN, "x"))) == []
        assert list(misfits(tls(server_name=host), handshake(host, CHAIN, "x")))
    assert list(misfits(tls(), handshake(None, CHAIN, "x"))) == [
        f"its server_name is {HOST}, its handshake gives none"
    ]


def retried(first: bytes, second: bytes, random: bytes = RETRY, suite: int = 0x1302) -> list[bytes]:
    """A handshake whose first hello the server wanted otherwise."""
    _, *rest = pieces(HOST, CHAIN, "x")
    return [first, server_hello(random, suite), second, *rest]


HELLO = client_hello(HOST, bytes(32))


def test_a_second_hello() -> None:
    again = client_hello(HOST, bytes(32), extension(44, b"a cookie"))
    assert list(misfits(tls(), done(retried(HELLO, again)))) == []
    # The first hello is signed too, by its digest.
    other = retried(client_hello(HOST, bytes(31) + b"\1"), again)
    assert list(misfits(tls(), b"".join([*other, signature(retried(HELLO, again))])))


def test_a_request_for_a_certificate_of_ours() -> None:
    before = pieces(HOST, CHAIN, "x")
    before.insert(3, message(13, vector(b"", 1) + vector(extension(13, b"\0\2\4\3"), 2)))
    assert list(misfits(tls(), done(before))) == []


def with_(place: int, octets: bytes) -> bytes:
    """The right messages with one changed, and signed again."""
    before = pieces(HOST, CHAIN, "x")
    before[place] = octets
    return done(before)


BEFORE = pieces(HOST, CHAIN, "x")
RANDOM = bytes(32)
WRONG: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "ClientHello to CertificateVerify"),
    "no-signature": (b"".join(BEFORE), "ClientHello to CertificateVerify"),
    "more": (RIGHT + message(20, bytes(48)), "ClientHello to CertificateVerify"),
    "octets-behind": (RIGHT + b"\0", "ends within a message"),
    "cut": (RIGHT[:-1], "ends within a message"),
    "order": (done([*BEFORE[:2], BEFORE[3], BEFORE[2]]), "ClientHello to CertificateVerify"),
    "no-extensions": (done([*BEFORE[:2], BEFORE[3]]), "ClientHello to CertificateVerify"),
    "unknown-message": (RIGHT + message(99, b""), "message 99"),
    "other-key": (done(BEFORE, key=OTHER_KEY), "not signed by the certificate's key"),
    "unknown-scheme": (done(BEFORE, scheme=0x0905), "scheme 0x0905, unknown here"),
    "scheme-of-another-key": (done(BEFORE, scheme=0x0403), "not one of this key"),
    "other-chain": (with_(3, certificate_message(LONGER)), "its chain is"),
    "chain-turned": (with_(3, certificate_message(LONGER[::-1])), "its chain is"),
    "no-certificate": (with_(3, certificate_message(())), "holds no certificate"),
    "context": (with_(3, certificate_message(CHAIN, b"x")), "answers a request"),
    "other-name": (with_(0, client_hello("other.example", RANDOM)), "its server_name is"),
    "hostile-name": (with_(0, client_hello("\x1b[2J", RANDOM)), "its server_name is"),
    "name-twice": (
        with_(0, client_hello(HOST, RANDOM, extension(0, b""))),
        "has extension 0 twice",
    ),
    "no-host-name": (
        with_(0, client_hello(None, RANDOM, extension(0, vector(b"\1\0\1x", 2)))),
        "something else than a host name",
    ),
    "two-names": (
        with_(0, client_hello(None, RANDOM, extension(0, vector(b"\0\0\1x\0\0\1y", 2)))),
        "longer than it says",
    ),
    "hash-of-another-cipher": (
        with_(1, server_hello(RANDOM, 0x1301)),
        "cipher is not what its handshake says",
    ),
    "unknown-cipher": (with_(1, server_hello(RANDOM, 0xC02F)), "0xc02f, unknown here"),
    "older-version": (with_(1, server_hello(RANDOM, version=b"\3\3")), "did not choose TLS 1.3"),
    "retry-in-the-end": (with_(1, server_hello(RETRY)), "HelloRetryRequest where none can be"),
    "retry-that-is-none": (done(retried(HELLO, HELLO, RANDOM)), "HelloRetryRequest where none"),
    "other-cipher-first": (done(retried(HELLO, HELLO, suite=0x1301)), "another cipher suite than"),
    "another-name-again": (
        done(retried(HELLO, client_hello("other.example", RANDOM))),
        "another server in its second form",
    ),
    "alpn": (with_(2, encrypted_extensions("http/1.1")), "alpn is not what its handshake says"),
    "alpn-of-two": (
        with_(2, message(8, vector(extension(16, vector(b"\1a\1b", 2)), 2))),
        "longer than it says",
    ),
    "too-long": (with_(2, message(8, b"\0\0x")), "longer than it says"),
    "too-short": (with_(2, message(8, b"\0\1")), "shorter than it says"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong(name: str) -> None:
    octets, what = WRONG[name]
    found = against(tls(), octets)
    assert any(what in one for one in found), found
    # A capture would not say that it is signed.
    assert taken(tls(), octets) == tls(signature=None)


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": "ed448"},
        {"version": "TLSv1.2"},
        {"cipher": "TLS_AES_128_GCM_SHA256"},
        {"cipher": None},
        {"alpn": "http/1.1"},
        {"server_name": "other.example"},
        {"server_name": "203.0.113.7"},
        {"chain": ()},
        {"chain": digests(LONGER)},
    ],
)
def test_what_is_said_and_is_not_so(changed: dict[str, Any]) -> None:
    found = against(tls(**changed), RIGHT)
    assert any(re.search(rf"(its |tls\.){next(iter(changed))} is ", one) for one in found)
    assert refused(remade(lambda _, block: block, **changed))


def test_a_failed_handshake_may_say_less_but_nothing_else() -> None:
    assert against(tls(version=None, cipher=None), RIGHT) == []
    assert against(tls(version=None, cipher="TLS_AES_128_GCM_SHA256"), RIGHT)


@pytest.mark.parametrize("bit", [0, 7])
def test_every_octet_counts(bit: int) -> None:
    octets = done(retried(HELLO, client_hello(HOST, bytes(32))))
    for messages in (RIGHT, octets):
        for place in range(len(messages)):
            changed = bytearray(messages)
            changed[place] ^= 1 << bit
            assert list(misfits(tls(), bytes(changed))), place


@pytest.mark.parametrize("bit", [0, 7])
def test_every_octet_of_the_certificate_counts(bit: int) -> None:
    """The insider puts the changed certificate everywhere, but cannot sign again."""
    for place in range(len(CHAIN[0])):
        changed = bytearray(CHAIN[0])
        changed[place] ^= 1 << bit
        chain = (bytes(changed),)
        messages = RIGHT.replace(CHAIN[0], chain[0])
        assert list(misfits(tls(chain=digests(chain)), messages)), place


def test_a_certificate_that_is_ber() -> None:
    """OpenSSL takes it, and hands it on as DER: no signature for us, and nothing is refused."""
    (der,) = CHAIN
    ber = der[:1] + b"\x83\0" + der[2:4] + der[4:]
    assert check(ber, *named(handshake(HOST, (ber,), "x"))) == "ed25519"
    assert proved(tls(), handshake(HOST, (ber,), "x")) == tls(signature=None)


def named(octets: bytes) -> tuple[int, bytes, bytes]:
    found = read(octets)
    return found.scheme, found.signature, found.signed


@given(st.binary(max_size=200), st.sampled_from(sorted(SCHEMES)))
def test_hostile_certificates_are_no_proof(octets: bytes, scheme: int) -> None:
    for junk in (octets, b"0" + vector(b"0" + vector(octets, 1), 1)):
        with pytest.raises(InvalidInput):
            check(junk, scheme, octets, octets)


@given(st.lists(st.tuples(st.sampled_from([1, 2, 8, 11, 13, 15]), st.binary(max_size=60))))
def test_hostile_messages_are_no_handshake(messages: list[tuple[int, bytes]]) -> None:
    with pytest.raises(InvalidInput):
        read(b"".join(message(*one) for one in messages))


def test_the_schema_names_the_schemes() -> None:
    of_exchange = schema("capture.schema.json")["properties"]["exchanges"]["items"]["properties"]
    named = of_exchange["tls"]["properties"]["signature"]["enum"]
    assert set(named) == {None, *(one.name for one in SCHEMES.values())}


# In whole packages, which an insider makes anew from end to end.

Octets = Callable[[str, bytes], bytes]


def is_handshake(block: bytes) -> bool:
    return block[:2] == b"\1\0"


def refused(octets: bytes) -> list[str]:
    report = verdict(octets)
    assert report.verdict == "refused"
    (found,) = [one for one in report.checks if one.status == "failed"]
    # What the messages say is held against capture.json before anybody's signature is.
    assert found.name in ("agreement", "handshakes")
    return [f"{one.where} {one.what}" for one in found.problems]


def said(seen: Observation, **changed: Any) -> Observation:
    """What TLS showed in the first exchange, told otherwise."""
    shown = seen.exchanges[0].tls
    assert shown is not None
    return exchange(seen, 0, tls=replace(shown, **changed))


def remade(octets: Octets, **changed: Any) -> bytes:
    files = opened(package("captured"))
    return sealed(recorded(files, lambda seen: said(seen, **changed), octets))


@pytest.mark.parametrize("place", range(0, len(RIGHT), 29))
def test_an_octet_changed_by_an_insider(place: int) -> None:
    def changed(_: str, block: bytes) -> bytes:
        if not is_handshake(block):
            return block
        return block[:place] + bytes([block[place] ^ 1]) + block[place + 1 :]

    assert refused(remade(changed))[0].startswith("evidence/capture.json exchanges[0]")


def pasted(chain: tuple[bytes, ...], *, signed: bool) -> bytes:
    """The chain of another site in the place of the true one, in the handshake as well."""

    def octets(_: str, block: bytes) -> bytes:
        if block.startswith(b"-----BEGIN"):
            return to_pem(chain)
        if is_handshake(block) and signed:
            return block.replace(certificate_message(CHAIN), certificate_message(chain))
        return block

    return remade(octets, chain=digests(chain))


OTHER = (certificate(HOST, OTHER_KEY),)


def test_the_chain_of_another_site_pasted_in() -> None:
    (found,) = refused(pasted(OTHER, signed=False))
    assert "tls.chain is not what its handshake says" in found
    for chain in (OTHER, LONGER, (certificate("x"),)):
        (found,) = refused(pasted(chain, signed=True))
        assert "is not signed by the certificate's key" in found


def test_the_handshake_of_another_connection() -> None:
    """Of a control, which has its own name, in the place of the source's."""
    scene = SCENES["half-a-head"]
    source, control = scene.hops[0][0], "https://one.example.com/"
    of_source = handshake(HOST, CHAIN, source[8:])
    of_control = handshake("one.example.com", CHAIN, control[8:])

    def swapped(_: str, block: bytes) -> bytes:
        return {of_source: of_control, of_control: of_source}.get(block, block)

    files = opened(package("half-a-head"))
    found = refused(sealed(recorded(files, lambda seen: seen, swapped)))
    assert [one.partition(" its ")[2] for one in found] == [
        "handshake asks for one.example.com",
        f"handshake asks for {HOST}",
    ]


def test_a_signature_that_is_said_without_a_handshake() -> None:
    (found,) = refused(remade(lambda _, block: block, handshake=None))
    assert "is not ClientHello to CertificateVerify" in found


# What is listed, and of how much.


def listed(octets: bytes) -> str | None:
    report = verdict(octets)
    assert report.verdict == "untrusted", report
    return next((one.proves for one in report.checks if one.name == "handshakes"), None)


def built(scene: Scene, change: Callable[[list[RawExchange]], object]) -> bytes:
    exchanges = scene.exchanges()
    change(exchanges)
    out = io.BytesIO()
    scene.built(exchanges).write(out)
    return out.getvalue()


SAID = "the certificate's key signed the handshake of"


def without(*places: int) -> Callable[[list[RawExchange]], None]:
    """Exchanges of which the interpreter shows no handshake."""

    def change(exchanges: list[RawExchange]) -> None:
        for place in places:
            shown = exchanges[place].connection.tls
            assert shown is not None
            shown.seen.messages.clear()

    return change


def test_how_many_are_signed() -> None:
    assert listed(package("captured")) == f"{SAID} 1 of 1 TLS connection"
    # Of four exchanges three went over one connection.
    assert listed(package("whole")) == f"{SAID} 2 of 2 TLS connections"
    assert listed(package("inconclusive")) is None
    both = SCENES["redirected"]
    assert (
        listed(built(both, without(0))) == f"{SAID} 1 of 2 TLS connections, not all with the source"
    )
    assert listed(built(both, without(0, 1))) is None
    controls = SCENES["half-a-head"]
    none = f"{SAID} 2 of 3 TLS connections, none with the source"
    assert listed(built(controls, without(0))) == none


def test_a_signature_that_an_insider_leaves_out_is_not_counted() -> None:
    octets = remade(lambda _, block: block, signature=None)
    assert listed(octets) is None


def test_without_a_version_no_handshake_went_well() -> None:
    report = verdict(remade(lambda _, block: block, version=None, cipher=None))
    assert [one.name for one in report.checks if one.status == "failed"] == ["agreement"]


@pytest.mark.parametrize("key", [KEY, OTHER_KEY])
def test_a_handshake_that_failed_after_the_signature(key: Ed25519PrivateKey) -> None:
    """Where it is another key's, that may be why: somebody in between, with the true chain. That
    is evidence as it is, and proves no key."""
    octets = done(pieces(HOST, CHAIN, "x"), key=key)
    fault = Fault(type="tls.failed", message="the TLS handshake failed")

    def failed(exchanges: list[RawExchange]) -> None:
        (one, *_) = exchanges
        made = connected(one.url, socket.socket())
        made.close()
        assert made.tls is not None
        made.phase, made.fault, one.fault = "tls", fault, fault
        shown = {"version": None, "cipher": None, "verified": False}
        made.tls = replace(made.tls, **shown, seen=Seen(messages=bytearray(octets)))
        one.connection = made

    package = built(SCENES["unreachable"], failed)
    expected = {
        KEY: f"{SAID} 2 of 2 TLS connections",
        OTHER_KEY: f"{SAID} 1 of 1 TLS connection, none with the source",
    }
    assert listed(package) == expected[key]
