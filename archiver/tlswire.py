"""The messages of a TLS handshake and the fields in them (RFC 8446 §4, RFC 5246 §7.4).

Read either leniently, as whatever a server may send, or strictly: then nothing stands behind
what is read, twice, or in another form than the one that TLS 1.3 has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archiver.errors import InvalidInput

CLIENT_HELLO, SERVER_HELLO, ENCRYPTED_EXTENSIONS = 1, 2, 8
CERTIFICATE, CERTIFICATE_REQUEST, CERTIFICATE_VERIFY = 11, 13, 15
COMPRESSED = 25  # a Certificate in a form that is not read here (RFC 8879)
NAMES = {
    CLIENT_HELLO: "ClientHello",
    SERVER_HELLO: "ServerHello",
    ENCRYPTED_EXTENSIONS: "EncryptedExtensions",
    CERTIFICATE: "Certificate",
    CERTIFICATE_REQUEST: "CertificateRequest",
    CERTIFICATE_VERIFY: "CertificateVerify",
}
# RFC 8446 §B.4: the cipher suites of TLS 1.3, as OpenSSL spells them, with their hashes.
SUITES = {
    0x1301: ("TLS_AES_128_GCM_SHA256", "sha256"),
    0x1302: ("TLS_AES_256_GCM_SHA384", "sha384"),
    0x1303: ("TLS_CHACHA20_POLY1305_SHA256", "sha256"),
    0x1304: ("TLS_AES_128_CCM_SHA256", "sha256"),
    0x1305: ("TLS_AES_128_CCM_8_SHA256", "sha256"),
}
_HEAD = 4  # octets before the body of a message: its kind, its length
_SERVER_NAME, _ALPN, _VERSIONS = 0, 16, 43  # extensions


def messages(octets: bytes) -> Iterator[bytes]:
    """The messages, each with its head. Raises `InvalidInput` at the end of what is cut off."""
    at = 0
    while at < len(octets):
        end = at + _HEAD + int.from_bytes(octets[at + 1 : at + _HEAD], "big")
        if end > len(octets) or at + _HEAD > len(octets):
            raise fault("", "ends within a message")
        yield octets[at:end]
        at = end


def fault(where: str, what: str) -> InvalidInput:
    """The one error of reading a handshake; `where` is the message."""
    return InvalidInput("tls.handshake", what, where=where)


def body(message: bytes, *, strict: bool) -> Reader:
    """What is in a message."""
    return Reader(message[_HEAD:], NAMES.get(message[0], ""), strict=strict)


class Reader:
    """Reads the presentation language of RFC 8446 §3. Raises `InvalidInput`."""

    def __init__(self, octets: bytes, where: str, *, strict: bool) -> None:
        self._octets = octets
        self._at = 0
        self._strict = strict
        self._where = where

    @property
    def left(self) -> int:
        """Octets that were not read yet."""
        return len(self._octets) - self._at

    def octets(self, count: int) -> bytes:
        """The next octets, as many as that."""
        if count > self.left:
            raise fault(self._where, "is shorter than it says")
        self._at += count
        return self._octets[self._at - count : self._at]

    def number(self, size: int) -> int:
        """A whole number of this many octets."""
        return int.from_bytes(self.octets(size), "big")

    def vector(self, size: int) -> bytes:
        """Octets behind their count, which has this size."""
        return self.octets(self.number(size))

    def within(self, octets: bytes) -> Reader:
        """A reader for a part of the same message."""
        return Reader(octets, self._where, strict=self._strict)

    def done(self) -> None:
        """Strictly, nothing may be left."""
        if self._strict and self.left:
            raise fault(self._where, "is longer than it says")

    def extensions(self) -> dict[int, bytes]:
        """The extensions, which end a message, by their numbers (RFC 8446 §4.2). Leniently, a
        message may have none at all, and of two alike the last counts."""
        entries = self.within(self.vector(2) if self._strict or self.left else b"")
        self.done()
        found: dict[int, bytes] = {}
        while entries.left:
            number = entries.number(2)
            if self._strict and number in found:
                raise fault(self._where, f"has extension {number} twice")
            found[number] = entries.vector(2)
        return found

    def entry(self, octets: bytes, size: int, kind: int | None = None) -> str:
        """The one entry of a list, a name in ASCII behind its count of this size, and before
        that its kind, where it has one. Leniently, it is the first entry, of any kind."""
        listed = self.within(octets)
        entry = self.within(listed.vector(2))
        listed.done()
        if kind is not None and entry.number(1) != kind and self._strict:
            raise fault(self._where, "asks for something else than a host name")
        name = entry.vector(size)
        entry.done()
        if not name.isascii():
            raise fault(self._where, "has a name that is not ASCII")
        return name.decode("ascii")


def server_name(hello: Reader) -> str | None:
    """The name in a ClientHello (RFC 8446 §4.1.2, RFC 6066 §3); None where it has none."""
    hello.octets(2 + 32)  # version, random
    for size in (1, 2, 1):  # session id, cipher suites, compression methods
        hello.vector(size)
    named = hello.extensions().get(_SERVER_NAME)
    return None if named is None else hello.entry(named, 2, kind=0)


def protocol(reader: Reader, extensions: dict[int, bytes]) -> str | None:
    """The protocol that the server chose (RFC 7301 §3.1)."""
    chosen = extensions.get(_ALPN)
    return None if chosen is None else reader.entry(chosen, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerHello:
    """What a server chose (RFC 8446 §4.1.3). `chosen` is the version by the extension, None
    without it; then that of old counts."""

    old_version: bytes
    random: bytes
    suite: int
    chosen: bytes | None
    extensions: dict[int, bytes]


def server_hello(hello: Reader) -> ServerHello:
    """Read a ServerHello."""
    version, random = hello.octets(2), hello.octets(32)
    hello.vector(1)  # session id
    suite = hello.number(2)
    hello.octets(1)  # compression method
    found = hello.extensions()
    return ServerHello(
        old_version=version,
        random=random,
        suite=suite,
        chosen=found.get(_VERSIONS),
        extensions=found,
    )


def certificates(message: Reader, *, late: bool) -> tuple[bytes, tuple[bytes, ...]]:
    """The context of a Certificate and its certificates in DER, the peer's own first (RFC 8446
    §4.4.2). `late`: TLS 1.3, which alone has a context, and extensions behind each."""
    context = message.vector(1) if late else b""
    entries = message.within(message.vector(3))
    message.done()
    found = []
    while entries.left:
        found.append(entries.vector(3))
        if late:
            entries.vector(2)
    return context, tuple(found)
