"""Case files that we write: read back they are the same document, and safe to look at."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.canonical import to_file
from archiver.case.characters import CONTROL, INVISIBLE
from archiver.case.reading import document_faults
from archiver.case.schemas import faults, schema_octets
from archiver.case.writing import to_toml
from archiver.errors import StorageFailed
from tests.case.right_case import SEED, right_document

SCHEMA = json.loads(schema_octets("case.schema.json"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
LINES = st.text(st.sampled_from('ab"\\\n\t\u202e\x7f é'), max_size=30)
NAMES = st.from_regex(r"x-[a-z0-9][a-z0-9-]{0,9}", fullmatch=True)
KEYS = st.from_regex(r"[A-Za-z0-9_.-]{1,9}", fullmatch=True)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS | LINES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """The right document with some tables out, other texts in, and fields of one's own."""
    document = right_document()
    for name in draw(st.sets(st.sampled_from(sorted(document)))):
        del document[name]
    document |= draw(st.dictionaries(NAMES, VALUES, max_size=3))
    if "stance" in document:
        document["stance"] = document["stance"] * draw(st.integers(0, 3))
        for note in document["stance"]:
            note["note"] = draw(LINES)
    if "claimed" in document:
        document["claimed"]["title"] = draw(TEXTS)
    document["notes"] = draw(LINES)
    return document


@settings(deadline=None)
@given(documents())
def test_what_is_written_reads_back_the_same(document: dict[str, Any]) -> None:
    text = to_toml(document)
    assert tomllib.loads(text) == document
    assert not CONTROL.search(text.replace("\n", "").replace("\t", ""))
    assert not INVISIBLE.search(text)


@settings(deadline=None, max_examples=50)
@given(documents(), VALUES, st.data())
def test_documents_of_any_shape_get_problems_not_faults_of_ours(
    document: dict[str, Any], value: object, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(SCHEMA["properties"])))
    inner = document.get(name)
    if isinstance(inner, dict) and inner and data.draw(st.booleans()):
        inner[data.draw(st.sampled_from(sorted(inner)))] = value
    else:
        document[name] = value
    for seed in (SEED, None):
        errors, warnings = document_faults(document, seed, seed is not None)
        assert all(problem.what for problem in (*errors, *warnings))


def test_the_right_document_in_text_has_no_surprises() -> None:
    text = to_toml(right_document())
    assert tomllib.loads(text) == right_document()
    assert text.index("[source]") < text.index("[claimed]") < text.index("[seed_text]")
    assert 'note = """\nDoubts' in text


def test_a_draft_says_what_to_complete() -> None:
    document = right_document()
    del document["stance"], document["sensitivity"]
    text = to_toml(document)
    assert tomllib.loads(text) == document
    assert "# [[stance]]" in text
    assert "# [sensitivity]" in text


def test_the_schema_file_is_in_canonical_form_and_a_schema() -> None:
    from jsonschema import Draft202012Validator

    assert schema_octets("case.schema.json") == to_file(SCHEMA)
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:archiver:schema:case:1"


def _walk(said: dict[str, Any], path: str) -> list[tuple[str, dict[str, Any]]]:
    found = [(path, said)]
    for name, inner in said.get("properties", {}).items():
        found += _walk(inner, f"{path}.{name}")
    return found + (_walk(said["items"], f"{path}[]") if "items" in said else [])


@pytest.mark.parametrize(("path", "said"), _walk(SCHEMA, "case"))
def test_every_field_has_a_description_a_type_and_bounds(path: str, said: dict[str, Any]) -> None:
    assert said["description"]
    match said["type"]:
        case "object":
            assert said["additionalProperties"] is False
        case "array":
            assert said["maxItems"]
        case "string":
            assert {"enum", "pattern", "maxLength", "format"} & set(said)
    for pattern in (said.get("pattern"), *said.get("patternProperties", {})):
        if pattern is not None:
            assert pattern.startswith("^")
            assert pattern.endswith(r"(?![\s\S])")
            assert "\\d" not in pattern
            re.compile(pattern)


def test_faults_are_sorted_by_place() -> None:
    document = right_document()
    document["topics"] = [""] * 12
    places = [problem.where for problem in faults(document, "case.schema.json")]
    assert places == [f"topics[{n}]" for n in range(12)]


def test_a_schema_that_is_not_there() -> None:
    with pytest.raises(StorageFailed):
        schema_octets("nothing.schema.json")


def test_heavy_things_are_imported_late() -> None:
    code = (
        "import sys; import archiver.case.intake, archiver.case.reading, archiver.case.writing\n"
        "heavy = {'jsonschema', 'publicsuffixlist', 'tomllib', 'difflib'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
