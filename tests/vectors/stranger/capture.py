"""Check 5: what is said of the capture, against itself and against the octets
(docs/format.md §10.5; the numbers are those of its rules)."""

from __future__ import annotations

import base64
import ipaddress
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import pairwise
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from files import digest, strict
from web import Record, is_interim_only, read_archive, read_head, read_response, refused, stated

ATTEMPT, INTERIM, PAGEINFO = (
    f"urn:{name}:" for name in ("archiver:attempt", "archiver:interim", "pageinfo")
)
FIELDS = "application/warc-fields"
OCTETS = "application/octet-stream"
CERTIFICATE = {
    f"tls.{word}"
    for word in "expired not_yet_valid self_signed wrong_host untrusted old_version".split()
}
PORTS = {"http": 80, "https": 443}
Exchange = dict[str, Any]


def agreement(files: dict[str, bytes]) -> Iterator[str]:
    listed, seen, claimed, assessed = (
        strict(files[name])
        for name in (
            "datapackage.json",
            *(f"evidence/{name}.json" for name in ("capture", "claimed", "assessed")),
        )
    )
    hops = by_role(seen, "source")
    if not hops:
        yield "6: no exchange with the source"
        return
    url, moment, _ = main_page(hops)
    said = (listed["id"], listed["software"], listed["mainPageUrl"], listed["mainPageDate"])
    if said != (seen["capture_id"], seen["software"], url, moment):
        yield "1: the manifest says something else than the capture"
    if listed["created"] < seen["ended"]:
        yield "2: packed before the end"
    if not seen["case"] == claimed["case"] == assessed["case"]:
        yield "3: different cases"
    if seen["source"] != claimed["source"].get("url"):
        yield "3: another source"
    yield from seed(files, claimed)
    yield from course(seen, hops)
    yield from probes(seen, hops)
    first_of = openers(seen["exchanges"])
    for number, one in enumerate(seen["exchanges"]):
        yield from alone(one, seen)
        if number in first_of:
            yield from opened(one)
    records = read_archive(files["archive/data.warc"])
    by_id = {one.id: one for one in records}
    yield from connections(seen["exchanges"], by_id)
    yield from of_records(seen, records, by_id)


def by_role(seen: Exchange, role: str) -> list[Exchange]:
    return [one for one in seen["exchanges"] if one["role"] == role]


def status(one: Exchange) -> int | None:
    return one["response"] and one["response"]["status"]


def main_page(hops: list[Exchange]) -> tuple[str, str, int | None]:
    """URL, date and status of the page that is listed (section 9)."""
    first = hops[0]
    if status(hops[-1]) is None:
        return ATTEMPT + first["url"], first["date"], None
    answered = next(one for one in hops if one["url"] == first["url"] and one["response"])
    return first["url"], answered["date"], status(hops[-1])


def seed(files: dict[str, bytes], claimed: Exchange) -> Iterator[str]:
    text, said = files.get("evidence/seed.txt"), claimed.get("seed_text")
    listed = strict(files["evidence/seed.json"]) if "evidence/seed.json" in files else None
    if (said is None) != (text is None and listed is None):
        yield "4: a seed text is claimed and not there, or the other way round"
    elif said is not None:
        forms = [] if listed is None else listed["forms"]
        known = [one.get("sha256") for one in forms if one["form"] == "raw" and "sha256" in one]
        published = "include" if text is not None else listed and listed["publish"]
        expected = digest(text) if text is not None else next(iter(known), None)
        if said.get("publish") != published or (published == "include" and text is None):
            yield "4: published otherwise"
        if said.get("sha256") != expected:
            yield "4: the digest of another text"


def target(one: Exchange) -> str | None:
    redirects = status(one) in (301, 302, 303, 307, 308)
    return one["response"]["location"] if redirects else None


def unproved(one: Exchange) -> bool:
    return one["tls"] is None or not one["tls"]["verified"]


def fault(one: Exchange) -> str:
    return str(one["fault"]["type"]) if one["fault"] else ""


def follows(one: Exchange, then: Exchange) -> bool:
    leads = target(one)
    if leads is not None:
        return then["attempt"] == 1 and leads_to(one["url"], leads, then["url"])
    if one["url"] != then["url"] or not one["fault"]:
        return False
    if fault(one) in CERTIFICATE:
        return bool(then["attempt"] == one["attempt"] and unproved(then))
    return bool(then["attempt"] == one["attempt"] + 1)


