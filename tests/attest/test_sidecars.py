"""Signatures beside a package: ours, as `ssh-keygen` reads them, and every forgery of them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import archiver
from archiver.attest import keyforms, sshsig
from archiver.attest.p384 import ORDER, SigningKey
from archiver.case.schemas import faults
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.verify.sidecars import signature_name
from tests.attest.signers import OURS, THEIRS, halves, joined, key, pem, signed_package, trusting
from tests.command import archiver as command
from tests.tools import tool
from tests.verify.scenes import package

PACKAGE = signed_package("captured")
FILE = Digest.of(PACKAGE)
SIGNATURE = sshsig.sign(FILE, THEIRS)


def placed(folder: Path, signature: bytes | None = SIGNATURE, by: SigningKey = THEIRS) -> Path:
    file = folder / "x.wacz"
    file.write_bytes(PACKAGE)
    if signature is not None:
        (folder / signature_name("x.wacz", by.public)).write_bytes(signature)
    return file


def accepted_by_ssh(folder: Path, signature: bytes, octets: bytes, by: SigningKey) -> bool:
    (folder / "sig").write_bytes(signature)
    (folder / "allowed").write_text(f"them {keyforms.ssh_line(by.public)}\n")
    words = ["-Y", "verify", "-f", "allowed", "-I", "them", "-n", "wacz@archiver", "-s", "sig"]
    done = subprocess.run(
        [tool("ssh-keygen"), *words], input=octets, cwd=folder, capture_output=True, check=False
    )
    return done.returncode == 0


@pytest.mark.parametrize("number", [1, 2, 3, 1000, 2**383, *range(40, 60)])
def test_stock_ssh_keygen_accepts_ours_and_only_for_this_file(tmp_path: Path, number: int) -> None:
    signature = sshsig.sign(FILE, key(number))
    assert sshsig.signer(signature, FILE) == key(number).public
    assert signature == sshsig.sign(FILE, key(number))
    assert accepted_by_ssh(tmp_path, signature, PACKAGE, key(number))
    assert not accepted_by_ssh(tmp_path, signature, PACKAGE + b"x", key(number))


def test_the_command_signs_beside_and_leaves_the_package(tmp_path: Path) -> None:
    file = placed(tmp_path, None)
    (tmp_path / "key.pem").write_bytes(pem(THEIRS))
    (tmp_path / "key.pem").chmod(0o600)
    done = command("sign", file, "--key", tmp_path / "key.pem", "--json")
    assert done.code == 0, done.err
    assert faults(done.json, "output-sign.schema.json") == ()
    assert done.json["written"]
    beside = tmp_path / signature_name("x.wacz", THEIRS.public)
    assert done.json["signature"] == str(beside)
    assert beside.read_bytes() == SIGNATURE
    assert file.read_bytes() == PACKAGE
    again = command("sign", file, "--key", tmp_path / "key.pem", "--json")
    assert (again.code, again.json["written"]) == (0, False)
    verified = command("verify", file, "--trust", str(THEIRS.public.fingerprint), "--json")
    assert verified.code == 0
    assert faults(verified.json, "output-verify.schema.json") == ()
    assert verified.json["checks"][-1]["name"] == "sidecar"
    standings = [(one["standing"], one["where"]) for one in verified.json["signers"]]
    assert standings == [("unknown", None), ("trusted", beside.name)]
    beside.write_bytes(b"something else")
    assert command("sign", file, "--key", tmp_path / "key.pem").code == 3
    assert beside.read_bytes() == b"something else"


def test_what_is_refused_is_not_signed(tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    for octets, code in ((PACKAGE[:-1], 3), (b"no package", 4)):
        file.write_bytes(octets)
        assert command("sign", file).code == code
        assert [one.name for one in tmp_path.iterdir()] == ["x.wacz"]
    file.write_bytes(PACKAGE)
    done = command("sign", file, "--no-new-key", env={"XDG_CONFIG_HOME": str(tmp_path / "none")})
    assert (done.code, "no key to sign with" in done.err) == (4, True)


def test_a_trusted_signature_beside_an_unsigned_package(tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(package("absent"))
    signature = sshsig.sign(Digest.of(package("absent")), THEIRS)
    (tmp_path / signature_name("x.wacz", THEIRS.public)).write_bytes(signature)
    report = archiver.verify(file, trust=trusting(THEIRS))
    assert (report.verdict, report.checks[-1].name) == ("verified", "sidecar")
    assert "signature" not in [one.name for one in report.checks]
    assert archiver.verify(file, trust=trusting(OURS)).cause == "unknown_key"


def test_several_signers_each_with_a_check(tmp_path: Path) -> None:
    file = placed(tmp_path)
    for number in (11, 12):
        name = signature_name("x.wacz", key(number).public)
        (tmp_path / name).write_bytes(sshsig.sign(FILE, key(number)))
    report = archiver.verify(file, trust=trusting(key(12)))
    assert [one.name for one in report.checks].count("sidecar") == 3
    assert [one.standing for one in report.signers].count("own") == 1
    assert report.verdict == "verified"


@pytest.mark.parametrize("name", ["x.wacz.sig", "x.wacz.0.sig", "y.wacz.0123456789abcdef.sig"])
def test_other_names_are_not_looked_at(tmp_path: Path, name: str) -> None:
    file = placed(tmp_path, None)
    (tmp_path / name).write_bytes(b"whatever")
    report = archiver.verify(file, trust=trusting(OURS))
    assert report.verdict == "verified"
    assert "sidecar" not in [one.name for one in report.checks]


def test_after_a_failed_check_it_is_skipped(tmp_path: Path) -> None:
    file = placed(tmp_path)
    file.write_bytes(PACKAGE[:-1])
    report = archiver.verify(file, trust=trusting(OURS))
    assert (report.verdict, report.checks[-1].status) == ("refused", "skipped")


def blob(namespace: bytes = b"wacz@archiver", hashed: bytes = b"sha256", **more: bytes) -> bytes:
    """An armoured signature by THEIRS that is right but for what is given."""
    import base64
    import hashlib
    import textwrap

    def string(octets: bytes) -> bytes:
        return len(octets).to_bytes(4) + octets

    digest = hashlib.new(hashed.decode(), PACKAGE).digest()
    reserved = more.get("reserved", b"")
    message = b"SSHSIG" + b"".join(map(string, (namespace, reserved, hashed, digest)))
    raw = more.get("raw") or THEIRS.sign(message, "sha384")
    numbers = b"".join(
        string(b"\0" + half if half[:1] >= b"\x80" else half)
        for half in (raw[:48].lstrip(b"\0"), raw[48:].lstrip(b"\0"))
    )
    kind = more.get("kind", b"ecdsa-sha2-nistp384")
    public = more.get("public", keyforms.ssh_blob(THEIRS.public))
    parts = (public, namespace, reserved, hashed, string(kind) + string(numbers))
    octets = b"SSHSIG" + more.get("version", b"\0\0\0\1") + b"".join(map(string, parts))
    octets += more.get("behind", b"")
    lines = textwrap.wrap(base64.b64encode(octets).decode(), 70)
    return "\n".join(
        ("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", "")
    ).encode()


def message() -> bytes:
    parts = (b"wacz@archiver", b"", b"sha256", bytes.fromhex(FILE.hex))
    return b"SSHSIG" + b"".join(len(one).to_bytes(4) + one for one in parts)


RIGHT_R, RIGHT_S = halves(THEIRS.sign(message(), "sha384"))
WRONG = {
    "empty": b"",
    "another namespace": blob(namespace=b"file"),
    "no namespace": blob(namespace=b""),
    "sha512": blob(hashed=b"sha512"),
    "something reserved": blob(reserved=b"x"),
    "version 2": blob(version=b"\0\0\0\2"),
    "octets behind": blob(behind=b"\0"),
    "another kind": blob(kind=b"ecdsa-sha2-nistp256"),
    "another key": blob(public=keyforms.ssh_blob(OURS.public)),
    "the higher s": blob(raw=joined(RIGHT_R, ORDER - RIGHT_S)),
    "r is 0": blob(raw=joined(0, RIGHT_S)),
    "s is 0": blob(raw=joined(RIGHT_R, 0)),
    "over another file": sshsig.sign(Digest.of(b"x"), THEIRS),
    "over the package id": sshsig.sign(Digest.of(package("captured")), THEIRS),
    "hash of the ECDSA swapped": blob(raw=THEIRS.sign(message(), "sha256")),
    "without the last line feed": SIGNATURE[:-1],
    "with another": SIGNATURE + b"\n",
    "CRLF": SIGNATURE.replace(b"\n", b"\r\n"),
    "text in front": b"x\n" + SIGNATURE,
    "twice": SIGNATURE * 2,
    "wrapped elsewhere": SIGNATURE.replace(b"\n", b"").replace(b"-----U", b"-----\nU"),
    "PEM of a key": keyforms.write_public(THEIRS.public),
    "large": SIGNATURE + b"x" * 5000,
    "not ASCII": SIGNATURE.replace(b"U", b"\xc3", 1),
}


def test_the_forger_forges_nothing_by_itself() -> None:
    assert blob() == SIGNATURE


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_signature_of_this_file(tmp_path: Path, name: str) -> None:
    report = archiver.verify(placed(tmp_path, WRONG[name]), trust=trusting(OURS, THEIRS))
    assert (report.verdict, report.checks[-1].status) == ("refused", "failed")
    assert report.checks[-1].problems[0].where.endswith(".sig")


def test_a_signature_under_the_name_of_another_key(tmp_path: Path) -> None:
    report = archiver.verify(placed(tmp_path, by=OURS), trust=trusting(OURS, THEIRS))
    assert report.verdict == "refused"
    assert "by another key" in report.checks[-1].problems[0].what


def test_every_flipped_bit_cut_and_added_octet() -> None:
    for at in range(len(SIGNATURE)):
        changed = [SIGNATURE[:at], SIGNATURE[:at] + b"\n" + SIGNATURE[at:]]
        for bit in range(8):
            octets = bytearray(SIGNATURE)
            octets[at] ^= 1 << bit
            changed.append(bytes(octets))
        for octets in changed:
            if octets == SIGNATURE:
                continue
            with pytest.raises(InvalidInput):
                sshsig.signer(octets, FILE)


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    file = placed(tmp_path, None)
    real = tmp_path / "real"
    real.write_bytes(SIGNATURE)
    beside = tmp_path / signature_name("x.wacz", THEIRS.public)
    beside.symlink_to(real)
    assert archiver.verify(file, trust=trusting(THEIRS)).verdict == "refused"
    beside.unlink()
    os.mkfifo(beside)
    assert archiver.verify(file, trust=trusting(THEIRS)).verdict == "refused"
