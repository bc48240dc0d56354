"""Octets of DNS messages, written by hand for the scenes."""

from __future__ import annotations

import socket
import struct

_TYPES = {"A": 1, "AAAA": 28}
_CODES = {"servfail": 2, "nxdomain": 3, "refused": 5}


def _vector(width: int, octets: bytes) -> bytes:
    return len(octets).to_bytes(width, "big") + octets


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
