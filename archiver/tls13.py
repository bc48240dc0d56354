"""A TLS 1.3 handshake as its messages tell it, up to the server's signature (RFC 8446 §4)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from archiver import tlswire
from archiver.tlswire import NAMES, SUITES, fault

_ASKED, _ASKED_AGAIN = (1, 2), (1, 2, 1, 2)  # the second after a HelloRetryRequest
_PROVED, _PROVED_BOTH = (8, 11, 15), (8, 13, 11, 15)
_ORDERS = {asked + proved for asked in (_ASKED, _ASKED_AGAIN) for proved in (_PROVED, _PROVED_BOTH)}
_MESSAGE_HASH = 254
# RFC 8446 §4.1.3: the random of a ServerHello that is a HelloRetryRequest.
_RETRY = hashlib.sha256(b"HelloRetryRequest").digest()
_TLS_1_3 = b"\x03\x04"
# RFC 8446 §4.4.3: what stands before the hash in the octets that are signed.
_CONTEXT = b" " * 64 + b"TLS 1.3, server CertificateVerify\0"


@dataclass(frozen=True, kw_only=True, slots=True)
class Handshake:
    """What the messages say. `server_name` is the one asked for, `certificates` are DER, the
    server's own first. Its key made `signature` over `signed` by the scheme of this number
    (RFC 8446 §4.2.3), if it made it at all."""

    server_name: str | None
    certificates: tuple[bytes, ...]
    scheme: int
    signature: bytes
    signed: bytes


def read(octets: bytes) -> Handshake:
    """Read the messages from ClientHello to CertificateVerify, and nothing behind them.

    Raises `InvalidInput` that names the message. Checks no signature.
    """
    messages = list(tlswire.messages(octets))
    kinds = tuple(message[0] for message in messages)
    if kinds not in _ORDERS:
        found = ", ".join(NAMES.get(kind, f"message {kind}") for kind in kinds[:9])
        raise fault("", f"is not ClientHello to CertificateVerify in their order, but {found}")
    again = kinds[2:4] == _ASKED
    names = {tlswire.server_name(_body(one)) for one in messages if one[0] == 1}
    if len(names) != 1:
        raise fault("ClientHello", "asks for another server in its second form")
    suites = {_suite(one, retry=again and one is messages[1]) for one in messages if one[0] == 2}
    if len(suites) != 1:
        raise fault("ServerHello", "has another cipher suite than the HelloRetryRequest")
    _, algorithm = SUITES[suites.pop()]
    chosen = _body(messages[kinds.index(8)])
    tlswire.protocol(chosen, chosen.extensions())
    before = messages[:-1]
    if again:
        # RFC 8446 §4.4.1: its hash stands for the first ClientHello.
        digest = hashlib.new(algorithm, before[0]).digest()
        before[0] = bytes((_MESSAGE_HASH, 0, 0, len(digest))) + digest
    verify = _body(messages[-1])
    scheme, signature = verify.number(2), verify.vector(2)
    verify.done()
    return Handshake(
        server_name=names.pop(),
        certificates=_certificates(messages[-2]),
        scheme=scheme,
        signature=signature,
        signed=_CONTEXT + hashlib.new(algorithm, b"".join(before)).digest(),
    )


def _body(message: bytes) -> tlswire.Reader:
    return tlswire.body(message, strict=True)


def _suite(message: bytes, *, retry: bool) -> int:
    """The cipher suite of a ServerHello that chose TLS 1.3 (RFC 8446 §4.1.3)."""
    hello = tlswire.server_hello(_body(message))
    if (hello.random == _RETRY) != retry:
        raise fault("ServerHello", "is a HelloRetryRequest where none can be, or the reverse")
    if hello.chosen != _TLS_1_3:
        raise fault("ServerHello", "did not choose TLS 1.3")
    if hello.suite not in SUITES:
        raise fault("ServerHello", f"has the cipher suite {hello.suite:#06x}, unknown here")
    return hello.suite


def _certificates(message: bytes) -> tuple[bytes, ...]:
    """The certificates of a Certificate message (RFC 8446 §4.4.2), the server's own first."""
    context, found = tlswire.certificates(_body(message), late=True)
    if context:
        raise fault("Certificate", "answers a request that the server cannot have had")
    if not found:
        raise fault("Certificate", "holds no certificate")
    return found
