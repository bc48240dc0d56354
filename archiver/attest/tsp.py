"""What RFC 3161 itself defines: the request, and what an authority says of the time (§2.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver import der
from archiver.der import Element, Members
from archiver.errors import InvalidInput

MAX_OCTETS = 1 << 18  # of a request or response; a usual one has at most 10,000
SHA2 = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
SHA256 = "2.16.840.1.101.3.4.2.1"
_GEN_TIME = re.compile(rb"([0-9]{14})(?:\.[0-9]*[1-9])?Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Imprint:
    """What was stamped: a digest, and the identifier of its algorithm."""

    algorithm: str
    value: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What was asked for (RFC 3161 §2.4.1)."""

    imprint: Imprint
    policy: str | None
    nonce: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Info:
    """What the authority says (RFC 3161 §2.4.2). `time` is `YYYYMMDDhhmmss` in UTC, what is
    smaller than a second cut off; `accuracy` is in microseconds."""

    version: int
    policy: str
    imprint: Imprint
    serial: int
    time: str
    accuracy: int | None
    nonce: int | None
    critical: tuple[str, ...]


def read_request(octets: bytes) -> Request:
    """Read a request. Raises `InvalidInput` for any other octets."""
    members = Members(sequence(octets), "the request")
    if der.integer(members.take(der.INTEGER)) != 1:
        raise der.fault("the request is of another version than 1")
    imprint = _imprint(members.take(der.SEQUENCE))
    policy = members.optional(der.OID)
    nonce = members.optional(der.INTEGER)
    members.optional(der.BOOLEAN)
    members.end()
    return Request(
        imprint=imprint,
        policy=None if policy is None else der.oid(policy),
        nonce=None if nonce is None else der.integer(nonce),
    )


def write_request(digest: bytes, nonce: int) -> bytes:
    """A request for a stamp over a SHA-256 digest, with the authority's certificates."""
    algorithm = der.write(der.SEQUENCE, der.write_oid(SHA256), der.write(der.NULL))
    return der.write(
        der.SEQUENCE,
        der.write_integer(1),
        der.write(der.SEQUENCE, algorithm, der.write(der.OCTETS, digest)),
        der.write_integer(nonce),
        der.write(der.BOOLEAN, b"\xff"),
    )


def sequence(octets: bytes) -> Element:
    """Such a document's outermost element. Raises `InvalidInput` for any other octets."""
    if len(octets) > MAX_OCTETS:
        raise der.fault(f"it is larger than {MAX_OCTETS} octets")
    return der.read(octets)


def read_info(content: bytes) -> Info:
    """Read what the authority says. Raises `InvalidInput` for any other octets."""
    members = Members(der.read(content), "the time stamp")
    version = der.integer(members.take(der.INTEGER))
    policy = der.oid(members.take(der.OID))
    imprint = _imprint(members.take(der.SEQUENCE))
    serial = der.integer(members.take(der.INTEGER))
    if serial < 0:
        raise der.fault("its number is below zero")
    time = _GEN_TIME.fullmatch(members.take(der.TIME).content)
    if time is None:
        raise der.fault("its time is not in the one form")
    accuracy = members.optional(der.SEQUENCE)
    members.optional(der.BOOLEAN)  # the order among stamps of one authority
    nonce = members.optional(der.INTEGER)
    members.optional(0xA0)  # the authority's name: the certificate has it
    extensions = members.optional(0xA1)
    members.end()
    return Info(
        version=version,
        policy=policy,
        imprint=imprint,
        serial=serial,
        time=time[1].decode(),
        accuracy=None if accuracy is None else _accuracy(accuracy),
        nonce=None if nonce is None else der.integer(nonce),
        critical=() if extensions is None else _critical(extensions),
    )


def _imprint(element: Element) -> Imprint:
    members = Members(element, "the imprint")
    found = Imprint(
        algorithm=algorithm_of(members.take(der.SEQUENCE)), value=members.take(der.OCTETS).content
    )
    members.end()
    return found


def _accuracy(element: Element) -> int:
    members = Members(element, "the accuracy")
    seconds = members.optional(der.INTEGER)
    millis, micros = members.optional(0x80), members.optional(0x81)
    members.end()
    parts = [0 if one is None else der.integer(one) for one in (seconds, millis, micros)]
    if min(parts) < 0 or max(parts[1:]) > 999:
        raise der.fault("the accuracy is no length of time")
    return parts[0] * 1_000_000 + parts[1] * 1000 + parts[2]


def _critical(extensions: Element) -> tuple[str, ...]:
    found = []
    for one in der.inside(extensions):
        members = Members(one, "an extension of the time stamp")
        kind = der.oid(members.take(der.OID))
        critical = members.optional(der.BOOLEAN)
        members.take(der.OCTETS)
        members.end()
        if critical is not None and critical.content == b"\xff":
            found.append(kind)
    return tuple(found)


def algorithm_of(element: Element) -> str:
    """An algorithm without parameters of its own: none, or NULL."""
    members = Members(element, "an algorithm")
    found = der.oid(members.take(der.OID))
    members.optional(der.NULL)
    if members.rest():
        raise InvalidInput("algorithm", f"an algorithm has parameters ({found})")
    return found
