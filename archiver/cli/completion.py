"""`archiver completion`."""

from __future__ import annotations

import click


@click.command(
    "completion",
    short_help="Print what makes a shell complete our words.",
    epilog="Example: archiver completion bash >> ~/.bashrc",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> int:
    """Print a script for SHELL that completes commands, options and files.

    In ~/.bashrc or ~/.zshrc: eval "$(archiver completion SHELL)". For fish:
    archiver completion fish > ~/.config/fish/completions/archiver.fish
    """
    from click.shell_completion import shell_complete

    program = context.find_root().command
    return shell_complete(program, {}, "archiver", "_ARCHIVER_COMPLETE", f"{shell}_source")
