"""`log prove`: that a package stands in a ledger, and that a ledger goes on from an older one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archiver.attest import tlog
from archiver.attest.notes import LogKey
from archiver.attest.tlog import Checkpoint, Proof
from archiver.case.files import read_regular
from archiver.custody import ledger, results
from archiver.custody.disk import write_beside
from archiver.custody.openlog import held
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.verbs import logkeys
from archiver.verbs.reading import opened


@dataclass(frozen=True, kw_only=True, slots=True)
class Proved:
    """A proof beside a package; `written` is False where it stood there already."""

    log: str
    proof: Proof
    path: Path
    written: bool


def prove(archives: Path, package: Path) -> Proved:
    """Write a proof that a package stands in the ledger beside it, `PACKAGE.tlog-proof`.

    It is under the last checkpoint of the log that has it; one's own log is signed first where
    that is too old. Raises `InvalidInput` where no log has it.
    """
    with opened(package) as file:
        digest, _ = results.measure(file)
    key, proof = proof_of(archives, package, digest)
    path = proof_beside(package)
    written = _standing(path, key, proof) is None and write_beside(path, proof.octets())
    return Proved(log=key.id, proof=proof, path=path, written=written)


def proof_beside(package: Path) -> Path:
    """Where the proof of a package stands."""
    return package.with_name(package.name + tlog.SUFFIX)


def proof_of(archives: Path, package: Path, digest: Digest) -> tuple[LogKey, Proof]:
    """A proof of the package whose file has this digest, and the key that vouches for it: the one
    that stands beside it, under an older checkpoint perhaps, or a new one. Raises `InvalidInput`
    where no log has it."""
    fault: InvalidInput | None = None
    for log in ledger.logs(archives):
        try:
            proof = _proof(archives, log, digest)
        except InvalidInput as other:
            fault = other if fault is None or other.code != "ledger.unknown" else fault
            continue
        return log.key, _standing(proof_beside(package), log.key, proof) or proof
    raise fault or InvalidInput("ledger.none", "no ledger", where=str(ledger.folder_of(archives)))


def _standing(path: Path, key: LogKey, proof: Proof) -> Proof | None:
    """The proof of the same line that stands there already."""
    try:
        octets = read_regular(path, tlog.MAX_OCTETS, "the proof")
        found = tlog.read_proof(octets, key)
    except InvalidInput:
        return None
    return found if found.line == proof.line else None


def _proof(archives: Path, log: ledger.Log, digest: Digest) -> Proof:
    with held(log) as one:
        under = log.checkpoint() or Checkpoint(0, b"", "")
        try:
            return one.prove(digest, under)
        except InvalidInput as fault:
            chosen = logkeys.standing(archives) if fault.code == "ledger.unsigned" else None
            signer = None if chosen is None or chosen.log != log else chosen.signer()
            if chosen is None or signer is None:
                raise
            return one.prove(digest, one.sign(signer, chosen.own) or under)


def consistency(archives: Path, old: int, log: str | None = None) -> tuple[str, str]:
    """That the first `old` lines of a log are still the first ones under its last checkpoint:
    the log's name, and the proof as text.

    Raises `InvalidInput` for a size that the log does not have, or where nothing is signed.
    """
    chosen = logkeys.needed(archives)[0] if log is None else _log(archives, log)
    last = chosen.checkpoint()
    if last is None or not 0 < old <= last.size:
        signed = 0 if last is None else last.size
        raise InvalidInput("ledger.size", f"1 to {signed} lines are signed", where=f"{chosen.id}")
    with held(chosen) as one:
        return chosen.id, tlog.consistency_lines(old, one.consistency(old, last), last)


def _log(archives: Path, name: str) -> ledger.Log:
    if name not in ledger.names_of(archives):
        raise InvalidInput("ledger.unknown", "no such log", where=name, hint="archiver log verify")
    return ledger.open_log(ledger.folder_of(archives) / name)
