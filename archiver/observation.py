"""What the wire showed, unjudged: the types behind `evidence/capture.json`.

An `Observation` is one capture: every exchange with the source, hop by hop, and
with the control probes. It holds no verdict; `judge/` derives that from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.fields import Fields
from archiver.moment import is_spelled

FORMAT = "archiver-capture-1"

PHASES = ("address", "dns", "tcp", "tls", "request", "response", "done")
FRAMINGS = ("none", "length", "chunked", "close", "conflict", "not-http")
TRUNCATIONS = ("length", "time", "disconnect", "unspecified")
ROLES = ("source", "control")


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """One address that was tried: `result` is `connected`, `refused_by_policy`, or a fault type."""

    ip: str
    port: int
    result: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tls:
    """What the handshake settled on this very connection; `verified` by our roots."""

    version: str | None
    cipher: str | None
    server_name: str
    verified: bool
    certificate: Digest | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Why an exchange gave no response. `type` is one of ours (`tcp.refused`); the text too."""

    type: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """The octets that came back, measured. Sizes are octets.

    `head` is 0 when no whole head arrived. `status` is None when the first line is no
    status line. `truncated` has WARC/1.1 §5.13's words. `entity` and `entity_digest`
    are of the body without its transfer coding (RFC 9112 §6), as far as it came.
    """

    record: str
    octets: int
    head: int
    status: int | None
    media_type: str
    location: str | None
    framing: str
    truncated: str | None
    entity: int
    entity_digest: Digest


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One request over one connection. `phase` is how far the connection came."""

    role: str
    url: str
    date: str
    phase: str
    addresses: tuple[Address, ...]
    ip: str | None
    port: int | None
    tls: Tls | None
    request: str | None
    response: Response | None
    fault: Fault | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """One capture of one source. `stop` says why redirects were not followed further."""

    capture_id: str
    case: str
    source: str
    started: str
    ended: str
    software: str
    clock: str
    previous: str | None
    settings: Mapping[str, Any]
    exchanges: tuple[Exchange, ...]
    stop: str | None

    def of_source(self) -> tuple[Exchange, ...]:
        """The exchanges with the source, one a hop, in order."""
        return tuple(one for one in self.exchanges if one.role == "source")

    def controls(self) -> tuple[Exchange, ...]:
        """The control probes, in order."""
        return tuple(one for one in self.exchanges if one.role == "control")


def to_document(seen: Observation) -> dict[str, Any]:
    """The observation as `evidence/capture.json`."""
    return {
        "format": FORMAT,
        "capture_id": seen.capture_id,
        "case": seen.case,
        "source": seen.source,
        "started": seen.started,
        "ended": seen.ended,
        "software": seen.software,
        "clock": seen.clock,
        "previous": seen.previous,
        "settings": dict(seen.settings),
        "exchanges": [_exchange(one) for one in seen.exchanges],
        "stop": seen.stop,
    }


def _exchange(one: Exchange) -> dict[str, Any]:
    return {
        "role": one.role,
        "url": one.url,
        "date": one.date,
        "phase": one.phase,
        "addresses": [
            {"ip": tried.ip, "port": tried.port, "result": tried.result} for tried in one.addresses
        ],
        "ip": one.ip,
        "port": one.port,
        "tls": None if one.tls is None else _tls(one.tls),
        "request": one.request,
        "response": None if one.response is None else _response(one.response),
        "fault": (
            None if one.fault is None else {"type": one.fault.type, "message": one.fault.message}
        ),
    }


def _tls(tls: Tls) -> dict[str, Any]:
    return {
        "version": tls.version,
        "cipher": tls.cipher,
        "server_name": tls.server_name,
        "verified": tls.verified,
        "certificate": None if tls.certificate is None else str(tls.certificate),
    }


def _response(response: Response) -> dict[str, Any]:
    return {
        "record": response.record,
        "octets": response.octets,
        "head": response.head,
        "status": response.status,
        "media_type": response.media_type,
        "location": response.location,
        "framing": response.framing,
        "truncated": response.truncated,
        "entity": response.entity,
        "entity_digest": str(response.entity_digest),
    }


def from_document(document: Mapping[str, Any]) -> Observation:
    """Read `evidence/capture.json`. Raises `InvalidInput` naming the place."""
    top = Fields(dict(document), "")
    if top.text("format") != FORMAT:
        raise InvalidInput("capture.format", f"not {FORMAT}", where="format")
    seen = Observation(
        capture_id=top.text("capture_id"),
        case=top.text("case"),
        source=top.text("source"),
        started=_moment(top, "started"),
        ended=_moment(top, "ended"),
        software=top.text("software"),
        clock=top.text("clock"),
        previous=top.text_or_none("previous"),
        settings=top.mapping("settings"),
        exchanges=tuple(_read_exchange(one) for one in top.each("exchanges")),
        stop=top.text_or_none("stop"),
    )
    top.done()
    return seen


def _read_exchange(fields: Fields) -> Exchange:
    tls = fields.object_or_none("tls")
    response = fields.object_or_none("response")
    fault = fields.object_or_none("fault")
    exchange = Exchange(
        role=_word(fields, "role", ROLES),
        url=fields.text("url"),
        date=_moment(fields, "date"),
        phase=_word(fields, "phase", PHASES),
        addresses=tuple(_read_address(one) for one in fields.each("addresses")),
        ip=fields.text_or_none("ip"),
        port=fields.number_or_none("port"),
        tls=None if tls is None else _read_tls(tls),
        request=fields.text_or_none("request"),
        response=None if response is None else _read_response(response),
        fault=None if fault is None else _read_fault(fault),
    )
    fields.done()
    return exchange


def _read_address(fields: Fields) -> Address:
    address = Address(
        ip=fields.text("ip"), port=fields.number("port"), result=fields.text("result")
    )
    fields.done()
    return address


def _read_tls(fields: Fields) -> Tls:
    certificate = fields.text_or_none("certificate")
    tls = Tls(
        version=fields.text_or_none("version"),
        cipher=fields.text_or_none("cipher"),
        server_name=fields.text("server_name"),
        verified=fields.flag("verified"),
        certificate=None if certificate is None else Digest.parse(certificate),
    )
    fields.done()
    return tls


def _read_fault(fields: Fields) -> Fault:
    fault = Fault(type=fields.text("type"), message=fields.text("message"))
    fields.done()
    return fault


def _read_response(fields: Fields) -> Response:
    truncated = fields.text_or_none("truncated")
    if truncated is not None and truncated not in TRUNCATIONS:
        raise InvalidInput("capture.truncated", "not a reason of WARC/1.1", where="truncated")
    response = Response(
        record=fields.text("record"),
        octets=fields.number("octets"),
        head=fields.number("head"),
        status=fields.number_or_none("status"),
        media_type=fields.text("media_type"),
        location=fields.text_or_none("location"),
        framing=_word(fields, "framing", FRAMINGS),
        truncated=truncated,
        entity=fields.number("entity"),
        entity_digest=Digest.parse(fields.text("entity_digest")),
    )
    fields.done()
    return response


def _word(fields: Fields, key: str, words: tuple[str, ...]) -> str:
    word = fields.text(key)
    if word not in words:
        raise InvalidInput("capture.word", f"not one of {', '.join(words)}", where=key)
    return word


def _moment(fields: Fields, key: str) -> str:
    text = fields.text(key)
    if not is_spelled(text):
        raise InvalidInput("capture.moment", "not a moment like 2026-11-22T11:33:20Z", where=key)
    return text
