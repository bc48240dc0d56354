"""Documents become octets in one way, and only that one is read back."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import canonical
from archiver.errors import InvalidInput

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-canonical.MAX_INT, canonical.MAX_INT)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcXYZ_-", max_size=5), inner),
    max_leaves=20,
)
DOCUMENTS = st.dictionaries(st.text("abc", max_size=5), VALUES)


@given(DOCUMENTS)
def test_what_is_written_is_read_back(document: dict[str, object]) -> None:
    octets = canonical.to_file(document)
    assert canonical.read(octets, "x") == document
    assert canonical.to_file(canonical.read(octets, "x")) == octets


@given(DOCUMENTS)
def test_a_file_is_what_the_standard_library_writes(document: dict[str, object]) -> None:
    text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False)
    assert canonical.to_file(document).decode() == text + "\n"


def test_the_form_of_files_and_lines() -> None:
    document = {"b": [1, {"ü": "\u2028"}], "a": None}
    text = '{\n  "a": null,\n  "b": [\n    1,\n    {\n      "ü": "\u2028"\n    }\n  ]\n}\n'
    assert canonical.to_file(document).decode() == text
    assert canonical.to_line({"b": [1, "\u00e9"], "a": True}) == '{"a":true,"b":[1,"é"]}'.encode()


@given(st.dictionaries(st.text("abcXYZ019_", max_size=6), SCALARS))
def test_lines_are_rfc_8785_for_ascii_keys(document: dict[str, object]) -> None:
    # For ASCII keys UTF-16 order is code point order; strings escape only what JSON must.
    parsed = json.loads(canonical.to_line(document), object_pairs_hook=list)
    assert [key for key, _ in parsed] == sorted(document, key=lambda key: key.encode("utf-16-be"))


NOT_STRICT = {
    "empty": b"",
    "bom": b'\xef\xbb\xbf{"a":1}',
    "utf-16": '{"a":1}'.encode("utf-16"),
    "not-utf8": b'{"a":"\xff"}',
    "overlong": b'{"a":"\xc0\x80"}',
    "utf8-surrogate": b'{"a":"\xed\xa0\x80"}',
    "surrogate": b'{"a":"\\ud800"}',
    "surrogate-key": b'{"\\udfff":1}',
    "duplicate": b'{"a":1,"a":1}',
    "duplicate-deep": b'{"b":[{"a":1,"\\u0061":2}]}',
    "nan": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "float": b'{"a":1.0}',
    "exponent": b'{"a":1e2}',
    "big": b'{"a":9007199254740992}',
    "small": b'{"a":-9007199254740992}',
    "huge": b'{"a":' + b"9" * 5000 + b"}",
    "list": b"[1]",
    "text": b'"a"',
    "trailing": b'{"a":1} x',
    "two": b'{"a":1}{"a":1}',
    "comment": b'{"a":1/**/}',
    "nul": b'{"a":"\x00"}',
    "single": b"{'a':1}",
    "comma": b'{"a":1,}',
    "deep": b'{"a":' + b"[" * 65 + b"]" * 65 + b"}",
    "deeper": b'{"a":' + b"[" * 10**6 + b"]" * 10**6 + b"}",
    "deeper-objects": b'{"a":' * 10**6,
    "many": b'{"a":[' + b"1," * (1 << 20) + b"1]}",
    "large": b'{"a":"' + b"x" * (50 << 20) + b'"}',
    "large-list": b'{"a":[' + b"[],[]," * (8 << 20) + b"1]}",
}


@pytest.mark.parametrize("name", NOT_STRICT)
def test_what_is_not_strict_is_refused_quickly(name: str) -> None:
    begun = time.monotonic()
    with pytest.raises(InvalidInput) as caught:
        canonical.read(NOT_STRICT[name], "evidence/x.json")
    assert caught.value.where == "evidence/x.json"
    assert len(caught.value.what) < 200
    assert time.monotonic() - begun < 2


def test_the_bounds_themselves_are_allowed() -> None:
    deep = b'{"a":' + b"[" * 63 + b"]" * 63 + b"}"
    assert canonical.read(deep, "x")
    assert canonical.read(b'{"a":9007199254740991,"b":-9007199254740991}', "x")


@given(st.binary(max_size=40) | st.text(max_size=30).map(str.encode))
def test_any_octets_give_a_document_or_one_fault(octets: bytes) -> None:
    try:
        document = canonical.read(octets, "x")
    except InvalidInput:
        return
    assert isinstance(document, dict)


def test_values_that_no_document_holds() -> None:
    for value in (1.5, b"x", {1}, object(), [[(1.0,)]], {"a": {"b": 2**53}}):
        with pytest.raises(ValueError, match=r"allowed|integer"):
            canonical.check_value(value)
    canonical.check_value({"a": [True, None, ("x", 1)]})
