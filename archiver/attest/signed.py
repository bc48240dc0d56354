"""The signature in a package: WACZ-Auth 0.1.0, the anonymous form, and nothing but it.

Signed is the ASCII text `sha256:<hex>`, the package id. Every other member follows from the
package, so that the file of a package has one form for each signer.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from archiver.attest.p384 import PublicKey, SigningKey, public_key
from archiver.digest import Digest
from archiver.errors import InvalidInput

VERSION = "0.1.0"  # of WACZ-Auth
HASH = "sha256"
MEMBERS = frozenset(("created", "hash", "publicKey", "signature", "software", "version"))
PLACE = "datapackage-digest.json signedData"


def signed_data(identity: Digest, listed: Mapping[str, Any], key: SigningKey) -> dict[str, str]:
    """The signature of a package with this id, whose `datapackage.json` is `listed`."""
    message = str(identity).encode("ascii")
    return {
        **_following(identity, listed),
        "publicKey": base64.b64encode(key.public.spki).decode("ascii"),
        "signature": base64.b64encode(key.sign(message, HASH)).decode("ascii"),
    }


def signer(signed: object, identity: Digest, listed: Mapping[str, Any]) -> PublicKey:
    """The key that signed the package with this id.

    Raises `InvalidInput` naming the member that is wrong, for every form but the one that
    `signed_data` gives.
    """
    if not isinstance(signed, dict):
        raise _fault("", "is not an object")
    if set(signed) != MEMBERS:
        odd = sorted(set(signed) ^ MEMBERS)[0]
        raise _fault(f"{odd:.60}", "is missing" if odd in MEMBERS else "is not allowed there")
    for name, value in _following(identity, listed).items():
        if signed[name] != value:
            raise _fault(name, f"is {signed[name]!s:.80}, of this package it is {value:.80}")
    key = _key(_octets(signed, "publicKey"))
    if not key.verifies(_octets(signed, "signature"), str(identity).encode("ascii"), HASH):
        raise _fault("signature", "is not this key's signature over the package id")
    return key


def _following(identity: Digest, listed: Mapping[str, Any]) -> dict[str, str]:
    return {
        "created": str(listed.get("created")),
        "hash": str(identity),
        "software": str(listed.get("software")),
        "version": VERSION,
    }


def _octets(signed: Mapping[str, Any], name: str) -> bytes:
    """Octets in base64, in the one spelling that they have (RFC 4648 §3.5)."""
    spelled = signed[name]
    try:
        octets = base64.b64decode(spelled, validate=True) if isinstance(spelled, str) else b""
    except (binascii.Error, ValueError):
        octets = b""
    if not octets or base64.b64encode(octets).decode("ascii") != spelled:
        raise _fault(name, "is not base64 in its one spelling")
    return octets


def _key(spki: bytes) -> PublicKey:
    try:
        return public_key(spki)
    except InvalidInput as fault:
        raise _fault("publicKey", f"is {fault.what}") from None


def _fault(member: str, what: str) -> InvalidInput:
    return InvalidInput("signature", what, where=f"{PLACE}.{member}".rstrip("."))
