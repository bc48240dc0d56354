"""`archiver batch`: lists, good and bad; gone on with after kills; results that cannot bite."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.case.schemas import faults
from archiver.report.cells import disarmed
from tests.cli.test_log import PRIVATE, Desk
from tests.command import Done
from tests.hostiletexts import TEXTS
from tests.samples import PAGE, seed_text
from tests.site import Site, http

FAST = (PRIVATE, "--no-probe", "--delay", "0")
HEAD = "url,text,date,outlet,title,language,case_id"


class Lists(Desk):
    """A person with a list of sources."""

    @property
    def list(self) -> Path:
        return self.folder / "list.csv"

    def batch(self, *words: str | Path, code: int = 0, **env: str) -> Done:
        done = self.run("batch", self.list, *FAST, *words, **env)
        assert done.code == code, done
        return done

    def results(self) -> list[dict[str, str]]:
        with (self.folder / "list.results.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Lists]:
    with Site({"/x": http(PAGE), "/y": http("gone", "410 Gone")}) as site:
        yield Lists(tmp_path, site)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_list(desk: Lists, mark: str) -> None:
    (desk.folder / "one.txt").write_text(seed_text(desk.site.url("/x")))
    desk.list.write_text(
        f"{mark}title,URL,text,case id,Desk Name,x-no\r\n"
        f'"One, and only",{desk.site.url("/x")},one.txt,case-one,north "2",=1\r\n'
        f",{desk.site.url('/y')},,,,\r\n"
        ",,,,,\r\n"
        ",,one.txt,case-two,,\r\n",
        encoding="utf-8",
        newline="",
    )
    done = desk.batch("--json")
    assert faults(done.json, "output-batch.schema.json") == ()
    assert [one["line"] for one in done.json["captures"]] == [2, 3, 5]
    assert done.json["captures"][0]["comparison"]["result"] == "contained"
    case = tomllib.loads((desk.archives / "case-one" / "case.toml").read_text())
    assert (case["x-desk-name"], case["x-no"]) == ('north "2"', "=1")
    assert case["claimed"]["title"] == "One, and only"
    rows = desk.results()
    assert [(row["line"], row["done"], row["state"]) for row in rows] == [
        ("2", "now", "captured"),
        ("3", "now", "absent"),
        ("5", "now", "captured"),
    ]
    assert rows[0]["package_id"] == done.json["captures"][0]["package"]["id"]
    assert Path(desk.folder / rows[0]["package"]).is_file()
    assert desk.run("validate", *desk.archives.iterdir()).code == 0
    # Run again, all of it was done before; nobody is asked, and the results say so.
    asked = len(desk.site.requests)
    again = desk.batch("--json")
    assert faults(again.json, "output-batch.schema.json") == ()
    assert [one["line"] for one in again.json["before"]] == [2, 3, 5]
    assert "3 of 3 sources were captured before" in desk.batch().out
    assert len(desk.site.requests) == asked
    before = desk.results()
    assert {row["done"] for row in before} == {"before"}
    for name in ("line", "case", "url", "state", "reason", "package", "package_id", "ledger"):
        assert [row[name] for row in before] == [row[name] for row in rows]


BAD = {
    "no column that names a source": ("title\nx\n", "has neither a column url"),
    "semicolons": (f"{HEAD.replace(',', ';')}\n", "has neither a column url"),
    "empty": ("", "is empty"),
    "no source": (f"{HEAD}\n", "names no source"),
    "a column that is misspelt": ("url,txt\nx,y\n", "there is no column txt"),
    "a column in another spelling": ("url,titel\nx,y\n", "did you mean title?"),
    "a column cut short": ("url,lang\nx,y\n", "did you mean language?"),
    "two columns of a name": ("url,URL\nx,y\n", "two columns are called url"),
    "a column without a name": ("url, \nx,y\n", "a column without a name"),
    "too many cells": ("url\nhttp://x.example/,y\n", "the row (line 2): 2 cells, where 1"),
    "no url": ("url\nx.example\n", "source.url (line 2): the URL"),
    "a file as url": ("url\nlist.csv\n", "source.url (line 2): the URL"),
    "a date that is none": ("url,date\nhttp://x.example/,yesterday\n", "(line 2): --date"),
    "a case id that is none": ("url,case_id\nhttp://x.example/,../x\n", "(line 2): a case id"),
    "a text that is not there": ("url,text\nhttp://x.example/,none.txt\n", "no such file"),
    "a text elsewhere": ("text\n/etc/passwd\n", "no file in the folder of the list"),
    "a text above": ("text\n../secret.txt\n", "no file in the folder of the list"),
    "a text behind a link": ("text\nlink.txt\n", "no file in the folder of the list"),
    "twice": (
        "url\nhttp://x.example/\nhttp://x.example/\n",
        "(line 3): the same address and text as line 2",
    ),
    "an open quote": ('url\n"http://x.example/\n', "no CSV in line"),
    "a private address": ("url\nhttp://127.0.0.1/\n", "not public"),
    "a control character": ("url,desk\nhttp://x.example/,a\x1b[31m\n", "(line 2): "),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_list_with_which_something_is_wrong(desk: Lists, kind: str) -> None:
    octets, says = BAD[kind]
    desk.list.write_text(octets)
    (desk.folder.parent / "secret.txt").write_text(seed_text(desk.site.url("/x")))
    (desk.folder / "link.txt").symlink_to("/etc/passwd")
    words = [one for one in FAST if kind != "a private address" or one != PRIVATE]
    done = desk.run("batch", desk.list, *words)
    assert done.code == 4, done
    assert says in done.err
    assert "\x1b" not in done.err
    assert not desk.archives.exists()
    assert not (desk.folder / "list.results.csv").exists()


def test_every_fault_is_named_with_its_line(desk: Lists) -> None:
    lines = [f"{desk.site.url('/x')},", "ftp://x.example/,", f"{desk.site.url('/y')},1.2.3"]
    desk.list.write_text("url,date\n" + "\n".join(lines))
    done = desk.batch(code=4)
    assert "2 faults" in done.err
    assert "(line 3)" in done.err
    assert "(line 4)" in done.err
    problems = desk.run("batch", desk.list, *FAST, "--json").json["error"]["problems"]
    assert [one["line"] for one in problems] == [3, 4]
    assert desk.site.requests == []
    desk.list.write_bytes(b"url\n\xff\n")
    assert "not UTF-8 in line 2" in desk.batch(code=4).err


def test_a_file_of_others_is_not_written_over(desk: Lists) -> None:
    desk.list.write_text(f"url\n{desk.site.url('/x')}\n")
    mine = desk.folder / "list.results.csv"
    for make in (
        lambda: mine.write_text("mine"),
        lambda: mine.symlink_to(desk.list),
        lambda: mine.mkdir(),
    ):
        make()
        assert "not written over" in desk.batch(code=8).err
        mine.rmdir() if mine.is_dir() else mine.unlink()
    assert desk.site.requests == []
    assert desk.batch("--results", desk.list, code=8).err.count("\n") == 1
    assert desk.batch("--results", "nowhere/results.csv", code=8).err.count("\n") == 1
    desk.batch("--results", "other.csv")
    desk.batch("--results", "other.csv")
    assert not mine.exists()


def test_without_a_ledger_nothing_is_captured(desk: Lists) -> None:
    desk.list.write_text(f"url\n{desk.site.url('/x')}\n")
    assert "ARCHIVER_LEDGER_KEY" in desk.batch(code=4, CI="true").err
    assert desk.site.requests == []


def test_what_was_inconclusive_is_tried_again(desk: Lists) -> None:
    desk.list.write_text(f"url\n{desk.site.url('/x')}\n")
    desk.site.pages["/x"] = lambda _connection: None
    dead = ("--control", "http://127.0.0.1:1/", "--attempts", "1")
    desk.batch(*dead, code=5)
    assert desk.results()[0]["state"] == "inconclusive"
    desk.site.pages["/x"] = http(PAGE)
    desk.batch()
    assert (desk.results()[0]["state"], desk.results()[0]["done"]) == ("captured", "now")


def test_a_list_killed_three_times_is_whole_in_the_end(desk: Lists) -> None:
    sources = 40
    desk.site.pages = {
        f"/{n}": lambda connection: (time.sleep(0.05), connection.sendall(http(PAGE)))[1]
        for n in range(sources)
    }
    desk.list.write_text("url\n" + "\n".join(desk.site.url(f"/{n}") for n in range(sources)))
    for kill in range(3):
        running = subprocess.Popen(
            [sys.executable, "-m", "archiver", "batch", desk.list, *FAST],
            cwd=desk.folder,
            env={**os.environ, **desk.env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        asked = len(desk.site.requests)
        while len(desk.site.requests) < asked + 5 + kill:
            time.sleep(0.01)
        running.kill()
        running.wait()
        assert not (desk.folder / "list.results.csv").exists()
    desk.batch()
    rows = desk.results()
    assert [row["line"] for row in rows] == [str(n + 2) for n in range(sources)]
    assert Counter(row["state"] for row in rows) == {"captured": sources}
    assert Counter(row["done"] for row in rows)["before"] >= 12
    packages = Counter(one.parent.parent for one in desk.archives.glob("*/packages/*.wacz"))
    assert (len(packages), set(packages.values())) == (sources, {1})
    verified = desk.run("log", "verify", "--json").json
    assert {one["rule"] for one in verified["findings"]} == {"failed"}
    assert not list(desk.folder.rglob(".tmp-*"))


HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1",
    "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "a;=1", "a;\t=1", "a|=cmd", "a\n=1", "\u200b=1",
    '"=1', "=HYPERLINK(\"http://x\")", "\t", "\x00=1", "\x1b=1", "\u3000=1",
)  # fmt: skip


@pytest.mark.parametrize("cell", [*HOSTILE, *TEXTS])
def test_no_cell_is_executed(cell: str) -> None:
    written = disarmed(cell)
    for piece in re.split("[;|]", written):
        assert not re.match("[\\s\ufeff\u200b]*[=+@\uff1d\uff0b\uff0d\uff20-]", piece)
    assert min(written) >= " "


@pytest.mark.parametrize("cell", HOSTILE)
def test_disarming_takes_nothing_away(cell: str) -> None:
    written = disarmed(cell)
    assert written.replace("'", "") == re.sub("[\x00-\x1f]", " ", cell)


def test_what_needs_no_disarming_is_as_it_was() -> None:
    for cell in ("https://x.example/a-b?c=d+e@f", "2026-11-25T00:00:00Z", "sha256:00", "", "12"):
        assert disarmed(cell) == cell
