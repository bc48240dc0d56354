"""`rebuild`: a package made again from its own primary exhibits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO, cast

from archiver.digest import Digest
from archiver.errors import Exit, InvalidInput, Problem, Refused
from archiver.ownwords import SOFTWARE
from archiver.package.build import Built, build
from archiver.package.container import Exhibit, exhibit, measured
from archiver.package.derive import DATAPACKAGE, WARC, Primary, derive
from archiver.package.reading import Package
from archiver.verbs.reading import opened
from archiver.verify.checks import examination
from archiver.verify.derivation import other_records, ruled, unlike
from archiver.verify.report import Report

# The checks that are about reading; those behind them are about what is derived.
_READABLE = ("container", "manifest", "warc", "documents")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuilt:
    """What making a package again came to.

    `file` and `again` are the SHA-256 of the package and of what was made; `again` is None
    where another version made the package. `compared` are the files that were made again;
    `differences` the first one in each that is another.
    """

    package: str
    made_by: str
    file: Digest
    again: Digest | None
    compared: tuple[str, ...]
    differences: tuple[Problem, ...]

    @property
    def same(self) -> bool:
        """Whether the very same octets came out."""
        return self.file == self.again and not self.differences

    @property
    def exit(self) -> Exit:
        """Same octets; another file; or only partly ours to make."""
        if self.differences or self.again not in (None, self.file):
            return Exit.REFUSED
        return Exit.OK if self.same else Exit.UNTRUSTED


def rebuild(package: Path | str) -> Rebuilt:
    """Make a package again from its primary exhibits and compare; nothing is written.

    Raises `Refused` where its exhibits cannot be read, `InvalidInput` for what is no
    package, `StorageFailed` for the disk.
    """
    with opened(Path(package)) as file:
        done = examination(file, str(package), SOFTWARE)
        _check_readable(done.report)
        found, primary, source = done.package, done.primary, done.source
        assert found is not None  # noqa: S101 - the checks about reading have passed
        assert primary is not None  # noqa: S101
        ours = primary.observation.software == SOFTWARE
        try:
            built = _built(found, primary) if ours else None
            files = _derived(primary) if built is None else _files(built)
        except InvalidInput as fault:
            raise _refused(str(package), fault.what) from fault
        differences = tuple(_differences(found, primary, files, ours=ours))
        return Rebuilt(
            package=str(package),
            made_by=primary.observation.software,
            file=measured("", source, 0, source.size()).digest,
            again=None if built is None else _digest(built),
            compared=tuple(sorted(files)),
            differences=differences,
        )


def _check_readable(report: Report) -> None:
    """Before anything is derived, the exhibits must be what they are said to be."""
    if not report.readable:
        raise InvalidInput("package.unreadable", "not an evidence package", where=report.package)
    for check in report.checks:
        if check.name in _READABLE and check.problems:
            first = check.problems[0]
            raise _refused(report.package, f"{first.where} {first.what}".strip())


def _refused(package: str, what: str) -> Refused:
    return Refused(
        "package.refused",
        f"cannot be made again: {what}",
        where=package,
        hint="archiver verify says what is wrong",
    )


def _built(found: Package, primary: Primary) -> Built:
    return build(
        archive=found.window(WARC),
        observation=primary.observation,
        claimed=primary.claimed,
        assessed=primary.assessed,
        seed=primary.seed,
        seed_document=primary.seed_document,
        created=str(found.document(DATAPACKAGE).get("created")),
    )


def _files(built: Built) -> dict[str, Exhibit]:
    return {one.path: one for one in built.exhibits if one.path != WARC}


def _derived(primary: Primary) -> dict[str, Exhibit]:
    return {path: exhibit(path, octets) for path, octets in ruled(derive(primary)).items()}


def _differences(
    found: Package, primary: Primary, files: dict[str, Exhibit], *, ours: bool
) -> Iterator[Problem]:
    if ours:
        yield from other_records(primary)
        for path in sorted(found.exhibits.keys() - files.keys() - {WARC}):
            yield Problem(where=path, rule="derivation", what="is a file that is not made")
    yield from unlike(found, files)


class _Digesting(BufferedIOBase):
    """A file that keeps nothing but the digest of what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.sha256 = sha256()

    def write(self, octets: bytes) -> int:  # type: ignore[override]
        self.sha256.update(octets)
        return len(octets)


def _digest(built: Built) -> Digest:
    sink = _Digesting()
    built.write(cast(BinaryIO, sink))
    return Digest(sink.sha256.hexdigest())
