"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Print nothing but faults.")
archives = click.option(
    "--archives",
    type=click.Path(path_type=Path),
    default=Path("archives"),
    show_default=True,
    metavar="DIR",
    help="The folder with the cases.",
)
package = click.argument("package", metavar="PACKAGE", type=click.Path(path_type=Path))
trust = click.option(
    "--trust",
    "named",
    multiple=True,
    metavar="FILE|FINGERPRINT",
    help="A key that is trusted for this once; repeatable.",
)
browser = click.option(
    "--browser",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="PATH",
    help="The Chromium that makes the PDF.  [default: the first on the path]",
)
key = click.option(
    "--key",
    metavar="NAME|FILE",
    help="The key that signs: one of `archiver key list`, or a file.  [default: $ARCHIVER_KEY, "
    "or the key called default]",
)
no_new_key = click.option(
    "--no-new-key",
    "new_key",
    flag_value=False,
    default=True,
    help="Where there is no key yet, make none. (With CI set none is ever made.)",
)


def applied(function: Callable[..., Any], *options: Decorator) -> Callable[..., Any]:
    """A command with these options, in this order."""
    for option in reversed(options):
        function = option(function)
    return function


def about_the_case(function: Callable[..., Any]) -> Callable[..., Any]:
    """What a person says of a new case on the command line."""
    return applied(
        function,
        click.option(
            "--text",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The seed text, where SOURCE is a URL (or a case without its text).",
        ),
        click.option("--date", metavar="DATE", help="When it is said to have been published."),
        click.option("--outlet", metavar="NAME", help="The outlet's name."),
        click.option("--title", metavar="TEXT", help="The title."),
        click.option("--language", metavar="TAG", help="The language, a BCP 47 tag such as en."),
        click.option("--case-id", metavar="ID", help="The name of the new case's folder."),
        click.option(
            "--publish-text",
            type=click.Choice(["include", "digest", "withhold"]),
            default=None,
            help="What of the seed text goes into the package: the text, its digests, or "
            "commitments only.  [default: include, or what the case says]",
        ),
    )
