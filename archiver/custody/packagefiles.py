"""The packages of an archives folder against the lines of its ledger."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from archiver.case.identity import LEDGER
from archiver.custody import store
from archiver.custody.audit import Capture
from archiver.custody.disk import TEMPORARY, storage
from archiver.errors import InvalidInput, Problem

_AGAIN = "restore it from a copy; archiver verify says more of it"


def against_lines(
    archives: Path, captures: Iterable[Capture], withdrawn: set[str]
) -> tuple[list[Problem], list[Problem]]:
    """Faults: a package that is not the file of its line. Findings: packages that are not here
    or of which no line tells, counted by case.

    Raises `StorageFailed` where the disk fails.
    """
    faults: list[Problem] = []
    away: dict[str, int] = {}
    told: set[tuple[str, str]] = set()
    for one in captures:
        told.add((one.case, one.name))
        path = archives / one.case / store.PACKAGES / one.name
        what = _difference(path, one)
        if what is not None:
            where = f"{path} ({one.log}/{one.at})"
            faults.append(Problem(where=where, rule="package", what=what, fix=_AGAIN))
        elif not os.path.lexists(path) and f"{one.log}/{one.at}" not in withdrawn:
            away[one.case] = away.get(one.case, 0) + 1
    findings = [_counted(archives / case, "away", n, "not here") for case, n in away.items()]
    for case, untold in _untold(archives, told):
        findings.append(_counted(case, "untold", untold, "in no line of the ledger"))
    return faults, findings


def _counted(case: Path, rule: str, count: int, what: str) -> Problem:
    packages = "1 package is" if count == 1 else f"{count} packages are"
    return Problem(where=str(case), rule=rule, what=f"{packages} {what}")


def _difference(path: Path, one: Capture) -> str | None:
    """What is other than the line says; None for the right file, and for none."""
    with storage(path, "read the package"):
        try:
            found = path.lstat()
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(found.st_mode):
            return "not a regular file"
        if found.st_size != one.octets:
            return f"{found.st_size} octets, not the {one.octets} of its line"
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    if f"sha256:{digest}" != one.file:
        return f"sha256:{digest}, not the file of its line"
    return None


def _untold(archives: Path, told: set[tuple[str, str]]) -> Iterator[tuple[Path, int]]:
    for name in cases_in(archives):
        there = [path.name for path in store.packages(archives / name)]
        untold = sum((name, one) not in told for one in there)
        if untold:
            yield archives / name, untold


def standing(archives: Path) -> None:
    """Raise `InvalidInput` where there is no such archives folder, `StorageFailed` where nobody
    can tell."""
    with storage(archives, "read the archives folder"):
        if not archives.is_dir():
            raise InvalidInput(
                "archives.missing",
                "no such folder",
                where=str(archives),
                hint="--archives names another; the first capture makes it",
            )


def cases_in(archives: Path) -> list[str]:
    """The names of the case folders of an archives folder. Links are none."""
    if not os.path.lexists(archives):
        return []
    with storage(archives, "list the folder"), os.scandir(archives) as found:
        names = [
            one.name
            for one in found
            if one.name != LEDGER
            and not one.name.startswith(TEMPORARY)
            and one.is_dir(follow_symlinks=False)
            and os.path.lexists(os.path.join(one.path, store.CASE))  # noqa: PTH118 - thousands
        ]
    return sorted(names)
