"""Names: each was asked once an attempt, of every server and for both kinds of address, and what
came of that fits every exchange with that name."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from contextlib import suppress

from archiver.observation import Exchange, Lookup, Observation, lookup_fault
from archiver.verify.addresses import host

_TYPES = ("A", "AAAA")
_SILENT = ("dns.failed", "dns.timeout")  # what the system's own look-up can come to


def misnamed(seen: Observation) -> Iterator[tuple[int, str]]:
    """Every exchange that contradicts what the name servers were asked and said."""
    given = tuple(seen.settings.get("resolvers") or ())
    known: dict[str, tuple[Lookup, ...]] = {}
    attempt = 1
    for place, one in enumerate(seen.exchanges):
        if one.role == "source":
            if one.attempt > attempt:
                known.clear()  # another attempt asks anew
            attempt = one.attempt
        name = host(one.url if one.proxy is None else str(seen.settings.get("proxy"))) or ""
        if one.lookups and not _whole(one.lookups, given):
            yield place, "not every name server was asked for both kinds of address"
        if one.lookups and literal(name) is not None:
            yield place, "a name server was asked for an address"
        # The answers stand with the first exchange in order; each control asks for itself.
        said = one.lookups if one.lookups or one.role == "control" else known.get(name, ())
        known[name] = said
        if not _fault_fits(one, said):
            yield place, "the fault is not what the name servers said"
        if given and literal(name) is None and not _given(one, said):
            yield place, "an address was tried that no name server gave"


def _whole(lookups: Sequence[Lookup], given: tuple[str, ...]) -> bool:
    """Whether all servers were asked, in order; without given ones the system's first."""
    servers = given or (lookups[0].server,)
    asked = [(one.server, one.type) for one in lookups]
    return asked == [(server, kind) for server in servers for kind in _TYPES]


def _fault_fits(one: Exchange, said: Sequence[Lookup]) -> bool:
    """Whether a fault of the look-up is the one that its answers give."""
    if one.fault is None or not one.fault.type.startswith("dns."):
        return True
    due = lookup_fault({asked.result for asked in said})
    return one.fault.type in (_SILENT if due is None else (due,))


def _given(one: Exchange, said: Sequence[Lookup]) -> bool:
    tried = {literal(each.ip) for each in (one.proxy or one).addresses}
    return tried <= {literal(ip) for asked in said for ip in asked.addresses}


def literal(name: str) -> object | None:
    """The address that a host is; None for a name."""
    with suppress(ValueError):
        return ipaddress.ip_address(name)
    return None
