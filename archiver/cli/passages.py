"""A comparison, passage by passage, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archiver.report.escape import terminal
from archiver.report.words import comparison_words

if TYPE_CHECKING:
    from archiver.judge.compare import Comparison, Finding


_IGNORED = {
    "whitespace": "how white space is written",
    "typographic": "the form of quotes, dashes, dots and white space",
}


def comparison_line(done: Comparison) -> str:
    """The comparison in one line."""
    words = comparison_words(done.result, done.reason)
    if done.result == "not-comparable":
        return f"{done.result} ({words})"
    counts = f"{done.count('found')} of {len(done.findings)} passages found"
    extra = [f"{done.count(word)} {word}" for word in ("altered", "missing") if done.count(word)]
    if done.in_order is False:
        extra.append("in another order")
    if done.normalisation not in (None, "none"):
        extra.append(f"ignoring {_IGNORED[str(done.normalisation)]}")
    return f"{done.result} ({', '.join([counts, *extra])})"


def passage_lines(done: Comparison, *, everything: bool) -> list[str]:
    """The passages: those that are not found, or every one."""
    lines = []
    for finding in done.findings:
        if everything or finding.status != "found":
            lines += _passage(finding)
    if done.title_found is False:
        lines.append("  title     missing")
    elif everything and done.title_found:
        lines.append("  title     found")
    return lines


def _passage(finding: Finding) -> list[str]:
    passage = finding.passage
    start = "" if passage.text is None else f"  “{terminal(passage.text, 60)}”"
    note = ""
    if finding.place is not None:
        note = f" at character {finding.place.start}"
        if finding.place.level != "none":
            note += f", ignoring {_IGNORED[finding.place.level]}"
    elif finding.nearest is not None:
        whole, tenth = divmod(finding.nearest.likeness, 10)
        note = f", {whole}.{tenth} % alike"
    lines = [f"  passage {passage.number} {finding.status}{note}{start}"]
    if finding.nearest is not None:
        for change in finding.nearest.changes[:12]:
            lines.append(f"    claimed  {terminal(change.seed, 160) or '(nothing)'}")
            lines.append(f"    page     {terminal(change.page, 160) or '(nothing)'}")
    return lines


def comparison_json(done: Comparison) -> dict[str, Any]:
    """The comparison as a program reads it; `passages` lists those that are not found."""
    return {
        "result": done.result,
        "reason": done.reason,
        "found": done.count("found"),
        "altered": done.count("altered"),
        "missing": done.count("missing"),
        "in_order": done.in_order,
        "normalisation": done.normalisation,
        "title_found": done.title_found,
        "passages": [_passage_json(one) for one in done.findings if one.status != "found"],
    }


def _passage_json(finding: Finding) -> dict[str, Any]:
    text = finding.passage.text
    return {
        "number": finding.passage.number,
        "status": finding.status,
        "text": None if text is None else text[:200],
        "likeness": None if finding.nearest is None else finding.nearest.likeness,
        "changes": []
        if finding.nearest is None
        else [{"seed": one.seed, "page": one.page} for one in finding.nearest.changes],
    }
