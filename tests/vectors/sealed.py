"""Vectors with signatures: of whoever captured under the package, of servers under handshakes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.attest.signers import resigned, signed_package
from tests.attest.test_signature import MEMBERS, MESSAGE, SIGNED, over, transplanted
from tests.verify.forge import opened
from tests.verify.handshaking import handshake, pieces
from tests.verify.scenes import HOST, package
from tests.verify.test_handshakes import CHAIN, OTHER, is_handshake, pasted
from tests.verify.test_handshakes import remade as recorded_anew

# Why each one is there, and how it is made.
Made = dict[str, tuple[str, Callable[[], bytes]]]

ACCEPTED: Made = {
    "signed": (
        "a page with the whole seed text on it, signed",
        partial(signed_package, "captured"),
    ),
}

# What is nearly a signature: members of `signedData` in other words.
_NEARLY: dict[str, tuple[str, dict[str, Any]]] = {
    "other-key": ("another key than the one that signed", MEMBERS["their key, our signature"]),
    "higher-s": (
        "the other value of s: two signatures of one key and package",
        MEMBERS["the higher s"],
    ),
    "der": ("a signature in DER instead of r and s", MEMBERS["DER"]),
    "other-hash": ("signed with SHA-384 instead of SHA-256", over(MESSAGE, "sha384")),
    "other-message": (
        "a signature over the octets of the digest",
        MEMBERS["over the octets of the digest"],
    ),
    "other-time": ("signed data that names another moment", MEMBERS["created later"]),
}


def _nearly(members: dict[str, Any]) -> bytes:
    return resigned(opened(SIGNED), **members)


def _moved() -> bytes:
    """Our genuine signature of another package."""
    return transplanted(package("blocked"))


def _put(octets: Callable[[bytes], bytes], **changed: Any) -> bytes:
    """A capture made anew with another handshake, by an insider who cannot sign."""
    return recorded_anew(lambda _, one: octets(one) if is_handshake(one) else one, **changed)


def _other_octet(octets: bytes) -> bytes:
    return octets[:10] + bytes([octets[10] ^ 1]) + octets[11:]


def _of_another(octets: bytes) -> bytes:
    """The signature of another handshake with the same server under this one."""
    size = len(b"".join(pieces(HOST, CHAIN, "x")))
    return octets[:size] + handshake(HOST, CHAIN, "x")[size:]


REFUSED: dict[str, Made] = {
    "signature": {
        **{name: (why, partial(_nearly, told)) for name, (why, told) in _NEARLY.items()},
        "moved": ("the signature of another package", _moved),
    },
    "handshakes": {
        "other-certificate": (
            "a certificate for the same host, whose key did not sign",
            partial(pasted, OTHER, signed=True),
        ),
        "other-octet": (
            "an octet of what the server signed is another",
            partial(_put, _other_octet),
        ),
        "other-signature": ("the signature of another handshake", partial(_put, _of_another)),
        "other-scheme": (
            "another way of signing than the handshake names",
            partial(_put, bytes, signature="ecdsa_secp256r1_sha256"),
        ),
        "no-handshake": (
            "a signature is told, and no handshake is recorded",
            partial(_put, bytes, handshake=None),
        ),
    },
}
