"""Writes docs/reference/ from the code: `python docs/make_reference.py`."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import click
from tables import escaped, row, table

from archiver.cli.main import COMMANDS
from archiver.errors import EXIT_MEANINGS
from archiver.report.explained import EXPLAINED

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
MADE = "Made from the code by `docs/make_reference.py`; do not edit it by hand.\n\n"


# Commands ----------------------------------------------------------------------------------


def commands() -> str:
    """docs/reference/commands.md"""
    text = (
        f"# Commands\n\n{MADE}`archiver COMMAND --help` says the same. [Exit codes](exit-codes.md) "
        "are the same for all commands. Common to all: `-h`, `--help`.\n\n"
    )
    text += table("command", "what it does")
    for name, does in COMMANDS.items():
        text += row(f"[`{name}`](#archiver-{name})", does)
    for name in COMMANDS:
        text += _command(
            importlib.import_module(f"archiver.cli.{name}").command, f"archiver {name}"
        )
    return text


def _command(command: click.Command, called: str, level: str = "##") -> str:
    context = click.Context(command, info_name=called)
    text = f"\n{level} {called}\n\n```text\n{command.get_usage(context)[len('Usage: ') :]}\n```\n"
    text += f"\n{_paragraphs(command.help or '')}\n"
    options = [one for one in command.params if isinstance(one, click.Option)]
    records = [one.get_help_record(context) for one in options if one.name != "help"]
    if any(records):
        text += "\n" + table("option", "meaning")
        for record in records:
            if record is not None:
                text += row(f"`{record[0]}`", record[1])
    if command.epilog:
        text += f"\n{command.epilog.replace('Example: ', 'Example: `', 1)}`\n"
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            text += _command(inner, f"{called} {name}", "###")
    return text


def _paragraphs(text: str) -> str:
    lines = [line.strip() for line in text.replace("\b", "").splitlines()]
    return escaped("\n".join(lines).strip())


# Exit codes --------------------------------------------------------------------------------


def exit_codes() -> str:
    """docs/reference/exit-codes.md"""
    text = (
        f"# Exit codes\n\n{MADE}Treat unknown codes as failure. With `--json` one object is "
        "printed in every case; its `exit` is this number, and an error has the shape of "
        "`output-error` ([schemas](schemas.md)).\n\n"
    )
    text += table("exit", "name", "meaning")
    for code, meaning in EXIT_MEANINGS.items():
        text += row(str(int(code)), code.name, meaning)
    return text


# Checks ------------------------------------------------------------------------------------


def checks() -> str:
    """docs/reference/checks.md"""
    text = (
        f"# The checks of archiver verify\n\n{MADE}`archiver verify --explain` prints these words. "
        "A check that has nothing to look at is not listed; one that could not be made is "
        "`skipped`, which is not passed. [The format](../format.md#10-the-checks) has each check "
        "rule by rule.\n"
    )
    return text + "".join(f"\n## {name}\n\n{words}\n" for name, words in EXPLAINED.items())


# Schemas -----------------------------------------------------------------------------------


def schemas() -> str:
    """docs/reference/schemas.md"""
    text = (
        f"# Schemas\n\n{MADE}Every JSON document that we write has a JSON Schema (2020-12) in "
        "`schemas/`, also inside the installed package. Here are their top levels; "
        "[case.toml](../case.md) has all fields of a case.\n"
    )
    for path in sorted((ROOT / "schemas").glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        text += f"\n## {path.name.removesuffix('.schema.json')}\n\n{schema['title']}.\n\n"
        if "description" in schema:
            text += f"{escaped(schema['description'])}.\n\n"
        text += table("member", "required", "type", "meaning")
        for name, said in schema.get("properties", {}).items():
            field = {} if isinstance(said, bool) else said
            must = "yes" if name in schema.get("required", ()) else ""
            text += row(f"`{name}`", must, _types(field), field.get("description", ""))
    return text


def _types(field: dict[str, Any]) -> str:
    if "const" in field:
        return f"`{json.dumps(field['const'])}`"
    if "enum" in field:
        return " ".join(f"`{one}`" for one in field["enum"])
    named = field.get("type", "")
    return named if isinstance(named, str) else " or ".join(named)


def documents() -> dict[str, str]:
    """Every page of docs/reference/ by its name; `make_reasons.py` writes reasons.md."""
    return {
        "commands.md": commands(),
        "exit-codes.md": exit_codes(),
        "checks.md": checks(),
        "schemas.md": schemas(),
    }


if __name__ == "__main__":
    REFERENCE.mkdir(exist_ok=True)
    for name, text in documents().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
