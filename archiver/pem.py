"""Certificates between their two spellings: DER octets and PEM text (RFC 7468 §5)."""

from __future__ import annotations

import base64
import re

_ONE = re.compile(
    rb"-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+?)\n-----END CERTIFICATE-----\n"
)


def to_pem(certificates: tuple[bytes, ...]) -> bytes:
    """DER certificates as one PEM text, in order, 64 characters a line."""
    made = []
    for der in certificates:
        text = base64.b64encode(der)
        lines = [text[at : at + 64] for at in range(0, len(text), 64)]
        made.append(b"-----BEGIN CERTIFICATE-----\n" + b"\n".join(lines) + b"\n")
        made.append(b"-----END CERTIFICATE-----\n")
    return b"".join(made)


def from_pem(octets: bytes) -> tuple[bytes, ...] | None:
    """The DER certificates of such a text; None for any text that `to_pem` does not write."""
    try:
        found = tuple(base64.b64decode(one, validate=False) for one in _ONE.findall(octets))
    except ValueError:
        return None
    return found if to_pem(found) == octets else None
