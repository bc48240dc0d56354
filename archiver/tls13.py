"""A TLS 1.3 handshake as its messages tell it, up to the server's signature (RFC 8446 §4)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from archiver.errors import InvalidInput

# RFC 8446 §4: the messages that we may meet, by their numbers.
_NAMES = {
    1: "ClientHello",
    2: "ServerHello",
    8: "EncryptedExtensions",
    11: "Certificate",
    13: "CertificateRequest",
    15: "CertificateVerify",
}
_ASKED, _ASKED_AGAIN = (1, 2), (1, 2, 1, 2)  # the second after a HelloRetryRequest
_PROVED, _PROVED_BOTH = (8, 11, 15), (8, 13, 11, 15)
_ORDERS = {asked + proved for asked in (_ASKED, _ASKED_AGAIN) for proved in (_PROVED, _PROVED_BOTH)}
_MESSAGE_HASH = 254
# RFC 8446 §4.1.3: the random of a ServerHello that is a HelloRetryRequest.
_RETRY = hashlib.sha256(b"HelloRetryRequest").digest()
# RFC 8446 §B.4: the cipher suites, as OpenSSL spells them, with their hashes.
_SUITES = {
    0x1301: ("TLS_AES_128_GCM_SHA256", "sha256"),
    0x1302: ("TLS_AES_256_GCM_SHA384", "sha384"),
    0x1303: ("TLS_CHACHA20_POLY1305_SHA256", "sha256"),
    0x1304: ("TLS_AES_128_CCM_SHA256", "sha256"),
    0x1305: ("TLS_AES_128_CCM_8_SHA256", "sha256"),
}
_SERVER_NAME, _ALPN, _SUPPORTED_VERSIONS = 0, 16, 43
_TLS_1_3 = b"\x03\x04"
# RFC 8446 §4.4.3: what stands before the hash in the octets that are signed.
_CONTEXT = b" " * 64 + b"TLS 1.3, server CertificateVerify\0"


@dataclass(frozen=True, kw_only=True, slots=True)
class Handshake:
    """What the messages say. `server_name` is the one asked for, `cipher` has OpenSSL's
    spelling, `certificates` are DER, the server's own first. Its key made `signature` over
    `signed` by the scheme of this number (RFC 8446 §4.2.3), if it made it at all."""

    server_name: str | None
    cipher: str
    alpn: str | None
    certificates: tuple[bytes, ...]
    scheme: int
    signature: bytes
    signed: bytes


def read(octets: bytes) -> Handshake:
    """Read the messages from ClientHello to CertificateVerify, and nothing behind them.

    Raises `InvalidInput` that names the message. Checks no signature.
    """
    messages = _messages(octets)
    kinds = tuple(message[0] for message in messages)
    if kinds not in _ORDERS:
        found = ", ".join(_NAMES.get(kind, f"message {kind}") for kind in kinds[:9])
        raise _fault("", f"is not ClientHello to CertificateVerify in their order, but {found}")
    again = kinds[2:4] == _ASKED
    names = {_server_name(one) for one in messages if one[0] == 1}
    if len(names) != 1:
        raise _fault("ClientHello", "asks for another server in its second form")
    suites = {_suite(one, retry=again and one is messages[1]) for one in messages if one[0] == 2}
    if len(suites) != 1:
        raise _fault("ServerHello", "has another cipher suite than the HelloRetryRequest")
    cipher, algorithm = _SUITES[suites.pop()]
    before = messages[:-1]
    if again:
        # RFC 8446 §4.4.1: its hash stands for the first ClientHello.
        digest = hashlib.new(algorithm, before[0]).digest()
        before[0] = bytes((_MESSAGE_HASH, 0, 0, len(digest))) + digest
    verify = _Reader(_body(messages[-1]), "CertificateVerify")
    scheme, signature = verify.number(2), verify.vector(2)
    verify.done()
    return Handshake(
        server_name=names.pop(),
        cipher=cipher,
        alpn=_alpn(messages[kinds.index(8)]),
        certificates=_certificates(messages[-2]),
        scheme=scheme,
        signature=signature,
        signed=_CONTEXT + hashlib.new(algorithm, b"".join(before)).digest(),
    )


def _messages(octets: bytes) -> list[bytes]:
    """The messages, each with its header of four octets."""
    found, at = [], 0
    while at < len(octets):
        end = at + 4 + int.from_bytes(octets[at + 1 : at + 4], "big")
        if end > len(octets) or at + 4 > len(octets):
            raise _fault("", "ends within a message")
        found.append(octets[at:end])
        at = end
    return found


def _body(message: bytes) -> bytes:
    return message[4:]


def _server_name(hello: bytes) -> str | None:
    """The name in a ClientHello (RFC 8446 §4.1.2, RFC 6066 §3); None where it has none."""
    reader = _Reader(_body(hello), "ClientHello")
    reader.octets(2 + 32)  # version, random
    reader.vector(1)  # session id
    reader.vector(2)  # cipher suites
    reader.vector(1)  # compression methods
    named = _extensions(reader).get(_SERVER_NAME)
    reader.done()
    if named is None:
        return None
    listed = _Reader(named, "ClientHello")
    entry = _Reader(listed.vector(2), "ClientHello")
    listed.done()
    if entry.number(1) != 0:
        raise _fault("ClientHello", "asks for something else than a host name")
    name = entry.vector(2)
    entry.done()
    return name.decode("ascii", "backslashreplace")


def _suite(hello: bytes, *, retry: bool) -> int:
    """The cipher suite of a ServerHello that chose TLS 1.3 (RFC 8446 §4.1.3)."""
    reader = _Reader(_body(hello), "ServerHello")
    reader.octets(2)  # version of old
    if (reader.octets(32) == _RETRY) != retry:
        raise _fault("ServerHello", "is a HelloRetryRequest where none can be, or the reverse")
    reader.vector(1)  # session id
    suite = reader.number(2)
    reader.octets(1)  # compression method
    version = _extensions(reader).get(_SUPPORTED_VERSIONS)
    reader.done()
    if version != _TLS_1_3:
        raise _fault("ServerHello", "did not choose TLS 1.3")
    if suite not in _SUITES:
        raise _fault("ServerHello", f"has the cipher suite {suite:#06x}, unknown here")
    return suite


def _alpn(message: bytes) -> str | None:
    """The protocol that the server chose (RFC 8446 §4.3.1, RFC 7301 §3.1)."""
    reader = _Reader(_body(message), "EncryptedExtensions")
    chosen = _extensions(reader).get(_ALPN)
    reader.done()
    if chosen is None:
        return None
    listed = _Reader(chosen, "EncryptedExtensions")
    entry = _Reader(listed.vector(2), "EncryptedExtensions")
    listed.done()
    name = entry.vector(1)
    entry.done()
    return name.decode("ascii", "backslashreplace")


def _certificates(message: bytes) -> tuple[bytes, ...]:
    """The certificates of a Certificate message (RFC 8446 §4.4.2), the server's own first."""
    reader = _Reader(_body(message), "Certificate")
    if reader.vector(1):
        raise _fault("Certificate", "answers a request that the server cannot have had")
    entries = _Reader(reader.vector(3), "Certificate")
    reader.done()
    found = []
    while entries.left:
        found.append(entries.vector(3))
        entries.vector(2)  # extensions
    if not found:
        raise _fault("Certificate", "holds no certificate")
    return tuple(found)


def _extensions(reader: _Reader) -> dict[int, bytes]:
    """Extensions by their numbers (RFC 8446 §4.2). None may stand twice."""
    entries = _Reader(reader.vector(2), reader.where)
    found: dict[int, bytes] = {}
    while entries.left:
        number = entries.number(2)
        if number in found:
            raise _fault(reader.where, f"has extension {number} twice")
        found[number] = entries.vector(2)
    return found


class _Reader:
    """Reads the presentation language of RFC 8446 §3; `where` is the message."""

    def __init__(self, octets: bytes, where: str) -> None:
        self._octets = octets
        self._at = 0
        self.where = where

    @property
    def left(self) -> int:
        """Octets that were not read yet."""
        return len(self._octets) - self._at

    def octets(self, count: int) -> bytes:
        if count > self.left:
            raise _fault(self.where, "is shorter than it says")
        self._at += count
        return self._octets[self._at - count : self._at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.octets(size), "big")

    def vector(self, size: int) -> bytes:
        """Octets behind their count, which has this size."""
        return self.octets(self.number(size))

    def done(self) -> None:
        if self.left:
            raise _fault(self.where, "is longer than it says")


def _fault(where: str, what: str) -> InvalidInput:
    return InvalidInput("tls.handshake", what, where=where)
