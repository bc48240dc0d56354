"""`archiver report`: a page beside the package, whole or not at all; a PDF; a folder of pages."""

from __future__ import annotations

import json
import re
import stat
import time
from hashlib import sha256
from pathlib import Path

import pytest

import archiver as library
from archiver.case.schemas import faults
from archiver.case.writing import to_toml
from archiver.report.html.document import MARK
from tests.case.right_case import TEXT, right_document
from tests.command import archiver
from tests.custody.logbook import append, began, captured, log_in, note, sign
from tests.replay.tools import chromium
from tests.report.hostile import package as hostile
from tests.verify.scenes import package

ALL = ("report", "--all", "--archives")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.wacz"
    path.write_bytes(package("captured"))
    return path


def names(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def test_beside_the_package_and_the_same_again(file: Path) -> None:
    done = archiver("report", file)
    page = file.with_name("x.wacz.report.html")
    assert (done.code, done.err) == (0, "")
    assert f"report        {page}\n" in done.out
    first = page.read_bytes()
    assert first.startswith(MARK.encode())
    again = archiver("report", file, "--json")
    assert faults(again.json, "output-report.schema.json") == ()
    assert (again.json["written"], again.json["pdf"], again.json["exit"]) == (False, None, 0)
    assert "the same" in archiver("report", file).out
    assert archiver("report", file, "-q").out == ""
    assert library.report(file).octets == first
    assert file.read_bytes() == package("captured")
    assert names(file.parent) == ["x.wacz", "x.wacz.report.html"]


def test_nothing_is_written_over(file: Path) -> None:
    page = file.with_name("x.wacz.report.html")
    page.write_text("mine")
    done = archiver("report", file)
    assert done.code == 8
    assert done.err.count("\n") == 1
    assert "never written over" in done.err
    assert page.read_text() == "mine"
    other = archiver("report", file, "-o", file.parent / "other.html", "--json")
    assert other.json["output"] == str(file.parent / "other.html")
    assert archiver("report", file, "-o", file.parent / "no" / "x.html").code == 8


def test_what_is_refused_gets_no_page(file: Path) -> None:
    file.write_bytes(package("captured")[:-1])
    assert archiver("report", file).code == 3
    file.write_bytes(b"no package")
    assert archiver("report", file).code == 4
    assert names(file.parent) == ["x.wacz"]


def test_wrong_words(file: Path) -> None:
    for words in (
        ("report",),
        ("report", file, "--all"),
        ("report", file, "--to", "x"),
        ("report", "--all", "--pdf"),
        ("report", "--all", "-o", "x"),
        ("report", file, "--pdf", "--browser", "no-such-program"),
    ):
        done = archiver(*words)
        assert done.code == 2
        assert done.err.count("\n") == 1


def test_a_pdf_by_the_browser_that_is_there(file: Path) -> None:
    done = archiver("report", file, "--pdf", "--browser", chromium(), "--json")
    assert done.code == 0, done.err
    assert faults(done.json, "output-report.schema.json") == ()
    made = Path(done.json["pdf"]["output"])
    assert made == file.with_name("x.wacz.report.pdf")
    octets = made.read_bytes()
    assert octets.startswith(b"%PDF-")
    assert octets.count(b"/Type /Page\n") + octets.count(b"/Type /Page ") >= 3
    again = archiver("report", file, "--pdf")
    assert again.code == 8
    assert f"{made}: something else stands there" in again.err
    assert made.read_bytes() == octets


def program(folder: Path, script: str) -> Path:
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize("script", ["exit 0", "exit 3", "kill -9 $$"])
def test_a_browser_that_makes_none(file: Path, script: str) -> None:
    done = archiver("report", file, "--pdf", "--browser", program(file.parent, script))
    assert done.code == 7
    assert done.err.count("\n") == 1
    assert "the browser made no PDF" in done.err
    assert names(file.parent) == ["browser", "x.wacz", "x.wacz.report.html"]


def test_no_browser_at_all(file: Path) -> None:
    done = archiver("report", file, "--pdf", env={"PATH": "/nowhere"})
    assert done.code == 7
    assert "no Chromium is installed" in done.err
    assert file.with_name("x.wacz.report.html").is_file()


def test_the_browser_is_cut_off(file: Path) -> None:
    script = f'printf "%s\\n" "$@" > {file.parent}/words; exit 1'
    archiver("report", file, "--pdf", "--browser", program(file.parent, script))
    words = (file.parent / "words").read_text().splitlines()
    for flag in (
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--proxy-server=http://127.0.0.1:9",
        "--disable-background-networking",
    ):
        assert flag in words
    assert words[-1].startswith("file:///")
    assert not Path(words[-1].removeprefix("file://")).exists()


def test_it_is_opened_in_the_persons_browser(file: Path) -> None:
    script = f'printf "%s" "$1" > {file.parent}/opened'
    shown = program(file.parent, script)
    done = archiver("report", file, "--open", env={"BROWSER": str(shown)})
    assert done.code == 0
    page = file.with_name("x.wacz.report.html")
    end = time.monotonic() + 10
    while not (file.parent / "opened").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert (file.parent / "opened").read_text() == page.as_uri()


def add(archives: Path, case: str, *many: bytes) -> None:
    folder = archives / case / "packages"
    folder.mkdir(parents=True)
    for number, octets in enumerate(many):
        (folder / f"20260314T12000{number}Z-0000000{number}.wacz").write_bytes(octets)


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    folder = tmp_path / "archives"
    add(folder, "a-case", package("captured"), package("absent"), package("captured"))
    add(folder, "b-case", hostile("<script>alert(1)</script>\x1b[31m"))
    drafted = folder / "c-case"
    drafted.mkdir()
    (drafted / "case.toml").write_text(to_toml(right_document()))
    (drafted / "seed.txt").write_bytes(TEXT)
    (folder / "ledger").mkdir()
    (folder / "No Case").mkdir()
    return folder


def test_all_cases_become_pages(archives: Path) -> None:
    to = archives.parent / "pages"
    done = archiver(*ALL, archives, "--to", to, "--json")
    assert (done.code, done.err) == (0, "")
    assert faults(done.json, "output-report.schema.json") == ()
    assert (done.json["cases"], done.json["packages"], done.json["refused"]) == (3, 4, [])
    made = names(to)
    assert made == [
        *(f"case/{one}-case.html" for one in "abc"),
        "index.html",
        *(f"report/a-case.20260314T12000{n}Z-0000000{n}.html" for n in range(3)),
        "report/b-case.20260314T120000Z-00000000.html",
    ]
    for page in made:
        source = (to / page).read_text(encoding="utf-8")
        assert "<script" not in source
        for target in re.findall(r'href="([^"#]+)', source):
            if not target.startswith("data:"):
                assert ((to / page).parent / target).resolve().is_file(), (page, target)
    index = (to / "index.html").read_text()
    assert "not captured" in index
    history = (to / "case" / "a-case.html").read_text()
    assert history.count("Against the capture before") == 2
    assert "outcome.state" in history


def test_a_ledger_is_told_case_by_case(archives: Path) -> None:
    (first, *_) = sorted((archives / "a-case" / "packages").iterdir())
    file = f"sha256:{sha256(first.read_bytes()).hexdigest()}"
    log = log_in(archives)
    append(log, began("a-case"), began("b-case"))
    append(log, {**captured(0, 1, "a-case"), "file": file}, captured(1, 2, "b-case"))
    gone = {**note("<b>wrong</b>"), "event": "withdraw", "line": f"{log.id}/2"}
    append(log, gone, {**note("c is quiet"), "case": "c-case"}, began("a-case"))
    sign(log)
    to = archives.parent / "pages"
    assert archiver(*ALL, archives, "--to", to).code == 0
    case, other = ((to / "case" / f"{one}-case.html").read_text() for one in "ab")
    report = (to / "report" / f"a-case.{first.stem}.html").read_text()
    for page in (case, report):
        assert f"Withdrawn: line {log.id}/2" in page
        assert "&lt;b&gt;wrong&lt;/b&gt;" in page
        assert "no line tells what came of it" in page
        assert "Capture: captured (http.200)" in page
    assert ("this package" in report, "this package" in case) == (True, False)
    assert "wrong" not in other
    assert "No line of the ledger in whose folder it stands tells of this file." in other


def test_made_again_it_is_the_same_and_follows_the_archives(archives: Path) -> None:
    to = archives.parent / "archives-report"
    assert archiver(*ALL, archives).code == 0
    before = {name: (to / name).read_bytes() for name in names(to)}
    (to / "CNAME").write_text("mine")
    (to / "case" / "mine.html").write_text("mine")
    assert archiver(*ALL, archives).code == 0
    assert {name: (to / name).read_bytes() for name in before} == before
    last = archives / "a-case" / "packages" / "20260314T120002Z-00000002.wacz"
    last.unlink()
    (archives / "b-case").rename(archives / "d-case")
    assert archiver(*ALL, archives, "-q").out == ""
    gone = set(before) - set(names(to))
    assert gone == {
        "case/b-case.html",
        "report/a-case.20260314T120002Z-00000002.html",
        "report/b-case.20260314T120000Z-00000000.html",
    }
    assert (to / "CNAME").read_text() == (to / "case" / "mine.html").read_text() == "mine"


def test_pages_of_others_are_not_written_over(archives: Path) -> None:
    to = archives.parent / "pages"
    to.mkdir()
    (to / "index.html").write_text("mine")
    done = archiver(*ALL, archives, "--to", to)
    assert done.code == 8
    assert done.err.count("\n") == 1
    assert (to / "index.html").read_text() == "mine"
    link = archives.parent / "link"
    link.mkdir()
    (link / "index.html").symlink_to(to / "index.html")
    assert archiver(*ALL, archives, "--to", link).code == 8
    assert (to / "index.html").read_text() == "mine"


def test_a_refused_package_is_named_and_not_shown(archives: Path) -> None:
    first = archives / "a-case" / "packages" / "20260314T120000Z-00000000.wacz"
    first.write_bytes(package("captured")[:-1])
    to = archives.parent / "pages"
    done = archiver(*ALL, archives, "--to", to)
    assert done.code == 3
    assert f"refused       {first}: Refused at check 'container'." in done.out
    assert "Refused at check" in (to / "case" / "a-case.html").read_text()
    assert not (to / "report" / "a-case.20260314T120000Z-00000000.html").exists()
    as_json = archiver(*ALL, archives, "--to", to, "--json").json
    assert faults(as_json, "output-report.schema.json") == ()
    assert [one["package"] for one in as_json["refused"]] == [str(first)]


def test_no_archives_no_pages(tmp_path: Path) -> None:
    done = archiver(*ALL, tmp_path / "none")
    assert done.code == 4
    assert names(tmp_path) == []
    (tmp_path / "empty").mkdir()
    assert archiver(*ALL, tmp_path / "empty", "--to", tmp_path / "to").code == 0
    assert "0</b>cases" not in (tmp_path / "to" / "index.html").read_text()


def test_many_cases_over_several_processes(tmp_path: Path) -> None:
    archives = tmp_path / "archives"
    for number in range(20):
        add(archives, f"case-{number}", package("captured"))
    said = archiver(*ALL, archives, "--to", tmp_path / "to", "--json").json
    assert (said["cases"], said["packages"]) == (20, 20)
    index = (tmp_path / "to" / "index.html").read_text()
    assert len(re.findall(r'href="case/case-[0-9]+\.html"', index)) == 20
    assert json.dumps(said)
