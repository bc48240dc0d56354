"""`openssl ts` as the second opinion: it verifies what our authority makes, and makes what we
verify."""

from __future__ import annotations

import hashlib
import subprocess
import time
from pathlib import Path

import pytest

from archiver.attest.stamps import Bounds, judge
from archiver.attest.tsp import write_request
from tests.attest.test_stamps import FILE, GOOD, REQUEST, THEN, digests
from tests.tools import tool
from tests.tsa import Issued, chosen, issued, key, leaf, root

CONFIG = """\
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
certs = {folder}/certs.pem
signer_digest = {digest}
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1, millisecs:500
ordering = yes
tsa_name = yes
ess_cert_id_chain = {whole}
ess_cert_id_alg = {named}
"""


def openssl(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [tool("openssl"), *map(str, words)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


# `openssl ts` reads tokens as PKCS #7, which knows lists of revoked certificates and no other
# form of word on them (RFC 5652 §10.2.1). Ours reads past what it does not know.
NOT_PKCS7 = {
    "an answer that it is good",
    "an answer that it is renewed later",
    "an answer about somebody else",
    "a form of answer that nobody knows",
}


@pytest.mark.parametrize("what", sorted(NOT_PKCS7))
def test_openssl_cannot_read_other_words_on_revocation(tmp_path: Path, what: str) -> None:
    (tmp_path / "reply.tsr").write_bytes(GOOD[what]().to(REQUEST))
    done = openssl("ts", "-reply", "-in", "reply.tsr", "-text", folder=tmp_path)
    assert "nested asn1 error" in done.stderr


@pytest.mark.parametrize("what", [name for name in GOOD if name not in NOT_PKCS7])
def test_openssl_accepts_our_good_ones(tmp_path: Path, what: str) -> None:
    (tmp_path / "file").write_bytes(FILE)
    (tmp_path / "reply.tsr").write_bytes(GOOD[what]().to(REQUEST))
    (tmp_path / "query.tsq").write_bytes(REQUEST)
    (tmp_path / "root.pem").write_bytes(root().pem)
    common = ("ts", "-verify", "-in", "reply.tsr", "-CAfile", "root.pem", "-attime", str(THEN))
    for over in (("-data", "file"), ("-queryfile", "query.tsq")):
        done = openssl(*common, *over, folder=tmp_path)
        assert done.stdout.strip() == "Verification: OK", done


def test_openssl_reads_our_request(tmp_path: Path) -> None:
    (tmp_path / "query.tsq").write_bytes(REQUEST)
    done = openssl("ts", "-query", "-in", "query.tsq", "-text", folder=tmp_path)
    assert done.returncode == 0
    assert "Hash Algorithm: sha256" in done.stdout
    assert "Nonce: 0x7A115EED01234567" in done.stdout
    assert "Certificate required: yes" in done.stdout


def authority(folder: Path, signer: Issued, certs: tuple[Issued, ...], **how: str) -> None:
    """The files with which `openssl ts -reply` answers."""
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    given = {"digest": "sha256", "named": "sha256", "whole": "no", **how}
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder, **given))
    (folder / "serial").write_text("01\n")
    (folder / "signer.pem").write_bytes(signer.pem)
    (folder / "signer.key").write_bytes(
        signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (folder / "certs.pem").write_bytes(b"".join(one.pem for one in certs))


@pytest.mark.parametrize("kind", ["rsa2048", "p256", "p384"])
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"digest": "sha512"},
        {"digest": "sha384", "whole": "yes"},
        {"named": "sha1"},
        {"named": "sha512"},
    ],
    ids=str,
)
def test_we_accept_what_openssl_makes(tmp_path: Path, kind: str, how: dict[str, str]) -> None:
    """With an intermediate, and the certificates in OpenSSL's own order, which is not DER's."""
    middle = issued("Between", key("p256", 5), root(), ca=True, key_usage=("key_cert_sign",))
    authority(tmp_path, leaf(kind, by=middle), (middle, root()), **how)
    request = write_request(hashlib.sha256(FILE).digest(), 0x1234_5678_9ABC_DEF0)
    (tmp_path / "query.tsq").write_bytes(request)
    done = openssl(
        *("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr"),
        folder=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    now = int(time.time())
    found = judge(
        (tmp_path / "reply.tsr").read_bytes(),
        digests,
        chosen(),
        Bounds(earliest=now - 60, now=now),
        request,
    )
    assert found.problems == ()
    assert found.stamp is not None
    assert (found.stamp.authority, found.stamp.accuracy) == ("ours", 1_500_000)


def test_what_openssl_rejects_is_said_in_its_words(tmp_path: Path) -> None:
    authority(tmp_path, leaf(), (root(),))
    (tmp_path / "query.tsq").write_bytes(write_request(bytes(20), 1))  # too short for SHA-256
    openssl(
        *("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr"),
        folder=tmp_path,
    )
    found = judge(
        (tmp_path / "reply.tsr").read_bytes(), digests, chosen(), Bounds(earliest=0, now=THEN)
    )
    assert [one.rule for one in found.problems] == ["status"]
