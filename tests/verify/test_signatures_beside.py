"""Signatures beside a package, each a check of its own: its exact words."""

from __future__ import annotations

import pytest

from archiver.attest import sshsig
from archiver.attest.trust import Signer
from archiver.digest import Digest
from archiver.errors import InvalidInput, Problem
from archiver.verify.report import Check
from archiver.verify.sidecars import check_signature, is_signature_of, proves, signature_name
from tests.attest.signers import OURS, THEIRS, trusting

FILE = Digest.of(b"a package")
SIGNATURE = sshsig.sign(FILE, THEIRS)
NAME = signature_name("x.wacz", THEIRS.public)
TRUST = trusting(THEIRS)


def checked(name: str, octets: bytes | InvalidInput) -> tuple[Check, Signer | None]:
    return check_signature(name, octets, "x.wacz", FILE, TRUST)


def failed(name: str, octets: bytes | InvalidInput) -> Problem:
    check, signer = checked(name, octets)
    assert (check.name, check.status, check.proves, signer) == (
        "sidecar",
        "failed",
        proves(name),
        None,
    )
    (problem,) = check.problems
    return problem


def test_one_that_holds() -> None:
    mark = THEIRS.public.fingerprint.hex[:16]
    assert f"x.wacz.{mark}.sig" == NAME
    check, signer = checked(NAME, SIGNATURE)
    assert check == Check(
        name="sidecar", proves=f"the key {mark}… signed this very file", status="passed"
    )
    assert signer == TRUST.signer(THEIRS.public.fingerprint, where=NAME)
    assert (signer.standing, signer.where) == ("own", NAME)


def test_under_the_name_of_another_key() -> None:
    name = signature_name("x.wacz", OURS.public)
    problem = failed(name, SIGNATURE)
    assert (problem.where, problem.rule) == (name, "signature.name")
    assert problem.what == f"is by another key: {THEIRS.public.fingerprint}"


def test_beside_another_file() -> None:
    problem = failed(NAME, sshsig.sign(Digest.of(b"another"), THEIRS))
    with pytest.raises(InvalidInput) as told:
        sshsig.signer(sshsig.sign(Digest.of(b"another"), THEIRS), FILE)
    assert (problem.where, problem.rule, problem.what, problem.fix) == (
        NAME,
        told.value.code,
        told.value.what,
        told.value.hint,
    )


def test_one_that_cannot_be_read() -> None:
    fault = InvalidInput("file.irregular", "is a pipe", where="there", hint="take it away")
    assert failed(NAME, fault) == Problem(
        where=NAME, rule="file.irregular", what="is a pipe", fix="take it away"
    )


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        (NAME, True),
        ("x.wacz.0123456789abcdef.sig", True),
        ("x.wacz.0123456789ABCDEF.sig", False),
        ("x.wacz.0123456789abcde.sig", False),
        ("x.wacz.0123456789abcdef.sig.x", False),
        ("x.wacz.y.0123456789abcdef.sig", False),
        ("y.wacz.0123456789abcdef.sig", False),
        ("x.wacz", False),
    ],
)
def test_whose_names_are_looked_at(name: str, is_one: bool) -> None:
    assert is_signature_of(name, "x.wacz") is is_one
