"""Rules for every value of a case, whichever field it stands in: shape, numbers, characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.canonical import MAX_INT
from archiver.case.characters import (
    CONTROL,
    CONTROL_IN_LINES,
    INVISIBLE,
    SURROGATE,
    first_unassigned,
    named,
)
from archiver.case.faultwords import join, shown
from archiver.case.seedtext import BLANKS
from archiver.case.tomltext import Unquoted
from archiver.errors import Problem
from archiver.unicode14 import nfc

MAX_DEPTH = 32
MAX_VALUES = 20_000
MAX_TEXT = 20_000
# Free text may have lines; a quote may span a line break of the seed text.
_WITH_LINES = {"notes", "note", "harm_note", "quote", "basis"}
# Fields that are dates: these may be written without quotes, as TOML has them.
_DATES = {"date", "at", "obtained_at", "designated", "as_of"}
# An address is kept as typed: another normal form is another address.
_AS_TYPED = {"url", "ref"}
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,100}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """A value with its place and the name of the field that it belongs to."""

    where: str
    field: str
    value: object


def shape_faults(document: object) -> tuple[Problem, ...]:
    """What must hold before anything else may look at the document: a table, deep and large
    within bounds, its keys plain ASCII. At most one problem."""
    if not isinstance(document, dict):
        return (Problem(where="", rule="type", what=f"expected a table, found {shown(document)}"),)
    layer: list[tuple[str, object]] = [("", document)]
    count = depth = 0
    while layer:
        count += len(layer)
        if count > MAX_VALUES:
            return (Problem(where="", rule="size", what=f"holds more than {MAX_VALUES} values"),)
        if depth > MAX_DEPTH:
            where = layer[0][0].partition(".")[0].partition("[")[0][:100]
            what = f"is nested deeper than {MAX_DEPTH}"
            return (Problem(where=where, rule="depth", what=what, fix="flatten it"),)
        for where, value in layer:
            if isinstance(value, dict) and (bad := [k for k in value if not _is_key(k)]):
                place = join(where, str(bad[0])[:100])
                return (
                    Problem(
                        where=place,
                        rule="key",
                        what=f"the name {shown(bad[0])} cannot be a field",
                        fix="write a name in ASCII letters, digits, - and _, at most 100 of them",
                    ),
                )
        layer = [child for where, value in layer for child in _children(where, value)]
        depth += 1
    return ()


def value_faults(document: dict[str, object]) -> Iterator[Problem]:
    """Every value that a case may not hold, wherever it stands."""
    for item in walk(document):
        match item.value:
            case bool() | dict() | list():
                pass
            case int() if abs(item.value) > MAX_INT:
                yield _problem(
                    item, "integer", "is a whole number beyond 2^53-1", "put it in quotes"
                )
            case int():
                pass
            case str():
                yield from _text_faults(item, item.value)
            case float():
                what = f"is {shown(item.value)}; only whole numbers are kept exactly"
                yield _problem(item, "float", what, "put it in quotes")
            case _:
                yield _problem(
                    item,
                    "type",
                    f"is {shown(item.value)}, which a case cannot hold",
                    "put it in quotes; a time of day needs its day",
                )


def value_warnings(document: dict[str, object]) -> Iterator[Problem]:
    """Characters that are allowed and deserve a second look."""
    for item in walk(document):
        if not isinstance(item.value, str) or item.value.isascii():
            continue
        found = INVISIBLE.search(item.value)
        if found:
            what = f"holds the invisible character {named(found[0])}"
            yield _problem(item, "invisible", what, "take it out unless it belongs there")
        elif odd := first_unassigned(item.value):
            what = f"holds {named(odd)}, which Unicode 14.0 gives no meaning"
            yield _problem(item, "unassigned", what, "take it out unless it belongs there")


def walk(document: dict[str, object]) -> Iterator[Value]:
    """Every value in the document, in order; of a document without `shape_faults`."""
    stack = [Value(where="", field="", value=document)]
    while stack:
        item = stack.pop()
        yield item
        children = _children(item.where, item.value)
        fields = list(item.value) if isinstance(item.value, dict) else None
        stack.extend(
            Value(where=where, field=fields[n] if fields else item.field, value=value)
            for n, (where, value) in reversed(list(enumerate(children)))
        )


def _children(where: str, value: object) -> list[tuple[str, object]]:
    match value:
        case dict():
            return [(join(where, str(key)), member) for key, member in value.items()]
        case list() | tuple():
            return [(f"{where}[{n}]", member) for n, member in enumerate(value)]
        case _:
            return []


def _is_key(key: object) -> bool:
    return isinstance(key, str) and _KEY.fullmatch(key) is not None


def _text_faults(item: Value, text: str) -> Iterator[Problem]:
    if isinstance(text, Unquoted) and item.field not in _DATES:
        yield _problem(item, "type", f"expected text in quotes, found the date {text}", "quote it")
        return
    lines = item.field in _WITH_LINES
    if len(text) > MAX_TEXT:
        yield _problem(item, "length", f"is longer than {MAX_TEXT} characters", "shorten it")
        return
    if SURROGATE.search(text):
        yield _problem(
            item, "surrogate", "holds half a character (a lone surrogate)", "take it out"
        )
        return
    if found := (CONTROL_IN_LINES if lines else CONTROL).search(text):
        what = f"holds the control character {named(found[0])}"
        yield _problem(item, "control", what, "take it out")
    elif text and not text.strip(BLANKS):
        yield _problem(item, "blank", "is only white space", "write it, or take the field out")
    elif not lines and text != text.strip(BLANKS):
        yield _problem(item, "blank", "has white space at its ends", "take it out")
    elif item.field not in _AS_TYPED and nfc(text) != text:
        yield _problem(
            item,
            "nfc",
            "holds letters in pieces (it is not in Unicode's form NFC)",
            "write each letter with its accent as one character",
        )


def _problem(item: Value, rule: str, what: str, fix: str) -> Problem:
    return Problem(where=item.where, rule=rule, what=what, fix=fix)
