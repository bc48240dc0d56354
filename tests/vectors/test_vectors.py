"""The vectors are those that the catalogue makes; the command says of each what its list says;
and what was accepted once is made again to the last octet, for ever."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from archiver.judge.outcome import STATES
from archiver.ownwords import SOFTWARE
from archiver.verbs.reading import verify
from archiver.verbs.rebuilding import rebuild
from archiver.verify.checks import CHECK_NAMES
from tests.command import archiver
from tests.vectors.build import FOLDER, LIST, built, committed

# Accepted packages of every released version (CONTRIBUTING.md says how they come here).
GOLDEN = FOLDER.parent / "golden"
ACCEPTED = sorted([*FOLDER.glob("accept/*.wacz"), *GOLDEN.glob("*/*.wacz")])


def listed() -> list[dict[str, Any]]:
    vectors: list[dict[str, Any]] = json.loads((FOLDER / LIST).read_text())["vectors"]
    return vectors


def test_the_files_are_those_that_are_built() -> None:
    made = built()
    assert committed() == made.keys(), "run python -m tests.vectors.build"
    for path, octets in made.items():
        assert (FOLDER / path).read_bytes() == octets, path


def test_every_check_has_its_vectors() -> None:
    refused = Counter(one["name"] for one in listed())
    for number, name in enumerate(CHECK_NAMES, start=1):
        assert refused[name] >= 5, name
        folder = f"refuse/{number}-{name}/"
        assert all(one["name"] == name for one in listed() if one["file"].startswith(folder))
    states = {
        said.outcome.state
        for one in FOLDER.glob("accept/*.wacz")
        if (said := verify(one).said) is not None
    }
    assert states == set(STATES)


def test_the_command_says_the_same_of_all_at_once() -> None:
    done = archiver("verify", "--json", FOLDER)
    assert done.code == 3
    said = {str(Path(one["package"]).relative_to(FOLDER)): one for one in done.json["packages"]}
    assert len(said) == len(listed())
    for vector in listed():
        report = said[vector["file"]]
        failed = [
            (place, one) for place, one in enumerate(report["checks"]) if one["status"] == "failed"
        ]
        assert {name: report[name] for name in ("verdict", "cause", "exit")} == {
            name: vector[name] for name in ("verdict", "cause", "exit")
        }
        names = [one["name"] for _, one in failed]
        assert names == ([vector["name"]] if vector["check"] else [])
        for place, one in failed:
            assert CHECK_NAMES.index(one["name"]) + 1 == vector["check"]
            first = one["problems"][0]
            assert {name: first[name] for name in ("rule", "where")} == vector["problem"]
            assert {one["status"] for one in report["checks"][:place]} <= {"passed"}
            assert {one["status"] for one in report["checks"][place + 1 :]} <= {"skipped"}


@pytest.mark.parametrize("package", ACCEPTED, ids=lambda one: f"{one.parent.name}/{one.name}")
def test_what_was_accepted_is_made_again(package: Path) -> None:
    """All of it by the version that made it; by others what its rules' names let them make."""
    done = rebuild(package)
    assert done.differences == ()
    assert done.same == (done.made_by == SOFTWARE)
    report = verify(package)
    assert report.intact
    ours = "unknown_key" if report.signers else "unsigned"
    assert report.cause == (ours if done.made_by == SOFTWARE else "not_rebuilt")
