"""Where two primary exhibits speak of the same thing they must say the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from archiver.digest import Digest
from archiver.errors import Problem
from archiver.http1 import ResponseReader
from archiver.judge.seed import raw_digest
from archiver.observation import Exchange, Response
from archiver.package.archive import small
from archiver.package.derive import CAPTURE, CLAIMED, SEED, SEED_TEXT, WARC, Primary
from archiver.records import ATTEMPT, INTERIM, PAGEINFO, WARC_FIELDS, stated
from archiver.verify.asked import misasked
from archiver.verify.attached import misfits
from archiver.verify.coherence import incoherences
from archiver.verify.connections import unkept
from archiver.warc import Record, blocks

_OWN = (ATTEMPT, INTERIM, PAGEINFO)


def disagreements(primary: Primary, *, ours: bool) -> Iterator[Problem]:
    """Every place where capture, WARC, claims and seed text contradict each other.

    `ours`: the package names this very version, whose own words and tables are known.
    """
    yield from _names(primary)
    yield from _seed(primary)
    yield from incoherences(primary.observation, ours=ours)
    yield from _records(primary, ours=ours)


def _names(primary: Primary) -> Iterator[Problem]:
    seen, claimed, assessed = primary.observation, primary.claimed, primary.assessed
    if not (seen.case == claimed.get("case") == assessed.get("case")):
        yield _problem(CLAIMED, "the three layers name different cases")
    if seen.source != claimed.get("source", {}).get("url"):
        yield _problem(CAPTURE, "the source captured is not the source claimed")


def _seed(primary: Primary) -> Iterator[Problem]:
    claimed = primary.claimed.get("seed_text")
    if (claimed is not None) != (primary.seed is not None or primary.seed_document is not None):
        yield _problem(SEED, "claims and exhibits do not agree on whether there is a seed text")
        return
    if claimed is None:
        return
    document = primary.seed_document or {}
    publish = "include" if primary.seed is not None else document.get("publish")
    if claimed.get("publish") != publish:
        yield _problem(
            SEED, f"claimed to be published as {claimed.get('publish')!r}, stands as {publish!r}"
        )
    if publish == "include" and primary.seed is None:
        yield _problem(SEED_TEXT, "the text is said to be included and is not here")
    digest = raw_digest(document) if primary.seed is None else Digest.of(primary.seed)
    if claimed.get("sha256") != (None if digest is None else str(digest)):
        yield _problem(CLAIMED, f"seed_text.sha256 is not the digest of the text, {digest}")


def _records(primary: Primary, *, ours: bool) -> Iterator[Problem]:
    records = primary.records
    by_id = {record.id: record for record in records}
    seen = primary.observation
    if not all(seen.started <= record.date <= seen.ended for record in records):
        yield _problem(WARC, "a record is dated outside the capture")
    named: set[str] = set()
    uris = {record.uri for record in records}
    for number, exchange in enumerate(seen.exchanges):
        where = f"{CAPTURE} exchanges[{number}]"
        yield from _exchange(primary, exchange, by_id, where, named)
        if _came_to_nothing(exchange) and INTERIM + exchange.url not in uris:
            what = "octets are said to have come that were no HTTP, and are not here"
            yield _problem(where, what)
    for number, what in chain(misasked(primary, by_id, ours=ours), unkept(primary, by_id)):
        yield _problem(f"{CAPTURE} exchanges[{number}]", what)
    yield from _unnamed(primary, named)


def _came_to_nothing(one: Exchange) -> bool:
    """Whether octets came that were no HTTP, and none but interim responses."""
    invalid = one.fault is not None and one.fault.type == "http.invalid"
    return invalid and one.response is None


def _unnamed(primary: Primary, named: set[str]) -> Iterator[Problem]:
    """A record that capture.json does not speak of may only be one of our own kinds, about one
    of the exchanges."""
    urls = {exchange.url for exchange in primary.observation.exchanges}
    ours = {prefix + url for prefix in _OWN for url in urls}
    for record in primary.records[1:]:
        own = record.type == "resource" and record.uri in ours
        fault = (record.type, record.content_type) == ("metadata", WARC_FIELDS)
        if record.id not in named and not own and not (fault and record.uri in urls):
            yield _problem(WARC, f"record {record.id} ({record.type}) stands in no exchange")
        if own and (record.uri or "").startswith(INTERIM) and not _is_interim(primary, record):
            yield _problem(WARC, f"record {record.id} holds something else than interim responses")


def _exchange(
    primary: Primary,
    exchange: Exchange,
    by_id: dict[str, Record],
    where: str,
    named: set[str],
) -> Iterator[Problem]:
    for what in misfits(primary, exchange, by_id, named):
        yield _problem(where, what)
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
        if response is not None and kind == "response":
            yield from _response(primary, exchange, response, record, where)


def _response(
    primary: Primary, exchange: Exchange, said: Response, record: Record, where: str
) -> Iterator[Problem]:
    entity = primary.entities.of(record)
    head = entity.head
    # Only a connection's end ends a body without a length, and how it ended no octet shows.
    whole = entity.complete and entity.framing != "close"
    pairs = (
        ("octets", said.octets, record.length),
        ("truncated", said.truncated, record.truncated),
        ("head", said.head, 0 if head is None else head.size),
        ("status", said.status, None if head is None else head.status),
        ("media_type", said.media_type, stated(head, "content-type") or ""),
        ("location", said.location, stated(head, "location")),
        ("server_date", said.server_date, stated(head, "date")),
        ("framing", said.framing, entity.framing),
        ("entity", said.entity, entity.size),
        ("entity_digest", said.entity_digest, entity.digest),
    )
    for name, ours, theirs in pairs:
        if ours != theirs:
            yield _problem(where, f"response.{name} is {ours}, its record gives {theirs}")
    if said.truncated is not None and whole and exchange.request is not None:
        yield _problem(where, "a response that is whole is marked as truncated")
    if said.truncated is None and not entity.complete and entity.framing != "not-http":
        yield _problem(where, "a response that is not whole is not marked as truncated")


def _is_interim(primary: Primary, record: Record) -> bool:
    reader = ResponseReader(lambda _: None)
    for piece in small(blocks(primary.archive, record)):
        reader.feed(piece)
        if not reader.in_head:
            return False
    return sum(reader.interim) == record.length


def _problem(where: str, what: str) -> Problem:
    return Problem(where=where, rule="agreement", what=what)
