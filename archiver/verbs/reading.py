"""`verify`, `show` and `compare`: what a package is worth, says and contains."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from archiver.attest.trust import Trust
from archiver.case.seedtext import SeedText, read_seed_text
from archiver.custody.disk import storage
from archiver.digest import Digest
from archiver.errors import InvalidInput, Problem, Refused
from archiver.judge import compare as comparing
from archiver.judge import seed as seeds
from archiver.judge.claims import Stated
from archiver.judge.comparison import to_document
from archiver.openfile import OpenFile
from archiver.ownwords import SOFTWARE
from archiver.package.derive import (
    COMPARISON,
    OUTCOME,
    SEED,
    Derived,
    Primary,
    compared,
    page_record,
    stated_beside,
)
from archiver.package.reading import Package
from archiver.report.words import verdict_sentence
from archiver.verbs.beside import with_sidecars
from archiver.verbs.sidecars import with_stamps
from archiver.verbs.trusting import Named, trusted
from archiver.verify.amendments import Statement
from archiver.verify.checks import NOBODY, Examination, examination
from archiver.verify.report import Check, Report
from archiver.verify.revocation import weighed


def verify(
    package: Path | str,
    expected_id: Digest | None = None,
    *,
    trust: Trust | Named = (),
    tsa_roots: Path | None = None,
) -> Report:
    """Verify one package and what stands beside it; offline, and nothing is written.

    `expected_id` is a package id noted elsewhere: the package must be that very one. `trust`
    names keys (fingerprints, files with public keys) that are trusted besides one's own and
    those of the trust list; a `Trust` stands in the place of all of them. `tsa_roots` is a PEM
    file with roots of time-stamp authorities that are believed besides those of the
    configuration. Raises `InvalidInput` where there is no such regular file (or no key in
    `trust`, no root in `tsa_roots`), `StorageFailed` where it cannot be read; whatever stands
    in it is in the report.
    """
    believing = trusted(trust)
    with opened(Path(package)) as file:
        report = _examined(file, Path(package), believing, tsa_roots).report
    if expected_id is None or not report.readable:
        return report
    return replace(report, checks=(*report.checks, _identity(report, expected_id)))


def _examined(
    file: BinaryIO, package: Path, trust: Trust, tsa_roots: Path | None = None
) -> Examination:
    """What verifying a package file read, its report on all that stands beside it as well."""
    done = examination(file, str(package), SOFTWARE, trust)
    report = with_stamps(with_sidecars(done, package, trust), package, done.source, tsa_roots)
    return replace(done, report=weighed(report))


def _identity(report: Report, expected: Digest) -> Check:
    proves = "the package is the one whose id you named"
    if report.id is None:
        return Check(name="identity", proves=proves, status="skipped")
    if report.id == str(expected):
        return Check(name="identity", proves=proves, status="passed")
    what = f"the id is {report.id}, not {expected}"
    problem = Problem(where=report.package, rule="identity", what=what)
    return Check(name="identity", proves=proves, status="failed", problems=(problem,))


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What a package says, after it was verified. The documents are those in the package; what
    was said after the sealing is in `report.amendments`, the latest of both in `now`."""

    report: Report
    claimed: Mapping[str, Any]
    assessed: Mapping[str, Any]
    capture: Mapping[str, Any]
    outcome: Mapping[str, Any]
    comparison: Mapping[str, Any]
    seed: Mapping[str, Any] | None

    @property
    def now(self) -> Statement:
        """What is claimed and thought as of the last amendment."""
        if self.report.amendments:
            return self.report.amendments[-1].said
        return Statement(claimed=self.claimed, assessed=self.assessed)


