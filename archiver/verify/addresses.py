"""Whether an address that was asked for is the one that stands in a claim or a `Location`.

What is typed and what is asked for differ in spelling: percent-encoding (RFC 3986 §6.2.2),
IDNA, dot segments, a fragment, an empty parameter (`;`). The comparison takes all that away
from both sides.
"""

from __future__ import annotations

import re
from contextlib import suppress
from unicodedata import normalize
from urllib.parse import unquote_to_bytes, urlsplit

from archiver.http1 import DEFAULT_PORTS
from archiver.redirects import resolved

_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
Parts = tuple[str, tuple[str, ...], int, tuple[bytes, ...], bytes]


def same_address(typed: str, asked: str) -> bool:
    """Whether both lead to the same place. False for what is no http(s) URL at all."""
    return (found := _parts(typed)) is not None and found == _parts(asked)


def leads_to(url: str, location: str, asked: str) -> bool:
    """Whether a redirect from `url` by this `Location` (read as Latin-1) leads to `asked`."""
    target = resolved(url, location)
    return target is not None and same_address(target, asked)


def request_line(url: str, *, proxied: bool = False) -> bytes | None:
    """The first two lines of the request for a URL (RFC 9112 §3.2); None where it is none.
    A proxy gets the whole URL, but for what goes through its tunnel."""
    if _parts(url) is None or not url.isascii():
        return None
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    whole = f"http://{parts.netloc}" if proxied and parts.scheme == "http" else ""
    target = f"{whole}{parts.path or '/'}{query}"
    return f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n".encode("ascii")


def connect_lines(url: str) -> bytes | None:
    """The request that opens a proxy's tunnel to the server of an https URL."""
    if _parts(url) is None or not url.isascii():
        return None
    parts = urlsplit(url)
    name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    there = f"{name}:{parts.port or DEFAULT_PORTS['https']}"
    return f"CONNECT {there} HTTP/1.1\r\nHost: {there}\r\n\r\n".encode("ascii")


def host(url: str) -> str | None:
    """The host of a URL as it is connected to, or None."""
    with suppress(ValueError):
        return urlsplit(url).hostname
    return None


def server(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of a URL as they are connected to, or None."""
    with suppress(ValueError, KeyError):
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
    return None


def _parts(url: str) -> Parts | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    labels = tuple(_label(label) for label in parts.hostname.split("."))
    return (
        scheme,
        labels,
        port or DEFAULT_PORTS[scheme],
        _path(parts.path.rstrip(";")),
        _octets(parts.query),
    )


def _label(label: str) -> str:
    label = label.lower()
    if label.startswith("xn--"):
        with suppress(UnicodeError):
            label = label[4:].encode("ascii").decode("punycode")
    return normalize("NFC", label.lower())


def _path(path: str) -> tuple[bytes, ...]:
    """The segments without dots (RFC 3986 §5.2.4); a %2F stays inside its segment."""
    segments = [_octets(segment) for segment in _literal(path).split("/")]
    kept: list[bytes] = []
    for segment in segments:
        if segment == b"..":
            del kept[-1:]
        elif segment != b".":
            kept.append(segment)
    if not kept or kept[0]:
        kept.insert(0, b"")
    if segments[-1] in (b".", b".."):
        kept.append(b"")
    return (b"", b"") if kept == [b""] else tuple(kept)


def _literal(text: str) -> str:
    """Where one `%` is no escape, HTTP clients take every `%` literally."""
    text, escapes = _ESCAPE.subn(lambda one: one[0].upper(), text)
    return text if escapes == text.count("%") else text.replace("%", "%25")


def _octets(text: str) -> bytes:
    return unquote_to_bytes(_literal(text))
