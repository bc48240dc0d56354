"""The ledger from the command line: what a capture leaves there, and what is asked of it."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.attest import tlog
from archiver.attest.entries import EVENTS
from archiver.case.schemas import faults
from archiver.custody import ledger
from archiver.digest import Digest
from tests.attest import independent
from tests.cli.test_faults import UNSHARE, namespaces
from tests.cli.test_words import ROOT
from tests.command import Done, archiver
from tests.custody.logbook import key
from tests.samples import PAGE, cases, seed_text
from tests.site import Site, http
from tests.tools import tool

PRIVATE = "--allow-private-addresses"


class Desk:
    """A person with a configuration of their own, and a site."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder = folder
        self.site = site
        self.env = {
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }

    @property
    def archives(self) -> Path:
        return self.folder / "archives"

    def run(self, *words: str | Path, **env: str) -> Done:
        return archiver(*words, cwd=self.folder, env={**self.env, **env})

    def capture(self, *words: str, path: str = "/x", **env: str) -> Done:
        return self.run("capture", self.site.url(path), PRIVATE, "--no-probe", *words, **env)

    def log(self) -> ledger.Log:
        (log,) = ledger.logs(self.archives)
        return log

    def lines(self, *words: str) -> list[dict[str, object]]:
        lines: list[dict[str, object]] = self.told("log", *words)["lines"]
        return lines

    def told(self, *words: str | Path, code: int = 0) -> dict[str, object] | object:
        done = self.run(*words, "--json")
        assert done.code == code, done
        name = "-".join(str(one) for one in words[:2] if str(one) in NAMED)
        assert faults(done.json, f"output-{name}.schema.json") == (), done.out
        return done.json

    def package(self) -> Path:
        return max(self.archives.glob("*/packages/*.wacz"), key=lambda one: one.stat().st_mtime_ns)


