"""Writing a capture down: its exchanges as WARC records and as an `Observation`.

Absence has records too (WARC/1.1 §6.3 and annexes allow `metadata` and `resource`
for what a fetch left behind), but never a `response` that nobody sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from archiver import records, warc
from archiver.capture.connection import Connection, Proxied, Secured
from archiver.capture.exchange import RawExchange
from archiver.capture.names import Answer
from archiver.digest import Digest
from archiver.handshake import unlike
from archiver.observation import Exchange, Lookup, Observation, Person, Proxy, Response, Tls
from archiver.pem import to_pem
from archiver.records import Block, Planned, Wire, payload_digest, stated
from archiver.signedtls import proved


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What a capture is besides its exchanges."""

    case: str
    source: str
    started: str
    ended: str
    software: str
    clock: str
    previous: str | None
    settings: Mapping[str, Any]
    person: Person
    stop: str | None


def record(frame: Frame, exchanges: list[RawExchange], out: BinaryIO) -> Observation:
    """Write `archive/data.warc` to `out` and return what it shows."""
    wires = tuple(_wire(one) for one in exchanges)
    seen = _seen(frame, exchanges)
    planned = records.plan(seen, wires)
    for one in planned.records:
        warc.write(out, one.draft, one.identity, _octets(one, exchanges), one.concurrent_to)
    return records.named(seen, planned)


def _seen(frame: Frame, exchanges: list[RawExchange]) -> Observation:
    """The observation, its ids still empty. A clock set back meanwhile stretches its span."""
    dates = [one.date for one in exchanges]
    return Observation(
        capture_id="",
        case=frame.case,
        source=frame.source,
        started=min(frame.started, *dates),
        ended=max(frame.started, frame.ended, *dates),
        software=frame.software,
        clock=frame.clock,
        previous=frame.previous,
        settings=frame.settings,
        person=frame.person,
        exchanges=tuple(
            _exchange(one, number)
            for one, number in zip(exchanges, _connections(exchanges), strict=True)
        ),
        stop=frame.stop,
    )


def _connections(exchanges: list[RawExchange]) -> Iterator[int | None]:
    """The number of the connection of each exchange, None where none came about."""
    numbers: dict[int, int] = {}
    for one in exchanges:
        made = one.connection
        yield None if made.ip is None else numbers.setdefault(id(made.itself), len(numbers) + 1)


def _exchange(one: RawExchange, connection: int | None) -> Exchange:
    made = one.connection
    return Exchange(
        role=one.role,
        url=one.url,
        attempt=one.attempt,
        date=one.date,
        phase=made.phase,
        connection=connection,
        lookups=tuple(_lookup(asked) for asked in made.lookups),
        addresses=tuple(made.addresses),
        ip=made.ip,
        port=made.port,
        proxy=None if made.proxied is None else _proxy(made.proxied),
        tls=None if made.tls is None else proved(_tls(made.tls), _messages(made)),
        request=None,
        response=_measured(one) if _final(one) else None,
        fault=one.fault,
    )


def _lookup(asked: Answer) -> Lookup:
    return Lookup(
        server=asked.server,
        name=asked.name,
        type=asked.type,
        result=asked.result,
        addresses=asked.addresses,
        aliases=asked.aliases,
        seconds=asked.seconds,
        soa=asked.soa,
        question=None,
        answer=None,
    )


def _proxy(proxied: Proxied) -> Proxy:
    return Proxy(
        addresses=tuple(proxied.addresses),
        ip=proxied.ip,
        port=proxied.port,
        status=proxied.status,
        request=None,
        answer=None,
    )


def _tls(secured: Secured) -> Tls:
    return Tls(
        version=secured.version,
        cipher=secured.cipher,
        alpn=secured.alpn,
        server_name=secured.server_name,
        verified=secured.verified,
        chain=tuple(Digest.of(certificate) for certificate in secured.chain),
        alerts=tuple(secured.seen.alerts),
        certificates=None,
        handshake=None,
    )


def _attached(one: RawExchange) -> dict[str, bytes]:
    """The octets besides HTTP's own, by the parts of `records.attachments`."""
    found: dict[str, bytes] = {}
    for number, asked in enumerate(one.connection.lookups):
        found[f"question.{number}"] = asked.question
        found[f"answer.{number}"] = asked.answer
    proxied, secured = one.connection.proxied, one.connection.tls
    if proxied is not None:
        found["proxy.request"] = proxied.request
        found["proxy.answer"] = proxied.answer
    if secured is not None:
        found["certificates"] = to_pem(secured.chain)
        found["handshake"] = _messages(one.connection)
    return {part: octets for part, octets in found.items() if octets}


def _messages(made: Connection) -> bytes:
    """The messages of the handshake, where they say what TLS told of it."""
    if made.tls is None:
        return b""
    messages = bytes(made.tls.seen.messages)
    return b"" if any(unlike(_tls(made.tls), messages, ended=made.phase == "tls")) else messages


def _measured(one: RawExchange) -> Response:
    head = one.reader.head
    return Response(
        record="",
        octets=_final(one),
        head=0 if head is None else head.size,
        status=None if head is None else head.status,
        media_type=stated(head, "content-type") or "",
        location=stated(head, "location"),
        server_date=stated(head, "date"),
        framing=one.reader.framing,
        truncated=one.truncated,
        entity=one.entity,
        entity_digest=one.entity_digest,
    )


def _final(one: RawExchange) -> int:
    """Octets of the final response: all that came after the interim ones (1xx)."""
    return one.response.size - sum(one.reader.interim)


def _wire(one: RawExchange) -> Wire:
    start = sum(one.reader.interim)
    head = 0 if one.reader.head is None else one.reader.head.size
    end = one.response.part(start + head - 4, 4) if head else b""
    return Wire(
        request=_block([one.request]) if one.request else None,
        interim=_block(one.response.read(0, start)) if start else None,
        response=_response_block(one, start) if _final(one) else None,
        payload=payload_digest(
            one.reader.framing,
            end,
            one.reader.extra,
            one.entity_digest,
        ),
        beside={part: _block([octets]) for part, octets in _attached(one).items()},
    )


def _response_block(one: RawExchange, start: int) -> Block:
    if start:
        return _block(one.response.read(start))
    # All that came: its digest is there already.
    return Block(length=one.response.size, digest=one.response.digest())


def _block(pieces: Iterable[bytes]) -> Block:
    digest, length = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        length += len(piece)
    return Block(length=length, digest=Digest(digest.hexdigest()))


def _octets(planned: Planned, exchanges: list[RawExchange]) -> Iterable[bytes]:
    if planned.octets is not None or planned.exchange is None:
        return [planned.octets or b""]
    one = exchanges[planned.exchange]
    match planned.part:
        case "request":
            return [one.request]
        case "interim":
            return one.response.read(0, sum(one.reader.interim))
        case "response":
            return one.response.read(sum(one.reader.interim))
        case part:
            return [_attached(one)[part]]
