"""Signed notes (c2sp.org/signed-note) by Ed25519 keys (RFC 8032): how a log signs.

A key belongs to one log, and is called by the SHA-256 of its SubjectPublicKeyInfo (RFC 8410),
as every key here. Its name in notes follows from that: `archiver/ledger/<16 hex digits>`.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from archiver.digest import Digest
from archiver.errors import InvalidInput

ORIGIN = "archiver/ledger/"
_SPKI_HEAD = bytes.fromhex("302a300506032b6570032100")  # RFC 8410 §4
_KIND = b"\x01"  # Ed25519 in c2sp.org/signed-note
_SIGNATURE = re.compile(r"— (\S+) ([A-Za-z0-9+/]+={0,2})")
_VKEY = re.compile(r"(archiver/ledger/[0-9a-f]{16})\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})")
_MOST = 64  # signatures of a note: the log's, and those of witnesses


@dataclass(frozen=True, slots=True)
class LogKey:
    """The public key of a log: 32 octets."""

    octets: bytes

    @property
    def fingerprint(self) -> Digest:
        """The SHA-256 of the SubjectPublicKeyInfo."""
        return Digest.of(_SPKI_HEAD + self.octets)

    @property
    def id(self) -> str:
        """The first 16 hex digits of the fingerprint: the name of the log's folder."""
        return self.fingerprint.hex[:16]

    @property
    def name(self) -> str:
        """The key's name in notes, and the origin of the log's checkpoints."""
        return ORIGIN + self.id

    @property
    def mark(self) -> bytes:
        """The key id of c2sp.org/signed-note: four octets."""
        hashed = Digest.of(self.name.encode("ascii") + b"\n" + _KIND + self.octets)
        return bytes.fromhex(hashed.hex[:8])

    @property
    def vkey(self) -> str:
        """The key as one line, for whoever verifies notes."""
        return f"{self.name}+{self.mark.hex()}+{_base64(_KIND + self.octets)}"

    def pem(self) -> bytes:
        """The key as PEM (RFC 7468 §13), for whoever verifies with openssl."""
        text = _base64(_SPKI_HEAD + self.octets)
        return f"-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n".encode("ascii")

    def signed(self, note: str) -> str:
        """The text of a note that this key signed.

        Raises `InvalidInput` where it is no note, or a signature of this key is missing or
        wrong. Signatures of others are passed over, as the format has it.
        """
        text, _, lines = note.rpartition("\n\n")
        signatures = lines.split("\n")
        if not text or signatures.pop() or not 0 < len(signatures) <= _MOST:
            raise InvalidInput("note.form", "not a signed note")
        matches = [_SIGNATURE.fullmatch(line) for line in signatures]
        if None in matches or _has_controls(note):
            raise InvalidInput("note.form", "not a signed note")
        own = [_octets(one[2]) for one in matches if one is not None and one[1] == self.name]
        mine = [one[4:] for one in own if one[:4] == self.mark]
        if not mine:
            raise InvalidInput("note.unsigned", f"bears no signature by {self.name}")
        key = ed25519.Ed25519PublicKey.from_public_bytes(self.octets)
        try:
            for one in mine:
                key.verify(one, f"{text}\n".encode())
        except InvalidSignature:
            raise InvalidInput("note.signature", "its signature is wrong") from None
        return f"{text}\n"


class LogSigningKey:
    """The private key of a log. It signs, and never shows itself."""

    __slots__ = ("_key", "public")

    def __init__(self, key: ed25519.Ed25519PrivateKey) -> None:
        self._key = key
        raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
        self.public = LogKey(key.public_key().public_bytes(*raw))

    def sign(self, text: str) -> str:
        """The note that says this text; it ends in a line feed. Always the same for a text."""
        signature = self.public.mark + self._key.sign(text.encode("utf-8"))
        return f"{text}\n— {self.public.name} {_base64(signature)}\n"

    def pem(self) -> bytes:
        """The key itself (PKCS#8), for whoever writes it into its file."""
        return self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


def new_key() -> LogSigningKey:
    """A new key, from the system's randomness."""
    return LogSigningKey(ed25519.Ed25519PrivateKey.generate())


def read_private(pem: bytes) -> LogSigningKey:
    """A log's private key from PEM. Raises `InvalidInput`, which repeats nothing of what was
    read."""
    try:
        key = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise InvalidInput(
            "ledger.key", "not a private key in PEM without a passphrase", hint=_HOW
        ) from None
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise InvalidInput(
            "ledger.key", "not an Ed25519 key, the only kind that signs a ledger", hint=_HOW
        )
    return LogSigningKey(key)


_HOW = "openssl genpkey -algorithm ed25519 makes one"


def read_vkey(line: str) -> LogKey:
    """A log's public key from its line. Raises `InvalidInput` for any other text."""
    match = _VKEY.fullmatch(line.removesuffix("\n"))
    octets = _octets(match[3]) if match is not None else b""
    if match is None or octets[:1] != _KIND or len(octets) != 33:
        raise InvalidInput("ledger.vkey", "not the public key of a ledger")
    key = LogKey(octets[1:])
    if key.vkey != match[0]:
        raise InvalidInput("ledger.vkey", "the public key of a ledger does not fit its own name")
    return key


def _has_controls(text: str) -> bool:
    return any(char < " " and char != "\n" for char in text)


def _octets(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")