NAMED = {"log", "verify", "add", "prove", "checkpoint", "status", "capture"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Site({"/x": http(PAGE)}) as site:
        yield Desk(tmp_path, site)


def test_a_capture_is_told_before_and_after(desk: Desk) -> None:
    done = desk.capture("--json")
    assert done.code == 0
    assert faults(done.json, "output-capture.schema.json") == ()
    log = desk.log()
    assert done.json["ledger"] == {"line": f"{log.id}/1", "adopted": 0}
    assert (
        f"began a ledger of these archives, signed by a key of yours: archives/ledger/{log.id}"
        in done.err
    )
    began, came = desk.lines()
    package = desk.package()
    assert (began["event"], began["seq"], began["source"]) == ("begin", 0, desk.site.url("/x"))
    assert came["begin"] == 0
    assert (came["state"], came["reason"]) == ("captured", "http.200")
    assert came["package"] == done.json["package"]["id"]
    assert came["file"] == str(Digest.of(package.read_bytes()))
    assert (came["octets"], came["name"]) == (package.stat().st_size, package.name)
    for line in (one for first in log.files() for one in log.lines(first) or ()):
        assert faults(json.loads(line), "ledger-line.schema.json") == ()
    private = desk.folder / "config" / "archiver" / "ledger" / log.id / "private.pem"
    assert private.stat().st_mode & 0o777 == 0o600
    assert private.parent.parent.stat().st_mode & 0o777 == 0o700
    again = desk.capture()
    assert again.err == ""
    assert f"ledger        {log.id}/3" in again.out
    assert desk.lines()[3]["previous"] == done.json["package"]["id"]
    assert desk.run("log", "verify").code == 0


def test_each_archives_folder_has_a_log_of_its_own(desk: Desk) -> None:
    desk.capture()
    desk.capture("--archives", "other")
    names = {next((desk.folder / one / "ledger").iterdir()).name for one in ("archives", "other")}
    assert len(names) == 2
    said = desk.run("key", "list", "--json").json
    assert faults(said, "output-key.schema.json") == ()
    assert {one["log"] for one in said["ledgers"]} == names
    assert desk.run("key", "list").out.count("ledger ") == 2


def test_from_inside_a_case_the_ledger_is_the_same(desk: Desk) -> None:
    desk.capture()
    (case,) = cases(desk.archives)
    for source, where in ((".", case), ("case.toml", case), (case.name, desk.archives)):
        done = archiver("capture", source, PRIVATE, cwd=where, env=desk.env)
        assert done.code == 0, done
    assert len(desk.lines()) == 8
    assert not list(case.glob("ledger"))


def test_in_ci_no_key_is_made_and_that_is_said(desk: Desk) -> None:
    done = desk.capture(CI="true")
    assert done.code == 0
    assert "archiver: not in the ledger: ARCHIVER_LEDGER_KEY is not set" in done.err
    assert not (desk.archives / "ledger").exists()
    assert desk.capture("--json", CI="true").json["ledger"] is None
    assert "none was to be made" in desk.capture("--no-new-key").err
    assert desk.run("log", "verify").code == 4


def test_the_key_of_ci(desk: Desk) -> None:
    pem = key().pem().decode()
    assert desk.capture(CI="true", ARCHIVER_LEDGER_KEY=pem).code == 0
    file = desk.folder / "key.pem"
    file.write_text(pem)
    file.chmod(0o600)
    assert desk.capture(CI="true", ARCHIVER_LEDGER_KEY=str(file)).code == 0
    assert desk.log().key == key().public
    last = desk.log().checkpoint()
    assert last is not None
    assert last.size == 4
    # Whoever has but the public key writes lines, and signs nothing.
    vkey = key().public.vkey
    assert desk.capture(CI="true", ARCHIVER_LEDGER_KEY=vkey).code == 0
    assert desk.log().checkpoint() == last
    refused = desk.run("log", "checkpoint", ARCHIVER_LEDGER_KEY=vkey)
    assert (refused.code, "signs nothing" in refused.err) == (4, True)
    assert desk.run("log", "checkpoint", ARCHIVER_LEDGER_KEY=pem).out.splitlines()[1] == "6"
    file.chmod(0o644)
    for value in (str(file), "/no/such", "nonsense", vkey[:-4] + "AAA="):
        bad = desk.capture(CI="true", ARCHIVER_LEDGER_KEY=value)
        assert (bad.code, bad.err.count("\n")) == (4, 1), bad
        assert "ARCHIVER_LEDGER_KEY" in bad.err
    secret = pem.splitlines()[1]
    assert not any(
        secret in one.read_text("latin-1") for one in desk.archives.rglob("*") if one.is_file()
    )


def test_lines_can_be_left_unsigned_until_others_have_them(desk: Desk) -> None:
    desk.capture("--no-checkpoint")
    assert desk.log().checkpoint() is None
    assert "2 lines since" in desk.run("log", "verify").out
    said = desk.told("log", "checkpoint")
    assert isinstance(said, dict)
    assert said["size"] == 2
    text = independent.text_of(str(said["note"]), (desk.log().folder / "vkey").read_text())
    assert text.splitlines()[1] == "2"


def killed_while_silent(desk: Desk) -> None:
    """A capture that is killed while the source says nothing."""

    def silent(_connection: object) -> None:
        time.sleep(20)

    desk.site.pages["/silent"] = silent
    running = subprocess.Popen(
        [sys.executable, "-m", "archiver", "capture", desk.site.url("/silent"), PRIVATE],
        cwd=desk.folder,
        env={**os.environ, **desk.env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not any(b"/silent" in one for one in desk.site.requests):
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()


def test_a_killed_capture_is_a_finding(desk: Desk) -> None:
    desk.capture()
    killed_while_silent(desk)
    done = desk.run("log", "verify")
    assert done.code == 0
    assert "finding: 00000002.jsonl" in done.out
    assert "a capture began at" in done.out
    said = desk.told("log", "verify")
    assert isinstance(said, dict)
    assert [one["rule"] for one in said["findings"]] == ["begun"]
    assert "1 begun without a result" in desk.run("status").out
    # The next one looks, finds nothing, and says it.
    after = desk.capture()
    assert "had been cut off; it left no package, and the ledger says so now" in after.err
    lost = desk.lines("--event", "failed")
    assert [(one["reason"], one["adopted"], one["begin"]) for one in lost] == [("lost", True, 2)]
    done = desk.run("log", "verify")
    assert "ended without a package: lost" in done.out
    assert desk.capture().err == ""


def test_a_package_without_its_line_is_adopted(desk: Desk) -> None:
    """As a crash between the two leaves it: the package is there, and the ledger only says that
    it began."""
    desk.capture()
    done = desk.capture("--json")
    log = desk.log()
    log.path(3).unlink()
    for name in ("checkpoint", "checkpoints/4"):
        (log.folder / name).unlink()
    (log.folder / "checkpoint").write_bytes((log.folder / "checkpoints" / "2").read_bytes())
    memory = desk.folder / "config" / "archiver" / "ledger" / log.id / "checkpoint"
    memory.write_bytes((log.folder / "checkpoints" / "2").read_bytes())
    said = desk.told("log", "verify")
    assert isinstance(said, dict)
    assert sorted(one["rule"] for one in said["findings"]) == ["begun", "untold"]
    after = desk.capture("--json")
    assert f"its package {Path(done.json['package']['path']).name} was found" in after.err
    assert after.json["ledger"]["adopted"] == 1
    lines = desk.lines()
    assert [one["event"] for one in lines] == ["begin", "capture"] * 3
    adopted = lines[3]
    assert (adopted["adopted"], adopted["begin"]) == (True, 2)
    assert adopted["package"] == done.json["package"]["id"]
    assert adopted["previous"] == lines[1]["package"]
    said = desk.told("log", "verify")
    assert isinstance(said, dict)
    assert (said["problems"], said["findings"]) == ([], [])


def test_a_capture_that_goes_on_is_left_alone(desk: Desk) -> None:
    def slow(connection: object) -> None:
        time.sleep(3)
        connection.sendall(http(PAGE))  # type: ignore[attr-defined]

    desk.site.pages["/slow"] = slow
    running = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "archiver",
            "capture",
            desk.site.url("/slow"),
            PRIVATE,
            "--no-probe",
        ],
        cwd=desk.folder,
        env={**os.environ, **desk.env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not any(b"/slow" in one for one in desk.site.requests):
        time.sleep(0.01)
    assert "cut off" not in desk.capture().err
    assert running.wait() == 0
    assert [one["event"] for one in desk.lines()] == ["begin", "begin", "capture", "capture"]
    assert [one["begin"] for one in desk.lines("--event", "capture")] == [1, 0]


def test_a_setting_that_cannot_be_leaves_no_line(desk: Desk) -> None:
    assert desk.run("capture", "ftp://x.example/").code == 4
    assert desk.run("capture", desk.site.url("/x")).code == 4
    assert not desk.archives.exists()
    assert desk.capture("--case-id", "ledger").code == 4


def test_events_of_custody(desk: Desk) -> None:
    desk.capture()
    desk.capture()
    package = desk.package()
    (desk.folder / "config" / "archiver" / "config.toml").write_text(
        '[collector]\nname = "analyst-7"\n'
    )
    log = desk.log().id
    hostile = 'he said "no" \\ and <b>so</b> ${{ secrets.X }} ::error::'
    added = [
        ("verify", package),
        ("export", package, "--note", "as a checklist"),
        ("handover", package, "--note", "to the court, on paper"),
        ("stamp", package),
        ("correct", "--line", "1", "--note", "the outlet is another one"),
        ("withdraw", package, "--note", "the person asked for it"),
        ("gap", "--note", "the machine was off", "--case", cases(desk.archives)[0].name),
        ("note", "--note", hostile),
    ]
    for words in added:
        said = desk.told("log", "add", *words)
        assert isinstance(said, dict)
        assert said["said"]["event"] == words[0]
        assert said["said"]["by"] == "analyst-7"
    lines = desk.lines()[4:]
    assert [one["event"] for one in lines] == [words[0] for words in added]
    assert lines[0]["verdict"] == "verified"
    assert lines[4]["line"] == f"{log}/1"
    assert lines[5]["line"] == f"{log}/3"
    assert lines[7]["note"] == hostile
    last = desk.log().checkpoint()
    assert last is not None
    assert last.size == 12
    told = desk.run("log")
    assert told.out.count("\n") == 12
    assert "to the court, on paper" in told.out
    assert len(desk.lines("--last", "3")) == 3
    assert len(desk.lines("--event", "begin")) == 2
    assert desk.lines("--case", "no-such") == []
    # What was withdrawn need not be here any more; the rest must be asked about.
    package.unlink()
    assert "not here" not in desk.run("log", "verify").out
    next(desk.archives.glob("*/packages/*.wacz")).unlink()
    assert "1 package is not here" in desk.run("log", "verify").out
    status = desk.run("status").out
    assert re.search(r" 2  captured / http.200 .*1 gaps; 1 withdrawn", status), status


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("handover",), "PACKAGE"),
        (("correct", "--note", "x"), "--line"),
        (("correct", "--line", "1"), "--note"),
        (("correct", "--line", "99", "--note", "x"), "no such line"),
        (("correct", "--line", "0000000000000000/0", "--note", "x"), "no such line"),
        (("gap",), "--note"),
        (("verify", "{package}", "--line", "1"), "--line"),
        (("note", "--note", "two\nlines"), "note"),
        (("note", "--note", "a\u202eb"), "note"),
        (("note", "--note", "x" * 1001), "note"),
        (("note", "--note", "x", "--case", "No Case"), "case"),
        (("stamp", "{archives}"), "not a regular file"),
        (("stamp", "nothing.wacz"), "no such file"),
    ],
)
def test_events_that_are_none(desk: Desk, words: tuple[str, ...], says: str) -> None:
    desk.capture()
    names = {"package": str(desk.package()), "archives": str(desk.archives)}
    done = desk.run("log", "add", *(one.format(**names) for one in words))
    assert (done.code, done.err.count("\n")) == (4, 1), done
    assert says in done.err
    assert len(desk.lines()) == 2


