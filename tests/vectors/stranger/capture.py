"""Check 6 and its rules 1 to 14: what is said of the capture, against itself
(docs/format.md §10.6; the numbers are those of its rules)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from addresses import leads_to, same_address, sibling, surely_asked
from asked import requests
from connections import connections, openers
from exchanges import CERTIFICATE, Exchange, alone, fault, opened, status
from files import digest, strict
from names import named
from shown import ATTEMPT, of_records
from web import read_archive
from words import CONTROLS


def agreement(files: dict[str, bytes], software: str) -> Iterator[str]:
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
    packed, end = (datetime.fromisoformat(one) for one in (listed["created"], seen["ended"]))
    if not end <= packed <= end + timedelta(days=1):
        yield "2: packed before the end, or days later"
    if not seen["case"] == claimed["case"] == assessed["case"]:
        yield "3: different cases"
    if seen["source"] != claimed["source"].get("url"):
        yield "3: another source"
    yield from seed(files, claimed)
    ours = seen["software"] == software
    yield from course(seen, hops)
    yield from probes(seen, hops)
    yield from controls(seen, hops, ours=ours)
    first_of = openers(seen["exchanges"])
    for number, one in enumerate(seen["exchanges"]):
        yield from alone(one, seen, ours=ours)
        if number in first_of:
            yield from opened(one)
    yield from named(seen)
    records = read_archive(files["archive/data.warc"])
    by_id = {one.id: one for one in records}
    yield from connections(seen["exchanges"], by_id)
    yield from of_records(seen, records, by_id)
    yield from requests(seen, by_id, ours=ours)


def by_role(seen: Exchange, role: str) -> list[Exchange]:
    return [one for one in seen["exchanges"] if one["role"] == role]


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


def follows(one: Exchange, then: Exchange) -> bool:
    leads = target(one)
    if leads is not None:
        return then["attempt"] == 1 and leads_to(one["url"], leads, then["url"])
    if one["url"] != then["url"] or not one["fault"]:
        return False
    if fault(one) in CERTIFICATE:
        return bool(then["attempt"] == one["attempt"] and unproved(then))
    final = ("http.invalid", "local.refused_by_policy")
    return bool(then["attempt"] == one["attempt"] + 1 and fault(one) not in final)


def course(seen: Exchange, hops: list[Exchange]) -> Iterator[str]:
    many = seen["exchanges"]
    dates = [seen["started"], seen["ended"], *(one["date"] for one in many)]
    moments = [one["date"] for one in hops]
    roles = [("source", "requisite", "probe", "control").index(one["role"]) for one in many]
    if (min(dates), max(dates)) != (seen["started"], seen["ended"]):
        yield "5: outside the capture"
    if moments != sorted(moments) or roles != sorted(roles):
        yield "5: out of order"
    if seen["clock"] == "SOURCE_DATE_EPOCH" and len({*dates}) > 1:
        yield "5: a clock that was set goes on"
    if not same_address(seen["source"], hops[0]["url"]):
        yield "6: not with the source"
    if not all(follows(one, then) for one, then in pairwise(hops)):
        yield "7: nothing led there"
    if any(one["attempt"] > seen["settings"]["attempts"] for one in hops):
        yield "7: more attempts than were set"
    asked = [hops[0]["url"]]
    asked += [then["url"] for one, then in pairwise(hops) if target(one) is not None]
    if len({*asked}) != len(asked):
        yield "8: asked again"
    yield from repeated(many)
    came = status(hops[-1]) in range(200, 300) and seen["settings"]["requisites"]
    if by_role(seen, "requisite") and not came:
        yield "11: requisites of no page"
    if not stopped(seen["stop"], hops[-1], asked):
        yield "12: stop"


def stopped(stop: str | None, last: Exchange, asked: list[str]) -> bool:
    leads = target(last)
    if leads is None or stop is None:
        return leads is None and stop is None
    return {
        "redirect.loop": any(leads_to(last["url"], leads, url) for url in asked),
        "redirect.too_many": len(asked) > 20,
        "redirect.refused": not surely_asked(last["url"], leads),
    }[stop]


def repeated(many: list[Exchange]) -> Iterator[str]:
    first_of = openers(many)
    for number, one in enumerate(many):
        before = many[number - 1] if number else None
        same = before is not None and before["url"] == one["url"] and before["role"] == one["role"]
        if one["tls"] and not one["tls"]["verified"] and one["phase"] != "tls":
            reason = same and before and fault(before) in CERTIFICATE
            if not reason or one["role"] not in ("source", "probe"):
                yield "9: not asked to prove who it is"
        doubt = fault(one) in CERTIFICATE and one["role"] in ("source", "probe")
        if doubt and not (same and before and fault(before) in CERTIFICATE):
            then = many[number + 1] if number + 1 < len(many) else {}
            if any(then.get(part) != one[part] for part in ("role", "url", "attempt")):
                yield "9: not asked once more without proof"
        again = same and before and before["attempt"] == 1 and before["response"] is None
        again = again and number - 1 not in first_of and number in first_of
        allowed = {1, 2} if again and one["role"] == "requisite" else {1}
        is_first = one["role"] != "source" or number == 0
        if is_first and one["attempt"] not in allowed:
            yield "10: a first attempt that is not 1"


def probes(seen: Exchange, hops: list[Exchange]) -> Iterator[str]:
    asked = by_role(seen, "probe")
    came = status(hops[-1]) in range(200, 300) and hops[-1]["response"]["truncated"] is None
    beside = sibling(hops[0]["url"], hops[0]["date"])
    if bool(asked) != bool(came and beside and seen["settings"]["probe"]):
        yield "13: a probe that is not due, or none where one is"
    elif asked and not same_address(str(beside), asked[0]["url"]):
        yield "13: another sibling"
    if not all(follows(one, then) for one, then in pairwise(asked)):
        yield "13: nothing led there"


def controls(seen: Exchange, hops: list[Exchange], *, ours: bool) -> Iterator[str]:
    asked, last, settings = by_role(seen, "control"), hops[-1], seen["settings"]
    doubt = last["tls"] and unproved(last)
    if last["fault"]:
        doubt = fault(last) != "local.refused_by_policy"
    if bool(asked) != bool(doubt):
        yield "14: controls that are not due, or none where they are"
    urls, due = [one["url"] for one in asked], settings["controls"]
    if asked and not (len(urls) == len(due) and all(map(same_address, due, urls))):
        yield "14: other controls"
    if ours and not settings["controls_given"] and due != CONTROLS:
        yield "14: controls that nobody named"
