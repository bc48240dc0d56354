"""Which addresses may be connected to. The table is ours: `ipaddress.is_global`
differs between Python versions and is wrong for several ranges (CVE-2024-4032).
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# IANA special-purpose registries (RFC 6890 and later), as far as not publicly reachable.
_IPV4_CLOSED = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# IPv6 is closed but for global unicast, less the parts of it that lead elsewhere
# (Teredo and other protocol assignments, documentation, 6to4, AS112).
_IPV6_OPEN = ipaddress.IPv6Network("2000::/3")
_IPV6_CLOSED = tuple(
    ipaddress.IPv6Network(net)
    for net in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


def is_public(address: IPAddress) -> bool:
    """Whether the address is a public unicast one."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in net for net in _IPV4_CLOSED)
    if address.scope_id is not None or address not in _IPV6_OPEN:
        return False
    return not any(address in net for net in _IPV6_CLOSED)


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
