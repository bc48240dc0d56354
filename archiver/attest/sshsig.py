"""Detached signatures that stock `ssh-keygen -Y verify` accepts (OpenSSH, PROTOCOL.sshsig).

Armor is read only in the form in which it is written, so that a signature file has no octet
that could be another one.
"""

from __future__ import annotations

import base64
import textwrap

from archiver.attest.keyforms import SSH_KIND, ssh_blob
from archiver.attest.p384 import SIZE, SPKI_HEAD, PublicKey, SigningKey, public_key
from archiver.digest import Digest
from archiver.errors import InvalidInput

NAMESPACE = "wacz@archiver"
MAX_OCTETS = 4096  # of a signature file
_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4)
_HASH = b"sha256"  # of the file; ECDSA itself takes SHA-384 with this curve (RFC 5656 §6.2.1)
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"


def sign(file: Digest, key: SigningKey) -> bytes:
    """The signature file over a file with this SHA-256."""
    return _armored(key.public, key.sign(_message(file), "sha384"))


def signer(armored: bytes, file: Digest) -> PublicKey:
    """The key that signed a file with this SHA-256.

    Raises `InvalidInput` where it is not the signature of this file, or not in the one form
    that `sign` gives.
    """
    key, signature = _read(armored)
    if not key.verifies(signature, _message(file), "sha384"):
        raise InvalidInput("signature", "is not this key's signature over this file")
    return key


def key_of(armored: bytes) -> PublicKey:
    """The key that a signature file names; nothing is checked but the form. Raises as `signer`."""
    return _read(armored)[0]


def _message(file: Digest) -> bytes:
    parts = (NAMESPACE.encode(), b"", _HASH, bytes.fromhex(file.hex))
    return _MAGIC + b"".join(map(_string, parts))


def _armored(key: PublicKey, signature: bytes) -> bytes:
    numbers = b"".join(_string(_mpint(half)) for half in (signature[:SIZE], signature[SIZE:]))
    blob = _string(SSH_KIND) + _string(numbers)
    parts = (ssh_blob(key), NAMESPACE.encode(), b"", _HASH, blob)
    octets = _MAGIC + _VERSION + b"".join(map(_string, parts))
    lines = textwrap.wrap(base64.b64encode(octets).decode("ascii"), 70)
    return "\n".join((_BEGIN, *lines, _END, "")).encode("ascii")


def _read(armored: bytes) -> tuple[PublicKey, bytes]:
    """The key and r and s, cut out leniently; then all of it must be what `_armored` gives."""
    try:
        lines = armored.decode("ascii").split("\n")
        rest = base64.b64decode("".join(lines[1:-2]), validate=True)[len(_MAGIC + _VERSION) :]
        blob, _, _, _, signature = _strings(rest, 5)
        _, _, point = _strings(blob, 3)
        r, s = _strings(_strings(signature, 2)[1], 2)
        key = public_key(SPKI_HEAD[:-1] + point)
        halves = b"".join(int.from_bytes(one).to_bytes(SIZE) for one in (r, s))
    except (ValueError, OverflowError, InvalidInput):
        raise _fault() from None
    if _armored(key, halves) != armored:
        raise _fault()
    return key, halves


def _strings(octets: bytes, count: int) -> list[bytes]:
    """So many strings of RFC 4251 §5, and nothing behind them."""
    found = []
    for _ in range(count):
        size = int.from_bytes(octets[:4])
        found.append(octets[4 : 4 + size])
        if len(octets) < 4 + size:
            raise ValueError
        octets = octets[4 + size :]
    if octets:
        raise ValueError
    return found


def _string(octets: bytes) -> bytes:
    return len(octets).to_bytes(4) + octets


def _mpint(number: bytes) -> bytes:
    """A number from 0 up as RFC 4251 §5 has it: no needless zero, none that reads as negative."""
    short = number.lstrip(b"\0")
    return b"\0" + short if short and short[0] & 0x80 else short


def _fault() -> InvalidInput:
    return InvalidInput(
        "signature.form", f"is not a P-384 signature for {NAMESPACE}, in its one form"
    )
