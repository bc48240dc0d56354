"""What is concluded from the corpora is what the list has, to the last word of each document."""

from __future__ import annotations

import json

from tests.judge.told import FILE, of_outcomes, of_pages, of_pairs

LISTED = json.loads(FILE.read_text())
ANEW = "python -m tests.judge.told"


def test_of_every_page() -> None:
    assert dict(of_pages()) == LISTED["pages"], ANEW


def test_of_every_pair_of_pages() -> None:
    assert dict(of_pairs()) == LISTED["pairs"], ANEW


def test_of_whatever_comes_without_a_page() -> None:
    assert dict(of_outcomes()) == LISTED["outcomes"], ANEW
