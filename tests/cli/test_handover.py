"""`archiver handover`: a folder for a stranger, whole or not at all, and what its letter says."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import stat
import subprocess
from html import unescape
from pathlib import Path

import pytest

import archiver as library
from archiver.attest import keyforms, tlog
from archiver.attest.notes import read_vkey
from archiver.case.schemas import faults
from archiver.verbs.printing import pdf_of
from archiver.verbs.verifier import verifier_page
from tests.attest.signers import OURS, THEIRS, signed_package
from tests.command import archiver
from tests.custody.logbook import append, began, captured, log_in, note, sign
from tests.replay.tools import chromium
from tests.report.hostile import package as hostile
from tests.report.hostile import strings
from tests.report.reports import amended, cosigned, stamped
from tests.report.test_checklist import SLOW, failing, titles
from tests.tools import tool
from tests.vectors.build import FOLDER
from tests.verify.scenes import STATES, package

PAGES = ["SHA256SUMS", "checklist.md", "letter.html", "letter.txt", "report.html", "verify.html"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.wacz"
    path.write_bytes(signed_package("captured"))
    return path


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def words(page: Path) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", page.read_text(encoding="utf-8"))).split())


def test_everything_is_there_and_whole(file: Path, tmp_path: Path) -> None:
    amended(file, lambda claimed, _: claimed["claimed"].update(title="The Bridge Has Opened"))
    cosigned(file, THEIRS)
    stamped(file)
    file.with_name("x.wacz.tlog-proof").write_text("a proof\n")
    file.with_name("x.wacz.mine").write_text("not for others")
    beside = [name for name in names(tmp_path) if name.startswith("x.wacz") and name[-4:] != "mine"]
    done = archiver("handover", file, "--to", tmp_path / "out", "--json")
    assert (done.code, done.err) == (0, "")
    assert faults(done.json, "output-handover.schema.json") == ()
    keys = [f"key-{one.public.fingerprint.hex[:16]}.pem" for one in (OURS, THEIRS)]
    assert names(tmp_path / "out") == sorted([*beside, *keys, *PAGES])
    assert len(beside) == 7
    for name in beside:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / name).read_bytes()
    for name, key in zip(keys, (OURS, THEIRS), strict=True):
        assert keyforms.read_public((tmp_path / "out" / name).read_bytes()) == key.public
    assert (tmp_path / "out" / "verify.html").read_bytes() == verifier_page()
    listed = {one["name"]: one for one in done.json["files"]}
    assert sorted(listed) == names(tmp_path / "out")
    for name, one in listed.items():
        octets = (tmp_path / "out" / name).read_bytes()
        digest = f"sha256:{hashlib.sha256(octets).hexdigest()}"
        assert (one["bytes"], one["sha256"]) == (len(octets), digest)
    command = [tool("sha256sum"), "--strict", "-c", "SHA256SUMS"]
    said = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, text=True, check=True)
    assert said.stdout.count(": OK\n") == len(listed) - 1


def test_the_folder_verifies_by_the_key_in_it(file: Path, tmp_path: Path) -> None:
    assert archiver("handover", file, "--to", tmp_path / "out", "-q").out == ""
    key = next((tmp_path / "out").glob("key-*.pem"))
    assert archiver("verify", tmp_path / "out" / "x.wacz", "--trust", key).code == 0
    assert archiver("verify", tmp_path / "out" / "x.wacz").code == 9


def test_the_same_again_is_no_fault_and_nothing_is_written_over(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = library.handover(file, out)
    assert first.written
    again = archiver("handover", file, "--to", out)
    assert (again.code, "the same" in again.out) == (0, True)
    octets = (out / "letter.txt").read_bytes()
    (out / "letter.txt").write_bytes(octets + b"x")
    assert archiver("handover", file, "--to", out).code == 8
    (out / "letter.txt").write_bytes(octets)
    (out / "more").write_text("mine")
    done = archiver("handover", file, "--to", out)
    assert (done.code, done.err.count("\n")) == (8, 1)
    assert "never written over" in done.err
    assert (out / "more").read_text() == "mine"
    (tmp_path / "link").symlink_to(out)
    assert archiver("handover", file, "--to", tmp_path / "link").code == 8
    (tmp_path / "plain").write_text("mine")
    assert archiver("handover", file, "--to", tmp_path / "plain").code == 8
    empty = tmp_path / "empty"
    empty.mkdir()
    assert archiver("handover", file, "--to", empty).code == 8
    assert names(empty) == []


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A package in its archives folder, whose ledger tells of it."""
    packages = tmp_path / "archives" / "a-case" / "packages"
    packages.mkdir(parents=True)
    path = packages / "x.wacz"
    path.write_bytes(signed_package("captured"))
    file = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    log = log_in(tmp_path / "archives")
    append(log, began(), began("b-case"))
    append(log, {**captured(0, 1), "file": file}, captured(1, 2, "b-case"), note("<b>one</b>"))
    append(log, {**note("<i>two</i>"), "case": "a-case"})
    sign(log)
    return path


