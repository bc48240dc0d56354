"""DER, the one encoding of ASN.1 in which a value has one spelling (X.690 §8, §10, §11).

The reader takes nothing else: what it has read would be written again as the same octets.
"""

from __future__ import annotations

from dataclasses import dataclass

from archiver.errors import InvalidInput

BOOLEAN, INTEGER, BITS, OCTETS, NULL, OID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
UTF8, TIME, SEQUENCE, SET = 0x0C, 0x18, 0x30, 0x31
_CONSTRUCTED = 0x20
_UNIVERSAL = 0xC0  # neither bit is set in a tag that the standard itself has given out
_MAX_DEPTH = 32
_MAX_LENGTH_OCTETS = 4


@dataclass(frozen=True, slots=True)
class Element:
    """One value: its identifier octet, its content, and the octets of the whole."""

    tag: int
    content: bytes
    whole: bytes


class Members:
    """The elements inside of a constructed one, taken in order. Whatever is not there as it
    should be raises `InvalidInput`; `what` names the outer element for people."""

    def __init__(self, outer: Element, what: str) -> None:
        self._inner = list(reversed(inside(outer)))
        self._what = what

    def take(self, tag: int) -> Element:
        """The next element, which must have this tag."""
        found = self.optional(tag)
        if found is None:
            raise fault(f"{self._what} lacks a part, or has another one in its place")
        return found

    def optional(self, tag: int) -> Element | None:
        """The next element if it has this tag."""
        if self._inner and self._inner[-1].tag == tag:
            return self._inner.pop()
        return None

    def any(self) -> Element:
        """The next element, of any kind."""
        if not self._inner:
            raise fault(f"{self._what} lacks a part")
        return self._inner.pop()

    def rest(self) -> tuple[Element, ...]:
        """All that is left."""
        left = tuple(reversed(self._inner))
        self._inner.clear()
        return left

    def end(self) -> None:
        """Nothing may be left."""
        if self._inner:
            raise fault(f"{self._what} has a part too many")


def fault(what: str) -> InvalidInput:
    """The one error of this module."""
    return InvalidInput("der", what)


def read(octets: bytes) -> Element:
    """The one SEQUENCE that these octets are, DER to its innermost part.

    Raises `InvalidInput` for anything else: octets behind it, a length or a number that
    could be spelled shorter, another truth value than the two of DER.
    """
    element, end = _element(octets, 0)
    if end != len(octets):
        raise fault("there are octets behind its end")
    if element.tag != SEQUENCE:
        raise fault("it is no sequence")
    _check(element, 0)
    return element


def inside(element: Element) -> tuple[Element, ...]:
    """The elements of a constructed one."""
    if not element.tag & _CONSTRUCTED:
        raise fault("a part holds no parts")
    found, position = [], 0
    while position < len(element.content):
        one, position = _element(element.content, position)
        found.append(one)
    return tuple(found)


def only(element: Element, tag: int, what: str) -> Element:
    """The one element inside of another."""
    members = Members(element, what)
    found = members.take(tag)
    members.end()
    return found


def integer(element: Element) -> int:
    """The value of an INTEGER, whatever its tag (IMPLICIT ones have another)."""
    if not element.content:
        raise fault("a number has no octets")
    return int.from_bytes(element.content, "big", signed=True)


def oid(element: Element) -> str:
    """An object identifier in dots."""
    arcs, value, fresh = [], 0, True
    for octet in element.content:
        if fresh and octet == 0x80:
            raise fault("an object identifier is not in its shortest form")
        value, fresh = value << 7 | octet & 0x7F, not octet & 0x80
        if fresh:
            arcs.append(value)
            value = 0
    if not arcs or not fresh or len(element.content) > 64:
        raise fault("an object identifier cannot be read")
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]]))


def _element(octets: bytes, start: int) -> tuple[Element, int]:
    if len(octets) < start + 2:
        raise fault("it ends too early")
    tag, size, position = octets[start], octets[start + 1], start + 2
    if tag & 0x1F == 0x1F:
        raise fault("it has a tag of several octets")
    if size >= 0x80:
        count = size & 0x7F
        size = int.from_bytes(octets[position : position + count], "big")
        position += count
        shortest = max(1, (size.bit_length() + 7) // 8)
        if not 1 <= count <= _MAX_LENGTH_OCTETS or count != shortest or size < 0x80:
            raise fault("a length is not in its shortest form")
    end = position + size
    if end > len(octets):
        raise fault("it ends too early")
    return Element(tag, octets[position:end], octets[start:end]), end


def _check(element: Element, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise fault("it is nested too deep")
    if element.tag & _CONSTRUCTED:
        if not element.tag & _UNIVERSAL and element.tag not in (SEQUENCE, SET):
            raise fault("a string is in pieces")
        for one in inside(element):
            _check(one, depth + 1)
    elif element.tag in (SEQUENCE & 0x1F, SET & 0x1F):
        raise fault("a sequence or set is not marked as one")
    elif element.tag == BOOLEAN and element.content not in (b"\x00", b"\xff"):
        raise fault("a truth value is neither of the two")
    elif element.tag == INTEGER:
        head = int.from_bytes(element.content[:2], "big")
        if not element.content or (len(element.content) > 1 and head >> 7 in (0, 0x1FF)):
            raise fault("a number is not in its shortest form")
    elif element.tag == NULL and element.content:
        raise fault("a NULL holds something")


def write(tag: int, *parts: bytes) -> bytes:
    """One element around these octets."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    spelled = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(spelled)]) + spelled + content


def write_integer(value: int) -> bytes:
    """An INTEGER in its shortest form."""
    return write(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def write_oid(dots: str) -> bytes:
    """An object identifier."""
    first, second, *rest = map(int, dots.split("."))
    octets = bytearray()
    for arc in (40 * first + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        octets += bytes(reversed(groups))
    return write(OID, bytes(octets))
