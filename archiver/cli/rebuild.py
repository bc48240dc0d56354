"""`archiver rebuild`."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, problem_json, problem_lines, rows
from archiver.errors import Exit


@click.command(
    "rebuild",
    short_help="Derive a package again from its own primary exhibits.",
    epilog="Example: archiver rebuild PACKAGE.wacz",
)
@options.package
@options.as_json
def command(package: Path, as_json: bool) -> int:
    """Make PACKAGE again from its primary exhibits: the same octets, or say where they differ.

    Offline; writes nothing. Ends with 0 for the same octets, 3 for others, 9 where another
    version made the package and only its versioned rules could be followed.
    """
    from archiver.verbs.rebuilding import rebuild

    done = rebuild(package)
    if as_json:
        print_json(
            {
                "package": done.package,
                "made_by": done.made_by,
                "file": str(done.file),
                "again": None if done.again is None else str(done.again),
                "same": done.same,
                "compared": list(done.compared),
                "differences": [problem_json(one) for one in done.differences],
                "exit": int(done.exit),
            }
        )
        return int(done.exit)
    again = "not made: another version's" if done.again is None else str(done.again)
    print_lines(
        rows(
            [
                ("package", done.package),
                ("made by", done.made_by),
                ("file", str(done.file)),
                ("made again", again),
                ("compared", ", ".join(done.compared)),
            ]
        )
    )
    print_lines(problem_lines(done.differences))
    print_lines([_verdict(done.exit)])
    return int(done.exit)


def _verdict(code: Exit) -> str:
    match code:
        case Exit.OK:
            return "The same octets. (One check of several: archiver verify makes them all.)"
        case Exit.REFUSED:
            return "Not the same: the package does not follow from its own exhibits."
        case _:
            return "What follows by versioned rules is the same; the rest was not made again."
