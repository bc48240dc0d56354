"""DER in its one form, and everything else refused with a word that says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archiver import der
from archiver.errors import InvalidInput
from archiver.pem import from_pem, to_pem

INSIDE = der.write(der.SEQUENCE, der.write_integer(7), der.write(der.OCTETS, b"x"))


def deep(levels: int) -> bytes:
    made = der.write_integer(1)
    for _ in range(levels):
        made = der.write(der.SEQUENCE, made)
    return made


def test_members_one_by_one() -> None:
    members = der.Members(der.read(INSIDE), "it")
    assert members.optional(der.OCTETS) is None
    assert der.integer(members.take(der.INTEGER)) == 7
    assert members.any().content == b"x"
    with pytest.raises(InvalidInput) as lacks:
        members.any()
    assert lacks.value.what.endswith("it lacks a part")
    members.end()


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "a part too many": (lambda: der.Members(der.read(INSIDE), "it").end(), "a part too many"),
    "another part": (
        lambda: der.Members(der.read(INSIDE), "it").take(der.OCTETS),
        "it lacks a part, or has another one in its place",
    ),
    "no octets": (lambda: der.integer(der.Element(der.INTEGER, b"", b"\x02\0")), "has no octets"),
    "a long identifier": (
        lambda: der.oid(der.Element(6, b"\x2a\x80\x01", b"\x06\x03\x2a\x80\x01")),
        "an object identifier is not in its shortest form",
    ),
    "octets behind it": (lambda: der.read(INSIDE + b"\0"), "there are octets behind its end"),
    "cut": (lambda: der.read(INSIDE[:-1]), "it ends too early"),
    "no sequence": (lambda: der.read(der.write_integer(1)), "it is no sequence"),
    "too deep": (lambda: der.read(deep(200)), "it is nested too deep"),
    "nothing": (lambda: der.read(b""), "it ends too early"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_refused(name: str) -> None:
    make, what = WRONG[name]
    with pytest.raises(InvalidInput) as caught:
        make()
    assert what in caught.value.what


def test_certificates_as_text() -> None:
    both = (b"one certificate", b"another one" * 20)
    assert from_pem(to_pem(both)) == both
    assert from_pem(b"") == ()
    wrong = to_pem(both).replace(b"b25l", b"b25", 1)
    for octets in (wrong, to_pem(both)[:-1], b"\n" + to_pem(both), b"words"):
        assert from_pem(octets) is None