def test_a_proof_stands_beside_the_package_and_holds_for_a_stranger(desk: Desk) -> None:
    desk.capture()
    package = desk.package()
    desk.capture()
    said = desk.told("log", "prove", package)
    assert isinstance(said, dict)
    log = desk.log()
    assert (said["line"], said["size"], said["written"]) == (f"{log.id}/1", 4, True)
    octets = package.with_name(f"{package.name}.tlog-proof").read_bytes()
    proof = tlog.read_proof(octets, log.key)
    assert str(Digest.of(package.read_bytes())).encode() in proof.line
    desk.capture()
    again = desk.told("log", "prove", package)
    assert isinstance(again, dict)
    assert (again["written"], again["size"]) == (False, 4)
    assert desk.run("verify", package).code == 0
    # Nothing else is ever written over.
    package.with_name(f"{package.name}.tlog-proof").write_text("mine")
    assert desk.run("log", "prove", package).code == 8
    # A newer line is signed first.
    desk.capture("--no-checkpoint")
    newest = desk.told("log", "prove", desk.package())
    assert isinstance(newest, dict)
    assert newest["size"] == 8
    since = desk.told("log", "prove", "--since", "4")
    assert isinstance(since, dict)
    head, _, checkpoint = str(since["content"]).partition("\n\n")
    path = [base64.b64decode(one) for one in head.splitlines()[1:]]
    old, new = log.kept(4), tlog.read_checkpoint(checkpoint.encode(), log.key)
    assert old is not None
    assert independent.goes_on(4, old.root, 8, new.root, path)
    for words in (("prove",), ("prove", package, "--since", "1")):
        assert desk.run("log", *words).code == 2
    assert desk.run("log", "prove", "--since", "99").code == 4
    assert desk.run("log", "prove", "--since", "1", "--log", "x").code == 4


