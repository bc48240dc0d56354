"""A change as a document (`archiver-change-1`)."""

from __future__ import annotations

from typing import Any

from archiver.judge.change import FORMAT, Change, Edit, Seen, Stretch
from archiver.judge.page import NoText, Page


def to_document(done: Change, before: Seen, after: Seen) -> dict[str, Any]:
    """The change between these two, for a program: octets are of the decoded bodies."""
    return {
        "format": FORMAT,
        "result": done.result,
        "facts": [
            {"name": one.name, "before": one.before, "after": one.after, "noise": one.noise}
            for one in done.facts
        ],
        "text": {
            "result": done.text.result,
            "reasons": {"before": done.text.before, "after": done.text.after},
            "edits": [_edit(one, before.page, after.page) for one in done.text.edits],
        },
        "seed_text_of": done.claim_of,
        "passages": [
            {"number": one.number, "before": one.before, "after": one.after}
            for one in done.passages
        ],
    }


def _edit(one: Edit, before: Page | NoText, after: Page | NoText) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "noise": one.noise,
        "passages": list(one.passages),
        "before": _stretch(one.before, before),
        "after": _stretch(one.after, after),
        "words": [
            {"lead": words.lead, "before": words.before, "after": words.after}
            for words in one.words
        ],
    }


def _stretch(one: Stretch | None, page: Page | NoText) -> dict[str, Any] | None:
    if one is None or isinstance(page, NoText):
        return None
    return {
        "block": one.block,
        "blocks": one.blocks,
        "characters": [one.start, one.end],
        "octets": list(page.octets(one.start, one.end)),
        "text": page.text[one.start : one.end],
    }
