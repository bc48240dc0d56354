"""Which records the WARC of a capture has: a function of what was seen and of its octets.
Capturing writes them; verifying derives them again from `evidence/capture.json` and the
octets of the wire, and compares. So nothing in a WARC but those octets is free: ids, dates,
addresses, order and every word of our own follow from `capture.json`.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from archiver import canonical, warc
from archiver.digest import Digest
from archiver.http1 import Head
from archiver.observation import Exchange, Observation, to_document

ATTEMPT = "urn:archiver:attempt:"
INTERIM = "urn:archiver:interim:"
PAGEINFO = "urn:pageinfo:"
HTTP_REQUEST = "application/http;msgtype=request"
HTTP_RESPONSE = "application/http;msgtype=response"
WARC_FIELDS = "application/warc-fields"
MAX_STATED = 8192  # characters of a header field that `capture.json` repeats
_CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Octets of the wire that stand in one record."""

    length: int
    digest: Digest


@dataclass(frozen=True, kw_only=True, slots=True)
class Wire:
    """What one exchange left: the request, interim (1xx) responses, the final response.

    `payload` is the payload digest that the response's record states, if it states one.
    """

    request: Block | None = None
    interim: Block | None = None
    response: Block | None = None
    payload: Digest | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A record as it must stand in the WARC.

    `octets` are those of a record of our own; None where the octets are the wire's:
    `part` (`request`, `interim`, `response`) of exchange number `exchange`.
    """

    draft: warc.Draft
    identity: str
    concurrent_to: tuple[str, ...] = ()
    octets: bytes | None = None
    part: str = "own"
    exchange: int | None = None


def payload_digest(framing: str, head_end: bytes, extra: int, entity: Digest) -> Digest | None:
    """The payload digest to state: none where the standard and the tools disagree on it.

    Of a chunked body tools digest the chunks, the standard what is in them; and they do not
    agree where a head ends that ends in bare LFs. `head_end`: its last four octets.
    """
    plain = framing in ("none", "length", "close") and head_end == b"\r\n\r\n" and not extra
    return entity if plain else None


def stated(head: Head | None, name: str) -> str | None:
    """A header field as `capture.json` repeats it. It stands whole in the record."""
    value = None if head is None else head.value(name)
    return None if value is None else value[:MAX_STATED]


def capture_digest(seen: Observation, wires: Sequence[Wire]) -> Digest:
    """What the ids of a capture are made from: all of `capture.json`, with the digests of
    the octets in the place of the ids."""
    document = to_document(seen)
    document["capture_id"] = None
    for exchange, wire in zip(document["exchanges"], wires, strict=True):
        exchange["request"] = _spelled(wire.request)
        exchange["interim"] = _spelled(wire.interim)
        if exchange["response"] is not None:
            exchange["response"]["record"] = _spelled(wire.response)
    return Digest.of(canonical.to_line(document))


def _spelled(block: Block | None) -> str | None:
    return None if block is None else str(block.digest)


def plan(seen: Observation, wires: Sequence[Wire]) -> tuple[Planned, ...]:
    """Every record of the capture in its order. The ids in `seen` are not looked at."""
    planner = _Planner(capture_digest(seen, wires))
    planner.own("warcinfo", seen.started, WARC_FIELDS, _warcinfo(seen, planner.capture_id))
    for number, pair in enumerate(zip(seen.exchanges, wires, strict=True)):
        _plan_exchange(planner, number, *pair)
    _plan_page_records(planner, seen)
    return tuple(planner.records)


def named(seen: Observation, wires: Sequence[Wire], planned: Sequence[Planned]) -> Observation:
    """The observation with the ids that follow from it."""
    ids = {(one.exchange, one.part): one.identity for one in planned}
    return replace(
        seen,
        capture_id=warc.uuid8(capture_digest(seen, wires)),
        exchanges=tuple(
            replace(
                one,
                request=ids.get((number, "request")),
                response=one.response and replace(one.response, record=ids[number, "response"]),
            )
            for number, one in enumerate(seen.exchanges)
        ),
    )


class _Planner:
    """Numbers the records, so that two alike still get two ids."""

    def __init__(self, capture: Digest) -> None:
        self.records: list[Planned] = []
        self.capture_id = warc.uuid8(capture)
        self._capture = capture

    def add(self, draft: warc.Draft, **more: Any) -> str:
        identity = warc.record_id(self._capture, draft, len(self.records))
        self.records.append(Planned(draft=draft, identity=identity, **more))
        return identity

    def own(self, kind: str, date: str, content_type: str, octets: bytes, **more: Any) -> None:
        concurrent_to = more.pop("concurrent_to", ())
        draft = warc.Draft(
            type=kind,
            date=date,
            content_type=content_type,
            length=len(octets),
            block_digest=Digest.of(octets),
            **more,
        )
        self.add(draft, octets=octets, concurrent_to=concurrent_to)

    def wire(self, exchange: tuple[int, Exchange], part: str, block: Block, **more: Any) -> str:
        number, one = exchange
        concurrent_to = more.pop("concurrent_to", ())
        draft = warc.Draft(
            date=one.date,
            ip=one.ip,
            length=block.length,
            block_digest=block.digest,
            **{"uri": one.url, **more},
        )
        return self.add(draft, part=part, exchange=number, concurrent_to=concurrent_to)


def _plan_exchange(planner: _Planner, number: int, one: Exchange, wire: Wire) -> None:
    """The response first, so that all that was concurrent to it can name it."""
    here = (number, one)
    beside: tuple[str, ...] = ()
    if wire.response is not None:
        identity = planner.wire(
            here,
            "response",
            wire.response,
            type="response",
            content_type=HTTP_RESPONSE,
            truncated=None if one.response is None else one.response.truncated,
            payload_digest=wire.payload,
        )
        beside = (identity,)
    if wire.request is not None:
        identity = planner.wire(
            here,
            "request",
            wire.request,
            type="request",
            content_type=HTTP_REQUEST,
            concurrent_to=beside,
        )
        beside = beside or (identity,)
    if wire.interim is not None:
        planner.wire(
            here,
            "interim",
            wire.interim,
            type="resource",
            uri=INTERIM + one.url,
            content_type="application/octet-stream",
            concurrent_to=beside,
        )
    if one.fault is not None:
        planner.own(
            "metadata",
            one.date,
            WARC_FIELDS,
            _fault_fields(one, wire),
            uri=one.url,
            ip=one.ip,
            concurrent_to=beside,
        )


def _plan_page_records(planner: _Planner, seen: Observation) -> None:
    """What a viewer of WARC files needs: Browsertrix's page record and, where no page
    came, a page of our own that says so. Both under names that no site can have."""
    hops = seen.of_source()
    if not hops:
        return
    first, last = hops[0], hops[-1].response
    planner.own(
        "resource",
        first.date,
        "application/json",
        canonical.to_file(_pageinfo(seen.source, hops)),
        uri=PAGEINFO + first.url,
    )
    if last is None or last.status is None:
        planner.own(
            "resource",
            first.date,
            "text/html; charset=utf-8",
            _attempt_page(seen.software, hops),
            uri=ATTEMPT + first.url,
        )


def _warcinfo(seen: Observation, capture_id: str) -> bytes:
    return _warc_fields(
        ("software", seen.software),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", _CONFORMS_TO),
        ("isPartOf", capture_id),
    )


def _fault_fields(one: Exchange, wire: Wire) -> bytes:
    assert one.fault is not None  # noqa: S101 - the caller has looked
    silent = wire.response is None and wire.interim is None
    return _warc_fields(
        ("fetchOutcome", "no-response" if silent else "no-http-response"),
        ("fetchErrorPhase", one.phase),
        ("fetchErrorType", one.fault.type),
        ("fetchErrorMessage", one.fault.message),
    )


def _warc_fields(*pairs: tuple[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in pairs).encode("utf-8")


def _pageinfo(source: str, hops: Sequence[Exchange]) -> dict[str, Any]:
    first = hops[0]
    return {
        "pageid": warc.uuid8(Digest.of(f"{source} {first.date}".encode()))[9:],
        "url": first.url,
        "ts": first.date,
        "urls": {
            one.url: {
                "status": (one.response.status or 0) if one.response else 0,
                **({"error": one.fault.type} if one.fault else {}),
            }
            for one in hops
        },
    }


def _attempt_page(software: str, hops: Sequence[Exchange]) -> bytes:
    rows = []
    for one in hops:
        tried = ", ".join(f"{a.ip} port {a.port}: {a.result}" for a in one.addresses) or "none"
        rows.append(
            f"<h2>{html.escape(one.url)}</h2>\n<dl>\n"
            f"<dt>Started</dt><dd>{one.date}</dd>\n"
            f"<dt>Came as far as</dt><dd>{one.phase}</dd>\n"
            f"<dt>Addresses tried</dt><dd>{html.escape(tried)}</dd>\n"
            f"<dt>What happened</dt><dd>{_what_happened(one)}</dd>\n</dl>\n"
        )
    page = (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        "<title>Attempt record</title></head>\n<body>\n<h1>Attempt record</h1>\n"
        f"<p>This page was written by {html.escape(software)}. It is not a page of the "
        "site. It says what an attempt to fetch the address below came to; what may be "
        "concluded from it stands elsewhere in the package.</p>\n"
        f"{''.join(rows)}</body>\n</html>\n"
    )
    return page.encode("utf-8")


def _what_happened(one: Exchange) -> str:
    if one.fault is not None:
        return html.escape(f"{one.fault.message} ({one.fault.type})")
    return f"HTTP status {one.response.status if one.response else None}"
