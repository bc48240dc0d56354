"""Seed text against page text: rule `archiver-compare-1`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from archiver.digest import Digest
from archiver.judge.find import Haystack, Place
from archiver.judge.nearest import Index, Nearest
from archiver.judge.normal import LEVELS
from archiver.judge.page import NoText, Page
from archiver.judge.seed import Passage

FORMAT = "archiver-compare-1"
RESULTS = ("contained", "partial", "not-contained", "not-comparable")


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What is looked for. `absent` says why nothing is: `no_seed_text`, `text_withheld`."""

    passages: tuple[Passage, ...]
    title: str | None
    absent: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What became of one passage: exactly one of place and nearest, or neither (missing)."""

    passage: Passage
    place: Place | None = None
    nearest: Nearest | None = None

    @property
    def status(self) -> str:
        """`found`, `altered` or `missing`."""
        if self.place is not None:
            return "found"
        return "missing" if self.nearest is None else "altered"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """The result, passage by passage. `reason` stands where nothing could be compared."""

    result: str
    reason: str | None
    findings: tuple[Finding, ...] = ()
    in_order: bool | None = None
    title_found: bool | None = None

    def count(self, status: str) -> int:
        """How many passages are `found`, `altered` or `missing`."""
        return sum(finding.status == status for finding in self.findings)

    @property
    def normalisation(self) -> str | None:
        """The strongest normalisation that any found passage needed."""
        levels = [one.place.level for one in self.findings if one.place is not None]
        return max(levels, key=LEVELS.index, default=None)


def compare(claim: Claim, page: Page | NoText) -> Comparison:
    """Look for every passage of the claim in the page's visible text."""
    if claim.absent is not None:
        return Comparison(result="not-comparable", reason=claim.absent)
    if isinstance(page, NoText):
        return Comparison(result="not-comparable", reason=page.reason)
    if not claim.passages:
        return Comparison(result="not-comparable", reason="no_body")
    haystack = Haystack(page.text)
    findings = _findings(claim.passages, haystack)
    places = [one.place for one in findings if one.place is not None]
    in_order = all(one.end <= other.start for one, other in pairwise(places))
    if not places:
        result = "not-contained"
    elif len(places) == len(findings) and in_order:
        result = "contained"
    else:
        result = "partial"
    return Comparison(
        result=result,
        reason=None,
        findings=findings,
        in_order=in_order if places else None,
        title_found=None if claim.title is None else _has_title(claim.title, page, haystack),
    )


def _findings(passages: tuple[Passage, ...], haystack: Haystack) -> tuple[Finding, ...]:
    places: list[Place | None] = []
    after = 0
    for passage in passages:
        place = haystack.find(passage, after)
        places.append(place)
        after = after if place is None else place.end
    pairs = list(zip(passages, places, strict=True))
    unfound = [one.text for one, place in pairs if place is None and one.text is not None]
    index = Index(haystack, unfound) if unfound else None
    return tuple(
        Finding(
            passage=passage,
            place=place,
            nearest=index.nearest(passage.text)
            if index is not None and place is None and passage.text is not None
            else None,
        )
        for passage, place in pairs
    )


def _has_title(title: str, page: Page, haystack: Haystack) -> bool:
    if haystack.find_text(title) is not None:
        return True
    return Haystack(page.title).find_text(title) is not None


def to_document(done: Comparison, page: Page | NoText, record: str | None) -> dict[str, Any]:
    """`evidence/comparison.json`; `record` is the WARC record that holds the page."""
    compared = None
    if isinstance(page, Page) and done.reason is None:
        compared = {
            "record": record,
            "media_type": page.media_type,
            "charset": page.charset,
            "charset_from": page.charset_from,
            "text_characters": len(page.text),
            "text_sha256": str(Digest.of(page.text.encode("utf-8"))),
        }
    return {
        "format": FORMAT,
        "result": done.result,
        "reason": done.reason,
        "page": compared,
        "in_order": done.in_order,
        "normalisation": done.normalisation,
        "title_found": done.title_found,
        "found": done.count("found"),
        "altered": done.count("altered"),
        "missing": done.count("missing"),
        "passages": [_finding(one, page) for one in done.findings],
    }


def _finding(one: Finding, page: Page | NoText) -> dict[str, Any]:
    made: dict[str, Any] = {"number": one.passage.number, "status": one.status}
    span = one.place or one.nearest
    if span is not None and isinstance(page, Page):
        made["characters"] = [span.start, span.end]
        made["octets"] = list(page.octets(span.start, span.end))
    if one.place is not None:
        made["normalisation"] = one.place.level
    if one.nearest is not None:
        made["likeness"] = one.nearest.likeness
        made["changes"] = [
            {"seed": change.seed, "page": change.page} for change in one.nearest.changes
        ]
    return made
