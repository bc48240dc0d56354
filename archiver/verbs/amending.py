"""`amend`: claims and opinion that come after the sealing, as a signed file beside the package."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from archiver import canonical
from archiver.attest import sshsig
from archiver.case.model import Case, Publish
from archiver.case.person import LINE, person
from archiver.case.reading import load_case
from archiver.custody.disk import write_beside
from archiver.custody.keyring import OwnKey
from archiver.digest import Digest
from archiver.errors import InvalidInput, Problem
from archiver.moment import Clock, clock_from_environment, spell
from archiver.ownwords import SOFTWARE
from archiver.package.build import ASSESSED_FORMAT, CLAIMED_FORMAT, layer
from archiver.verbs.beside import basis_of
from archiver.verbs.reading import believed
from archiver.verbs.sealing import claimed_layer
from archiver.verbs.signing import Signing, choose
from archiver.verify.amendments import (
    Basis,
    Change,
    Statement,
    amendment,
    amendment_name,
    changes,
    unamendable,
)
from archiver.verify.sidecars import signature_name


@dataclass(frozen=True, kw_only=True, slots=True)
class Amended:
    """An amendment that was written: its file, its signature, and what it changes."""

    package: str
    id: str
    number: int
    amendment: Path
    signature: Path
    signed_by: Digest
    changes: tuple[Change, ...]
    made_key: OwnKey | None
    warnings: tuple[Problem, ...]


def amend(
    package: Path | str,
    case: Path | str,
    *,
    note: str = "",
    signing: Signing | None = None,
    clock: Clock | None = None,
) -> Amended:
    """Write what the case says now beside the package that was made of it.

    Raises `Refused` where the package does not verify, `InvalidInput` for an invalid case, one
    that is another's, one that says nothing else, and where there is no key to sign with;
    `StorageFailed` where it cannot be written.
    """
    path = Path(package)
    if note and LINE.fullmatch(note) is None:
        raise InvalidInput("amend.note", "the note is not a text of one line, up to 200 characters")
    loaded = load_case(Path(case))
    with believed(path) as found:
        last = found.report.amendments[-1] if found.report.amendments else None
        basis = replace(basis_of(found.package), last=last)
    said = _said(loaded, basis)
    _check(basis, said, str(case))
    chosen = choose(signing or Signing())
    if chosen.key is None:
        raise InvalidInput("key.none", f"no key to sign with: {chosen.why}", hint="--key names one")
    by = person()
    octets = canonical.to_file(
        amendment(
            basis,
            said,
            by={"name": by.name, "organisation": by.organisation},
            note=note,
            created=spell((clock or clock_from_environment()).now()),
            software=SOFTWARE,
        )
    )
    beside = path.with_name(amendment_name(path.name, basis.number))
    signature = beside.with_name(signature_name(beside.name, chosen.key.public))
    # First the signature, which is nothing by itself: an amendment is never there unsigned.
    write_beside(signature, sshsig.sign(Digest.of(octets), chosen.key))
    write_beside(beside, octets)
    return Amended(
        package=str(package),
        id=str(found.package.id),
        number=basis.number,
        amendment=beside,
        signature=signature,
        signed_by=chosen.key.public.fingerprint,
        changes=tuple(changes(basis.said, said)),
        made_key=chosen.made,
        warnings=loaded.warnings,
    )


def _said(case: Case, basis: Basis) -> Statement:
    """What the case says, in the form in which the package has it: at its own level of
    publication, which no amendment can raise."""
    sealed = basis.said.claimed.get("seed_text")
    publish = case.publish if sealed is None else Publish(sealed["publish"])
    return Statement(
        claimed=layer(CLAIMED_FORMAT, case.id, claimed_layer(case, publish)),
        assessed=layer(ASSESSED_FORMAT, case.id, case.assessed),
    )


def _check(basis: Basis, said: Statement, case: str) -> None:
    for field, what in unamendable(basis, said.claimed, said.assessed):
        raise InvalidInput(
            "amend.other",
            f"{field} {what}",
            where=case,
            hint="capture it anew: archiver capture CASE",
        )
    if not any(changes(basis.said, said)):
        raise InvalidInput(
            "amend.nothing",
            "the case says what the package says already",
            where=case,
            hint="change case.toml, then amend again",
        )
