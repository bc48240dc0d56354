"""The numbered checks of `archiver verify`, in order; the first that fails ends the run.

1. container   2. manifest   3. warc   4. documents   5. agreement   6. derivation

A check gives problems, never a yes or no. What comes after a failed check is skipped,
and skipped is not passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from archiver import warc
from archiver.canonical import to_file
from archiver.case.reading import document_faults
from archiver.case.schemas import faults, schema_octets
from archiver.errors import InvalidInput, Problem
from archiver.moment import is_spelled
from archiver.package import manifest
from archiver.package.build import primary_files
from archiver.package.derive import (
    ASSESSED,
    CAPTURE,
    CLAIMED,
    COMPARISON,
    DATAPACKAGE,
    DIGEST,
    INDEX,
    MANIFEST,
    MEDIA_TYPES,
    OUTCOME,
    PAGES,
    SCHEMA,
    SEED,
    SEED_TEXT,
    WARC,
    Derived,
    Primary,
    derive,
    seed_text,
)
from archiver.package.reading import Package, looks_like_package, open_package, primary_of
from archiver.verify.agreement import disagreements
from archiver.verify.report import Check, Report, Said

_ALWAYS = frozenset(
    (
        WARC,
        CAPTURE,
        CLAIMED,
        ASSESSED,
        SCHEMA,
        COMPARISON,
        OUTCOME,
        MANIFEST,
        INDEX,
        PAGES,
        DATAPACKAGE,
        DIGEST,
    )
)
_SCHEMAS = {
    CAPTURE: "capture.schema.json",
    CLAIMED: "claimed.schema.json",
    ASSESSED: "assessed.schema.json",
    COMPARISON: "comparison.schema.json",
    OUTCOME: "outcome.schema.json",
    SEED: "seed.schema.json",
    DATAPACKAGE: "datapackage.schema.json",
    DIGEST: "datapackage-digest.schema.json",
}


@dataclass(slots=True)
class _Examined:
    """What the checks so far have established, for those that follow."""

    file: BinaryIO
    software: str
    package: Package | None = None
    primary: Primary | None = None
    derived: Derived | None = None
    rebuilt: bool = False
    made_by: str | None = None
    notes: list[str] = field(default_factory=list)

    def opened(self) -> Package:
        assert self.package is not None  # noqa: S101 - check 1 has passed
        return self.package

    def read(self) -> Primary:
        assert self.primary is not None  # noqa: S101 - check 4 has passed
        return self.primary


def examine(file: BinaryIO, name: str, software: str) -> Report:
    """Verify a package. `software` names this version, which alone can derive again.

    Reads the file and nothing else; raises nothing for what it holds.
    """
    if not looks_like_package(file):
        return Report(package=name, id=None, checks=(), readable=False)
    examined = _Examined(file=file, software=software)
    checks: list[Check] = []
    failed = False
    for check, proves, run in _CHECKS:
        if failed:
            checks.append(Check(name=check, proves=proves, status="skipped"))
            continue
        problems = _problems(run, examined)
        failed = bool(problems)
        status = "failed" if failed else "passed"
        checks.append(Check(name=check, proves=proves, status=status, problems=problems))
    return Report(
        package=name,
        id=None if examined.package is None else str(examined.package.id),
        checks=tuple(checks),
        rebuilt=examined.rebuilt,
        made_by=examined.made_by,
        said=None if failed else _said(examined),
    )


def _problems(
    run: Callable[[_Examined], Iterable[Problem]], examined: _Examined
) -> tuple[Problem, ...]:
    try:
        return tuple(run(examined))
    except InvalidInput as fault:
        if fault.problems:
            return fault.problems
        return (Problem(where=fault.where, rule=fault.code, what=fault.what, fix=fault.hint),)


def _container(examined: _Examined) -> Iterator[Problem]:
    examined.package = open_package(examined.file)
    present = set(examined.package.exhibits)
    for path in sorted(_ALWAYS - present):
        yield Problem(where=path, rule="container", what="the package lacks this file")
    for path in sorted(present - _ALWAYS - {SEED, SEED_TEXT}):
        yield Problem(where=path, rule="container", what="a file that no package has")


def _manifest(examined: _Examined) -> Iterator[Problem]:
    package = examined.opened()
    listed = package.document(DATAPACKAGE)
    yield from _form(package, DATAPACKAGE)
    yield from _form(package, DIGEST)
    said = package.document(DIGEST)
    if said.get("hash") != str(package.id) or said.get("path") != DATAPACKAGE:
        yield Problem(
            where=DIGEST,
            rule="manifest",
            what=f"names {said.get('hash')!s:.80}, datapackage.json has {package.id}",
        )
    if set(said) != {"hash", "path"}:
        # Signatures are not made by this version; one that is there cannot be vouched for.
        yield Problem(where=DIGEST, rule="manifest", what="holds members that are not checked")
    expected = [
        {
            "bytes": one.size,
            "hash": str(one.digest),
            "mediatype": MEDIA_TYPES[path],
            "name": path.replace("/", "-"),
            "path": path,
        }
        for path, one in sorted(package.exhibits.items())
        if path not in (DATAPACKAGE, DIGEST)
    ]
    yield from _resources(listed.get("resources"), expected)
    rest = {
        path: one
        for path, one in package.exhibits.items()
        if path not in (DATAPACKAGE, DIGEST, MANIFEST)
    }
    if package.octets(MANIFEST) != manifest.sums(rest):
        yield Problem(where=MANIFEST, rule="manifest", what="is not the list of these files")


def _resources(listed: object, expected: list[dict[str, object]]) -> Iterator[Problem]:
    if not isinstance(listed, list):
        yield Problem(where=f"{DATAPACKAGE} resources", rule="manifest", what="not a list")
        return
    for number, one in enumerate(expected):
        found = listed[number] if number < len(listed) else None
        if found != one:
            yield Problem(
                where=f"{DATAPACKAGE} resources[{number}]",
                rule="manifest",
                what=f"does not describe {one['path']} as it is ({one['hash']})",
            )
    if len(listed) > len(expected):
        yield Problem(
            where=f"{DATAPACKAGE} resources", rule="manifest", what="lists more than there is"
        )


def _form(package: Package, path: str) -> Iterator[Problem]:
    if to_file(package.document(path)) != package.octets(path):
        yield Problem(where=path, rule="canonical", what="is not in its one canonical form")


def _warc(examined: _Examined) -> Iterator[Problem]:
    records = tuple(warc.read(examined.opened().window(WARC)))
    if not records:
        yield Problem(where=WARC, rule="warc", what="holds no record")
    for record in records:
        if not is_spelled(record.date):
            yield Problem(where=f"{WARC} {record.id}", rule="warc", what="has no proper date")


def _documents(examined: _Examined) -> Iterator[Problem]:
    package = examined.opened()
    for path, schema in _SCHEMAS.items():
        if path not in package.exhibits:
            continue
        yield from _form(package, path)
        for problem in faults(package.document(path), schema):
            yield Problem(
                where=f"{path} {problem.where}".strip(), rule=problem.rule, what=problem.what
            )
    if package.octets(SCHEMA) != schema_octets("case.schema.json"):
        yield Problem(where=SCHEMA, rule="schema", what="is not the schema of this version")
    primary = primary_of(package)
    errors, _ = document_faults(
        _case(primary), seed_text(primary), text_at_hand=primary.seed is not None
    )
    yield from errors
    examined.primary = primary


def _case(primary: Primary) -> dict[str, object]:
    """The two layers as the one document that the case's schema describes."""
    merged = {**primary.claimed, **primary.assessed}
    return {key: value for key, value in merged.items() if key not in ("format", "case")}


