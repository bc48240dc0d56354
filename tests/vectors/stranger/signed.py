"""Check 7: that servers signed their handshakes (docs/format.md §10.7).

Of the schemes only Ed25519 is done here: the others need arithmetic that Python's standard
library does not have. A signature by one of them is refused here, whatever it is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256, sha384
from typing import Any

from ed25519 import verifies
from files import digest, strict
from handshakes import CIPHERS, Reader
from web import read_archive

RETRY = sha256(b"HelloRetryRequest").digest()
CONTEXT = b" " * 64 + b"TLS 1.3, server CertificateVerify\0"
OID = bytes.fromhex("06032b6570")  # of an Ed25519 key (RFC 8410 §3)


def handshakes(files: dict[str, bytes]) -> Iterator[str]:
    by_id = {one.id: one.block for one in read_archive(files["archive/data.warc"])}
    for one in strict(files["evidence/capture.json"])["exchanges"]:
        if one["tls"] and one["tls"]["signature"] is not None:
            try:
                yield from unsigned(one["tls"], by_id.get(one["tls"]["handshake"], b""))
            except (ValueError, IndexError) as fault:
                yield f"no handshake that can be signed: {fault}"


def unsigned(tls: dict[str, Any], octets: bytes) -> Iterator[str]:
    """Raises `ValueError` for what cannot be read."""
    messages = [*cut(octets)]
    kinds = bytes(one[0] for one in messages)
    if not re.fullmatch(rb"(?:\x01\x02){1,2}\x08\x0d?\x0b\x0f", kinds):
        raise ValueError("other messages")
    again = kinds.count(b"\2") == 2
    names = {asked(one[4:]) for one in messages if one[0] == 1}
    hellos = [chosen(one[4:]) for one in messages if one[0] == 2]
    if len(names) != 1 or len({suite for suite, _ in hellos}) != 1:
        raise ValueError("another name or cipher in the second hello")
    if [retry for _, retry in hellos] != [True, False][not again :]:
        raise ValueError("a request for another hello, or none")
    cipher = CIPHERS.get(hellos[0][0])
    chain = [*certificates(messages[-2][4:])]
    server = tls["server_name"]
    name = None if re.fullmatch(r"[0-9.]+|.*:.*", server) else server
    protocol(next(one[4:] for one in messages if one[0] == 8))
    if cipher is None or names != {name} or tls["chain"] != [digest(one) for one in chain]:
        yield "another name or chain"
    verify = Reader(messages[-1][4:])
    scheme, signature = verify.take(2), verify.vector(2)
    ended(verify)
    if (tls["signature"], scheme) != ("ed25519", b"\x08\x07"):
        yield "another scheme, or one that is not done here"
        return
    hashed = sha384 if str(cipher).endswith("SHA384") else sha256
    if again:
        first = hashed(messages[0]).digest()
        messages[0] = b"\xfe\0\0" + bytes([len(first)]) + first
    message = CONTEXT + hashed(b"".join(messages[:-1])).digest()
    if not verifies(key(chain[0]), signature, message):
        yield "not signed by the key of the certificate"


def cut(octets: bytes) -> Iterator[bytes]:
    whole = Reader(octets)
    while whole.left():
        start = whole.at
        whole.take(1)
        whole.vector(3)
        yield octets[start : whole.at]


def ended(reader: Reader) -> None:
    if reader.left():
        raise ValueError("octets behind the end")


def extensions(reader: Reader) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    listed = Reader(reader.vector(2))
    ended(reader)
    while listed.left():
        kind = listed.take(2)
        if kind in found:
            raise ValueError("an extension twice")
        found[kind] = listed.vector(2)
    return found


def only(octets: bytes, *, head: bytes, width: int) -> str:
    """The one entry of a list in a vector of 2: `head`, then a vector."""
    outer = Reader(octets)
    inner = Reader(outer.vector(2))
    ended(outer)
    if inner.take(len(head)) != head:
        raise ValueError("no such entry")
    found = inner.vector(width)
    ended(inner)
    return found.decode("ascii")


def asked(body: bytes) -> str | None:
    reader = Reader(body)
    reader.take(34)
    for width in (1, 2, 1):
        reader.vector(width)
    found = extensions(reader).get(b"\0\0")
    return None if found is None else only(found, head=b"\0", width=2)


def chosen(body: bytes) -> tuple[int, bool]:
    """The cipher, and whether another hello is asked for."""
    reader = Reader(body)
    retry = reader.take(34)[2:] == RETRY
    reader.vector(1)
    suite = int.from_bytes(reader.take(2), "big")
    reader.take(1)
    if extensions(reader).get(b"\0\x2b") != b"\3\4":
        raise ValueError("no TLS 1.3")
    return suite, retry


def protocol(body: bytes) -> None:
    found = extensions(Reader(body)).get(b"\0\x10")
    if found is not None:
        only(found, head=b"", width=1)


def certificates(body: bytes) -> Iterator[bytes]:
    reader = Reader(body)
    if reader.vector(1):
        raise ValueError("an answer to nothing")
    listed = Reader(reader.vector(3))
    ended(reader)
    while listed.left():
        yield listed.vector(3)
        listed.vector(2)


def element(octets: bytes) -> tuple[bytes, bytes, bytes]:
    """The first DER element: all of it, what is in it, and what stands behind it."""
    size, start = octets[1], 2
    if size > 127:
        start += size & 127
        size = int.from_bytes(octets[2:start], "big")
    if start + size > len(octets):
        raise ValueError("an element that is cut off")
    return octets[: start + size], octets[start : start + size], octets[start + size :]


def key(certificate: bytes) -> bytes:
    """The Ed25519 key of a certificate (RFC 5280 §4.1)."""
    rest = element(element(certificate)[1])[1]
    for _ in range(6 if rest[:1] == b"\xa0" else 5):
        rest = element(rest)[2]
    algorithm, _, found = element(element(rest)[1])
    if algorithm != b"\x30\x05" + OID or found[:3] != b"\x03\x21\0" or len(found) != 35:
        raise ValueError("no Ed25519 key")
    return found[3:]
