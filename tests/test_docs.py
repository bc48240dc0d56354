"""Documents that repeat what the code knows are held against it."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_case_document_is_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_case.py"))
    assert (ROOT / "docs" / "case.md").read_text(encoding="utf-8") == made["document"]()


def test_the_readme_names_real_files() -> None:
    readme = (ROOT / "README.md").read_text()
    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target
    case = "archives/2024-08-08-southfront-press-kyiv-stakes-its-all-in-kursk-region"
    assert case in readme
    assert (ROOT / case / "case.toml").is_file()


def test_the_dependencies_have_their_reasons() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    reasons = (ROOT / "ARCHITECTURE.md").read_text().partition("## Dependencies")[2]
    for dependency in project["dependencies"]:
        assert re.split(r"[<>=]", dependency)[0] in reasons


def test_the_real_text_is_not_in_the_repository() -> None:
    case = next((ROOT / "archives").glob("2024-08-08-*"))
    assert "/seed.txt" in (case / ".gitignore").read_text()


def test_the_ledgers_document_names_every_event_and_member() -> None:
    from archiver.attest.entries import EVENTS

    text = (ROOT / "docs" / "ledger.md").read_text()
    for event in EVENTS:
        assert f"`{event}`" in text
    members = {name for must, may in EVENTS.values() for name in f"{must} {may}".split()}
    assert members - set(re.findall(r"`([a-z]+)`", text)) <= {"case", "name", "verdict"}


def test_the_schedules_document_names_what_the_jobs_use() -> None:
    from archiver.jobs import github, gitlab, systemd
    from archiver.jobs.plan import Plan, Source
    from archiver.verbs.schedule import KEY, TEXT

    text = (ROOT / "docs" / "schedule.md").read_text()
    plan = Plan(archives="a", cron="7 5 * * *", every="", deadline="20m", source=Source())
    files = github.workflow(plan, "") + gitlab.jobs(plan, "")
    for name in {*re.findall(r"ARCHIVER_[A-Z_]+", files), f"{TEXT}<CASE>", f"{KEY}<CASE>"}:
        assert f"`{name}`" in text
    for place in (github.PLACE, gitlab.PLACE, gitlab.INCLUDE, systemd.SERVICE):
        assert f"`{place}`" in text
    assert f"{plan.minutes - 20} minutes later" in text
    readme = (ROOT / "README.md").read_text()
    for command in re.findall(r"`archiver (log [a-z]+|schedule [a-z]+)", text):
        assert command in readme or command.startswith("schedule")
