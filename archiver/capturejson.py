"""An `Observation` as `evidence/capture.json`, and the strict way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.fields import Fields
from archiver.moment import is_spelled
from archiver.observation import (
    FORMAT,
    FRAMINGS,
    LOOKUPS,
    PHASES,
    ROLES,
    TRUNCATIONS,
    Address,
    Exchange,
    Fault,
    Lookup,
    Observation,
    Person,
    Proxy,
    Response,
    Soa,
    Tls,
)


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
        "collector": {"name": seen.person.name, "organisation": seen.person.organisation},
        "vantage": {
            "label": seen.person.label,
            "network": seen.person.network,
            "country": seen.person.country,
        },
        "exchanges": [_exchange(one) for one in seen.exchanges],
        "stop": seen.stop,
    }


def _exchange(one: Exchange) -> dict[str, Any]:
    return {
        "role": one.role,
        "url": one.url,
        "attempt": one.attempt,
        "date": one.date,
        "phase": one.phase,
        "connection": one.connection,
        "lookups": [_lookup(asked) for asked in one.lookups],
        "addresses": [_address(tried) for tried in one.addresses],
        "ip": one.ip,
        "port": one.port,
        "proxy": None if one.proxy is None else _proxy(one.proxy),
        "tls": None if one.tls is None else _tls(one.tls),
        "request": one.request,
        "response": None if one.response is None else _response(one.response),
        "fault": (
            None if one.fault is None else {"type": one.fault.type, "message": one.fault.message}
        ),
    }


def _address(tried: Address) -> dict[str, Any]:
    return {"ip": tried.ip, "port": tried.port, "result": tried.result}


def _proxy(proxy: Proxy) -> dict[str, Any]:
    return {
        "addresses": [_address(tried) for tried in proxy.addresses],
        "ip": proxy.ip,
        "port": proxy.port,
        "status": proxy.status,
        "request": proxy.request,
        "answer": proxy.answer,
    }


def _lookup(asked: Lookup) -> dict[str, Any]:
    return {
        "server": asked.server,
        "name": asked.name,
        "type": asked.type,
        "result": asked.result,
        "addresses": list(asked.addresses),
        "aliases": list(asked.aliases),
        "seconds": asked.seconds,
        "question": asked.question,
        "answer": asked.answer,
        "soa": (
            None
            if asked.soa is None
            else {
                "zone": asked.soa.zone,
                "serial": asked.soa.serial,
                "minimum": asked.soa.minimum,
            }
        ),
    }


def _tls(tls: Tls) -> dict[str, Any]:
    return {
        "version": tls.version,
        "cipher": tls.cipher,
        "alpn": tls.alpn,
        "server_name": tls.server_name,
        "verified": tls.verified,
        "chain": [str(certificate) for certificate in tls.chain],
        "alerts": list(tls.alerts),
        "certificates": tls.certificates,
        "handshake": tls.handshake,
        "signature": tls.signature,
    }


def _response(response: Response) -> dict[str, Any]:
    return {
        "record": response.record,
        "octets": response.octets,
        "head": response.head,
        "status": response.status,
        "media_type": response.media_type,
        "location": response.location,
        "server_date": response.server_date,
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
        person=_read_person(top.object("collector"), top.object("vantage")),
        exchanges=tuple(_read_exchange(one) for one in top.each("exchanges")),
        stop=top.text_or_none("stop"),
    )
    top.done()
    return seen


def _read_person(collector: Fields, vantage: Fields) -> Person:
    person = Person(
        name=collector.text("name"),
        organisation=collector.text("organisation"),
        label=vantage.text("label"),
        network=vantage.text("network"),
        country=vantage.text("country"),
    )
    collector.done()
    vantage.done()
    return person


def _read_exchange(fields: Fields) -> Exchange:
    proxy = fields.object_or_none("proxy")
    tls = fields.object_or_none("tls")
    response = fields.object_or_none("response")
    fault = fields.object_or_none("fault")
    exchange = Exchange(
        role=_word(fields, "role", ROLES),
        url=fields.text("url"),
        attempt=fields.number("attempt"),
        date=_moment(fields, "date"),
        phase=_word(fields, "phase", PHASES),
        connection=fields.number_or_none("connection"),
        lookups=tuple(_read_lookup(one) for one in fields.each("lookups")),
        addresses=tuple(_read_address(one) for one in fields.each("addresses")),
        ip=fields.text_or_none("ip"),
        port=fields.number_or_none("port"),
        proxy=None if proxy is None else _read_proxy(proxy),
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


def _read_proxy(fields: Fields) -> Proxy:
    proxy = Proxy(
        addresses=tuple(_read_address(one) for one in fields.each("addresses")),
        ip=fields.text_or_none("ip"),
        port=fields.number_or_none("port"),
        status=fields.number_or_none("status"),
        request=fields.text_or_none("request"),
        answer=fields.text_or_none("answer"),
    )
    fields.done()
    return proxy


def _read_soa(fields: Fields) -> Soa:
    soa = Soa(
        zone=fields.text("zone"), serial=fields.number("serial"), minimum=fields.number("minimum")
    )
    fields.done()
    return soa


def _read_lookup(fields: Fields) -> Lookup:
    soa = fields.object_or_none("soa")
    lookup = Lookup(
        server=fields.text("server"),
        name=fields.text("name"),
        type=fields.text("type"),
        result=_word(fields, "result", LOOKUPS),
        addresses=fields.texts("addresses"),
        aliases=fields.texts("aliases"),
        seconds=fields.number_or_none("seconds"),
        question=fields.text_or_none("question"),
        answer=fields.text_or_none("answer"),
        soa=None if soa is None else _read_soa(soa),
    )
    fields.done()
    return lookup


def _read_tls(fields: Fields) -> Tls:
    tls = Tls(
        version=fields.text_or_none("version"),
        cipher=fields.text_or_none("cipher"),
        alpn=fields.text_or_none("alpn"),
        server_name=fields.text("server_name"),
        verified=fields.flag("verified"),
        chain=tuple(Digest.parse(one) for one in fields.texts("chain")),
        alerts=fields.texts("alerts"),
        certificates=fields.text_or_none("certificates"),
        handshake=fields.text_or_none("handshake"),
        signature=fields.text_or_none("signature"),
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
        server_date=fields.text_or_none("server_date"),
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
