"""`archiver capture`."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import Any

import click

from archiver.cli import network, options, sealing
from archiver.cli.key import say_made
from archiver.cli.output import (
    print_json,
    print_lines,
    print_warnings,
    rows,
    said_all,
    say_on_terminal,
)


@click.command(
    "capture",
    short_help="Capture a source into a sealed evidence package.",
    epilog="Example: archiver capture https://example.org/article --text article.txt",
)
@click.argument("source", metavar="SOURCE")
@options.archives
@options.about_the_case
@network.options
@sealing.options
@options.as_json
@options.quiet
def command(
    source: str,
    archives: Path,
    as_json: bool,
    quiet: bool,
    publish_text: str | None,
    checkpoint: bool,
    stamped: bool,
    text: Path | None,
    **given: Any,
) -> int:
    """Capture SOURCE into a sealed evidence package, or seal the record of its absence.

    SOURCE is a case folder, a seed text file whose last line is the URL, or a URL
    (then with --text FILE, --date, --outlet … as far as known). The same SOURCE again
    goes into the same case.
    """
    from archiver.case.intake import Given
    from archiver.case.model import Publish
    from archiver.cli.captured import captured_json, captured_lines, say_ledger
    from archiver.cli.stamping import pending_rows, stamp_rows, stamps_json
    from archiver.verbs.capture import Order, capture

    publish = None if publish_text is None else Publish(publish_text)
    settings, signing = network.settings(given), sealing.signing(given)
    done = capture(
        Order(
            source=source,
            archives=archives,
            text=text,
            given=Given(publish=publish or Publish.INCLUDE, **given),
            publish=publish,
            settings=settings,
            signing=signing,
            checkpoint=checkpoint,
        ),
        say=say_on_terminal(quiet),
    )
    said_all(quiet)
    say_made(done.made_key, quiet)
    say_ledger(done, quiet)
    print_warnings(done.warnings, quiet)
    if not as_json and not quiet:
        print_lines(captured_lines(done))
    stamps = sealing.stamps_of(done.package, quiet) if stamped else None
    if as_json:
        print_json({**captured_json(done), **({} if stamps is None else stamps_json(stamps))})
    elif stamps is not None and not quiet:
        print_lines(rows([*stamp_rows(stamps), *pending_rows(stamps)]))
    if stamps is None and not quiet:
        _say_how(archives)
    return int(done.exit)


def _say_how(archives: Path) -> None:
    """On a terminal, after the first capture: how to prove later when it was made."""
    few = list(islice(archives.glob("*/packages/*.wacz"), 2))
    if sys.stderr.isatty() and len(few) == 1:
        print(  # noqa: T201
            "To prove later that it was there today, choose time-stamp authorities: "
            "archiver tsa defaults, or archiver tsa add --help",
            file=sys.stderr,
        )
