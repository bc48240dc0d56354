"""`archiver rebuild`: the same octets, or which file differs and where first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archiver.case.schemas import faults
from archiver.errors import Exit, InvalidInput, Refused
from archiver.package.container import Exhibit, exhibit
from archiver.package.derive import (
    CAPTURE,
    COMPARISON,
    INDEX,
    OUTCOME,
    PAGES,
    SCHEMA,
    SEED,
    WARC,
)
from archiver.verbs.rebuilding import Rebuilt, rebuild
from archiver.verify.difference import difference
from tests.command import archiver
from tests.verify.forge import opened, sealed, text
from tests.verify.scenes import STATES, package
from tests.verify.shorthand import without


def rebuilt(folder: Path, octets: bytes) -> Rebuilt:
    file = folder / "x.wacz"
    file.write_bytes(octets)
    before = sorted(folder.rglob("*"))
    done = rebuild(file)
    assert sorted(folder.rglob("*")) == before
    assert file.read_bytes() == octets
    return done


@pytest.mark.parametrize("state", STATES)
def test_every_outcome_comes_out_the_same(tmp_path: Path, state: str) -> None:
    done = rebuilt(tmp_path, package(state))
    assert done.same
    assert done.exit is Exit.OK
    assert {OUTCOME, COMPARISON, INDEX, PAGES, SCHEMA, CAPTURE} <= set(done.compared)


@pytest.mark.parametrize(
    ("path", "pattern", "new", "line", "theirs", "ours"),
    [
        (OUTCOME, '"state": "captured"', '"state": "absent"', 0, "absent", "captured"),
        (COMPARISON, '"result": "[a-z-]+"', '"result": "partial"', 0, "partial", "contained"),
        (INDEX, '"status":"200"', '"status":"404"', 1, "404", "200"),
        (PAGES, '"status":200', '"status":404', 2, "404", "200"),
    ],
)
def test_a_changed_file_is_named_with_its_first_difference(
    tmp_path: Path, path: str, pattern: str, new: str, line: int, theirs: str, ours: str
) -> None:
    forged = text(opened(package("captured")), path, pattern, new)
    done = rebuilt(tmp_path, sealed(forged))
    assert done.exit is Exit.REFUSED
    one = next(each for each in done.differences if each.where.startswith(f"{path} line "))
    says, again = one.what.split("derived again it is")
    assert theirs in says
    assert ours in again
    if line:
        assert one.where == f"{path} line {line}"
    # The manifests that were made right for the forgery are not those of the genuine one.
    assert {each.where.split()[0] for each in done.differences} >= {
        path,
        "datapackage.json",
        "evidence/manifest-sha256.txt",
    }


def test_a_file_missing_or_one_too_many(tmp_path: Path) -> None:
    seedless = without(opened(package("captured")), SEED)
    assert f"{SEED}: is missing" in [
        f"{one.where}: {one.what}" for one in rebuilt(tmp_path, seedless).differences
    ]


def test_another_version_is_only_partly_made_again(tmp_path: Path) -> None:
    octets = package("captured", software="archiver 0.0.9")
    files = opened(octets)
    done = rebuilt(tmp_path, octets)
    assert (done.again, done.made_by, done.exit) == (None, "archiver 0.0.9", Exit.UNTRUSTED)
    assert {OUTCOME, COMPARISON, INDEX, PAGES} <= set(done.compared)
    assert SCHEMA not in done.compared
    forged = text(files, OUTCOME, '"state": "captured"', '"state": "absent"')
    assert rebuilt(tmp_path, sealed(forged)).exit is Exit.REFUSED


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    broken = opened(package("captured"))
    for octets in (
        package("captured")[:-1],
        sealed(broken | {WARC: broken[WARC][:-1]}),
        sealed(broken | {CAPTURE: b"{}\n"}),
        b"PK\x03\x04",
    ):
        with pytest.raises(Refused, match="made again"):
            rebuilt(tmp_path, octets)
    with pytest.raises(InvalidInput):
        rebuild(tmp_path / "none.wacz")
    with pytest.raises(InvalidInput):
        rebuilt(tmp_path, b"no package at all")


def test_what_the_command_says(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.wacz", tmp_path / "wrong.wacz"
    right.write_bytes(package("absent"))
    forged = text(opened(package("captured")), PAGES, '"title":"', '"title":"\u202e')
    wrong.write_bytes(sealed(forged))
    done = archiver("rebuild", right)
    assert done.code == 0
    assert done.out.splitlines()[-1].startswith("The same octets.")
    done = archiver("rebuild", wrong)
    assert done.code == 3
    assert f"{PAGES} line 1" in done.out
    assert "\u202e" not in done.out
    for one in (right, wrong):
        document = json.loads(archiver("rebuild", one, "--json").out)
        assert faults(document, "output-rebuild.schema.json") == ()
    assert archiver("rebuild", tmp_path / "none").code == 4


def _file(octets: bytes) -> Exhibit:
    return exhibit("a/b.txt", octets)


@pytest.mark.parametrize(
    ("theirs", "ours", "where", "what"),
    [
        (b"a\nb\nc", b"a\nx\nc", "line 2", "says 'b' (octet 2), derived again it is 'x'"),
        (b"a\n", b"a\nb", "line 2", "says '' (octet 2), derived again it is 'b'"),
        (b"", b"a", "line 1", "says '' (octet 0), derived again it is 'a'"),
        (b"\xff", b"a", "line 1", "says '\ufffd' (octet 0), derived again it is 'a'"),
        (
            b"0" * (2 << 20) + b"1",
            b"0" * (2 << 20) + b"2",
            "line 1",
            f"says '{'0' * 20}1' (octet {2 << 20}), derived again it is '{'0' * 20}2'",
        ),
    ],
)
def test_the_first_difference(theirs: bytes, ours: bytes, where: str, what: str) -> None:
    problem = difference(_file(theirs), _file(ours))
    assert (problem.where, problem.what) == (f"a/b.txt {where}", what)
