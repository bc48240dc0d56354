"""`evidence/comparison.json`: a comparison as a document."""

from __future__ import annotations

from typing import Any

from archiver.digest import Digest
from archiver.judge.claims import Claims, Said, Sought
from archiver.judge.compare import FORMAT, Comparison, Finding
from archiver.judge.elsewhere import Elsewhere
from archiver.judge.page import NoText, Page


def to_document(done: Comparison, page: Page | NoText, record: str | None) -> dict[str, Any]:
    """`evidence/comparison.json`; `record` is the WARC record that holds the page."""
    read = page if isinstance(page, Page) else page.beside
    compared = None
    if read is not None and (done.reason is None or done.findings):
        compared = {
            "record": record,
            "media_type": read.media_type,
            "charset": read.charset,
            "charset_from": read.charset_from,
            "text_characters": len(read.text),
            "text_sha256": str(Digest.of(read.text.encode("utf-8"))),
        }
    return {
        "format": FORMAT,
        "result": done.result,
        "reason": done.reason,
        "page": compared,
        "in_order": done.in_order,
        "normalisation": done.normalisation,
        "found": done.count("found"),
        "altered": done.count("altered"),
        "missing": done.count("missing"),
        "within": done.within,
        "embedded": done.embedded,
        "embedded_whole": done.embedded_whole,
        "passages": [_finding(one, page) for one in done.findings],
        "claims": claims_document(done.claims),
    }


def _finding(one: Finding, page: Page | NoText) -> dict[str, Any]:
    made: dict[str, Any] = {"number": one.passage.number, "status": one.status}
    span = one.place or one.nearest
    if span is not None and isinstance(page, Page):
        made["characters"] = [span.start, span.end]
        made["octets"] = list(page.octets(span.start, span.end))
    if one.place is not None:
        made["normalisation"] = one.place.level
    if one.context is not None:
        made["before"], made["behind"] = one.context.before, one.context.behind
        made["lines"] = one.context.lines
    if one.nearest is not None:
        made["likeness"] = one.nearest.likeness
        made["changes"] = [
            {"kind": change.kind, "at": change.at, "seed": change.seed, "page": change.page}
            for change in one.nearest.changes
        ]
    if one.place is None:
        made["elsewhere"] = [_elsewhere(place) for place in one.elsewhere]
    return made


def _elsewhere(place: Elsewhere) -> dict[str, Any]:
    return {
        "kind": place.kind,
        "field": place.field,
        "octets": list(place.octets),
        "normalisation": place.level,
    }


def claims_document(made: Claims | None) -> dict[str, Any] | None:
    """What became of the claimed title, date and byline; the `claims` of `comparison.json`."""
    if made is None:
        return None
    date = made.published
    return {
        "title": None if made.title is None else _sought(made.title),
        "published": None
        if date is None
        else {"value": date.value, "metadata": date.metadata, "text": date.text},
        "authors": [_sought(one) for one in made.authors],
        "said": {
            "titles": [_said(one) for one in made.titles_said],
            "dates": [_said(one) for one in made.dates_said],
            "authors": [_said(one) for one in made.authors_said],
        },
    }


def _sought(one: Sought) -> dict[str, Any]:
    return {"value": one.value, "found": bool(one.where), "where": list(one.where)}


def _said(one: Said) -> dict[str, Any]:
    made: dict[str, Any] = {"field": one.field, "value": one.value}
    if one.kind not in ("title", "author"):
        made |= {"kind": one.kind, "fits": one.fits or None}
    return made
