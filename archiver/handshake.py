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

from archiver import tlswire
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.observation import Tls
from archiver.tlswire import SUITES

# Hellos (a second time after a retry), EncryptedExtensions, CertificateRequest, the certificates
# and CertificateVerify (RFC 8446 §2).
_TLS_1_3 = re.compile(rb"(?:\x01\x02){1,2}\x08\x0d?[\x0b\x19]\x0f")
_MAX_MESSAGES = 64
_NAMES = {0x0300: "SSLv3", 0x0301: "TLSv1", 0x0302: "TLSv1.1", 0x0303: "TLSv1.2", 0x0304: "TLSv1.3"}
# TLS 1.3's have one name everywhere (RFC 8446 §B.4); those before it have several.
_CIPHERS = {number: name for number, (name, _) in SUITES.items()}


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
    asked = None if is_address(said.server_name) else said.server_name
    if (shown.server_name or "").lower() != (asked or "").lower():
        yield f"its handshake asks for {shown.server_name!s:.200}"
    for name, ours, theirs in (
        ("version", said.version, shown.version),
        ("cipher", said.cipher, _cipher(said, shown)),
        ("alpn", said.alpn, shown.alpn),
        ("chain", said.chain, said.chain if tlswire.COMPRESSED in shown.kinds else shown.chain),
    ):
        if ours != theirs and not (ended and not ours):
            yield f"tls.{name} is not what its handshake says"


def _in_order(shown: _Shown, *, ended: bool) -> bool:
    """Whether the messages come in TLS 1.3's order, and none is missing or too many; of older
    versions, whether they begin with a ClientHello. `ended`: a handshake that failed."""
    if ended or shown.version != "TLSv1.3":
        return shown.kinds[:1] == bytes([tlswire.CLIENT_HELLO])
    return _TLS_1_3.fullmatch(shown.kinds) is not None


def _cipher(said: Tls, shown: _Shown) -> str | None:
    """The cipher by its only name; as it is said, where one number has several names."""
    if shown.cipher is None or shown.version == "TLSv1.3":
        return _CIPHERS.get(shown.cipher or 0)
    return None if said.cipher in _CIPHERS.values() else said.cipher


def is_address(name: str) -> bool:
    """Whether a host is an address: of one a ClientHello has no name (RFC 6066 §3)."""
    return ":" in name or name.replace(".", "").isdigit()


def _read(octets: bytes) -> _Shown | None:
    """Read messages; None where they are none. What a server of old may send after so many
    says nothing of its handshake."""
    shown = _Shown()
    try:
        for message in islice(tlswire.messages(octets), _MAX_MESSAGES):
            _take(message, shown)
            shown.kinds.append(message[0])
    except InvalidInput:
        return None
    return shown


def _take(message: bytes, shown: _Shown) -> None:
    kind, body = message[0], tlswire.body(message, strict=False)
    if kind == tlswire.CLIENT_HELLO:
        shown.server_name = _later(tlswire.server_name(body), shown.server_name)
    elif kind == tlswire.SERVER_HELLO:
        hello = tlswire.server_hello(body)
        version = hello.old_version if hello.chosen is None else hello.chosen
        shown.cipher = hello.suite
        shown.version = _NAMES.get(int.from_bytes(version, "big"))
        shown.alpn = _later(tlswire.protocol(body, hello.extensions), shown.alpn)
    elif kind == tlswire.ENCRYPTED_EXTENSIONS:
        shown.alpn = _later(tlswire.protocol(body, body.extensions()), shown.alpn)
    elif kind == tlswire.CERTIFICATE and kind not in shown.kinds:
        # The second one is the client's answer to a request for one.
        _, found = tlswire.certificates(body, late=shown.version == "TLSv1.3")
        shown.chain = tuple(Digest.of(one) for one in found)


def _later(said: str | None, before: str | None) -> str | None:
    """What a later message says takes the place of what an earlier one said."""
    return before if said is None else said
