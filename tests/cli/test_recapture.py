"""`archiver recapture`, `status --max-age`: what is due, who is spared, what is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import pytest

from archiver.case.schemas import faults
from tests.cli.test_log import PRIVATE, Desk
from tests.command import Done
from tests.samples import PAGE
from tests.site import Site, http

FAST = (PRIVATE, "--no-probe", "--delay", "0")


class Schedule(Desk):
    """A person with scheduled cases."""

    def case(self, name: str, path: str = "/x", every: str | None = "1d") -> Path:
        done = self.run("new", self.site.url(path), "--case-id", name)
        assert done.code == 0, done
        file = self.archives / name / "case.toml"
        if every is not None:
            file.write_text(f'{file.read_text()}\n[recapture]\nevery = "{every}"\n')
        return file

    def recapture(self, *words: str | Path, code: int = 0, **env: str) -> Done:
        done = self.run("recapture", *FAST, *words, **env)
        assert done.code == code, done
        return done

    def said(self, *words: str | Path, code: int = 0) -> dict:  # type: ignore[type-arg]
        document = self.recapture(*words, "--json", code=code).json
        name = "output-recapture-plan" if "--plan" in words else "output-recapture"
        assert faults(document, f"{name}.schema.json") == ()
        return document

    def events(self) -> list[str]:
        return [str(one["event"]) for one in self.lines()] if self.archives.exists() else []


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Schedule]:
    with Site({"/x": http(PAGE)}) as site:
        yield Schedule(tmp_path, site)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_what_is_due_is_captured_once(desk: Schedule) -> None:
    desk.case("daily")
    desk.case("unscheduled", every=None)
    done = desk.recapture()
    assert "daily" in done.out
    assert "unscheduled" not in done.out
    assert "the first capture: nothing to compare with" in done.out
    assert "began a ledger" in done.err
    begin, _ = desk.lines()
    assert begin["every"] == 86_400
    assert desk.recapture().out == "nothing is due (1 case looked at)\n"
    assert desk.events() == ["begin", "capture"]
    assert desk.run("log", "verify").code == 0
    # One that is named and does not say how often is captured at once, and promises nothing.
    assert "unscheduled" in desk.recapture(desk.archives / "unscheduled").out
    assert "every" not in desk.lines()[2]
    # `0s` is at once, and no promise either.
    said = desk.said("--every", "0s", "daily")
    (one,) = said["captures"]
    assert (one["case"], one["change"]["result"]) == ("daily", "unchanged")
    assert "every" not in desk.lines()[4]
    assert one["change"]["against"] == desk.lines()[1]["package"]
    assert desk.lines()[5]["against"] == desk.lines()[1]["package"]


def test_a_plan_touches_nothing(desk: Schedule) -> None:
    desk.case("a-case")
    broken = desk.case("b-case")
    broken.write_text("[recapture]\nevery = '1d'\nx = [")
    before, asked = everything(desk.folder), len(desk.site.requests)
    said = desk.said("--plan")
    assert [(one["case"], one["error"] is None) for one in said["plan"]] == [
        ("a-case", True),
        ("b-case", False),
    ]
    out = desk.recapture("--plan").out
    assert "a-case  due: no capture in the ledger" in out
    assert "b-case  cannot be captured" in out
    assert everything(desk.folder) == before
    assert len(desk.site.requests) == asked
    desk.recapture(code=4)
    assert "a-case  not before " in desk.recapture("--plan").out


def test_changes_and_blocks(desk: Schedule) -> None:
    desk.case("a-case")
    desk.recapture("--exit-status")
    again = ("--every", "0s", "--exit-status")
    assert "unchanged" in desk.recapture(*again).out
    desk.site.pages["/x"] = http("no", "403 Forbidden")
    done = desk.recapture(*again)
    assert "blocked / http.403" in done.out
    assert "not compared: this capture was kept out (blocked)" in done.out
    desk.site.pages["/x"] = http(PAGE.replace("eleven", "twelve"))
    assert "changed: text: changed (1 change)" in desk.recapture(*again, code=6).out
    assert desk.said("--every", "0s")["changed"] is False
    desk.site.pages["/x"] = http("gone", "410 Gone")
    said = desk.said(*again, code=6)
    assert said["captures"][0]["change"]["words"][0] == "outcome.state: captured -> absent"
    assert [one.get("change") for one in desk.lines("--event", "capture")] == [
        None,
        "unchanged",
        None,
        "changed",
        "unchanged",
        "changed",
    ]


def test_what_cannot_be_compared_is_told(desk: Schedule) -> None:
    desk.case("a-case")
    desk.recapture()
    package = desk.package()
    octets = package.read_bytes()
    package.unlink()
    time.sleep(1.1)  # the same page in the same second would be the very same package
    assert "the package before is not here" in desk.recapture("--every", "0s").out
    (newer,) = desk.archives.glob("*/packages/*.wacz")
    package.write_bytes(newer.read_bytes())
    assert "another package stands where" in desk.recapture("--every", "0s").out
    package.write_bytes(octets[:-1])
    assert "cannot be used (package.refused)" in desk.recapture("--every", "0s").out
    package.write_bytes(octets)
    assert "unchanged" in desk.recapture("--every", "0s").out


def test_one_that_fails_stops_no_other(desk: Schedule) -> None:
    for name in ("a-case", "b-case", "c-case", "d-case"):
        desk.case(name)
    (desk.archives / "a-case" / "case.toml").write_text(
        "[source]\nurl = 1\n[recapture]\nevery='1d'\n"
    )
    (desk.archives / "b-case" / "packages").write_text("no folder")
    (desk.archives / "c-case" / "case.toml").write_bytes(b"\xff")
    said = desk.said(code=8)
    assert [one["case"] for one in said["captures"]] == ["d-case"]
    assert [one["case"] for one in said["failed"]] == ["b-case"]
    assert sorted(one["case"] for one in said["not_attempted"]) == ["a-case", "c-case"]
    rules = {one["rule"] for one in desk.run("log", "verify", "--json").json["findings"]}
    assert rules <= {"begun", "failed", "not-attempted"}
    # What became of the one whose package could not be kept is looked for by the next run.
    (desk.archives / "b-case" / "packages").unlink()
    done = desk.recapture("b-case")
    assert "b-case" in done.out
    assert "not-attempted" in desk.events()


def test_the_deadline(desk: Schedule) -> None:
    for number in range(4):
        desk.case(f"case-{number}")
    desk.site.pages["/x"] = lambda connection: (time.sleep(0.6), connection.sendall(http(PAGE)))[1]
    done = desk.recapture("--deadline", "1s", code=5)
    missed = done.out.count("not attempted: deadline")
    assert 1 <= missed <= 3
    assert desk.events().count("not-attempted") == missed
    left = {str(one["case"]) for one in desk.lines("--event", "not-attempted")}
    # Those that were not reached are due, and all that is.
    said = desk.said()
    assert {one["case"] for one in said["captures"]} == left
    assert desk.recapture().out.startswith("nothing is due")


def test_one_capture_of_a_host_at_a_time_and_many_hosts_at_once(tmp_path: Path) -> None:
    going: dict[str, int] = {}
    most: dict[str, int] = {}
    lock = threading.Lock()

    def slow(connection: socket) -> None:
        host = connection.getsockname()[0]
        with lock:
            going[host] = going.get(host, 0) + 1
            most[host] = max(most.get(host, 0), going[host])
            most["all"] = max(most.get("all", 0), sum(going.values()))
        time.sleep(0.3)
        with lock:
            going[host] -= 1
        connection.sendall(http(PAGE))

    with Site({"/x": slow}, host="0.0.0.0") as site:
        desk = Schedule(tmp_path, site)
        for number in range(8):
            url = f"http://127.0.0.{number % 4 + 1}:{site.port}/x"
            desk.run("new", url, "--case-id", f"case-{number}")
        start = time.monotonic()
        desk.recapture("--every", "1d")
        assert time.monotonic() - start > 0.6
    assert most.pop("all") >= 3
    assert set(most.values()) == {1}


def test_an_unanswered_source_is_no_change(desk: Schedule) -> None:
    desk.case("a-case")
    file = desk.archives / "a-case" / "case.toml"
    with Site({"/x": http(PAGE)}) as site:
        file.write_text(file.read_text().replace(desk.site.url("/x"), site.url("/x")))
        desk.recapture()
    control = ("--control", desk.site.url("/control"), "--attempts", "1")
    done = desk.recapture("--every", "0s", *control, "--exit-status")
    assert "unreachable / tcp.refused" in done.out
    assert "not compared: this capture got no answer" in done.out


def test_another_source_is_another_case(desk: Schedule) -> None:
    """Else the absence of one page would be told as that of the other."""
    desk.case("a-case")
    desk.recapture()
    file = desk.archives / "a-case" / "case.toml"
    file.write_text(file.read_text().replace(desk.site.url("/x"), desk.site.url("/y")))
    done = desk.recapture("--every", "0s", code=4)
    assert "source.url is another one than that of the packages here" in done.out
    assert len(list((desk.archives / "a-case" / "packages").iterdir())) == 1


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("", "[recaptur]\nevery = '1d'"),
        ("", "[Recapture]\nevery = '1d'"),
        ("", "[recapture]\nevry = '1d'"),
        ("", "[recapture]\nevery = 1"),
        ("", '[recapture]\nevery = "1d"\n[recapture]\nevery = "1d"'),
        ("recapture = 1", ""),
    ],
)
def test_a_rhythm_that_cannot_be_read_is_no_silence(desk: Schedule, head: str, tail: str) -> None:
    file = desk.case("a-case", every=None)
    file.write_text(f"{head}\n{file.read_text()}\n{tail}\n")
    for words in ((), ("--plan",)):
        done = desk.recapture(*words, code=0 if words else 4)
        assert "cannot be read: " in done.out


def test_without_a_ledger_nothing_is_captured(desk: Schedule) -> None:
    desk.case("a-case")
    done = desk.recapture(code=4, CI="true")
    assert done.err.count("\n") == 1
    assert "ARCHIVER_LEDGER_KEY" in done.err
    assert desk.site.requests == []
    assert "due" in desk.recapture("--plan", CI="true").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--every", "often"), 4),
        (("--deadline", "soon"), 4),
        (("--every",), 2),
        (("nobody",), 4),
        (("--archives", "nowhere"), 4),
        (("--hosts", "0"), 2),
    ],
)
def test_wrong_words(desk: Schedule, words: tuple[str, ...], code: int) -> None:
    desk.case("a-case")
    assert desk.recapture(*words, code=code).err.count("\n") == 1
    assert desk.site.requests == []


def test_interrupted(desk: Schedule) -> None:
    for number in range(3):
        desk.case(f"case-{number}")
    desk.site.pages["/x"] = lambda _connection: time.sleep(20)
    running = subprocess.Popen(
        [sys.executable, "-m", "archiver", "recapture", *FAST],
        cwd=desk.folder,
        env={**os.environ, **desk.env},
        stderr=subprocess.PIPE,
        text=True,
    )
    while not desk.site.requests:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert (running.returncode, "Traceback" in err) == (130, False), err
    assert desk.events() == ["begin"] * 3 + ["failed"] + ["not-attempted"] * 2
    assert {one["reason"] for one in desk.lines() if "reason" in one} == {"interrupted"}
    desk.site.pages["/x"] = http(PAGE)
    assert len(desk.said()["captures"]) == 3


def test_killed_and_gone_on(desk: Schedule) -> None:
    for number in range(6):
        desk.case(f"case-{number}")
    desk.site.pages["/x"] = lambda connection: (time.sleep(0.2), connection.sendall(http(PAGE)))[1]
    running = subprocess.Popen(
        [sys.executable, "-m", "archiver", "recapture", *FAST],
        cwd=desk.folder,
        env={**os.environ, **desk.env},
        stderr=subprocess.DEVNULL,
    )
    while len(desk.site.requests) < 4:
        time.sleep(0.01)
    running.kill()
    running.wait()
    assert desk.events() == ["begin"] * 6
    assert "looked for first: 6 captures" in desk.recapture("--plan").out
    done = desk.recapture()
    assert "a capture of case-0 had been cut off; its package" in done.err
    adopted = {one["case"]: one["event"] for one in desk.lines() if one.get("adopted")}
    assert len(adopted) == 6
    kept = {case for case, event in adopted.items() if event == "capture"}
    again = {str(one["case"]) for one in desk.lines("--event", "begin")[6:]}
    assert kept
    assert kept | again == {f"case-{number}" for number in range(6)}
    assert not kept & again
    assert desk.run("log", "verify").code == 0
    assert len(list(desk.archives.glob("*/packages/*.wacz"))) == 6


def test_the_watch_over_the_watch(desk: Schedule) -> None:
    desk.case("unscheduled", every=None)
    desk.capture("--case-id", "unscheduled")
    done = desk.run("status", "--max-age", "36h")
    assert (done.code, "no case is scheduled" in done.out) == (5, True)
    desk.case("daily")
    done = desk.run("status", "--max-age", "36h")
    assert (done.code, "not captured for 36h: daily" in done.out) == (5, True)
    desk.recapture()
    assert desk.run("status", "--max-age", "36h").code == 0
    time.sleep(1.1)
    done = desk.run("status", "--max-age", "0s", "--json")
    assert (done.code, done.json["overdue"]) == (5, ["daily"])
    assert faults(done.json, "output-status.schema.json") == ()
    assert desk.run("status", "--max-age", "a while").code == 4
    # A rhythm that was only given on the command line is watched too.
    desk.recapture("--every", "1s", "unscheduled")
    assert desk.run("status", "--max-age", "1h").code == 0
    time.sleep(1.1)
    assert desk.run("status", "--max-age", "0s", "--json").json["overdue"] == [
        "daily",
        "unscheduled",
    ]
