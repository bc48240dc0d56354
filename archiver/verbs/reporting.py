"""`report`: what a package says, as one page for a person, beside the package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.attest.trust import Trust
from archiver.custody.disk import write_beside
from archiver.package.container import measured
from archiver.report.html.page import report as page_of
from archiver.report.sealed import Sealed
from archiver.report.subject import Event, Subject, timeless
from archiver.verbs.beside import cosigned
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
    history: Sequence[Event] = (),
    gaps: Sequence[str] = (),
) -> Reported:
    """Write the report on a package beside it (`X.wacz.report.html`), or to `output`.

    It follows from the package, what stands beside it, whom this person trusts (`trust` as for
    `verify`), and its custody, if that is given, with the `gaps` in it. Raises `Refused` where
    the package does not verify, `InvalidInput` for what is no package, `StorageFailed` where the
    page cannot be written or another file has its name.
    """
    path = Path(package)
    to = path.with_name(f"{path.name}{SUFFIX}") if output is None else Path(output)
    believing = trust if isinstance(trust, Trust) else trusted(trust)
    with believed(path, believing) as found:
        octets = page_of(subject_of(found, path, history, gaps))
        identity = str(found.package.id)
    return Reported(
        package=str(package),
        id=identity,
        output=to,
        octets=octets,
        written=write_beside(to, octets),
    )


def subject_of(
    found: Believed, path: Path, history: Sequence[Event] = (), gaps: Sequence[str] = ()
) -> Subject:
    """An intact package as a report tells of it; good while the file is open."""
    whole = measured("", found.source, 0, found.source.size())
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
        history=tuple(history),
        gaps=tuple(gaps),
    )
