"""Check 8, as far as it goes without the rules of outcome and comparison: ids, records, index,
pages, manifest (docs/format.md §4.1, §5, §6, §9)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any
from uuid import UUID

from capture import by_role, main_page
from exchanges import status
from files import LAST, Document, digest, line, spelled, strict
from listed import index, same_pages
from shown import ATTEMPT, FIELDS, INTERIM, OCTETS, PAGEINFO, attachments
from web import Record, Response, read_archive, read_response

CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
# Type, date, target URI, ip, concurrent to, truncated, payload digest, content type, block digest.
Due = tuple[Any, ...]


def derivation(files: dict[str, bytes], ours: str) -> Iterator[str]:
    seen = strict(files["evidence/capture.json"])
    records = read_archive(files["archive/data.warc"])
    read = {one.id: read_response(one.block) for one in records if one.type == "response"}
    if files["indexes/index.cdx"] != index(records, read):
        yield "another index"
    if not same_pages(files["pages/pages.jsonl"], seen):
        yield "another list of pages"
    if "evidence/seed.txt" in files and "evidence/seed.json" not in files:
        yield "no evidence/seed.json"
    if seen["software"] == ours:
        if files[LAST[0]] != datapackage(files, seen):
            yield "another datapackage.json"
        yield from other_records(seen, records, read)


def uuid8(of: str) -> str:
    octets = bytearray.fromhex(of[7:39])
    octets[6], octets[8] = octets[6] & 15 | 0x80, octets[8] & 63 | 0x80
    return f"urn:uuid:{UUID(bytes=bytes(octets))}"


def datapackage(files: dict[str, bytes], seen: Document) -> bytes:
    listed, claimed = strict(files[LAST[0]]), strict(files["evidence/claimed.json"])
    url, moment, _ = main_page(by_role(seen, "source"))
    return spelled(
        {
            "created": listed["created"],
            "description": f"Evidence package for <{seen['source']}>",
            "id": seen["capture_id"],
            "mainPageDate": moment,
            "mainPageUrl": url,
            "name": f"archiver-{seen['capture_id'][9:]}",
            "profile": "data-package",
            "resources": listed["resources"],
            "software": seen["software"],
            "title": claimed["claimed"].get("title") or seen["source"],
            "wacz_version": "1.1.1",
        }
    )


# 5, 6: the records


def other_records(
    seen: Document, records: list[Record], read: dict[str, Response]
) -> Iterator[str]:
    by_id = {one.id: one for one in records}
    early = {
        other: one
        for one in records
        if one.type == "resource" and (one.uri or "").startswith(INTERIM)
        for other in one.beside or [str(one.uri)]
    }
    capture = digest(line(without_ids(seen, by_id, early)))
    if seen["capture_id"] != uuid8(capture):
        yield "the capture id of another content"
        return
    due = [*planned(seen, by_id, early, read, capture)]
    if [as_due(one) for one in records] != [one for _, one in due]:
        yield "other records than this capture has"
    for number, (name, one) in enumerate(due[: len(records)]):
        if records[number].id != one[0] or (name is not None and name != one[0]):
            yield "a record id of another content"


def interim_of(one: Document, early: dict[str, Record]) -> Record | None:
    beside = (one["response"] and one["response"]["record"]) or one["request"]
    return early.get(beside or INTERIM + one["url"])


def without_ids(seen: Document, by_id: dict[str, Record], early: dict[str, Record]) -> Document:
    seen = json.loads(json.dumps(seen))
    seen["capture_id"] = None
    for one in seen["exchanges"]:
        found = interim_of(one, early)
        one["interim"] = found and found.digest
        places = [(one, "request"), (one["response"], "record")]
        places += [(one["tls"], part) for part in ("certificates", "handshake")]
        places += [(asked, part) for asked in one["lookups"] for part in ("question", "answer")]
        places += [(one["proxy"], part) for part in ("request", "answer")]
        for inner, part in places:
            if inner and inner[part] is not None:
                inner[part] = by_id[inner[part]].digest
    return seen


def planned(
    seen: Document,
    by_id: dict[str, Record],
    early: dict[str, Record],
    read: dict[str, Response],
    capture: str,
) -> Iterator[tuple[str | None, Due]]:
    """The records that are due, each with the id that `capture.json` gives it."""
    count = 0

    def due(kind: str, when: str, uri: str | None, ip: str | None, **more: Any) -> Due:
        nonlocal count
        named = line([count, kind, uri, when, more["block"]])
        count += 1
        identity = uuid8(digest(bytes.fromhex(capture[7:]) + named))
        rest = (more.get(part) for part in ("truncated", "payload", "media_type", "block"))
        return (identity, kind, when, uri, ip, more.get("beside", []), *rest)

    said = (
        ("software", seen["software"]),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", CONFORMS),
        ("isPartOf", uuid8(capture)),
    )
    yield None, due("warcinfo", seen["started"], None, None, media_type=FIELDS, block=fields(*said))
    for one in seen["exchanges"]:
        here = one["date"], one["url"], one["ip"]
        beside: list[str] = []
        response = one["response"]
        if response:
            made = due(
                "response",
                *here,
                truncated=response["truncated"],
                payload=read[response["record"]].payload(),
                media_type="application/http;msgtype=response",
                block=by_id[response["record"]].digest,
            )
            yield response["record"], made
            beside = [made[0]]
        if one["request"]:
            block = by_id[one["request"]].digest
            media_type = "application/http;msgtype=request"
            made = due("request", *here, beside=beside, media_type=media_type, block=block)
            yield one["request"], made
            beside = beside or [made[0]]
        found = interim_of(one, early)
        also = [(found.id, INTERIM + one["url"], OCTETS)] if found else []
        also += [(identity, uri, kind) for _, identity, uri, kind in attachments(one) if identity]
        for identity, uri, media_type in also:
            block = by_id[identity].digest
            where = here[0], uri, here[2]
            made = due("resource", *where, beside=beside, media_type=media_type, block=block)
            yield identity, made
        for block in own_words(one, silent=not response and not found):
            yield None, due("metadata", *here, beside=beside, media_type=FIELDS, block=block)
    yield from ((None, due(*words, **more)) for words, more in of_page(seen))


def fields(*pairs: tuple[str, str]) -> str:
    return digest("".join(f"{name}: {value}\r\n" for name, value in pairs).encode())


def own_words(one: Document, *, silent: bool) -> Iterator[str]:
    if one["fault"]:
        yield fields(
            ("fetchOutcome", "no-response" if silent else "no-http-response"),
            ("fetchErrorPhase", one["phase"]),
            ("fetchErrorType", one["fault"]["type"]),
            ("fetchErrorMessage", one["fault"]["message"]),
        )
    elif one["tls"] and not one["tls"]["verified"]:
        yield fields(("serverIdentity", "not verified"))


def of_page(seen: Document) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    hops = by_role(seen, "source")
    url, moment = hops[0]["url"], hops[0]["date"]
    urls = {
        one["url"]: {
            "status": status(one) or 0,
            **({"error": one["fault"]["type"]} if one["fault"] else {}),
        }
        for one in hops
    }
    page = uuid8(digest(f"{seen['source']} {moment}".encode()))[9:]
    info = spelled({"pageid": page, "url": url, "ts": moment, "urls": urls})
    words = "resource", moment, PAGEINFO + url, None
    yield words, {"media_type": "application/json", "block": digest(info)}
    if status(hops[-1]) is None:
        words = "resource", moment, ATTEMPT + url, None
        page = attempt(seen["software"], hops)
        yield words, {"media_type": "text/html; charset=utf-8", "block": digest(page.encode())}


def attempt(software: str, hops: list[Document]) -> str:
    rows = "".join(map(row, hops))
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Attempt record: {escape(hops[0]["url"])}</title></head>
<body>
<h1>Attempt record</h1>
<p>This page was written by {escape(software)}. It is not a page of the site. \
It says what an attempt to fetch the address below came to; \
what may be concluded from it stands elsewhere in the package.</p>
{rows}</body>
</html>
"""


def row(one: Document) -> str:
    addresses = (one["proxy"] or one)["addresses"]
    tried = ", ".join(f"{each['ip']} port {each['port']}: {each['result']}" for each in addresses)
    happened = f"HTTP status {status(one)}"
    if one["fault"]:
        happened = f"{one['fault']['message']} ({one['fault']['type']})"
    return f"""<h2>{escape(one["url"])}</h2>
<dl>
<dt>Started</dt><dd>{one["date"]}</dd>
<dt>Came as far as</dt><dd>{one["phase"]}</dd>
<dt>Addresses tried{" (the proxy's)" if one["proxy"] else ""}</dt><dd>{escape(tried or "none")}</dd>
<dt>What happened</dt><dd>{escape(happened)}</dd>
</dl>
"""


def as_due(one: Record) -> Due:
    start = (one.id, one.type, one.date, one.uri, one.ip, one.beside)
    return (*start, one.truncated, one.payload, one.content_type, one.digest)
