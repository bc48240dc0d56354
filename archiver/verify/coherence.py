"""What `evidence/capture.json` says must fit itself: addresses, hops, controls, phases."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlsplit

from archiver.case.urls import check_source_url
from archiver.errors import InvalidInput, Problem
from archiver.observation import (
    CERTIFICATE_FAULTS,
    SHOWN_BY_TLS,
    Exchange,
    Observation,
)
from archiver.package.derive import CAPTURE
from archiver.verify.addresses import host, same_address, server
from archiver.verify.connections import misconnected, reused
from archiver.verify.course import misled
from archiver.verify.ending import misended
from archiver.verify.lookups import literal, misnamed
from archiver.verify.settings import unlike_ours, unset


def incoherences(seen: Observation, *, ours: bool) -> Iterator[Problem]:
    """Every place where the capture contradicts itself. `ours`: this very version made it."""
    yield from _span(seen)
    for what in chain(misled(seen), _controls(seen)):
        yield _problem(what)
    for number, what in chain(_each(seen), unset(seen), unlike_ours(seen) if ours else ()):
        yield _problem(what, CAPTURE if number is None else f"{CAPTURE} exchanges[{number}]")


def _each(seen: Observation) -> Iterator[tuple[int, str]]:
    not_first = reused(seen.exchanges)
    for number, one in enumerate(seen.exchanges):
        opened = () if number in not_first else _connection(one)
        for what in chain(_address(one), opened, misended(one), _proxied(one, seen)):
            yield number, what
    yield from misconnected(seen.exchanges)
    yield from misnamed(seen)


def _span(seen: Observation) -> Iterator[Problem]:
    hops = [one.date for one in seen.of_source()]
    dates = [seen.started, *(one.date for one in seen.exchanges), seen.ended]
    if min(dates) != seen.started or max(dates) != seen.ended:
        yield _problem("an exchange is dated outside the capture")
    if hops != sorted(hops):
        yield _problem("a hop is dated before the one that led to it")
    roles = [one.role for one in seen.exchanges]
    if roles != sorted(roles, reverse=True):
        yield _problem("the exchanges are out of order: source, requisites, probe, controls")


def _controls(seen: Observation) -> Iterator[str]:
    """All the controls that the settings name, in their order, where the source leaves it in
    doubt whose fault it was; else none."""
    asked, hops = seen.controls(), seen.of_source()
    named = seen.settings.get("controls", ())
    if asked and not (
        len(asked) == len(named)
        and all(same_address(url, one.url) for url, one in zip(named, asked, strict=True))
    ):
        yield "the controls asked are not those that the settings name"
    if hops and bool(asked) != _in_doubt(hops[-1]):
        yield "controls were asked, or not, against what the source came to"


def _in_doubt(last: Exchange) -> bool:
    if last.fault is not None:
        return last.fault.type != "local.refused_by_policy"
    return last.tls is not None and not last.tls.verified


def _address(one: Exchange) -> Iterator[str]:
    try:
        check_source_url(one.url)
        one.url.encode("ascii")  # as it goes over the wire
        addresses = [ipaddress.ip_address(tried.ip) for tried in one.addresses]
    except (InvalidInput, ValueError):
        yield "an address that nobody can ask"
        return
    there = server(one.url)
    if any(there is None or tried.port != there[2] for tried in one.addresses):
        yield "a port was tried that is not the one of the URL"
    itself = literal(host(one.url) or "")
    if itself is not None and any(ip != itself for ip in addresses):
        yield "an address was tried that is not the one in the URL"


def _proxied(one: Exchange, seen: Observation) -> Iterator[str]:
    """A proxy stands on the way of all exchanges or of none, and what fails there is its fault."""
    named = seen.settings.get("proxy")
    if (one.proxy is None) != (named is None):
        yield "a proxy is said where there was none, or not said where there was"
    if one.proxy is None:
        if one.phase == "proxy" or (one.fault is not None and one.fault.type == "local.proxy"):
            yield "a proxy failed that there was not"
        return
    if one.addresses or one.ip is not None or one.port is not None:
        yield "an address of the source is said that only the proxy knows"
    port = urlsplit(str(named)).port
    if any(tried.port != port for tried in one.proxy.addresses):
        yield "the proxy was tried at a port that is not its own"
    if one.proxy.request is not None and not _tunnels(one):
        yield "the proxy was asked for a way that was not needed"
    opened = one.proxy.status is not None and 200 <= one.proxy.status < 300
    if one.phase in ("tls", "request", "response", "done") and opened != _tunnels(one):
        yield "the proxy did not open the way that was gone"
    if one.fault is not None and not _of_proxy(one.fault.type, secure=one.tls is not None):
        yield f"a fault of the kind {one.fault.type:.80} cannot be told from one of the proxy"


def _tunnels(one: Exchange) -> bool:
    return one.url.lower().startswith("https:")


def _of_proxy(kind: str, *, secure: bool) -> bool:
    shown = secure and (kind in CERTIFICATE_FAULTS or kind in SHOWN_BY_TLS)
    return shown or kind in ("local.proxy", "local.refused_by_policy")


def _connection(one: Exchange) -> Iterator[str]:
    peer = one.proxy or one
    connected = [tried for tried in peer.addresses if tried.result == "connected"]
    reached = (connected[0].ip, connected[0].port) if connected else (None, None)
    if (peer.ip, peer.port) != reached:
        yield "the address connected to is not the one that answered"
    if connected and peer.addresses[-1] is not connected[0]:
        yield "an address was tried after one had answered"
    if not _tried(one):
        yield "what became of the addresses does not fit the fault"
    if not connected and (one.request is not None or one.response is not None):
        yield "octets went over a connection that there was not"
    due = bool(connected) and _tunnels(one) and one.phase != "proxy"
    yield from _secured(one, due)


def _secured(one: Exchange, due: bool) -> Iterator[str]:
    if due != (one.tls is not None):
        yield "TLS is said where there was none, or not said where there was"
    elif one.tls is not None:
        if one.tls.server_name != host(one.url):
            yield "TLS was asked for another host"
        if one.tls.verified and one.phase == "tls":
            yield "a handshake went well and ended there"
        if one.tls.version is None and one.phase != "tls":
            yield "a handshake went well, and chose no version of TLS"
    if one.phase == "tls" and one.tls is None:
        yield "a handshake failed that there was not"


def _tried(one: Exchange) -> bool:
    """Whether each address came to what it must have come to for the connection to go on."""
    results = [tried.result for tried in (one.proxy or one).addresses]
    match one.phase:
        case "dns":
            return not results
        case "address":
            return set(results) <= {"refused_by_policy", "not_tried"}
        case "tcp":
            if one.proxy is not None:
                return bool(results) and results[-1].startswith("tcp.")
            ended = None if one.fault is None else one.fault.type
            return bool(results) and results[-1] == ended
        case _:
            return all(result.startswith("tcp.") for result in results[:-1])


def _problem(what: str, where: str = CAPTURE) -> Problem:
    return Problem(where=where, rule="coherence", what=what)
