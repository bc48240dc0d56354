"""A log that is held: lines are added, checkpoints signed, lines proved. What each costs does
not grow with the log, but by its logarithm."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

from archiver.attest import entries, merkle, tlog
from archiver.attest.notes import LogSigningKey
from archiver.attest.tlog import Checkpoint, Proof
from archiver.custody import ledgercache
from archiver.custody.disk import locked, make_folder, write_file, write_once
from archiver.custody.ledger import CHECKPOINT, CHECKPOINTS, MOST, Log
from archiver.custody.ledgercache import Cache, Leaf
from archiver.custody.ledgerkeys import OwnLogKey
from archiver.custody.store import writer
from archiver.digest import Digest
from archiver.errors import InvalidInput, Refused, StorageFailed

T = TypeVar("T")


@contextmanager
def held(log: Log, *, kept: bool = True) -> Iterator[OpenLog]:
    """The log, locked against other writers of this machine. `kept`: with what was derived from
    it before; a folder that is soon thrown away needs none."""
    with locked(log.folder):
        opened = OpenLog(log, ledgercache.kept(log.folder) if kept else ledgercache.in_memory())
        try:
            opened.derived(opened.catch_up)
            yield opened
        finally:
            opened.close()


class OpenLog:
    """A log that is locked; `held` gives it. `fault` says why its lines make no whole log, where
    they do not."""

    def __init__(self, log: Log, cache: Cache) -> None:
        self.log = log
        self.cache = cache
        self.fault: InvalidInput | None = None

    def close(self) -> None:
        """Let go of the cache. That of a log with a fault is read anew the next time."""
        if self.fault is not None:
            self.derived(self.cache.clear)
        self.cache.close()

    def derived(self, work: Callable[[], T]) -> T:
        """What `work` finds in the cache. Where that fails it is made again, in memory."""
        try:
            return work()
        except sqlite3.Error:
            self.cache.close()
            self.cache = ledgercache.in_memory()
            self.catch_up()
            return work()

    def catch_up(self) -> None:
        """Let the cache know all lines; start it anew where it is of other ones."""
        if not self._fits():
            self.cache.clear()
        self.fault = None
        anew = self.cache.size() == 0
        self.cache.add(self._further(self.cache.size()))
        if anew and self.fault is None:
            self._look_for_a_hole(self.cache.size())

    def _look_for_a_hole(self, size: int) -> None:
        files = self.log.files()
        if files and files[-1] >= size:
            where = str(self.log.path(size))
            self.fault = InvalidInput("ledger.hole", "this file is missing", where=where)

    def _fits(self) -> bool:
        """Whether the last line that the cache knows still stands where it did."""
        size = self.cache.size()
        if size == 0:
            return True
        first = self.cache.first_of(size - 1)
        try:
            lines = self.log.lines(first)
        except InvalidInput:
            return False
        if lines is None or first + len(lines) != size:
            return False
        return merkle.leaf_hash(lines[-1]) == self.cache.node(0, size - 1)

    def _further(self, size: int) -> Iterator[tuple[int, list[Leaf]]]:
        """The lines that come next, file by file: one begins where the last one ends."""
        try:
            while (lines := self.log.lines(size)) is not None:
                yield size, [_leaf(one) for one in lines]
                size += len(lines)
        except InvalidInput as fault:
            self.fault = fault

    def _next(self) -> int:
        """The number of the next line. It comes behind all files, also where the log has a hole."""
        if self.fault is None:
            return self.derived(self.cache.size)
        last = self.log.files()[-1]
        try:
            return last + len(self.log.lines(last) or ())
        except InvalidInput:
            return last + 1

    def append(self, said: Sequence[Mapping[str, Any]]) -> int:
        """Add lines, in one file: whole or not at all. `seq` is put in here; the number of the
        first line is given.

        Raises `InvalidInput` for what is no line, and `StorageFailed` for the disk.
        """
        while True:
            first = self._next()
            if first + len(said) > MOST:
                raise StorageFailed("ledger.full", "the log is full", where=str(self.log.folder))
            lines = [entries.spell({**one, "seq": first + at}) for at, one in enumerate(said)]
            if write_once(self.log.path(first), b"".join(line + b"\n" for line in lines)):
                break
            self.derived(self.catch_up)  # somebody was quicker: behind theirs, then
        if self.fault is None:
            self.derived(self.catch_up)
        return first

    def sign(self, key: LogSigningKey, own: OwnLogKey | None) -> Checkpoint | None:
        """Sign a checkpoint over all lines; None for an empty log. `own` remembers it.

        Raises `Refused` where the lines do not go on from what was signed before.
        """
        size = self._whole_size()
        last = self.log.checkpoint()
        for signed in (last, None if own is None else own.last_signed()):
            self._check_goes_on(signed, size)
        if last is not None:
            self._keep(last)
        if size == 0 or (last is not None and last.size == size):
            return last
        signed = tlog.sign_checkpoint(key, size, self._root(size))
        if own is not None:
            own.remember(signed)
        write_file(self.log.folder / CHECKPOINT, writer(signed.note.encode("utf-8")))
        self._keep(signed)
        return signed

    def _keep(self, signed: Checkpoint) -> None:
        folder = self.log.folder / CHECKPOINTS
        make_folder(folder)
        with locked(folder):
            write_once(folder / str(signed.size), signed.note.encode("utf-8"))

    def _whole_size(self) -> int:
        size = self._next()
        if self.fault is not None:
            raise Refused(
                "ledger.broken",
                f"the lines make no whole log: {self.fault.what}",
                where=self.fault.where,
                hint="archiver log verify names every fault",
            )
        return size

    def _check_goes_on(self, signed: Checkpoint | None, size: int) -> None:
        if signed is None:
            return
        if signed.size <= size:
            if self._root(signed.size) == signed.root:
                return
            self._make_cache_again()
            if self._root(signed.size) == signed.root:
                return
        self._refuse(signed)

    def _refuse(self, signed: Checkpoint) -> NoReturn:
        raise Refused(
            "ledger.inconsistent",
            f"the log is not the one of which {signed.size} lines were signed",
            where=str(self.log.folder),
            hint="archiver log verify says where; nothing is signed over another past",
        )

    def _make_cache_again(self) -> None:
        self.cache.clear()
        self.derived(self.catch_up)

    def _root(self, size: int) -> bytes:
        return self.derived(lambda: merkle.root(self.cache.node, size))

    def prove(self, file: Digest, under: Checkpoint) -> Proof:
        """That the line of the capture of this package file stands under a checkpoint.

        Raises `InvalidInput` where no line names it, or the checkpoint is older than the line;
        `Refused` where the lines are not those that were signed.
        """
        at = self.derived(lambda: self.cache.naming(str(file)))
        if at is None:
            raise InvalidInput(
                "ledger.unknown", "no capture in this log has this package", where=self.log.id
            )
        if at >= under.size:
            raise InvalidInput(
                "ledger.unsigned",
                "no checkpoint has the package's line yet",
                where=f"{self.log.id}/{at}",
                hint="archiver log checkpoint signs one",
            )
        proof = self._proof(at, under)
        if not tlog.holds(proof):
            self._make_cache_again()
            proof = self._proof(at, under)
        if not tlog.holds(proof):
            self._refuse(under)
        return proof

    def _proof(self, at: int, under: Checkpoint) -> Proof:
        return self.derived(
            lambda: Proof(
                line=self.line(at),
                at=at,
                path=tuple(merkle.inclusion(self.cache.node, at, under.size)),
                checkpoint=under,
            )
        )

    def first_of(self, at: int) -> int:
        """The first number of the file in which a line stands."""
        return self.derived(lambda: self.cache.first_of(at))

    def line(self, at: int) -> bytes:
        """A line by its number. Raises `InvalidInput` where there is none."""
        if 0 <= at < self.derived(self.cache.size):
            first = self.first_of(at)
            lines = self.log.lines(first) or []
            if at - first < len(lines):
                return lines[at - first]
        raise InvalidInput("ledger.no_line", "there is no such line", where=f"{self.log.id}/{at}")

    def consistency(self, old: int, new: Checkpoint) -> list[bytes]:
        """That the first `old` lines are still the first ones under a checkpoint. Raises as
        `prove` does."""
        self._check_goes_on(new, self._whole_size())
        return self.derived(lambda: merkle.consistency(self.cache.node, old, new.size))


def _leaf(octets: bytes) -> Leaf:
    said = entries.members(octets.decode("utf-8", "replace")) or {}
    event = said.get("event")
    return Leaf(
        octets=octets,
        file=said["file"] if event == "capture" else None,
        begun=event == "begin",
        ends=said.get("begin"),
    )
