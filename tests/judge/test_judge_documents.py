"""`comparison.json` and `seed.json`: their shape, and the same octets on every Python."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mutations import cases
from test_judge_beside import FIELDS
from test_judge_claims import WRITTEN
from test_judge_contained import CONTAINED, SCRIPTS
from test_judge_hidden import HIDDEN, SEEN
from test_judge_media import DOCUMENTS

from archiver.case.dates import PublishedDate
from archiver.case.schemas import schema_octets
from archiver.case.seedtext import read_seed_text
from archiver.errors import InvalidInput
from archiver.judge.compare import Claim, compare
from archiver.judge.comparison import to_document
from archiver.judge.page import NoText
from archiver.judge.seed import document, passages, read_passages
from tests.judge.judge_pages import FIRST, SEED, compared, page, sought

RECORD = "urn:uuid:00000000-0000-8000-8000-000000000000"
VALIDATOR = Draft202012Validator(json.loads(schema_octets("comparison.schema.json")))
# Letters that Unicode 15.0 to 16.0 assigned, with case and with marks.
STATED = {
    "title": "met on 12 May",
    "authors": ("Jane Doe", "O'Hara"),
    "published": PublishedDate(date="2024-08-08", precision="day", zone="unknown"),
}
WRITTEN_DATES = "".join(f"<p>{words}" for words in WRITTEN.values())
NEWER = "\U0001e4d0\u0301 \U00010d50\u0323\u0301 \U00016ea0 \ua7cb\u0315 Ka\u0cf3 \u1c89\u0307"


def documents() -> list[dict[str, Any]]:
    made = []
    for form in [*CONTAINED.values(), *HIDDEN.values(), *SEEN.values(), *SCRIPTS.values()]:
        markup = form.format(FIRST) if "{}" in form else form
        for digests in (False, True):
            seed = f"{SEED}\n\n{NEWER}\n\nMoney is GONE, all of it.\n\n" + "\n\n".join(
                SCRIPTS.values()
            )
            markup += f"<p>{NEWER.lower()}<p>{NEWER}<p>money is gone, all of IT"
            read = page(markup)
            made.append(to_document(compared(seed, read, digests, **STATED), read, RECORD))
    for _, case in cases():
        read = page(case.body, case.content_type)
        text = "\n\n".join(case.text.passages)
        made += [
            to_document(compared(text, read, digests), read, RECORD) for digests in (False, True)
        ]
    for markup in (WRITTEN_DATES, *(markup for markup, _ in FIELDS.values())):
        made.append(to_document(compared(SEED, markup, **STATED), page(markup), RECORD))
    for declared, source in DOCUMENTS.values():
        read = page(source, declared)
        made.append(to_document(compared(SEED, read, **STATED), read, RECORD))
    return made


def test_the_same_on_every_python() -> None:
    octets = json.dumps(documents(), sort_keys=True).encode()
    # A rule that was released never changes; before that, copy the new value here.
    assert (
        hashlib.sha256(octets).hexdigest()
        == "26f64ea1016226d18a892b0ad00d6d5454b0ea48f8add5c55bf87f01f2dc2f8a"
    )


def test_every_document_fits_its_schema() -> None:
    for made in documents():
        VALIDATOR.validate(made)


@pytest.mark.parametrize("absent", ["no_seed_text", "text_withheld"])
def test_nothing_to_look_for(absent: str) -> None:
    done = compare(Claim(passages=(), absent=absent), page(f"<p>{FIRST}"))
    made = to_document(done, page(f"<p>{FIRST}"), RECORD)
    VALIDATOR.validate(made)
    assert (made["result"], made["reason"], made["page"]) == ("not-comparable", absent, None)


@pytest.mark.parametrize("reason", ["no_page", "no_page_text", "media_type", "pdf"])
def test_nothing_to_look_in(reason: str) -> None:
    made = to_document(compared(SEED, NoText(reason)), NoText(reason), RECORD)
    VALIDATOR.validate(made)
    assert (made["result"], made["reason"], made["claims"]) == ("not-comparable", reason, None)


def test_a_text_without_passages() -> None:
    done = compare(Claim(passages=()), page(f"<p>{FIRST}"))
    assert (done.result, done.reason) == ("not-comparable", "no_body")


def test_the_seed_document_gives_the_same_passages() -> None:
    seed = read_seed_text(f"{SEED}\n\n“x” —\xa0y\n\n\u200b\n\nz".encode(), plain=True)
    made = document(seed, "digest", None)
    assert [one.forms for one in read_passages(made)] == [one.forms for one in passages(seed)]
    assert [len(one["forms"]) for one in made["passages"]] == [1, 1, 1, 3, 1]
    assert len(sought(SEED)) == 3


@pytest.mark.parametrize(
    "levels", [[], ["whitespace"], ["none", "none"], ["none", "typographic", "whitespace"], ["x"]]
)
def test_forms_out_of_order_are_refused(levels: list[str]) -> None:
    made = document(read_seed_text(b"x", plain=True), "digest", None)
    form = made["passages"][0]["forms"][0]
    made["passages"][0]["forms"] = [{**form, "normalisation": level} for level in levels]
    with pytest.raises(InvalidInput):
        read_passages(made)
