"""`archiver tsa`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.group import Group
from archiver.cli.output import print_json, print_lines, rows, wrapped
from archiver.errors import Exit

if TYPE_CHECKING:
    from archiver.verbs.authorities import Chosen, Offered


@click.group(
    "tsa",
    cls=Group,
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


@command.command("defaults", epilog="Example: archiver tsa defaults")
@options.as_json
def defaults(as_json: bool) -> int:
    """Choose a documented set of authorities at once: DigiCert, GlobalSign, Sectigo, SSL.com.

    To choose them is to believe them. Their roots are taken from certifi, by the digests in
    docs/howto/stamps.md; compare these with what the authorities publish. One that you chose
    under the same name already is left as it is.
    """
    from archiver.verbs.authorities import add_defaults

    found = add_defaults()
    if as_json:
        print_json(
            {
                "authorities": [_offered_json(one.chosen, one) for one in found if one.chosen],
                "missing": [_missing_json(one) for one in found if not one.chosen],
                "exit": int(Exit.OK),
            }
        )
    else:
        print_lines(line for one in found for line in _offered(one))
        print_lines(wrapped(_BELIEVED, 0))
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
        print_lines(["None: archiver tsa add NAME URL ROOTS.pem, or archiver tsa defaults"])
    else:
        print_lines(line for one in found for line in _lines(one))
    return int(Exit.OK)


_BELIEVED = (
    "To choose them is to believe them: their stamps count for you from now on, and each capture "
    "asks them all. A stamp sends an authority the SHA-256 of a file and a random number, nothing "
    "else; it learns your address and when. Compare the digests with those that the "
    "authorities publish. To stop believing one, remove its file."
)


def _offered(one: Offered) -> list[str]:
    default = one.default
    if one.chosen is None:
        told = f"{default.name}: passed over, certifi does not have its root {default.root}"
        return rows([("authority", told)])
    standing = ("documented", default.documented) if one.new else ("left", "it was there already")
    return [*_lines(one.chosen), *rows([standing])]


def _offered_json(chosen: Chosen, one: Offered) -> dict[str, Any]:
    return {**_json(chosen), "new": one.new}


def _missing_json(one: Offered) -> dict[str, Any]:
    return {"name": one.default.name, "root": str(one.default.root)}


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