def test_packages_against_their_lines(desk: Desk) -> None:
    desk.capture()
    desk.capture()
    package = desk.package()
    octets = package.read_bytes()
    for changed, says in ((octets[:-1], "octets, not the"), (octets[:-1] + b"\1", "not the file")):
        package.write_bytes(changed)
        done = desk.run("log", "verify")
        assert done.code == 3
        assert says in done.out
        assert str(package.relative_to(desk.folder)) in done.out
        assert desk.run("log", "verify", "--no-packages").code == 0
    package.unlink()
    package.symlink_to("/dev/null")
    assert "not a regular file" in desk.run("log", "verify").out
    package.unlink()
    package.write_bytes(octets)
    (package.parent / "20261122T113320Z-0b1d4ea0.wacz").write_bytes(octets)
    assert "1 package is in no line of the ledger" in desk.run("log", "verify").out


def test_a_fault_is_named_and_the_capture_made_all_the_same(desk: Desk) -> None:
    desk.capture()
    desk.capture()
    log = desk.log()
    octets = log.path(1).read_bytes()
    log.path(1).write_bytes(octets.replace(b'"captured"', b'"absent"'))
    done = desk.run("log", "verify")
    assert done.code == 3
    assert f"archives/ledger/{log.id} lines 0 to 1: not what was signed" in done.out
    said = desk.told("log", "verify", code=3)
    assert isinstance(said, dict)
    assert [one["rule"] for one in said["problems"]] == ["changed"]
    (desk.folder / "cache").rename(desk.folder / "gone")
    done = desk.capture("--json")
    assert done.code == 0
    assert done.json["warnings"][0]["rule"] == "ledger.inconsistent"
    assert "no checkpoint was signed" in done.err
    assert len(desk.lines()) == 6
    refused = desk.run("log", "checkpoint")
    assert (refused.code, refused.err.count("\n")) == (3, 1)


