"""The ledger on disk: `archives/ledger/<16 hex>/`, one log for each key.

<first number, 8 digits>.jsonl   lines in order, each file written once and whole
vkey                             the log's public key
checkpoint                       the log's last word: so many lines, under this root
checkpoints/<size>               every one that it ever said

A line's number is its place in the log, counted from 0, and the index of its leaf (RFC 6962).
Two writers never collide: a file is linked to its name, so one of them wins, and the other goes
on behind it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.attest import notes, tlog
from archiver.attest.notes import LogKey
from archiver.attest.tlog import Checkpoint
from archiver.case.files import read_regular
from archiver.case.identity import LEDGER
from archiver.custody.disk import locked, make_folder, names_in, write_folder
from archiver.custody.store import writer
from archiver.errors import InvalidInput, StorageFailed

VKEY, CHECKPOINT, CHECKPOINTS = "vkey", "checkpoint", "checkpoints"
NAME = re.compile(r"([0-9]{8})\.jsonl")
LOG = re.compile(r"[0-9a-f]{16}")
SIZE = re.compile(r"0|[1-9][0-9]{0,7}")
MOST = 10**8  # lines of a log: their numbers have eight digits
_MAX_FILE = 64 << 20  # octets


@dataclass(frozen=True, slots=True)
class Log:
    """A log: its folder, and the key that it belongs to."""

    folder: Path
    key: LogKey

    @property
    def id(self) -> str:
        """Its folder's name: the start of its key's fingerprint."""
        return self.key.id

    def path(self, first: int) -> Path:
        """The file whose first line has this number."""
        return self.folder / f"{first:08d}.jsonl"

    def lines(self, first: int) -> list[bytes] | None:
        """The lines of a file, without their ends; None where there is no such file.

        Raises `InvalidInput` where it is no file of whole lines.
        """
        try:
            return split(read_file(self.path(first)), self.path(first))
        except InvalidInput as fault:
            if fault.code == "file.missing":
                return None
            raise

    def files(self) -> list[int]:
        """The first number of each file, in order."""
        names = (NAME.fullmatch(name) for name in names_in(self.folder))
        return sorted(int(match[1]) for match in names if match is not None)

    def checkpoint(self) -> Checkpoint | None:
        """The last one; None where nothing was signed yet. Raises `InvalidInput` where it is not
        this log's."""
        return self._read(self.folder / CHECKPOINT)

    def kept(self, size: int) -> Checkpoint | None:
        """The checkpoint over so many lines, if it was kept. Raises as `checkpoint` does."""
        return self._read(self.folder / CHECKPOINTS / str(size))

    def _read(self, path: Path) -> Checkpoint | None:
        try:
            return tlog.read_checkpoint(
                read_regular(path, tlog.MAX_OCTETS, "the checkpoint"), self.key
            )
        except InvalidInput as fault:
            if fault.code == "file.missing":
                return None
            fault.where = str(path)
            raise


def read_file(path: Path) -> bytes:
    """A file of lines. Raises `InvalidInput` for what is no regular file."""
    return read_regular(path, _MAX_FILE, "a file of the ledger")


def read_lines(path: Path) -> list[bytes]:
    """What lines there are in a file, the last one perhaps cut; none in what is no file."""
    try:
        octets = read_file(path)
    except InvalidInput:
        return []
    return octets.removesuffix(b"\n").split(b"\n") if octets else []


def split(octets: bytes, path: Path) -> list[bytes]:
    """The lines of a file. Raises `InvalidInput` where it does not consist of whole ones."""
    if not octets.endswith(b"\n"):
        what = "ends inside a line" if octets else "is empty"
        raise InvalidInput("ledger.cut", what, where=str(path))
    return octets[:-1].split(b"\n")


def names_of(archives: Path) -> list[str]:
    """The names of the logs of an archives folder."""
    folder = folder_of(archives)
    return sorted(filter(LOG.fullmatch, names_in(folder))) if os.path.lexists(folder) else []


def folder_of(archives: Path) -> Path:
    """Where the logs of an archives folder stand."""
    return archives / LEDGER


def logs(archives: Path) -> Iterator[Log]:
    """The logs of an archives folder, by name. Raises `InvalidInput` for one whose key is
    damaged, or another's."""
    for name in names_of(archives):
        yield open_log(folder_of(archives) / name)


def log_of(archives: Path, key: LogKey) -> Log | None:
    """The log of this key; None where there is none. Raises as `open_log` does."""
    folder = folder_of(archives) / key.id
    if not os.path.lexists(folder):
        return None
    log = open_log(folder)
    if log.key != key:
        raise InvalidInput("ledger.other_key", "the key of another log", where=str(folder))
    return log


def open_log(folder: Path) -> Log:
    """The log in this folder. Raises `InvalidInput` where its key does not fit its name."""
    path = folder / VKEY
    if folder.is_symlink():
        raise InvalidInput("ledger.symlink", "a symbolic link, not a log", where=str(folder))
    try:
        octets = read_regular(path, tlog.MAX_OCTETS, "the log's public key")
        key = notes.read_vkey(octets.decode("ascii", "replace"))
    except InvalidInput as fault:
        fault.where = str(path)
        raise
    if key.id != folder.name:
        raise InvalidInput("ledger.other_key", f"the key of another log, {key.id}", where=str(path))
    return Log(folder, key)


def make_log(archives: Path, key: LogKey) -> Log:
    """The log of this key, made where it is not there yet."""
    folder = folder_of(archives)
    log = Log(folder / key.id, key)
    if not os.path.lexists(log.folder / VKEY):
        make_folder(folder)
        with locked(folder):
            if not write_folder(log.folder, {VKEY: (writer(f"{key.vkey}\n".encode()), 0o666)}):
                _check_whole(log)
    return log_of(archives, key) or log


def _check_whole(log: Log) -> None:
    """Somebody else made it meanwhile; a folder without a key nobody of ours has made."""
    if not (log.folder / VKEY).exists():
        raise StorageFailed(
            "ledger.foreign",
            "stands where the log belongs, and is none",
            where=str(log.folder),
            hint="move it away",
        )
