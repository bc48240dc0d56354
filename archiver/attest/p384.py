"""ECDSA on P-384, the one kind of key here (FIPS 186-5; RFC 6979; RFC 5480).

Signatures are r and s, 48 octets each (IEEE P1363). Of the two values of s that verify, only
the lower one is written and accepted: so a key and a message have one signature, and nobody
without the key can turn it into another one.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from archiver.digest import Digest
from archiver.errors import InvalidInput

SIZE = 48  # octets of a coordinate, of r, and of s
ORDER = int(
    "ffffffffffffffffffffffffffffffffffffffffffffffff"
    "c7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    16,
)
# SubjectPublicKeyInfo of an uncompressed point: all that stands before its two coordinates.
SPKI_HEAD = bytes.fromhex("3076301006072a8648ce3d020106052b8104002203620004")
_HASHES = {"sha256": hashes.SHA256, "sha384": hashes.SHA384}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, as the one DER octet string that it has (RFC 5480). Made by `public_key`."""

    spki: bytes

    @property
    def fingerprint(self) -> Digest:
        """The SHA-256 of the SubjectPublicKeyInfo: what a key is called everywhere."""
        return Digest.of(self.spki)

    @property
    def point(self) -> bytes:
        """The point, uncompressed (SEC 1 §2.3.3): 97 octets."""
        return self.spki[len(SPKI_HEAD) - 1 :]

    def verifies(self, signature: bytes, message: bytes, hashed: str) -> bool:
        """Whether this is this key's signature over the message; `hashed`: `sha256`, `sha384`."""
        if len(signature) != 2 * SIZE:
            return False
        r, s = (int.from_bytes(half) for half in (signature[:SIZE], signature[SIZE:]))
        if not (0 < r < ORDER and 0 < s <= ORDER // 2):
            return False
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP384R1(), self.point)
        try:
            key.verify(encode_dss_signature(r, s), message, ec.ECDSA(_HASHES[hashed]()))
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """A private key. It signs, and never shows itself."""

    __slots__ = ("_key", "public")

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        self.public = PublicKey(SPKI_HEAD + _coordinates(key.public_key()))

    @property
    def secret(self) -> ec.EllipticCurvePrivateKey:
        """The key itself, for whoever writes it into its file."""
        return self._key

    def sign(self, message: bytes, hashed: str) -> bytes:
        """The one signature over the message (RFC 6979, with the lower s)."""
        try:
            how = ec.ECDSA(_HASHES[hashed](), deterministic_signing=True)
        except UnsupportedAlgorithm:
            raise InvalidInput(
                "key.library",
                "the `cryptography` package here rests on an OpenSSL that is too old to sign",
                hint="install it from the Python Package Index, which brings its own OpenSSL",
            ) from None
        r, s = decode_dss_signature(self._key.sign(message, how))
        return r.to_bytes(SIZE) + min(s, ORDER - s).to_bytes(SIZE)


def public_key(spki: bytes) -> PublicKey:
    """A public key from its SubjectPublicKeyInfo in DER.

    Raises `InvalidInput` for another kind of key, another form, and a point off the curve.
    """
    if len(spki) != len(SPKI_HEAD) + 2 * SIZE or not spki.startswith(SPKI_HEAD):
        raise InvalidInput("key.kind", "not a P-384 key in its one form (RFC 5480, uncompressed)")
    key = PublicKey(spki)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP384R1(), key.point)
    except ValueError:
        raise InvalidInput("key.point", "not a point of the curve P-384") from None
    return key


def _coordinates(key: ec.EllipticCurvePublicKey) -> bytes:
    numbers = key.public_numbers()
    return numbers.x.to_bytes(SIZE) + numbers.y.to_bytes(SIZE)
