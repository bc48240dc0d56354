"""Check 5, the rules 1 to 30: what is said of the capture, against itself
(docs/format.md §10.5; the numbers are those of its rules)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from addresses import PORTS, address, can_be_asked, leads_to, same_address, sibling
from files import digest, strict
from shown import ATTEMPT, Exchange, of_records
from web import Record, read_archive, read_head, read_response

CERTIFICATE = {
    f"tls.{word}"
    for word in "expired not_yet_valid self_signed wrong_host untrusted old_version".split()
}


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
