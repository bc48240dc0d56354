"""The command group. Commands are imported when they are called, so that help stays fast."""

from __future__ import annotations

import importlib
from typing import Any

import click

from archiver import __version__
from archiver.cli.group import Group
from archiver.errors import Exit

# Heading; name: what it does. Each stands in archiver/cli/<name>.py as `command`; a test holds
# these lines against the commands' own.
_SECTIONS = {
    "Capture": {
        "capture": "Capture a source into a sealed evidence package.",
        "new": "Draft a case from a seed text or URL and stop.",
        "validate": "Validate cases against the schema and the rules.",
        "batch": "Capture the sources of a list, each once.",
        "recapture": "Capture again every case that is due.",
        "schedule": "Write the files of a job that captures again.",
    },
    "Look and check": {
        "show": "Show what a package says.",
        "compare": "Compare a seed text with the captured page, passage by passage.",
        "verify": "Verify packages: offline, every check by name.",
        "rebuild": "Derive a package again from its own primary exhibits.",
        "diff": "Tell what changed between two captures of one source.",
        "open": "Show a package as its page looked, cut off from the live web.",
        "status": "Tell all cases at a glance.",
    },
    "Give to others": {
        "report": "Write what a package says as a page for people.",
        "cross": "Tell what the other side will object, and what would cure it.",
        "handover": "Write a folder with all that a stranger needs to check it.",
        "export": "Write a package's content in a form that others read.",
    },
    "Vouch": {
        "key": "The keys that sign, and those that you trust.",
        "sign": "Sign a package as it is, beside it.",
        "tsa": "Choose the time-stamp authorities that you believe.",
        "stamp": "Have packages stamped by time-stamp authorities.",
        "amend": "Add later claims and notes to a package, beside it.",
        "log": "The ledger: what was done when, provably.",
    },
    "Begin": {
        "demo": "The whole journey on a built-in site, offline, in seconds.",
        "doctor": "Tell what a capture here would meet, and what mends it.",
        "completion": "Print what makes a shell complete our words.",
    },
}
COMMANDS = {name: what for one in _SECTIONS.values() for name, what in one.items()}


class _LateGroup(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        module: Any = importlib.import_module(f"archiver.cli.{name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        widest = max(map(len, COMMANDS))
        for heading, commands in _SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(f"{name:<{widest}}", what) for name, what in commands.items()])


@click.command(
    cls=_LateGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: archiver capture article.txt\n\nExit codes: "
    + ", ".join(f"{int(one)} {one.name.lower()}" for one in Exit),
)
@click.version_option(__version__, prog_name="archiver", message="%(prog)s %(version)s")
def archiver() -> None:
    """Web evidence that survives attack: capture a page, say whether a text stands on
    it, seal both, and let anyone verify it."""
