"""Every outcome's package, as other people's tools see it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import fastwarc.warc
import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.package.archive import read_archive
from archiver.package.derive import INDEX, WARC
from tests.tools import tool
from tests.verify.forge import opened
from tests.verify.scenes import STATES, package


def run(*words: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(params=STATES)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with `x.wacz` and, beside it, the files in it."""
    octets = package(request.param)
    (tmp_path / "x.wacz").write_bytes(octets)
    for path, content in opened(octets).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


def test_wacz_validate(folder: Path) -> None:
    said = run(tool("wacz"), "validate", "-f", "x.wacz", cwd=folder)
    assert "is valid" in said


def test_frictionless_validate(folder: Path) -> None:
    said = run(tool("frictionless"), "validate", "datapackage.json", cwd=folder)
    assert "INVALID" not in said


def test_warcio_check(folder: Path) -> None:
    said = run(tool("warcio"), "check", "-v", WARC, cwd=folder)
    assert "digest pass" in said
    assert "digest failed" not in said


def test_unzip_and_sha256sum(folder: Path) -> None:
    assert "No errors detected" in run(tool("unzip"), "-t", "x.wacz", cwd=folder)
    said = run(tool("sha256sum"), "--strict", "-c", "evidence/manifest-sha256.txt", cwd=folder)
    assert said.count(": OK") == len(opened((folder / "x.wacz").read_bytes())) - 3


def test_7z(folder: Path) -> None:
    assert "Everything is Ok" in run(tool("7z"), "t", "x.wacz", cwd=folder)


def test_cdxj_indexer_makes_the_same_index(folder: Path) -> None:
    """It lists one record more in one case: octets that are no HTTP, which we show as no page."""
    theirs = _lines(run(tool("cdxj-indexer"), WARC, cwd=folder))
    ours = _lines((folder / INDEX).read_text())
    assert set(theirs) - set(ours) == _not_http(folder)
    assert set(ours) <= set(theirs)
    for offset, mine in ours.items():
        other = theirs[offset]
        # It leaves out the two line ends behind a record, and what it does not know.
        assert int(mine["length"]) == int(other["length"]) + 4
        assert mine["mime"] == (other.get("mime") or "unk")
        for name in ("key", "date", "url", "filename", "status"):
            assert mine.get(name) == other.get(name), name
        if other["digest"].startswith("sha256:"):
            assert mine["digest"] == other["digest"]


def _lines(index: str) -> dict[int, dict[str, str]]:
    """The lines of an index by the place of the record."""
    found = {}
    for line in index.splitlines():
        key, date, fields = line.split(" ", 2)
        entry = {"key": key, "date": date, **json.loads(fields)}
        found[int(entry["offset"])] = entry
    return found


def _not_http(folder: Path) -> set[int]:
    """Where the responses without a whole HTTP head stand."""
    with (folder / WARC).open("rb") as file:
        records, entities = read_archive(file)
    responses = [one for one in records if one.type == "response"]
    heads = {one.offset: entities.of(one).head for one in responses}
    return {offset for offset, head in heads.items() if head is None or head.status is None}


def test_python_zipfile(folder: Path) -> None:
    assert "Done testing" in run(sys.executable, "-m", "zipfile", "-t", "x.wacz", cwd=folder)


@pytest.mark.parametrize("state", STATES)
def test_fastwarc_and_warcio_read_the_same(state: str) -> None:
    octets = opened(package(state))[WARC]
    fast = [
        (one.record_id, one.headers["WARC-Type"], one.reader.read())
        for one in fastwarc.warc.ArchiveIterator(io.BytesIO(octets), parse_http=False)
    ]
    slow = [
        (one.rec_headers.get_header("WARC-Record-ID"), one.rec_type, one.raw_stream.read())
        for one in ArchiveIterator(io.BytesIO(octets), no_record_parse=True)
    ]
    assert fast == slow
    for one in fastwarc.warc.ArchiveIterator(io.BytesIO(octets), parse_http=False):
        assert one.verify_block_digest()
    for one in fastwarc.warc.ArchiveIterator(io.BytesIO(octets), parse_http=True):
        if one.headers.get("WARC-Payload-Digest"):
            assert one.verify_payload_digest()


@pytest.mark.parametrize("state", STATES)
def test_the_index_finds_its_records(state: str) -> None:
    files = opened(package(state))
    lines = files[INDEX].decode("ascii").splitlines()
    assert lines == sorted(lines)
    for line in lines:
        _, _, fields = line.split(" ", 2)
        found = json.loads(fields)
        record = files[WARC][int(found["offset"]) :][: int(found["length"])]
        assert record.startswith(b"WARC/1.1\r\n")
        assert record.endswith(b"\r\n\r\n")
        assert f"\r\nWARC-Target-URI: {found['url']}\r\n".encode() in record
