"""A schema's faults in words: the place, what was expected, what was found, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from archiver.case.nearest import nearest_field, nearest_word
from archiver.errors import Problem

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

SHOWN = 60
_TYPES = {
    "object": "a table",
    "array": "an array",
    "string": "text in quotes",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
    "number": "a number",
}
_NOT = {
    "date": "is not a day of the calendar, written YYYY-MM-DD",
    "date-time": "is not a time of RFC 3339",
    "uri": "is not a URI",
    "archiver-day-or-time": "is not a day of the calendar, or a time with its zone",
    "archiver-published": "is not a date of the calendar",
    "archiver-language": "is not a known language",
    "archiver-country": "is not a known country",
}
# Of several faults at one place, the first of these is told.
_RANKS = ("type", "minLength", "maxLength", "enum", "const", "pattern")


def fault_problems(error: ValidationError, schema: dict[str, Any]) -> Iterator[Problem]:
    """One error of jsonschema as the problems it stands for."""
    where = place(error.absolute_path)
    rule = str(error.validator)
    found: Any = error.instance
    said: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    meaning = str(said.get("description", ""))
    limit: Any = error.validator_value
    match rule:
        case "required":
            yield from _missing(where, found, limit, said)
        case "additionalProperties":
            for name in unknown_fields(found, said):
                fix = nearest_field(where, name, schema)
                inner = join(where, name)
                yield Problem(
                    where=inner, rule="unknown-field", what="is not a known field", fix=fix
                )
        case "false":
            yield Problem(where=where, rule="unknown-field", what="does not belong here")
        case "type":
            words = _TYPES.get(str(limit), str(limit))
            yield Problem(
                where=where,
                rule=rule,
                what=f"expected {words}, found {shown(found)}",
                fix=f"it stands for: {meaning}",
            )
        case "enum":
            known = [str(value) for value in limit]
            yield Problem(
                where=where,
                rule=rule,
                what=f"expected one of {', '.join(known)}; found {shown(found)}",
                fix=nearest_word(found, known) or f"it stands for: {meaning}",
            )
        case _:
            yield Problem(
                where=where,
                rule=rule if rule != "format" else str(limit),
                what=_expected(rule, limit, found),
                fix=f"write {meaning}" if meaning else "",
            )


def unknown_fields(found: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """The fields of a table that its schema names neither outright nor by pattern."""
    patterns = [re.compile(pattern) for pattern in said.get("patternProperties", {})]
    return [
        name
        for name in found
        if name not in said.get("properties", {}) and not any(p.search(name) for p in patterns)
    ]


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of their places, numbers by value, each only once."""
    return tuple(sorted(dict.fromkeys(problems), key=_order))


def one_for_each_place(problems: Iterable[Problem]) -> list[Problem]:
    """The most telling problem of each place: that text is too short says more than its form."""
    told: dict[str, Problem] = {}
    for problem in problems:
        other = told.get(problem.where)
        if other is None or _rank(problem) < _rank(other):
            told[problem.where] = problem
    return list(told.values())


def _rank(problem: Problem) -> int:
    return _RANKS.index(problem.rule) if problem.rule in _RANKS else len(_RANKS)


def place(path: Iterable[str | int]) -> str:
    """The path of a value as people write it: `stance[0].label`."""
    text = ""
    for step in path:
        text = f"{text}[{step}]" if isinstance(step, int) else join(text, step)
    return text


def join(where: str, name: str) -> str:
    """The place of a field in the table at `where`; a name with dots is put in quotes."""
    name = f'"{name}"' if "." in name else name
    return f"{where}.{name}" if where else name


def shown(value: object) -> str:
    """A value for a message: short, in quotes, nothing in it that a terminal would act on."""
    if isinstance(value, str):
        text = value if len(value) <= SHOWN else value[:SHOWN] + "…"
        return '"' + "".join(c if c.isprintable() else _escaped(c) for c in text) + '"'
    if isinstance(value, bool | None):
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < 10**17):
        return f"the number {value}"
    kinds = {dict: "a table", list: "an array", int: "a huge number"}
    return kinds.get(type(value), f"a value of the kind {type(value).__name__}")


def _missing(
    where: str, found: dict[str, Any], required: list[str], said: dict[str, Any]
) -> Iterator[Problem]:
    # jsonschema gives one error for each missing field, without saying which: each tells all
    # of them here, and `sorted_problems` keeps one of each.
    for name in required:
        if name not in found:
            inner = join(where, name)
            meaning = said.get("properties", {}).get(name, {}).get("description", "")
            fix = f"add {inner}: {meaning}" if meaning else f"add {inner}"
            yield Problem(where=inner, rule="required", what="is missing", fix=fix)


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _expected(rule: str, value: object, found: Any) -> str:
    match rule:
        case "minLength" | "minItems" if not found:
            return "is empty"
        case "minLength" | "maxLength":
            return f"expected {_bound(rule, value)} characters, found {len(found)}"
        case "minItems" | "maxItems":
            return f"expected {_bound(rule, value)} entries, found {len(found)}"
        case "minimum" | "maximum":
            return f"expected {_bound(rule, value)}, found {shown(found)}"
        case "const":
            return f"expected {shown(value)}, found {shown(found)}"
        case _:
            return f"{shown(found)} {_NOT.get(str(value), 'has not the expected form')}"


def _bound(rule: str, value: object) -> str:
    return f"at {'least' if rule.startswith('min') else 'most'} {value}"


def _order(problem: Problem) -> tuple[list[tuple[int, str]], str, str]:
    steps = re.split(r"([0-9]+)", problem.where)
    numbered = [(int(step[:18]), "") if step.isdecimal() else (-1, step) for step in steps]
    return numbered, problem.rule, problem.what
