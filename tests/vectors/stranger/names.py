"""Names (docs/format.md §5.2 and rules 23 to 25 and 43)."""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from addresses import address

TYPES = {1: "A", 5: "CNAME", 6: "SOA", 28: "AAAA", 41: "OPT"}
RESULTS = {2: "servfail", 3: "nxdomain", 5: "refused"}
NOTHING: dict[str, Any] = {"addresses": [], "aliases": [], "seconds": None, "soa": None}
Message = dict[str, Any]


def read(octets: bytes | None, name: str, kind: str) -> Message | None:
    """The message, or None where nothing is read of it."""
    try:
        return message(octets or b"", name, kind)
    except (ValueError, IndexError, struct.error):
        return None


def message(octets: bytes, name: str, kind: str) -> Message:
    number, flags, many, *counts = struct.unpack_from(">6H", octets)
    if max(many, sum(counts)) > 4096:
        raise ValueError("too many")
    at, asked, records = 12, [], []
    for _ in range(many):
        of, at = text(octets, at)
        asked.append((of.lower(), typed(*struct.unpack_from(">HH", octets, at))))
        at += 4
    for section, count in enumerate(counts):
        for _ in range(count):
            of, at = text(octets, at)
            number_of, group, seconds, size = struct.unpack_from(">HHIH", octets, at)
            at += 10 + size
            if at > len(octets):
                raise ValueError("ends early")
            records.append((section, typed(number_of, group), of, seconds, at - size, at))
    answers = [one for one in records if one[:2] == (0, kind)]
    names = [text(octets, one[4])[0] for one in records if one[:2] == (0, "CNAME")]
    addresses = [spelled(octets[one[4] : one[5]], kind) for one in answers]
    code = next((one[3] >> 24 for one in records if one[1] == "OPT"), 0) << 4 | flags & 15
    result = RESULTS.get(code, "failed") if code else "answered" if answers else "nodata"
    said = NOTHING | {"result": result, "aliases": [*dict.fromkeys(names)]}
    if result == "answered":
        said["addresses"] = [*dict.fromkeys(addresses)]
        said["seconds"] = min(one[3] if one[3] < 1 << 31 else 0 for one in answers)
    if result in ("nodata", "nxdomain"):
        zones = [one for one in records if one[:2] == (1, "SOA")]
        said["soa"] = soa(octets, zones, [name, *said["aliases"]])
    return {"said": said, "number": number, "answer": flags >> 15, "asked": asked}


def typed(number: int, group: int) -> str | None:
    return TYPES.get(number) if group == 1 or number == 41 else None


def text(octets: bytes, at: int) -> tuple[str, int]:
    """The name that begins here, and where it ends."""
    found, start, end, size = "", at, 0, 0
    while octets[at]:
        if octets[at] >= 0xC0:
            end = end or at + 2
            at = (octets[at] & 63) << 8 | octets[at + 1]
            if at >= start:
                raise ValueError("leads on")
            start = at
            continue
        label = octets[at + 1 : at + 1 + octets[at]]
        size += len(label) + 1
        if octets[at] > 63 or len(label) < octets[at] or size > 255:
            raise ValueError("no label")
        at += 1 + octets[at]
        found += "".join(map(character, label)) + "."
    return found or ".", end or at + 1


def character(octet: int) -> str:
    if chr(octet) in '"().;\\@$':
        return "\\" + chr(octet)
    return chr(octet) if 0x21 <= octet <= 0x7E else f"\\{octet:03}"


def spelled(octets: bytes, kind: str) -> str:
    if len(octets) != {"A": 4, "AAAA": 16}[kind]:
        raise ValueError("no address")
    if octets[:12] == bytes(10) + b"\xff\xff":
        return f"::ffff:{ipaddress.ip_address(octets[12:])}"
    return str(ipaddress.ip_address(octets))


def soa(octets: bytes, zones: list[Any], names: list[str]) -> dict[str, Any] | None:
    below = [name.lower().rstrip(".") for name in names]
    for one in zones:
        zone = one[2].lower().rstrip(".")
        if any(zone in ("", name) or name.endswith(f".{zone}") for name in below):
            _, at = text(octets, text(octets, one[4])[1])
            serial, *_, minimum = struct.unpack_from(">5I", octets, at)
            return {"zone": one[2], "serial": serial, "minimum": minimum}
    return None


def looked_up(said: Message, name: str, question: bytes | None, answer: bytes | None) -> bool:
    """Rule 43."""
    kind = said["type"]
    put = read(question, said["name"], kind)
    asked = [(said["name"].lower().rstrip(".") + ".", kind)]
    if said["name"] != name or (answer is not None and question is None):
        return False
    if question is not None and (put is None or put["answer"] or put["asked"] != asked):
        return False
    told = {part: said[part] for part in ("result", *NOTHING)}
    found = read(answer, said["name"], kind)
    if put and found and found["answer"] and found["number"] == put["number"]:
        open_end = found["said"]["result"] in ("servfail", "refused", "failed")
        if found["asked"] == asked or (open_end and not found["asked"]):
            return bool(told == found["said"])
    words = ("failed",) if answer is not None else ("failed", "timeout")
    return said["result"] in words and told == NOTHING | {"result": said["result"]}


def name_of(one: Message, settings: Message) -> str:
    return urlsplit(settings["proxy"] if one["proxy"] else one["url"]).hostname or ""


def named(seen: Message) -> Iterator[str]:
    """Rules 23 to 25."""
    behind: dict[str, list[Message]] = {}
    given, attempt = seen["settings"]["resolvers"], 1
    for one in seen["exchanges"]:
        if one["role"] == "source":
            if one["attempt"] > attempt:
                behind.clear()
            attempt = one["attempt"]
        name, own = name_of(one, seen["settings"]), one["lookups"]
        pairs = [(asked["server"], asked["type"]) for asked in own]
        servers = given or [asked["server"] for asked in own[:1]]
        if own and (
            address(name) or pairs != [(one, kind) for one in servers for kind in ("A", "AAAA")]
        ):
            yield "23: look-ups that are none of this name"
        told = own if own or one["role"] == "control" else behind.get(name, [])
        behind[name] = told
        came, kind = [asked["result"] for asked in told], (one["fault"] or {"type": ""})["type"]
        if kind.startswith("dns."):
            worst = "failed timeout servfail refused nodata nxdomain".split()
            explained = bool(came) and "answered" not in came
            words = [next(word for word in worst if word in came)] if explained else worst[:2]
            if kind[4:] not in words:
                yield "24: another fault than the name servers told"
        ips = {address(tried["ip"]) for tried in (one["proxy"] or one)["addresses"]}
        gave = {address(ip) for asked in told for ip in asked["addresses"]}
        if given and not address(name) and not ips <= gave:
            yield "25: an address that no name server gave"
