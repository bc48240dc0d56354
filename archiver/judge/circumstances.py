"""What differs between two captures besides the text: outcome, way, server, header fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.http1 import Head
from archiver.judge.noise import is_token
from archiver.judge.outcome import Outcome
from archiver.observation import Exchange, Observation

# Header fields that say something about the page itself.
HEADERS = ("content-language", "content-location", "content-type", "link", "x-robots-tag")
# Header fields that tell of the server or of a copy: they change without the page, and the
# page without them.
OF_THE_SERVER = ("etag", "last-modified", "server")
# Relations that tell a browser what to load, not what the page is (RFC 8288 §3.3).
_LOADING = frozenset("preload modulepreload prefetch preconnect dns-prefetch prerender".split())
_LINK = re.compile(r"<[^<>]*>[^,<\"]*(?:\"[^\"]*\"[^,<\"]*)*")
_REL = re.compile(r";\s*rel\s*=\s*\"?([^\";]*)", re.I)
_PARTS = re.compile(r"[^/?&=;#,\s\"<>]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing that differs. `noise` says why it is none of the page's; None for a change."""

    name: str
    before: str | None
    after: str | None
    noise: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Circumstances:
    """What is known of a capture without its text; `head` is of the final response."""

    observation: Observation
    outcome: Outcome
    head: Head | None


def facts(before: Circumstances, after: Circumstances) -> Iterator[Fact]:
    """Everything that differs besides the text, in the order in which it is told."""
    yield from _outcome(before.outcome, after.outcome)
    one, two = before.observation.of_source(), after.observation.of_source()
    yield from _fact("http.status", _status(one[-1]), _status(two[-1]))
    yield from _way(one, two)
    yield from _server(one[-1], two[-1])
    if before.head is not None and after.head is not None:
        yield from _headers(before.head, after.head)
    yield from _requisites(before.observation, after.observation)


def _fact(name: str, before: str | None, after: str | None, noise: str | None = None) -> list[Fact]:
    if before == after:
        return []
    return [Fact(name=name, before=before, after=after, noise=noise)]


def _outcome(before: Outcome, after: Outcome) -> Iterator[Fact]:
    yield from _fact("outcome.state", before.state, after.state)
    yield from _fact("outcome.reason", before.reason, after.reason)


def _status(last: Exchange) -> str | None:
    response = last.response
    return None if response is None or response.status is None else str(response.status)


def _way(before: tuple[Exchange, ...], after: tuple[Exchange, ...]) -> Iterator[Fact]:
    """Where redirects led. Attempts at one address are one."""
    one, two = (" ".join(dict.fromkeys(hop.url for hop in hops)) for hops in (before, after))
    yield from _fact("redirects", one, two, _only_tokens(one, two))


def _only_tokens(before: str | None, after: str | None) -> str | None:
    """`token`, where nothing differs but what no person wrote."""
    if before is None or after is None:
        return None
    blanked = [_PARTS.sub(_blanked, text) for text in (before, after)]
    return "token" if blanked[0] == blanked[1] else None


def _blanked(part: re.Match[str]) -> str:
    return "\0" if is_token(part[0]) else part[0]


def _server(before: Exchange, after: Exchange) -> Iterator[Fact]:
    """Certificate and address, as far as both captures came to see one."""
    if before.tls is not None and after.tls is not None:
        one, two = before.tls, after.tls
        yield from _fact("certificate.verified", _flag(one.verified), _flag(two.verified))
        if one.chain and two.chain:
            yield from _fact("certificate.leaf", str(one.chain[0]), str(two.chain[0]))
            issuers = [" ".join(map(str, tls.chain[1:])) for tls in (one, two)]
            yield from _fact("certificate.issuers", issuers[0], issuers[1])
    if before.ip is not None and after.ip is not None:
        same_names = {before.ip, after.ip}
        rotation = any(same_names <= set(_named(one)) for one in (before, after))
        yield from _fact("address", before.ip, after.ip, "rotation" if rotation else None)


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _named(one: Exchange) -> Iterator[str]:
    """The addresses that name servers gave for the name, and those that were tried."""
    for asked in one.lookups:
        yield from asked.addresses
    yield from (tried.ip for tried in one.addresses)


def _headers(before: Head, after: Head) -> Iterator[Fact]:
    for name in HEADERS:
        one, two = _field(before, name), _field(after, name)
        yield from _fact(f"header.{name}", one, two, _only_tokens(one, two))
    for name in OF_THE_SERVER:
        one, two = _field(before, name), _field(after, name)
        yield from _fact(f"header.{name}", one, two, "server")


def _field(head: Head, name: str) -> str | None:
    values = head.values(name)
    if name == "link":
        links = [link for value in values for link in _LINK.findall(value)]
        values = tuple(link.strip() for link in links if not _is_for_loading(link))
    return ", ".join(values) or None


def _is_for_loading(link: str) -> bool:
    relation = _REL.search(link)
    return relation is not None and set(relation[1].lower().split()) <= _LOADING


def _requisites(before: Observation, after: Observation) -> Iterator[Fact]:
    """What the page named to be shown whole: pictures, styles, scripts. Never the text."""
    one, two = _came(before), _came(after)
    for url in sorted({*one, *two}):
        yield from _fact(f"requisite {url}", one.get(url), two.get(url), "requisite")
    if one == two and list(one) != list(two):
        orders = [" ".join(urls) for urls in (one, two)]
        yield from _fact("requisites.order", orders[0], orders[1], "requisite")


def _came(seen: Observation) -> dict[str, str]:
    """By URL what the last exchange with it came to."""
    came = {}
    for one in seen.requisites():
        if one.response is None or one.response.status is None:
            came[one.url] = "nothing" if one.fault is None else one.fault.type
        else:
            came[one.url] = f"HTTP {one.response.status} {one.response.entity_digest}"
    return came
