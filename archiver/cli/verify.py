"""`archiver verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, problem_json, problem_lines, rows
from archiver.digest import Digest
from archiver.errors import Exit, InvalidInput
from archiver.report.escape import terminal
from archiver.report.words import verdict_sentence

if TYPE_CHECKING:
    from archiver.verify.report import Report

# From the best to the worst, for the exit code over many packages.
_WORSE = (Exit.OK, Exit.UNTRUSTED, Exit.INVALID, Exit.REFUSED)


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
@options.as_json
@options.quiet
def command(packages: tuple[Path, ...], expected: str | None, as_json: bool, quiet: bool) -> int:
    """Verify each PACKAGE, and every package below each FOLDER. Offline; writes nothing.

    The exit code is the worst of all: 0 verified, 9 intact but unsigned or not derived
    again, 4 not a package, 3 refused.
    """
    from archiver.verbs.reading import verify

    found = [file for named in packages for file in _files(named)]
    identity = None if expected is None else _digest(expected)
    if identity is not None and len(found) != 1:
        raise click.UsageError("--id goes with one package")
    reports = [verify(file, identity) for file in found]
    code = max((report.exit for report in reports), key=_WORSE.index)
    if as_json:
        print_json(_json(reports, code))
    elif not quiet or code in (Exit.INVALID, Exit.REFUSED):
        for report in reports:
            print_lines(_lines(report) if len(reports) == 1 else _line(report))
    return int(code)


def _digest(spelling: str) -> Digest:
    try:
        return Digest.parse(spelling)
    except InvalidInput as fault:
        raise click.UsageError(f"--id: {fault.what}") from None


def _files(named: Path) -> list[Path]:
    if not named.is_dir():
        return [named]
    found = sorted(one for one in named.rglob("*.wacz") if one.is_file() and not one.is_symlink())
    if not found:
        raise InvalidInput("package.none", "no package below this folder", where=str(named))
    return found


def _line(report: Report) -> list[str]:
    return [
        f"{report.verdict:<10}  {terminal(report.package)}  {terminal(verdict_sentence(report))}"
    ]


def _lines(report: Report) -> list[str]:
    lines = [*rows([("package", report.package), ("package id", report.id or "unknown")])]
    for number, check in enumerate(report.checks, start=1):
        lines.append(f"{number} {check.name:<11} {check.status:<7} {check.proves}")
        lines += problem_lines(check.problems)
    cause = f" ({report.cause})" if report.cause else ""
    return [*lines, f"{report.verdict}{cause}: {terminal(verdict_sentence(report))}"]


def _json(reports: list[Report], code: Exit) -> dict[str, Any]:
    if len(reports) == 1:
        return {**_report(reports[0]), "exit": int(code)}
    return {"packages": [_report(report) for report in reports], "exit": int(code)}


def _report(report: Report) -> dict[str, Any]:
    return {
        "package": report.package,
        "id": report.id,
        "verdict": report.verdict,
        "cause": report.cause,
        "sentence": verdict_sentence(report),
        "made_by": report.made_by,
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
