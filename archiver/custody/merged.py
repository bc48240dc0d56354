"""All logs of an archives folder read together, by time: for telling, not for proving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.attest import entries
from archiver.attest.entries import Entry
from archiver.custody import ledger
from archiver.custody.disk import names_in
from archiver.custody.ledger import NAME


@dataclass(frozen=True, slots=True)
class Told:
    """A line and the log that it stands in."""

    log: str
    entry: Entry

    @property
    def place(self) -> str:
        """How the line is called: `LOG/NUMBER`."""
        return f"{self.log}/{self.entry.seq}"


def told(archives: Path) -> tuple[list[Told], int]:
    """All lines of all logs, the newest last, and how many cannot be read.

    Within a log its own order counts, whatever its clock said: a line is never put before one
    that it came behind.
    """
    found: list[tuple[str, str, int, Told]] = []
    unread = 0
    for log in ledger.names_of(archives):
        latest = ""
        for octets in _lines(ledger.folder_of(archives) / log):
            said = entries.members(octets.decode("utf-8", "replace"))
            if said is None:
                unread += 1
                continue
            latest = max(latest, said["time"])
            found.append((latest, log, said["seq"], Told(log, Entry(said, octets))))
    found.sort(key=lambda one: one[:3])
    return [one[3] for one in found], unread


def cases_of(archives: Path, source: str) -> list[str]:
    """The cases as which an address was captured, by name."""
    captures = (one.entry.said for one in told(archives)[0] if one.entry.event == "capture")
    return sorted({said["case"] for said in captures if said["source"] == source})


def _lines(folder: Path) -> Iterator[bytes]:
    for name in sorted(filter(NAME.fullmatch, names_in(folder))):
        yield from ledger.read_lines(folder / name)
