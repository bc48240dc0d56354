"""Merkle trees and signed notes a second time, from the words of RFC 6962, RFC 9162 and C2SP."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def leaf(octets: bytes) -> bytes:
    return hashlib.sha256(b"\0" + octets).digest()


def tree(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1, as it is defined there."""
    if len(leaves) < 2:
        return leaf(leaves[0]) if leaves else hashlib.sha256().digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + tree(leaves[:k]) + tree(leaves[k:])).digest()


def goes_on(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """RFC 9162 §2.1.4.2, step by step."""
    if old == new:
        return not path and old_root == new_root
    if not path:
        return False
    nodes = list(path)
    if old & (old - 1) == 0:
        nodes.insert(0, old_root)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = nodes[0]
    for c in nodes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = _node(c, fr), _node(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = _node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new_root and sn == 0


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def text_of(note: str, vkey: str) -> str:
    """The text of a note, if the key signed it (c2sp.org/signed-note)."""
    name, mark, encoded = vkey.strip().split("+", 2)
    key = base64.b64decode(encoded)
    assert key[0] == 1
    assert hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == mark
    text, signatures = note.split("\n\n")
    for line in signatures.splitlines():
        dash, by, signature = line.split(" ")
        octets = base64.b64decode(signature)
        if (dash, by, octets[:4].hex()) == ("—", name, mark):
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(octets[4:], f"{text}\n".encode())
            return f"{text}\n"
    raise AssertionError("not signed by this key")
