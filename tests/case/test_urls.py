"""Addresses of sources: the usual ones are kept as typed, the odd ones refused in one line."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.case.domains import registrable_domain, same_domain
from archiver.case.urls import check_source_url, host_of
from archiver.errors import InvalidInput


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org", "example.org"),
        ("HTTP://EXAMPLE.org:8080/A?b=c#d", "example.org"),
        ("https://example.org/Київ/é?ü=1", "example.org"),
        ("https://bücher.example/", "bücher.example"),
        ("https://пример.рф/", "пример.рф"),
        ("https://xn--e1afmkfd.xn--p1ai/", "xn--e1afmkfd.xn--p1ai"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]:8000/x", "::1"),
        ("http://localhost/", "localhost"),
        ("https://a_b.example.org/%zz{|}", "a_b.example.org"),
        ("https://example.org?q", "example.org"),
        ("https://example.org/a@b:c", "example.org"),
        ("https://1.example.org/", "1.example.org"),
    ],
)
def test_usual_addresses_are_kept_as_typed(url: str, host: str) -> None:
    assert check_source_url(url) == url
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "empty"),
        ("example.org/x", "scheme"),
        ("example.org:80/x", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("//example.org/", "scheme"),
        ("https:/example.org/", "slashes"),
        ("https:///example.org/", "slashes"),
        ("https:example.org", "slashes"),
        ("https://", "host"),
        ("https://:80/", "host"),
        ("https://[]/", "host"),
        ("https://?x", "host"),
        ("https://user@example.org/", "user_info"),
        ("https://user:pw@example.org/", "user_info"),
        ("https://example.org@x.test/", "user_info"),
        ("https://example.org\\x", "character"),
        ("https://example.org\\@x.test/", "character"),
        ("https://example.org/<b>", "character"),
        ("https://example.org/a b", "blank"),
        (" https://example.org/", "blank"),
        ("https://example.org/\n", "blank"),
        ("https://example.org/\u3000", "blank"),
        ("https://example.org/\t", "blank"),
        ("https://example.org/\x00", "control"),
        ("https://example.org/\x1b", "control"),
        ("https://example.org/\x9b", "control"),
        ("https://example.org/\u202e", "control"),
        ("https://exa\u200bmple.org/", "control"),
        ("https://example.org/\ud800", "surrogate"),
        ("https://example.org:0/", "port"),
        ("https://example.org:65536/", "port"),
        ("https://example.org:/", "port"),
        ("https://example.org:8o/", "port"),
        ("https://example.org:٨٠/", "port"),
        ("https://example.org:80:80/", "port"),
        ("https://example.org./", "host"),
        ("https://127.0.0.1./", "host"),
        ("https://example..org/", "host"),
        ("https://.example.org/", "host"),
        ("https://-a.example.org/", "host"),
        ("https://exa%6dple.org/", "host"),
        ("https://exa!mple.org/", "host"),
        ("https://" + "a" * 64 + ".org/", "host"),
        ("https://" + "a." * 130 + "org/", "host"),
        ("http://127.1/", "host"),
        ("http://0x7f.1/", "host"),
        ("http://0x7f000001/", "host"),
        ("http://2130706433/", "host"),
        ("http://0177.0.0.1/", "host"),
        ("http://127.0.0.01/", "host"),
        ("http://1.2.3.256/", "host"),
        ("http://①②⑦.⓪.⓪.①/", "host"),
        ("http://127。0。0。1/", "host"),
        ("http://ｅｘａｍｐｌｅ.org/", "host"),
        ("http://exampl℮.org/", "host"),
        ("http://a⁄b.org/", "host"),
        ("http://пример..рф/", "host"),
        ("http://" + "ü" * 70 + ".org/", "host"),
        ("http://[::1/", "host"),
        ("http://[::1]x/", "host"),
        ("http://[fe80::1%25eth0]/", "host"),
        ("http://[127.0.0.1]/", "host"),
        ("https://example.org/" + "a" * 8200, "too_long"),
    ],
)
def test_odd_addresses_are_refused(url: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_source_url(url)
    assert caught.value.code == f"url.{code}"
    assert caught.value.where == "source.url"
    assert "\n" not in caught.value.what


@given(st.text() | st.text().map(lambda text: f"https://{text}"))
def test_any_text_is_an_address_or_invalid(text: str) -> None:
    with contextlib.suppress(InvalidInput):
        assert check_source_url(text) == text
        assert registrable_domain(host_of(text))


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("News.Example.org", "example.org"),
        ("example.org", "example.org"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("a.пример.рф", "пример.рф"),
        ("", ""),
    ],
)
def test_registrable_domains(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


def test_two_spellings_of_one_domain() -> None:
    assert same_domain("пример.рф", "xn--e1afmkfd.xn--p1ai")
    assert not same_domain("example.org", "example.com")