def show(package: Path | str, *, trust: Trust | Named = ()) -> Shown:
    """What a package says; `trust` as for `verify`.

    Raises `Refused` where it does not verify: a forgery is not shown.
    """
    from archiver.capturejson import to_document

    believing = trusted(trust)
    with believed(Path(package), believing) as found:
        primary, documents = found.primary, found.package
        return Shown(
            report=found.report,
            claimed=primary.claimed,
            assessed=primary.assessed,
            capture=to_document(primary.observation),
            outcome=documents.document(OUTCOME),
            comparison=documents.document(COMPARISON),
            seed=documents.document(SEED) if SEED in documents.exhibits else None,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A comparison made anew. `text` is the file from outside, None for the package's own."""

    source: str
    seed_sha256: str | None
    text: str | None
    comparison: comparing.Comparison
    document: Mapping[str, Any]


def compare(package: Path | str, text: Path | None = None) -> Compared:
    """Compare a seed text with the page in a package, passage by passage.

    Without `text` the package's own text (or its digests) is compared. Raises `Refused`
    where the package does not verify, `InvalidInput` for a text that cannot be read.
    """
    return compare_each(package, [text])[0]


def compare_each(package: Path | str, texts: Sequence[Path | None]) -> list[Compared]:
    """Compare several texts with the page in a package, as `compare` does, verifying it once."""
    with believed(Path(package)) as found:
        record, derived = page_record(found.primary), found.derived
        made = []
        for text in texts:
            if text is None:
                claim, digest = derived.claim, _own_digest(found.package)
            else:
                claim, digest = _claim_of(text, stated_beside(found.primary))
            done = compared(claim, derived.page, derived.signs)
            made.append(
                Compared(
                    source=found.primary.observation.source,
                    seed_sha256=digest,
                    text=None if text is None else str(text),
                    comparison=done,
                    document=to_document(done, derived.page, None if record is None else record.id),
                )
            )
        return made


def _own_digest(package: Package) -> str | None:
    """The digest of the package's own seed text; None where there is none, or it is withheld."""
    if SEED not in package.exhibits:
        return None
    digest = seeds.raw_digest(package.document(SEED))
    return None if digest is None else str(digest)


def _claim_of(text: Path, stated: Stated) -> tuple[comparing.Claim, str]:
    """What a text from outside says, with what the package's claim states beside its own."""
    seed = _read_text(text)
    if seed.header is not None and seed.header.title:
        stated = replace(stated, title=seed.header.title)
    if seed.header is not None and seed.header.date is not None:
        stated = replace(stated, published=seed.header.date)
    return comparing.Claim(passages=seeds.passages(seed), stated=stated), str(seed.sha256)


def _read_text(text: Path) -> SeedText:
    """A seed text from outside the package."""
    from archiver.case.files import read_regular
    from archiver.case.reading import MAX_TEXT_OCTETS

    octets = read_regular(text, MAX_TEXT_OCTETS, "the seed text")
    if octets.startswith(b"PK\x03\x04"):
        raise InvalidInput("seed.package", "is a package, not a seed text", where=str(text))
    try:
        return read_seed_text(octets)
    except InvalidInput as fault:
        fault.where = fault.where or str(text)
        raise


@contextmanager
def opened(package: Path) -> Iterator[BinaryIO]:
    """The package file, which must be a regular one: a pipe would hang, a device never end."""
    with storage(package, "read the package"):
        try:
            descriptor = os.open(package, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            raise InvalidInput(
                "package.missing", "no such file", where=str(package), hint="check the path"
            ) from None
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            os.close(descriptor)
            raise InvalidInput(
                "package.kind",
                "not a regular file",
                where=str(package),
                hint="it is a folder: name a package in it" if stat.S_ISDIR(mode) else "",
            )
        with os.fdopen(descriptor, "rb") as file:
            yield file


@dataclass(frozen=True, kw_only=True, slots=True)
class Believed:
    """A package that is intact: its report, the open file, and all that was read in it."""

    report: Report
    source: OpenFile
    package: Package
    primary: Primary
    derived: Derived


@contextmanager
def believed(package: Path, trust: Trust = NOBODY) -> Iterator[Believed]:
    """A package, where it is intact.

    Raises `Refused` where it or what stands beside it does not verify, `InvalidInput` for what
    is no package.
    """
    with opened(Path(package)) as file:
        done = _examined(file, Path(package), trust)
        if done.report.verdict == "unreadable":
            raise InvalidInput("package.unreadable", "not an evidence package", where=str(package))
        if done.report.verdict == "refused":
            raise Refused(
                "package.refused",
                verdict_sentence(done.report),
                where=str(package),
                hint="archiver verify says what is wrong",
            )
        # Every check has passed, so all of it was read.
        assert done.package is not None  # noqa: S101
        assert done.primary is not None  # noqa: S101
        assert done.derived is not None  # noqa: S101
        yield Believed(
            report=done.report,
            source=done.source,
            package=done.package,
            primary=done.primary,
            derived=done.derived,
        )
