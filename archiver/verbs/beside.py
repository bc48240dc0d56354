"""What stands beside a package file: further signatures over it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from archiver.attest import sshsig
from archiver.attest.p384 import PublicKey
from archiver.attest.trust import Trust
from archiver.case.files import read_regular
from archiver.custody.disk import names_in
from archiver.errors import InvalidInput
from archiver.openfile import OpenFile
from archiver.package.container import measured
from archiver.verify.report import Check, Report
from archiver.verify.sidecars import CHECK, check_signature, is_signature_of, proves


def with_signatures(report: Report, file: BinaryIO, package: Path, trust: Trust) -> Report:
    """The report on a package file with a check of every signature beside it."""
    beside = signatures_of(package) if report.readable else ()
    if not beside:
        return report
    if not report.intact:
        skipped = (Check(name=CHECK, proves=proves(name), status="skipped") for name in beside)
        return replace(report, checks=(*report.checks, *skipped))
    source = OpenFile(file)
    digest = measured("", source, 0, source.size()).digest
    checks, signers = list(report.checks), list(report.signers)
    for name in beside:
        octets = _octets(package.with_name(name))
        check, signer = check_signature(name, octets, package.name, digest, trust)
        checks.append(check)
        signers += [] if signer is None else [signer]
    return replace(report, checks=tuple(checks), signers=tuple(signers))


def cosigned(report: Report, package: Path) -> tuple[tuple[str, PublicKey], ...]:
    """The keys of the signatures beside a package, which this report found to hold."""
    names = [one.where for one in report.signers if one.where is not None]
    return tuple((name, sshsig.key_of(_read(package.with_name(name)))) for name in names)


def signatures_of(package: Path) -> tuple[str, ...]:
    """The names of the signatures beside a package."""
    names = names_in(package.parent)
    return tuple(sorted(name for name in names if is_signature_of(name, package.name)))


def _octets(signature: Path) -> bytes | InvalidInput:
    try:
        return _read(signature)
    except InvalidInput as fault:
        return fault


def _read(signature: Path) -> bytes:
    return read_regular(signature, sshsig.MAX_OCTETS, "the signature")
