"""`archiver stamp`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.output import (
    error_json,
    error_lines,
    print_json,
    print_lines,
    rows,
    said_all,
    say_on_terminal,
)
from archiver.errors import ArchiverError, Exit

if TYPE_CHECKING:
    from archiver.verbs.stamping import Asking, Stamps

# From the best to the worst, for the exit code over many packages.
_WORSE = (Exit.OK, Exit.SERVICE, Exit.INVALID, Exit.STORAGE, Exit.REFUSED)


@click.command(
    "stamp",
    short_help="Have packages stamped by time-stamp authorities.",
    epilog="Example: archiver stamp PACKAGE.wacz --tsa http://timestamp.example/tsr",
)
@click.argument("packages", metavar="PACKAGE…", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--tsa",
    "named",
    multiple=True,
    metavar="URL|NAME",
    help="An authority to ask; repeatable.  [default: all of `archiver tsa`]",
)
@click.option(
    "--pending", is_flag=True, help="Every package in the archives folder that lacks a stamp."
)
@options.archives
@click.option(
    "--renew",
    is_flag=True,
    help="Stamp the stamps anew whose authority's certificate ends soon.",
)
@click.option(
    "--within",
    type=click.IntRange(min=0, max=36_500),
    default=90,
    show_default=True,
    metavar="DAYS",
    help="With --renew: how soon.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1, max=600),
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="How long one answer is waited for, as a whole.",
)
@click.option(
    "--attempts",
    type=click.IntRange(min=1, max=10),
    default=3,
    show_default=True,
    metavar="N",
    help="How often a service that is down is asked.",
)
@options.as_json
@options.quiet
def command(
    packages: tuple[Path, ...],
    named: tuple[str, ...],
    pending: bool,
    archives: Path,
    renew: bool,
    within: int,
    timeout: float,
    attempts: int,
    as_json: bool,
    quiet: bool,
) -> int:
    """Have each PACKAGE stamped: an authority signs the digest of its file, with the time.

    Only that digest leaves this machine. The stamp is written beside the package, as
    PACKAGE.NAME.tsr with its request in PACKAGE.NAME.tsq; the package stays as it is.
    Where a service fails the command ends with 7, and `archiver stamp --pending` asks again.
    """
    if pending == bool(packages):
        raise click.UsageError("name a PACKAGE, or --pending for all in the archives folder")
    if pending and renew:
        raise click.UsageError("--pending gets the first stamps, --renew goes with a PACKAGE")
    import time

    from archiver.attest.tsa import Patience
    from archiver.verbs.stamping import Asking, authorities

    asking = Asking(
        authorities=authorities(named),
        patience=Patience(seconds=timeout, attempts=attempts, wait=time.sleep),
    )
    say = say_on_terminal(quiet)
    done: list[Stamps] = []
    for one in _each(packages, archives if pending else None, asking, within if renew else None):
        done.append(one)
        said_all(quiet)
        if not as_json:
            _tell(one, quiet=quiet)
        say(f"{len(done)} packages")
    said_all(quiet)
    code = max((one.exit for one in done), key=_WORSE.index, default=Exit.OK)
    if as_json:
        print_json({"packages": [_json(one) for one in done], "exit": int(code)})
    elif not done and not quiet:
        print_lines(["Nothing is pending."])
    return int(code)


def _each(
    packages: tuple[Path, ...], archives: Path | None, asking: Asking, within: int | None
) -> Iterator[Stamps]:
    from archiver.verbs import stamping

    if archives is not None:
        yield from stamping.pending(archives, asking)
    for package in packages:
        if within is None:
            yield stamping.attempted(package, lambda one: stamping.stamp(one, asking))
        else:
            yield stamping.attempted(package, lambda one: stamping.renew(one, asking, within))


def _tell(one: Stamps, *, quiet: bool) -> None:
    from archiver.cli.stamping import stamp_rows

    if not quiet:
        print_lines(rows([("package", str(one.package)), *stamp_rows(one)]))
        if not one.placed and not one.missing and one.fault is None:
            print_lines(rows([("stamped", "nothing is due")]))
        if any(placed.stamp.authority is None for placed in one.placed):
            print_lines(_NOT_CHOSEN)
    for missing in one.missing:
        _fault(missing.fault)
    if one.fault is not None:
        _fault(one.fault)


_NOT_CHOSEN = [
    "  It proves nothing to you until you choose the authority's root: archiver tsa add NAME URL "
    "ROOTS.pem"
]


def _fault(fault: ArchiverError) -> None:
    for line in error_lines(fault):
        print(line, file=sys.stderr)  # noqa: T201


def _json(one: Stamps) -> dict[str, Any]:
    from archiver.cli.stamping import stamps_json

    if one.fault is not None:
        return {"package": str(one.package), **error_json(one.fault, one.exit)}
    return {
        "package": str(one.package),
        "id": one.id,
        **stamps_json(one),
        "exit": int(one.exit),
    }
