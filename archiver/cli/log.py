"""`archiver log`: the ledger, a group of commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.attest.entries import CUSTODY, EVENTS
from archiver.cli import options
from archiver.cli.group import Group
from archiver.cli.logpublishing import collect, publish
from archiver.cli.logtelling import feed, summary
from archiver.cli.output import (
    print_json,
    print_lines,
    print_warnings,
    problem_json,
    problem_lines,
    rows,
)
from archiver.errors import Exit
from archiver.report.escape import terminal

if TYPE_CHECKING:
    from archiver.custody.audit import Audited
    from archiver.custody.merged import Told

_package = click.Path(path_type=Path)


@click.group(
    "log",
    cls=Group,
    short_help="The ledger: what was done when, provably.",
    epilog="Example: archiver log --case 2024-08-08-example-org-a-title --last 20",
    invoke_without_command=True,
)
@options.archives
@click.option("--case", metavar="ID", help="Only the lines of this case.")
@click.option("--event", type=click.Choice(list(EVENTS)), help="Only the lines of this event.")
@click.option("--last", type=click.IntRange(min=1), metavar="N", help="Only the last N of them.")
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    archives: Path,
    case: str | None,
    event: str | None,
    last: int | None,
    as_json: bool,
) -> int:
    """Tell the ledger of an archives folder, newest last: each capture that began, what came of
    it, and what was done with the packages since.

    Every key writes a log of its own, DIR/ledger/<16 digits of the key>/. Its lines are never
    changed; signed checkpoints prove it. Nothing is verified here: archiver log verify.
    """
    if context.invoked_subcommand is not None:
        context.default_map = {one: {"archives": archives} for one in command.commands}
        return 0
    from archiver.custody.packagefiles import standing
    from archiver.verbs import logs

    standing(archives)
    found = logs.listed(archives, case=case, event=event, last=last)
    if as_json:
        lines = [{"log": one.log, **one.entry.said} for one in found.lines]
        print_json({"lines": lines, "unread": found.unread, "exit": 0})
        return 0
    print_lines(_told(one) for one in found.lines)
    if found.unread:
        print_lines([f"{found.unread} lines cannot be read: archiver log verify"])
    if not found.lines:
        print_lines(["no such line in the ledger"])
    return 0


def _told(one: Told) -> str:
    said = one.entry.said
    result = " ".join(
        str(said[name]) for name in ("state", "reason", "comparison", "verdict") if name in said
    )
    adopted = " (found afterwards)" if said.get("adopted") else ""
    about = " ".join(str(said[name]) for name in ("case", "line", "source", "note") if name in said)
    package = f" {said['package']}" if "package" in said else ""
    words = f"{said['event']:<8} {result}{' ' if result else ''}{about}{package}{adopted}"
    return terminal(f"{one.entry.time}  {one.place:<18}  {words}", 500)


@command.command(
    "verify",
    short_help="Does the ledger hold, and do the packages fit it?",
    epilog="Example: archiver log verify",
)
@options.archives
@click.option(
    "--packages/--no-packages",
    default=True,
    show_default=True,
    help="Hold the packages that are here against their lines.",
)
@options.as_json
@options.quiet
def verify(archives: Path, packages: bool, as_json: bool, quiet: bool) -> int:
    """Verify every log: that each line is whole and in its place, that no checkpoint ever signed
    speaks of other lines, and that each package is the file of its line. Offline; writes nothing.

    A fault (exit code 3) is named with its place. What is right but must be asked about is a
    finding: a capture that began and of which nothing came, a package that is not here.
    """
    from archiver.verbs import logs

    done = logs.verified(archives, packages=packages)
    if as_json:
        print_json(
            {
                "logs": [_log_json(one) for one in done.logs],
                "problems": [problem_json(one) for one in done.problems],
                "findings": [problem_json(one) for one in done.findings],
                "exit": int(done.exit),
            }
        )
        return int(done.exit)
    if not quiet:
        for log in done.logs:
            print_lines(rows(_log_rows(log)))
        print_lines(problem_lines(done.findings, mark="finding: "))
    if done.problems:
        print_lines([f"refused: {_counted(len(done.problems), 'fault')}"])
        print_lines(problem_lines(done.problems))
    elif not quiet:
        print_lines([f"the ledger holds; {_counted(len(done.findings), 'finding')}"])
    return int(done.exit)


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _log_rows(log: Audited) -> list[tuple[str, str]]:
    whose = "your own" if log.own else "not yours: have its key from its holder"
    signed = "none" if log.signed is None else f"of {log.signed.size} lines"
    later = log.lines - (0 if log.signed is None else log.signed.size)
    more = f", {_counted(later, 'line')} since" if later > 0 else ""
    return [
        ("log", f"{log.log} ({whose})"),
        ("lines", str(log.lines)),
        ("checkpoint", signed + more),
    ]


def _log_json(log: Audited) -> dict[str, Any]:
    signed = log.signed
    return {
        "log": log.log,
        "vkey": None if log.key is None else log.key.vkey,
        "own": log.own,
        "lines": log.lines,
        "checkpoint": None
        if signed is None
        else {"size": signed.size, "root": f"sha256:{signed.root.hex()}"},
    }


@command.command(
    "add",
    short_help="Add an event of custody.",
    epilog="Example: archiver log add handover PACKAGE.wacz --note 'to the court, on paper'",
)
@click.argument("event", type=click.Choice(CUSTODY))
@click.argument("package", required=False, type=_package)
@options.archives
@click.option("--line", metavar="N|LOG/N", help="The line that it is about.")
@click.option("--case", metavar="ID", help="The case that it is about.")
@click.option("--note", metavar="TEXT", help="What there is to say of it, on one line.")
@options.as_json
def add(
    event: str,
    package: Path | None,
    archives: Path,
    line: str | None,
    case: str | None,
    note: str | None,
    as_json: bool,
) -> int:
    """Add what happened to your own log, and sign it: what was done with a PACKAGE (verify,
    export, handover, stamp), or what is to be said of a line (correct, withdraw, gap, note).

    `verify` verifies the package now and writes down the verdict. No line is ever changed: a
    correction is a new line that names the one that it corrects.
    """
    from archiver.verbs import logs

    about = logs.Event(event=event, note=note, package=package, line=line, case=case)
    done = logs.add(archives, about)
    print_warnings(done.warnings, quiet=False)
    if as_json:
        warnings = [problem_json(one) for one in done.warnings]
        print_json({"line": done.place, "said": done.said, "warnings": warnings, "exit": 0})
    else:
        print_lines(rows([("line", done.place), *_said_rows(done.said)]))
    return int(Exit.OK)


def _said_rows(said: Any) -> list[tuple[str, str]]:
    return [(name, str(one)) for name, one in sorted(said.items()) if name != "seq"]


@command.command(
    "checkpoint",
    short_help="Sign all lines of your log.",
    epilog="Example: archiver log checkpoint",
)
@options.archives
@options.as_json
def checkpoint(archives: Path, as_json: bool) -> int:
    """Sign a checkpoint over all lines of your log: so many lines, under this root. A capture
    does it by itself (but for `--no-checkpoint`).

    Where several write to one archive, sign only what all of them have. Nothing is signed that
    does not go on from what was signed before.
    """
    from archiver.verbs import logs

    signed = logs.checkpoint(archives)
    if as_json:
        root = f"sha256:{signed.root.hex()}"
        print_json({"size": signed.size, "root": root, "note": signed.note, "exit": 0})
    else:
        print_lines(signed.note.splitlines())
    return int(Exit.OK)


@command.command(
    "prove",
    short_help="Write the proof that a package is in the ledger.",
    epilog="Example: archiver log prove PACKAGE.wacz",
)
@click.argument("package", required=False, type=_package)
@options.archives
@click.option(
    "--since",
    type=click.IntRange(min=1),
    metavar="SIZE",
    help="Prove instead that the first "
    "SIZE lines are still the same under the last checkpoint; it is printed.",
)
@click.option("--log", "log", metavar="LOG", help="The log to prove it of.  [default: your own]")
@options.as_json
def prove(
    package: Path | None, archives: Path, since: int | None, log: str | None, as_json: bool
) -> int:
    """Write PACKAGE.wacz.tlog-proof beside PACKAGE: that its line stands in the log, under a
    signed checkpoint, without the rest of the log (c2sp.org/tlog-proof@v1).

    Whoever has a checkpoint from earlier gets with --since what proves that nothing was changed
    below it: the hashes of RFC 6962 §2.1.2, and the last checkpoint.
    """
    from archiver.verbs import proving

    if (package is None) == (since is None):
        raise click.UsageError("name either PACKAGE or --since SIZE")
    if package is None:
        assert since is not None  # noqa: S101 - so it was asked for
        name, text = proving.consistency(archives, since, log)
        if as_json:
            print_json({"log": name, "old": since, "content": text, "exit": 0})
        else:
            print_lines(text.splitlines())
        return int(Exit.OK)
    done = proving.prove(archives, package)
    if as_json:
        print_json(
            {
                "log": done.log,
                "line": f"{done.log}/{done.proof.at}",
                "size": done.proof.checkpoint.size,
                "proof": str(done.path),
                "written": done.written,
                "exit": 0,
            }
        )
        return int(Exit.OK)
    there = "" if done.written else " (stood there already, the same)"
    print_lines(
        rows(
            [
                ("line", f"{done.log}/{done.proof.at}"),
                ("checkpoint", f"of {done.proof.checkpoint.size} lines"),
                ("proof", f"{done.path}{there}"),
            ]
        )
    )
    return int(Exit.OK)


for one in (feed, summary, collect, publish):
    command.add_command(one)
