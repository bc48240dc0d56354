"""`report`: what a package says, as one page for a person, beside the package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archiver.attest.trust import Trust
from archiver.custody.disk import write_beside
from archiver.package.container import measured
from archiver.report.html.page import report as page_of
from archiver.report.sealed import Sealed
from archiver.report.subject import Subject, timeless
from archiver.verbs.beside import cosigned
from archiver.verbs.chronicle import Chronicle, archives_around, chronicle, told_of
from archiver.verbs.reading import Believed, believed
from archiver.verbs.trusting import Named, trusted

SUFFIX = ".report.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """The report on the package with this id. `written` is False where it stood there
    already, with these very octets."""

    package: str
    id: str
    output: Path
    octets: bytes
    written: bool


def report(
    package: Path | str,
    output: Path | str | None = None,
    *,
    trust: Trust | Named = (),
) -> Reported:
    """Write the report on a package beside it (`X.wacz.report.html`), or to `output`.

    It follows from the package, what stands beside it, whom this person trusts (`trust` as for
    `verify`), and what the ledger tells of it in whose archives folder it stands. Raises
    `Refused` where the package does not verify, `InvalidInput` for what is no package,
    `StorageFailed` where the page cannot be written or another file has its name.
    """
    path = Path(package)
    to = path.with_name(f"{path.name}{SUFFIX}") if output is None else Path(output)
    believing = trusted(trust)
    with believed(path, believing) as found:
        octets = page_of(subject_of(found, path, chronicle(archives_around(path))))
        identity = str(found.package.id)
    return Reported(
        package=str(package),
        id=identity,
        output=to,
        octets=octets,
        written=write_beside(to, octets),
    )


def subject_of(found: Believed, path: Path, ledger: Chronicle | None = None) -> Subject:
    """An intact package as a report tells of it; good while the file is open."""
    whole = measured("", found.source, 0, found.source.size())
    custody = told_of(ledger, whole.digest)
    report = timeless(found.report)
    sealed = Sealed(
        name=path.name,
        size=whole.size,
        digest=whole.digest,
        package=found.package,
        primary=found.primary,
        cosigned=cosigned(report, path),
        stamps=report.stamps,
    )
    return Subject(
        sealed=sealed,
        report=report,
        derived=found.derived,
        history=custody.history,
        gaps=custody.gaps,
        withdrawn=custody.withdrawn,
    )
