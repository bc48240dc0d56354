"""`archiver diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli import options
from archiver.cli.output import in_colour, print_json, print_lines, rows
from archiver.errors import Exit

if TYPE_CHECKING:
    from archiver.verbs.changing import Diffed, Side


@click.command(
    "diff",
    short_help="Tell what changed between two captures of one source.",
    epilog="Example: archiver diff JANUARY.wacz MARCH.wacz --exit-status",
)
@click.argument("a", metavar="A", type=click.Path(path_type=Path))
@click.argument("b", metavar="B", type=click.Path(path_type=Path))
@click.option(
    "--exit-status",
    is_flag=True,
    help="End with 6 if something differs besides noise, with 5 if a capture is inconclusive.",
)
@options.as_json
def command(a: Path, b: Path, exit_status: bool, as_json: bool) -> int:
    """Tell what changed between the packages A and B, two captures of one source.

    Both are verified first. Which one is the earlier follows from the packages, not from
    the order of the words. Counters, clocks, advertisements, tokens and the like are told
    apart as noise; nothing is left out.
    """
    from archiver.verbs.changing import diff

    done = diff(a, b)
    code = done.exit if exit_status else Exit.OK
    if as_json:
        print_json(
            {
                "source": done.source,
                "before": _side(done.before),
                "after": _side(done.after),
                "ordered_by": done.ordered_by,
                "change": done.document,
                "exit": int(code),
            }
        )
    else:
        print_lines(_lines(done))
    return int(code)


def _side(side: Side) -> dict[str, str]:
    outcome = side.seen.circumstances.outcome
    return {
        "package": side.package,
        "id": side.id,
        "started": side.observation.started,
        "state": outcome.state,
        "reason": outcome.reason,
    }


def _lines(done: Diffed) -> list[str]:
    from archiver.cli.changes import change_lines
    from archiver.report.changes import ORDERS, RESULTS, text_words

    change = done.change
    sides = [("before", done.before), ("after", done.after)]
    return [
        *rows(
            [
                ("source", done.source),
                *((name, _which(side)) for name, side in sides),
                ("order", _ONE if done.before.id == done.after.id else ORDERS[done.ordered_by]),
                ("result", f"{change.result}: {RESULTS[change.result]}"),
                ("text", text_words(change.text)),
            ]
        ),
        *change_lines(done, in_colour()),
    ]


_ONE = "none: it is one package, twice"


def _which(side: Side) -> str:
    outcome = side.seen.circumstances.outcome
    tls = side.observation.of_source()[-1].tls
    doubt = "" if tls is None or tls.verified else ", server's identity not verified"
    return f"{side.observation.started}  {outcome.state} / {outcome.reason}{doubt}  {side.package}"
