"""`archiver doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import network, options
from archiver.cli.output import print_json, print_lines, said_all, say_on_terminal
from archiver.report.escape import terminal

if TYPE_CHECKING:
    from archiver.verbs.doctor import Finding


@click.command(
    "doctor",
    short_help="Tell what a capture here would meet, and what mends it.",
    epilog="Example: archiver doctor",
)
@options.archives
@click.option(
    "--network/--no-network",
    "ask",
    default=True,
    show_default=True,
    help="Ask the control pages, and compare this clock with theirs.",
)
@network.reaching
@options.as_json
def command(
    archives: Path,
    ask: bool,
    as_json: bool,
    **given: Any,
) -> int:
    """Look at all that a capture into the archives folder needs: software, keys, disk, name
    servers, network, roots, clock. For each finding, what mends it.

    Nothing is captured, nothing stays behind. The control pages are asked as a source would
    be. The exit code is the one that a capture would end with.
    """
    from archiver.verbs.doctor import doctor

    say = say_on_terminal(quiet=False)
    found = doctor(archives, network.settings(given), network=ask, say=say)
    said_all(quiet=False)
    if as_json:
        findings = [
            {"name": one.name, "status": one.status, "what": one.what, "fix": one.fix}
            for one in found.findings
        ]
        print_json({"findings": findings, "exit": int(found.exit)})
    else:
        print_lines(line for one in found.findings for line in _lines(one))
    return int(found.exit)


def _lines(one: Finding) -> list[str]:
    lines = [f"{one.status:<7} {terminal(one.name, 60):<26} {terminal(one.what, 600)}"]
    if one.fix:
        lines.append(f"{'':<34} mend: {terminal(one.fix, 600)}")
    return lines
