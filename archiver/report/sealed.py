"""A package that was found intact, as whoever writes about it needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archiver.attest.notes import LogKey
from archiver.attest.p384 import PublicKey
from archiver.attest.tlog import Proof
from archiver.digest import Digest
from archiver.package.derive import Primary
from archiver.package.reading import Package
from archiver.verify.report import Stamped
from archiver.warc import Record, blocks


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerProof:
    """That a ledger lists the file: the proof, which holds, and the key of that ledger."""

    key: LogKey
    proof: Proof


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """`name` is the file's own name, as it was given; `size` (octets) and `digest` are those
    of the whole file; `cosigned` are the names of the signatures beside it, each with its key,
    `stamps` the sound time stamps, `listed` its proof from a ledger, where the ledger is known.
    Good while the file is open."""

    name: str
    size: int
    digest: Digest
    package: Package
    primary: Primary
    cosigned: tuple[tuple[str, PublicKey], ...] = ()
    stamps: tuple[Stamped, ...] = ()
    listed: LedgerProof | None = None

    def document(self, path: str) -> Mapping[str, Any]:
        """A JSON exhibit."""
        return self.package.document(path)

    def record(self, identity: str | None) -> Record | None:
        """The WARC record with this id."""
        return next((one for one in self.primary.records if one.id == identity), None)

    def block(self, record: Record) -> bytes:
        """The octets of a small record's block."""
        return b"".join(blocks(self.primary.archive, record))

    def start(self, record: Record, octets: int) -> bytes:
        """The first octets of a record's block."""
        self.primary.archive.seek(record.block)
        return self.primary.archive.read(min(octets, record.length))
