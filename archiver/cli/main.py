"""The command group. Commands are imported when they are called, so that help stays fast."""

from __future__ import annotations

import importlib
from typing import Any

import click

from archiver import __version__
from archiver.errors import Exit

# Name: what it does. Each stands in archiver/cli/<name>.py as `command`; a test holds
# these lines against the commands' own.
COMMANDS = {
    "capture": "Capture a source into a sealed evidence package.",
    "new": "Draft a case from a seed text or URL and stop.",
    "validate": "Validate cases against the schema and the rules.",
    "verify": "Verify packages: offline, every check by name.",
    "show": "Show what a package says.",
    "compare": "Compare a seed text with the captured page, passage by passage.",
    "open": "Show a package as its page looked, cut off from the live web.",
    "rebuild": "Derive a package again from its own primary exhibits.",
    "report": "Write what a package says as a page for people.",
    "handover": "Write a folder with all that a stranger needs to check a package.",
    "cross": "Tell what the other side will object, and what would cure it.",
    "diff": "Tell what changed between two captures of one source.",
    "export": "Write a package's content in a form that others read.",
    "amend": "Add later claims and notes to a package, beside it.",
    "sign": "Sign a package as it is, beside it.",
    "key": "The keys that sign, and those that you trust.",
    "stamp": "Have packages stamped by time-stamp authorities.",
    "tsa": "Choose the time-stamp authorities that you believe.",
    "recapture": "Capture again every case that is due.",
    "batch": "Capture the sources of a list, each once.",
    "log": "The ledger: what was done when, provably.",
    "status": "Tell all cases at a glance.",
    "schedule": "Write the files of a job that captures again.",
    "doctor": "Tell what a capture here would meet, and what mends it.",
    "completion": "Print what makes a shell complete our words.",
    "demo": "The whole journey on a built-in site, offline, in seconds.",
}


class _LateGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        module: Any = importlib.import_module(f"archiver.cli.{name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        words = args and not args[0].startswith("-") and not ctx.resilient_parsing
        if words and args[0] not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            raise click.UsageError(
                f"No such command {args[0]!r}" + (f", did you mean {near[0]!r}?" if near else ""),
                ctx=ctx,
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


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
