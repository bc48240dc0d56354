"""Ten to the fifth is not a hundred and five, however it is written."""

from __future__ import annotations

import pytest

from archiver.judge.html import shown


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<sup>5</sup> men", "10⁵ men"),
        ("H<sub>2</sub>O", "H2O"),
        ("x1<sub>2</sub>", "x1₂"),
        ("word<sup>1</sup>", "word1"),
        ("the 21<sup>st</sup>", "the 21st"),
        ("10 <sup>5</sup>", "10 5"),
        ("10<sup>5</sup>7", "10⁵7"),
        ("10<sup><i>5</i></sup>", "10⁵"),
    ],
)
def test_raised_digits(markup: str, text: str) -> None:
    assert shown(markup).traced.text == text
