"""`archiver handover`."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, rows
from archiver.errors import Exit


@click.command(
    "handover",
    short_help="Write a folder with all that a stranger needs to check it.",
    epilog="Example: archiver handover PACKAGE.wacz --to for-the-court --pdf",
)
@options.package
@click.option(
    "--to",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A new folder; nothing is ever written over.",
)
@click.option("--pdf", is_flag=True, help="Add the report as PDF, by the Chromium installed.")
@options.browser
@options.trust
@options.quiet
@options.as_json
def command(
    package: Path,
    to: Path,
    pdf: bool,
    browser: Path | None,
    named: tuple[str, ...],
    quiet: bool,
    as_json: bool,
) -> int:
    """Put PACKAGE and what stands beside it into a new folder, with a letter, the report, the
    public keys, and `verify.html`: a second verifier that runs in any browser, offline.

    It is verified first; of a package that is refused nothing is written.
    """
    from archiver.report.letter import grouped
    from archiver.verbs.handing import handover

    done = handover(package, to, trust=named, pdf=pdf or browser is not None, browser=browser)
    if as_json:
        print_json(
            {
                "package": done.package,
                "id": done.id,
                "to": str(done.to),
                "keys": [str(one) for one in done.keys],
                "files": [
                    {
                        "name": one.name,
                        "what": one.what,
                        "bytes": one.size,
                        "sha256": str(one.sha256),
                    }
                    for one in done.files
                ],
                "written": done.written,
                "exit": int(Exit.OK),
            }
        )
    elif not quiet:
        there = "" if done.written else " (stood there already, the same)"
        lines = [("package id", done.id), ("folder", f"{done.to}{there}")]
        lines += [("files", str(len(done.files)))]
        for key in done.keys:
            lines += [
                ("key number" if not at else "", text) for at, text in enumerate(grouped(key))
            ]
        print_lines(rows(lines))
    return int(Exit.OK)
