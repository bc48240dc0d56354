"""A group of commands that names the nearest one where a word is none of them."""

from __future__ import annotations

import click


class Group(click.Group):
    """As click's own, whichever version of click there is."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command and its words. Raises `UsageError`, with the nearest name, for no command."""
        names = self.list_commands(ctx)
        word = args[0] if args else "-"
        if word not in names and not word.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(word, names, n=1)
            suggested = f". Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {word!r}{suggested}", ctx=ctx)
        return super().resolve_command(ctx, args)