def test_a_damaged_log_of_somebody_else_stops_nobody(desk: Desk) -> None:
    desk.capture()
    other = desk.archives / "ledger" / key(7).public.id
    other.mkdir()
    (other / "vkey").write_text("nonsense")
    (other / "00000000.jsonl").write_bytes(b"nonsense\n")
    assert desk.capture().code == 0
    assert "1 lines cannot be read" in desk.run("log").out
    done = desk.run("log", "verify")
    assert done.code == 3
    assert f"{other.name}/vkey" in done.out


def test_status(desk: Desk) -> None:
    missing = desk.run("status")
    assert (missing.code, "no such folder" in missing.err) == (4, True)
    desk.site.pages["/y"] = http("gone", "410 Gone")
    desk.capture()
    desk.capture("--case-id", "another", path="/y")
    desk.capture("--case-id", "another", path="/y")
    case = desk.archives / "another" / "case.toml"
    case.write_text(case.read_text() + '\n[recapture]\nevery = "0s"\n')
    said = desk.told("status")
    assert isinstance(said, dict)
    first, second = said["cases"]
    assert (first["case"], first["captures"]) == ("another", 2)
    assert (first["due"], first["every"]) == (True, 0)
    assert (first["last"]["state"], first["last"]["reason"]) == ("absent", "http.410")
    assert (second["captures"], second["every"], second["due"]) == (1, None, False)
    case.write_text(case.read_text().replace('"0s"', '"1d"'))
    said = desk.told("status")
    assert isinstance(said, dict)
    assert (said["cases"][0]["due"], said["cases"][0]["every"]) == (False, 86_400)
    assert said["cases"][0]["next"] > said["cases"][0]["last"]["time"]
    out = desk.run("status").out
    assert re.search(r"^another +\S+Z +2  absent / http.410 ", out, re.M)
    assert out.startswith("CASE ")
    right = case.read_text()
    for wrong in (right.replace('"1d"', '"1 month"'), right.replace("[recapture]", "[[recapture")):
        case.write_text(wrong)
        assert "case.toml is not right: archiver validate" in desk.run("status").out
        watched = desk.run("status", "--max-age", "36h")
        assert (watched.code, "nobody can tell how often: another" in watched.out) == (5, True)
        told = desk.run("status", "--json").json["cases"]
        assert [bool(one["fault"]) for one in told] == [True, False]
    case.write_text(right)
    seed = desk.folder / "seed.txt"
    seed.write_text(seed_text(desk.site.url("/x")))
    desk.run("capture", seed, PRIVATE, CI="true", XDG_CONFIG_HOME=str(desk.folder / "none"))
    assert "1 packages that the ledger does not tell of" in desk.run("status").out


