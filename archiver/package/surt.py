"""SURT keys (Sort-friendly URI Reordering Transform): what replay tools look a page up by.

The rules are those that web archives share (the Wayback Machine's, which pywb and CDXJ tools
use through the `surt` library); what is different about two URLs and does not count there
(case, `www.`, escapes, order of the query, session ids) does not count here.
"""

from __future__ import annotations

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from archiver.http1 import DEFAULT_PORTS

_WWW = re.compile(r"\Awww[0-9]*\.")
_UNESCAPED = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_ASPX = tuple(
    re.compile(rb"(.*/)" + session + rb"/([^?]+\.aspx.*)", re.I | re.S)
    for session in (rb"\((?:[a-z]\([0-9a-z]{24}\))+\)", rb"\([0-9a-z]{24}\)")
)
_SESSIONS = tuple(
    re.compile(rb"(.*)" + session + rb"(?:&(.*))?", re.I | re.S)
    for session in (
        rb"jsessionid=[0-9a-z]{32}",
        rb"phpsessid=[0-9a-z]{32}",
        rb"sid=[0-9a-z]{32}",
        rb"ASPSESSIONID[a-z]{8}=[a-z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
)


def surt(url: str) -> str:
    """The key of an http(s) URL as a client asks for it, or of one of our own URNs."""
    if not url.lower().startswith(("http://", "https://")):
        scheme, _, rest = url.partition(":")
        path, _, query = rest.partition("?")
        # URNs have no folders: their path is only unescaped.
        return f"{scheme}:{_end_of_path(_unescaped(path))}{_query(query)}"
    parts = urlsplit(url)
    host = (parts.hostname or "").replace("..", ".").strip(".")
    host = ",".join(reversed(_WWW.sub("", host, count=1).split(".")))
    port = "" if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    path = _end_of_path(_without_dots(_unescaped(parts.path or "/")))
    return f"{host}{port}){path}{_query(parts.query)}"


def _unescaped(text: str) -> bytes:
    octets, before = text.encode("utf-8"), b""
    while octets != before:
        before, octets = octets, unquote_to_bytes(octets)
    return octets


def _escaped(octets: bytes) -> str:
    return quote_from_bytes(octets, safe=_UNESCAPED)


def _without_dots(path: bytes) -> bytes:
    kept: list[bytes] = []
    for segment in path.split(b"/")[1:]:
        if segment == b".." and kept:
            kept.pop()
        elif segment != b".":
            kept.append(segment)
    folders, last = kept[:-1], kept[-1] if kept else b""
    return b"/" + b"".join(folder + b"/" for folder in folders if folder) + last


def _end_of_path(path: bytes) -> str:
    octets = _escaped(path).lower().encode("ascii")
    for session in _ASPX:
        if match := session.fullmatch(octets):
            octets = match[1] + match[2]
    text = octets.decode("ascii")
    return text.removesuffix("/") if len(text) > 1 else text


def _query(query: str) -> str:
    octets = _escaped(_unescaped(query)).encode("ascii")
    for session in _SESSIONS:
        if match := session.fullmatch(octets):
            octets = match[1] + (match[2] or b"")
    pairs = sorted(tuple(pair.split("=", 1)) for pair in octets.decode("ascii").lower().split("&"))
    text = "&".join("=".join(pair) for pair in pairs)
    return f"?{text}" if octets else ""
