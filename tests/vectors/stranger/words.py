"""What only this version says: its faults' words, its controls, its public addresses
(docs/format.md §7, §10.6.3 and rules 14, 15, 18)."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from typing import Any

CONTROLS = ["https://example.com/", "https://www.wikipedia.org/", "https://www.debian.org/"]
FAULTS = """
dns.nxdomain the name server says that there is no such name (NXDOMAIN)
dns.nodata the name server knows the name, but no address of it
dns.servfail the name server failed (SERVFAIL)
dns.refused the name server refused to answer (REFUSED)
dns.timeout the name server did not answer in time
dns.timeout the resolver did not answer in time
dns.failed the name server could not be asked, or gave no proper answer
dns.failed the name was not resolved
tcp.timeout the connection was not answered in time
tcp.refused the connection was refused
tcp.unreachable there is no way to the address
tcp.reset the connection was reset
tcp.reset the connection was reset during the handshake
tcp.reset the connection was reset while the request was sent
tcp.reset the connection was reset before a response
tls.not_yet_valid the certificate is not valid yet
tls.expired the certificate has expired
tls.self_signed the certificate is signed by itself
tls.wrong_host the certificate is for another host
tls.wrong_host the certificate is for another address
tls.untrusted the certificate does not lead to a trusted root
tls.old_version the server speaks no TLS of 1.2 or newer
tls.timeout the TLS handshake did not end in time
tls.failed the TLS handshake failed
tls.failed the server asked for a client certificate, and broke off without one
tls.failed the server broke the TLS handshake off (alert N)
tls.failed the connection was closed in the TLS handshake
tls.failed what answered is not TLS
tls.failed the server broke TLS off before a response
http.timeout no response within the deadline
http.timeout the request could not be sent in time
http.invalid what came back is not an HTTP response
http.invalid the head of the answer is larger than we read
http.closed the connection closed without a response
local.refused_by_policy the name leads to an address that is not public
local.refused_by_policy the proxy is not asked for an address or a name that is not public
local.proxy the proxy closed the connection without an answer
local.proxy the proxy did not answer in time
local.proxy the proxy broke the connection off
local.proxy what the proxy answered is not HTTP
local.proxy the proxy refused to connect (HTTP N)
local.proxy the proxy sent more than its answer
"""
WORDS = [one.partition(" ")[::2] for one in FAULTS.strip().splitlines()]
TYPES = {kind for kind, _ in WORDS}
ON_THE_WAY = "on the way through the proxy: "


def in_words(kind: str, message: str) -> bool:
    """Whether the list has this fault in these words."""
    by_proxy = kind == "local.proxy" and message.startswith(ON_THE_WAY)
    message = message.removeprefix(ON_THE_WAY) if by_proxy else message
    return any(
        re.fullmatch(re.escape(words).replace("\\ N\\)", " [0-9]{1,3}\\)"), message)
        for known, words in WORDS
        if by_proxy or known == kind
    )


CLOSED = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24
198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20
"""


def is_public(text: str) -> bool:
    """Whether this is a public address."""
    with suppress(ValueError):
        ip: Any = ipaddress.ip_address(text)
        if ip.version == 6 and (ip.scope_id or ip not in ipaddress.ip_network("2000::/3")):
            return False
        return not any(ip in ipaddress.ip_network(net) for net in CLOSED.split())
    return False
