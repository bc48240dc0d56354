"""Index and pages (docs/format.md §9)."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from addresses import PORTS
from capture import by_role, main_page
from files import Document, digest, line
from web import Record, Response


def index(records: list[Record], read: dict[str, Response]) -> bytes:
    lines = []
    for one in records:
        head = read[one.id].head if one.type == "response" else None
        listed = one.type == "resource" or (head is not None and head.status is not None)
        if not listed or one.uri is None:
            continue
        mime = (head.first("content-type") or "") if head else one.content_type
        row = {"url": one.uri, "mime": mime.partition(";")[0].strip() or "unk"}
        if head:
            row["status"] = str(head.status)
        row |= {
            "digest": digest(read[one.id].body) if head else one.digest,
            "length": str(one.size),
            "offset": str(one.offset),
            "filename": "data.warc",
            "recordDigest": one.whole,
        }
        moment = re.sub("[^0-9]", "", one.date)
        lines.append(f"{surt(one.uri)} {moment} {json.dumps(row, separators=(',', ':'))}\n")
    return "".join(sorted(lines)).encode()


def same_pages(found: bytes, seen: Document) -> bool:
    """All but a page's own title, which a stranger cannot read."""
    hops = by_role(seen, "source")
    url, moment, answered = main_page(hops)
    head = b'{"format":"json-pages-1.0","id":"pages","title":"All Pages"}\n'
    try:
        page = json.loads(found.removeprefix(head))
    except ValueError:
        return False
    title, due = f"Attempt record: {seen['source']}", {}
    if answered is not None:
        last, due = hops[-1], {"status": answered}
        doubts = (
            ["server's identity not verified"]
            if last["tls"] and not last["tls"]["verified"]
            else []
        )
        doubts += ["incomplete"] if last["response"]["truncated"] else []
        title = str(page.get("title"))
        if doubts and not title.endswith(f" ({', '.join(doubts)})"):
            return False
    identity = sha256(f"{url} {moment}".encode()).hexdigest()[:32]
    due |= {"depth": 0, "id": identity, "seed": True, "title": title, "ts": moment, "url": url}
    return found == head + line(due) + b"\n"


UNESCAPED = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
PATHS = (
    r"(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)",
    r"(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)",
)
QUERIES = tuple(
    f"(.*){session}(?:&(.*))?"
    for session in (
        "jsessionid=[0-9a-z]{32}",
        "phpsessid=[0-9a-z]{32}",
        "sid=[0-9a-z]{32}",
        "ASPSESSIONID[a-z]{8}=[a-z]{24}",
        "cfid=[^&]+&cftoken=[^&]+",
    )
)


def surt(uri: str) -> str:
    if not uri.lower().startswith(("http://", "https://")):
        scheme, _, rest = uri.partition(":")
        path, _, query = rest.partition("?")
        return f"{scheme}:{key_path(decoded(path))}{key_query(query)}"
    parts = urlsplit(uri)
    host = re.sub(r"\Awww[0-9]*\.", "", (parts.hostname or "").replace("..", ".").strip("."))
    port = "" if parts.port in (None, PORTS[parts.scheme]) else f":{parts.port}"
    segments: list[bytes] = []
    for segment in decoded(parts.path or "/").split(b"/")[1:]:
        if segment == b".." and segments:
            segments.pop()
        elif segment != b".":
            segments.append(segment)
    last = segments.pop() if segments else b""
    path = b"/" + b"".join(one + b"/" for one in segments if one) + last
    return f"{','.join(reversed(host.split('.')))}{port}){key_path(path)}{key_query(parts.query)}"


def decoded(text: str) -> bytes:
    octets, before = text.encode(), b""
    while octets != before:
        before, octets = octets, unquote_to_bytes(octets)
    return octets


def cut(text: str, sessions: tuple[str, ...]) -> str:
    for session in sessions:
        if match := re.fullmatch(session, text, re.I | re.S):
            text = match[1] + (match[2] or "")
    return text


def key_path(octets: bytes) -> str:
    path = cut(quote_from_bytes(octets, UNESCAPED).lower(), PATHS)
    return path.removesuffix("/") if len(path) > 1 else path


def key_query(query: str) -> str:
    left = cut(quote_from_bytes(decoded(query), UNESCAPED), QUERIES).lower()
    pairs = sorted(tuple(part.split("=", 1)) for part in left.split("&"))
    return "?" + "&".join(map("=".join, pairs)) if left else ""