def course(seen: Exchange, hops: list[Exchange]) -> Iterator[str]:
    many = seen["exchanges"]
    dates = [seen["started"], seen["ended"], *(one["date"] for one in many)]
    moments = [one["date"] for one in hops]
    roles = [("source", "requisite", "probe", "control").index(one["role"]) for one in many]
    if (min(dates), max(dates)) != (seen["started"], seen["ended"]):
        yield "5: outside the capture"
    if moments != sorted(moments) or roles != sorted(roles):
        yield "5: out of order"
    if not same_address(seen["source"], hops[0]["url"]):
        yield "6: not with the source"
    if not all(follows(one, then) for one, then in pairwise(hops)):
        yield "7: nothing led there"
    asked = [hops[0]["url"]]
    asked += [then["url"] for one, then in pairwise(hops) if target(one) is not None]
    if len({*asked}) != len(asked):
        yield "8: asked again"
    yield from repeated(many)
    if by_role(seen, "requisite") and status(hops[-1]) not in range(200, 300):
        yield "11: requisites of no page"
    if (seen["stop"] is None) != (target(hops[-1]) is None):
        yield "12: stop"


def repeated(many: list[Exchange]) -> Iterator[str]:
    first_of = openers(many)
    for number, one in enumerate(many):
        before = many[number - 1] if number else None
        same = before is not None and before["url"] == one["url"] and before["role"] == one["role"]
        if one["tls"] and not one["tls"]["verified"] and one["phase"] != "tls":
            reason = same and before and fault(before) in CERTIFICATE
            if not reason or one["role"] not in ("source", "probe"):
                yield "9: not asked to prove who it is"
        again = same and before and before["attempt"] == 1 and before["response"] is None
        again = again and number - 1 not in first_of and number in first_of
        allowed = {1, 2} if again and one["role"] == "requisite" else {1}
        is_first = one["role"] != "source" or number == 0
        if is_first and one["attempt"] not in allowed:
            yield "10: a first attempt that is not 1"


def probes(seen: Exchange, hops: list[Exchange]) -> Iterator[str]:
    asked, controls = by_role(seen, "probe"), by_role(seen, "control")
    came = status(hops[-1]) in range(200, 300) and hops[-1]["response"]["truncated"] is None
    beside = sibling(hops[0]["url"], hops[0]["date"])
    if bool(asked) != bool(came and beside and seen["settings"]["probe"]):
        yield "13: a probe that is not due, or none where one is"
    elif asked and not same_address(str(beside), asked[0]["url"]):
        yield "13: another sibling"
    if not all(follows(one, then) for one, then in pairwise(asked)):
        yield "13: nothing led there"
    urls, named = [one["url"] for one in controls], seen["settings"]["controls"]
    if controls and not (len(urls) == len(named) and all(map(same_address, named, urls))):
        yield "14: other controls"


PHASES = {
    "local.proxy": "dns tcp proxy tls request response",
    "local": "address",
    "dns": "dns",
    "tcp": "tcp tls request response",
    "tls": "tls request response",
    "http": "request response",
}


def alone(one: Exchange, seen: Exchange) -> Iterator[str]:
    if not can_be_asked(one["url"]):
        yield "15: an address that nobody can ask"
        return
    parts, kind, phase = urlsplit(one["url"]), fault(one), one["phase"]
    literal = address(parts.hostname or "")
    for tried in one["addresses"]:
        known = address(tried["ip"])
        if (
            known is None
            or tried["port"] != (parts.port or PORTS[parts.scheme])
            or literal not in (None, known)
        ):
            yield "15: an address of another server"
    answered = status(one) is not None
    if answered == bool(kind):
        yield "16: a fault and an answer, or neither"
    elif answered and phase != ("response" if one["response"]["truncated"] else "done"):
        yield "17: phase"
    elif kind:
        word = kind if kind == "local.proxy" else kind.partition(".")[0]
        if phase not in PHASES.get(word, "").split():
            yield "18: a fault of another phase"
        elif ((one["proxy"] or one)["ip"] is None) != (phase in ("address", "dns", "tcp")):
            yield "18: an address in a phase without, or the other way round"
    yield from proxied(one, seen["settings"]["proxy"], https=parts.scheme == "https")


def proxied(one: Exchange, named: str | None, *, https: bool) -> Iterator[str]:
    proxy, kind, phase = one["proxy"], fault(one), one["phase"]
    if (proxy is None) != (named is None):
        yield "23: a proxy that is not set, or none where one is"
    if proxy is None or named is None:
        if phase == "proxy" or kind == "local.proxy":
            yield "23: a proxy failed that there was not"
        return
    ports = {tried["port"] for tried in proxy["addresses"]}
    if one["addresses"] or one["ip"] or one["port"] or not ports <= {urlsplit(named).port}:
        yield "24: addresses behind a proxy"
    if proxy["request"] and not https:
        yield "25: a way that was not needed"
    opened = proxy["status"] in range(200, 300)
    if phase in ("tls", "request", "response", "done") and opened != https:
        yield "25: a way that was not opened"
    shown = one["tls"] and kind in {*CERTIFICATE, "tls.failed", "http.closed", "http.invalid"}
    if kind and not shown and kind not in ("local.proxy", "local.refused_by_policy"):
        yield "26: a fault that may be the proxy's"


