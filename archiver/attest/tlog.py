"""What a log hands out: checkpoints (c2sp.org/tlog-checkpoint), and proofs that a line is in it
(c2sp.org/tlog-proof)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.attest import merkle
from archiver.attest.notes import LogKey, LogSigningKey
from archiver.errors import InvalidInput

MAX_OCTETS = 1 << 20  # of a checkpoint or a proof
SUFFIX = ".tlog-proof"
_TEXT = re.compile(r"(\S+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n")
_HEAD = "c2sp.org/tlog-proof@v1\n"
_PROOF = re.compile(
    r"c2sp\.org/tlog-proof@v1\n"
    r"(?:extra ([A-Za-z0-9+/]+={0,2})\n)?"
    r"index (0|[1-9][0-9]{0,15})\n"
    r"((?:[A-Za-z0-9+/]{43}=\n){0,64})"
    r"\n(.*)",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log said it held: so many lines, under this root. `note` is what was signed, whole."""

    size: int
    root: bytes
    note: str


def sign_checkpoint(key: LogSigningKey, size: int, root: bytes) -> Checkpoint:
    """The log's word for its tree. Whoever calls sees to it that the tree goes on from the one
    that was signed before."""
    text = f"{key.public.name}\n{size}\n{_base64(root)}\n"
    return Checkpoint(size, root, key.sign(text))


def read_checkpoint(octets: bytes, key: LogKey) -> Checkpoint:
    """A checkpoint that this log signed. Raises `InvalidInput` for anything else."""
    note = _text(octets, "a checkpoint")
    match = _TEXT.fullmatch(key.signed(note))
    if match is None or match[1] != key.name:
        raise InvalidInput("ledger.checkpoint", "signed, but not a checkpoint of this log")
    return Checkpoint(int(match[2]), _root(match[3]), note)


@dataclass(frozen=True, slots=True)
class Proof:
    """That a line stands in a log at this place, under this checkpoint.

    `line` is the leaf, which the format calls extra data: with it the proof is complete.
    """

    line: bytes
    at: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def octets(self) -> bytes:
        """The proof as a file."""
        path = "".join(f"{_base64(one)}\n" for one in self.path)
        text = f"{_HEAD}extra {_base64(self.line)}\nindex {self.at}\n{path}\n"
        return (text + self.checkpoint.note).encode("utf-8")


def read_proof(octets: bytes, key: LogKey) -> Proof:
    """A proof that holds: the line is in the log of this key. Raises `InvalidInput` else."""
    match = _PROOF.fullmatch(_text(octets, "a proof"))
    if match is None or match[1] is None:
        raise InvalidInput("ledger.proof", "not a proof of a line in a ledger")
    proof = Proof(
        line=_decoded(match[1]),
        at=int(match[2]),
        path=tuple(map(_root, match[3].split())),
        checkpoint=read_checkpoint(match[4].encode("utf-8"), key),
    )
    if not holds(proof):
        raise InvalidInput("ledger.proof", "the line is not under this checkpoint")
    return proof


def holds(proof: Proof) -> bool:
    """Whether the path leads from the line to the checkpoint's root."""
    leaf, size = merkle.leaf_hash(proof.line), proof.checkpoint.size
    return merkle.root_by_inclusion(leaf, proof.at, size, proof.path) == proof.checkpoint.root


def consistency_lines(old: int, path: Sequence[bytes], new: Checkpoint) -> str:
    """A consistency proof as text: the older size, the hashes, a blank line, the newer
    checkpoint. (No standard gives it a form of its own.)"""
    hashes = "".join(f"{_base64(one)}\n" for one in path)
    return f"old {old}\n{hashes}\n{new.note}"


def _text(octets: bytes, what: str) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput("ledger.form", f"not {what}: not UTF-8") from None


def _root(text: str) -> bytes:
    octets = _decoded(text)
    # The last digit of 43 holds two bits of nothing: one spelling for each hash.
    if len(octets) != 32 or _base64(octets) != text:
        raise InvalidInput("ledger.hash", "not a SHA-256 in base64")
    return octets


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise InvalidInput("ledger.base64", "not base64") from None


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")
