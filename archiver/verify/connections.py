"""Which exchanges went over one connection: it was opened once, to one server, and every
response but its last one left it open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from archiver.http1 import connection_options, read_head, stays_open
from archiver.observation import Exchange
from archiver.package.derive import Primary
from archiver.verify.addresses import server
from archiver.warc import Record, blocks

_OPEN = ("request", "response", "done")
_MAX_REQUEST = 1 << 20  # octets


def by_connection(exchanges: Sequence[Exchange]) -> Mapping[int, list[int]]:
    """The places of the exchanges over each connection, by its number."""
    found: dict[int, list[int]] = {}
    for place, one in enumerate(exchanges):
        if one.connection is not None:
            found.setdefault(one.connection, []).append(place)
    return found


def reused(exchanges: Sequence[Exchange]) -> frozenset[int]:
    """The places of the exchanges over a connection that an exchange before had opened."""
    return frozenset(place for places in by_connection(exchanges).values() for place in places[1:])


def misconnected(exchanges: Sequence[Exchange]) -> Iterator[tuple[int, str]]:
    """Every exchange whose connection, as it is told, contradicts itself or those before."""
    for place, one in enumerate(exchanges):
        if (one.connection is None) != (one.ip is None):
            yield place, "a connection has no number, or there was none and it has one"
    found = by_connection(exchanges)
    for expected, (number, places) in enumerate(found.items(), start=1):
        if number != expected:
            yield places[0], "the connections are not numbered by their first exchange"
        for before, place in pairwise(places):
            for what in _shared(exchanges[places[0]], exchanges[before], exchanges[place]):
                yield place, what


def _shared(first: Exchange, before: Exchange, one: Exchange) -> Iterator[str]:
    if not first.role == one.role == "requisite":
        yield "only requisites share a connection"
    if (server(first.url), first.ip, first.port) != (server(one.url), one.ip, one.port):
        yield "a connection to another server"
    if one.addresses or one.lookups or one.tls is not None:
        yield "how its connection came about stands with another exchange"
    if one.date < before.date:
        yield "it is dated before the exchange that its connection had before"
    if before.phase != "done" or one.phase not in _OPEN:
        yield "a connection was used that had come to its end"


def unkept(primary: Primary, by_id: Mapping[str, Record]) -> Iterator[tuple[int, str]]:
    """Every exchange over a connection that the exchange before cannot have left open, and
    every connection that has the handshake of another."""
    exchanges = primary.observation.exchanges
    handshakes: set[object] = set()
    for places in by_connection(exchanges).values():
        for before, place in pairwise(places):
            if not _left_open(primary, exchanges[before], by_id):
                yield place, "the exchange before had not left its connection open"
        tls = exchanges[places[0]].tls
        record = None if tls is None or tls.handshake is None else by_id.get(tls.handshake)
        if record is not None:
            if record.block_digest in handshakes:
                yield places[0], "the handshake of its connection is that of another one"
            handshakes.add(record.block_digest)


def _left_open(primary: Primary, one: Exchange, by_id: Mapping[str, Record]) -> bool:
    asked = by_id.get(one.request or "")
    answered = None if one.response is None else by_id.get(one.response.record)
    if asked is None or answered is None or asked.length > _MAX_REQUEST:
        return False
    request = read_head(b"".join(blocks(primary.archive, asked)))
    entity = primary.entities.of(answered)
    return "close" not in connection_options(request) and stays_open(
        entity.head, entity.framing, complete=entity.complete, extra=entity.extra
    )
