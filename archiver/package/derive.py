"""From the primary exhibits to every derived one: the function that makes packages rebuild.

Building a package and checking one both call `derive`; what it gives is a function
of the primary exhibits, `created` and this version of the rules, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from archiver import canonical, warc
from archiver.case.schemas import schema_octets
from archiver.case.seedtext import SeedText, read_seed_text
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.http1 import Head
from archiver.judge import compare as comparing
from archiver.judge import comparison as documents
from archiver.judge import outcome as judging
from archiver.judge import seed as seeds
from archiver.judge.claims import Stated, stated
from archiver.judge.contents import Text
from archiver.judge.page import NoText, Page
from archiver.judge.signals.answer import Answer, read_answer
from archiver.judge.signals.signs import Signs, signs_of
from archiver.observation import Exchange, Observation
from archiver.package.archive import Entities
from archiver.package.index import index
from archiver.records import ATTEMPT
from archiver.warc import Record

WARC = "archive/data.warc"
CAPTURE = "evidence/capture.json"
CLAIMED = "evidence/claimed.json"
ASSESSED = "evidence/assessed.json"
SEED_TEXT = "evidence/seed.txt"
SEED = "evidence/seed.json"
SCHEMA = "evidence/case.jsonschema.json"
COMPARISON = "evidence/comparison.json"
OUTCOME = "evidence/outcome.json"
MANIFEST = "evidence/manifest-sha256.txt"
INDEX = "indexes/index.cdx"
PAGES = "pages/pages.jsonl"
DATAPACKAGE = "datapackage.json"
DIGEST = "datapackage-digest.json"

MEDIA_TYPES = {
    WARC: "application/warc",
    CAPTURE: "application/json",
    CLAIMED: "application/json",
    ASSESSED: "application/json",
    SEED_TEXT: "text/plain",
    SEED: "application/json",
    SCHEMA: "application/schema+json",
    COMPARISON: "application/json",
    OUTCOME: "application/json",
    MANIFEST: "text/plain",
    INDEX: "text/x-cdxj",
    PAGES: "application/jsonl",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Primary:
    """What a package rests on. `records` and `entities` are those of `archive`, read strictly.

    `seed` is the seed text where it is included; `seed_document` is `seed.json` where
    the text is not (primary then, since nobody could derive it); both None without a text.
    """

    archive: BinaryIO
    records: tuple[Record, ...]
    entities: Entities
    observation: Observation
    claimed: Mapping[str, Any]
    assessed: Mapping[str, Any]
    seed: bytes | None
    seed_document: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Derived:
    """The derived documents and, for whoever goes on with them, their values."""

    outcome: judging.Outcome
    comparison: comparing.Comparison
    page: Page | NoText
    signs: Signs | None
    claim: comparing.Claim
    files: Mapping[str, bytes]


def derive(primary: Primary) -> Derived:
    """Everything in a package that is derived, but for the manifests.

    Raises `InvalidInput` where the primary exhibits contradict each other.
    """
    observation = primary.observation
    record = page_record(primary)
    page, signs = _seen_page(primary)
    seed = _seed_text(primary)
    seed_document = _seed_document(primary, seed)
    claim = _claim(primary, seed, seed_document)
    comparison = compared(claim, page, signs)
    outcome = judging.decide(observation, text_of(comparison), signs)
    files = {
        SCHEMA: schema_octets("case.schema.json"),
        COMPARISON: canonical.to_file(
            documents.to_document(comparison, page, None if record is None else record.id)
        ),
        OUTCOME: canonical.to_file(judging.to_document(outcome)),
        INDEX: index(primary.records, primary.entities),
        PAGES: pages(primary, page),
    }
    if seed_document is not None:
        files[SEED] = canonical.to_file(seed_document)
    return Derived(
        outcome=outcome,
        comparison=comparison,
        page=page,
        signs=signs,
        claim=claim,
        files=files,
    )


def _seed_text(primary: Primary) -> SeedText | None:
    """The included seed text, read in the form that the claim gives it."""
    if primary.seed is None:
        return None
    form = primary.claimed.get("seed_text", {}).get("form")
    return read_seed_text(primary.seed, plain=form == "plain")


def _seen_page(primary: Primary) -> tuple[Page | NoText, Signs | None]:
    """The page of the final response, and the signs in it; None where there is none."""
    seen = primary.observation
    hops, probes = seen.of_source(), seen.probes()
    answer = _answer(primary, hops)
    if answer is None:
        return NoText("no_page"), None
    return answer.page, signs_of(answer, hops, probes, _answer(primary, probes))


def _answer(primary: Primary, exchanges: tuple[Exchange, ...]) -> Answer | None:
    record = _final_record(primary, exchanges)
    if record is None:
        return None
    return read_answer(warc.blocks(primary.archive, record), record.id, exchanges[-1].url)


def compared(
    claim: comparing.Claim, page: Page | NoText, signs: Signs | None
) -> comparing.Comparison:
    """The comparison with a page, of which a shell says nothing of what scripts would show."""
    return comparing.compare(claim, page, needs_script=signs is not None and signs.shell)


def text_of(done: comparing.Comparison) -> Text:
    """What the outcome asks of a comparison."""
    found = [one.status == "found" for one in done.findings]
    some = done.count("found") + done.count("altered") > 0
    return Text(
        result=done.result,
        some=some,
        # The beginning is there, and from some place on nothing.
        teaser=some and found == sorted(found, reverse=True) and done.count("altered") == 0,
        missing=not some
        and (done.result == "not-contained" or done.reason in ("no_page_text", "needs_script")),
        withheld=done.reason == "text_withheld",
    )


def page_record(primary: Primary) -> Record | None:
    """The record of the final response, where there is one with a status."""
    return _final_record(primary, primary.observation.of_source())


def page_head(primary: Primary) -> Head | None:
    """The head of the final response, where there is one with a status."""
    record = page_record(primary)
    return None if record is None else primary.entities.of(record).head


def _final_record(primary: Primary, exchanges: tuple[Exchange, ...]) -> Record | None:
    response = exchanges[-1].response if exchanges else None
    if response is None or response.status is None:
        return None
    for record in primary.records:
        if record.id == response.record and record.type == "response":
            return record
    raise InvalidInput(
        "package.no_record", "capture.json names a response that the WARC lacks", where=CAPTURE
    )


def _seed_document(primary: Primary, seed: SeedText | None) -> Mapping[str, Any] | None:
    if seed is None:
        return primary.seed_document
    return seeds.document(seed, "include", None)


def _claim(
    primary: Primary, seed: SeedText | None, seed_document: Mapping[str, Any] | None
) -> comparing.Claim:
    if seed_document is None:
        return comparing.Claim(passages=(), absent="no_seed_text")
    if seed_document.get("publish") == "withhold":
        return comparing.Claim(passages=(), absent="text_withheld")
    found = seeds.read_passages(seed_document) if seed is None else seeds.passages(seed)
    return comparing.Claim(passages=found, stated=stated_beside(primary))


def stated_beside(primary: Primary) -> Stated:
    """The headline, date and byline that the claim states beside the text."""
    return stated(primary.claimed.get("claimed", {}))


def pages(primary: Primary, page: Page | NoText) -> bytes:
    """`pages/pages.jsonl` (json-pages-1.0): the source, or the record of the attempt."""
    url, date, status = main_page(primary.observation)
    entry: dict[str, Any] = {
        "depth": 0,
        "id": Digest.of(f"{url} {date}".encode()).hex[:32],
        "seed": True,
        "title": f"Attempt record: {primary.observation.source}",
        "ts": date,
        "url": url,
    }
    if status is not None:
        entry["status"] = status
        entry["title"] = (page.title if isinstance(page, Page) else "") or url
        entry["title"] += _warning(primary.observation.of_source()[-1])
    header = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    return canonical.to_line(header) + b"\n" + canonical.to_line(entry) + b"\n"


def _warning(last: Exchange) -> str:
    """What a viewer's list must say of a page that is not what it seems."""
    doubts = []
    if last.tls is not None and not last.tls.verified:
        doubts.append("server's identity not verified")
    if last.response is not None and last.response.truncated is not None:
        doubts.append("incomplete")
    return f" ({', '.join(doubts)})" if doubts else ""


def main_page(observation: Observation) -> tuple[str, str, int | None]:
    """The URL that a replay opens, its date, and the status of the final response."""
    hops = observation.of_source()
    first, last = hops[0], hops[-1]
    status = last.response.status if last.response is not None else None
    if status is None:
        return f"{ATTEMPT}{first.url}", first.date, None
    # The attempt that got an answer: its date is the one that replay looks for.
    answered = next(one for one in hops if one.url == first.url and one.response is not None)
    return first.url, answered.date, status
