"""Options about what is done with a package that was captured: signed, stamped, told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options as shared
from archiver.cli import passphrase
from archiver.cli.key import say_made
from archiver.cli.output import print_warnings, said_all, say_on_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.verbs.batch import Listed
    from archiver.verbs.capture import Captured
    from archiver.verbs.recapture import Recaptured
    from archiver.verbs.signing import Signing
    from archiver.verbs.stamping import Stamps


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Whether and how a package is signed, stamped and told; `signing` reads the first."""
    return shared.applied(
        function,
        click.option(
            "--stamp/--no-stamp",
            "stamped",
            default=True,
            show_default=True,
            help="Have the package stamped by the authorities of `archiver tsa`, if there are any.",
        ),
        click.option("--no-sign", is_flag=True, help="Leave the package unsigned."),
        click.option(
            "--checkpoint/--no-checkpoint",
            default=True,
            show_default=True,
            help="Sign the ledger's lines at once; without it `archiver log checkpoint` does "
            "later.",
        ),
        shared.key,
        shared.no_new_key,
        passphrase.option,
    )


def signing(given: dict[str, Any]) -> Signing:
    """How to sign, as these options say; they are taken out of `given`."""
    from archiver.verbs.signing import Signing

    return Signing(
        wanted=not given.pop("no_sign"),
        key=given.pop("key"),
        new_key=given.pop("new_key"),
        ask=passphrase.asking(given.pop("passphrase_fd")),
    )


def run_told(done: Listed | Recaptured, stamped: bool, quiet: bool) -> dict[str, dict[str, Any]]:
    """What a run of captures made besides packages, and what there is to warn of, for a person;
    have the packages stamped. The stamps by case, as a program reads them."""
    from archiver.cli.captured import say_log

    said_all(quiet)
    made = None if done.log is None or not done.log.made else done.log.log
    say_made(next((one.made_key for one in done.captures), None), quiet)
    say_log(made, done.adopted, quiet)
    print_warnings((*done.warnings, *(two for one in done.captures for two in one.warnings)), quiet)
    return _vouched(done.captures, stamped, quiet)


def _vouched(captures: Sequence[Captured], stamped: bool, quiet: bool) -> dict[str, dict[str, Any]]:
    """Have packages stamped, and warn where some are unsigned or not stamped."""
    from archiver.cli.stamping import stamps_json
    from archiver.errors import Problem

    unsigned = [one for one in captures if one.signed_by is None and one.unsigned != "--no-sign"]
    warnings = []
    if unsigned:
        what = f"{len(unsigned)} of {len(captures)} packages are unsigned: {unsigned[0].unsigned}"
        warnings.append(Problem(where="signatures", rule="key.none", what=what))
    found = {one.case: stamps_of(one.package, quiet) for one in captures if stamped}
    pending = [one for one in found.values() if one is not None and (one.missing or one.fault)]
    if pending:
        what = f"{len(pending)} of {len(captures)} packages still wait for some"
        fix = "archiver stamp --pending asks again"
        warnings.append(Problem(where="time stamps", rule="stamp.pending", what=what, fix=fix))
    print_warnings(tuple(warnings), quiet)
    return {case: stamps_json(one) for case, one in found.items() if one is not None}


def stamps_of(package: Path, quiet: bool) -> Stamps | None:
    """The stamps of the authorities that are configured; None where there is none.

    The package is sealed already: what fails is pending, and no fault of the capture.
    """
    from archiver.verbs.sidecars import any_chosen

    if not any_chosen():
        return None
    from archiver.verbs.stamping import at_once

    say_on_terminal(quiet)("time stamps")
    stamps = at_once(package)
    said_all(quiet)
    return stamps
