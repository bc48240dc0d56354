"""Tables of Markdown, for the scripts beside this one."""

from __future__ import annotations


def table(*heads: str) -> str:
    """The head of a table."""
    return f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n"


def row(*cells: str) -> str:
    """A line of a table."""
    plain = (escaped(cell).replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(plain)} |\n"


def escaped(text: str) -> str:
    """Text in which no `<` begins a tag; within code it never does."""
    return "`".join(
        part if number % 2 else part.replace("<", "&lt;")
        for number, part in enumerate(text.split("`"))
    )
