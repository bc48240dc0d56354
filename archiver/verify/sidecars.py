"""Signatures that stand beside a package, each a check of its own."""

from __future__ import annotations

import re

from archiver.attest import sshsig
from archiver.attest.p384 import PublicKey
from archiver.attest.trust import Signer, Trust
from archiver.digest import Digest
from archiver.errors import InvalidInput, Problem
from archiver.verify.report import Check

CHECK = "sidecar"
_NAME = re.compile(r"\.([0-9a-f]{16})\.sig")


def signature_name(file: str, key: PublicKey) -> str:
    """The name of a key's signature beside a file: `X.wacz.0b1d4ea0b5d70dcd.sig`."""
    return f"{file}.{key.fingerprint.hex[:16]}.sig"


def is_signature_of(name: str, file: str) -> bool:
    """Whether this is the name of a signature beside the file. Others are not looked at."""
    return name.startswith(file) and _NAME.fullmatch(name[len(file) :]) is not None


def proves(name: str) -> str:
    """What a signature with this name proves."""
    return f"the key {name.removesuffix('.sig')[-16:]}… signed this very file"


def check_signature(
    name: str, octets: bytes | InvalidInput, file: str, digest: Digest, trust: Trust
) -> tuple[Check, Signer | None]:
    """The check of one signature beside `file`, whose SHA-256 is `digest`; `octets` is what
    its file holds, or why it cannot be read."""
    try:
        key = _signer(name, octets, file, digest)
    except InvalidInput as fault:
        problem = Problem(where=name, rule=fault.code, what=fault.what, fix=fault.hint)
        return Check(name=CHECK, proves=proves(name), status="failed", problems=(problem,)), None
    check = Check(name=CHECK, proves=proves(name), status="passed")
    return check, trust.signer(key.fingerprint, where=name)


def _signer(name: str, octets: bytes | InvalidInput, file: str, digest: Digest) -> PublicKey:
    if isinstance(octets, InvalidInput):
        raise octets
    key = sshsig.signer(octets, digest)
    if name != signature_name(file, key):
        raise InvalidInput("signature.name", f"is by another key: {key.fingerprint}")
    return key
