"""A case document as a `case.toml` for people: ordered, commented, every string safe to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archiver.case.characters import CONTROL, INVISIBLE, SURROGATE

_TABLE_ORDER = (
    "source claimed outlet seed_text basis rights related review stance narratives sensitivity "
    "designations ratings recapture"
)
_FIELD_ORDER = (
    "url title authors published date precision zone language name domain country file sha256 "
    "form publish origin how from obtained_at obtained_by is_excerpt state by at target scheme "
    "label analyst confidence note quote rel ref"
)
_TABLES, _FIELDS = _TABLE_ORDER.split(), _FIELD_ORDER.split()
_COMMENTS = {
    "source": "What is captured, as typed.",
    "claimed": "What was published there. The date is no more precise than it is known.",
    "outlet": "Who published it. Complete: name, country (two letters).",
    "seed_text": "The text said to have been published. publish: include | digest | withhold.\n"
    "Complete: origin.how (copied_from_page, screenshot_ocr, tip, dataset, archive_copy, …).",
    "basis": "How each field of the draft came to be. Write analyst where you checked it.",
    "review": "draft | second_read | final.",
}
_OUTLOOK = (
    (
        "stance",
        '[[stance]]\ntarget = ""       # the claim or subject that the stance is about\n'
        'scheme = "sdqc"    # sdqc | favor-against | fnc | custom:<URI>\n'
        'label = ""        # sdqc: support | deny | query | comment\nanalyst = ""\n'
        'at = ""           # YYYY-MM-DD\nconfidence = ""   # low | moderate | high\nnote = ""',
    ),
    (
        "sensitivity",
        '[sensitivity]\ntlp = ""          # CLEAR | GREEN | AMBER | AMBER+STRICT | RED',
    ),
)
_WITH_LINES = {"notes", "note", "harm_note"}
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def to_toml(document: dict[str, Any]) -> str:
    """The text of a case file; `tomllib.loads` of it is the document again.

    The document holds text, whole numbers, booleans, arrays and tables only.
    """
    tables = [name for name in _ordered(document, _TABLES) if _is_table(document[name])]
    loose = [name for name in _ordered(document, _FIELDS) if name not in tables]
    blocks = ["# A case for archiver. Every field: archiver's schemas/case.schema.json."]
    if loose:
        blocks.append("\n".join(_field(name, document[name]) for name in loose))
    for name in tables:
        blocks.extend(_table_blocks(name, document[name]))
    if outlook := [text for name, text in _OUTLOOK if name not in document]:
        words = "Before review.state can be final, add:\n" + "\n\n".join(outlook)
        blocks.append(_comment(words))
    return "\n\n".join(blocks) + "\n"


def _is_table(value: object) -> bool:
    """A table, or an array of nothing but tables: both have headers of their own."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(member, dict) for member in value)
    return isinstance(value, dict)


def _ordered(document: dict[str, Any], order: list[str]) -> list[str]:
    known = [name for name in order if name in document]
    return known + sorted(set(document) - set(known))


def _table_blocks(name: str, value: Any) -> Iterator[str]:
    header = f"[[{_key(name)}]]" if isinstance(value, list) else f"[{_key(name)}]"
    comment = _comment(_COMMENTS[name]) + "\n" if name in _COMMENTS else ""
    for table in value if isinstance(value, list) else [value]:
        fields = [_field(field, table[field]) for field in _ordered(table, _FIELDS)]
        yield comment + "\n".join([header, *fields])
        comment = ""


def _comment(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))


def _field(name: str, value: object) -> str:
    if name in _WITH_LINES and isinstance(value, str) and "\n" in value:
        return f'{_key(name)} = """\n{_lines(value)}"""'
    return f"{_key(name)} = {_inline(value)}"


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _inline(name)


def _inline(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return '"' + "".join(_SHORT.get(char) or _safe(char) for char in value) + '"'
        case list() | tuple():
            return "[" + ", ".join(_inline(member) for member in value) + "]"
        case dict():
            names = _ordered(value, _FIELDS)
            fields = ", ".join(f"{_key(name)} = {_inline(value[name])}" for name in names)
            return f"{{ {fields} }}" if fields else "{}"
        case _:
            raise TypeError(f"{type(value).__name__} values are not part of a case")


def _lines(text: str) -> str:
    """Text between triple quotes: as it is, but for what would end it or act on a terminal."""
    text = text.replace("\\", "\\\\")
    # Of quotes side by side, and of one at the end, each must not be taken for the closing ones.
    text = re.sub(r'"(?="|\Z)', r"\"", text)
    return "".join(char if char in "\n\t" else _safe(char) for char in text)


def _safe(char: str) -> str:
    if not (CONTROL.match(char) or INVISIBLE.match(char) or SURROGATE.match(char)):
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
