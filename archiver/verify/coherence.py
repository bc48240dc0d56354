"""What `evidence/capture.json` says must fit itself: addresses, hops, controls, phases."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from itertools import chain, pairwise
from urllib.parse import urlsplit

from archiver.case.urls import check_source_url
from archiver.errors import InvalidInput, Problem
from archiver.http1 import REDIRECTS
from archiver.observation import (
    CERTIFICATE_FAULTS,
    SHOWN_BY_TLS,
    Exchange,
    Observation,
    lookup_fault,
)
from archiver.package.derive import CAPTURE
from archiver.sibling import sibling_url
from archiver.verify.addresses import host, leads_to, same_address, server
from archiver.verify.connections import misconnected, reused

# How far a connection can have come, by its fault or the first word of that.
_PHASES = {
    "local": ("address",),
    "local.proxy": ("dns", "tcp", "proxy", "tls", "request", "response"),
    "dns": ("dns",),
    "tcp": ("tcp", "tls", "request", "response"),
    "tls": ("tls", "request", "response"),
    "http": ("request", "response"),
}


def incoherences(seen: Observation) -> Iterator[Problem]:
    """Every place where the capture contradicts itself."""
    yield from _span(seen)
    yield from _hops(seen)
    yield from _probes(seen)
    yield from _controls(seen)
    for number, what in _each(seen):
        yield _problem(what, f"{CAPTURE} exchanges[{number}]")


def _each(seen: Observation) -> Iterator[tuple[int, str]]:
    not_first = reused(seen.exchanges)
    for number, one in enumerate(seen.exchanges):
        opened = () if number in not_first else _connection(one)
        for what in chain(_address(one), opened, _course(one), _proxied(one, seen)):
            yield number, what
    yield from misconnected(seen.exchanges)


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


def _hops(seen: Observation) -> Iterator[Problem]:
    hops = seen.of_source()
    if not hops:
        yield _problem("no exchange with the source")
        return
    if not same_address(seen.source, hops[0].url):
        yield _problem("the first exchange is not with the source")
    for one, following in pairwise(hops):
        if not _follows(one, following):
            yield _problem(f"nothing led from {one.url:.200} to {following.url:.200}")
    yield from _courses(seen, hops)


def _courses(seen: Observation, hops: tuple[Exchange, ...]) -> Iterator[Problem]:
    led = [following.url for one, following in pairwise(hops) if _target(one) is not None]
    urls = [hops[0].url, *led]
    if len(set(urls)) != len(urls):
        yield _problem("the same address was asked again later")
    for number, one in enumerate(seen.exchanges):
        before = seen.exchanges[number - 1] if number else None
        if _went_on_unproved(one) and not (before and _doubted(before, one)):
            yield _problem("a server was not asked to prove who it is, for no reason")
    firsts = [hops[0], *seen.probes(), *seen.controls(), *_first_asked(seen)]
    status = None if hops[-1].response is None else hops[-1].response.status
    if seen.requisites() and (status is None or not 200 <= status < 300):
        yield _problem("requisites of a page that did not come")
    if any(one.attempt != 1 for one in firsts):
        yield _problem("a first attempt is not numbered 1")
    if (_target(hops[-1]) is not None) != (seen.stop is not None):
        yield _problem("`stop` does not fit the last answer: it is a redirect, or it is none")


def _first_asked(seen: Observation) -> Iterator[Exchange]:
    """The requisites, without those that were asked again because an old connection was dead."""
    not_first = reused(seen.exchanges)
    for number, one in enumerate(seen.exchanges):
        before = seen.exchanges[number - 1] if number else None
        again = (
            before is not None
            and (before.url, before.role, before.attempt) == (one.url, "requisite", 1)
            and before.response is None
            and number - 1 in not_first
            and number not in not_first
        )
        if one.role == "requisite" and not (again and one.attempt == 2):
            yield one


def _follows(one: Exchange, following: Exchange) -> bool:
    """Whether a redirect, another attempt, or a certificate at fault led to the next exchange."""
    target = _target(one)
    if target is not None:
        return following.attempt == 1 and leads_to(one.url, target, following.url)
    if one.url != following.url or one.fault is None:
        return False
    if one.fault.type in CERTIFICATE_FAULTS:
        return following.attempt == one.attempt and _unproved(following)
    return following.attempt == one.attempt + 1


def _went_on_unproved(one: Exchange) -> bool:
    return one.tls is not None and not one.tls.verified and one.phase != "tls"


def _doubted(before: Exchange, one: Exchange) -> bool:
    """Whether the exchange before failed for its certificate, at the same address."""
    failed = before.fault is not None and before.fault.type in CERTIFICATE_FAULTS
    return (
        failed
        and before.url == one.url
        and before.role == one.role
        and one.role in ("source", "probe")
    )


def _unproved(one: Exchange) -> bool:
    """Whether the server was not asked to prove who it is (or no handshake came about)."""
    return one.tls is None or not one.tls.verified


def _target(one: Exchange) -> str | None:
    if one.response is None or one.response.status not in REDIRECTS:
        return None
    return one.response.location


def _probes(seen: Observation) -> Iterator[Problem]:
    """The sibling probe: there exactly where it is due, at the address that follows from the
    first exchange, and then hop by hop."""
    hops, probes = seen.of_source(), seen.probes()
    if not hops:
        return
    last = hops[-1].response
    status = None if last is None or last.truncated is not None else last.status
    came = status is not None and 200 <= status < 300
    sibling = sibling_url(hops[0].url, hops[0].date)
    due = came and sibling is not None and seen.settings.get("probe") is True
    if due != bool(probes):
        yield _problem("a sibling of the page was asked for, or not, against what was set")
    elif probes and not same_address(str(sibling), probes[0].url):
        yield _problem("the probe is not the sibling that follows from the first exchange")
    for one, following in pairwise(probes):
        if not _follows(one, following):
            yield _problem(f"nothing led the probe from {one.url:.200} to {following.url:.200}")


def _controls(seen: Observation) -> Iterator[Problem]:
    """All the controls that the settings name, in their order, or none at all."""
    asked = seen.controls()
    named = seen.settings.get("controls", ())
    if asked and not (
        len(asked) == len(named)
        and all(same_address(url, one.url) for url, one in zip(named, asked, strict=True))
    ):
        yield _problem("the controls asked are not those that the settings name")


def _address(one: Exchange) -> Iterator[str]:
    try:
        check_source_url(one.url)
        one.url.encode("ascii")  # as it goes over the wire
        addresses = [str(ipaddress.ip_address(tried.ip)) for tried in one.addresses]
    except (InvalidInput, ValueError):
        yield "an address that nobody can ask"
        return
    there = server(one.url)
    if any(there is None or tried.port != there[2] for tried in one.addresses):
        yield "a port was tried that is not the one of the URL"
    literal = _literal(one.url)
    if literal is not None and any(ip != literal for ip in addresses):
        yield "an address was tried that is not the one in the URL"


def _literal(url: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host(url) or ""))
    except ValueError:
        return None


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
    if (peer.ip, peer.port) != reached or len(connected) > 1:
        yield "the address connected to is not the one that answered"
    if connected and peer.addresses[-1] is not connected[0]:
        yield "an address was tried after one had answered"
    if not _tried(one):
        yield "what became of the addresses does not fit the fault"
    if not connected and (one.request is not None or one.response is not None):
        yield "octets went over a connection that there was not"
    due = bool(connected) and _tunnels(one) and one.phase != "proxy"
    yield from _secured(one, due)
    if one.fault is not None and not _named_rightly(one):
        yield "the fault is not what the name servers said"


def _secured(one: Exchange, due: bool) -> Iterator[str]:
    if due != (one.tls is not None):
        yield "TLS is said where there was none, or not said where there was"
    elif one.tls is not None:
        if one.tls.server_name != host(one.url):
            yield "TLS was asked for another host"
        if one.tls.verified and one.phase == "tls":
            yield "a handshake went well and ended there"
    if one.phase == "tls" and one.tls is None:
        yield "a handshake failed that there was not"


def _named_rightly(one: Exchange) -> bool:
    """Whether a fault of the look-up is the one that its answers give."""
    assert one.fault is not None  # noqa: S101 - the caller has looked
    kind, _, word = one.fault.type.partition(".")
    if kind != "dns":
        return True
    given = lookup_fault({asked.result for asked in one.lookups})
    return word in ("failed", "timeout") if given is None else given == one.fault.type


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


def _course(one: Exchange) -> Iterator[str]:
    answered = one.response is not None and one.response.status is not None
    if answered == (one.fault is not None):
        yield "a fault and a response with a status exclude each other"
    elif one.fault is not None:
        kind = one.fault.type.partition(".")[0]
        if one.phase not in _PHASES.get(one.fault.type, _PHASES.get(kind, ())):
            yield f"a fault of the kind {one.fault.type:.80} does not come in phase {one.phase}"
        elif ((one.proxy or one).ip is None) != (one.phase in ("address", "dns", "tcp")):
            yield f"phase {one.phase} does not fit the connection"
    elif one.response is not None:
        whole = one.response.truncated is None
        if one.phase != ("done" if whole else "response"):
            yield f"phase {one.phase} does not fit a response that is " + (
                "whole" if whole else "truncated"
            )


def _problem(what: str, where: str = CAPTURE) -> Problem:
    return Problem(where=where, rule="coherence", what=what)
