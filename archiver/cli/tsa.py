"""`archiver tsa`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, rows
from archiver.errors import Exit

if TYPE_CHECKING:
    from archiver.verbs.authorities import Chosen


@click.group(
    "tsa",
    short_help="Choose the time-stamp authorities that you believe.",
    epilog="Example: archiver tsa add NAME https://timestamp.example/tsr ROOTS.pem",
)
def command() -> None:
    """Choose the time-stamp authorities that you believe, and that `archiver stamp` asks.

    Each is a file in the folder `tsa` of your configuration: remove the file to stop
    believing it.
    """


@command.command(
    "add", epilog="Example: archiver tsa add NAME https://timestamp.example/tsr ROOTS.pem"
)
@click.argument("name")
@click.argument("url")
@click.argument("roots", type=click.Path(path_type=Path))
@options.as_json
def add(name: str, url: str, roots: Path, as_json: bool) -> int:
    """Choose the authority at URL, whose roots are in the PEM file ROOTS, and call it NAME.

    Have the roots from the authority itself, and compare the digests printed here with
    those that it publishes. URL may be `-`: then its stamps are believed, and it is not asked.
    """
    from archiver.verbs.authorities import add_authority

    chosen = add_authority(name, None if url == "-" else url, roots)
    if as_json:
        print_json({"authorities": [_json(chosen)], "exit": int(Exit.OK)})
    else:
        print_lines(_lines(chosen))
    return int(Exit.OK)


@command.command("list", epilog="Example: archiver tsa list")
@options.as_json
def list_all(as_json: bool) -> int:
    """Name the authorities that you have chosen, with their roots."""
    from archiver.verbs.authorities import chosen_authorities

    found = chosen_authorities()
    if as_json:
        print_json({"authorities": [_json(one) for one in found], "exit": int(Exit.OK)})
    elif not found:
        print_lines(["None: archiver tsa add NAME URL ROOTS.pem"])
    else:
        print_lines(line for one in found for line in _lines(one))
    return int(Exit.OK)


def _lines(chosen: Chosen) -> list[str]:
    return rows(
        [
            ("authority", chosen.authority.name),
            ("asked at", chosen.authority.url or "not asked, only believed"),
            *(("root", f"{digest} {subject}") for subject, digest in chosen.roots),
            ("file", str(chosen.file)),
        ]
    )


def _json(chosen: Chosen) -> dict[str, Any]:
    return {
        "name": chosen.authority.name,
        "url": chosen.authority.url,
        "file": str(chosen.file),
        "roots": [{"subject": subject, "sha256": str(digest)} for subject, digest in chosen.roots],
    }
