"""Octets that wait on one disk: each spool gives back its own, and the space is given back."""

from __future__ import annotations

import hashlib
import resource
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.capture.spool import Disk, Spool
from archiver.errors import StorageFailed

SIZES = st.integers(0, 300_000)


def octets(number: int, size: int) -> bytes:
    """Octets like no other number's."""
    return hashlib.shake_128(b"%d" % number).digest(size)


@given(st.lists(SIZES, max_size=6), st.lists(st.tuples(SIZES, SIZES), max_size=4))
def test_every_part_is_what_was_written_there(
    sizes: list[int], parts: list[tuple[int, int]]
) -> None:
    spool = Spool()
    for number, size in enumerate(sizes):
        spool.write(octets(number, size))
    written = b"".join(octets(number, size) for number, size in enumerate(sizes))
    assert b"".join(spool.read()) == written
    assert (spool.size, spool.digest().hex) == (len(written), hashlib.sha256(written).hexdigest())
    for start, size in parts:
        assert spool.part(start, size) == written[start : start + size]
        assert b"".join(spool.read(start)) == written[start:]
    spool.close()


def test_threads_share_a_disk() -> None:
    disk, before = Disk(), opened()

    def fill(number: int) -> Spool:
        spool = Spool(disk)
        for piece in range(20):
            spool.write(octets(number * 20 + piece, 10_007 + number))
        return spool

    with ThreadPoolExecutor(16) as pool:
        spools = list(pool.map(fill, range(64)))
    assert len(opened()) == len(before) + 1
    for number, spool in enumerate(spools):
        sent = b"".join(octets(number * 20 + piece, 10_007 + number) for piece in range(20))
        assert b"".join(spool.read()) == sent
        spool.close()
        spool.close()
    assert opened() == before
    late = fill(0)
    assert late.part(0, 9) == octets(0, 9)
    late.close()
    assert opened() == before


def opened() -> set[str]:
    """The files and sockets that this process holds open."""
    return {one.name for one in Path("/proc/self/fd").iterdir() if one.exists()}


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file of this process may grow beyond 300 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.usefixtures("small_files")
def test_a_disk_that_is_full() -> None:
    before = opened()
    disk = Disk()
    one, other = Spool(disk), Spool(disk)
    one.write(bytes(200_000))
    with pytest.raises(StorageFailed, match="cannot keep the response"):
        other.write(bytes(200_000))
    assert one.part(199_990, 20) == bytes(10)
    other.close()
    one.close()
    assert opened() == before
