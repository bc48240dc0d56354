"""docs/reference/ is made from the code, and says all that the code can say."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest

from archiver.report import words
from tests.docs.pages import ROOT

with pytest.MonkeyPatch.context() as patch:
    patch.syspath_prepend(str(ROOT / "docs"))  # as it is when a script there is run
    MADE = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))
    REASONS = runpy.run_path(str(ROOT / "docs" / "make_reasons.py"))
FOLDER = ROOT / "docs" / "reference"


@pytest.mark.parametrize("name", MADE["documents"]())
def test_a_page_is_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == MADE["documents"]()[name]


def test_the_reasons_are_current() -> None:
    made = REASONS["document"]()
    assert (FOLDER / "reasons.md").read_text(encoding="utf-8") == made
    assert {one.name for one in FOLDER.iterdir()} == {*MADE["documents"](), "reasons.md"}


def test_every_reason_that_has_words_is_reached() -> None:
    reached = {reason for _, reason in REASONS["reached"]()}
    assert set(words._REASONS) <= reached


def test_every_reason_that_the_rule_names_is_reached() -> None:
    """Each word of the form of a reason that stands in the rule's code."""
    named: set[str] = set()
    for module in ("outcome", "contents"):
        code = (ROOT / "archiver" / "judge" / f"{module}.py").read_text()
        named |= set(
            re.findall(r'"((?:http|dns|tcp|tls|local|signals|content)\.[a-z_0-9]+)"', code)
        )
    signals = {"http.status"}
    assert named - signals <= {reason for _, reason in REASONS["reached"]()}


def test_the_outcomes_of_the_vectors_are_listed() -> None:
    listed = (FOLDER / "reasons.md").read_text()
    for path in (ROOT / "tests" / "vectors" / "accept").glob("*.wacz"):
        said = _outcome(path)
        if re.fullmatch(r"http\.\d+", said["reason"]) is None:
            assert f"| `{said['reason']}` | `{said['state']}` |" in listed


def _outcome(package: Path) -> dict[str, str]:
    import zipfile

    with zipfile.ZipFile(package) as file:
        said: dict[str, str] = json.loads(file.read("evidence/outcome.json"))
    return said
