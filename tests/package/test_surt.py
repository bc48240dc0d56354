"""The key of an index line is what replay tools look for: `surt`'s."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.package.surt import surt

URLS = (
    "http://example.com",
    "http://example.com/",
    "https://example.com:443/a",
    "http://example.com:80/a",
    "http://example.com:8080/a",
    "https://example.com:80/a",
    "http://www.example.com/",
    "http://www2.example.com/",
    "http://www.com/",
    "http://wwwx.example.com/",
    "http://a.www.example.com/",
    "HTTP://EXAMPLE.com/Path/Page.HTML",
    "http://example.com/a/",
    "http://example.com/a//b///c",
    "http://example.com//",
    "http://example.com/a/./b/../c",
    "http://example.com/?",
    "http://example.com/a?",
    "http://example.com/?b=2&a=1",
    "http://example.com/?B=2&a=1&A=0&b",
    "http://example.com/?a=b=c&&d",
    "http://example.com/?a=1&a=1",
    "http://example.com/a;b;c?d",
    "http://example.com/%41%20%7e~",
    "http://example.com/%c3%bc?q=%C3%BC",
    "http://example.com/%2F%2f",
    "http://example.com/a%3fb",
    "http://example.com/a%23b",
    "http://example.com/a%25b",
    "http://example.com/a+b?c+d",
    "http://xn--bcher-kva.example/",
    "http://127.0.0.1/",
    "http://127.0.0.1:8080/x?y=z",
    "http://example.com./",
    "http://example.co.uk/index.html",
    "http://example.com/index.php?sid=9682993c8daa2c5497996114facdc805",
    "http://example.com/;jsessionid=0123456789abcdefghijklemopqrstuv",
    "http://example.com/a?utm_source=x&utm_medium=y",
    "http://example.com/" + "a" * 2000,
    "urn:pageinfo:http://example.com/A?b=2&a=1",
    "urn:archiver:attempt:https://www.example.com/a/",
)


@pytest.mark.parametrize("url", URLS)
def test_keys_are_those_of_surt(url: str) -> None:
    assert surt(url) == pytest.importorskip("surt").surt(url)


PARTS = st.text(st.sampled_from("abAB012/.-_~%?&=;+:,!$'()*@"), max_size=20)


@settings(max_examples=300)
@given(
    st.sampled_from(["http://", "https://"]),
    st.sampled_from(["a.example", "www.B.example:81"]),
    PARTS,
)
def test_any_key_is_one_word_of_ascii(scheme: str, host: str, rest: str) -> None:
    key = surt(f"{scheme}{host}/{rest}")
    assert key.isascii()
    assert key.split() == [key]
