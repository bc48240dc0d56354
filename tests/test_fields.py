"""Objects are read member by member; every fault names its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from archiver.errors import InvalidInput
from archiver.fields import Fields

RIGHT: dict[str, Any] = {
    "text": "a",
    "null": None,
    "number": 7,
    "flag": False,
    "each": [{"x": 1}, {"x": 2}],
    "texts": ["a", "b"],
    "object": {"y": None},
    "mapping": {"z": [1]},
}


def test_right_members() -> None:
    fields = Fields(RIGHT, "")
    assert fields.text("text") == "a"
    assert fields.text_or_none("null") is None
    assert fields.number("number") == 7
    assert fields.flag("flag") is False
    assert [one.number("x") for one in fields.each("each")] == [1, 2]
    assert fields.texts("texts") == ("a", "b")
    assert fields.object("object").object_or_none("y") is None
    assert fields.mapping("mapping") == {"z": [1]}
    fields.done()
    assert set(RIGHT) == {*RIGHT}  # the document itself is left alone


WRONG: list[tuple[Callable[[Fields], object], str]] = [
    (lambda f: f.text("missing"), "top.missing"),
    (lambda f: f.text("number"), "top.number"),
    (lambda f: f.text("null"), "top.null"),
    (lambda f: f.text_or_none("number"), "top.number"),
    (lambda f: f.text_or_none("missing"), "top.missing"),
    (lambda f: f.number("flag"), "top.flag"),
    (lambda f: f.number("text"), "top.text"),
    (lambda f: f.number_or_none("text"), "top.text"),
    (lambda f: f.flag("number"), "top.number"),
    (lambda f: f.each("text"), "top.text"),
    (lambda f: f.each("texts"), "top.texts[0]"),
    (lambda f: f.texts("each"), "top.each[0]"),
    (lambda f: f.object("texts"), "top.texts"),
    (lambda f: f.object_or_none("text"), "top.text"),
    (lambda f: f.mapping("texts"), "top.texts"),
    (lambda f: f.each("each")[1].text("x"), "top.each[1].x"),
    (lambda f: f.each("each")[0].done(), "top.each[0]"),
    (lambda f: f.done(), "top"),
]


@pytest.mark.parametrize(("read", "where"), WRONG)
def test_a_wrong_member_is_named(read: Callable[[Fields], object], where: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(Fields(RIGHT, "top"))
    assert caught.value.where == where


@pytest.mark.parametrize("value", [None, [], "x", 1, True])
def test_what_is_no_object(value: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        Fields(value, "here")
    assert caught.value.where == "here"


def test_below_zero_and_twice() -> None:
    fields = Fields({"a": -1, "b": 1}, "")
    with pytest.raises(InvalidInput):
        fields.number("a")
    fields.number("b")
    with pytest.raises(InvalidInput, match="missing"):
        fields.number("b")