def _agreement(examined: _Examined) -> Iterator[Problem]:
    yield from disagreements(examined.read())


def _derivation(examined: _Examined) -> Iterator[Problem]:
    package, primary = examined.opened(), examined.read()
    examined.made_by = primary.observation.software
    examined.derived = derive(primary)
    if primary.observation.software != examined.software:
        return
    listed = package.document(DATAPACKAGE)
    files = primary_files(primary) | dict(examined.derived.files)
    stays = {path: one for path, one in package.exhibits.items() if path in MEDIA_TYPES}
    files[DATAPACKAGE] = manifest.datapackage(
        stays, primary.observation, primary.claimed, str(listed.get("created"))
    )
    for path in sorted(set(package.exhibits) - set(files) - {WARC, MANIFEST, DIGEST}):
        yield Problem(where=path, rule="derivation", what="nothing here gives this file")
    for path, octets in sorted(files.items()):
        if path not in package.exhibits:
            yield Problem(where=path, rule="derivation", what="is missing")
        elif package.octets(path) != octets:
            yield _difference(path, package.octets(path), octets)
    examined.rebuilt = True


def _difference(path: str, found: bytes, expected: bytes) -> Problem:
    pairs = zip(found.splitlines(), expected.splitlines(), strict=False)
    for number, (theirs, ours) in enumerate(pairs, start=1):
        if theirs != ours:
            shown = [one.decode("utf-8", "replace").strip()[:120] for one in (theirs, ours)]
            return Problem(
                where=f"{path} line {number}",
                rule="derivation",
                what=f"says {shown[0]!r}, derived again it is {shown[1]!r}",
            )
    return Problem(where=path, rule="derivation", what="derived again it has another length")


_CHECKS: tuple[tuple[str, str, Callable[[_Examined], Iterable[Problem]]], ...] = (
    ("container", "the file is exactly the one byte string that its entries make", _container),
    ("manifest", "every file is listed with its size and digest, and no other", _manifest),
    ("warc", "the web archive is whole, record by record, to its last octet", _warc),
    (
        "documents",
        "every document has its one form and is valid by a schema known here",
        _documents,
    ),
    ("agreement", "what is said of the capture is what the recorded octets show", _agreement),
    (
        "derivation",
        "outcome, comparison, index and manifests follow from the exhibits",
        _derivation,
    ),
)
CHECK_NAMES = tuple(name for name, _, _ in _CHECKS)


def _said(examined: _Examined) -> Said | None:
    if examined.derived is None:
        return None
    seen = examined.read().observation
    settings = seen.settings
    notes = []
    if seen.clock != "system":
        notes.append(f"clock from {seen.clock}")
    if settings.get("allow_private_addresses"):
        notes.append("--allow-private-addresses")
    if settings.get("controls_given"):
        notes.append("--control")
    if settings.get("ca_file"):
        notes.append("--ca-file")
    return Said(
        observation=seen,
        outcome=examined.derived.outcome,
        comparison=examined.derived.comparison.result,
        not_default=tuple(notes),
    )
