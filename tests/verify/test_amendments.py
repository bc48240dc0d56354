"""Amendments as documents: what the next one says, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from archiver import canonical
from archiver.attest.trust import Signer
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.verify.amendments import (
    Amendment,
    Basis,
    Change,
    Statement,
    amendment,
    amendment_name,
    changes,
    number_in,
    read_amendment,
)
from tests.verify.scenes import SCENES

CLAIMED, ASSESSED = SCENES["captured"].layers()
SEALED = Statement(claimed=CLAIMED, assessed=ASSESSED)
PACKAGE = Digest.of(b"the package")
BASIS = Basis(package=PACKAGE, created="2026-03-14T12:00:00Z", sealed=SEALED)
SIGNERS = (Signer(fingerprint=Digest.of(b"a key"), standing="trusted"),)
BY = {"name": "analyst-1", "organisation": "unknown"}
NAME = "x.wacz.amend-1.json"


def later(language: str) -> Statement:
    claimed = {**CLAIMED, "claimed": {**CLAIMED["claimed"], "language": language}}
    return Statement(claimed=claimed, assessed=ASSESSED)


def made(basis: Basis, said: Statement, created: str = "2026-03-15T12:00:00Z") -> dict[str, Any]:
    return amendment(basis, said, by=BY, note="read again", created=created, software="archiver x")


def read(document: dict[str, Any], basis: Basis = BASIS, name: str = NAME) -> Amendment:
    return read_amendment(name, canonical.to_file(document), basis, SIGNERS)


def refused(document: dict[str, Any], basis: Basis = BASIS) -> list[tuple[str, str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(document, basis)
    assert (caught.value.code, caught.value.where) == ("amendment", NAME)
    assert caught.value.what == caught.value.problems[0].what
    return [(one.rule, one.where, one.what) for one in caught.value.problems]


def test_the_first_and_the_second_one() -> None:
    document = made(BASIS, later("en-GB"))
    assert document == {
        "amended_by": BY,
        "assessed": ASSESSED,
        "claimed": later("en-GB").claimed,
        "created": "2026-03-15T12:00:00Z",
        "format": "archiver-amendment-1",
        "note": "read again",
        "number": 1,
        "package": str(PACKAGE),
        "previous": None,
        "software": "archiver x",
    }
    first = read(document)
    octets = canonical.to_file(document)
    before = CLAIMED["claimed"]["language"]
    assert first == Amendment(
        name=NAME,
        digest=Digest.of(octets),
        number=1,
        created="2026-03-15T12:00:00Z",
        by=BY,
        note="read again",
        said=later("en-GB"),
        changes=(Change(field="claimed.language", before=before, after="en-GB"),),
        signers=SIGNERS,
    )
    basis = replace(BASIS, last=first)
    assert (BASIS.number, basis.number, BASIS.said, basis.said) == (1, 2, SEALED, first.said)
    second = made(basis, later("de"), created="2026-03-14T11:00:00Z")
    assert (second["number"], second["previous"]) == (2, str(Digest.of(octets)))
    # Nothing is amended before it was said.
    assert second["created"] == "2026-03-15T12:00:00Z"
    assert made(BASIS, later("de"), created="2026-03-14T11:00:00Z")["created"] == BASIS.created
    assert read(second, basis).changes == (
        Change(field="claimed.language", before="en-GB", after="de"),
    )


def test_names() -> None:
    assert amendment_name("x.wacz", 12) == "x.wacz.amend-12.json"
    assert number_in("x.wacz.amend-12.json", "x.wacz") == 12
    for name in (
        "x.wacz.amend-0.json",
        "x.wacz.amend-01.json",
        "x.wacz.amend-10000.json",
        "x.wacz.amend-1.json.x",
        "y.wacz.amend-1.json",
        "x.wacz",
    ):
        assert number_in(name, "x.wacz") is None
    assert number_in("x.wacz.amend-9999.json", "x.wacz") == 9999


def test_every_field_that_differs_by_its_place() -> None:
    before = Statement(claimed={"a": {"b": 1, "c": [1]}, "x": 1}, assessed={"r": {"s": 1}})
    after = Statement(claimed={"a": {"b": 2, "c": [1]}, "y": 1}, assessed={"r": {"s": None}})
    assert list(changes(before, after)) == [
        Change(field="a.b", before=1, after=2),
        Change(field="x", before=1, after=None),
        Change(field="y", before=None, after=1),
        Change(field="r.s", before=1, after=None),
    ]
    assert list(changes(before, before)) == []


def test_another_form_of_the_same() -> None:
    octets = canonical.to_file(made(BASIS, later("de"))).replace(b"\n", b"\r\n")
    with pytest.raises(InvalidInput) as caught:
        read_amendment(NAME, octets, BASIS, SIGNERS)
    assert (caught.value.code, caught.value.what, caught.value.where) == (
        "amendment.form",
        "is not in its one canonical form",
        NAME,
    )


def test_nobody_signed_it() -> None:
    octets = canonical.to_file(made(BASIS, later("de")))
    with pytest.raises(InvalidInput) as caught:
        read_amendment(NAME, octets, BASIS, ())
    assert (caught.value.code, caught.value.what, caught.value.where) == (
        "amendment.unsigned",
        "nobody has signed it",
        NAME,
    )


X = str(Digest.of(b"x"))
LIES: dict[str, tuple[Callable[[dict[str, Any]], object], list[tuple[str, str, str]]]] = {
    "another package and number": (
        lambda one: one.update(package=X, number=2),
        [
            ("amendment", f"{NAME} package", f"is of another package, {X}"),
            ("amendment", f"{NAME} number", "is number 2, due here is 1"),
        ],
    ),
    "a previous one": (
        lambda one: one.update(previous=X),
        [
            (
                "amendment",
                f"{NAME} previous",
                "does not name the amendment that stands before it",
            )
        ],
    ),
    "a day that is none": (
        lambda one: one.update(created="2026-03-32T12:00:00Z"),
        [("amendment", f"{NAME} created", "is no moment")],
    ),
    "before the package": (
        lambda one: one.update(created="2026-03-14T11:59:59Z"),
        [("amendment", f"{NAME} created", "is before that which it amends")],
    ),
    "of its very second": (lambda one: one.update(created=BASIS.created), []),
    "one layer of another case": (
        lambda one: one["assessed"].update(case="x"),
        [
            (
                "amendment",
                f"{NAME} case",
                f"is another case than that of the package, {CLAIMED['case']}",
            )
        ],
    ),
    "another source": (
        lambda one: one["claimed"]["source"].update(url="https://x.example/"),
        [
            (
                "amendment",
                f"{NAME} claimed.source.url",
                "is another source than the one that was captured",
            )
        ],
    ),
    "another text": (
        lambda one: one["claimed"]["seed_text"].update(sha256=X),
        [
            (
                "amendment",
                f"{NAME} claimed.seed_text",
                "is another seed text: that is another package's",
            )
        ],
    ),
    "an unknown member": (
        lambda one: one.update(verdict="captured"),
        [("unknown-field", f"{NAME} verdict", "is not a known field")],
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_what_an_amendment_may_not_say(name: str) -> None:
    lie, problems = LIES[name]
    document = canonical.read(canonical.to_file(made(BASIS, later("de"))), NAME)
    lie(document)
    if problems:
        assert refused(document) == problems
    else:
        assert read(document).number == 1


def test_a_text_may_come_where_there_was_none() -> None:
    without = {key: value for key, value in CLAIMED.items() if key != "seed_text"}
    bare = replace(BASIS, sealed=Statement(claimed=without, assessed=ASSESSED))
    assert read(made(bare, SEALED), bare).number == 1
    assert refused(made(BASIS, Statement(claimed=without, assessed=ASSESSED))) == [
        (
            "amendment",
            f"{NAME} claimed.seed_text",
            "is another seed text: that is another package's",
        )
    ]
