"""Reading the web archive while the container is measured: both cores, one time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from archiver.openfile import OpenFile
from archiver.package.archive import Entities, read_archive
from archiver.package.container import Exhibit, first
from archiver.package.derive import WARC
from archiver.warc import Record

_LARGE = 1 << 20  # octets: below, a thread costs more than it saves


class Ahead:
    """The archive being read at the place that the file's first header gives. Nothing of it
    counts before the container has passed and has it at that very place."""

    def __init__(self, source: OpenFile, offset: int, size: int) -> None:
        self._place = (offset, size)
        self._window = source.window(offset, size)
        self._pool = ThreadPoolExecutor(1)
        self._read = self._pool.submit(read_archive, self._window)

    def web(self, archive: Exhibit) -> tuple[tuple[Record, ...], Entities] | None:
        """What was read, where it was this exhibit. Raises `InvalidInput` as `read_archive`."""
        return self._read.result() if (archive.offset, archive.size) == self._place else None

    def stop(self) -> None:
        """Read no further, and wait until the thread has noticed."""
        self._window.close()
        self._pool.shutdown()


def read_ahead(source: OpenFile) -> Ahead | None:
    """Begin to read the archive of a large package; None for a small one."""
    place = first(source, WARC)
    return None if place is None or place[1] < _LARGE else Ahead(source, *place)
