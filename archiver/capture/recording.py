"""Writing a capture down: its exchanges as WARC records and as an `Observation`.

Absence has records too (WARC/1.1 §6.3 and annexes allow `metadata` and `resource`
for what a fetch left behind), but never a `response` that nobody sent.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from archiver import canonical, warc
from archiver.capture.exchange import RawExchange
from archiver.digest import Digest
from archiver.observation import Exchange, Observation, Response

ATTEMPT = "urn:archiver:attempt:"
INTERIM = "urn:archiver:interim:"
PAGEINFO = "urn:pageinfo:"


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
    stop: str | None


class _Writer:
    """Numbers the records, so that two alike still get two ids."""

    def __init__(self, out: BinaryIO, capture: Digest) -> None:
        self._out = out
        self._capture = capture
        self._number = 0

    def add(
        self, draft: warc.Draft, blocks: Iterable[bytes], concurrent_to: tuple[str, ...] = ()
    ) -> str:
        identity = warc.record_id(self._capture, draft, self._number)
        self._number += 1
        warc.write(self._out, draft, identity, blocks, concurrent_to)
        return identity

    def add_octets(
        self,
        octets: bytes,
        *,
        kind: str,
        date: str,
        content_type: str,
        uri: str | None = None,
        ip: str | None = None,
        concurrent_to: tuple[str, ...] = (),
    ) -> str:
        draft = warc.Draft(
            type=kind,
            date=date,
            uri=uri,
            ip=ip,
            content_type=content_type,
            length=len(octets),
            block_digest=Digest.of(octets),
        )
        return self.add(draft, [octets], concurrent_to)


def record(frame: Frame, exchanges: list[RawExchange], out: BinaryIO) -> Observation:
    """Write `archive/data.warc` to `out` and return what it shows."""
    capture = _capture_digest(frame, exchanges)
    capture_id = warc.uuid8(capture)
    writer = _Writer(out, capture)
    writer.add_octets(
        _warcinfo(frame, capture_id),
        kind="warcinfo",
        date=frame.started,
        content_type="application/warc-fields",
    )
    seen = tuple(_exchange(writer, one) for one in exchanges)
    of_source = [one for one in seen if one.role == "source"]
    if of_source:
        _page_records(writer, frame, of_source)
    return Observation(
        capture_id=capture_id,
        case=frame.case,
        source=frame.source,
        started=frame.started,
        ended=frame.ended,
        software=frame.software,
        clock=frame.clock,
        previous=frame.previous,
        settings=frame.settings,
        exchanges=seen,
        stop=frame.stop,
    )


def _capture_digest(frame: Frame, exchanges: list[RawExchange]) -> Digest:
    """Over all that makes this capture this capture, so that its ids follow from it."""
    return Digest.of(
        canonical.to_line(
            [
                frame.case,
                frame.source,
                frame.started,
                frame.ended,
                frame.software,
                [
                    [
                        one.role,
                        one.url,
                        one.date,
                        one.connection.ip,
                        str(Digest.of(one.request)),
                        str(one.response.digest()),
                        one.fault and one.fault.type,
                    ]
                    for one in exchanges
                ],
            ]
        )
    )


def _warcinfo(frame: Frame, capture_id: str) -> bytes:
    return _warc_fields(
        [
            ("software", frame.software),
            ("format", "WARC File Format 1.1"),
            (
                "conformsTo",
                "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            ),
            ("isPartOf", capture_id),
        ]
    )


def _warc_fields(pairs: list[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in pairs).encode("utf-8")


def _exchange(writer: _Writer, one: RawExchange) -> Exchange:
    made = one.connection
    response_id = _response_record(writer, one) if one.response.size else None
    concurrent = () if response_id is None else (response_id,)
    request_id = None
    if one.request:
        request_id = writer.add_octets(
            one.request,
            kind="request",
            date=one.date,
            uri=one.url,
            ip=made.ip,
            content_type="application/http;msgtype=request",
            concurrent_to=concurrent,
        )
    if one.fault is not None:
        writer.add_octets(
            _fault_fields(one),
            kind="metadata",
            date=one.date,
            uri=one.url,
            ip=made.ip,
            content_type="application/warc-fields",
            concurrent_to=concurrent or (() if request_id is None else (request_id,)),
        )
    return Exchange(
        role=one.role,
        url=one.url,
        date=one.date,
        phase=made.phase,
        addresses=tuple(made.addresses),
        ip=made.ip,
        port=made.port,
        tls=made.tls,
        request=request_id,
        response=None if response_id is None else _measured(one, response_id),
        fault=one.fault,
    )


def _fault_fields(one: RawExchange) -> bytes:
    assert one.fault is not None  # noqa: S101 - the caller has looked
    outcome = "no-response" if not one.response.size else "no-http-response"
    return _warc_fields(
        [
            ("fetchOutcome", outcome),
            ("fetchErrorPhase", one.connection.phase),
            ("fetchErrorType", one.fault.type),
            ("fetchErrorMessage", one.fault.message),
        ]
    )


def _response_record(writer: _Writer, one: RawExchange) -> str:
    """The final response as it came; interim ones (1xx) before it in a record of their own."""
    start = sum(one.reader.interim)
    block = hashlib.sha256()
    for piece in one.response.read(start):
        block.update(piece)
    plain = one.reader.framing in ("none", "length", "close") and not one.reader.extra
    payload = one.entity_digest if plain and one.reader.head is not None else None
    draft = warc.Draft(
        type="response",
        date=one.date,
        uri=one.url,
        ip=one.connection.ip,
        truncated=one.truncated,
        payload_digest=payload,
        content_type="application/http;msgtype=response",
        length=one.response.size - start,
        block_digest=Digest(block.hexdigest()),
    )
    identity = writer.add(draft, one.response.read(start))
    if start:
        octets = b"".join(one.response.read())[:start]
        writer.add_octets(
            octets,
            kind="resource",
            date=one.date,
            uri=INTERIM + one.url,
            ip=one.connection.ip,
            content_type="application/octet-stream",
            concurrent_to=(identity,),
        )
    return identity


def _measured(one: RawExchange, response_id: str) -> Response:
    head = one.reader.head
    return Response(
        record=response_id,
        octets=one.response.size - sum(one.reader.interim),
        head=0 if head is None else head.size,
        status=None if head is None else head.status,
        media_type="" if head is None else head.value("content-type") or "",
        location=None if head is None else head.value("location"),
        framing=one.reader.framing,
        truncated=one.truncated,
        entity=one.entity,
        entity_digest=one.entity_digest,
    )


def _page_records(writer: _Writer, frame: Frame, of_source: list[Exchange]) -> None:
    """What a viewer of WARC files needs: Browsertrix's page record and, where no page
    came, a page of our own that says so. Both under names that no site can have."""
    first, last = of_source[0], of_source[-1]
    status = last.response.status if last.response is not None else None
    pageinfo: dict[str, Any] = {
        "pageid": warc.uuid8(Digest.of(f"{frame.source} {first.date}".encode()))[9:],
        "url": first.url,
        "ts": first.date,
        "urls": {
            one.url: {
                "status": (one.response.status or 0) if one.response else 0,
                **({"error": one.fault.type} if one.fault else {}),
            }
            for one in of_source
        },
    }
    writer.add_octets(
        canonical.to_file(pageinfo),
        kind="resource",
        date=first.date,
        uri=PAGEINFO + first.url,
        content_type="application/json",
    )
    if status is None:
        writer.add_octets(
            _attempt_page(frame, of_source),
            kind="resource",
            date=first.date,
            uri=ATTEMPT + first.url,
            content_type="text/html; charset=utf-8",
        )


def _attempt_page(frame: Frame, of_source: list[Exchange]) -> bytes:
    rows = []
    for one in of_source:
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
        f"<p>This page was written by {html.escape(frame.software)}. It is not a page of the "
        "site. It says what an attempt to fetch the address below came to; what may be "
        "concluded from it stands elsewhere in the package.</p>\n"
        f"{''.join(rows)}</body>\n</html>\n"
    )
    return page.encode("utf-8")


def _what_happened(one: Exchange) -> str:
    if one.fault is not None:
        return html.escape(f"{one.fault.message} ({one.fault.type})")
    status = one.response.status if one.response else None
    return f"HTTP status {status}"
