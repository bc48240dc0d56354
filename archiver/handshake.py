"""What the messages of a TLS handshake say (RFC 8446 §4, RFC 5246 §7.4), read from their octets.

Capturing keeps them only where they say what TLS itself told; verifying reads them again. So a
server with certificates or extensions that TLS reads in another way than these few lines harms
no honest package, and whoever writes other words beside kept messages is found out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from archiver.digest import Digest
from archiver.observation import Tls

_CLIENT_HELLO, _SERVER_HELLO, _ENCRYPTED_EXTENSIONS, _CERTIFICATE = 1, 2, 8, 11
_COMPRESSED = 25  # a Certificate in a form that is not read here (RFC 8879)
# Hellos (a second time after a retry), EncryptedExtensions, CertificateRequest, the certificates
# and CertificateVerify (RFC 8446 §2).
_TLS_1_3 = re.compile(rb"(?:\x01\x02){1,2}\x08\x0d?[\x0b\x19]\x0f")
_MAX_MESSAGES = 64
_SERVER_NAME, _ALPN, _VERSIONS = 0, 16, 43  # extensions
_NAMES = {0x0300: "SSLv3", 0x0301: "TLSv1", 0x0302: "TLSv1.1", 0x0303: "TLSv1.2", 0x0304: "TLSv1.3"}
# TLS 1.3's have one name everywhere (RFC 8446 §B.4); those before it have several.
_CIPHERS = {
    0x1301: "TLS_AES_128_GCM_SHA256",
    0x1302: "TLS_AES_256_GCM_SHA384",
    0x1303: "TLS_CHACHA20_POLY1305_SHA256",
    0x1304: "TLS_AES_128_CCM_SHA256",
    0x1305: "TLS_AES_128_CCM_8_SHA256",
}


@dataclass(slots=True)
class _Shown:
    """None stands for what no message says."""

    server_name: str | None = None
    version: str | None = None
    cipher: int | None = None
    alpn: str | None = None
    chain: tuple[Digest, ...] = ()
    kinds: bytearray = field(default_factory=bytearray)


def unlike(said: Tls, octets: bytes, *, ended: bool) -> Iterator[str]:
    """Every place where something else is said than the messages of the handshake show.
    `ended`: it did not go well, and may have come to less than they say."""
    shown = _read(octets)
    if shown is None or not _in_order(shown, ended=ended):
        yield "its handshake holds something else than TLS"
        return
    asked = None if _is_address(said.server_name) else said.server_name
    if (shown.server_name or "").lower() != (asked or "").lower():
        yield f"its handshake asks for {shown.server_name!s:.200}"
    for name, ours, theirs in (
        ("version", said.version, shown.version),
        ("cipher", said.cipher, _cipher(said, shown)),
        ("alpn", said.alpn, shown.alpn),
        ("chain", said.chain, said.chain if _COMPRESSED in shown.kinds else shown.chain),
    ):
        if ours != theirs and not (ended and not ours):
            yield f"tls.{name} is not what its handshake says"


def _in_order(shown: _Shown, *, ended: bool) -> bool:
    """Whether the messages come in TLS 1.3's order, and none is missing or too many; of older
    versions, whether they begin with a ClientHello. `ended`: a handshake that failed."""
    if ended or shown.version != "TLSv1.3":
        return shown.kinds[:1] == bytes([_CLIENT_HELLO])
    return _TLS_1_3.fullmatch(shown.kinds) is not None


def _cipher(said: Tls, shown: _Shown) -> str | None:
    """The cipher by its only name; as it is said, where one number has several names."""
    if shown.cipher is None or shown.version == "TLSv1.3":
        return _CIPHERS.get(shown.cipher or 0)
    return None if said.cipher in _CIPHERS.values() else said.cipher


def _is_address(name: str) -> bool:
    return ":" in name or name.replace(".", "").isdigit()


def _read(octets: bytes) -> _Shown | None:
    """Read messages; None where they are none. What a server of old may send after so many
    says nothing of its handshake."""
    shown = _Shown()
    try:
        for kind, body in islice(_messages(octets), _MAX_MESSAGES):
            if kind == _CLIENT_HELLO:
                _client_hello(body, shown)
            elif kind == _SERVER_HELLO:
                _server_hello(body, shown)
            elif kind == _ENCRYPTED_EXTENSIONS:
                _alpn(dict(_extensions(body)), shown)
            elif kind == _CERTIFICATE and kind not in shown.kinds:
                # The second one is the client's answer to a request for one.
                _certificate(body, shown)
            shown.kinds.append(kind)
    except (IndexError, ValueError):
        return None
    return shown


def _messages(octets: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position < len(octets):
        body, end = _vector(octets, position + 1, 3)
        yield octets[position], body
        position = end


def _vector(octets: bytes, position: int, width: int) -> tuple[bytes, int]:
    """Octets behind their length of `width` octets, and where they end."""
    start = position + width
    size = int.from_bytes(octets[position:start], "big")
    if start + size > len(octets) or len(octets[position:start]) < width:
        raise ValueError("beyond the end")
    return octets[start : start + size], start + size


def _extensions(octets: bytes) -> Iterator[tuple[int, bytes]]:
    listed, _ = _vector(octets, 0, 2) if octets else (b"", 0)
    position = 0
    while position < len(listed):
        body, end = _vector(listed, position + 2, 2)
        yield int.from_bytes(listed[position : position + 2], "big"), body
        position = end


def _client_hello(body: bytes, shown: _Shown) -> None:
    position = 2 + 32  # version, random
    for width in (1, 2, 1):  # session, ciphers, compressions
        _, position = _vector(body, position, width)
    found = dict(_extensions(body[position:]))
    if _SERVER_NAME in found:
        names, _ = _vector(found[_SERVER_NAME], 0, 2)
        shown.server_name = _vector(names, 1, 2)[0].decode("ascii")


def _server_hello(body: bytes, shown: _Shown) -> None:
    _, position = _vector(body, 2 + 32, 1)
    shown.cipher = int.from_bytes(body[position : position + 2], "big")
    found = dict(_extensions(body[position + 3 :]))
    version = found.get(_VERSIONS, body[:2])
    shown.version = _NAMES.get(int.from_bytes(version, "big"))
    _alpn(found, shown)


def _alpn(found: dict[int, bytes], shown: _Shown) -> None:
    if _ALPN in found:
        names, _ = _vector(found[_ALPN], 0, 2)
        shown.alpn = _vector(names, 0, 1)[0].decode("ascii")


def _certificate(body: bytes, shown: _Shown) -> None:
    # TLS 1.3 has a context in front and extensions behind each certificate.
    late = shown.version == "TLSv1.3"
    position = _vector(body, 0, 1)[1] if late else 0
    listed, _ = _vector(body, position, 3)
    found, position = [], 0
    while position < len(listed):
        der, position = _vector(listed, position, 3)
        found.append(Digest.of(der))
        if late:
            _, position = _vector(listed, position, 2)
    shown.chain = tuple(found)
