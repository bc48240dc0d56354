"""`archiver export`."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, rows
from archiver.digest import Digest
from archiver.errors import Exit
from archiver.report.formats import FORMATS


def _formats() -> str:
    return "; ".join(f"{name}: {one.what}" for name, one in FORMATS.items())


@click.command(
    "export",
    short_help="Write a package's content in a form that others read.",
    epilog="Example: archiver export PACKAGE.wacz --to checklist -o checklist.md",
)
@options.package
@click.option(
    "--to", required=True, type=click.Choice(list(FORMATS)), help=f"The form. {_formats()}."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A new file to write it to; nothing is ever written over.  [default: standard output]",
)
@options.as_json
def command(package: Path, to: str, output: Path | None, as_json: bool) -> int:
    """Write what PACKAGE says in another form, beside it and never into it.

    It is verified first; of a package that is refused nothing is written.
    """
    from archiver.verbs.exporting import export

    done = export(package, to, output)
    text = done.octets.decode("ascii")
    digest = str(Digest.of(done.octets))
    if as_json:
        print_json(
            {
                "package": done.package,
                "id": done.id,
                "to": done.to,
                "media_type": done.media_type,
                "sha256": digest,
                "output": None if output is None else str(output),
                "written": done.written,
                "content": text if output is None else None,
                "exit": int(Exit.OK),
            }
        )
    elif output is None:
        print_lines(text.splitlines())
    else:
        there = "" if done.written else " (stood there already, the same)"
        print_lines(rows([("package id", done.id), (to, f"{output}{there}"), ("sha256", digest)]))
    return int(Exit.OK)
