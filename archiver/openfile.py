"""An open file that several threads may read at once, whole or in windows."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from typing import BinaryIO

from archiver.errors import InvalidInput

CHUNK = 256 << 10  # octets read at once


class OpenFile:
    """A file that several threads may read at once, each where it likes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lock = threading.Lock()

    def at(self, offset: int, size: int) -> bytes:
        """So many octets from there on, or what there is of them."""
        with self._lock:
            self._file.seek(offset)
            return self._file.read(size)

    def into(self, offset: int, buffer: bytearray | memoryview) -> int:
        """Fill the buffer from there on, as far as the file goes. Gives how many octets."""
        with self._lock:
            self._file.seek(offset)
            return self._file.readinto(buffer)  # type: ignore[attr-defined, no-any-return]

    def size(self) -> int:
        """Octets of the file."""
        with self._lock:
            return self._file.seek(0, io.SEEK_END)

    def pieces(self, offset: int, size: int) -> Iterator[bytes]:
        """A stretch of the file. Raises `InvalidInput` where the file ends early."""
        position, end = offset, offset + size
        while position < end:
            piece = self.at(position, min(CHUNK, end - position))
            if not piece:
                raise InvalidInput(
                    "package.container", "the file ends inside an entry", where=f"octet {position}"
                )
            position += len(piece)
            yield piece

    def window(self, offset: int, size: int) -> BinaryIO:
        """A stretch of the file as a file of its own, for one thread."""
        return io.BufferedReader(_Window(self, offset, size), CHUNK)


class _Window(io.RawIOBase):
    """A stretch of a file as a file of its own, for reading."""

    def __init__(self, source: OpenFile, offset: int, size: int) -> None:
        super().__init__()
        self._source = source
        self._offset = offset
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        want = min(len(buffer), max(0, self._size - self._position))
        read = self._source.into(self._offset + self._position, memoryview(buffer)[:want])
        self._position += read
        return read
