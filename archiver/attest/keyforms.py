"""Keys in the forms in which they are kept and handed on: PEM (RFC 7468), OpenSSH's one line."""

from __future__ import annotations

import base64
import binascii
import textwrap

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from archiver.attest.p384 import PublicKey, SigningKey, public_key
from archiver.errors import InvalidInput

SSH_KIND = b"ecdsa-sha2-nistp384"
MAX_OCTETS = 16 * 1024  # of a key file
_BEGIN, _END = "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"
_PRIVATE = b"PRIVATE KEY-----"
_ENCRYPTED = (b"-----BEGIN ENCRYPTED PRIVATE KEY-----", b"Proc-Type: 4,ENCRYPTED")


def is_encrypted(pem: bytes) -> bool:
    """Whether a private key needs a passphrase to be read."""
    return any(mark in pem for mark in _ENCRYPTED)


def read_private(pem: bytes, passphrase: bytes | None) -> SigningKey:
    """A private key from PEM (PKCS#8, or SEC 1 as `openssl ecparam` writes it).

    Raises `InvalidInput`, which never repeats anything of what was read.
    """
    if _PRIVATE not in pem:
        raise _fault("key.form", "not a private key in PEM", "archiver key new makes one")
    try:
        key = serialization.load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        if is_encrypted(pem):
            raise _fault("key.passphrase", "wrong passphrase, or a damaged key") from None
        raise _fault(
            "key.form", "a private key that cannot be read: damaged, or of another form"
        ) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP384R1):
        raise _fault(
            "key.kind",
            "not a P-384 key, the only kind that signs here",
            "archiver key new makes one",
        )
    return SigningKey(key)


def write_private(key: SigningKey, passphrase: bytes | None) -> bytes:
    """The PEM of a private key (PKCS#8), encrypted where there is a passphrase."""
    return key.secret.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase)
        if passphrase
        else serialization.NoEncryption(),
    )


def read_public(pem: bytes) -> PublicKey:
    """A public key from PEM. Raises `InvalidInput`; a private key is refused by name."""
    if _PRIVATE in pem:
        raise _fault(
            "key.private",
            "a private key, where its public half is meant",
            "archiver key export writes that",
        )
    body = pem.decode("ascii", "replace").strip()
    if not (body.startswith(_BEGIN) and body.endswith(_END)):
        raise _fault("key.form", "not a public key in PEM", "archiver key export writes one")
    try:
        spki = base64.b64decode("".join(body[len(_BEGIN) : -len(_END)].split()), validate=True)
    except binascii.Error:
        raise _fault("key.form", "a public key in PEM that is damaged") from None
    return public_key(spki)


def write_public(key: PublicKey) -> bytes:
    """The PEM of a public key."""
    lines = textwrap.wrap(base64.b64encode(key.spki).decode("ascii"), 64)
    return "\n".join((_BEGIN, *lines, _END, "")).encode("ascii")


def ssh_blob(key: PublicKey) -> bytes:
    """A public key as OpenSSH has it (RFC 5656 §3.1)."""
    return b"".join(len(one).to_bytes(4) + one for one in (SSH_KIND, b"nistp384", key.point))


def ssh_line(key: PublicKey) -> str:
    """A public key as a line for OpenSSH's files."""
    return f"{SSH_KIND.decode()} {base64.b64encode(ssh_blob(key)).decode('ascii')}"


def _fault(code: str, what: str, hint: str = "") -> InvalidInput:
    return InvalidInput(code, what, hint=hint)