def test_a_ledger_hands_over_its_proof_and_its_key(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = library.handover(kept, out)
    assert names(kept.parent) == ["x.wacz"]
    (vkey,) = out.glob("ledger-*.vkey")
    key = read_vkey(vkey.read_text())
    proof = tlog.read_proof((out / "x.wacz.tlog-proof").read_bytes(), key)
    assert (proof.at, proof.checkpoint.size) == (2, 6)
    page = words(out / "report.html")
    assert "Capture: captured (http.200), text contained this package" in page
    assert "<i>two</i>" in page
    assert "b-case" not in page
    assert "<b>one</b>" not in page
    checklist = (out / "checklist.md").read_text()
    assert titles(checklist).count("The ledger: ") == 4
    assert failing(checklist, out / "x.wacz", leave_out=SLOW) == []
    assert key.fingerprint.hex[:4] in (out / "letter.txt").read_text()
    assert {one.name for one in done.files} >= {vkey.name, "x.wacz.tlog-proof"}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13])
def test_the_steps_hold_in_a_ledger_of_any_size(size: int, tmp_path: Path) -> None:
    """The command's own path through the tree: each line of each tree, and no other's."""
    log = log_in(tmp_path / "archives")
    path = tmp_path / "archives" / "a-case" / "packages" / "x.wacz"
    path.parent.mkdir(parents=True)
    path.write_bytes(signed_package("captured"))
    file = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    append(log, began(), *(note(f"line {one}") for one in range(size // 2)))
    append(log, {**captured(0, 1), "file": file})
    append(log, *(note(f"line {one}") for one in range(size)))
    sign(log)
    library.handover(path, tmp_path / "out")
    page = (tmp_path / "out" / "checklist.md").read_text()
    file = tmp_path / "out" / "x.wacz"
    fast = (*SLOW, "warcio", "archive/data.warc", " body")
    assert failing(page, file, leave_out=fast) == []
    proof = tmp_path / "out" / "x.wacz.tlog-proof"
    lines = proof.read_text().split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("index ")) + 1
    lines[at] = "A" + lines[at][1:] if lines[at][0] != "A" else "B" + lines[at][1:]
    proof.write_text("\n".join(lines))
    for one in ("empty", "said"):
        shutil.rmtree(tmp_path / "out" / one)
    (wrong,) = failing(page, file, leave_out=fast)
    assert wrong.startswith("The ledger: the line is in it")


def test_what_the_ledger_cannot_prove_is_said(kept: Path, tmp_path: Path) -> None:
    """A ledger of somebody else whose last lines are under no checkpoint."""
    (log,) = (kept.parents[2] / "ledger").iterdir()
    for one in (log / "checkpoint", *(log / "checkpoints").iterdir()):
        one.unlink()
    library.handover(kept, tmp_path / "out")
    assert not list((tmp_path / "out").glob("ledger-*"))
    assert "The ledger proves nothing of this file: " in words(tmp_path / "out" / "report.html")


def test_whole_or_not_at_all(file: Path, tmp_path: Path) -> None:
    assert archiver("handover", file, "--to", tmp_path / "no" / "out").code == 8
    file.with_name("x.wacz.desk.tsr").write_bytes(b"no stamp")
    assert archiver("handover", file, "--to", tmp_path / "out").code == 3
    file.with_name("x.wacz.desk.tsr").unlink()
    file.with_name("x.wacz.tlog-proof").symlink_to(file)
    assert archiver("handover", file, "--to", tmp_path / "out").code == 4
    file.with_name("x.wacz.tlog-proof").unlink()
    file.write_bytes(signed_package("captured")[:-1])
    assert archiver("handover", file, "--to", tmp_path / "out").code == 3
    file.write_bytes(b"no package")
    assert archiver("handover", file, "--to", tmp_path / "out").code == 4
    assert archiver("handover", file).code == 2
    assert names(tmp_path) == ["x.wacz"]


def test_a_disk_that_is_full_leaves_nothing(file: Path, tmp_path: Path) -> None:
    """The folder's size is bounded by the shell, so the write of a file fails in its midst."""
    limit = ("bash", "-c", 'ulimit -f 100; trap "" XFSZ; exec "$@"', "bash")
    done = archiver("handover", file, "--to", tmp_path / "out", prefix=limit)
    assert done.code == 8, done.err
    assert names(tmp_path) == ["x.wacz"]


def test_modes_are_those_of_any_new_file(file: Path, tmp_path: Path) -> None:
    library.handover(file, tmp_path / "out")
    modes = {stat.S_IMODE(one.stat().st_mode) & 0o133 for one in (tmp_path / "out").iterdir()}
    assert modes == {0}


@pytest.mark.parametrize("state", STATES)
def test_the_letter_says_the_same_on_both_sheets(state: str, tmp_path: Path) -> None:
    path = tmp_path / "x.wacz"
    path.write_bytes(package(state))
    library.handover(path, tmp_path / "out")
    page = words(tmp_path / "out" / "letter.html")
    text = (tmp_path / "out" / "letter.txt").read_text(encoding="utf-8")
    assert max(map(len, text.split("\n"))) <= 120
    for part in text.split("\n\n")[1:]:
        title = part.split("\n")[0]
        assert title.rstrip(":") in page or title.split(":")[0] in page
    flat = " ".join(text.split())
    for must in (
        "Telephone whoever gave you this",
        "Open verify.html in Chromium or Firefox",
        "Nobody signed this package",
        "What this does not prove",
        "Who made the package: it is unsigned",
        "https://news.example.org/the-harbour-bridge-opens/",
    ):
        assert must in page, must
        assert must in flat, must


def test_the_numbers_are_read_in_groups(file: Path, tmp_path: Path) -> None:
    done = library.handover(file, tmp_path / "out")
    text = (tmp_path / "out" / "letter.txt").read_text()
    page = words(tmp_path / "out" / "letter.html")
    for number in (OURS.public.fingerprint.hex, done.id.removeprefix("sha256:")):
        groups = [number[at : at + 4] for at in range(0, 64, 4)]
        assert " ".join(groups[:8]) in text
        assert " ".join(groups[8:]) in text
        assert " ".join(groups) in page
    assert "Nobody signed this package" not in text
    assert "no place. One key signed it." in " ".join(text.split())
    assert "It must say “verified” then" in " ".join(text.split())
    out = archiver("handover", file, "--to", tmp_path / "out").out
    assert f"key number    {OURS.public.fingerprint.hex[:4]} " in out


def test_of_another_version_no_verified_is_promised(tmp_path: Path) -> None:
    file = tmp_path / "captured.wacz"
    shutil.copyfile(FOLDER / "other-version" / "captured.wacz", file)
    cosigned(file, OURS)
    library.handover(file, tmp_path / "out")
    text = " ".join((tmp_path / "out" / "letter.txt").read_text().split())
    assert "It must say “the key whose number you typed” then" in text


@pytest.mark.parametrize("number", range(0, 60, 4))
def test_nothing_from_outside_is_live_in_the_letter(number: int, tmp_path: Path) -> None:
    texts = strings()
    path = tmp_path / "x.wacz"
    path.write_bytes(hostile(texts[number * (len(texts) // 60)]))
    library.handover(path, tmp_path / "out")
    source = (tmp_path / "out" / "letter.html").read_text(encoding="utf-8")
    allowed = "!doctype|html|meta|link|title|style|body|div|header|h1|h2|p|main|section|dl|dt|dd"
    allowed += "|ol|ul|li|bdi|code|br|span"
    body = source[source.index("<body>") :]
    assert re.findall(rf"<(?!/?(?:{allowed})[\s>])[^>]*>", body) == []
    text = (tmp_path / "out" / "letter.txt").read_text(encoding="utf-8")
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", text) == []


def test_the_letter_is_one_page(file: Path, tmp_path: Path) -> None:
    amended(file, lambda claimed, _: claimed["claimed"].update(title="The Bridge Has Opened"))
    cosigned(file, THEIRS)
    library.handover(file, tmp_path / "out")
    printed = pdf_of((tmp_path / "out" / "letter.html").read_bytes(), Path(chromium()))
    assert len(re.findall(rb"/Type */Page\b", printed)) == 1


def test_with_a_pdf(file: Path, tmp_path: Path) -> None:
    done = archiver("handover", file, "--to", tmp_path / "out", "--browser", chromium(), "--json")
    assert done.code == 0, done.err
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert "report.pdf: the same, on paper" in (tmp_path / "out" / "letter.txt").read_text()
    none = {"PATH": "/nowhere"}
    shutil.rmtree(tmp_path / "out")
    done = archiver("handover", file, "--to", tmp_path / "out", "--pdf", "--json", env=none)
    assert (done.code, json.loads(done.out)["error"]["code"]) == (7, "report.no_browser")
    assert not (tmp_path / "out").exists()
