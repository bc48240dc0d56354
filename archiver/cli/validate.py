"""`archiver validate`."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.case.identity import LEDGER
from archiver.cli import options
from archiver.cli.output import (
    print_json,
    print_lines,
    problem_json,
    problem_lines,
    warning_lines,
)
from archiver.errors import Exit
from archiver.report.escape import terminal


@click.command(
    "validate",
    short_help="Validate cases against the schema and the rules.",
    epilog="Example: archiver validate archives/*",
)
@click.argument("cases", metavar="CASE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--text",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The seed text, where the case folder does not hold it.",
)
@options.as_json
@options.quiet
def command(cases: tuple[Path, ...], text: Path | None, as_json: bool, quiet: bool) -> int:
    """Validate each CASE (a case folder): metadata and seed text against the schema and
    the rules that a schema cannot say. Every fault is listed, with its place and a fix."""
    from archiver.verbs.cases import validate

    # `archives/*` names the ledger as well, which is no case and needs no word.
    done = [validate(case, text) for case in cases if not _is_ledger(case)]
    bad = any(one.problems for one in done)
    code = Exit.INVALID if bad else Exit.OK
    if as_json:
        print_json(
            {
                "cases": [
                    {
                        "case": one.case,
                        "valid": not one.problems,
                        "problems": [problem_json(fault) for fault in one.problems],
                        "warnings": [problem_json(fault) for fault in one.warnings],
                    }
                    for one in done
                ],
                "exit": int(code),
            }
        )
        return int(code)
    for one in done:
        word = "invalid" if one.problems else "valid"
        if one.problems or not quiet:
            print_lines([f"{word}  {terminal(one.case)}", *problem_lines(one.problems)])
        if not quiet:
            print_lines(warning_lines(one.warnings))
    return int(code)


def _is_ledger(folder: Path) -> bool:
    return folder.name == LEDGER and folder.is_dir() and not (folder / "case.toml").exists()
