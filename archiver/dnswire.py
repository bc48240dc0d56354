"""What a DNS message says, as far as we repeat it (RFC 1035 §4): read from its octets.

Capturing and verifying read with the same few lines, so both always agree; what a library
makes of the other records of a message does not matter.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from archiver.observation import Soa, in_zone

_HEADER = struct.Struct(">6H")
_RECORD = struct.Struct(">HHIH")
_TYPES = {1: "A", 5: "CNAME", 6: "SOA", 28: "AAAA", 41: "OPT"}
_IN = 1  # the class of the Internet
_MAX_NAME = 255  # octets of a name (RFC 1035 §2.3.4)
_MAX_RECORDS = 4096
_LONGEST = 0x7FFFFFFF  # seconds; a longer lifetime counts as none (RFC 2181 §8)
_ESCAPED = b'"().;\\@$'  # octets that a name's text has behind a backslash
_RESULTS = {2: "servfail", 3: "nxdomain", 5: "refused"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A question or an answer. `asked` are names and types of the question section, in small
    letters; `result` is a word of `LOOKUPS`; the rest is as in `Lookup`."""

    number: int
    is_answer: bool
    asked: tuple[tuple[str, str | None], ...]
    result: str
    addresses: tuple[str, ...]
    aliases: tuple[str, ...]
    seconds: int | None
    soa: Soa | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Record:
    section: int
    name: str
    type: str | None
    ttl: int
    start: int
    size: int


def read(octets: bytes, name: str, kind: str) -> Message | None:
    """Read a message about the addresses of type `kind` of `name`; None for what is none."""
    try:
        number, flags, questions, *counts = _HEADER.unpack_from(octets)
        asked, position = _questions(octets, questions)
        records = _records(octets, position, counts)
        found = [one for one in records if one.section == 0 and one.type == kind]
        addresses = tuple(dict.fromkeys(_address(octets, one) for one in found))
        aliases = tuple(
            dict.fromkeys(
                _name(octets, one.start)[0]
                for one in records
                if one.section == 0 and one.type == "CNAME"
            )
        )
        result = _result(flags, records, answered=bool(addresses))
        zones = (name, *aliases) if result in ("nodata", "nxdomain") else ()
        soa = _soa(octets, records, zones)
    except (ValueError, IndexError, struct.error):
        return None
    return Message(
        number=number,
        is_answer=bool(flags & 0x8000),
        asked=asked,
        result=result,
        # What stands beside an error is no answer.
        addresses=addresses if result == "answered" else (),
        aliases=aliases,
        seconds=min(one.ttl for one in found) if result == "answered" else None,
        soa=soa,
    )


def answer_to(question: bytes, octets: bytes, name: str, kind: str) -> Message | None:
    """Read the answer to a question about `name`; None for what is none to this one.

    Whoever refuses or fails may leave the question out (RFC 1035 §4.1.1 asks for a copy).
    """
    put, said = read(question, name, kind), read(octets, name, kind)
    if put is None or said is None or not said.is_answer or said.number != put.number:
        return None
    left_out = said.result in ("servfail", "refused", "failed") and not said.asked
    return said if left_out or said.asked == put.asked else None


def _questions(octets: bytes, count: int) -> tuple[tuple[tuple[str, str | None], ...], int]:
    if count > _MAX_RECORDS:
        raise ValueError("more questions than we read")
    position, asked = _HEADER.size, []
    for _ in range(count):
        name, position = _name(octets, position)
        kind, group = struct.unpack_from(">HH", octets, position)
        asked.append((name.lower(), _TYPES.get(kind) if group == _IN else None))
        position += 4
    return tuple(asked), position


def _records(octets: bytes, position: int, counts: list[int]) -> list[_Record]:
    """The records of the answer (section 0), authority and additional sections."""
    if sum(counts) > _MAX_RECORDS:
        raise ValueError("more records than we read")
    records = []
    for section, count in enumerate(counts):
        for _ in range(count):
            name, position = _name(octets, position)
            kind, group, ttl, size = _RECORD.unpack_from(octets, position)
            position += _RECORD.size
            if position + size > len(octets):
                raise ValueError("a record beyond the end")
            known = _TYPES.get(kind) if group == _IN or kind == 41 else None
            if known not in (None, "OPT") and ttl > _LONGEST:
                ttl = 0
            records.append(
                _Record(section=section, name=name, type=known, ttl=ttl, start=position, size=size)
            )
            position += size
    return records


def _result(flags: int, records: list[_Record], *, answered: bool) -> str:
    """The answer in a word. The upper part of its code stands in the OPT record's lifetime
    (RFC 6891 §6.1.3)."""
    upper = next((one.ttl >> 24 for one in records if one.type == "OPT"), 0)
    code = upper << 4 | flags & 0x0F
    if code == 0:
        return "answered" if answered else "nodata"
    return _RESULTS.get(code, "failed")


def _address(octets: bytes, one: _Record) -> str:
    packed = octets[one.start : one.start + one.size]
    if len(packed) != (4 if one.type == "A" else 16):
        raise ValueError("an address of another length")
    return ".".join(map(str, packed)) if len(packed) == 4 else _ipv6(packed)


def _ipv6(packed: bytes) -> str:
    """The address in RFC 5952's spelling. Not by `ipaddress`: Python 3.13 spells some of them
    in another way."""
    groups = struct.unpack(">8H", packed)
    if packed[:12] == b"\0" * 10 + b"\xff\xff":
        return "::ffff:" + ".".join(map(str, packed[12:]))
    text = ":".join(f"{group:x}" for group in groups)
    zeros = max(re.findall(r"(?:^|(?<=:))0(?::0)+(?=:|$)", text), key=len, default="")
    if not zeros:
        return text
    before, _, after = f":{text}:".partition(f":{zeros}:")
    return f"{before[1:]}::{after[:-1]}"


def _soa(octets: bytes, records: list[_Record], names: tuple[str, ...]) -> Soa | None:
    """The SOA of a negative answer, where its zone is that of one of the names (RFC 2308 §3)."""
    for one in records:
        if one.section == 1 and one.type == "SOA" and any(in_zone(x, one.name) for x in names):
            _, position = _name(octets, one.start)
            _, position = _name(octets, position)
            serial, _, _, _, minimum = struct.unpack_from(">5I", octets, position)
            return Soa(zone=one.name, serial=serial, minimum=minimum)
    return None


def _name(octets: bytes, position: int) -> tuple[str, int]:
    """The name that stands here, with its last dot, and where it ends. Its pointers lead
    backwards only (RFC 1035 §4.1.4)."""
    labels: list[bytes] = []
    end = None
    lowest = position
    while (size := octets[position]) != 0:
        if size >= 0xC0:
            end = position + 2 if end is None else end
            position = (size & 0x3F) << 8 | octets[position + 1]
            if position >= lowest:
                raise ValueError("a pointer that does not lead back")
            lowest = position
            continue
        if size > 63:
            raise ValueError("a label of another kind")
        label = octets[position + 1 : position + 1 + size]
        if len(label) < size:
            raise ValueError("a label beyond the end")
        labels.append(label)
        if sum(map(len, labels)) + len(labels) > _MAX_NAME:
            raise ValueError("a name that is too long")
        position += 1 + size
    text = "".join("".join(map(_character, label)) + "." for label in labels)
    return text or ".", position + 1 if end is None else end


def _character(octet: int) -> str:
    if octet in _ESCAPED:
        return "\\" + chr(octet)
    return chr(octet) if 0x20 < octet < 0x7F else f"\\{octet:03d}"
