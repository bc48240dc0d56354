"""The numbered checks of `archiver verify`, in order; the first that fails ends the run.

1. container   2. manifest   3. signature   4. warc   5. documents   6. agreement
7. handshakes   8. derivation

The third is made and listed only where the package bears a signature, the seventh only where
servers signed handshakes. A check gives problems, never a yes or no. What comes after a failed
check is skipped, and skipped is not passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from archiver.attest.p384 import PublicKey
from archiver.attest.signed import signer
from archiver.attest.trust import Trust
from archiver.case.schemas import faults, schema_octets
from archiver.errors import InvalidInput, Problem
from archiver.moment import is_spelled, latest_packing
from archiver.openfile import OpenFile
from archiver.package.archive import Entities, read_archive
from archiver.package.derive import (
    ASSESSED,
    CAPTURE,
    CLAIMED,
    COMPARISON,
    DATAPACKAGE,
    DIGEST,
    OUTCOME,
    SCHEMA,
    SEED,
    WARC,
    Derived,
    Primary,
    derive,
    main_page,
)
from archiver.package.reading import Package, looks_like_package, open_package, primary_of
from archiver.verify import handshakes
from archiver.verify.agreement import disagreements
from archiver.verify.ahead import Ahead, read_ahead
from archiver.verify.derivation import differences
from archiver.verify.listing import other_files, other_form, unlisted
from archiver.verify.report import Check, Report
from archiver.verify.said import said
from archiver.verify.webarchive import misrecorded
from archiver.warc import Record

NOBODY = Trust()
MAX_PROBLEMS = 200  # of one check: nobody reads more
SCHEMAS = {
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

    source: OpenFile
    software: str
    ahead: Ahead | None = None
    signed_by: PublicKey | None = None
    package: Package | None = None
    web: tuple[tuple[Record, ...], Entities] | None = None
    shapes: tuple[Problem, ...] = ()
    primary: Primary | None = None
    derived: Derived | None = None
    rebuilt: bool = False
    made_by: str | None = None

    @property
    def ours(self) -> bool:
        """Whether the package names this very version."""
        return self.made_by == self.software

    def opened(self) -> Package:
        assert self.package is not None  # noqa: S101 - check 1 has passed
        return self.package

    def read(self) -> Primary:
        assert self.primary is not None  # noqa: S101 - check 4 has passed
        return self.primary


@dataclass(frozen=True, kw_only=True, slots=True)
class Examination:
    """A report, and what the checks read for it; None where they did not come so far."""

    report: Report
    source: OpenFile
    package: Package | None = None
    primary: Primary | None = None
    derived: Derived | None = None


def examine(file: BinaryIO, name: str, software: str, trust: Trust = NOBODY) -> Report:
    """Verify a package. `software` names this version, which alone can derive again; `trust`
    are the keys that whoever asks says something of.

    Reads the file and nothing else; raises nothing for what it holds.
    """
    return examination(file, name, software, trust).report


def examination(file: BinaryIO, name: str, software: str, trust: Trust = NOBODY) -> Examination:
    """Verify as `examine` does, and hand on what was read: nobody needs to read it again."""
    examined = _Examined(source=OpenFile(file), software=software)
    if not looks_like_package(file):
        report = Report(package=name, id=None, checks=(), readable=False)
        return Examination(report=report, source=examined.source)
    checks: list[Check] = []
    failed = False
    try:
        for kind in _CHECKS:
            if not kind.listed(examined):
                continue
            problems = () if failed else _problems(kind.run, examined)
            status = "skipped" if failed else "failed" if problems else "passed"
            failed = status != "passed"
            proves = kind.proves if isinstance(kind.proves, str) else kind.proves(examined)
            checks.append(Check(name=kind.name, proves=proves, status=status, problems=problems))
    finally:
        if examined.ahead is not None:
            examined.ahead.stop()
    report = Report(
        package=name,
        id=None if examined.package is None else str(examined.package.id),
        checks=tuple(checks),
        signers=()
        if failed or examined.signed_by is None
        else (trust.signer(examined.signed_by.fingerprint),),
        rebuilt=examined.rebuilt,
        made_by=examined.made_by,
        said=None
        if failed or examined.derived is None
        else said(examined.read().observation, examined.derived),
    )
    return Examination(
        report=report,
        source=examined.source,
        package=examined.package,
        primary=examined.primary,
        derived=examined.derived,
    )


def _problems(
    run: Callable[[_Examined], Iterable[Problem]], examined: _Examined
) -> tuple[Problem, ...]:
    found: list[Problem] = []
    try:
        found.extend(islice(run(examined), MAX_PROBLEMS))
    except InvalidInput as fault:
        found.extend(
            fault.problems
            or [Problem(where=fault.where, rule=fault.code, what=fault.what, fix=fault.hint)]
        )
    except OSError:
        raise  # the disk's fault, not the package's
    except Exception as fault:  # noqa: BLE001 - what cannot be read is never accepted
        what = f"cannot be read ({type(fault).__name__}); please report this package"
        found.append(Problem(where="", rule="unexpected", what=what))
    return tuple(found)


def _container(examined: _Examined) -> Iterator[Problem]:
    examined.ahead = read_ahead(examined.source)
    examined.package = open_package(examined.source)
    yield from other_files(examined.package)


def _manifest(examined: _Examined) -> Iterator[Problem]:
    yield from unlisted(examined.opened())


def _bears_signature(examined: _Examined) -> bool:
    """Whether the package says that somebody signed it; what cannot be read says nothing."""
    try:
        return examined.package is not None and "signedData" in examined.package.document(DIGEST)
    except InvalidInput:
        return False


def _signature(examined: _Examined) -> Iterator[Problem]:
    package = examined.opened()
    signed, listed = (package.document(path) for path in (DIGEST, DATAPACKAGE))
    examined.signed_by = signer(signed["signedData"], package.id, listed)
    yield from ()


def _warc(examined: _Examined) -> Iterator[Problem]:
    package = examined.opened()
    # Another check's work, done while the other thread still reads; told when its turn comes.
    examined.shapes = _problems(_shapes, examined)
    web = None if examined.ahead is None else examined.ahead.web(package.exhibits[WARC])
    examined.web = web or read_archive(package.window(WARC))
    yield from misrecorded(*examined.web)


def _documents(examined: _Examined) -> Iterator[Problem]:
    if examined.shapes:
        yield from examined.shapes
        return
    package = examined.opened()
    primary = primary_of(package, examined.web)
    examined.made_by = primary.observation.software
    if not examined.ours:
        package.document(SCHEMA)  # another version's: never used, only read
    elif package.octets(SCHEMA) != schema_octets("case.schema.json"):
        yield Problem(where=SCHEMA, rule="schema", what="is not the schema of this version")
    # The schema only: the other rules of a case lean on lists that change (public suffixes),
    # and a package that was right once stays right.
    yield from faults(_case(primary), "case.schema.json")
    examined.primary = primary


def _shapes(examined: _Examined) -> Iterator[Problem]:
    package = examined.opened()
    for path, schema in SCHEMAS.items():
        if path not in package.exhibits:
            continue
        yield from other_form(package, path)
        for problem in faults(package.document(path), schema):
            where = f"{path} {problem.where}".strip()
            yield Problem(where=where, rule=problem.rule, what=problem.what)
    if not is_spelled(str(package.document(DATAPACKAGE).get("created"))):
        yield Problem(where=f"{DATAPACKAGE} created", rule="date", what="is no moment")


def _case(primary: Primary) -> dict[str, object]:
    """The two layers as the one document that the case's schema describes."""
    merged = {**primary.claimed, **primary.assessed}
    return {key: value for key, value in merged.items() if key not in ("format", "case")}


