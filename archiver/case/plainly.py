"""Documents that are plainly right, known without `jsonschema`'s full walk.

A verified package has a dozen documents, of which almost all are right, and a large
`capture.json` has tens of thousands of members. For those the library's walk costs thirty
times what the test itself does. Whatever is not plainly right here goes to the library, so
every fault is told as before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from archiver.case.formats import FORMATS

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

Test = Callable[[Any], bool]

# The keywords of JSON Schema 2020-12 that are understood; one of any other, and the schema is
# the library's.
_SILENT = frozenset("$id $schema $comment title description default examples".split())
_TEXT = frozenset("pattern minLength maxLength format".split())
_NUMBER = frozenset("minimum maximum".split())
_LIST = frozenset("items minItems maxItems".split())
_OBJECT = frozenset("properties patternProperties additionalProperties required".split())
_OVER_ALL = frozenset("type enum const if then else".split())
_KNOWN = _SILENT | _TEXT | _NUMBER | _LIST | _OBJECT | _OVER_ALL
# Exact types: a bool is an int to Python, and not to JSON. Our documents have no floats.
_TYPES: dict[str, type] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
    "array": list,
    "object": dict,
}


class _NotPlain(Exception):
    """The schema says something that is not understood here."""


def plain_test(schema: object) -> Test | None:
    """A test that is true only of values that the schema allows; None for a schema that says
    more than is understood here."""
    try:
        return _compiled(schema)
    except _NotPlain:
        return None


def _compiled(schema: object) -> Test:
    if schema is True or schema is False:
        return _always if schema else _never
    if not isinstance(schema, Mapping) or not schema.keys() <= _KNOWN:
        raise _NotPlain
    tests: dict[type, Test] = dict.fromkeys(_types(schema), _always)
    for kind, words, made in (
        (str, _TEXT, _of_text),
        (int, _NUMBER, _of_number),
        (list, _LIST, _of_list),
        (dict, _OBJECT, _of_object),
    ):
        if kind in tests and not words.isdisjoint(schema):
            tests[kind] = made(schema)
    tests = _among(tests, schema)
    if "if" in schema:
        return _both(_by_type(tests), _branch(schema))
    return _by_type(tests)


def _always(_value: object) -> bool:
    return True


def _never(_value: object) -> bool:
    return False


def _both(one: Test, other: Test) -> Test:
    return lambda value: one(value) and other(value)


def _by_type(tests: Mapping[type, Test]) -> Test:
    if len(tests) == 1:
        ((only, inner),) = tests.items()
        if inner is _always:
            return lambda value: type(value) is only
        return lambda value: type(value) is only and inner(value)

    def test(value: object) -> bool:
        inner = tests.get(type(value))
        return inner is not None and inner(value)

    return test


def _types(schema: Mapping[str, Any]) -> list[type]:
    named = schema.get("type", list(_TYPES))
    names = [named] if isinstance(named, str) else named
    if not _TYPES.keys() >= set(names):
        raise _NotPlain
    return [_TYPES[name] for name in names]


def _among(tests: dict[type, Test], schema: Mapping[str, Any]) -> dict[type, Test]:
    """The tests, narrowed to the values that `enum` and `const` name."""
    for allowed in (schema.get("enum"), [schema["const"]] if "const" in schema else None):
        if allowed is None:
            continue
        # Of these types alone Python's equality is JSON's (1 is True to Python).
        if not {type(value) for value in allowed} <= {str, int, type(None)}:
            raise _NotPlain
        tests = {
            kind: _one_of(frozenset(one for one in allowed if type(one) is kind), test)
            for kind, test in tests.items()
        }
    return tests


def _one_of(allowed: frozenset[Any], also: Test) -> Test:
    if also is _always:
        return allowed.__contains__ if allowed else _never
    return (lambda value: value in allowed and also(value)) if allowed else _never


def _of_text(schema: Mapping[str, Any]) -> Test:
    form = schema.get("format")
    if form is not None and form not in FORMATS:
        raise _NotPlain
    found = re.compile(schema["pattern"]).search if "pattern" in schema else None
    right = None if form is None else FORMATS[form]
    within = _within(schema, "minLength", "maxLength")

    def test(value: str) -> bool:
        return (
            (found is None or found(value) is not None)
            and (within is None or within(len(value)))
            and (right is None or right(value))
        )

    return test


def _of_number(schema: Mapping[str, Any]) -> Test:
    return _within(schema, "minimum", "maximum") or _always


def _within(schema: Mapping[str, Any], least: str, most: str) -> Callable[[int], bool] | None:
    low, high = schema.get(least, -math.inf), schema.get(most, math.inf)
    if least not in schema and most not in schema:
        return None
    return lambda number: low <= number <= high


def _of_list(schema: Mapping[str, Any]) -> Test:
    item = _compiled(schema.get("items", True))
    within = _within(schema, "minItems", "maxItems")

    def test(value: Sequence[object]) -> bool:
        return (within is None or within(len(value))) and all(map(item, value))

    return test


def _of_object(schema: Mapping[str, Any]) -> Test:
    required = frozenset(schema.get("required", ()))
    named = {name: _compiled(one) for name, one in schema.get("properties", {}).items()}
    others = _compiled(schema.get("additionalProperties", True))
    patterns = [
        (re.compile(pattern).search, _compiled(one))
        for pattern, one in schema.get("patternProperties", {}).items()
    ]

    def matching(name: str) -> Iterable[Test]:
        own = [named[name]] if name in named else []
        return [*own, *(test for found, test in patterns if found(name))] or [others]

    def test(value: Mapping[str, object]) -> bool:
        if not value.keys() >= required:
            return False
        if patterns:
            return all(test(one) for name, one in value.items() for test in matching(name))
        return all(named.get(name, others)(one) for name, one in value.items())

    return test


def _branch(schema: Mapping[str, Any]) -> Test:
    """`if`, `then` and `else`, where what is asked is whether one member is one word."""
    match schema["if"]:
        case {"properties": {**members}, **more} if len(members) == 1 and not more:
            ((name, asked),) = members.items()
        case _:
            raise _NotPlain
    if not isinstance(asked, Mapping) or [*asked] != ["const"] or type(asked["const"]) is not str:
        raise _NotPlain
    word = asked["const"]
    then, otherwise = (_compiled(schema.get(one, True)) for one in ("then", "else"))

    def test(value: object) -> bool:
        # Without the member, and of what is no object, `properties` says nothing: it is true.
        other = isinstance(value, dict) and name in value and value[name] != word
        return otherwise(value) if other else then(value)

    return test


class Properties:
    """The keyword `properties` (JSON Schema 2020-12, applicator vocabulary §10.3.2.1)."""

    def __init__(self) -> None:
        # By identity: the schemas that we ship are read once and never changed.
        self._tests: dict[int, tuple[object, Test | None]] = {}

    def __call__(
        self, validator: Validator, properties: Mapping[str, Any], instance: Any, _schema: object
    ) -> Iterator[ValidationError]:
        """The faults of an object's members."""
        if not isinstance(instance, dict):
            return
        for name, schema in properties.items():
            if name not in instance:
                continue
            if schema is False:
                yield _unwanted(name, instance[name])
                continue
            test = self._test(schema)
            if test is None or not test(instance[name]):
                yield from validator.descend(  # type: ignore[attr-defined]
                    instance[name], schema, path=name, schema_path=name
                )

    def _test(self, schema: object) -> Test | None:
        known = self._tests.get(id(schema))
        if known is None:
            known = self._tests[id(schema)] = (schema, plain_test(schema))
        return known[1]


def _unwanted(name: str, value: object) -> ValidationError:
    """The fault of a member that must not be there; the library's own names no place."""
    from jsonschema.exceptions import ValidationError

    return ValidationError(
        f"{name} must not be there",
        validator="false",
        validator_value=False,
        instance=value,
        schema=False,
        path=(name,),
        schema_path=(name,),
    )
