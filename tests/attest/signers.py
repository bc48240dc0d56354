"""Keys that are always the same, packages signed by them, and the arithmetic of an attacker."""

from __future__ import annotations

import base64
import io
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from archiver.attest import signed
from archiver.attest.p384 import ORDER, SigningKey
from archiver.attest.trust import Known, Trust
from archiver.digest import Digest
from archiver.package.derive import DATAPACKAGE, DIGEST
from tests.verify.forge import Files, document, opened, zipped
from tests.verify.scenes import SCENES

G = ec.derive_private_key(1, ec.SECP384R1()).public_key().public_numbers()


@cache
def key(number: int) -> SigningKey:
    """The key with this number as its secret."""
    return SigningKey(ec.derive_private_key(number, ec.SECP384R1()))


OURS, THEIRS = key(0x5EC8E7), key(0xB0B)


def pem(one: SigningKey, passphrase: bytes | None = None) -> bytes:
    how = (
        serialization.BestAvailableEncryption(passphrase)
        if passphrase
        else serialization.NoEncryption()
    )
    return one.secret.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how
    )


def trusting(*keys: SigningKey, own: bool = True) -> Trust:
    return Trust(
        tuple(Known(fingerprint=one.public.fingerprint, name="us", own=own) for one in keys)
    )


@cache
def signed_package(state: str, by: SigningKey = OURS) -> bytes:
    built = SCENES[state].built()
    listed = built.document(DATAPACKAGE)
    assert listed is not None
    out = io.BytesIO()
    built.with_signature(signed.signed_data(built.id, listed, by)).write(out)
    return out.getvalue()


def resigned(files: Files, **members: Any) -> bytes:
    """The package with members of its signature put in other words; None takes one out."""

    def change(digest: dict[str, Any]) -> None:
        digest["signedData"] |= members
        for name, value in members.items():
            if value is None:
                del digest["signedData"][name]

    return zipped(document(files, DIGEST, change))


def signature_of(octets: bytes) -> bytes:
    import json

    said = json.loads(opened(octets)[DIGEST])
    return base64.b64decode(said["signedData"]["signature"])


def halves(signature: bytes) -> tuple[int, int]:
    return int.from_bytes(signature[:48]), int.from_bytes(signature[48:])


def joined(r: int, s: int, size: int = 48) -> bytes:
    return r.to_bytes(size) + s.to_bytes(size)


def identity(octets: bytes) -> Digest:
    return Digest.of(opened(octets)[DATAPACKAGE])


__all__ = ["ORDER"]
