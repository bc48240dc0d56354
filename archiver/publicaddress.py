"""Which addresses are public. The table is ours: `ipaddress.is_global` differs between Python
versions and is wrong for several ranges (CVE-2024-4032).
"""

from __future__ import annotations

import ipaddress

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
