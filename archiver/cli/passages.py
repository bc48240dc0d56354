"""A comparison, passage by passage, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archiver.cli.output import rows
from archiver.report.escape import terminal
from archiver.report.words import claim_rows, comparison_words, elsewhere_words

if TYPE_CHECKING:
    from archiver.judge.compare import Comparison, Finding


_IGNORED = {
    "whitespace": "how white space is written",
    "typographic": "the form of quotes, dashes, dots and white space",
}
_EMBEDDED = {
    "found": "the others stand in embedded data only",
    "partial": "some of the others stand in embedded data only",
}


def comparison_line(done: Comparison) -> str:
    """The comparison in one line."""
    words = comparison_words(done.result, done.reason)
    if done.result == "not-comparable":
        there = sum(bool(one.elsewhere) for one in done.findings)
        beside = f"; {there} of {len(done.findings)} passages stand beside the screen"
        return f"{done.result} ({words}{beside if there else ''})"
    within = f" ({done.within} within a longer paragraph)" if done.within else ""
    counts = f"{done.count('found')} of {len(done.findings)} passages found{within}"
    extra = [f"{done.count(word)} {word}" for word in ("altered", "missing") if done.count(word)]
    if done.in_order is False:
        extra.append("in another order")
    if done.embedded in _EMBEDDED:
        extra.append(_EMBEDDED[done.embedded])
    if done.normalisation not in (None, "none"):
        extra.append(f"ignoring {_IGNORED[str(done.normalisation)]}")
    return f"{done.result} ({', '.join([counts, *extra])})"


def passage_lines(done: Comparison, *, everything: bool, colour: bool) -> list[str]:
    """The passages: those that are not found as they stand, or every one; then the rest of
    the claim."""
    from archiver.judge.comparison import claims_document

    lines = []
    for finding in done.findings:
        if everything or finding.status != "found" or _is_within(finding):
            lines += _passage(finding, colour)
    claims = claim_rows(claims_document(done.claims))
    return lines + [f"  {row}" for row in rows(claims)]


def _is_within(finding: Finding) -> bool:
    context = finding.context
    return context is not None and bool(context.before or context.behind)


def _passage(finding: Finding, colour: bool) -> list[str]:
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
    if finding.context is not None and _is_within(finding):
        before, behind = terminal(finding.context.before), terminal(finding.context.behind)
        lines.append(f"    in a longer paragraph: {before} [passage] {behind}".rstrip())
    if finding.nearest is not None and passage.text is not None:
        from archiver.cli.worddiff import kinds_line, word_diff

        lines.append(f"    {word_diff(passage.text, finding.nearest.changes, colour=colour)}")
        lines.append(f"    {terminal(kinds_line(finding.nearest.changes))}")
    for place in finding.elsewhere:
        lines.append(f"    stands {terminal(elsewhere_words(place.kind, place.field), 200)}")
    return lines


def comparison_json(done: Comparison) -> dict[str, Any]:
    """The comparison as a program reads it; `passages` lists those that are not found."""
    return {
        "result": done.result,
        "reason": done.reason,
        "found": done.count("found"),
        "altered": done.count("altered"),
        "missing": done.count("missing"),
        "within": done.within,
        "in_order": done.in_order,
        "normalisation": done.normalisation,
        "embedded": done.embedded,
        "title_found": done.title_found,
        "passages": [_passage_json(one) for one in done.findings if one.status != "found"],
    }


def _passage_json(finding: Finding) -> dict[str, Any]:
    text = finding.passage.text
    changes = () if finding.nearest is None else finding.nearest.changes
    return {
        "number": finding.passage.number,
        "status": finding.status,
        "text": None if text is None else text[:200],
        "likeness": None if finding.nearest is None else finding.nearest.likeness,
        "changes": [{"kind": one.kind, "seed": one.seed, "page": one.page} for one in changes],
        "elsewhere": [{"kind": one.kind, "field": one.field} for one in finding.elsewhere],
    }
