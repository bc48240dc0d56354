"""What is plainly right is right by the library too; faults are told as without the short cut."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, validators

from archiver.case.plainly import Properties, plain_test
from archiver.case.schemas import faults

PATTERNS = ("^[a-z]+(?![\\s\\S])", "b", "^$")
SCHEMAS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["string", "integer", "null", "boolean"])
        | st.lists(
            st.sampled_from(["string", "integer", "null"]), min_size=1, max_size=3, unique=True
        )
    },
    optional={
        "pattern": st.sampled_from(PATTERNS),
        "enum": st.lists(st.sampled_from(["a", "b", "", None, 0, 1]), min_size=1, max_size=3),
        "minimum": st.integers(-2, 2),
        "maximum": st.integers(-2, 2),
        "description": st.just("a word"),
    },
)
VALUES = (
    st.sampled_from(["", "a", "b", "ab", "a\n", 0, 1, -1, 2, 1.0, 0.5, True, False, None])
    | st.lists(st.integers(), max_size=1)
    | st.just({})
)


@given(SCHEMAS, VALUES)
def test_plainly_right_is_right(schema: dict[str, Any], value: object) -> None:
    test = plain_test(schema)
    if test is not None and test(value):
        assert Draft202012Validator(schema).is_valid(value)


@given(st.sampled_from([["string"], ["integer", "null"]]), VALUES)
def test_what_is_right_and_plain_needs_no_library(types: list[str], value: object) -> None:
    test = plain_test({"type": types})
    assert test is not None
    exact = type(value) in {"string": (str,), "integer": (int, type(None))}[types[0]]
    assert test(value) == exact


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {},
        {"pattern": "a"},
        {"type": "object"},
        {"type": "number"},
        {"type": "string", "format": "date"},
        {"type": "integer", "enum": [1]},
        {"type": "array", "items": {}},
        {"type": "string", "minLength": 2},
    ],
)
def test_anything_more_goes_to_the_library(schema: object) -> None:
    assert plain_test(schema) is None


@given(
    st.dictionaries(st.sampled_from("pqrs"), VALUES),
    st.dictionaries(st.sampled_from("pqr"), SCHEMAS),
)
def test_the_same_faults_in_the_same_order(
    document: dict[str, object], members: dict[str, dict[str, Any]]
) -> None:
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
