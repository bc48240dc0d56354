"""Handshakes (docs/format.md §5.3 and rule 42)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from files import digest

VERSIONS = {0x300: "SSLv3", 0x301: "TLSv1", 0x302: "TLSv1.1", 0x303: "TLSv1.2", 0x304: "TLSv1.3"}
CIPHERS = {
    0x1301: "TLS_AES_128_GCM_SHA256",
    0x1302: "TLS_AES_256_GCM_SHA384",
    0x1303: "TLS_CHACHA20_POLY1305_SHA256",
    0x1304: "TLS_AES_128_CCM_SHA256",
    0x1305: "TLS_AES_128_CCM_8_SHA256",
}


class Reader:
    """Octets, taken from the front."""

    def __init__(self, octets: bytes) -> None:
        self.octets, self.at = octets, 0

    def left(self) -> bool:
        return self.at < len(self.octets)

    def take(self, size: int) -> bytes:
        self.at += size
        if self.at > len(self.octets):
            raise ValueError("ends early")
        return self.octets[self.at - size : self.at]

    def vector(self, width: int) -> bytes:
        return self.take(int.from_bytes(self.take(width), "big"))


def extensions(reader: Reader) -> dict[int, bytes]:
    found = {}
    listed = Reader(reader.vector(2) if reader.left() else b"")
    while listed.left():
        kind = int.from_bytes(listed.take(2), "big")
        found[kind] = listed.vector(2)
    return found


def read(octets: bytes) -> dict[str, Any]:
    """What the messages say. Raises `ValueError`."""
    said: dict[str, Any] = {"name": "", "version": None, "number": None, "alpn": None, "chain": []}
    whole, kinds = Reader(octets), []
    while whole.left() and len(kinds) < 64:
        kinds.append(whole.take(1)[0])
        body = Reader(whole.vector(3))
        found: dict[int, bytes] = {}
        if kinds[-1] == 1:
            body.take(34)
            for width in (1, 2, 1):
                body.vector(width)
            names = extensions(body).get(0)
            if names is not None:
                said["name"] = Reader(Reader(names).vector(2)[1:]).vector(2).decode("ascii")
        elif kinds[-1] == 2:
            first = body.take(34)[:2]
            body.vector(1)
            said["number"] = int.from_bytes(body.take(2), "big")
            body.take(1)
            found = extensions(body)
            said["version"] = VERSIONS.get(int.from_bytes(found.get(43, first), "big"))
        elif kinds[-1] == 8:
            found = extensions(body)
        elif kinds[-1] == 11 and kinds.count(11) == 1:
            said["chain"] = [*certificates(body, late=said["version"] == "TLSv1.3")]
        if 16 in found:
            said["alpn"] = Reader(Reader(found[16]).vector(2)).vector(1).decode("ascii")
    return said | {"kinds": bytes(kinds)}


def certificates(body: Reader, *, late: bool) -> Iterator[str]:
    if late:
        body.vector(1)
    listed = Reader(body.vector(3))
    while listed.left():
        yield digest(listed.vector(3))
        if late:
            listed.vector(2)


def shaken(tls: dict[str, Any], octets: bytes, *, failed: bool) -> bool:
    """Whether the handshake says what `tls` says."""
    try:
        said = read(octets)
    except ValueError:
        return False
    known = said["version"] == "TLSv1.3" and not failed
    order = rb"(?:\x01\x02){1,2}\x08\x0d?[\x0b\x19]\x0f" if known else rb"\x01.*"
    if not re.fullmatch(order, said["kinds"], re.DOTALL):
        return False
    asked = tls["server_name"]
    name = "" if re.fullmatch(r"[0-9.]+|.*:.*", asked) else asked.lower()
    if said["number"] is None or said["version"] == "TLSv1.3":
        cipher = CIPHERS.get(said["number"])
    else:
        cipher = None if tls["cipher"] in CIPHERS.values() else tls["cipher"]
    pairs = [(tls["cipher"], cipher)]
    parts = ("version", "alpn") if 25 in said["kinds"] else ("version", "alpn", "chain")
    pairs += [(tls[part], said[part]) for part in parts]
    right = all(ours == theirs or (failed and not ours) for ours, theirs in pairs)
    return right and said["name"].lower() == name
