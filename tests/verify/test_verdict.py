"""Verdicts: what is intact, what another version made, what a report without checks is worth."""

from __future__ import annotations

import json

import pytest

from archiver.ownwords import SOFTWARE
from archiver.package.derive import CAPTURE
from archiver.verify.checks import CHECK_NAMES
from archiver.verify.report import Check, Report
from tests.verify import test_forged_capture, test_forged_files
from tests.verify.forge import derived, document, opened, recorded, sealed
from tests.verify.scenes import SCENES, STATES, failed, package, verdict

FORGERIES = test_forged_files.FORGERIES | test_forged_capture.FORGERIES


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_forged_is_intact(state: str) -> None:
    octets = package(state)
    report = verdict(octets)
    assert (report.verdict, report.cause, int(report.exit)) == ("untrusted", "unsigned", 9)
    # The insider's tools change nothing by themselves.
    assert sealed(opened(octets)) == octets
    assert sealed(derived(opened(octets))) == octets
    if "interim" not in state:
        assert sealed(recorded(opened(octets), lambda seen: seen)) == octets


def test_the_scenes_reach_every_state() -> None:
    reached = {said.outcome.state for state in STATES if (said := verdict(package(state)).said)}
    assert reached == {"captured", "absent", "blocked", "unreachable", "inconclusive"}
    assert {scene.publish for scene in SCENES.values()} == {"include", "digest", "withhold", None}


def test_another_version_is_not_rebuilt_and_nothing_else() -> None:
    for state in STATES:
        report = verdict(package(state, software="archiver 9.9.9"))
        assert (report.verdict, report.cause) == ("untrusted", "not_rebuilt"), report
        assert report.made_by == "archiver 9.9.9"
        assert not report.rebuilt


def test_another_version_named_afterwards_is_never_verified() -> None:
    files = document(
        opened(package("captured")), CAPTURE, lambda v: v.update(software="archiver 0.1")
    )
    octets = sealed(files, lambda value: value.update(software="archiver 0.1"))
    report = verdict(octets)
    assert (report.verdict, report.cause) == ("untrusted", "not_rebuilt")


@pytest.mark.parametrize(
    "name", ["outcome", "comparison", "index-dropped", "pages", "seed-forms", "remade-source"]
)
def test_another_version_excuses_no_forgery(name: str) -> None:
    state, check, forge = FORGERIES[name]
    octets = forge(opened(package(state, software="archiver 9.9.9")))
    assert failed(octets) == check


def test_our_version_is_ours() -> None:
    assert json.loads(opened(package("captured"))[CAPTURE])["software"] == SOFTWARE


def report(*statuses: str, **more: object) -> Report:
    checks = tuple(Check(name="x", proves="y", status=status) for status in statuses)
    return Report(package="p", id=None, checks=checks, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "word", "cause", "code"),
    [
        (report(), "refused", None, 3),
        (report(rebuilt=True, signer="x"), "refused", None, 3),
        (report("skipped", rebuilt=True, signer="x"), "refused", None, 3),
        (report("passed", "skipped", rebuilt=True, signer="x"), "refused", None, 3),
        (report("passed", "failed", rebuilt=True, signer="x"), "refused", None, 3),
        (report("passed", "odd", rebuilt=True, signer="x"), "refused", None, 3),
        (report(readable=False), "unreadable", None, 4),
        (report("passed", readable=False, rebuilt=True, signer="x"), "unreadable", None, 4),
        (report("passed", rebuilt=True), "untrusted", "unsigned", 9),
        (report("passed", signer="x"), "untrusted", "not_rebuilt", 9),
        (report("passed"), "untrusted", "not_rebuilt", 9),
        (report("passed", rebuilt=True, signer="x"), "verified", None, 0),
    ],
)
def test_only_a_whole_report_accepts(made: Report, word: str, cause: str | None, code: int) -> None:
    assert (made.verdict, made.cause, int(made.exit)) == (word, cause, code)


def test_checks_after_a_failed_one_are_skipped() -> None:
    _, _, forge = FORGERIES["outcome"]
    statuses = {one.name: one.status for one in verdict(forge(opened(package("captured")))).checks}
    assert tuple(statuses) == CHECK_NAMES
    assert set(statuses.values()) == {"passed", "failed"}
    statuses = {one.name: one.status for one in verdict(package("captured")[:-1]).checks}
    assert list(statuses.values()) == ["failed", *["skipped"] * (len(CHECK_NAMES) - 1)]
