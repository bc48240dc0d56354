"""What the ledger of an archives folder tells of one package, for whoever reads of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archiver.custody import ledger
from archiver.custody.audit import audit
from archiver.custody.merged import Told, told
from archiver.custody.store import PACKAGES
from archiver.digest import Digest
from archiver.report.sentences import moment_words
from archiver.report.subject import Event

NOT_TOLD = "No line of the ledger in whose folder it stands tells of this file."
_SAID = {
    "unchanged": "the page was the same as before",
    "noise": "only what a page changes by itself was other than before",
    "changed": "the page was other than before",
}
_WORDS = {
    "failed": "A capture ended without a package ({reason})",
    "not-attempted": "Due, and not captured ({reason})",
    "gap": "A time without a capture",
    "correct": "Corrected: line {line}",
    "withdraw": "Withdrawn: line {line}",
    "verify": "Verified: {verdict}",
    "export": "Exported",
    "handover": "Handed over",
    "stamp": "Stamped",
    "note": "Note",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Chronicle:
    """The lines of all logs by time, and what is wrong with these as a whole."""

    lines: tuple[Told, ...]
    faults: tuple[str, ...]

    def by_case(self) -> dict[str, Chronicle]:
        """The lines that tell of each case, also those that name only its files or lines."""
        found: dict[str, list[Told]] = {}
        case_of: dict[str, str] = {}
        for one in self.lines:
            said = one.entry.said
            names = (said.get("line", ""), said.get("file", ""))
            case = said.get("case") or next((case_of[n] for n in names if n in case_of), None)
            if case is not None:
                case_of[one.place] = case
                if one.entry.event == "capture":
                    case_of[said["file"]] = case
                found.setdefault(case, []).append(one)
        return {
            name: Chronicle(lines=tuple(lines), faults=self.faults) for name, lines in found.items()
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Custody:
    """What a ledger tells of a package and of its case, the oldest first, what is wrong with that,
    and why this package was withdrawn. All are empty where there is no ledger."""

    history: tuple[Event, ...] = ()
    gaps: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


def archives_around(package: Path) -> Path | None:
    """The archives folder in which a package has its place, `ARCHIVES/CASE/packages/`."""
    folder = package.absolute().parent
    return folder.parent.parent if folder.name == PACKAGES else None


def chronicle(archives: Path | None) -> Chronicle | None:
    """What the ledger of a folder says, once it was held against its checkpoints; None where
    there is none. Raises `StorageFailed` where it cannot be read."""
    if archives is None or not ledger.names_of(archives):
        return None
    lines, _ = told(archives)
    audits = [audit(ledger.folder_of(archives) / one, None) for one in ledger.names_of(archives)]
    faults = (fault for one in audits for fault in one.problems)
    return Chronicle(
        lines=tuple(lines),
        faults=tuple(f"The ledger does not hold: {one.where}: {one.what}" for one in faults),
    )


def told_of(all_of: Chronicle | None, file: Digest) -> Custody:
    """What a ledger tells of the package with this digest of the whole file."""
    if all_of is None:
        return Custody()
    own = next((one for one in all_of.lines if _is_capture_of(one, str(file))), None)
    if own is None:
        return Custody(gaps=(*all_of.faults, NOT_TOLD))
    reading = _Reading(file=str(file))
    of_case = all_of.by_case()[own.entry.said["case"]]
    history = tuple(event for one in of_case.lines for event in reading.read(one))
    unanswered = (
        f"A capture began at {moment_words(one.entry.time)}, and no line tells what came of it."
        for one in reading.open.values()
    )
    gaps = tuple(one.text for one in reading.gaps.values() if one.of != own.place)
    return Custody(
        history=history,
        gaps=(*all_of.faults, *gaps, *unanswered),
        withdrawn=tuple(one.text for one in reading.gaps.values() if one.of == own.place),
    )


def _is_capture_of(one: Told, file: str) -> bool:
    return one.entry.event == "capture" and one.entry.said["file"] == file


@dataclass(frozen=True, slots=True)
class _Gap:
    """What is missing, or withdrawn (the line `of`), and the events that answer it when they name
    its own line."""

    text: str
    of: str | None
    answers: tuple[str, ...]


_ANSWERS = {"gap": ("note", "correct"), "withdraw": ("correct",)}


@dataclass(slots=True)
class _Reading:
    """Lines that tell of a file, or of other captures of its case."""

    file: str
    open: dict[str, Told] = field(default_factory=dict)
    gaps: dict[str, _Gap] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def read(self, one: Told) -> Iterator[Event]:
        """The next line, as an event, if it is more than a beginning."""
        said = one.entry.said
        if one.entry.event == "begin":
            self.open[one.place] = one
            return
        if "begin" in said:
            self.open.pop(f"{one.log}/{said['begin']}", None)
        named = self.gaps.get(said.get("line", ""))
        if named is not None and one.entry.event in named.answers:
            del self.gaps[said["line"]]
        if one.entry.event in _ANSWERS:
            text = f"{moment_words(one.entry.time)}: {_what(said)}: {said['note']}"
            of = said["line"] if one.entry.event == "withdraw" else None
            self.gaps[one.place] = _Gap(text, of, _ANSWERS[one.entry.event])
        yield Event(
            at=one.entry.time,
            what=_what(said),
            by=f"{said.get('by', 'not named')}, line {one.place}",
            note=": ".join(filter(None, (self._name(said), said.get("note")))),
            own=said.get("file") == self.file,
            kind=one.entry.event,
        )

    def _name(self, said: Mapping[str, Any]) -> str | None:
        """The name of the package that a line is about."""
        if said["event"] == "capture":
            self.names[said["file"]] = said["name"]
        return self.names.get(said.get("file", ""))


def _what(said: Mapping[str, Any]) -> str:
    if said["event"] == "capture":
        change = _SAID.get(said.get("change", ""))
        found = f"{said['state']} ({said['reason']}), text {said['comparison']}"
        return f"Capture: {found}{f'; {change}' if change else ''}"
    return _WORDS[said["event"]].format_map(said)
