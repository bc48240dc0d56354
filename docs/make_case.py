"""Writes docs/case.md from schemas/case.schema.json: `python docs/make_case.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
HEAD = """\
# case.toml

Every field of a case, as `archiver validate` knows it. Made from `schemas/case.schema.json` by
`docs/make_case.py`; do not edit it by hand.

`archiver new SEED_TEXT` drafts a case; complete it, then validate it. Fields of your own go under
names that begin with `x-`. The tables `source`, `claimed`, `outlet`, `seed_text`, `basis`, `rights`
and `related` are claims (`evidence/claimed.json` in a package); all others are opinion
(`evidence/assessed.json`).

| field | required | meaning | values |
|---|---|---|---|
"""


def rows(schema: dict[str, Any], place: str = "") -> Iterator[str]:
    """One line of the table for each field, depth first."""
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        here = f"{place}.{name}" if place else name
        items = field.get("items", {})
        many = "[]" if items else ""
        inner = items if items.get("properties") else field
        must = "yes" if name in required else ""
        meaning = _cell(field.get("description", ""))
        yield f"| `{here}{many}` | {must} | {meaning} | {_values(field)} |"
        if inner.get("properties") and here != "basis":
            yield from rows(inner, here + many)


def _values(field: dict[str, Any]) -> str:
    words = field.get("enum") or field.get("items", {}).get("enum")
    if words:
        return " ".join(f"`{word}`" for word in words)
    return _cell(str(field.get("type", "")))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def document() -> str:
    """The whole of docs/case.md."""
    schema = json.loads((ROOT / "schemas" / "case.schema.json").read_text(encoding="utf-8"))
    return HEAD + "\n".join(rows(schema)) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "case.md").write_text(document(), encoding="utf-8")
