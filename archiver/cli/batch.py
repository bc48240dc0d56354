"""`archiver batch`."""

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
from archiver.report.escape import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.verbs.batch import Done, Listed


@click.command(
    "batch",
    short_help="Capture the sources of a list, each once.",
    epilog="Example: archiver batch sources.csv --results done.csv",
)
@click.argument("sources", metavar="LIST.csv", type=click.Path(path_type=Path))
@options.archives
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file that tells what came of each.  [default: LIST.results.csv beside the list]",
)
@pacing.options
@network.options
@sealing.options
@options.as_json
@options.quiet
def command(
    sources: Path,
    archives: Path,
    results: Path | None,
    as_json: bool,
    quiet: bool,
    checkpoint: bool,
    stamped: bool,
    **given: Any,
) -> int:
    """Capture the sources of LIST.csv, each into a case of its own.

    The first line names the columns, in any order: url, text (a file in the list's folder), date,
    outlet, title, language, case_id; any other is kept in the case as a field of your own,
    x-NAME. UTF-8, with commas. Each line needs a url, or a text whose last line is one.
    If anything is wrong with any line, each is named and nothing is captured.

    Run it again to go on: a source of which the ledger has a capture is left out, unless that
    was inconclusive. (archiver recapture captures again.)
    """
    from archiver.verbs.batch import Batch, batch

    done = batch(
        Batch(
            list=sources,
            results=results,
            archives=archives,
            pace=pacing.pace(given),
            settings=network.settings(given),
            signing=sealing.signing(given),
            checkpoint=checkpoint,
        ),
        say=say_on_terminal(quiet),
    )
    stamps = sealing.run_told(done, stamped, quiet)
    if as_json:
        print_json(_json(done, stamps))
    elif not quiet:
        print_lines(terminal(line, 1000) for line in _lines(done))
    return int(done.exit)


def _json(done: Listed, stamps: dict[str, dict[str, Any]]) -> dict[str, Any]:
    from archiver.cli.captured import captured_json

    neither = [one for one in done.rows if one.captured is None and one.before is None]
    return {
        "captures": [
            {"line": one.line, **captured_json(one.captured), **stamps.get(one.case, {})}
            for one in done.rows
            if one.captured is not None
        ],
        "before": [_before_json(one) for one in done.rows if one.before is not None],
        "failed": [
            {**_place(one), "error": fault_json(one.fault)}
            for one in neither
            if one.fault is not None
        ],
        "not_attempted": [
            {**_place(one), "reason": one.reason} for one in neither if one.fault is None
        ],
        "adopted": len(done.adopted),
        "results": str(done.results),
        "exit": int(done.exit),
    }


def _place(one: Done) -> dict[str, Any]:
    return {"line": one.line, "case": one.case, "source": one.source}


def _before_json(one: Done) -> dict[str, Any]:
    assert one.before is not None  # noqa: S101 - so it was chosen
    said = one.before.entry.said
    names = ("time", "state", "reason", "comparison", "package")
    return {**_place(one), "ledger": one.before.place, **{name: said[name] for name in names}}


def _lines(done: Listed) -> Iterator[str]:
    width = max(len(one.case) for one in done.rows)
    before = 0
    for one in done.rows:
        if one.before is not None:
            before += 1
            continue
        yield f"line {one.line:<5} {one.case:<{width}}  {_came(one)}"
    if before:
        yield f"{before} of {len(done.rows)} sources were captured before"
    yield f"results: {done.results}"


def _came(one: Done) -> str:
    if one.captured is not None:
        outcome = one.captured.outcome
        return f"{outcome.state} / {outcome.reason}  {one.captured.comparison.result}"
    if one.fault is not None:
        return f"failed: {fault_words(one.fault)}"
    return f"not attempted: {one.reason}"
