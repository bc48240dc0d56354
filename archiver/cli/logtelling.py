"""`archiver log feed` and `archiver log summary`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archiver.cli import options
from archiver.cli.output import print_lines


@click.command(
    "feed",
    short_help="Write the ledger's news as an Atom feed.",
    epilog="Example: archiver log feed --to feed.atom",
)
@options.archives
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write it there, in the place of an older feed.  [default: standard output]",
)
def feed(archives: Path, to: Path | None) -> int:
    """Write the newest 200 news of the ledger as an Atom feed: what was captured, what changed,
    vanished, was blocked or missed. The same ledger gives the same octets.

    Cases that are AMBER or RED, or whose case.toml cannot be read, are left out. Text from
    outside is escaped, and there are no links. Nothing is verified: archiver log verify.
    """
    from archiver.verbs import telling

    if to is not None:
        telling.write_feed(archives, to)
        return 0
    octets = telling.feed_of(archives)
    sys.stdout.flush()
    sys.stdout.buffer.write(octets)
    return 0


@click.command(
    "summary",
    short_help="Tell the ledger's news in Markdown.",
    epilog='Example: archiver log summary --new >> "$GITHUB_STEP_SUMMARY"',
)
@options.archives
@click.option("--last", type=click.IntRange(min=1), metavar="N", help="Only the last N.")
@click.option("--since", metavar="LOG/N", help="Only what comes behind this line.")
@click.option("--new", is_flag=True, help="Only lines that no checkpoint covers yet.")
def summary(archives: Path, last: int | None, since: str | None, new: bool) -> int:
    """Tell in Markdown what changed, vanished, was blocked, was not attempted, and where there
    are gaps: for the summary of a CI run, or an issue. At most 256 KiB.

    A capture is told against the last one before it that found the page, or found it absent.
    Text from outside stands in code spans. AMBER and RED cases are left out.
    """
    from archiver.verbs import telling

    text = telling.summary_of(archives, last=last, since=since, new=new)
    print_lines(text.splitlines())
    return 0
