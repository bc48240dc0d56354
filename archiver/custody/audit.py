"""Everything that can be wrong with a log, each fault with its place.

1. the folder   2. the key   3. the lines   4. the checkpoints   5. the memory of this machine

Nothing derived is believed: all lines are read, and the tree is built from them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from archiver.attest import entries, tlog
from archiver.attest.merkle import EMPTY, Growing, leaf_hash
from archiver.attest.notes import LogKey
from archiver.attest.tlog import Checkpoint
from archiver.case.files import read_regular
from archiver.custody import ledger
from archiver.custody.disk import TEMPORARY, names_in
from archiver.custody.ledger import CHECKPOINT, CHECKPOINTS, NAME, SIZE, VKEY, Log
from archiver.custody.ledgerkeys import OwnLogKey
from archiver.errors import InvalidInput, Problem

MAX_PROBLEMS = 200  # of one log: nobody reads more
_KNOWN = {VKEY, CHECKPOINT, CHECKPOINTS}
_AGAIN = "restore it from a copy, or from git"


class Capture(NamedTuple):
    """A package as its line tells it; `at` is that line's number."""

    log: str
    at: int
    case: str
    name: str
    file: str
    octets: int


@dataclass(slots=True)
class Audited:
    """What is wrong with a log (`problems`), and what it shows that must be asked about
    (`findings`). `signed` is the last checkpoint, `withdrawn` the lines that were."""

    log: str
    key: LogKey | None = None
    own: bool = False
    lines: int = 0
    signed: Checkpoint | None = None
    problems: list[Problem] = field(default_factory=list)
    findings: list[Problem] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)

    def fault(self, where: Path | str, rule: str, what: str, fix: str = _AGAIN) -> None:
        """Add a fault, while anybody still reads them."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(where=str(where), rule=rule, what=what, fix=fix))

    def finding(self, where: Path | str, rule: str, what: str, fix: str = "") -> None:
        """Add a finding."""
        self.findings.append(Problem(where=str(where), rule=rule, what=what, fix=fix))


def audit(folder: Path, own: OwnLogKey | None) -> Audited:
    """Look at a log. Raises `StorageFailed` where the disk fails; all else is in the result."""
    done = Audited(folder.name, own=own is not None)
    _look_at_folder(folder, done)
    try:
        log = ledger.open_log(folder)
    except InvalidInput as fault:
        done.fault(fault.where, "key", fault.what)
        return done
    done.key = log.key
    kept = dict(_kept(log, done))
    lines = _Lines(log, done)
    done.signed = _checkpoint(log.folder / CHECKPOINT, log.key, done)
    remembered = None if own is None else _remembered(own, done)
    others = [one.size for one in (done.signed, remembered) if one is not None]
    lines.read({*kept, *others})
    _look_at_checkpoints(log, done, kept, lines.roots)
    _look_at_last(log, done, kept, lines.roots)
    if own is not None and remembered is not None:
        _look_at_memory(own, remembered, done, kept, lines.roots)
    return done


def _look_at_folder(folder: Path, done: Audited) -> None:
    if folder.is_symlink() or not folder.is_dir():
        return
    with os.scandir(folder) as found:
        for one in sorted(found, key=lambda one: one.name):
            if one.name.startswith(TEMPORARY):
                continue
            known = one.name in _KNOWN or NAME.fullmatch(one.name) is not None
            right = one.is_dir if one.name == CHECKPOINTS else one.is_file
            if not known or not right(follow_symlinks=False):
                done.fault(one.path, "foreign", "nothing of ours stands there", "move it away")


def _kept(log: Log, done: Audited) -> Iterator[tuple[int, Checkpoint]]:
    folder = log.folder / CHECKPOINTS
    if not folder.is_dir() or folder.is_symlink():
        return
    names = [one for one in names_in(folder) if not one.startswith(TEMPORARY)]
    for name in sorted(names, key=lambda one: (len(one), one)):
        if SIZE.fullmatch(name) is None:
            # A stamp over a checkpoint, or another file about it, bears its name.
            if SIZE.fullmatch(name.partition(".")[0]) is None:
                done.fault(folder / name, "foreign", "nothing of ours stands there", "move it away")
            continue
        signed = _checkpoint(folder / name, log.key, done)
        if signed is not None and str(signed.size) != name:
            done.fault(folder / name, "checkpoint", f"is the checkpoint of {signed.size} lines")
        elif signed is not None:
            yield signed.size, signed


def _checkpoint(path: Path, key: LogKey, done: Audited) -> Checkpoint | None:
    try:
        return tlog.read_checkpoint(read_regular(path, tlog.MAX_OCTETS, "the checkpoint"), key)
    except InvalidInput as fault:
        if fault.code != "file.missing":
            done.fault(path, "checkpoint", fault.what)
        return None


def _remembered(own: OwnLogKey, done: Audited) -> Checkpoint | None:
    try:
        return own.last_signed()
    except InvalidInput as fault:
        done.fault(own.path.parent, "memory", f"what this machine signed last: {fault.what}")
        return None


class _Lines:
    """The lines of a log, read once; `roots` are the roots at the sizes that are asked for."""

    def __init__(self, log: Log, done: Audited) -> None:
        self._log = log
        self._done = done
        self._tree: Growing | None = Growing()
        self._begun: dict[int, tuple[str, str]] = {}
        self.roots: dict[int, bytes] = {0: EMPTY}

    def read(self, sizes: set[int]) -> None:
        """Read all lines; whatever is wrong with them is told."""
        expected = 0
        for first in self._log.files():
            path = self._log.path(first)
            if first > expected:
                what = f"the lines {expected} to {first - 1} are missing"
                self._break(self._log.path(expected), "hole", what)
            elif first < expected:
                self._break(path, "twice", f"the line {first} stands in another file already")
            try:
                lines = self._log.lines(first) or []
            except InvalidInput as fault:
                self._break(path, "cut", fault.what)
                lines = ledger.read_lines(path)
            self._add(path, first, lines, sizes)
            expected = first + len(lines)
        self._done.lines = expected
        for at, (case, time) in self._begun.items():
            where = f"{self._log.path(at).name} {self._place(at)}"
            what = f"{case}: a capture began at {time}, and nothing says what came of it"
            self._done.finding(where, "begun", what, "the next capture looks, and says it")

    def _place(self, at: int) -> str:
        return f"{self._done.log}/{at}"

    def _break(self, where: Path, rule: str, what: str) -> None:
        self._done.fault(where, rule, what)
        self._tree = None

    def _add(self, path: Path, first: int, lines: list[bytes], sizes: set[int]) -> None:
        for at, octets in enumerate(lines, first):
            said = entries.members(octets.decode("utf-8", "replace"))
            if said is None or said["seq"] != at:
                self._wrong(path, at - first + 1, octets, said, at)
            else:
                self._understand(at, said)
            if self._tree is not None:
                self._tree.add(leaf_hash(octets))
                if at + 1 in sizes:
                    self.roots[at + 1] = self._tree.root()

    def _wrong(
        self, path: Path, number: int, octets: bytes, said: Mapping[str, Any] | None, at: int
    ) -> None:
        where = f"{path} line {number}"
        if said is not None:
            self._done.fault(where, "order", f"is the line {said['seq']}, where {at} belongs")
            return
        try:
            entries.read(octets, where)
        except InvalidInput as fault:
            self._done.fault(where, "line", fault.what)

    def _understand(self, at: int, said: Mapping[str, Any]) -> None:
        match said["event"]:
            case "begin":
                self._begun[at] = (said["case"], said["time"])
            case "capture" | "failed" as event:
                self._answer(at, said)
                if event == "capture":
                    self._done.captures.append(
                        Capture(
                            log=self._done.log,
                            at=at,
                            case=said["case"],
                            name=said["name"],
                            file=said["file"],
                            octets=said["octets"],
                        )
                    )
                else:
                    what = f"{said['case']}: a capture ended without a package: {said['reason']}"
                    self._done.finding(self._place(at), "failed", what)
            case "not-attempted":
                if "begin" in said:
                    self._answer(at, said)
                what = f"{said['case']}: a capture was due and not begun: {said['reason']}"
                self._done.finding(self._place(at), "not-attempted", what)
            case "gap":
                about = f"{said['case']}: " if "case" in said else ""
                self._done.finding(self._place(at), "gap", f"{about}{said['note']}")
            case "withdraw":
                self._done.withdrawn.add(said["line"])

    def _answer(self, at: int, said: Mapping[str, Any]) -> None:
        began = self._begun.pop(said["begin"], None)
        if began is None or began[0] != said["case"]:
            what = f"answers the line {said['begin']}, which is no open `begin` of this case"
            self._done.fault(self._place(at), "answer", what)


def _look_at_checkpoints(
    log: Log, done: Audited, kept: Mapping[int, Checkpoint], roots: Mapping[int, bytes]
) -> None:
    """Every checkpoint that was kept, by size. The first that does not fit names the stretch."""
    good = 0
    for size, signed in sorted(kept.items()):
        path = log.folder / CHECKPOINTS / str(size)
        if size > done.lines:
            done.fault(path, "truncated", _cut_off(size, done.lines))
        elif size not in roots:
            continue  # the lines make no tree: that is told
        elif roots[size] != signed.root:
            where = f"{log.folder} lines {good} to {size - 1}"
            done.fault(where, "changed", f"not what was signed, by {path}")
            return
        good = size


def _look_at_last(
    log: Log, done: Audited, kept: Mapping[int, Checkpoint], roots: Mapping[int, bytes]
) -> None:
    path, last, newest = log.folder / CHECKPOINT, done.signed, max(kept, default=0)
    if last is None:
        if kept:
            done.fault(path, "rolled_back", f"missing, though {newest} lines were signed")
        return
    if last.size < newest:
        what = f"of {last.size} lines, though {newest} were signed: it was rolled back"
        done.fault(path, "rolled_back", what, "archiver log checkpoint puts the newest there")
    elif last.size not in kept:
        what = f"the checkpoint of {last.size} lines is not kept in {CHECKPOINTS}"
        done.finding(path, "not_kept", what, "archiver log checkpoint keeps it")
    if last.size not in kept or kept[last.size].root != last.root:
        _fits(path, last, done, roots)


def _cut_off(signed: int, here: int) -> str:
    return f"{signed} lines were signed, and {here} are here: the others were cut off"


def _fits(path: Path, signed: Checkpoint, done: Audited, roots: Mapping[int, bytes]) -> None:
    if signed.size > done.lines:
        done.fault(path, "truncated", _cut_off(signed.size, done.lines))
    elif signed.root != roots.get(signed.size, signed.root):
        done.fault(path, "changed", f"the first {signed.size} lines are not those that were signed")


def _look_at_memory(
    own: OwnLogKey,
    last: Checkpoint,
    done: Audited,
    kept: Mapping[int, Checkpoint],
    roots: Mapping[int, bytes],
) -> None:
    if last.size in kept and kept[last.size].root == last.root:
        return  # what is wrong with that one is told
    before = len(done.problems)
    _fits(own.path.with_name(CHECKPOINT), last, done, roots)
    if len(done.problems) == before and (done.signed is None or done.signed.size < last.size):
        what = f"this machine signed {last.size} lines; that checkpoint is not here"
        done.finding(own.path.parent, "not_kept", what, "archiver log checkpoint signs it again")
