"""`archiver verify`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.output import (
    error_json,
    print_json,
    print_lines,
    problem_json,
    problem_lines,
    rows,
    said_all,
    say_on_terminal,
    stamp_json,
    wrapped,
)
from archiver.digest import Digest
from archiver.errors import Exit, InvalidInput, StorageFailed
from archiver.report.escape import terminal
from archiver.report.explained import EXPLAINED
from archiver.report.words import verdict_sentence

if TYPE_CHECKING:
    from archiver.attest.trust import Trust
    from archiver.verify.report import Report, Stamped

# From the best to the worst, for the exit code over many packages.
_WORSE = (Exit.OK, Exit.UNTRUSTED, Exit.INVALID, Exit.STORAGE, Exit.REFUSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """What one of many packages came to: its line, its document, its exit code."""

    line: str
    document: dict[str, Any]
    exit: Exit


@click.command(
    "verify",
    short_help="Verify packages: offline, every check by name.",
    epilog="Example: archiver verify archives/",
)
@click.argument(
    "packages",
    metavar="PACKAGE|FOLDER…",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--id",
    "expected",
    metavar="DIGEST",
    help="The package id that you noted elsewhere; another one is refused.",
)
@click.option(
    "--trust",
    "named",
    multiple=True,
    metavar="FILE|FINGERPRINT",
    help="A key to trust for this once, besides your own and those of your list; repeatable.",
)
@click.option(
    "--tsa-roots",
    type=click.Path(path_type=Path),
    metavar="PEM",
    help="Roots of time-stamp authorities that you choose, besides those of `archiver tsa`.",
)
@click.option("--explain", is_flag=True, help="Say of each check what it looks at, and why.")
@options.as_json
@options.quiet
def command(
    packages: tuple[Path, ...],
    expected: str | None,
    named: tuple[str, ...],
    tsa_roots: Path | None,
    explain: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Verify each PACKAGE with the time stamps beside it, and every package below each FOLDER.
    Offline; writes nothing.

    Many packages are verified at the same time, a line for each. The exit code is the
    worst of all: 0 verified, 9 intact but not signed by a key that you trust or not derived
    again, 4 not a package, 8 not readable, 3 refused.
    """
    found = [file for named in packages for file in _files(named)]
    identity = None if expected is None else _digest(expected)
    if identity is not None and len(found) != 1:
        raise click.UsageError("--id goes with one package")
    from archiver.verbs.trusting import trusted

    trust = trusted(named)
    if len(found) > 1:
        return _many(found, trust, tsa_roots, as_json=as_json, quiet=quiet)
    from archiver.verbs.reading import verify

    report = verify(found[0], identity, trust=trust, tsa_roots=tsa_roots)
    if as_json:
        print_json(_report(report))
    elif not quiet or report.exit in (Exit.INVALID, Exit.REFUSED):
        print_lines(_lines(report, explain))
    return int(report.exit)


def _many(
    files: list[Path], trust: Trust, tsa_roots: Path | None, *, as_json: bool, quiet: bool
) -> int:
    from archiver.verbs.many import each

    say = say_on_terminal(quiet)
    told = []
    for one in each(partial(_one_of_many, trust=trust, tsa_roots=tsa_roots), files):
        told.append(one)
        if not as_json and (not quiet or one.exit not in (Exit.OK, Exit.UNTRUSTED)):
            said_all(quiet)
            print_lines([one.line])
        say(f"{len(told)} of {len(files)} verified")
    said_all(quiet)
    code = max((one.exit for one in told), key=_WORSE.index)
    if as_json:
        print_json({"packages": [one.document for one in told], "exit": int(code)})
    return int(code)


def _one_of_many(file: Path, trust: Trust, tsa_roots: Path | None) -> _Told:
    """Verify one of many: what is wrong with one file must not hide the others."""
    from archiver.verbs.reading import verify

    try:
        report = verify(file, trust=trust, tsa_roots=tsa_roots)
    except (InvalidInput, StorageFailed) as fault:
        line = f"{'unreadable':<10}  {terminal(str(file))}  {terminal(fault.what)}"
        document = {"package": str(file), **error_json(fault, fault.exit)}
        return _Told(line=line, document=document, exit=fault.exit)
    line = f"{report.verdict:<10}  {terminal(report.package)}  {terminal(verdict_sentence(report))}"
    return _Told(line=line, document=_report(report), exit=report.exit)


def _digest(spelling: str) -> Digest:
    try:
        return Digest.parse(spelling)
    except InvalidInput as fault:
        raise click.UsageError(f"--id: {fault.what}") from None


def _files(named: Path) -> list[Path]:
    if not named.is_dir():
        return [named]
    from archiver.custody.store import packages_below

    found = packages_below(named)
    if not found:
        raise InvalidInput("package.none", "no package below this folder", where=str(named))
    return found


def _lines(report: Report, explain: bool) -> list[str]:
    lines = [*rows([("package", report.package), ("package id", report.id or "unknown")])]
    for number, check in enumerate(report.checks, start=1):
        lines.append(f"{number} {check.name:<11} {check.status:<7} {terminal(check.proves)}")
        if explain:
            lines += wrapped(EXPLAINED[check.name], indent=14)
        lines += problem_lines(check.problems)
    cause = f" ({report.cause})" if report.cause else ""
    return [*lines, f"{report.verdict}{cause}: {terminal(verdict_sentence(report))}"]


def _report(report: Report) -> dict[str, Any]:
    return {
        "package": report.package,
        "id": report.id,
        "verdict": report.verdict,
        "cause": report.cause,
        "sentence": verdict_sentence(report),
        "made_by": report.made_by,
        "signers": [
            {
                "fingerprint": str(one.fingerprint),
                "standing": one.standing,
                "name": one.name,
                "where": one.where,
                "stamped": one.stamped,
            }
            for one in report.signers
        ],
        "stamps": [_stamp(one) for one in report.stamps],
        "checks": [
            {
                "name": check.name,
                "proves": check.proves,
                "status": check.status,
                "problems": [problem_json(problem) for problem in check.problems],
            }
            for check in report.checks
        ],
        "exit": int(report.exit),
    }


def _stamp(one: Stamped) -> dict[str, Any]:
    return {"file": one.file, "renews": one.renews, "ended": one.ended, **stamp_json(one.stamp)}
