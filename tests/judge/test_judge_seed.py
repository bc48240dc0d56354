"""`evidence/seed.json`: what it says of a text at each level, and what no such document is."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any

import pytest

from archiver.case.seedtext import read_seed_text
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.judge.seed import (
    Form,
    Passage,
    document,
    passages,
    raw_digest,
    read_passages,
)

OCTETS = "Title\n\n“Two”  words.\n\nThree.\n\n\u200b\n".encode()
SEED = read_seed_text(OCTETS, plain=True)
WITH_BODY = read_seed_text(b"Title\n\nhttps://news.example.org/x\n\nThe text of it.\n")
KEY = b"k" * 32


def digest(text: str) -> Digest:
    return Digest.of(text.encode())


def test_passages_and_their_forms() -> None:
    assert passages(SEED) == (
        Passage(
            number=1,
            text="Title",
            forms=(Form(level="none", characters=5, digest=digest("Title")),),
        ),
        Passage(
            number=2,
            text="“Two”  words.",
            forms=(
                Form(level="none", characters=13, digest=digest("“Two”  words.")),
                Form(level="whitespace", characters=12, digest=digest("“Two” words.")),
                Form(level="typographic", characters=12, digest=digest('"Two" words.')),
            ),
        ),
        Passage(
            number=3,
            text="Three.",
            forms=(Form(level="none", characters=6, digest=digest("Three.")),),
        ),
    )


def test_a_form_that_is_not_listed_equals_the_one_before() -> None:
    one, two, _ = passages(SEED)
    assert [two.form(level).level for level in ("none", "whitespace", "typographic")] == [
        "none",
        "whitespace",
        "typographic",
    ]
    assert one.form("typographic").level == "none"


@pytest.mark.parametrize("publish", ["include", "digest"])
def test_published_with_digests(publish: str) -> None:
    made = document(SEED, publish, None)
    assert (made["format"], made["publish"], made["unicode"]) == (
        "archiver-seed-1",
        publish,
        "14.0.0",
    )
    assert made["forms"][0] == {
        "form": "raw",
        "octets": len(OCTETS),
        "sha256": str(Digest.of(OCTETS)),
    }
    assert [one["form"] for one in made["forms"]][:2] == ["raw", "archiver-text-1"]
    assert raw_digest(made) == Digest.of(OCTETS)
    assert [one.forms for one in read_passages(made)] == [one.forms for one in passages(SEED)]
    assert {one.text for one in read_passages(made)} == {None}


def test_a_body_has_a_form_of_its_own() -> None:
    assert WITH_BODY.body
    forms = document(WITH_BODY, "digest", None)["forms"]
    assert [one["form"] for one in forms] == ["raw", "archiver-text-1", "archiver-body-1"]
    assert forms[2]["sha256"] == str(digest(WITH_BODY.body))


def test_withheld_it_tells_nothing() -> None:
    for seed in (SEED, WITH_BODY):
        made = document(seed, "withhold", KEY)
        raw, text = (
            {
                "scheme": "HMAC-SHA256",
                "key_octets": 32,
                "value": hmac.new(KEY, octets, "sha256").hexdigest(),
            }
            for octets in (seed.octets, seed.text.encode())
        )
        assert made == {
            "format": "archiver-seed-1",
            "publish": "withhold",
            "forms": [
                {"form": "raw", "commitment": raw},
                {"form": "archiver-text-1", "commitment": text},
            ],
        }
        assert (raw_digest(made), read_passages(made)) == (None, ())


def test_a_withheld_text_needs_a_key() -> None:
    with pytest.raises(AssertionError):
        document(SEED, "withhold", None)


def test_what_has_no_forms_has_no_digest() -> None:
    for seed in ({}, {"forms": []}, {"forms": [{"form": "archiver-text-1", "octets": 7}]}):
        assert raw_digest(seed) is None


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    made = document(SEED, "digest", None)
    change(made)
    return made


WRONG: dict[str, tuple[Callable[[dict[str, Any]], object], str, str, str]] = {
    "numbered from 0": (
        lambda made: made["passages"][0].update(number=0),
        "seed.number",
        "passages",
        "passages are not numbered from 1",
    ),
    "a number left out": (
        lambda made: made["passages"].pop(1),
        "seed.number",
        "passages",
        "passages are not numbered from 1",
    ),
    "another form": (
        lambda made: made["passages"][1]["forms"][2].update(normalisation="other"),
        "seed.level",
        "normalisation",
        "no such normalisation",
    ),
    "no first form": (
        lambda made: made["passages"][1]["forms"].pop(0),
        "seed.forms",
        "forms",
        "forms missing or out of order",
    ),
    "the wrong order": (
        lambda made: made["passages"][1]["forms"].reverse(),
        "seed.forms",
        "forms",
        "forms missing or out of order",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_none(name: str) -> None:
    change, code, where, what = WRONG[name]
    with pytest.raises(InvalidInput) as caught:
        read_passages(changed(change))
    assert (caught.value.code, caught.value.where, caught.value.what) == (code, where, what)
