"""`archiver schedule`: what it writes, that it keeps the rules, that its scripts do the work."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from archiver.case.schemas import faults
from archiver.custody import ledger
from archiver.custody.audit import audit
from archiver.jobs import github, gitlab
from tests.cli.test_words import ROOT
from tests.command import Done, archiver
from tests.custody.logbook import key
from tests.custody.remote import IDENTITY, Shared, git
from tests.samples import PAGE
from tests.site import Site, http
from tests.tools import tool

COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGEST = "ab" * 32
FROM = f"git+https://git.example/archiver@{COMMIT}"
WAYS = ("folder", "artifact", "release", "git")
SOURCES = (FROM, f"https://files.example/archiver.whl#sha256={DIGEST}", ".")
SOURCE = '[source]\nurl = "https://example.org/"\n'
BIN = str(Path(sys.executable).parent)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / "archives" / "a-case").mkdir(parents=True)
    (folder / "archives" / "a-case" / "case.toml").write_text(SOURCE)
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a case")
    return folder


def schedule(repository: Path, *words: str, env: dict[str, str] | None = None) -> Done:
    return archiver("schedule", *words, cwd=repository, env=env)


def workflow(repository: Path, *words: str) -> dict[str, Any]:
    assert schedule(repository, "github", *words).code == 0
    document: dict[str, Any] = yaml.safe_load((repository / github.PLACE).read_text())
    return document


def steps(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in document["jobs"].items():
        for step in job["steps"]:
            yield name, step


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("source", SOURCES)
def test_the_workflow_keeps_the_rules(repository: Path, way: str, source: str) -> None:
    case = repository / "archives/a-case/case.toml"
    case.write_text(SOURCE + '[seed_text]\nfile = "seed.txt"\npublish = "withhold"\n')
    document = workflow(repository, "--packages", way, "--from", source, "--deadline", "25m")
    assert document["permissions"] == {}
    assert document["concurrency"]["cancel-in-progress"] is False
    rights = {name: job["permissions"] for name, job in document["jobs"].items()}
    assert rights == {"capture": {"contents": "read"}, "publish": {"contents": "write"}}
    assert document["jobs"]["capture"]["timeout-minutes"] == 40 > 25
    for name, step in steps(document):
        assert "${{" not in step.get("run", "")
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False
        secrets = set(re.findall(r"secrets\.([A-Z_]+)", json.dumps(step)))
        tokens = "github.token" in json.dumps(step)
        match name, step.get("name"):
            case "capture", "Capture":
                assert secrets == {"ARCHIVER_KEY"}
            case "capture", "Texts that are not in git":
                assert secrets == {"ARCHIVER_SEED_TEXT_A_CASE", "ARCHIVER_SEED_KEY_A_CASE"}
            case "publish", "Sign what the branch holds":
                assert secrets == {"ARCHIVER_LEDGER_KEY"}
            case _:
                assert not secrets
        assert not (tokens and name == "capture")
    uploads = [step for _, step in steps(document) if "upload-artifact" in step.get("uses", "")]
    assert [one["if"] for one in uploads] == ["always()"]
    text = (repository / github.PLACE).read_text()
    assert len(re.findall(r"uses: \S+@[0-9a-f]{40}  # v[0-9.]+\n", text)) == text.count("uses:")


@pytest.mark.parametrize("way", WAYS)
def test_gitlabs_jobs_keep_the_rules(repository: Path, way: str) -> None:
    done = schedule(repository, "gitlab", "--packages", way, "--from", FROM, "--every", "6h")
    assert done.code == 0
    assert gitlab.INCLUDE in done.out
    jobs = yaml.safe_load((repository / gitlab.PLACE).read_text())
    capture, publish = json.dumps(jobs["recapture"]), json.dumps(jobs["publish"])
    assert jobs["recapture"]["artifacts"]["when"] == "always"
    assert jobs["recapture"]["environment"]["name"] != jobs["publish"]["environment"]["name"]
    assert "ARCHIVER_GIT_TOKEN" not in capture
    assert "publish --sign" not in capture
    assert "recapture --archives" not in publish
    assert COMMIT in json.dumps(jobs[".archiver"])


UNPINNED = (
    "archiver",
    "evidence-archiver==0.1",
    "git+https://git.example/archiver",
    "git+https://git.example/archiver@main",
    f"git+https://git.example/archiver@{COMMIT[:39]}",
    f"git+https://git.example/archiver@{COMMIT.upper()}",
    f"git+http://git.example/archiver@{COMMIT}",
    f"git+ssh://git@git.example/archiver@{COMMIT}",
    f"git+https://user:word@git.example/archiver@{COMMIT}",
    f"git+https://git.example/a b@{COMMIT}",
    f'git+https://git.example/"; id #@{COMMIT}',
    f"git+https://git.example/${{{{x}}}}@{COMMIT}",
    "https://files.example/archiver.whl",
    "https://files.example/archiver.whl#sha256=abc",
    f"https://files.example/archiver.whl#md5={DIGEST}",
    f"https://files.example/archiver.tar.gz#sha256={DIGEST}",
    f"http://files.example/archiver.whl#sha256={DIGEST}",
    f"../archiver.whl#sha256={DIGEST}",
    f"/tmp/archiver.whl#sha256={DIGEST}",
    f"a$(id).whl#sha256={DIGEST}",
    f"a\nb.whl#sha256={DIGEST}",
    f"-r.whl#sha256={DIGEST}",
    "",
)


@pytest.mark.parametrize("source", UNPINNED)
def test_what_is_not_pinned_is_refused(repository: Path, source: str) -> None:
    done = schedule(repository, "github", "--from", source)
    assert done.code == 4, done
    assert "--from WHEEL#sha256" in done.err or "inside the repository" in done.err
    assert not (repository / github.PLACE).exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--cron", "* * * *"),
        ("--cron", '* * * * *"\n  push:'),
        ("--cron", "* * * * $(id)"),
        ("--branch", "main; id"),
        ("--branch", "--force"),
        ("--branch", "a..b"),
        ("--every", "soon"),
        ("--every", "0s"),
        ("--deadline", "20 m"),
    ],
)
def test_words_that_would_be_more_than_words(repository: Path, words: tuple[str, str]) -> None:
    done = schedule(repository, "github", "--from", ".", *words)
    assert done.code == 4, done
    assert not (repository / ".github").exists()


def test_an_archives_folder_that_needs_quotes(repository: Path) -> None:
    (repository / "a $(id)").mkdir()
    for name in ("a $(id)", "nowhere", str(repository.parent)):
        assert schedule(repository, "github", "--from", ".", "--archives", name).code == 4


def test_a_foreign_file_stays(repository: Path) -> None:
    path = repository / github.PLACE
    path.parent.mkdir(parents=True)
    path.write_text("name: mine\n")
    for more in ((), ("--check",)):
        done = schedule(repository, "github", "--from", ".", *more)
        assert done.code == 8
        assert "never written over" in done.err
    path.unlink()
    other = repository / "other"
    other.write_text(github.HEAD)
    path.symlink_to(other)
    assert schedule(repository, "github", "--from", ".").code == 8
    assert other.read_text() == github.HEAD


@pytest.mark.parametrize("kind", ["github", "gitlab", "systemd"])
def test_a_check_names_what_is_other(repository: Path, kind: str, tmp_path: Path) -> None:
    words = [kind, "--to", str(tmp_path / "units")] if kind == "systemd" else [kind, "--from", "."]
    missing = schedule(repository, *words, "--check")
    assert missing.code == 6
    assert "is not there" in missing.out
    made = schedule(repository, *words, "--json")
    assert faults(made.json, "output-schedule.schema.json") == ()
    assert made.json["written"] == made.json["files"]
    assert schedule(repository, *words, "--check").code == 0
    assert schedule(repository, *words, "--json").json["written"] == []
    path = Path(made.json["files"][0])
    path.write_text(path.read_text().replace("recapture --archives", "recapture --archive"))
    found = schedule(repository, *words, "--check", "--json")
    assert found.code == 6
    assert faults(found.json, "output-schedule.schema.json") == ()
    (drift,) = found.json["drift"]
    lines = path.read_text().splitlines()
    assert "recapture --archive " in lines[drift["line"] - 1]
    assert schedule(repository, *words).code == 0  # ours: made again
    assert schedule(repository, *words, "--check").code == 0


@pytest.mark.parametrize(
    ("every", "cron", "calendar"),
    [
        ("5m", r"\*/5 \* \* \* \*", r"\*-\*-\* \*:0/5:00 UTC"),
        ("1h", r"\d+ \* \* \* \*", r"\*-\*-\* \*:\d\d:00 UTC"),
        ("6h", r"\d+ \*/6 \* \* \*", r"\*-\*-\* 0/6:\d\d:00 UTC"),
        ("1d", r"\d+ \d+ \* \* \*", r"\*-\*-\* \d\d:\d\d:00 UTC"),
    ],
)
def test_when_it_wakes(repository: Path, every: str, cron: str, calendar: str) -> None:
    document = workflow(repository, "--from", ".", "--every", every)
    assert re.fullmatch(cron, document[True]["schedule"][0]["cron"])  # YAML 1.1 reads `on` so
    assert schedule(repository, "systemd", "--every", every, "--to", "units").code == 0
    timer = (repository / "units/archiver-recapture.timer").read_text()
    said = re.search("OnCalendar=(.*)", timer)
    assert said is not None
    assert re.fullmatch(calendar, said[1])
    done = subprocess.run([tool("systemd-analyze"), "calendar", said[1]], capture_output=True)
    assert done.returncode == 0, done


@pytest.mark.parametrize("every", [(), ("--every", "6h")])
def test_systemd_accepts_the_units(repository: Path, tmp_path: Path, every: tuple[str]) -> None:
    archives = tmp_path / "with blank"
    archives.mkdir()
    words = ("systemd", "--archives", str(archives), "--to", str(tmp_path / "units"), *every)
    assert schedule(repository, *words).code == 0
    # Of a short name: units of the machine have sockets in it, whose paths are bounded.
    with tempfile.TemporaryDirectory(prefix="run-", dir="/tmp") as runtime:
        done = subprocess.run(
            [tool("systemd-analyze"), "verify", "--user", *sorted((tmp_path / "units").iterdir())],
            env={**os.environ, "XDG_RUNTIME_DIR": runtime},
            capture_output=True,
            text=True,
        )
    assert (done.returncode, done.stderr) == (0, "")
    for bad in ("with%percent", 'with"quote', "with$dollar"):
        (tmp_path / bad).mkdir()
        assert schedule(repository, "systemd", "--archives", str(tmp_path / bad)).code == 4


def lint(name: str, *words: str | Path) -> None:
    done = subprocess.run([tool(name), *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


YAMLLINT = "{extends: default, rules: {line-length: disable, document-start: disable, " + (
    "truthy: {check-keys: false}}}"
)


@pytest.fixture(params=[*WAYS, "this project's"])
def files(request: pytest.FixtureRequest, repository: Path) -> list[Path]:
    if request.param not in WAYS:
        return sorted((ROOT / ".github/workflows").iterdir())
    workflow(repository, "--from", FROM, "--packages", request.param)
    assert schedule(repository, "gitlab", "--from", FROM, "--packages", request.param).code == 0
    return [repository / github.PLACE, repository / gitlab.PLACE]


def test_yamllint(files: list[Path]) -> None:
    lint("yamllint", "--strict", "-d", YAMLLINT, *files)


def test_zizmor(files: list[Path]) -> None:
    ours = [one for one in files if ".github" in one.parts]
    lint("zizmor", "--offline", "--quiet", "--no-progress", "--persona=auditor", *ours)


def test_actionlint(files: list[Path]) -> None:
    lint("actionlint", *[one for one in files if ".github" in one.parts])


def test_the_schemas_of_github_and_gitlab(files: list[Path]) -> None:
    for one in files:
        of = "github-workflows" if ".github" in one.parts else "gitlab-ci"
        lint("check-jsonschema", "--builtin-schema", f"vendor.{of}", one)


def test_this_projects_own_workflow_is_as_it_would_be_made() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not in a clone of the repository")
    head = (ROOT / github.PLACE).read_text().splitlines()[1]
    words = head.removeprefix("# archiver schedule ").split()
    done = archiver("schedule", *words, "--check", cwd=ROOT)
    assert done.code == 0, done
    assert "--packages folder" in head  # the page itself is not published again
    assert "--public" not in head  # its case says TLP:CLEAR


def test_texts_from_the_environment(repository: Path) -> None:
    text = b"An article.\r\n"
    digest = hashlib.sha256(text).hexdigest()
    folder = repository / "archives" / "a-case"
    case = f'[seed_text]\nfile = "seed.txt"\npublish = "include"\nsha256 = "sha256:{digest}"\n'
    (folder / "case.toml").write_text(SOURCE + case)
    name = "ARCHIVER_SEED_TEXT_A_CASE"
    right = base64.encodebytes(text).decode()
    for value, code in (("", 0), ("?", 4), (base64.b64encode(b"other").decode(), 4)):
        done = schedule(repository, "texts", env={name: value})
        assert done.code == code
        assert not (folder / "seed.txt").exists()
    done = schedule(repository, "texts", "--json", env={name: right})
    assert faults(done.json, "output-schedule-texts.schema.json") == ()
    assert (folder / "seed.txt").read_bytes() == text
    assert (folder / "seed.txt").stat().st_mode & 0o777 == 0o600
    assert schedule(repository, "texts", "--json", env={name: right}).json["written"] == []
    (folder / "seed.txt").unlink()
    (folder / "case.toml").write_text(SOURCE + case.replace("seed.txt", "../out"))
    assert schedule(repository, "texts", env={name: right}).code == 0
    assert not (repository / "archives" / "out").exists()


def test_a_key_for_a_job(tmp_path: Path) -> None:
    done = archiver("schedule", "key", "ledger.pem", "--json", cwd=tmp_path)
    assert faults(done.json, "output-schedule-key.schema.json") == ()
    assert "PRIVATE" not in done.out + done.err
    assert (tmp_path / "ledger.pem").stat().st_mode & 0o777 == 0o600
    assert archiver("schedule", "key", "ledger.pem", cwd=tmp_path).code == 8


class Runner:
    """A machine of GitHub's for one job: runs the scripts of its steps, as they are written."""

    def __init__(self, folder: Path, clone: Path, document: dict[str, Any], job: str) -> None:
        self.clone = clone
        self.temp = folder / f"{clone.name}-temp"
        self.temp.mkdir()
        self.steps = document["jobs"][job]["steps"]
        self.summary = self.temp / "summary.md"
        self.summary.touch()
        installed = self.temp / "bin" / "archiver"
        installed.parent.mkdir()
        installed.write_text(
            f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\n"
            "from archiver.__main__ import main\nmain()\n"
        )
        installed.chmod(0o755)
        self.env = {
            **{name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ},
            **IDENTITY,
            "PATH": f"{installed.parent}:{BIN}:/usr/bin:/bin",
            "CI": "true",
            "XDG_CONFIG_HOME": str(self.temp / "config"),
            "XDG_CACHE_HOME": str(self.temp / "cache"),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }

    def run(self, step: str, values: dict[str, str], instead: str = "") -> None:
        (one,) = (found for found in self.steps if found.get("name") == step)
        env = dict(self.env)
        for name, value in one.get("env", {}).items():
            env[name] = values.get(re.sub(r"\$\{\{ (.*) \}\}", r"\1", value), "")
        done = subprocess.run(
            ["bash", "-e", "-c", instead or one["run"]],
            cwd=self.clone,
            env=env,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, (step, done.stdout, done.stderr)


VALUES = {
    "secrets.ARCHIVER_LEDGER_KEY": key().pem().decode(),
    "vars.ARCHIVER_LEDGER_VKEY": key().public.vkey,
    "github.event.repository.visibility": "private",
}


def capturing(site: Site, document: dict[str, Any]) -> str:
    """The script that captures, with leave to ask a site on loopback at once."""
    private = "--allow-private-addresses --no-probe"
    (step,) = (
        one for name, one in steps(document) if name == "capture" and one.get("name") == "Capture"
    )
    script = step["run"].replace("archiver recapture", f"archiver recapture {private} --every 0s")
    assert private in script
    return script


def captured_by(shared: Shared, name: str, document: dict[str, Any], instead: str) -> Runner:
    # The same page seen in the same second is the very same capture, and told once.
    time.sleep(1.1)
    runner = Runner(shared.folder, shared.clone(name), document, "capture")
    runner.run("May all cases leave?", VALUES)
    runner.run("Capture", VALUES, instead)
    runner.run("Collect", VALUES)
    assert runner.summary.read_text().startswith("# Captures")
    return runner


def published_by(
    shared: Shared, name: str, document: dict[str, Any], receipts: Path, *, sign: bool = True
) -> None:
    runner = Runner(shared.folder, shared.clone(name), document, "publish")
    shutil.copytree(receipts, runner.temp / "receipts")  # what the artifact's two actions do
    runner.run("Push the lines", VALUES)
    if sign:
        runner.run("Sign what the branch holds", VALUES)


def test_the_jobs_scripts_lose_nothing(tmp_path: Path) -> None:
    """Two runs from one state of the branch, which moves between them; a runner that dies before
    its push, and one that dies before it signs; then a last run."""
    shared = Shared(tmp_path)
    person = shared.clone("person")
    with Site({"/x": http(PAGE)}) as site:
        assert archiver("new", site.url("/x"), cwd=person).code == 0
        shared.push(person, "a case")
        document = workflow(person, "--from", ".", "--packages", "git")
        shared.push(person, "schedule")
        script = capturing(site, document)
        one, two, dead = (captured_by(shared, n, document, script) for n in ("a", "b", "c"))
        (person / "notes").write_text("a person works on")
        shared.push(person, "notes")
        published_by(shared, "d", document, one.temp / "receipts")
        published_by(shared, "e", document, two.temp / "receipts", sign=False)  # died there
        log = held(shared)
        assert log.checkpoint().size == 2  # type: ignore[union-attr]
        published_by(shared, "f", document, dead.temp / "receipts")  # a new attempt of its job
        published_by(shared, "g", document, two.temp / "receipts")  # and of one that was through
        log = held(shared)
        assert log.checkpoint().size == 6  # type: ignore[union-attr]
        files = sorted((log.folder.parent.parent).glob("*/packages/*.wacz"))
        assert len(files) == 3
        assert (log.folder.parent.parent.parent / "notes").exists()
    done = archiver("log", "verify", cwd=log.folder.parent.parent.parent)
    assert done.code == 0, done


def held(shared: Shared) -> ledger.Log:
    (log,) = ledger.logs(shared.held())
    assert audit(log.folder, None).problems == []
    return log
