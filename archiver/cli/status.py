"""`archiver status`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines
from archiver.errors import Exit
from archiver.report.escape import terminal

if TYPE_CHECKING:
    from archiver.verbs.status import CaseStatus


@click.command(
    "status",
    short_help="Tell all cases at a glance.",
    epilog="Example: archiver status --archives archives",
)
@options.archives
@click.option(
    "--max-age",
    metavar="DURATION",
    help="End with 5 if the last capture of a scheduled case is older, such as 36h, or if none "
    "is scheduled.",
)
@options.as_json
def command(archives: Path, max_age: str | None, as_json: bool) -> int:
    """Tell all cases of an archives folder in one table: when each was captured last, with what
    outcome and comparison, how often, whether it is due, and what is to be asked about.

    As the ledger tells it; no package is opened, nothing verified (archiver log verify).

    With --max-age it is a watch over the watch: a schedule that was switched off, or that
    captures nothing any more, fails. Have it run elsewhere than the schedule itself.
    """
    from archiver import moment
    from archiver.custody.due import duration
    from archiver.verbs.status import status

    age = None if max_age is None else duration(max_age)
    found = status(archives)
    now = moment.now()
    late = () if age is None else found.overdue(now, age)
    code = Exit.OK if late == () else Exit.INCONCLUSIVE
    if as_json:
        print_json(
            {
                "cases": [_json(one, now) for one in found.cases],
                "unread": found.unread,
                "overdue": late,
                "exit": int(code),
            }
        )
        return int(code)
    width = max(len(name) for name in ("CASE", *(one.case for one in found.cases)))
    if found.cases:
        print_lines(
            [_columns(width, "CASE", "LAST CAPTURE", "CAPTURES", "OUTCOME", "TEXT", "NOTES")]
        )
    print_lines(_line(one, width, now) for one in found.cases)
    if found.unread:
        print_lines([f"{found.unread} lines of the ledger cannot be read: archiver log verify"])
    if not found.cases:
        print_lines(["no case yet: archiver capture makes one"])
    if late is None:
        print_lines(["no case is scheduled, so nothing is watched: [recapture] every in case.toml"])
    unknown = {one.case for one in found.cases if one.fault is not None}
    for name in late or ():
        what = "nobody can tell how often" if name in unknown else f"not captured for {max_age}"
        print_lines([terminal(f"{what}: {name}", 300)])
    return int(code)


def _line(one: CaseStatus, width: int, now: int) -> str:
    last = one.last
    if last is None:
        time, outcome, compared = "-" * 20, "no capture in the ledger", ""
    else:
        time = last["time"]
        outcome, compared = f"{last['state']} / {last['reason']}", last["comparison"]
    notes = "; ".join(_notes(one, now))
    line = _columns(width, one.case, time, str(one.captures), outcome, compared, notes)
    return terminal(line, 1000)


def _columns(
    width: int, case: str, time: str, count: str, outcome: str, text: str, to_do: str
) -> str:
    columns = f"{case:<{width}}  {time:<20}  {count:>8}  {outcome:<32}  {text:<14}  {to_do}"
    return columns.rstrip()


def _notes(one: CaseStatus, now: int) -> list[str]:
    counted = (
        (len(one.open), "begun without a result"),
        (one.failed, "without a package"),
        (one.not_attempted, "not attempted"),
        (one.gaps, "gaps"),
        (one.withdrawn, "withdrawn"),
        (one.untold, "packages that the ledger does not tell of"),
    )
    notes = ["due"] if one.due(now) else []
    notes += [] if one.fault is None else ["case.toml is not right: archiver validate"]
    notes += [f"{number} {what}" for number, what in counted if number]
    return notes if one.here else [*notes, "the case is not here"]


def _json(one: CaseStatus, now: int) -> dict[str, Any]:
    last = one.last
    return {
        "case": one.case,
        "here": one.here,
        "last": None
        if last is None
        else {
            name: last[name]
            for name in ("time", "source", "state", "reason", "comparison", "package", "file")
        },
        "captures": one.captures,
        "open": sorted(one.open),
        "failed": one.failed,
        "not_attempted": one.not_attempted,
        "gaps": one.gaps,
        "withdrawn": one.withdrawn,
        "untold": one.untold,
        "fault": one.fault,
        "every": one.every,
        "next": one.next,
        "due": one.due(now),
    }
