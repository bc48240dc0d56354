"""What a capture came to, for people and for programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from archiver.cli.output import in_colour, problem_json, rows, seed_json
from archiver.cli.passages import comparison_json, comparison_line, passage_lines
from archiver.judge.clock import clock_offset
from archiver.report.escape import terminal
from archiver.report.why import history_sentence
from archiver.report.words import clock_words, outcome_sentence

if TYPE_CHECKING:
    from archiver.custody.ledger import Log
    from archiver.verbs.capture import Captured


def say_ledger(done: Captured, quiet: bool) -> None:
    """What a person should know of the ledger beyond the line of this capture."""
    say_log(done.made_log, done.adopted, quiet)
    if done.logged is None and not quiet:
        print(terminal(f"archiver: not in the ledger: {done.unlogged}", 500), file=sys.stderr)  # noqa: T201


def say_log(made: Log | None, adopted: Sequence[Mapping[str, Any]], quiet: bool) -> None:
    """That a log was made, and what killed runs had left behind."""
    lines = []
    if made is not None:
        lines.append(
            f"archiver: began a ledger of these archives, signed by a key of yours: {made.folder}"
        )
    for one in adopted:
        came = f"its package {one['name']} was found" if "name" in one else "it left no package"
        lines.append(
            f"archiver: a capture of {one['case']} had been cut off; {came}, and the "
            "ledger says so now"
        )
    if not quiet:
        for line in lines:
            print(terminal(line, 500), file=sys.stderr)  # noqa: T201


def captured_json(done: Captured) -> dict[str, Any]:
    """A capture as a program reads it."""
    return {
        "case": done.case,
        "seed_text": seed_json(done.seed),
        "source": done.source,
        "outcome": {
            "state": done.outcome.state,
            "reason": done.outcome.reason,
            "sentence": outcome_sentence(done.outcome),
        },
        "comparison": comparison_json(done.comparison),
        "package": {"path": str(done.package), "id": str(done.id)},
        "signed_by": None if done.signed_by is None else str(done.signed_by),
        "ledger": None
        if done.logged is None
        else {"line": done.logged, "adopted": len(done.adopted)},
        "history": {
            "previous": done.observation.previous,
            "last_captured": None
            if done.last_captured is None
            else {
                "id": str(done.last_captured.id),
                "started": done.last_captured.started,
                "comparison": done.last_captured.comparison,
            },
        },
        "warnings": [problem_json(one) for one in done.warnings],
        "exit": int(done.exit),
    }


def _proxy(done: Captured) -> list[tuple[str, str]]:
    by = done.observation.settings["proxy"]
    return [] if by is None else [("proxy", f"{by}: the source's address is not known")]


def _clock(done: Captured) -> list[tuple[str, str]]:
    offset = clock_offset(done.observation)
    return [("clock", clock_words(offset))] if offset is not None and offset.alarming else []


def _history(done: Captured) -> list[tuple[str, str]]:
    """What was captured in this case before: an absence means more, or less, by that."""
    last = done.last_captured
    if last is not None:
        text = "" if last.comparison == "not-comparable" else f", text {last.comparison}"
        return [("history", f"last captured at {last.started}{text}: package {last.id}")]
    if done.outcome.state != "absent":
        return []
    if done.observation.previous is None:
        return [("history", history_sentence("absent", None))]
    return [("history", "captured before, but never with a page: check the address")]


def _requisites(done: Captured) -> list[tuple[str, str]]:
    asked = done.observation.requisites()
    if not asked:
        return []
    came = sum(one.response is not None and one.response.status == 200 for one in asked)
    wanted = sum(one.attempt == 1 for one in asked)
    return [("requisites", f"{came} of {wanted} came (images, styles, scripts …)")]


def _signed_by(done: Captured) -> str:
    return f"nobody: {done.unsigned}" if done.signed_by is None else str(done.signed_by)


def captured_lines(done: Captured) -> list[str]:
    """A capture as a person reads it."""
    seed = seed_json(done.seed)
    said = "none" if seed is None else str(seed.get("sha256") or f"withheld; {seed['commitment']}")
    outcome = done.outcome
    source = done.observation.clock
    clock = "" if source == "system" else f" (by the clock of {source}, not this machine's)"
    return [
        *rows(
            [
                ("case", done.case + (" (new)" if done.new_case else "")),
                ("seed text", said),
                ("source", done.source),
                *_proxy(done),
                ("captured", f"{done.observation.started} to {done.observation.ended}{clock}"),
                *_clock(done),
                ("outcome", f"{outcome.state} / {outcome.reason}: {outcome_sentence(outcome)}"),
                *_history(done),
                *_requisites(done),
                ("text", comparison_line(done.comparison)),
            ]
        ),
        *passage_lines(done.comparison, everything=False, colour=in_colour()),
        *rows(
            [
                ("package", str(done.package)),
                ("package id", str(done.id)),
                ("signed by", _signed_by(done)),
                ("ledger", done.logged or f"not in it: {done.unlogged}"),
            ]
        ),
    ]
