"""Where two primary exhibits speak of the same thing they must say the same."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.digest import Digest
from archiver.errors import Problem
from archiver.observation import Exchange, Observation, Response
from archiver.package.derive import CAPTURE, CLAIMED, SEED, WARC, Primary
from archiver.package.index import entity_of
from archiver.warc import Record

_OWN = ("urn:archiver:attempt:", "urn:archiver:interim:", "urn:pageinfo:")


def disagreements(primary: Primary) -> Iterator[Problem]:
    """Every place where capture, WARC, claims and seed text contradict each other."""
    yield from _names(primary)
    yield from _seed(primary)
    yield from _times(primary.observation, primary.records)
    named: set[str] = set()
    by_id = {record.id: record for record in primary.records}
    if len(by_id) != len(primary.records):
        yield _problem(WARC, "one record id stands twice")
    for number, exchange in enumerate(primary.observation.exchanges):
        where = f"{CAPTURE} exchanges[{number}]"
        yield from _exchange(primary, exchange, by_id, where, named)
    yield from _unnamed(primary.records, named)


def _names(primary: Primary) -> Iterator[Problem]:
    seen, claimed, assessed = primary.observation, primary.claimed, primary.assessed
    if not (seen.case == claimed.get("case") == assessed.get("case")):
        yield _problem(CLAIMED, "the three layers name different cases")
    if seen.source != claimed.get("source", {}).get("url"):
        yield _problem(CAPTURE, "the source captured is not the source claimed")
    if not seen.of_source():
        yield _problem(CAPTURE, "no exchange with the source")
    if not primary.records or primary.records[0].type != "warcinfo":
        yield _problem(WARC, "the first record is not the warcinfo record")


def _seed(primary: Primary) -> Iterator[Problem]:
    claimed = primary.claimed.get("seed_text")
    has_text = primary.seed is not None or primary.seed_document is not None
    if (claimed is not None) != has_text:
        yield _problem(SEED, "claims and exhibits do not agree on whether there is a seed text")
        return
    if claimed is None:
        return
    publish = claimed.get("publish")
    stands = "include" if primary.seed is not None else (primary.seed_document or {}).get("publish")
    if publish != stands:
        yield _problem(SEED, f"claimed to be published as {publish!r}, stands here as {stands!r}")
    if primary.seed is not None:
        digest = str(Digest.of(primary.seed))
        if claimed.get("sha256") != digest:
            yield _problem(CLAIMED, f"seed_text.sha256 is not the text's digest {digest}")
    elif publish == "digest":
        forms = (primary.seed_document or {}).get("forms", [])
        raw = next((form.get("sha256") for form in forms if form.get("form") == "raw"), None)
        if claimed.get("sha256") != raw:
            yield _problem(CLAIMED, "seed_text.sha256 is not the digest in seed.json")


def _times(seen: Observation, records: tuple[Record, ...]) -> Iterator[Problem]:
    for record in records:
        if not seen.started <= record.date <= seen.ended:
            yield _problem(WARC, f"record {record.id} is dated outside the capture")


def _exchange(
    primary: Primary,
    exchange: Exchange,
    by_id: dict[str, Record],
    where: str,
    named: set[str],
) -> Iterator[Problem]:
    response = exchange.response
    parts = [("request", exchange.request)]
    parts.append(("response", None if response is None else response.record))
    for kind, identity in parts:
        if identity is None:
            continue
        record = by_id.get(identity)
        if record is None or record.type != kind or identity in named:
            yield _problem(where, f"its {kind} is not a record of its own in the WARC")
            continue
        named.add(identity)
        said = (exchange.url, exchange.date, exchange.ip)
        if (record.uri, record.date, record.ip) != said:
            yield _problem(where, f"URL, date or address differ from its {kind} record")
        if kind == "response" and response is not None:
            yield from _response(primary, response, record, where)
    if (response is None or response.status is None) != (exchange.fault is not None):
        yield _problem(where, "a fault and a response with a status exclude each other")


def _response(primary: Primary, said: Response, record: Record, where: str) -> Iterator[Problem]:
    entity = entity_of(primary.archive, record)
    head = entity.head
    pairs = (
        ("octets", said.octets, record.length),
        ("truncated", said.truncated, record.truncated),
        ("head", said.head, 0 if head is None else head.size),
        ("status", said.status, None if head is None else head.status),
        ("media_type", said.media_type, "" if head is None else head.value("content-type") or ""),
        ("location", said.location, None if head is None else head.value("location")),
        ("framing", said.framing, entity.framing),
        ("entity", said.entity, entity.size),
        ("entity_digest", said.entity_digest, entity.digest),
    )
    for name, ours, theirs in pairs:
        if ours != theirs:
            yield _problem(where, f"response.{name} is {ours}, its record gives {theirs}")
    if said.truncated is None and not entity.complete and entity.framing != "not-http":
        yield _problem(where, "a response that is not whole is not marked as truncated")
    if record.payload_digest not in (None, entity.digest):
        yield _problem(where, "the payload digest is not the digest of its entity body")


def _unnamed(records: tuple[Record, ...], named: set[str]) -> Iterator[Problem]:
    """A record that capture.json does not speak of may only be one of our own kinds."""
    for record in records[1:]:
        if record.id in named:
            continue
        own = record.type == "resource" and (record.uri or "").startswith(_OWN)
        fault = record.type == "metadata" and record.content_type == "application/warc-fields"
        if not own and not fault:
            yield _problem(WARC, f"record {record.id} ({record.type}) stands in no exchange")


def _problem(where: str, what: str) -> Problem:
    return Problem(where=where, rule="agreement", what=what)
