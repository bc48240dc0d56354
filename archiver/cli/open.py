"""`archiver open`."""

from __future__ import annotations

import secrets
import signal
import sys
import threading
import webbrowser
from pathlib import Path

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, rows
from archiver.errors import Exit


@click.command(
    "open",
    short_help="Show a package as its page looked, cut off from the live web.",
    epilog="Example: archiver open PACKAGE.wacz --viewer replaywebpage/package",
)
@options.package
@click.option(
    "--viewer",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of replayweb.page, with ui.js and sw.js in it.  "
    "[default: ~/.config/archiver/replaywebpage]",
)
@options.trust
@click.option("--no-browser", is_flag=True, help="Only tell the address, open no browser.")
@options.quiet
@options.as_json
def command(
    package: Path,
    viewer: Path | None,
    named: tuple[str, ...],
    no_browser: bool,
    quiet: bool,
    as_json: bool,
) -> int:
    """Show PACKAGE in your browser, served on 127.0.0.1 until you interrupt (Ctrl-C).

    It is verified first; what is refused is not shown. What was recorded has an origin of its
    own, and its pages can ask nobody for anything. They are shown by replayweb.page, which is
    not part of this program.
    """
    from archiver.verbs.opening import opened_for_replay

    token = secrets.token_hex(8)
    with opened_for_replay(package, token, viewer=viewer, trust=named) as shown:
        ended = _ended()  # before anybody is told that it runs
        if as_json:
            print_json(
                {
                    "package": shown.package,
                    "id": shown.id,
                    "url": shown.url,
                    "archived": shown.archived,
                    "exit": int(Exit.OK),
                }
            )
        elif not quiet:
            lines = [("package id", shown.id), ("shown at", shown.url)]
            print_lines(rows([*lines, ("until", "you interrupt: Ctrl-C")]))
        sys.stdout.flush()  # whoever started it reads the address while it runs
        if not no_browser and not webbrowser.open(shown.url):
            click.echo("archiver: no browser could be opened; open the address yourself", err=True)
        ended.wait()
    return int(Exit.OK)


def _ended() -> threading.Event:
    """Set once somebody interrupts or ends it: that is how it ends, and no fault."""
    done = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: done.set())
    return done
