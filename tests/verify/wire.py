"""Octets of TLS handshakes and DNS messages, written by hand for the scenes."""

from __future__ import annotations

import socket
import struct

_CIPHER = 0x1302  # TLS_AES_256_GCM_SHA384
_TYPES = {"A": 1, "AAAA": 28}
_CODES = {"servfail": 2, "nxdomain": 3, "refused": 5}


def _vector(width: int, octets: bytes) -> bytes:
    return len(octets).to_bytes(width, "big") + octets


def _message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + _vector(3, body)


def _extension(kind: int, body: bytes) -> bytes:
    return struct.pack(">H", kind) + _vector(2, body)


def handshake(host: str, *chain: bytes, seed: str = "") -> bytes:
    """The messages of a TLS 1.3 handshake up to CertificateVerify (RFC 8446 §4); `seed` makes
    the random numbers."""
    random = seed.encode().ljust(32, b"\0")[:32]
    name = _extension(0, _vector(2, b"\0" + _vector(2, host.encode())))
    hello = b"\3\3" + random + b"\0" + _vector(2, struct.pack(">H", _CIPHER)) + b"\1\0"
    answer = b"\3\3" + random + b"\0" + struct.pack(">HB", _CIPHER, 0)
    listed = b"".join(_vector(3, der) + b"\0\0" for der in chain)
    return (
        _message(1, hello + _vector(2, name + _extension(43, b"\2\3\4")))
        + _message(2, answer + _vector(2, _extension(43, b"\3\4")))
        + _message(8, b"\0\0")
        + (_message(11, b"\0" + _vector(3, listed)) if chain else b"")
        + _message(15, b"\x08\x04" + _vector(2, random * 4))
    )


def question(name: str, kind: str, number: int = 7) -> bytes:
    """A question to a name server (RFC 1035 §4.1)."""
    return struct.pack(">6H", number, 0x0100, 1, 0, 0, 0) + _asked(name, kind)


def answer(name: str, kind: str, *ips: str, said: str = "", number: int = 7) -> bytes:
    """Its answer: addresses, or the word for why there are none."""
    code = _CODES.get(said, 0)
    octets = struct.pack(">6H", number, 0x8180 | code, 1, len(ips), 0, 0) + _asked(name, kind)
    for ip in ips:
        packed = socket.inet_pton(socket.AF_INET6 if ":" in ip else socket.AF_INET, ip)
        octets += struct.pack(">HHHIH", 0xC00C, _TYPES[kind], 1, 300, len(packed)) + packed
    return octets


def _asked(name: str, kind: str) -> bytes:
    labels = b"".join(_vector(1, label.encode()) for label in name.split("."))
    return labels + b"\0" + struct.pack(">HH", _TYPES[kind], 1)
