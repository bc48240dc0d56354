"""The address of the sibling probe: derived, of the same depth, and nobody's page."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.capture.targets import prepared_url
from archiver.errors import InvalidInput
from archiver.sibling import sibling_url, token
from archiver.verify.addresses import same_address

DATE = "2026-11-24T10:00:00Z"
CASES = {
    "http://a.example/x": "http://a.example/{}",
    "http://a.example/2024/08/title.html": "http://a.example/2024/08/{}.html",
    "http://a.example/2024/title/": "http://a.example/2024/{}/",
    "http://a.example/title?utm_source=x&fbclid=y": "http://a.example/{}",
    "http://a.example/title?lang=en": "http://a.example/{}",
    "http://a.example/?p=12": "http://a.example/?p={}",
    "http://a.example/article.php?id=4&lang=en": "http://a.example/article.php?id={}&lang=en",
    "http://a.example/index.asp?x=1&y=2": "http://a.example/index.asp?x=1&y={}",
    "http://a.example/watch?v=abc&ref=z": "http://a.example/watch?v={}&ref=z",
    "https://a.example:8443/a%20b": "https://a.example:8443/{}",
    "http://a.example/": None,
    "http://a.example": None,
    "http://a.example/?utm_source=3": None,
    "http://a.example/?": None,
}


@pytest.mark.parametrize(("url", "expected"), CASES.items())
def test_what_is_replaced(url: str, expected: str | None) -> None:
    word = hashlib.sha256(f"{url}\n{DATE}".encode()).hexdigest()[:16]
    assert token(url, DATE) == word
    assert sibling_url(url, DATE) == (None if expected is None else expected.format(word))


def test_another_time_gives_another_address() -> None:
    url = "http://a.example/x"
    assert sibling_url(url, DATE) == sibling_url(url, DATE)
    assert sibling_url(url, DATE) != sibling_url(url, "2026-11-24T10:00:01Z")


@given(st.text(st.sampled_from(list("ab/.?=&;%2F+-_~é#id")), max_size=30))
def test_it_can_be_asked_for_on_the_same_host(rest: str) -> None:
    try:
        url = prepared_url(f"http://a.example/{rest}")
    except InvalidInput:
        return
    sibling = sibling_url(url, DATE)
    if sibling is not None:
        assert same_address(prepared_url(sibling), sibling)
        assert sibling.startswith("http://a.example/")
        assert token(url, DATE) in sibling
        assert not same_address(url, sibling)
