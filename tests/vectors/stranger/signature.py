"""Check 3: the signature in the package, ECDSA on P-384 (docs/format.md §4.2; FIPS 186-5)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from files import Document, Wrong, digest, strict

P = 2**384 - 2**128 - 2**96 + 2**32 - 1
N = int(
    "ffffffffffffffffffffffffffffffffffffffffffffffff"
    "c7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    16,
)
B = int(
    "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe814112"
    "0314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
    16,
)
G = (
    int(
        "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b98"
        "59f741e082542a385502f25dbf55296c3a545e3872760ab7",
        16,
    ),
    int(
        "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147c"
        "e9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
        16,
    ),
)
Point = tuple[int, int] | None  # None is the point at infinity
HEAD = bytes.fromhex("3076301006072a8648ce3d020106052b8104002203620004")
MEMBERS = {"created", "hash", "publicKey", "signature", "software", "version"}


def signer(files: dict[str, bytes]) -> str | None:
    """The fingerprint of the key that signed; None where nobody did."""
    data = strict(files["datapackage-digest.json"]).get("signedData")
    return digest(octets(data["publicKey"])) if data else None


def signature(files: dict[str, bytes]) -> Iterator[str]:
    said = strict(files["datapackage-digest.json"])
    if "signedData" not in said:
        return
    data: Any = said["signedData"]
    listed: Document = strict(files["datapackage.json"])
    identity = digest(files["datapackage.json"])
    if not isinstance(data, dict) or data.keys() != MEMBERS:
        raise Wrong("not the members of a signature")
    due = {"created": listed.get("created"), "hash": identity, "version": "0.1.0"}
    due["software"] = listed.get("software")
    if any(data[name] != value for name, value in due.items()):
        yield "the signature of another package"
    key, raw = octets(data["publicKey"]), octets(data["signature"])
    if len(key) != 120 or key[:24] != HEAD or len(raw) != 96:
        raise Wrong("no key on P-384, or no r and s")
    point = int.from_bytes(key[24:72], "big"), int.from_bytes(key[72:], "big")
    if not verifies(point, raw, sha256(identity.encode()).digest()):
        yield "not this key's signature"


def octets(spelled: object) -> bytes:
    try:
        found = base64.b64decode(spelled, validate=True) if isinstance(spelled, str) else b""
    except (binascii.Error, ValueError):
        found = b""
    if base64.b64encode(found).decode() != spelled:
        raise Wrong("no base64 in its one spelling")
    return found


@cache
def verifies(key: tuple[int, int], raw: bytes, hashed: bytes) -> bool:
    x, y = key
    r, s = int.from_bytes(raw[:48], "big"), int.from_bytes(raw[48:], "big")
    if not (x < P and y < P and (y * y - x * x * x + 3 * x - B) % P == 0):
        return False
    if not (0 < r < N and 0 < s <= N // 2):
        return False
    inverse = pow(s, -1, N)
    u, v = int.from_bytes(hashed, "big") * inverse % N, r * inverse % N
    found = plus(times(u, G), times(v, key))
    return found is not None and found[0] % N == r


def times(number: int, point: Point) -> Point:
    found: Point = None
    while number:
        if number & 1:
            found = plus(found, point)
        point = plus(point, point)
        number >>= 1
    return found


def plus(one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    (x, y), (u, v) = one, other
    if x == u and (y + v) % P == 0:
        return None
    up, along = (3 * x * x - 3, 2 * y) if one == other else (v - y, u - x)
    slope = up * pow(along, -1, P)
    z = (slope * slope - x - u) % P
    return z, (slope * (x - z) - y) % P
