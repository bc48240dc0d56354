"""Which addresses may be connected to."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from archiver.publicaddress import IPAddress, is_public

# Names that lead nowhere in public, whoever resolves them (RFC 6761, 6762, 8375; ICANN's
# resolution 2024.07.29.06).
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa")


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Public addresses, and those few others that the person named; `hosts` as they were
    named, where a proxy resolves them."""

    opened: frozenset[IPAddress] = frozenset()
    hosts: frozenset[str] = frozenset()

    def permits(self, ip: str) -> bool:
        """Whether this address, in this very form, may be connected to."""
        try:
            address = ipaddress.ip_address(ip)
        except ValueError:
            return False
        return is_public(address) or address in self.opened

    def permits_host(self, host: str) -> bool:
        """Whether a proxy may be asked for this host: it is not private by its spelling."""
        if host in self.hosts:
            return True
        try:
            return is_public(ipaddress.ip_address(host))
        except ValueError:
            name = host.lower().rstrip(".")
        # A name without a dot is looked for in the proxy's own domain.
        return "." in name and not f".{name}".endswith(tuple(f".{one}" for one in _LOCAL_NAMES))
