"""Ed25519, verifying alone (RFC 8032 §5.1.7)."""

from __future__ import annotations

from functools import cache
from hashlib import sha512

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]


@cache
def verifies(key: bytes, raw: bytes, message: bytes) -> bool:
    point, base = decoded(key), decoded(b"\x58" + b"\x66" * 31)
    s = int.from_bytes(raw[32:], "little")
    first = decoded(raw[:32])
    if len(raw) != 64 or s >= L or point is None or base is None or first is None:
        return False
    k = int.from_bytes(sha512(raw[:32] + key + message).digest(), "little") % L
    return times(s, base) == plus(first, times(k, point))


def decoded(octets: bytes) -> Point | None:
    """A point from its 32 octets (§5.1.3)."""
    number = int.from_bytes(octets, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if len(octets) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or (x == 0 and sign):
        return None
    return (x if x & 1 == sign else P - x), y


def plus(one: Point, other: Point) -> Point:
    (x, y), (u, v) = one, other
    both = D * x * y * u * v
    return (
        (x * v + u * y) * pow(1 + both, -1, P) % P,
        (y * v + x * u) * pow(1 - both, -1, P) % P,
    )


def times(number: int, point: Point) -> Point:
    found: Point = (0, 1)
    while number:
        if number & 1:
            found = plus(found, point)
        point = plus(point, point)
        number >>= 1
    return found
