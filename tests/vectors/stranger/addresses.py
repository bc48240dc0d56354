"""Addresses (docs/format.md §10.6.1, §10.6.2 and rule 15)."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from hashlib import sha256
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}


def address(text: str) -> str | None:
    with suppress(ValueError):
        return str(ipaddress.ip_address(text))
    return None


def can_be_asked(url: str) -> bool:
    match = re.fullmatch(r"(?i:https?)://([^/?#@]+)(?:[/?#].*)?", url)
    if match is None or len(url) > 8192 or not re.fullmatch(r"[!#-;=?-\[\]-~]+", url):
        return False
    found = re.fullmatch(r"(\[[^\]]*\]|[^:\[]*)(?::([0-9]{1,5}))?", match[1])
    if found is None or (found[2] and not 1 <= int(found[2]) <= 65535):
        return False
    host = found[1]
    if host.startswith("["):
        return "%" not in host and ":" in host and address(host[1:-1]) is not None
    labels = host.split(".")
    right = all(re.fullmatch("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}", label) for label in labels)
    number = re.fullmatch("[0-9]+|0[xX][0-9A-Fa-f]*", labels[-1])
    return right and len(host) <= 253 and not (number and address(host) is None)


def parts_of(url: str) -> tuple[Any, ...] | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    labels = []
    for label in parts.hostname.lower().split("."):
        with suppress(UnicodeError):
            label = label[4:].encode("ascii").decode("punycode") if label[:4] == "xn--" else label
        labels.append(normalize("NFC", label.lower()))
    path = segments(parts.path.rstrip(";"))
    return scheme, labels, port or PORTS[scheme], path, unquote_to_bytes(literal(parts.query))


def literal(text: str) -> str:
    text, escapes = re.subn("%[0-9A-Fa-f]{2}", lambda one: one[0].upper(), text)
    return text if escapes == text.count("%") else text.replace("%", "%25")


def segments(path: str) -> list[bytes]:
    parts = [unquote_to_bytes(part) for part in literal(path).split("/")]
    kept: list[bytes] = []
    for part in parts:
        if part == b"..":
            del kept[-1:]
        elif part != b".":
            kept.append(part)
    kept = kept if kept[:1] == [b""] else [b"", *kept]
    return [*kept, b""] if parts[-1] in (b".", b"..") or kept == [b""] else kept


def same_address(one: str, other: str) -> bool:
    return parts_of(one) is not None and parts_of(one) == parts_of(other)


def resolved(url: str, location: str) -> str | None:
    if len(location) >= 8192 or re.search("[\x00-\x1f\x7f]", location):
        return None
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode()
    with suppress(ValueError):
        return urljoin(url, location)
    return None


def leads_to(url: str, location: str, asked: str) -> bool:
    target = resolved(url, location)
    return target is not None and same_address(target, asked)


def surely_asked(url: str, location: str) -> bool:
    target = resolved(url, location) or ""
    plain = re.sub("[\u00c0-\u02af\u0370-\u052f]", "x", target)
    if len(target.encode(errors="replace")) > 2730 or not can_be_asked(plain):
        return False
    label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    return bool(re.fullmatch(rf"(?:{label}\.)*[a-z]{{2,63}}", urlsplit(target).hostname or ""))


PROGRAM = (
    r"(?:.*\.(?:php[0-9]?|aspx?|jspx?|cgi|cfm|do|pl|fcgi|dll|exe)|index|default|watch|item|view"
    r"|show|story|article|news|read|post|node|page)"
)
FOLLOWS = r"utm_.*|[a-z]*clid|ref|ref_src|source|from|share|amp|cmpid|s_cid"
NAMES = r".*id|[pvanqst]|article|story|slug|post|title|doc|item|news|topic"


def sibling(url: str, moment: str) -> str | None:
    match = re.match(r"(https?://[^/?#]+)([^?#]*)(?:\?([^#]*))?", url, re.I)
    if match is None:
        return None
    site, path, query = match[1], match[2], match[3] or ""
    word = sha256(f"{url}\n{moment}".encode()).hexdigest()[:16]
    before, slash, name = path.rstrip("/").rpartition("/")
    pairs = [part.partition("=") for part in query.split("&")]
    valued = [
        number
        for number, (key, _, value) in enumerate(pairs)
        if value and not re.fullmatch(FOLLOWS, key, re.I)
    ]
    if valued and (not name or re.fullmatch(PROGRAM, name, re.I | re.S)):
        naming = [number for number in valued if re.fullmatch(NAMES, pairs[number][0], re.I)]
        number = (naming or valued[-1:])[0]
        pairs[number] = (pairs[number][0], "=", word)
        made = f"{site}{path or '/'}?" + "&".join(map("".join, pairs))
    elif name:
        ending = re.search(r"\.[A-Za-z][A-Za-z0-9]{1,4}\Z", name)
        closing = "/" if path.endswith("/") else ""
        made = f"{site}{before}{slash}{word}{ending[0] if ending else ''}{closing}"
    else:
        return None
    return made if len(made) <= 8000 else None
