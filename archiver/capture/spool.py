"""Where the octets of responses wait until they are written down."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from archiver.digest import Digest
from archiver.errors import StorageFailed

_IN_MEMORY = 64 << 10  # octets of a response kept in memory before they go to disk


class Disk:
    """One temporary file for many spools: a file for each would be more open files than some
    systems allow. It is there while a spool has octets on it. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None
        self._end = 0
        self._users = 0

    def enter(self) -> None:
        """One spool more has octets here."""
        with self._lock:
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
                self._end = 0
            self._users += 1

    def leave(self) -> None:
        """One spool less; the last one gives all space back."""
        with self._lock:
            self._users -= 1
            if self._file is not None and not self._users:
                self._file.close()
                self._file = None

    def write(self, octets: bytes | bytearray) -> int:
        """Append, and say where the octets stand. Only between `enter` and `leave`."""
        with self._lock:
            start, self._end = self._end, self._end + len(octets)
        left = memoryview(octets)
        while left:
            left = left[os.pwrite(self._fileno(), left, start + len(octets) - len(left)) :]
        return start

    def read(self, start: int, size: int) -> bytes:
        """So many octets from there on. Only between `enter` and `leave`."""
        return os.pread(self._fileno(), size, start)

    def _fileno(self) -> int:
        assert self._file is not None  # noqa: S101 - somebody has entered
        return self._file.fileno()


class Spool:
    """The octets of one response as they come, with their digest; few of them in memory."""

    def __init__(self, disk: Disk | None = None) -> None:
        self._disk = disk or Disk()
        self._memory = bytearray()  # the last octets; those before them stand in `_places`
        self._places: list[tuple[int, int]] = []  # on the disk: where, how many
        self._on_disk = False
        self._sha256 = hashlib.sha256()
        self.size = 0

    def write(self, octets: bytes) -> None:
        """Append. Raises `StorageFailed`: a full disk here is no fault of the network."""
        self._memory += octets
        self._sha256.update(octets)
        self.size += len(octets)
        if len(self._memory) >= _IN_MEMORY:
            with _kept():
                if not self._on_disk:
                    self._disk.enter()
                    self._on_disk = True
                self._places.append((self._disk.write(self._memory), len(self._memory)))
            self._memory = bytearray()

    def digest(self) -> Digest:
        """SHA-256 of all octets so far."""
        return Digest(self._sha256.hexdigest())

    def read(self, start: int = 0, size: int | None = None) -> Iterator[bytes]:
        """The octets from `start` on, all or so many of them, in pieces."""
        left = self.size if size is None else size
        for place, length in self._places:
            if left > 0 and start < length:
                with _kept():
                    piece = self._disk.read(place + start, min(left, length - start))
                left -= len(piece)
                yield piece
            start = max(0, start - length)
        if left > 0 and start < len(self._memory):
            yield bytes(self._memory[start : start + left])

    def part(self, start: int, size: int) -> bytes:
        """So many octets from `start` on, or what there is of them."""
        return b"".join(self.read(start, size))

    def close(self) -> None:
        """Let the octets go."""
        self._memory, self._places = bytearray(), []
        if self._on_disk:
            self._on_disk = False
            self._disk.leave()


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageFailed(
            "storage.spool",
            f"cannot keep the response on disk: {error.strerror}",
            where=tempfile.gettempdir(),
            hint="make room there, or set TMPDIR to a folder with room",
        ) from error
