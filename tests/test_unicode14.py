"""Unicode pinned to 14.0: the same forms on every Python."""

from __future__ import annotations

import hashlib
import re
import sys
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.unicode14 import MAX_MARKS, SIMPLE, fold, nfc, nfc_changes, unassigned

# Assigned after 14.0: letters with case, marks, and a letter that is made of two others.
NEWER = "\u0cf3\u1c89\u1c8a\ua7cb\U00010d50\U00010d70\U00011f02\U0001e4ec\U00011383\u0897"
# Every character that any version may compose or fold, and a lot that none does.
EVERY = "".join(chr(code) for code in range(0x32000) if not 0xD800 <= code <= 0xDFFF)


def test_the_table_is_the_one_of_unicode_14() -> None:
    gaps = [code for first, last in unassigned() for code in range(first, last + 1)]
    if unicodedata.unidata_version == "14.0.0":
        known = [
            code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cn"
        ]
        assert gaps == known
    digest = hashlib.sha256(repr(unassigned()).encode()).hexdigest()
    assert digest == "f96364df539ab28069f3640fc3760d9235c72a5d86b38b42e0af80ca20c732ce"


def test_every_character_has_the_same_form_everywhere() -> None:
    lines = "\n".join(f"{char} {char}\u0301 e{char}\u0323" for char in EVERY)
    assert (
        hashlib.sha256(f"{nfc(lines)}\n{fold(lines)}".encode()).hexdigest()
        == "b3eb998b2af25095317dfbda4c9f6afae429ea05cb18172663473841db431d4b"
    )


def test_what_is_simple_is_assigned_and_no_mark() -> None:
    simple = [char for char in EVERY if re.match(f"[{SIMPLE}]", char)]
    gaps = {code for first, last in unassigned() for code in range(first, last + 1)}
    assert len(simple) > 30_000
    assert not gaps.intersection(map(ord, simple))
    assert not any(map(unicodedata.combining, simple))


@pytest.mark.parametrize("char", NEWER)
def test_what_14_did_not_know_is_left_alone(char: str) -> None:
    assert nfc(char) == char
    assert fold(char) == char
    assert nfc(f"e\u0301{char}\u0323\u0301") == f"é{char}\u0323\u0301"
    assert nfc(f"e{char}\u0301") == f"e{char}\u0301"


@pytest.mark.skipif(unicodedata.unidata_version != "14.0.0", reason="needs the data of 14.0")
@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_nfc_is_that_of_14(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        "ae\u0301\u0323\u0308\u0344가ᄀ\u1161\u11a8\u212b\u0958क\u093c\u2126\U0001d15e\u0cf3",
        max_size=20,
    )
)
def test_changes_make_the_form(text: str) -> None:
    made, position = "", 0
    for start, end, composed in nfc_changes(text):
        assert start >= position
        assert composed != text[start:end]
        made += text[position:start] + composed
        position = end
    assert made + text[position:] == nfc(text)
    assert nfc(nfc(text)) == nfc(text)


def test_too_many_marks_are_left_as_they_are() -> None:
    marks = "\u0301\u0323" * (MAX_MARKS // 2)
    assert nfc("e" + marks) == unicodedata.normalize("NFC", "e" + marks)
    assert nfc(f"e\u0301 a{marks}\u0301 e\u0301") == f"é a{marks}\u0301 é"
    assert nfc(marks + "\u0301") == marks + "\u0301"


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0301\u0323" * 200_000,
        ("a" + "\u0301\u0323" * 490) * 200,
        "e\u0301" * 200_000,
        "\u1161" * 400_000,
        "\u0cf3" * 400_000,
        "\u0cf3\u0301" * 200_000,
        "ж" * 1_000_000,
        "ж" * 1_000_000 + "e\u0301",
    ],
    ids=range(8),
)
def test_time_is_in_proportion(text: str) -> None:
    start = time.process_time()
    nfc(text)
    list(nfc_changes(text))
    fold(text)
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    ("one", "other"),
    [("KYIV", "kyiv"), ("Straße", "STRASSE"), ("10⁵", "105"), ("ﬁn", "fin"), ("Ⅻ", "xii")],
)
def test_fold(one: str, other: str) -> None:
    assert fold(one) == fold(other)
