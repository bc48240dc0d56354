"""What led from one exchange to the next: redirects, attempts, certificates at fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from archiver.case.urls import LIMIT, check_source_url
from archiver.errors import InvalidInput
from archiver.http1 import REDIRECTS
from archiver.observation import CERTIFICATE_FAULTS, MAX_HOPS, Exchange, Observation
from archiver.redirects import resolved
from archiver.sibling import sibling_url
from archiver.verify.addresses import host, leads_to, same_address
from archiver.verify.connections import reused

_FINAL = ("http.invalid", "local.refused_by_policy")  # faults after which nobody asks again
_SURELY_SHORT = LIMIT // 3  # octets; percent-encoding makes three of one
_PLAIN = re.compile("[!-~\u00c0-\u02af\u0370-\u052f]+")  # Latin, Greek, Cyrillic
_PLAIN_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]{2,63}")


def misled(seen: Observation) -> Iterator[str]:
    """Every exchange with the source and the probe that nothing led to, or that is missing."""
    yield from _hops(seen)
    yield from _probes(seen)


def _hops(seen: Observation) -> Iterator[str]:
    hops = seen.of_source()
    if not hops:
        yield "no exchange with the source"
        return
    if not same_address(seen.source, hops[0].url):
        yield "the first exchange is not with the source"
    for one, following in pairwise(hops):
        if not _follows(one, following):
            yield f"nothing led from {one.url:.200} to {following.url:.200}"
    yield from _courses(seen, hops)


def _courses(seen: Observation, hops: tuple[Exchange, ...]) -> Iterator[str]:
    led = [following.url for one, following in pairwise(hops) if _target(one) is not None]
    urls = [hops[0].url, *led]
    if len(set(urls)) != len(urls):
        yield "the same address was asked again later"
    for number, one in enumerate(seen.exchanges):
        before = seen.exchanges[number - 1] if number else None
        if _went_on_unproved(one) and not (before and _doubted(before, one)):
            yield "a server was not asked to prove who it is, for no reason"
    firsts = [hops[0], *seen.probes(), *seen.controls(), *_first_asked(seen)]
    status = None if hops[-1].response is None else hops[-1].response.status
    if seen.requisites() and (status is None or not 200 <= status < 300):
        yield "requisites of a page that did not come"
    if any(one.attempt != 1 for one in firsts):
        yield "a first attempt is not numbered 1"
    if not _stopped(seen.stop, hops[-1], urls):
        yield "`stop` does not fit the last answer: where that leads, or that it leads nowhere"
    yield from _left(seen)


def _stopped(stop: str | None, last: Exchange, asked: list[str]) -> bool:
    """Whether redirects ended where they had to, and for the reason that is said."""
    target = _target(last)
    if target is None or stop is None:
        return target is None and stop is None
    match stop:
        case "redirect.loop":
            return any(leads_to(last.url, target, url) for url in asked)
        case "redirect.too_many":
            return len(asked) > MAX_HOPS
        case _:
            return not _askable(last.url, target)


def _askable(url: str, location: str) -> bool:
    """Whether a redirect leads to what can be asked for, beyond all doubt. What `requests`
    makes of odd hosts may change with its version: of these nothing is said."""
    target = resolved(url, location) or ""
    if _PLAIN.fullmatch(target) is None or len(target.encode()) > _SURELY_SHORT:
        return False
    try:
        check_source_url(target)
    except InvalidInput:
        return False
    return _PLAIN_HOST.fullmatch(host(target) or "") is not None


def _left(seen: Observation) -> Iterator[str]:
    """Whoever does not prove who it is, is asked once more without a proof."""
    for place, one in enumerate(seen.exchanges):
        before, after = (
            seen.exchanges[other] if 0 <= other < len(seen.exchanges) else None
            for other in (place - 1, place + 1)
        )
        failed = one.fault is not None and one.fault.type in CERTIFICATE_FAULTS
        if not failed or one.role not in ("source", "probe") or (before and _doubted(before, one)):
            continue
        again = after and (after.role, after.url, after.attempt) == (one.role, one.url, one.attempt)
        if not again:
            yield "a server whose certificate was at fault was not asked again without proof"


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
    return following.attempt == one.attempt + 1 and one.fault.type not in _FINAL


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


def _probes(seen: Observation) -> Iterator[str]:
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
        yield "a sibling of the page was asked for, or not, against what was set"
    elif probes and not same_address(str(sibling), probes[0].url):
        yield "the probe is not the sibling that follows from the first exchange"
    for one, following in pairwise(probes):
        if not _follows(one, following):
            yield f"nothing led the probe from {one.url:.200} to {following.url:.200}"
