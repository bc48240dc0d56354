"""`archiver cross`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, rows
from archiver.errors import Exit
from archiver.report.escape import terminal

if TYPE_CHECKING:
    from archiver.verbs.crossing import Crossed


@click.command(
    "cross",
    short_help="Tell what the other side will object, and what would cure it.",
    epilog="Example: archiver cross PACKAGE.wacz --with OTHER.wacz",
)
@options.package
@click.option(
    "--with",
    "others",
    multiple=True,
    metavar="OTHER",
    type=click.Path(path_type=Path),
    help="Another capture of the same source that goes with it; repeatable.",
)
@options.trust
@click.option("--exit-status", is_flag=True, help="End with 6 where there is any objection.")
@options.as_json
def command(
    package: Path,
    others: tuple[Path, ...],
    named: tuple[str, ...],
    exit_status: bool,
    as_json: bool,
) -> int:
    """Tell what the other side will object to PACKAGE, each with what would cure it.

    It is verified first. What stands here weighs against a package without making it false;
    that nothing does is no proof that it is right.
    """
    from archiver.verbs.crossing import cross

    done = cross(package, others, trust=named)
    code = done.exit if exit_status else Exit.OK
    if as_json:
        print_json(
            {
                "package": done.package,
                "id": done.id,
                "objections": [
                    {
                        "code": one.code,
                        "what": one.what,
                        "ground": one.ground,
                        "cure": one.cure,
                        "command": one.command,
                    }
                    for one in done.objections
                ],
                "exit": int(code),
            }
        )
    else:
        print_lines(_lines(done))
    return int(code)


def _lines(done: Crossed) -> Iterator[str]:
    count = len(done.objections)
    words = "1 objection" if count == 1 else f"{count or 'no'} objections"
    yield from rows([("package", done.package), ("package id", done.id), ("found", words)])
    for number, one in enumerate(done.objections, start=1):
        yield f"{number:>2} {terminal(one.what)} ({one.code})"
        yield f"   ground  {terminal(one.ground, 400)}"
        yield f"   cure    {terminal(one.cure)}"
        if one.command is not None:
            yield f"   do      {one.command}"
