"""What is plainly right is right by the library too; faults are told as without the short cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, validators

from archiver.case.formats import FORMATS
from archiver.case.plainly import Properties, Test, plain_test
from archiver.case.schemas import faults, schema_octets
from archiver.verify.checks import SCHEMAS as FILES
from tests.case.right_case import right_document
from tests.verify.scenes import SCENES

PATTERNS = ("^[a-z]+(?![\\s\\S])", "b", "^$")
TYPES = ["string", "integer", "null", "boolean", "array", "object"]
NAMES = st.sampled_from("pqrs")
BOUND = st.integers(-1, 2)
SHIPPED = sorted(one.name for one in Path(__file__).parents[2].glob("schemas/*.json"))


def _schemas(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Schemas of every keyword that is understood, over these for what is inside."""
    members = st.dictionaries(NAMES, inner, max_size=3)
    word = st.sampled_from(["a", "b", ""])
    condition = st.builds(lambda name, one: {"properties": {name: {"const": one}}}, NAMES, word)
    named = st.sampled_from(TYPES)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": named | st.lists(named, min_size=1, max_size=3, unique=True),
            "pattern": st.sampled_from(PATTERNS),
            "format": st.sampled_from(["date", "uri"]),
            "minLength": BOUND,
            "maxLength": BOUND,
            "enum": st.lists(st.sampled_from(["a", "b", "", None, 0, 1]), min_size=1, max_size=3),
            "const": st.sampled_from(["a", "", None, 0, 1]),
            "minimum": BOUND,
            "maximum": BOUND,
            "items": inner,
            "minItems": BOUND,
            "maxItems": BOUND,
            "properties": members,
            "patternProperties": st.dictionaries(st.sampled_from(["^p", "q|r"]), inner),
            "additionalProperties": inner,
            "required": st.lists(NAMES, max_size=2, unique=True),
            "if": condition,
            "then": inner,
            "else": inner,
            "description": st.just("a word"),
        },
    )


def _values(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3)


SCHEMAS = st.recursive(_schemas(st.booleans()), _schemas, max_leaves=4)
PLAIN = st.sampled_from(["", "a", "b", "ab", "a\n", "2024-02-30", 0, 1, -1, 2, True, False, None])
VALUES = st.recursive(PLAIN, _values, max_leaves=5)
FLOATS = st.recursive(PLAIN | st.sampled_from([1.0, 0.5, 0.0]), _values, max_leaves=5)


def library(schema: Any) -> Any:
    checker = FormatChecker(formats=())
    for name, is_right in FORMATS.items():
        checker.checks(name)(lambda value, ok=is_right: not isinstance(value, str) or ok(value))
    return Draft202012Validator(schema, format_checker=checker)


@settings(max_examples=300, deadline=None)
@given(SCHEMAS, FLOATS)
def test_plainly_right_is_right(schema: dict[str, Any], value: object) -> None:
    test = plain_test(schema)
    assert test is not None
    if test(value):
        assert library(schema).is_valid(value)


@settings(max_examples=300, deadline=None)
@given(SCHEMAS, VALUES)
def test_what_is_right_needs_no_library(schema: dict[str, Any], value: object) -> None:
    """Without floats, which our documents do not have, it is neither more nor less."""
    test = plain_test(schema)
    assert test is not None
    assert test(value) == library(schema).is_valid(value)


@pytest.mark.parametrize(
    "schema",
    [
        3,
        {"type": "number"},
        {"type": "string", "format": "email"},
        {"enum": [1.0]},
        {"const": True},
        {"const": {}},
        {"type": "array", "uniqueItems": True},
        {"oneOf": [{}]},
        {"$ref": "#"},
        {"if": {"required": ["p"]}, "else": False},
        {"if": {"properties": {"p": {"const": 1}}}, "else": False},
        {"if": {"properties": {"p": {"const": "a"}}, "required": ["p"]}, "else": False},
        {"properties": {"p": {"items": {"not": {}}}}},
    ],
)
def test_anything_more_goes_to_the_library(schema: object) -> None:
    assert plain_test(schema) is None


@pytest.mark.parametrize(
    "name", [name for name in SHIPPED if not name.startswith(("output-", "ledger-"))]
)
def test_the_schemas_of_a_package_are_understood(name: str) -> None:
    assert plain_test(json.loads(schema_octets(name))) is not None


def _changed(value: Any, draw: Callable[[st.SearchStrategy[Any]], Any]) -> Any:
    """A document with one value somewhere in it changed, gone, or more."""
    if isinstance(value, dict) and value and draw(st.integers(0, 9)):
        name = draw(st.sampled_from(sorted(value)))
        kept = {key: one for key, one in value.items() if key != name}
        match draw(st.integers(0, 9)):
            case 0:
                return kept
            case 1:
                return {**value, draw(st.sampled_from(["x-a", "other", "type", ""])): value[name]}
            case _:
                return {**kept, name: _changed(value[name], draw)}
    if isinstance(value, list) and value and draw(st.integers(0, 9)):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], _changed(value[place], draw), *value[place + 1 :]]
    return draw(VALUES | st.just(value) | st.text(max_size=3).map(lambda one: f"{value}{one}"))


@cache
def documents() -> list[tuple[str, Any]]:
    """Right documents of every outcome, with the names of their schemas."""
    exhibits = [one for scene in SCENES.values() for one in scene.built().exhibits]
    found = [(FILES[one.path], json.loads(one.octets())) for one in exhibits if one.path in FILES]
    return [*found, ("case.schema.json", right_document())]


@cache
def both_of(name: str) -> tuple[Test | None, Any]:
    schema = json.loads(schema_octets(name))
    return plain_test(schema), library(schema)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_documents_of_ours_changed(data: st.DataObject) -> None:
    name, right = documents()[data.draw(st.integers(0, len(documents()) - 1))]
    test, slow = both_of(name)
    assert test is not None
    assert test(right)
    changed = _changed(right, data.draw)
    assert test(changed) == slow.is_valid(changed)


def _forbids(schema: object) -> bool:
    """Whether `properties` says anywhere that a member may not be there."""
    if not isinstance(schema, dict):
        return False
    members = schema.get("properties", {})
    return any(one is False for one in members.values()) or any(map(_forbids, schema.values()))


@given(
    st.dictionaries(st.sampled_from("pqrs"), VALUES),
    st.dictionaries(st.sampled_from("pqr"), SCHEMAS),
)
def test_the_same_faults_in_the_same_order(
    document: dict[str, object], members: dict[str, dict[str, Any]]
) -> None:
    # A member that may not be there is told in our own words, and not in the library's.
    assume(not _forbids(members))
    schema = {"type": "object", "properties": members, "additionalProperties": False}
    quick = validators.extend(Draft202012Validator, {"properties": Properties()})
    found = [
        [
            (str(error.message), list(error.absolute_path), list(error.absolute_schema_path))
            for error in made(schema).iter_errors(document)
        ]
        for made in (Draft202012Validator, quick)
    ]
    assert found[0] == found[1]


def test_a_member_that_must_not_be_there_is_named() -> None:
    document = {"format": "archiver-assessed-1", "case": "a", "review": {}, "source": {"url": "x"}}
    (problem,) = faults(document, "assessed.schema.json")
    assert (problem.where, problem.rule) == ("source", "unknown-field")
    assert problem.what == "does not belong here"
