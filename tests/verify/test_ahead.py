"""Reading ahead: what was read counts only for the archive that the container has."""

from __future__ import annotations

import io
import threading
from dataclasses import replace

import pytest

from archiver.errors import InvalidInput
from archiver.openfile import OpenFile
from archiver.package.archive import read_archive
from archiver.package.derive import WARC
from archiver.package.reading import open_package
from archiver.verify import ahead as reading
from archiver.verify.ahead import read_ahead
from tests.verify.scenes import STATES, package, verdict


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_LARGE", 0)


@pytest.mark.parametrize("state", STATES)
def test_ahead_or_not_the_same_is_read(state: str) -> None:
    octets = package(state)
    ahead = read_ahead(OpenFile(io.BytesIO(octets)))
    assert ahead is not None
    exhibit = open_package(io.BytesIO(octets)).exhibits[WARC]
    assert ahead.web(exhibit) == read_archive(exhibit.window())
    assert ahead.web(replace(exhibit, offset=exhibit.offset + 1)) is None
    ahead.stop()
    assert verdict(octets).verdict == "untrusted"


def test_what_is_no_archive_is_a_fault_of_the_archive() -> None:
    octets = bytearray(package("captured"))
    octets[octets.index(b"WARC/1.1")] ^= 1
    ahead = read_ahead(OpenFile(io.BytesIO(octets)))
    assert ahead is not None
    exhibit = open_package(io.BytesIO(package("captured"))).exhibits[WARC]
    with pytest.raises(InvalidInput):
        ahead.web(exhibit)


@pytest.mark.parametrize("octets", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 60, bytes(100)])
def test_no_archive_at_the_start(octets: bytes) -> None:
    assert read_ahead(OpenFile(io.BytesIO(octets))) is None


def test_it_ends_with_the_verifying() -> None:
    before = threading.active_count()
    octets = package("captured")
    for broken in (octets[:-1], octets[:200], octets + b"x"):
        assert verdict(broken).verdict == "refused"
    assert threading.active_count() == before