def _agreement(examined: _Examined) -> Iterator[Problem]:
    package, primary = examined.opened(), examined.read()
    listed, seen = package.document(DATAPACKAGE), primary.observation
    url, date, _ = main_page(seen) if seen.of_source() else ("", "", None)
    said = (
        ("id", seen.capture_id),
        ("software", seen.software),
        ("mainPageUrl", url),
        ("mainPageDate", date),
    )
    for name, value in said:
        if listed.get(name) != value:
            yield Problem(
                where=f"{DATAPACKAGE} {name}",
                rule="agreement",
                what=f"is {listed.get(name)!s:.200}, {CAPTURE} gives {value:.200}",
            )
    if not seen.ended <= listed["created"] <= latest_packing(seen.ended):
        what = "is not within a day after the end of the capture"
        yield Problem(where=f"{DATAPACKAGE} created", rule="agreement", what=what)
    yield from disagreements(primary, ours=examined.ours)


def _handshakes_signed(examined: _Examined) -> bool:
    """Whether servers signed handshakes, as far as that can be read."""
    return examined.primary is not None and handshakes.signed(examined.primary.observation)


def _handshakes_prove(examined: _Examined) -> str:
    return handshakes.proves(examined.read().observation)


def _handshakes(examined: _Examined) -> Iterator[Problem]:
    yield from handshakes.unsigned(examined.read())


def _derivation(examined: _Examined) -> Iterator[Problem]:
    primary = examined.read()
    examined.derived = derive(primary)
    found = tuple(differences(examined.opened(), primary, examined.derived, ours=examined.ours))
    examined.rebuilt = examined.ours and not found
    yield from found


@dataclass(frozen=True, slots=True)
class _Kind:
    """A check: its name, what it proves, how it is made, and whether there is anything to check."""

    name: str
    proves: str | Callable[[_Examined], str]
    run: Callable[[_Examined], Iterable[Problem]]
    listed: Callable[[_Examined], bool] = lambda _: True


_CHECKS = (
    _Kind("container", "the file is exactly the one byte string that its entries make", _container),
    _Kind("manifest", "every file is listed with its size and digest, and no other", _manifest),
    _Kind(
        "signature",
        "the key that the package names signed its id, and so every file in it",
        _signature,
        listed=_bears_signature,
    ),
    _Kind("warc", "the web archive is whole, record by record, to its last octet", _warc),
    _Kind(
        "documents",
        "every document has its one form and is valid by a schema known here",
        _documents,
    ),
    _Kind("agreement", "what is said of the capture is what the recorded octets show", _agreement),
    _Kind("handshakes", _handshakes_prove, _handshakes, listed=_handshakes_signed),
    _Kind(
        "derivation",
        "outcome, comparison, index and manifests follow from the exhibits",
        _derivation,
    ),
)
CHECK_NAMES = tuple(kind.name for kind in _CHECKS)
# What each check proves, where that hangs on no package.
PROVES = {kind.name: kind.proves for kind in _CHECKS if isinstance(kind.proves, str)}
