"""Which records the WARC of a capture has: a function of what was seen and of its octets.
Capturing writes them; verifying derives them again from `evidence/capture.json` and the
octets of the wire, and compares. So nothing in a WARC but those octets is free: ids, dates,
addresses, order and every word of our own follow from `capture.json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from archiver import canonical, warc
from archiver.capturejson import to_document
from archiver.digest import Digest
from archiver.http1 import Head
from archiver.observation import Exchange, Observation
from archiver.ownwords import attempt_page, fault_fields, pageinfo, warc_fields, warcinfo

ATTEMPT = "urn:archiver:attempt:"
INTERIM = "urn:archiver:interim:"
PAGEINFO = "urn:pageinfo:"
DNS = "urn:archiver:dns-"
PROXY = "urn:archiver:proxy-"
TLS_CHAIN = "urn:archiver:tls-chain:"
TLS_HANDSHAKE = "urn:archiver:tls-handshake:"
DNS_MESSAGE = "application/dns-message"  # RFC 8484 §6
HTTP_REQUEST = "application/http;msgtype=request"
HTTP_RESPONSE = "application/http;msgtype=response"
PEM_CHAIN = "application/pem-certificate-chain"
OCTETS = "application/octet-stream"
WARC_FIELDS = "application/warc-fields"
MAX_STATED = 8192  # characters of a header field that `capture.json` repeats


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Octets of the wire that stand in one record."""

    length: int
    digest: Digest


@dataclass(frozen=True, kw_only=True, slots=True)
class Wire:
    """What one exchange left: the request, interim (1xx) responses, the final response.

    `payload` is the payload digest that the response's record states, if it states one.
    `beside` are the other octets that the network gave, by the parts of `attachments`.
    """

    request: Block | None = None
    interim: Block | None = None
    response: Block | None = None
    payload: Digest | None = None
    beside: Mapping[str, Block] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A record as it must stand in the WARC.

    `octets` are those of a record of our own; None where the octets are the wire's:
    `part` (`request`, `interim`, `response`, one of `attachments`) of exchange `exchange`.
    """

    draft: warc.Draft
    identity: str
    concurrent_to: tuple[str, ...] = ()
    octets: bytes | None = None
    part: str = "own"
    exchange: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The id of a capture, and every record of it in its order."""

    capture_id: str
    records: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """Octets that an exchange may have besides HTTP's own: the part's name, and its record."""

    part: str
    identity: str | None
    uri: str
    content_type: str


def attachments(one: Exchange) -> Iterator[Attachment]:
    """Everything besides HTTP that the exchange can have a record of, in its order.

    `identity` is the id that `capture.json` gives it, None where it has none.
    """
    for number, asked in enumerate(one.lookups):
        name = f"{asked.server}:{asked.type}:{asked.name}"
        for part, identity in (("question", asked.question), ("answer", asked.answer)):
            yield Attachment(f"{part}.{number}", identity, f"{DNS}{part}:{name}", DNS_MESSAGE)
    if one.proxy is not None:
        for part, identity in (("request", one.proxy.request), ("answer", one.proxy.answer)):
            yield Attachment(f"proxy.{part}", identity, f"{PROXY}{part}:{one.url}", OCTETS)
    if one.tls is not None:
        peer = one.tls.server_name + ("" if one.port is None else f":{one.port}")
        yield Attachment("certificates", one.tls.certificates, f"{TLS_CHAIN}{peer}", PEM_CHAIN)
        yield Attachment("handshake", one.tls.handshake, f"{TLS_HANDSHAKE}{peer}", OCTETS)


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
        for number, asked in enumerate(exchange["lookups"]):
            asked["question"] = _spelled(wire.beside.get(f"question.{number}"))
            asked["answer"] = _spelled(wire.beside.get(f"answer.{number}"))
        for part in ("request", "answer") if exchange["proxy"] else ():
            exchange["proxy"][part] = _spelled(wire.beside.get(f"proxy.{part}"))
        for part in ("certificates", "handshake") if exchange["tls"] else ():
            exchange["tls"][part] = _spelled(wire.beside.get(part))
        exchange["request"] = _spelled(wire.request)
        exchange["interim"] = _spelled(wire.interim)
        if exchange["response"] is not None:
            exchange["response"]["record"] = _spelled(wire.response)
    return Digest.of(canonical.to_line(document))


def _spelled(block: Block | None) -> str | None:
    return None if block is None else str(block.digest)


def plan(seen: Observation, wires: Sequence[Wire]) -> Plan:
    """What follows from what was seen. The ids in `seen` are not looked at."""
    planner = _Planner(capture_digest(seen, wires))
    planner.own("warcinfo", seen.started, WARC_FIELDS, warcinfo(seen, planner.capture_id))
    for number, pair in enumerate(zip(seen.exchanges, wires, strict=True)):
        _plan_exchange(planner, number, *pair)
    _plan_page_records(planner, seen)
    return Plan(planner.capture_id, tuple(planner.records))


def named(seen: Observation, planned: Plan) -> Observation:
    """The observation with the ids that follow from it."""
    ids = {(one.exchange, one.part): one.identity for one in planned.records}
    return replace(
        seen,
        capture_id=planned.capture_id,
        exchanges=tuple(
            replace(
                one,
                lookups=tuple(
                    replace(
                        asked,
                        question=ids.get((number, f"question.{place}")),
                        answer=ids.get((number, f"answer.{place}")),
                    )
                    for place, asked in enumerate(one.lookups)
                ),
                proxy=one.proxy
                and replace(
                    one.proxy,
                    request=ids.get((number, "proxy.request")),
                    answer=ids.get((number, "proxy.answer")),
                ),
                tls=one.tls
                and replace(
                    one.tls,
                    certificates=ids.get((number, "certificates")),
                    handshake=ids.get((number, "handshake")),
                ),
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
            content_type=OCTETS,
            concurrent_to=beside,
        )
    for also in attachments(one):
        if also.part in wire.beside:
            planner.wire(
                here,
                also.part,
                wire.beside[also.part],
                type="resource",
                uri=also.uri,
                content_type=also.content_type,
                concurrent_to=beside,
            )
    if one.fault is None and one.tls is not None and not one.tls.verified:
        planner.own(
            "metadata",
            one.date,
            WARC_FIELDS,
            warc_fields(("serverIdentity", "not verified")),
            uri=one.url,
            ip=one.ip,
            concurrent_to=beside,
        )
    if one.fault is not None:
        planner.own(
            "metadata",
            one.date,
            WARC_FIELDS,
            fault_fields(one, silent=wire.response is None and wire.interim is None),
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
        canonical.to_file(pageinfo(seen.source, hops)),
        uri=PAGEINFO + first.url,
    )
    if last is None or last.status is None:
        planner.own(
            "resource",
            first.date,
            "text/html; charset=utf-8",
            attempt_page(seen.software, hops),
            uri=ATTEMPT + first.url,
        )
