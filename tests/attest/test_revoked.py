"""A revoked key: what a time stamp before the revocation saves, and what it does not."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import archiver
from archiver.attest import sshsig
from archiver.attest.trust import Known, Revoked, Trust
from archiver.attest.tsp import write_request
from archiver.digest import Digest
from archiver.report.words import verdict_sentence
from archiver.verify.sidecars import signature_name
from tests.attest.signers import OURS, signed_package
from tests.tsa import Issued, Reply, accuracy, leaf, root
from tests.verify.scenes import package

STAMPED = datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.UTC)
BEFORE, SECOND, AFTER = "2026-04-01T11:59:59Z", "2026-04-01T12:00:01Z", "2026-04-02T00:00:00Z"


def revoked(since: str, *, once: bool = True) -> Trust:
    return Trust(
        (
            Known(
                fingerprint=OURS.public.fingerprint,
                name="us",
                trusted=once,
                revoked=Revoked(since=since, reason="stolen"),
            ),
        )
    )


def stamped(folder: Path, octets: bytes, by: Issued | None = None, **changed: object) -> Path:
    file = folder / "x.wacz"
    file.write_bytes(octets)
    request = write_request(bytes.fromhex(Digest.of(octets).hex), 1)
    day = datetime.timedelta(days=1)
    signer = leaf("p256", by or root(), begins=STAMPED - day, ends=STAMPED + 9999 * day)
    reply = Reply(signer=signer, time=b"20260401120000Z", **changed)  # type: ignore[arg-type]
    (folder / "x.wacz.one.tsr").write_bytes(reply.to(request))
    (folder / "x.wacz.one.tsq").write_bytes(request)
    (folder / "roots.pem").write_bytes(root().pem)
    return file


def verified(file: Path, trust: Trust) -> archiver.Report:
    return archiver.verify(file, trust=trust, tsa_roots=file.with_name("roots.pem"))


def test_stamped_before_the_revocation_it_stays_good_and_says_so(tmp_path: Path) -> None:
    file = stamped(tmp_path, signed_package("captured"))
    report = verified(file, revoked(AFTER))
    assert (report.verdict, report.signers[0].stamped) == ("verified", "2026-04-01T12:00:00Z")
    sentence = verdict_sentence(report)
    assert f"revoked since {AFTER}: stolen; but stamped before, at 2026-04-01T12:00:00Z" in sentence


@pytest.mark.parametrize(
    ("since", "changed"),
    [
        (BEFORE, {}),
        ("2026-04-01T12:00:00Z", {}),
        (SECOND, {"accuracy": accuracy(1)}),
        (SECOND, {"accuracy": accuracy(0, 1)}),
    ],
)
def test_stamped_later_or_not_surely_before(
    tmp_path: Path, since: str, changed: dict[str, bytes]
) -> None:
    file = stamped(tmp_path, signed_package("captured"), **changed)
    assert verified(file, revoked(since)).cause == "revoked_key"


def test_the_accuracy_decides(tmp_path: Path) -> None:
    file = stamped(tmp_path, signed_package("captured"))
    assert verified(file, revoked(SECOND)).verdict == "verified"


def test_an_authority_that_nobody_chose_saves_nothing(tmp_path: Path) -> None:
    file = stamped(tmp_path, signed_package("captured"), by=root("Stranger", "p256"))
    assert verified(file, revoked(AFTER)).cause == "revoked_key"


def test_without_a_stamp_nothing_is_saved(tmp_path: Path) -> None:
    file = stamped(tmp_path, signed_package("captured"))
    file.with_name("x.wacz.one.tsr").unlink()
    assert verified(file, revoked(AFTER)).cause == "revoked_key"


def test_a_key_that_was_never_trusted_is_not_by_a_stamp(tmp_path: Path) -> None:
    file = stamped(tmp_path, signed_package("captured"))
    assert verified(file, revoked(AFTER, once=False)).cause == "revoked_key"


def test_a_signature_beside_the_package_is_not_what_was_stamped(tmp_path: Path) -> None:
    file = stamped(tmp_path, package("captured"))
    beside = file.with_name(signature_name(file.name, OURS.public))
    beside.write_bytes(sshsig.sign(Digest.of(package("captured")), OURS))
    assert verified(file, revoked(AFTER)).cause == "revoked_key"
