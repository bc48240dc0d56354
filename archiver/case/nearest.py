"""The field or the word that a person probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# What people write for a field of ours, folded by `_folded`.
_ALIASES = {
    "date": "claimed.published.date",
    "datepublished": "claimed.published.date",
    "publisheddate": "claimed.published.date",
    "publishedat": "claimed.published.date",
    "publishedon": "claimed.published.date",
    "pubdate": "claimed.published.date",
    "tz": "claimed.published.zone",
    "timezone": "claimed.published.zone",
    "lang": "claimed.language",
    "headline": "claimed.title",
    "author": "claimed.authors",
    "byline": "claimed.authors",
    "link": "source.url",
    "uri": "source.url",
    "targeturl": "source.url",
    "publisher": "outlet.name",
    "site": "outlet.domain",
    "host": "outlet.domain",
    "type": "outlet_type",
    "outlettype": "outlet_type",
    "seed": "seed_text",
    "text": "seed_text.file",
    "filename": "seed_text.file",
    "hash": "seed_text.sha256",
    "digest": "seed_text.sha256",
    "checksum": "seed_text.sha256",
    "license": "rights.licence",
    "sanctions": "designations",
    "tags": "keywords",
    "note": "notes",
    "comment": "notes",
    "status": "review.state",
    "every": "recapture.every",
}


def nearest_field(where: str, name: str, schema: dict[str, Any]) -> str:
    """A sentence naming the known field nearest to `name` in the table at `where`."""
    import difflib

    table = re.sub(r"\[[0-9]+\]", "", where)
    if name.startswith("x-"):
        return "names of your own are written in small ASCII letters: x-my-field"
    if table == "basis":
        return 'its fields are names of other fields, in quotes: "outlet.name"'
    fields = tuple(_walk(schema, ""))
    siblings = {_folded(path.rpartition(".")[2]): path for path in fields if _table(path) == table}
    others = {_folded(path.rpartition(".")[2]): path for path in reversed(fields)}
    folded = _folded(name[:100])
    alias = _ALIASES.get(folded, "")
    found = siblings.get(folded) or (alias if alias in fields else "") or others.get(folded)
    for known in (siblings, others):
        if not found and (near := difflib.get_close_matches(folded, known, n=1, cutoff=0.7)):
            found = known[near[0]]
    if not found:
        return "take it out, or name it x-… if it is your own"
    same = _table(found) == table and where
    return f"did you mean {found if not same else where + found[len(table) :]}?"


def nearest_word(found: object, known: list[str]) -> str:
    """A sentence naming the word of a list that is nearest to what was found, or nothing."""
    import difflib

    if not isinstance(found, str):
        return ""
    folded = {_folded(word): word for word in reversed(known)}
    near = difflib.get_close_matches(_folded(found[:100]), folded, n=1, cutoff=0.6)
    return f"did you mean {folded[near[0]]}?" if near else ""


def _walk(said: dict[str, Any], path: str) -> Iterator[str]:
    said = said.get("items", said)
    for name, inner in said.get("properties", {}).items():
        if "." in name:  # the quoted keys of `basis` repeat names of other tables
            continue
        yield (full := f"{path}.{name}" if path else name)
        yield from _walk(inner, full)


def _table(path: str) -> str:
    return path.rpartition(".")[0]


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