def test_validating_all_that_stands_there_passes_over_the_ledger(desk: Desk) -> None:
    desk.capture()
    done = desk.run("validate", *desk.archives.iterdir())
    assert (done.code, done.out.count("\n")) == (0, 1), done


READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'


@pytest.mark.skipif(not namespaces(), reason="needs mount namespaces (Debian has them)")
def test_a_folder_that_is_read_only_is_told_clearly(desk: Desk) -> None:
    desk.capture()
    package = desk.package()
    locked = (*UNSHARE, "sh", "-c", READ_ONLY, "sh", str(desk.archives))

    def run(*words: str | Path) -> Done:
        return archiver(*words, cwd=desk.folder, env=desk.env, prefix=locked)

    for words in (
        ("capture", desk.site.url("/x"), PRIVATE),
        ("log", "add", "note", "--note", "x"),
        ("log", "prove", package),
    ):
        done = run(*words)
        assert (done.code, done.err.count("\n")) == (8, 1), done
        assert "Read-only file system" in done.err
    # Whoever only reads needs to write nothing.
    for reading in (("log",), ("log", "verify"), ("status",)):
        assert run(*reading).code == 0
    assert len(desk.lines()) == 2


def test_the_folder_option_stands_before_or_behind(desk: Desk) -> None:
    desk.capture("--archives", "other")
    for words in (("--archives", "other", "verify"), ("verify", "--archives", "other")):
        assert desk.run("log", *words).code == 0
    assert desk.run("log", "verify").code == 4


def test_every_event_can_be_asked_for(desk: Desk) -> None:
    desk.capture()
    for event in EVENTS:
        assert desk.run("log", "--event", event).code == 0
    assert desk.run("log", "--event", "nothing").code == 2


def test_the_commands_of_the_ledgers_document(desk: Desk) -> None:
    """Word for word, with standard tools only; here what they print is right as well."""
    desk.capture()
    package = desk.package()
    desk.run("log", "prove", package)
    document = (ROOT / "docs" / "ledger.md").read_text()
    _, key_of, file_of = re.findall(r"```sh\n(.*?)\n```", document, re.S)
    for name in ("jq", "sha256sum"):
        tool(name)

    def shell(command: str, where: Path) -> str:
        done = subprocess.run(
            ["sh", "-c", command], cwd=where, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    log = desk.log()
    assert shell(key_of, desk.archives.parent).split()[0] == log.key.fingerprint.hex
    said, measured = shell(
        file_of.partition("\n")[2].replace("PACKAGE.wacz", package.name), package.parent
    ).splitlines()
    assert said == f"sha256:{measured.split()[0]}"