def opened(one: Exchange) -> Iterator[str]:
    peer, phase, kind = one["proxy"] or one, one["phase"], fault(one)
    results = [tried["result"] for tried in peer["addresses"]]
    connected = [tried for tried in peer["addresses"] if tried["result"] == "connected"]
    reached = (connected[0]["ip"], connected[0]["port"]) if connected else (None, None)
    if (peer["ip"], peer["port"]) != reached or "connected" in results[:-1]:
        yield "19: another address answered"
    if not connected and (one["request"] or one["response"]):
        yield "19: octets without a connection"
    last = results[-1] if results else ""
    fits = {
        "dns": not results,
        "address": {*results} <= {"refused_by_policy", "not_tried"},
        "tcp": last.startswith("tcp.") if one["proxy"] else bool(results) and last == kind,
    }
    if not fits.get(phase, all(result.startswith("tcp.") for result in results[:-1])):
        yield "20: what became of the addresses"
    due = bool(connected) and one["url"].lower().startswith("https:") and phase != "proxy"
    tls = one["tls"]
    if due != (tls is not None) or (phase == "tls" and tls is None):
        yield "21: TLS"
    elif tls and (
        tls["server_name"] != urlsplit(one["url"]).hostname or (tls["verified"] and phase == "tls")
    ):
        yield "21: TLS with another server, or none that failed"
    came = [asked["result"] for asked in one["lookups"]]
    if kind.startswith("dns."):
        worst = "failed timeout servfail refused nodata nxdomain".split()
        explained = bool(came) and "answered" not in came
        words = [next(word for word in worst if word in came)] if explained else worst[:2]
        if kind[4:] not in words:
            yield "22: another fault than the name servers told"


