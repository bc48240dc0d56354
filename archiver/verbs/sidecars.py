"""The files beside a package that say something of it: today its time stamps."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from archiver import moment
from archiver.case.files import read_regular
from archiver.case.person import configuration
from archiver.custody.disk import storage
from archiver.errors import InvalidInput, Problem
from archiver.openfile import OpenFile
from archiver.verify.report import Report

if TYPE_CHECKING:
    from archiver.attest.chains import Root
    from archiver.attest.stamps import Digests
    from archiver.verify.stamps import Sidecar

STAMP, REQUEST = ".tsr", ".tsq"
AUTHORITIES = "tsa"  # in the configuration folder
MAX_STAMPS = 64  # beside one package; more are refused unread


def names_of_stamps(package: Path) -> list[str]:
    """The names of the time stamps beside a package."""
    start = f"{package.name}."
    with storage(package.parent, "list the folder"):
        return sorted(
            one.name
            for one in package.parent.iterdir()
            if one.name.startswith(start) and one.name.endswith(STAMP)
        )


def with_stamps(
    report: Report, package: Path, file: OpenFile, tsa_roots: Path | None = None
) -> Report:
    """The report of a package together with what the time stamps beside it are worth now.

    Where there is none nothing is read, and nothing added. Roots are those of the
    configuration and of `tsa_roots`. Raises `InvalidInput` where these cannot be read.
    """
    names = names_of_stamps(package) if report.readable else []
    if not names:
        return report
    from archiver.attest.stamps import Bounds
    from archiver.verify.stamps import Beside, examine_stamps, skipped

    sidecars = (
        *(read_stamp(package.with_name(name)) for name in names[:MAX_STAMPS]),
        *(_too_many(name) for name in names[MAX_STAMPS:][:1]),
    )
    if not report.intact or report.said is None:
        return replace(report, checks=(*report.checks, *skipped(sidecars)))
    earliest = moment.seconds(report.said.observation.ended)
    beside = Beside(
        name=package.name,
        digests=digests_of_file(file),
        roots=(*chosen_roots(), *(() if tsa_roots is None else roots_in(tsa_roots))),
        bounds=Bounds(earliest=earliest, now=moment.now()),
    )
    checks, stamps = examine_stamps(sidecars, beside)
    return replace(report, checks=(*report.checks, *checks), stamps=stamps)


def _too_many(name: str) -> Sidecar:
    from archiver.verify.stamps import Sidecar

    what = f"more than {MAX_STAMPS} time stamps are beside the package"
    return Sidecar(name=name, response=b"", fault=Problem(where=name, rule="stamp", what=what))


def read_stamp(path: Path) -> Sidecar:
    """A stamp's file with its request, if that is there."""
    from archiver.attest.tsp import MAX_OCTETS
    from archiver.verify.stamps import Sidecar

    try:
        response = read_regular(path, MAX_OCTETS, "the time stamp")
        request = None
        with_request = path.with_name(path.name.removesuffix(STAMP) + REQUEST)
        if with_request.is_symlink() or with_request.exists():
            request = read_regular(with_request, MAX_OCTETS, "the time stamp's request")
    except InvalidInput as fault:
        problem = Problem(where=path.name, rule=fault.code, what=fault.what, fix=fault.hint)
        return Sidecar(name=path.name, response=b"", fault=problem)
    return Sidecar(name=path.name, response=response, request=request)


def digests_of_file(file: OpenFile) -> Digests:
    """The digests of a whole file, each computed when it is first asked for."""

    @cache
    def digest(algorithm: str) -> bytes:
        made = hashlib.new(algorithm)
        for piece in file.pieces(0, file.size()):
            made.update(piece)
        return made.digest()

    return digest


def any_chosen() -> bool:
    """Whether this person has chosen any time-stamp authority, by a look at the folder alone."""
    return any((configuration() / AUTHORITIES).glob("*.pem"))


def chosen_roots() -> tuple[Root, ...]:
    """The roots of the authorities in this person's configuration."""
    from archiver.attest.authorities import read_authorities

    return tuple(
        root for one in read_authorities(configuration() / AUTHORITIES) for root in one.roots
    )


def roots_in(path: Path) -> tuple[Root, ...]:
    """The roots of a PEM file. Raises `InvalidInput` where it holds none."""
    from archiver.attest.authorities import MAX_ROOTS
    from archiver.attest.chains import roots_of

    octets = read_regular(path, MAX_ROOTS, "the file of roots")
    try:
        return roots_of(path.stem, octets)
    except InvalidInput as fault:
        fault.where = str(path)
        raise
