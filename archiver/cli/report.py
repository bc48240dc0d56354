"""`archiver report`."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, rows, said_all, say_on_terminal
from archiver.digest import Digest
from archiver.errors import Exit


@click.command(
    "report",
    short_help="Write what a package says as a page for people.",
    epilog="Example: archiver report PACKAGE.wacz --open   "
    "All cases: archiver report --all --to site",
)
@click.argument("package", required=False, metavar="[PACKAGE]", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The page's file; never written over.  [default: PACKAGE.report.html]",
)
@click.option("--pdf", is_flag=True, help="Make a PDF of it as well, by the Chromium installed.")
@options.browser
@click.option("--open", "show", is_flag=True, help="Open the page in your browser.")
@options.trust
@click.option("--all", "every", is_flag=True, help="All cases: an index, and a page a case.")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where --all writes; only pages of its own are written over.  [default: ARCHIVES-report]",
)
@options.archives
@options.quiet
@options.as_json
def command(
    package: Path | None,
    output: Path | None,
    pdf: bool,
    browser: Path | None,
    show: bool,
    named: tuple[str, ...],
    every: bool,
    to: Path | None,
    archives: Path,
    quiet: bool,
    as_json: bool,
) -> int:
    """Write what PACKAGE says as one page for people, beside it and never into it.

    It is verified first; of a package that is refused nothing is written. The page runs no
    script and asks nobody for anything. The same package, with the same files beside it and the
    same trust, gives the same page.
    """
    if every == (package is not None):
        raise click.UsageError("name one PACKAGE, or say --all")
    if every:
        if pdf or output is not None:
            raise click.UsageError("--all goes with --to, not with --pdf or --output")
        return _site(archives, to, named, show=show, quiet=quiet, as_json=as_json)
    if to is not None:
        raise click.UsageError("--to goes with --all")
    assert package is not None  # noqa: S101 - told apart above
    from archiver.verbs.reporting import report

    done = report(package, output, trust=named)
    printed: dict[str, Any] | None = None
    if pdf or browser is not None:
        from archiver.verbs.printing import print_pdf

        file = done.output.with_suffix(".pdf")
        octets = print_pdf(done.octets, file, browser)
        printed = {"output": str(file), "sha256": str(Digest.of(octets))}
    if as_json:
        print_json(
            {
                "package": done.package,
                "id": done.id,
                "output": str(done.output),
                "sha256": str(Digest.of(done.octets)),
                "written": done.written,
                "pdf": printed,
                "exit": int(Exit.OK),
            }
        )
    elif not quiet:
        there = "" if done.written else " (stood there already, the same)"
        lines = [("package id", done.id), ("report", f"{done.output}{there}")]
        lines += [] if printed is None else [("pdf", str(printed["output"]))]
        print_lines(rows(lines))
    if show:
        _open(done.output)
    return int(Exit.OK)


def _open(page: Path) -> None:
    """Show a page in the person's own browser."""
    if not webbrowser.open(page.resolve().as_uri()):
        click.echo("archiver: no browser could be opened; open the file yourself", err=True)


def _site(
    archives: Path,
    to: Path | None,
    named: tuple[str, ...],
    *,
    show: bool,
    quiet: bool,
    as_json: bool,
) -> int:
    from archiver.verbs.site import site

    say = say_on_terminal(quiet)
    folder = archives.with_name(f"{archives.name}-report") if to is None else to
    done = site(archives, folder, trust=named, say=say)
    said_all(quiet)
    code = Exit.REFUSED if done.refused else Exit.OK
    if as_json:
        print_json(
            {
                "archives": str(archives),
                "to": str(folder),
                "index": str(done.index),
                "cases": done.cases,
                "packages": done.packages,
                "refused": [{"package": one.package, "what": one.what} for one in done.refused],
                "exit": int(code),
            }
        )
    else:
        lines = [] if quiet else [("index", str(done.index)), ("cases", str(done.cases))]
        lines += [] if quiet else [("packages", str(done.packages))]
        lines += [("refused", f"{one.package}: {one.what}") for one in done.refused]
        print_lines(rows(lines))
    if show:
        _open(done.index)
    return int(code)
