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
from tests.vectors.signatures import KEY

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
    without = archiver("verify", "--json", FOLDER)
    for one in without.json["packages"]:
        name = str(Path(one["package"]).relative_to(FOLDER))
        (vector,) = [other for other in listed() if other["file"] == name]
        assert vector["untrusting"] == {part: one[part] for part in vector["untrusting"]}
    done = archiver("verify", "--json", "--trust", FOLDER / KEY, FOLDER)
    assert done.code == 3
    said = {str(Path(one["package"]).relative_to(FOLDER)): one for one in done.json["packages"]}
    assert len(said) == len(listed())
    for vector in listed():
        report = said[vector["file"]]
        failed = [
            (number, one)
            for number, one in enumerate(report["checks"], start=1)
            if one["status"] == "failed"
        ]
        assert {name: report[name] for name in ("verdict", "cause", "exit")} == {
            name: vector[name] for name in ("verdict", "cause", "exit")
        }
        numbers = [CHECK_NAMES.index(one["name"]) + 1 for _, one in failed]
        assert numbers == ([vector["check"]] if vector["check"] else [])
        for number, one in failed:
            assert one["name"] == vector["name"]
            first = one["problems"][0]
            assert {name: first[name] for name in ("rule", "where")} == vector["problem"]
            assert {one["status"] for one in report["checks"][: number - 1]} <= {"passed"}
            assert {one["status"] for one in report["checks"][number:]} <= {"skipped"}


@pytest.mark.parametrize("package", ACCEPTED, ids=lambda one: f"{one.parent.name}/{one.name}")
def test_what_was_accepted_is_made_again(package: Path) -> None:
    """All of it by the version that made it; by others what its rules' names let them make."""
    done = rebuild(package)
    assert done.differences == ()
    assert done.same == (done.made_by == SOFTWARE)
    assert verify(package).intact
