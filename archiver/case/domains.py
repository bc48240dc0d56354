"""Hosts and the domains that can be registered, by the public suffix list that is installed."""

from __future__ import annotations

import ipaddress
from functools import cache
from typing import Any


def registrable_domain(host: str) -> str:
    """The domain that somebody registered: `bbc.co.uk` for `www.bbc.co.uk`. Never fails.

    An IP address, a single label, and a public suffix itself stay as they are.
    """
    host = host.lower()
    if is_address(host) or "." not in host.strip("."):
        return host
    try:
        return str(_suffixes().privatesuffix(host) or host)
    except (ValueError, LookupError):  # a label that cannot be encoded
        return host


def is_address(host: str) -> bool:
    """Whether this is an IP address in its usual spelling, without brackets."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def same_domain(one: str, other: str) -> bool:
    """Whether two spellings (Unicode or `xn--`) name the same domain."""
    return _ascii(one) == _ascii(other)


@cache
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def _ascii(host: str) -> str:
    if len(host) > 253:  # no domain; the codec takes the square of its length
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()
