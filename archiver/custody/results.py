"""What a capture came to, as its line in the ledger tells it, also read from its package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from archiver.custody.disk import storage
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.moment import Clock, spell
from archiver.openfile import OpenFile
from archiver.package.container import measured
from archiver.package.derive import CAPTURE, COMPARISON, OUTCOME
from archiver.package.reading import open_package


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a capture came to, as its line tells it. `file` and `octets` are of the package's
    file, `name` is that file's."""

    case: str
    source: str
    state: str
    reason: str
    comparison: str
    package: Digest
    previous: Digest | None
    file: Digest
    octets: int
    name: str

    def said(self) -> dict[str, Any]:
        """As the members of a line."""
        previous = {} if self.previous is None else {"previous": str(self.previous)}
        return {
            "event": "capture",
            "case": self.case,
            "source": self.source,
            "state": self.state,
            "reason": self.reason,
            "comparison": self.comparison,
            "package": str(self.package),
            "file": str(self.file),
            "octets": self.octets,
            "name": self.name,
            **previous,
        }


def read_result(path: Path, case: str) -> Result | None:
    """What the line of a package says, from the package itself; None where it is damaged."""
    with storage(path, "read a package"), path.open("rb") as file:
        try:
            package = open_package(file)
            said = package.document(CAPTURE)
            outcome = package.document(OUTCOME)
            previous = said.get("previous")
            digest, octets = measure(file)
            return Result(
                case=case,
                source=str(said["source"]),
                state=str(outcome["state"]),
                reason=str(outcome["reason"]),
                comparison=str(package.document(COMPARISON)["result"]),
                package=package.id,
                previous=None if previous is None else Digest.parse(str(previous)),
                file=digest,
                octets=octets,
                name=path.name,
            )
        except (InvalidInput, KeyError):
            return None


def measure(file: BinaryIO) -> tuple[Digest, int]:
    """The digest of an open file, and how many octets it has."""
    source = OpenFile(file)
    one = measured("", source, 0, source.size())
    return one.digest, one.size


def stamped(clock: Clock) -> dict[str, Any]:
    """When a line is written, and by which clock where that is not this machine's."""
    source = {} if clock.source == "system" else {"clock": clock.source}
    return {"time": spell(clock.now()), **source}
