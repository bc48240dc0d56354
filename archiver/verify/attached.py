"""What an exchange has besides HTTP: name servers' answers, certificates, the handshake."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from archiver.digest import Digest
from archiver.http1 import ResponseReader
from archiver.observation import Exchange, Lookup, Proxy, Soa, Tls, in_zone
from archiver.package.derive import Primary
from archiver.pem import from_pem
from archiver.records import attachments
from archiver.verify.addresses import connect_lines
from archiver.warc import Record, blocks

_HEADER = 12  # octets of a DNS message's header (RFC 1035 §4.1.1)
_RCODES = {"answered": 0, "nodata": 0, "nxdomain": 3, "servfail": 2, "refused": 5}
_MAX = 1 << 20  # octets of one attachment


def misfits(
    primary: Primary, one: Exchange, by_id: dict[str, Record], named: set[str]
) -> Iterator[str]:
    """Every place where the exchange and its attached records contradict each other."""
    octets: dict[str, bytes] = {}
    for also in attachments(one):
        if also.identity is None:
            continue
        record = by_id.get(also.identity)
        expected = ("resource", also.uri, also.content_type, one.date, one.ip)
        if (
            record is None
            or also.identity in named
            or record.length > _MAX
            or (record.type, record.uri, record.content_type, record.date, record.ip) != expected
        ):
            yield f"its {also.part} is not a record of its own in the WARC"
            continue
        named.add(also.identity)
        octets[also.part] = b"".join(blocks(primary.archive, record))
    if one.proxy is not None:
        asked, said = (octets.get(f"proxy.{part}") for part in ("request", "answer"))
        yield from _tunnel(one.url, one.proxy, asked, said)
    if one.tls is not None:
        yield from _certificates(one.tls, octets.get("certificates"))
    for number, lookup in enumerate(one.lookups):
        question, answer = (octets.get(f"{part}.{number}") for part in ("question", "answer"))
        for what in _lookup(lookup, question, answer):
            yield f"lookup {number}: {what}"


def _tunnel(url: str, proxy: Proxy, asked: bytes | None, said: bytes | None) -> Iterator[str]:
    if asked is not None and asked != connect_lines(url):
        yield "the proxy was asked for another way"
    if said is not None and asked is None:
        yield "the proxy answered what it was not asked"
    reader = ResponseReader(lambda _: None)
    reader.feed(said or b"")
    if proxy.status != (None if reader.head is None else reader.head.status):
        yield "the proxy's status is not that of its answer"


def _certificates(tls: Tls, pem: bytes | None) -> Iterator[str]:
    found = () if pem is None else from_pem(pem)
    if found is None or tuple(Digest.of(one) for one in found) != tls.chain:
        yield "the certificates are not those whose digests it names"


def _lookup(asked: Lookup, question: bytes | None, answer: bytes | None) -> Iterator[str]:
    name = _wire_name(asked.name)
    if question is not None and name not in question.lower():
        yield "the question is for another name"
    if asked.result not in _RCODES:
        if asked.addresses or asked.soa is not None:
            yield "addresses or a zone without an answer"
        return
    if question is None or answer is None or len(answer) < _HEADER:
        yield "an answer is said that there is not"
        return
    yield from _answer(asked, question, answer)


def _answer(asked: Lookup, question: bytes, answer: bytes) -> Iterator[str]:
    name = _wire_name(asked.name)
    if answer[:2] != question[:2] or name not in answer.lower():
        yield "the answer is to another question"
    if answer[3] & 0x0F != _RCODES[asked.result]:
        yield f"the answer does not say {asked.result}"
    if bool(asked.addresses) != (asked.result == "answered"):
        yield "the addresses do not fit the result"
    if asked.soa is not None and not _is_from(asked.soa, answer, asked):
        yield "the answer does not hold the SOA"
    for address in asked.addresses:
        if not _holds(answer, address):
            yield "an address that the answer does not hold"


def _is_from(soa: Soa, answer: bytes, asked: Lookup) -> bool:
    """Whether a negative answer holds this SOA (RFC 1035 §3.3.13: serial, three numbers more,
    minimum) for a zone of what was asked."""
    serial, minimum = (number.to_bytes(4, "big") for number in (soa.serial, soa.minimum))
    places = (one.start() for one in re.finditer(b"(?=%b)" % re.escape(serial), answer))
    held = any(answer[place + 16 : place + 20] == minimum for place in places)
    zoned = any(in_zone(name, soa.zone) for name in (asked.name, *asked.aliases))
    return held and zoned and asked.result in ("nodata", "nxdomain")


def _holds(answer: bytes, address: str) -> bool:
    try:
        return ipaddress.ip_address(address).packed in answer
    except ValueError:
        return False


def _wire_name(name: str) -> bytes:
    """A name as it stands in a message (RFC 1035 §3.1), in small letters."""
    labels = name.lower().rstrip(".").encode("ascii", "replace").split(b".")
    return b"".join(bytes([min(len(label), 63)]) + label for label in labels) + b"\0"
