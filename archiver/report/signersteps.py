"""Signatures, checked with openssl and ssh-keygen."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from archiver.attest.keyforms import ssh_blob, ssh_line
from archiver.attest.p384 import PublicKey, public_key
from archiver.attest.sshsig import NAMESPACE
from archiver.digest import Digest
from archiver.package.derive import DIGEST
from archiver.report.sealed import Sealed
from archiver.report.shell import Step, quoted

_WHO = (
    "Who the key's holder is: have its fingerprint from them, and not from this page. Nor when it "
    "was signed: a holder can set any date."
)
_KEY = f"jq -r .signedData.publicKey opened/{DIGEST} | base64 -d"
# r and s as they stand there, as the two numbers in DER that openssl reads (RFC 3279 §2.2.3).
_NUMBERS = (
    f"jq -r .signedData.signature opened/{DIGEST} | base64 -d | od -An -v -tx1 | tr -d ' \\n' > raw"
    " && printf 'asn1=SEQUENCE:s\\n[s]\\nr=INTEGER:0x%s\\ns=INTEGER:0x%s\\n' "
    '"$(head -c 96 raw)" "$(tail -c 96 raw)" > numbers && '
    "openssl asn1parse -genconf numbers -noout -out signature.der"
)
_MESSAGE = "printf 'sha256:%s' \"$(sha256sum < opened/datapackage.json | cut -c 1-64)\""


def of_signature(sealed: Sealed) -> Iterator[Step]:
    """The signature in the package, where there is one."""
    signed = sealed.document(DIGEST).get("signedData")
    if signed is None:
        return
    key = public_key(base64.b64decode(signed["publicKey"]))
    yield Step(
        title="Whose key signed the package",
        command=f"{_KEY} | sha256sum",
        prints=f"{key.fingerprint.hex}  -",
        proves="The key in the package has this fingerprint: `archiver key show` of its holder "
        "must tell the same.",
        cannot=_WHO,
    )
    yield Step(
        title="The signature over the package id",
        command=f"{_NUMBERS} && {_KEY} > key.der && {_MESSAGE} | "
        "openssl dgst -sha256 -keyform DER -verify key.der -signature signature.der",
        prints="Verified OK",
        proves="The holder of this key signed the id of this very package, so every file in it.",
        cannot=f"{_WHO} Nor that what they recorded is true.",
    )


def of_sidecars(sealed: Sealed) -> Iterator[Step]:
    """Every signature beside the package."""
    for name, key in sealed.cosigned:
        yield Step(
            title="A signature beside the package",
            command=f"printf '%s\\n' 'signer {ssh_line(key)}' > allowed && ssh-keygen -Y verify "
            f"-f allowed -I signer -n {NAMESPACE} -s {quoted(f'../{name}')} < package.wacz",
            prints=f'Good "{NAMESPACE}" signature for signer with ECDSA key {_ssh_name(key)}',
            proves=f"The holder of the key {key.fingerprint} signed this very file.",
            cannot=_WHO,
        )


def _ssh_name(key: PublicKey) -> str:
    """A key's fingerprint as OpenSSH prints it: of its own form of the key."""
    digest = bytes.fromhex(Digest.of(ssh_blob(key)).hex)
    return f"SHA256:{base64.b64encode(digest).decode('ascii').rstrip('=')}"
