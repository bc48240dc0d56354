"""What stands beside a package file: further signatures over it, and amendments of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archiver.attest import sshsig
from archiver.attest.p384 import PublicKey
from archiver.attest.trust import Signer, Trust
from archiver.case.files import read_regular
from archiver.custody.disk import names_in
from archiver.digest import Digest
from archiver.errors import InvalidInput, Problem
from archiver.package.container import measured
from archiver.package.derive import ASSESSED, CLAIMED, DATAPACKAGE
from archiver.package.reading import Package
from archiver.verify import amendments, sidecars
from archiver.verify.amendments import Amendment, Basis, Statement, read_amendment
from archiver.verify.checks import Examination
from archiver.verify.report import Check, Report
from archiver.verify.sidecars import check_signature, is_signature_of


def with_sidecars(done: Examination, package: Path, trust: Trust) -> Report:
    """The report on a package file with a check of every signature and amendment beside it."""
    report = done.report
    if not report.readable:
        return report
    names = sorted(names_in(package.parent))
    signatures = [name for name in names if is_signature_of(name, package.name)]
    amended = sorted(
        number for name in names if (number := amendments.number_in(name, package.name))
    )
    if not report.intact:
        skipped = [_skipped(sidecars.CHECK, sidecars.proves(name)) for name in signatures]
        skipped += [_skipped(amendments.CHECK, _proves(number)) for number in amended]
        return replace(report, checks=(*report.checks, *skipped))
    if signatures:
        digest = measured("", done.source, 0, done.source.size()).digest
        for name in signatures:
            octets = _octets(package.with_name(name))
            check, signer = check_signature(name, octets, package.name, digest, trust)
            signers = () if signer is None else (signer,)
            report = _with_check(report, check, signers=(*report.signers, *signers))
    if not amended or done.package is None:
        return report
    return _with_amendments(report, basis_of(done.package), package, amended, trust)


def _with_check(report: Report, check: Check, **changed: object) -> Report:
    return replace(report, checks=(*report.checks, check), **changed)  # type: ignore[arg-type]


def _skipped(name: str, proves: str) -> Check:
    return Check(name=name, proves=proves, status="skipped")


def _proves(number: int) -> str:
    return f"amendment {number} is valid, signed, and of this package, next in order"


def _with_amendments(
    report: Report, basis: Basis, package: Path, numbers: list[int], trust: Trust
) -> Report:
    failed = False
    for number in numbers:
        if failed:
            report = _with_check(report, _skipped(amendments.CHECK, _proves(number)))
            continue
        name = amendments.amendment_name(package.name, number)
        try:
            _check_number(name, number, basis.number)
            found = _amendment(package.with_name(name), basis, trust)
        except InvalidInput as fault:
            failed = True
            problems = fault.problems or (
                Problem(where=name, rule=fault.code, what=fault.what, fix=fault.hint),
            )
            check = Check(
                name=amendments.CHECK, proves=_proves(number), status="failed", problems=problems
            )
            report = _with_check(report, check)
            continue
        basis = replace(basis, last=found)
        check = Check(name=amendments.CHECK, proves=_proves(number), status="passed")
        report = _with_check(report, check, amendments=(*report.amendments, found))
    return report


def _check_number(name: str, number: int, due: int) -> None:
    """The name counts as well: where one is left out, the next one would be in its way."""
    if number != due:
        what = f"is number {number} by its name, due here is {due}"
        raise InvalidInput("amendment.name", what, where=name)


def basis_of(opened: Package) -> Basis:
    """What the first amendment of an intact package builds on."""
    return Basis(
        package=opened.id,
        created=str(opened.document(DATAPACKAGE)["created"]),
        sealed=Statement(claimed=opened.document(CLAIMED), assessed=opened.document(ASSESSED)),
    )


def _amendment(path: Path, basis: Basis, trust: Trust) -> Amendment:
    octets = read_regular(path, amendments.MAX_OCTETS, "the amendment")
    return read_amendment(path.name, octets, basis, _signers(path, Digest.of(octets), trust))


def _signers(path: Path, digest: Digest, trust: Trust) -> list[Signer]:
    """Who signed an amendment. Raises `InvalidInput` for a signature that does not hold."""
    found = []
    for name in sorted(names_in(path.parent)):
        if is_signature_of(name, path.name):
            octets = _octets(path.with_name(name))
            check, signer = check_signature(name, octets, path.name, digest, trust)
            if signer is None:
                raise InvalidInput("signature", check.problems[0].what, where=name)
            found.append(signer)
    return found


def cosigned(report: Report, package: Path) -> tuple[tuple[str, PublicKey], ...]:
    """The keys of the signatures beside a package, which this report found to hold."""
    names = [one.where for one in report.signers if one.where is not None]
    return tuple((name, sshsig.key_of(_read(package.with_name(name)))) for name in names)


def _octets(signature: Path) -> bytes | InvalidInput:
    try:
        return _read(signature)
    except InvalidInput as fault:
        return fault


def _read(signature: Path) -> bytes:
    return read_regular(signature, sshsig.MAX_OCTETS, "the signature")
