"""Requests (docs/format.md §10.6, rules 38 and 39)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from addresses import parts_of
from web import BLANKS, Record, read_head, read_response

Exchange = dict[str, Any]
FIELD = re.compile(
    rb"(host|user-agent|accept|accept-encoding|connection|cookie):[^\r\n]*", re.IGNORECASE
)
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def first_lines(one: Exchange) -> bytes | None:
    if parts_of(one["url"]) is None or not one["url"].isascii():
        return None
    parts = urlsplit(one["url"])
    where = f"http://{parts.netloc}" if one["proxy"] and parts.scheme == "http" else ""
    where += (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return f"GET {where} HTTP/1.1\r\nHost: {parts.netloc}\r\n".encode()


def requests(seen: Exchange, by_id: dict[str, Record], *, ours: bool) -> Iterator[str]:
    cookies: dict[str, set[str]] = {}
    for one in seen["exchanges"]:
        known = cookies.setdefault(one["role"], set())
        if one["request"] in by_id:
            yield from request(
                by_id[one["request"]].block, one, seen["settings"]["user_agent"], known, ours=ours
            )
        record = by_id.get(one["response"]["record"] if one["response"] else "")
        if record is not None and record.type == "response":
            head = read_response(record.block).head
            lines = head.all("set-cookie") if head else []
            known |= {plain(value.partition(";")[0]) for value in lines}


def request(
    octets: bytes, one: Exchange, agent: str, known: set[str], *, ours: bool
) -> Iterator[str]:
    start = first_lines(one)
    if start is None or not octets.startswith(start) or len(octets) > 1 << 18:
        yield "38: asks for something else"
        return
    matches = [FIELD.fullmatch(line) for line in octets[:-4].split(b"\r\n")[1:]]
    names = [match and match[1].lower() for match in matches]
    if octets.find(b"\r\n\r\n") != len(octets) - 4 or None in names:
        yield "38: goes on, or has other fields"
        return
    head = read_head(octets)
    if len({*names}) != len(names) or head.all("user-agent") != [agent]:
        yield "38: a field twice, or another user agent"
    pairs = [pair for value in head.all("cookie") for pair in value.split("; ")]
    if not {*map(plain, pairs)} <= known:
        yield "39: a cookie that nobody set"
    words = f"User-Agent: {agent}\r\nAccept: {ACCEPT}\r\nAccept-Encoding: gzip, deflate\r\n"
    form = rb"Connection: (close|keep-alive)\r\n(Cookie: [^\r\n]+\r\n)?\r\n"
    expected = re.escape(start + words.encode("latin-1", "replace")) + form
    if ours and not re.fullmatch(expected, octets):
        yield "38: not in this version's words"


def plain(pair: str) -> str:
    name, equals, value = pair.partition("=")
    return re.sub(r'[\\"]', "", f"{name.strip(BLANKS)}{equals}{value.strip(BLANKS)}")
