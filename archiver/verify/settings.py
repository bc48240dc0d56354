"""What was set, and what was done: nothing that was set off, and no more than was allowed."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from archiver import faults
from archiver.observation import DEFAULT_CONTROLS, Address, Exchange, Observation
from archiver.publicaddress import is_public


def unset(seen: Observation) -> Iterator[tuple[int | None, str]]:
    """Everything that the settings did not ask for, with the exchange's place where it has one."""
    settings = seen.settings
    if seen.requisites() and settings.get("requisites") is not True:
        yield None, "requisites were asked for, against what was set"
    if any(one.attempt > settings.get("attempts", 1) for one in seen.of_source()):
        yield None, "the source was asked more often than was set"
    moments = {seen.started, seen.ended, *(one.date for one in seen.exchanges)}
    if seen.clock == "SOURCE_DATE_EPOCH" and len(moments) > 1:
        yield None, "a clock that was set to one moment went on"
    for place, one in enumerate(seen.exchanges):
        if one.role == "source" and not _cut_rightly(one, settings.get("max_octets", 0)):
            yield place, "a body was cut as too large that is not"


def _cut_rightly(one: Exchange, most: int) -> bool:
    """Whether a body that was cut for its length has as many octets as were allowed."""
    response = one.response
    if response is None or response.truncated != "length":
        return True
    return response.octets - response.head >= most


def unlike_ours(seen: Observation) -> Iterator[tuple[int | None, str]]:
    """What this version never does or says: its own words and tables, which others may change."""
    settings = seen.settings
    if not settings.get("controls_given") and settings.get("controls") != list(DEFAULT_CONTROLS):
        yield None, "the controls are not this version's, and nobody is said to have named them"
    for place, one in enumerate(seen.exchanges):
        if one.fault is not None and not faults.in_our_words(one.fault):
            yield place, "the fault has other words than this version's"
        named = one.role == "control" and settings.get("controls_given") is True
        opened = named or settings.get("allow_private_addresses") is True
        tried = chain(one.addresses, () if one.proxy is None else one.proxy.addresses)
        for address in tried:
            if not _permitted(address, opened=opened or one.proxy is not None):
                yield place, f"{address.ip:.100} was {address.result:.40}, against what was set"


def _permitted(tried: Address, *, opened: bool) -> bool:
    """Whether the policy came to this; `opened`: an address that is not public may be asked."""
    public = False
    with suppress(ValueError):
        public = is_public(ipaddress.ip_address(tried.ip))
    return not public if tried.result == "refused_by_policy" else public or opened
