"""`archiver recapture`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import network, options, sealing
from archiver.cli import pace as pacing
from archiver.cli.output import (
    fault_json,
    fault_words,
    print_json,
    print_lines,
    say_on_terminal,
)
from archiver.errors import Exit
from archiver.report.escape import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.verbs.against import Against
    from archiver.verbs.capture import Captured
    from archiver.verbs.recapture import Plan, Planned, Recaptured


_NO_RHYTHM = "no case says how often: [recapture] every in case.toml, or --every"


@click.command(
    "recapture",
    short_help="Capture again every case that is due.",
    epilog="Example: archiver recapture --deadline 40m --exit-status",
)
@click.argument("cases", metavar="[CASE]...", nargs=-1)
@options.archives
@click.option(
    "--every",
    metavar="DURATION",
    help="How often, such as 30m, 6h or 1d, whatever the cases say; 0s: at once.",
)
@click.option("--plan", "planned", is_flag=True, help="Tell what is due, and do nothing.")
@click.option(
    "--exit-status",
    is_flag=True,
    help="End with 6 if something changed anywhere, and nothing went wrong.",
)
@pacing.options
@network.options
@sealing.options
@options.as_json
@options.quiet
def command(
    cases: tuple[str, ...],
    archives: Path,
    every: str | None,
    planned: bool,
    exit_status: bool,
    as_json: bool,
    quiet: bool,
    checkpoint: bool,
    stamped: bool,
    **given: Any,
) -> int:
    """Capture every case that is due, and say what changed since the capture before.

    A case says in its case.toml how often: `[recapture]` with `every = "1d"`. It is due once in
    each such period, counted from 1970-01-01T00:00:00Z (1d: once each day of UTC), if no capture
    of it began in this one, as the ledger tells: so run this as often as you like, and late is
    only late. Without CASE all cases are looked at that say how often; a CASE that you name
    and that does not say is captured at once.

    Periods that passed without a capture are written into the ledger as gaps. Only captures that
    show the page, or the source's word that it is not there, are compared: to be blocked is no
    change. One case that fails stops no other.
    """
    from archiver.custody.due import duration
    from archiver.moment import clock_from_environment
    from archiver.verbs.recapture import Round, plan, recapture

    order = Round(
        archives=archives,
        cases=tuple(Path(one).name for one in cases),
        every=None if every is None else duration(every),
        pace=pacing.pace(given),
        settings=network.settings(given),
        signing=sealing.signing(given),
        checkpoint=checkpoint,
    )
    if planned:
        return _say_plan(plan(order, clock_from_environment().now()), as_json)
    done = recapture(order, say=say_on_terminal(quiet))
    stamps = sealing.run_told(done, stamped, quiet)
    code = done.exit
    if exit_status and done.changed and code in (Exit.OK, Exit.INCONCLUSIVE):
        code = Exit.CHANGED
    if as_json:
        print_json(_json(done, stamps, code))
    elif not quiet:
        print_lines(terminal(line, 1000) for line in _lines(done))
    return int(code)


def _say_plan(found: Plan, as_json: bool) -> int:
    if as_json:
        planned = [_planned_json(one) for one in found.cases]
        print_json({"plan": planned, "cut_off": found.open, "exit": 0})
        return 0
    print_lines(terminal(line, 1000) for line in _plan_lines(found))
    return 0


def _plan_lines(found: Plan) -> Iterator[str]:
    width = max((len(one.case) for one in found.cases), default=0)
    for one in found.cases:
        missed = sum(gap.missed for gap in one.gaps)
        gaps = f"; missed {missed} time{'' if missed == 1 else 's'} before" if missed else ""
        yield f"{one.case:<{width}}  {_when(one)}{gaps}"
    if found.open:
        yield f"looked for first: {found.open} captures that began and of which nothing came yet"
    if not found.cases:
        yield _NO_RHYTHM


def _when(one: Planned) -> str:
    if one.fault is not None:
        return f"cannot be captured: {fault_words(one.fault)}"
    if not one.due:
        return f"not before {one.next}"
    return "due: no capture in the ledger" if one.last is None else f"due: last begun {one.last}"


def _planned_json(one: Planned) -> dict[str, Any]:
    return {
        "case": one.case,
        "every": one.every,
        "last": one.last,
        "due": one.due,
        "next": one.next,
        "missed": sum(gap.missed for gap in one.gaps),
        "error": None if one.fault is None else fault_json(one.fault),
    }


def _json(done: Recaptured, stamps: dict[str, Any], code: Exit) -> dict[str, Any]:
    from archiver.cli.captured import captured_json

    return {
        "captures": [
            {
                **captured_json(one),
                "change": _change_json(done.changes[one.case]),
                **stamps.get(one.case, {}),
            }
            for one in done.captures
        ],
        "failed": [{"case": case, "error": fault_json(fault)} for case, fault in done.failed],
        "not_attempted": [
            {
                "case": case,
                "reason": reason,
                "error": None if fault is None else fault_json(fault),
            }
            for case, reason, fault in done.not_attempted
        ],
        "gaps": [_gap_json(gap.said(case)) for case, gap in done.gaps],
        "adopted": len(done.adopted),
        "looked_at": done.looked_at,
        "changed": done.changed,
        "exit": int(code),
    }


def _gap_json(said: dict[str, Any]) -> dict[str, Any]:
    names = ("case", "since", "until", "missed")
    return {**{name: said[name] for name in names}, "reason": said.get("reason")}


def _change_json(one: Against) -> dict[str, Any]:
    return {
        "result": one.result,
        "why": one.why or None,
        "against": None if one.id is None else str(one.id),
        "words": list(one.words),
        "document": one.document,
    }


def _lines(done: Recaptured) -> Iterator[str]:
    from archiver.cli.changed import change_words

    names = [one.case for one in done.captures]
    names += [one[0] for one in done.failed] + [one[0] for one in done.not_attempted]
    width = max((len(name) for name in names), default=0)
    for case, gap in done.gaps:
        yield f"gap: {case}: {gap.said(case)['note']}"
    for one in done.captures:
        yield f"{one.case:<{width}}  {_came(one)}  {change_words(done.changes[one.case])}"
    for case, fault in done.failed:
        yield f"{case:<{width}}  failed: {fault_words(fault)}"
    for case, reason, refused in done.not_attempted:
        why = reason if refused is None else fault_words(refused)
        yield f"{case:<{width}}  not attempted: {why}"
    if not names and not done.looked_at:
        yield f"nothing is due: {_NO_RHYTHM}"
    elif not names:
        yield f"nothing is due ({done.looked_at} case{'s' * (done.looked_at > 1)} looked at)"


def _came(one: Captured) -> str:
    outcome = f"{one.outcome.state} / {one.outcome.reason}"
    return f"{outcome:<28}  {one.comparison.result:<14}"
