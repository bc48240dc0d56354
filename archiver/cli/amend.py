"""`archiver amend`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options, passphrase
from archiver.cli.key import say_made
from archiver.cli.output import print_json, print_lines, print_warnings, rows

if TYPE_CHECKING:
    from archiver.verify.amendments import Change


@click.command(
    "amend",
    short_help="Add later claims and notes to a package, beside it.",
    epilog="Example: archiver amend PACKAGE.wacz archives/CASE --note 'read a second time'",
)
@options.package
@click.argument("case", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--note", default="", metavar="TEXT", help="Why, in one line.")
@options.key
@options.no_new_key
@passphrase.option
@options.as_json
def command(
    package: Path,
    case: Path,
    note: str,
    key: str | None,
    new_key: bool,
    passphrase_fd: int | None,
    as_json: bool,
) -> int:
    """Write what CASE says now beside PACKAGE, which was made of an earlier state of it.

    The package is never touched. The amendment is a signed file beside it,
    PACKAGE.wacz.amend-1.json and so on; `archiver show` gives the latest and the history. What
    was captured cannot be amended: another source or another seed text needs another capture.
    """
    from archiver.verbs.amending import amend
    from archiver.verbs.signing import Signing

    done = amend(
        package,
        case,
        note=note,
        signing=Signing(key=key, new_key=new_key, ask=passphrase.asking(passphrase_fd)),
    )
    say_made(done.made_key, quiet=False)
    print_warnings(done.warnings, quiet=False)
    if as_json:
        print_json(
            {
                "package": done.package,
                "id": done.id,
                "number": done.number,
                "amendment": str(done.amendment),
                "signature": str(done.signature),
                "signed_by": str(done.signed_by),
                "changes": changes_json(done.changes),
                "exit": 0,
            }
        )
        return 0
    print_lines(
        rows(
            [
                ("package id", done.id),
                ("amendment", f"{done.number}: {done.amendment}"),
                *change_rows(done.changes),
                ("signed by", str(done.signed_by)),
            ]
        )
    )
    return 0


def change_rows(changes: Sequence[Change]) -> list[tuple[str, str]]:
    """What an amendment changes, field by field."""
    return [
        ("changed", f"{one.field}: {_value(one.before)} → {_value(one.after)}") for one in changes
    ]


def changes_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The same, for programs."""
    return [{"field": one.field, "before": one.before, "after": one.after} for one in changes]


def _value(value: object) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)