def by_connection(many: list[Exchange]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, one in enumerate(many):
        if one["connection"] is not None:
            found.setdefault(one["connection"], []).append(number)
    return found


def openers(many: list[Exchange]) -> set[int]:
    """The exchanges that did not go over a connection that was there before."""
    later = {number for numbers in by_connection(many).values() for number in numbers[1:]}
    return {*range(len(many))} - later


def connections(many: list[Exchange], by_id: dict[str, Record]) -> Iterator[str]:
    found = by_connection(many)
    if [*found] != [*range(1, len(found) + 1)] or any(
        (one["connection"] is None) != (one["ip"] is None) for one in many
    ):
        yield "27: numbers of connections"
    for numbers in found.values():
        for before, number in pairwise(numbers):
            if not shares(many[numbers[0]], many[before], many[number]):
                yield "28: a connection that cannot have been shared"
            if not left_open(many[before], by_id):
                yield "29: a connection that had been closed"
    shaken = [many[numbers[0]]["tls"] for numbers in found.values()]
    blocks = [by_id[tls["handshake"]].digest for tls in shaken if tls and tls["handshake"] in by_id]
    if len({*blocks}) != len(blocks):
        yield "30: the handshake of another connection"


def shares(first: Exchange, before: Exchange, one: Exchange) -> bool:
    def server(of: Exchange) -> tuple[Any, ...]:
        with suppress(ValueError, KeyError):
            parts = urlsplit(of["url"])
            port = parts.port or PORTS[parts.scheme]
            return parts.scheme, parts.hostname, port, of["ip"], of["port"]
        return ()

    fresh = one["addresses"] or one["lookups"] or one["tls"]
    return (
        first["role"] == one["role"] == "requisite"
        and server(first) == server(one)
        and not fresh
        and one["date"] >= before["date"]
        and before["phase"] == "done"
        and one["phase"] in ("request", "response", "done")
    )


def left_open(one: Exchange, by_id: dict[str, Record]) -> bool:
    asked = by_id.get(one["request"] or "")
    answered = by_id.get(one["response"]["record"] if one["response"] else "")
    if asked is None or answered is None or len(asked.block) > 1 << 20:
        return False
    made = read_response(answered.block)
    head = made.head
    if (
        head is None
        or head.version != "1.1"
        or head.status == 101
        or not made.complete
        or made.extra
    ):
        return False
    if "close" in [*read_head(asked.block).words("connection"), *head.words("connection")]:
        return False
    codings = [value.lower() for value in head.all("transfer-encoding")]
    lengths = {*head.all("content-length")}
    return {
        "length": not codings,
        "chunked": codings == ["chunked"] and not lengths,
        "none": not codings and lengths <= {"0"},
    }.get(made.framing, False)


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
    if len(by_id) != len(records) or records[0].type != "warcinfo":
        yield "31: an id twice, or no warcinfo in front"
    if not all(seen["started"] <= one.date <= seen["ended"] for one in records):
        yield "31: a record of another time"
    named: set[str] = set()
    for one in seen["exchanges"]:
        yield from of_exchange(one, by_id, named)
    for record in records[1:]:
        uri = record.uri or ""
        own = record.type == "resource" and uri.startswith((ATTEMPT, INTERIM, PAGEINFO))
        metadata = record.type == "metadata" and record.content_type == FIELDS
        if record.id not in named and not own and not metadata:
            yield "35: a record that nothing speaks of"
        if own and uri.startswith(INTERIM) and not is_interim_only(record.block):
            yield "35: no interim response"


def of_exchange(one: Exchange, by_id: dict[str, Record], named: set[str]) -> Iterator[str]:
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
            yield f"32: the record of {part}"
            continue
        named.add(identity)
        expected = (uri, one["date"], one["ip"], media_type or record.content_type)
        if (record.uri, record.date, record.ip, record.content_type) != expected:
            yield f"32: the record of {part}"
        if media_type and len(record.block) > 1 << 20:
            yield f"32: the record of {part} is too large"
        blocks[part] = record.block
        if part == "response":
            yield from of_response(one["response"], record)
    yield from of_attachments(one, blocks)


def of_response(said: Exchange, record: Record) -> Iterator[str]:
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
        yield "34: the response is another one"
    if said["truncated"] is None and not made.complete and made.framing != "not-http":
        yield "34: not whole, and not marked"
    if record.payload not in (None, digest(made.body)):
        yield "34: the payload digest"


def of_attachments(one: Exchange, blocks: dict[str, bytes]) -> Iterator[str]:
    proxy, tls = one["proxy"], one["tls"]
    if "request" in blocks and not blocks["request"].startswith(request(one) or b"\0"):
        yield "33: asks for something else"
    if proxy:
        asked, said = (blocks.get(f"proxy.{part}") for part in ("request", "answer"))
        parts = urlsplit(one["url"])
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        there = f"{host}:{parts.port or 443}"
        if asked not in (None, f"CONNECT {there} HTTP/1.1\r\nHost: {there}\r\n\r\n".encode()):
            yield "36: another way"
        head = read_response(said or b"").head
        if (said is not None and asked is None) or proxy["status"] != (head and head.status):
            yield "36: another answer"
    if tls and tls["chain"] != chain(blocks.get("certificates", b"")):
        yield "37: other certificates"
    for number, asked in enumerate(one["lookups"]):
        pair = blocks.get(f"question.{number}"), blocks.get(f"answer.{number}")
        if not looked_up(asked, *pair):
            yield "38: a look-up that its messages do not show"


def request(one: Exchange) -> bytes | None:
    if parts_of(one["url"]) is None or not one["url"].isascii():
        return None
    parts = urlsplit(one["url"])
    where = f"http://{parts.netloc}" if one["proxy"] and parts.scheme == "http" else ""
    where += (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return f"GET {where} HTTP/1.1\r\nHost: {parts.netloc}\r\n".encode()


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


CODES = {"answered": 0, "nodata": 0, "nxdomain": 3, "servfail": 2, "refused": 5}


def looked_up(said: Exchange, question: bytes | None, answer: bytes | None) -> bool:
    labels = said["name"].lower().rstrip(".").encode("ascii", "replace").split(b".")
    name = b"".join(bytes([min(len(one), 63)]) + one for one in labels) + b"\0"
    if question is not None and name not in question.lower():
        return False
    if said["result"] not in CODES:
        return not said["addresses"] and said["soa"] is None
    if question is None or answer is None or len(answer) < 12:
        return False
    held = [address(one) for one in said["addresses"]]
    return (
        answer[:2] == question[:2]
        and name in answer.lower()
        and answer[3] & 15 == CODES[said["result"]]
        and bool(held) == (said["result"] == "answered")
        and all(one and ipaddress.ip_address(one).packed in answer for one in held)
        and (said["soa"] is None or of_zone(said, answer))
    )


def of_zone(said: Exchange, answer: bytes) -> bool:
    serial, minimum = (said["soa"][name].to_bytes(4, "big") for name in ("serial", "minimum"))
    pattern = re.escape(serial) + b".{12}" + re.escape(minimum)
    zone = said["soa"]["zone"].lower().rstrip(".")
    names = [name.lower().rstrip(".") for name in (said["name"], *said["aliases"])]
    below = any(zone in ("", name) or name.endswith(f".{zone}") for name in names)
    return (
        said["result"] in ("nodata", "nxdomain")
        and below
        and bool(re.search(b"(?=%b)" % pattern, answer, re.S))
    )


# 10.5.1, 10.5.2 and rule 15: addresses


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


def leads_to(url: str, location: str, asked: str) -> bool:
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode()
    with suppress(ValueError):
        return same_address(urljoin(url, location), asked)
    return False


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
