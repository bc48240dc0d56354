"""`cross`: what the other side will object to a package, and what would cure it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.attest.trust import Trust
from archiver.errors import Exit, InvalidInput
from archiver.report.cross.all import objections
from archiver.report.cross.objection import Objection, Witness
from archiver.verbs.chronicle import archives_around, chronicle
from archiver.verbs.reading import believed
from archiver.verbs.reporting import subject_of
from archiver.verbs.trusting import Named, trusted
from archiver.verify.addresses import same_address


@dataclass(frozen=True, kw_only=True, slots=True)
class Crossed:
    """The objections to the package with this id."""

    package: str
    id: str
    objections: tuple[Objection, ...]

    @property
    def exit(self) -> Exit:
        """What `--exit-status` ends with."""
        return Exit.CHANGED if self.objections else Exit.OK


def cross(
    package: Path | str,
    others: Sequence[Path | str] = (),
    *,
    trust: Trust | Named = (),
) -> Crossed:
    """What the other side will object. `others` are further captures of the same source, which
    answer some of it; `trust` is as for `verify`. The ledger counts in whose archives folder the
    package stands.

    Raises `Refused` where a package does not verify, `InvalidInput` where one is none, or of
    another source.
    """
    believing = trusted(trust)
    with believed(Path(package), believing) as found:
        subject = subject_of(found, Path(package), chronicle(archives_around(Path(package))))
        witnesses = [_witness(Path(one), subject.seen.source, believing) for one in others]
        made = objections(subject, [one for one in witnesses if one.seen != subject.seen])
        return Crossed(package=str(package), id=str(found.package.id), objections=made)


def _witness(package: Path, source: str, trust: Trust) -> Witness:
    with believed(package, trust) as found:
        seen = found.primary.observation
        if seen.source != source and not same_address(seen.source, source):
            raise InvalidInput(
                "cross.source",
                f"is of another source: {seen.source:.200}",
                where=str(package),
                hint="another capture of the same source can answer objections",
            )
        return Witness(seen=seen, outcome=found.derived.outcome)
