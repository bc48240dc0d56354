"""Signs that a content network (CDN) answered in the place of the source's own server."""

from __future__ import annotations

from archiver.http1 import Head
from archiver.observation import Exchange

# Header fields that only such networks write.
_FIELDS = (
    "cf-ray",
    "x-amz-cf-id",
    "x-azure-ref",
    "x-akamai-transformed",
    "akamai-grn",
    "x-fastly-request-id",
    "x-sucuri-id",
    "x-iinfo",
    "x-vercel-id",
    "x-nf-request-id",
    "x-bunny-server",
    "cdn-requestid",
    "x-qrator-request-id",
    "ddg-cache-status",
)
_SERVERS = (
    "cloudflare",
    "akamaighost",
    "cloudfront",
    "ddos-guard",
    "bunnycdn",
    "sucuri",
    "qrator",
    "keycdn",
    "netlify",
    "vercel",
)
# Where the names of such networks' servers end.
_ZONES = (
    ".cdn.cloudflare.net",
    ".cloudfront.net",
    ".akamaiedge.net",
    ".edgekey.net",
    ".edgesuite.net",
    ".fastly.net",
    ".azureedge.net",
    ".azurefd.net",
    ".b-cdn.net",
    ".incapdns.net",
    ".vercel-dns.com",
)


def network_in_front(head: Head, last: Exchange) -> str | None:
    """The first sign, in words; None where there is none. That there is none shows nothing."""
    for name in _FIELDS:
        if head.values(name):
            return f"the header field {name}"
    server = " ".join(head.values("server")).lower()
    for name in _SERVERS:
        if name in server:
            return f"the header field Server names {name}"
    if any("varnish" in one.lower() for one in head.values("via")) and head.values("x-served-by"):
        return "the header field X-Served-By, behind a cache"
    for alias in (alias for asked in last.lookups for alias in asked.aliases):
        zone = next((one for one in _ZONES if alias.lower().rstrip(".").endswith(one)), None)
        if zone is not None:
            return f"the name stands for one that ends in {zone}"
    return None
