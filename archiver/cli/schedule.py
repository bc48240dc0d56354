"""`archiver schedule`: a group of commands."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.group import Group
from archiver.cli.output import print_json, print_lines, problem_json, problem_lines, rows
from archiver.report.escape import terminal

if TYPE_CHECKING:
    from archiver.custody.git import Repository
    from archiver.jobs.plan import Plan
    from archiver.verbs.schedule import Scheduled


@click.group(
    "schedule",
    cls=Group,
    short_help="Write the files of a job that captures again.",
    epilog="Example: archiver schedule github --every 1d --packages artifact "
    "--from wheels/evidence_archiver-0.1.0-py3-none-any.whl#sha256=…",
)
def command() -> None:
    """Write the files of a scheduled job that runs `archiver recapture` and publishes what came of
    it, where its system looks for them. docs/howto/schedule.md has what each job may do, and which
    secrets to set.
    """


def _common(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        options.as_json,
        click.option("--check", is_flag=True, help="Only tell where the files are other (6)."),
        click.option(
            "--deadline",
            default="20m",
            show_default=True,
            metavar="D",
            help="How long one run may take; the job gets 15 minutes more.",
        ),
        click.option(
            "--every",
            metavar="D",
            help="How often to capture, whatever the cases say: 30m, 6h, 1d.  [default: what each "
            "case says; looked at as often as the most frequent of them]",
        ),
        click.option(
            "--alarm", is_flag=True, help="The job fails where something changed, so you are told."
        ),
        options.archives,
    ):
        function = option(function)
    return function


def _in_a_repository(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "--branch", default="main", show_default=True, metavar="NAME", help="Where to publish."
        ),
        click.option(
            "--public", is_flag=True, help="Everybody can read the place, and you know it."
        ),
        click.option(
            "--from",
            "source",
            required=True,
            metavar="WHERE",
            help="Where archiver itself is installed from: WHEEL#sha256=…, "
            "git+https://…@COMMIT, or . for this repository's own commit.",
        ),
        click.option(
            "--packages",
            type=click.Choice(["folder", "artifact", "release", "git"]),
            default="artifact",
            show_default=True,
            help="Where packages go. `folder`: they stay on the machine of the job, and are gone "
            "with it where it is not yours.",
        ),
        click.option(
            "--stamps",
            is_flag=True,
            help="Have packages stamped by the authorities of `archiver tsa defaults`.",
        ),
        click.option(
            "--cron", metavar="'M H D M W'", help="When the job wakes.  [default: after --every]"
        ),
    ):
        function = option(function)
    return _common(function)


@command.command(
    "github",
    short_help="A workflow for GitHub Actions.",
    epilog="Example: archiver schedule github --every 1d "
    "--from git+https://git.example/archiver@0123456789abcdef0123456789abcdef01234567",
)
@_in_a_repository
def github(**words: Any) -> int:
    """Write .github/workflows/recapture.yml: a job that captures and cannot write, and one that
    publishes and never meets the web.

    A file that archiver did not make is never written over.
    """
    from archiver.verbs import schedule

    return _repository_job("github", schedule.for_github, words)


@command.command(
    "gitlab",
    short_help="Jobs for GitLab CI/CD.",
    epilog="Example: archiver schedule gitlab --every 6h "
    "--from wheels/evidence_archiver-0.1.0-py3-none-any.whl#sha256=…",
)
@_in_a_repository
def gitlab(**words: Any) -> int:
    """Write .gitlab/recapture.yml, which .gitlab-ci.yml must include, and say the line to add. A
    pipeline schedule wakes it.

    A file that archiver did not make is never written over.
    """
    from archiver.jobs.gitlab import INCLUDE
    from archiver.verbs import schedule

    code = _repository_job("gitlab", schedule.for_gitlab, words)
    if not words["check"] and not words["as_json"]:
        print_lines([f"add to .gitlab-ci.yml:  {INCLUDE}"])
    return code


def _repository_job(kind: str, make: Callable[..., Scheduled], words: dict[str, Any]) -> int:
    from archiver.verbs import schedule

    repository, inside = schedule.archives_in_repository(words["archives"])
    rhythm = _rhythm(words)
    plan = _plan(words, inside, repository, rhythm or _DAILY)
    done = make(repository, plan, _command(kind, words, inside), check=words["check"])
    warnings = [_GONE] if kind == "github" and plan.packages == "folder" else []
    warnings += [_ALONE] if plan.packages != "git" else []
    return _told(done, words["as_json"], [*warnings, *([] if rhythm else [_NO_RHYTHM])])


def _plan(words: dict[str, Any], inside: str, repository: Repository, wake: str) -> Plan:
    from archiver.jobs import pinned, plan
    from archiver.verbs import schedule

    every = words["every"] or ""
    if every:
        plan.seconds(every)
    plan.seconds(words["deadline"])
    cron = words["cron"] or plan.cron_of(wake, inside)
    return plan.Plan(
        archives=inside,
        cron=plan.checked_cron(cron),
        every=every,
        deadline=words["deadline"],
        packages=words["packages"],
        public=words["public"],
        source=pinned.source(words["source"]),
        texts=schedule.texts_needed(repository, words["archives"]),
        branch=plan.checked_branch(words["branch"]),
        alarm=words["alarm"],
        stamps=words["stamps"],
    )


def _rhythm(words: dict[str, Any]) -> str:
    """How often something is due; nothing where neither the words nor any case says it."""
    from archiver.verbs import schedule

    return words["every"] or schedule.shortest(words["archives"])


_DAILY = "1d"  # how often it is looked what is due, where nobody says more
_NO_RHYTHM = "no case says how often, so nothing is due: [recapture] every in case.toml, or --every"


def _command(kind: str, words: dict[str, Any], archives: str) -> str:
    """The command that makes the file again, as it stands in it."""
    said = ["archiver", "schedule", kind, "--archives", archives]
    names = ("every", "cron", "deadline", "packages", "source", "branch", "to")
    for name in names:
        if words.get(name):
            said += ["--from" if name == "source" else f"--{name}", str(words[name])]
    said += [f"--{name}" for name in ("public", "alarm", "stamps") if words.get(name)]
    return terminal(shlex.join(said))


@command.command(
    "systemd",
    short_help="A timer for a machine of your own.",
    epilog="Example: archiver schedule systemd --archives /srv/archives --every 6h",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder for the units.  [default: ~/.config/systemd/user]",
)
@_common
def systemd(**words: Any) -> int:
    """Write archiver-recapture.service and .timer, for this Python's archiver. Packages and
    ledger stay on this machine, signed with the keys of its user; a run that was missed while it
    was off is caught up.

    A file that archiver did not make is never written over.
    """
    from archiver.jobs import plan
    from archiver.jobs.systemd import units
    from archiver.verbs import schedule

    archives = str(words["archives"].absolute())
    every = words["every"] or ""
    plan.seconds(words["deadline"])
    rhythm = _rhythm(words)
    made = units(
        archives,
        sys.executable,
        every,
        rhythm or _DAILY,
        words["deadline"],
        _command("systemd", words, archives),
        alarm=words["alarm"],
    )
    done = schedule.for_systemd(made, words["to"], check=words["check"])
    code = _told(done, words["as_json"], [] if rhythm else [_NO_RHYTHM])
    if not words["check"] and not words["as_json"]:
        print_lines(
            [
                "then: systemctl --user enable --now archiver-recapture.timer",
                "and:  loginctl enable-linger, so that it runs while nobody is logged in",
            ]
        )
    return code


@command.command(
    "texts",
    short_help="Put texts from the environment into their cases.",
    epilog="Example: archiver schedule texts --archives archives",
)
@options.archives
@options.as_json
def texts(archives: Path, as_json: bool) -> int:
    """Put seed texts that are not in git where the cases expect them: from
    $ARCHIVER_SEED_TEXT_<CASE> (the case's name in capitals, with _ for -), in base64. Their
    digest must be the one that case.toml states. $ARCHIVER_SEED_KEY_<CASE> is the key of a text
    that is withheld.
    """
    from archiver.verbs import schedule

    written = schedule.put_texts(archives, os.environ)
    if as_json:
        print_json({"written": [str(one) for one in written], "exit": 0})
    else:
        print_lines(rows([("written", str(one)) for one in written]) or ["nothing to put anywhere"])
    return 0


@command.command(
    "key",
    short_help="Make a ledger's key for a job.",
    epilog="Example: archiver schedule key ledger.pem",
)
@click.argument("file", type=click.Path(path_type=Path))
@options.as_json
def key(file: Path, as_json: bool) -> int:
    """Make the key of a job's own ledger (Ed25519, PEM) in a new FILE that only you can read, and
    print its public half. FILE becomes the secret ARCHIVER_LEDGER_KEY, which only the job that
    signs gets; the line that is printed becomes the variable ARCHIVER_LEDGER_VKEY.
    """
    from archiver.verbs import schedule

    vkey = schedule.new_key(file)
    if as_json:
        print_json({"file": str(file), "vkey": vkey, "exit": 0})
    else:
        print_lines([vkey])
    return 0


_GONE = "packages stay on the runner, and are gone with it: only the ledger's lines are kept"
_ALONE = (
    "a run finds no earlier package there, so only outcome and text are compared with the last "
    "capture, not the pages: --packages git compares these"
)


def _told(done: Scheduled, as_json: bool, warnings: list[str]) -> int:
    if as_json:
        print_json(
            {
                "files": [str(one) for one in done.files],
                "written": [str(one) for one in done.written],
                "drift": [problem_json(one) for one in done.drift],
                "exit": int(done.exit),
            }
        )
        return int(done.exit)
    if done.drift:
        print_lines(problem_lines(done.drift))
    else:
        pairs = [("written" if one in done.written else "as it is", str(one)) for one in done.files]
        print_lines(rows(pairs))
        print_lines(warnings)
    return int(done.exit)
