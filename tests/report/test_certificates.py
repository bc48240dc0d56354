"""Certificates of strangers are read, or said to be unreadable; they never break a report."""

from __future__ import annotations

import random

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from archiver.digest import Digest
from archiver.pem import from_pem
from archiver.report.certificates import read_certificate

CA = trustme.CA()
NAMES = ("news.example.org", "*.example.org", "192.0.2.7", "xn--e1afmkfd.example")


def der() -> bytes:
    pem = CA.issue_cert(*NAMES, common_name="news.example.org").cert_chain_pems[0].bytes()
    found = from_pem(pem)
    assert found
    return found[0]


def test_what_stands_in_it() -> None:
    octets = der()
    one = read_certificate(octets)
    assert one is not None
    assert one.digest == Digest.of(octets)
    assert "CN=news.example.org" in one.subject
    assert "trustme" in one.issuer
    assert set(one.names) == set(NAMES)
    assert one.begins < one.ends
    assert one.ends.endswith("Z")


@pytest.mark.parametrize("seed", range(8))
def test_damaged_ones_break_nothing(seed: int) -> None:
    octets, dice = der(), random.Random(seed)
    for _ in range(400):
        bad = bytearray(octets)
        for _ in range(dice.randint(1, 3)):
            bad[dice.randrange(len(bad))] = dice.randrange(256)
        one = read_certificate(bytes(bad))
        assert one is None or one.digest == Digest.of(bytes(bad))


@given(st.binary(max_size=200))
def test_what_is_none_is_none(octets: bytes) -> None:
    assert read_certificate(octets) is None
