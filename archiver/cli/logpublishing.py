"""`archiver log collect` and `archiver log publish`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, rows

if TYPE_CHECKING:
    from archiver.verbs.publishing import Published

_PRIVATE = ("private", "internal")


@click.command(
    "collect",
    short_help="Collect what a run may publish.",
    epilog="Example: archiver log collect --to receipts --packages artifact --public",
)
@options.archives
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A new folder for it.  [default: only check that the cases may leave]",
)
@click.option(
    "--packages",
    type=click.Choice(["folder", "artifact", "release", "git"]),
    default="folder",
    show_default=True,
    help="Where packages go. `folder`: they stay where they are, and are not collected.",
)
@click.option(
    "--visibility",
    default="",
    metavar="WORD",
    help="Who can read the place: private, internal; anything else is public.",
)
@click.option("--public", is_flag=True, help="Say that you know that everybody can read it.")
@options.as_json
def collect(
    archives: Path, to: Path | None, packages: str, visibility: str, public: bool, as_json: bool
) -> int:
    """Copy the lines of your log that no checkpoint covers yet into a new folder, and their
    packages: what a run of captures leaves for `archiver log publish`.

    The cases' TLP labels govern, and one case that may not leave stops all (exit code 3), since
    a log cannot leave lines out. To a public place goes CLEAR, and with --public also what has no
    label; to a private one GREEN too. AMBER and RED go nowhere.
    """
    from archiver.verbs import publishing

    done = publishing.collect(
        archives,
        to,
        packages=packages != "folder",
        public=visibility not in _PRIVATE,
        declared=public,
    )
    if as_json:
        told = {"log": done.log, "lines": done.lines, "packages": done.packages}
        print_json({**told, "to": None if to is None else str(to), "exit": 0})
    elif to is None:
        print_lines(["every case here may leave"])
    else:
        pairs = [("log", done.log or "none"), ("lines", str(done.lines))]
        print_lines(rows([*pairs, ("packages", str(done.packages)), ("folder", str(to))]))
    return 0


@click.command(
    "publish",
    short_help="Push collected lines, or sign what the branch holds.",
    epilog="Example: archiver log publish receipts --branch main && archiver log publish --sign",
)
@click.argument("receipts", required=False, type=click.Path(path_type=Path))
@options.archives
@click.option("--remote", default="origin", show_default=True, metavar="NAME", help="The remote.")
@click.option("--branch", default="main", show_default=True, metavar="NAME", help="Its branch.")
@click.option("--packages/--no-packages", default=False, help="Push the packages too.")
@click.option("--sign", is_flag=True, help="Sign the lines that the branch holds, and push that.")
@options.as_json
def publish(
    receipts: Path | None,
    archives: Path,
    remote: str,
    branch: str,
    packages: bool,
    sign: bool,
    as_json: bool,
) -> int:
    """Push the lines in RECEIPTS (archiver log collect) to a branch, behind those that it holds:
    where it has moved, they get the numbers that are free now, and it is tried again. Packages
    are held against the lines that name them. What is there already stays: run it twice, and the
    second time does nothing.

    Then --sign: a checkpoint over what the branch holds, with $ARCHIVER_LEDGER_KEY. Your own
    working tree is left alone. $ARCHIVER_GIT_TOKEN, where it is set, is what git pushes with
    over https.
    """
    from archiver.verbs import publishing

    if sign == (receipts is not None):
        raise click.UsageError("name either RECEIPTS or --sign")
    place = publishing.Place(archives=archives, remote=remote, branch=branch)
    if receipts is None:
        done = publishing.sign(place)
    else:
        done = publishing.publish(receipts, place, packages=packages)
    if as_json:
        print_json(
            {
                "log": done.log,
                "lines": done.lines,
                "already": done.already,
                "dropped": done.dropped,
                "packages": done.packages,
                "size": done.size,
                "commit": done.commit,
                "attempts": done.attempts,
                "exit": 0,
            }
        )
    else:
        print_lines(rows(_rows(done)))
    return 0


def _rows(done: Published) -> list[tuple[str, str]]:
    if done.log is None:
        return [("log", "none: no lines were written yet")]
    pairs = [("log", done.log)]
    if done.size is None:
        pairs += [("lines", f"{done.lines} added, {done.already} there already")]
        if done.dropped:
            pairs += [("dropped", f"{done.dropped} that others had answered meanwhile")]
        pairs += [("packages", f"{done.packages} files added")]
    else:
        pairs += [("checkpoint", f"of {done.size} lines")]
    return [*pairs, ("commit", done.commit or "none: nothing was to be done")]
