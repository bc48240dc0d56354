"""Check 6, the rules 34 to 37 and 40 to 43: what is said of an exchange, against its records
(docs/format.md §10.6)."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from urllib.parse import urlsplit

from exchanges import Exchange, fault
from files import digest
from handshakes import shaken
from names import looked_up, name_of
from web import Record, is_interim_only, read_response, refused, stated

ATTEMPT = "urn:archiver:attempt:"
INTERIM = "urn:archiver:interim:"
PAGEINFO = "urn:pageinfo:"
FIELDS = "application/warc-fields"
OCTETS = "application/octet-stream"


def attachments(one: Exchange) -> Iterator[tuple[str, str | None, str, str]]:
    """Part, record id, target URI and content type of what an exchange has besides HTTP."""
    message = "application/dns-message"
    for number, asked in enumerate(one["lookups"]):
        name = f"{asked['server']}:{asked['type']}:{asked['name']}"
        for part in ("question", "answer"):
            yield f"{part}.{number}", asked[part], f"urn:archiver:dns-{part}:{name}", message
    for part in ("request", "answer") if one["proxy"] else ():
        uri = f"urn:archiver:proxy-{part}:{one['url']}"
        yield f"proxy.{part}", one["proxy"][part], uri, OCTETS
    if one["tls"]:
        peer = one["tls"]["server_name"] + (f":{one['port']}" if one["port"] is not None else "")
        pem = "application/pem-certificate-chain"
        yield "certificates", one["tls"]["certificates"], f"urn:archiver:tls-chain:{peer}", pem
        yield "handshake", one["tls"]["handshake"], f"urn:archiver:tls-handshake:{peer}", OCTETS


def of_records(seen: Exchange, records: list[Record], by_id: dict[str, Record]) -> Iterator[str]:
    if not all(seen["started"] <= one.date <= seen["ended"] for one in records):
        yield "34: a record of another time"
    named: set[str] = set()
    for one in seen["exchanges"]:
        yield from of_exchange(one, seen["settings"], by_id, named)
        early = fault(one) == "http.invalid" and not one["response"]
        if early and INTERIM + one["url"] not in {record.uri for record in records}:
            yield "37: no octets of what was no HTTP"
    urls = {one["url"] for one in seen["exchanges"]}
    ours = {prefix + url for prefix in (ATTEMPT, INTERIM, PAGEINFO) for url in urls}
    for record in records[1:]:
        uri = record.uri or ""
        own = record.type == "resource" and uri in ours
        metadata = (record.type, record.content_type) == ("metadata", FIELDS) and uri in urls
        if record.id not in named and not own and not metadata:
            yield "37: a record that nothing speaks of"
        if own and uri.startswith(INTERIM) and not is_interim_only(record.block):
            yield "37: no interim response"


def of_exchange(
    one: Exchange, settings: Exchange, by_id: dict[str, Record], named: set[str]
) -> Iterator[str]:
    """`named` are the ids that have been named so far."""
    blocks: dict[str, bytes] = {}
    due = [(part, identity, uri, kind) for part, identity, uri, kind in attachments(one)]
    due.append(("request", one["request"], one["url"], ""))
    due.append(("response", one["response"] and one["response"]["record"], one["url"], ""))
    for part, identity, uri, media_type in due:
        if identity is None:
            continue
        record = by_id.get(identity)
        kind = "resource" if media_type else part
        if record is None or identity in named or record.type != kind:
            yield f"35: the record of {part}"
            continue
        named.add(identity)
        expected = (uri, one["date"], one["ip"], media_type or record.content_type)
        if (record.uri, record.date, record.ip, record.content_type) != expected:
            yield f"35: the record of {part}"
        if media_type and len(record.block) > 1 << 20:
            yield f"35: the record of {part} is too large"
        blocks[part] = record.block
        if part == "response":
            yield from of_response(one["response"], record, asked=bool(one["request"]))
    yield from of_attachments(one, blocks, name_of(one, settings))


def of_response(said: Exchange, record: Record, *, asked: bool) -> Iterator[str]:
    made = read_response(record.block)
    found = {
        "record": record.id,
        "octets": len(record.block),
        "truncated": record.truncated,
        "head": len(made.head.octets) if made.head else 0,
        "status": made.head and made.head.status,
        "media_type": stated(made.head, "content-type") or "",
        "location": stated(made.head, "location"),
        "server_date": stated(made.head, "date"),
        "framing": made.framing,
        "entity": len(made.body),
        "entity_digest": digest(made.body),
    }
    if said != found or refused(record):
        yield "36: the response is another one"
    if said["truncated"] is None and not made.complete and made.framing != "not-http":
        yield "36: not whole, and not marked"
    if said["truncated"] and made.complete and made.framing != "close" and asked:
        yield "36: whole, and marked"


def of_attachments(one: Exchange, blocks: dict[str, bytes], name: str) -> Iterator[str]:
    proxy, tls = one["proxy"], one["tls"]
    if proxy:
        asked, said = (blocks.get(f"proxy.{part}") for part in ("request", "answer"))
        parts = urlsplit(one["url"])
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        there = f"{host}:{parts.port or 443}"
        if asked not in (None, f"CONNECT {there} HTTP/1.1\r\nHost: {there}\r\n\r\n".encode()):
            yield "40: another way"
        head = read_response(said or b"").head
        if (said is not None and asked is None) or proxy["status"] != (head and head.status):
            yield "40: another answer"
    if tls and tls["chain"] != chain(blocks.get("certificates", b"")):
        yield "41: other certificates"
    failed = one["phase"] == "tls"
    if "handshake" in blocks and not shaken(tls, blocks["handshake"], failed=failed):
        yield "42: another handshake"
    for number, asked in enumerate(one["lookups"]):
        pair = blocks.get(f"question.{number}"), blocks.get(f"answer.{number}")
        if not looked_up(asked, name, *pair):
            yield "43: a look-up that its messages do not show"


def chain(pem: bytes) -> list[str] | None:
    start, end = (b"-----%s CERTIFICATE-----\n" % word for word in (b"BEGIN", b"END"))
    found = []
    while pem:
        text, mark, rest = pem.removeprefix(start).partition(end)
        try:
            der = base64.b64decode(text)
        except ValueError:
            return None
        plain = base64.b64encode(der)
        lines = [plain[at : at + 64] + b"\n" for at in range(0, len(plain), 64)]
        if not lines or start + b"".join(lines) + mark + rest != pem or not mark:
            return None
        found.append(digest(der))
        pem = rest
    return found
