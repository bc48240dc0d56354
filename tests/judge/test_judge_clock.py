"""The servers' clocks against ours: a figure with its meaning, and never more."""

from __future__ import annotations

import email.utils
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.capture.recording import record
from archiver.judge.clock import ClockOffset, clock_offset, http_date
from archiver.observation import Fault, Observation
from archiver.report.words import clock_words, verdict_sentence
from tests.verify.scenes import (
    CONTROLS,
    DATE,
    HOST,
    PROXY,
    REFUSED,
    URL,
    Scene,
    answer,
    package,
    verdict,
)

NOON = 1773489600  # DATE
assert DATE == "2026-03-14T12:00:00Z"


def dated(offset: int) -> bytes:
    return answer(extra=f"Date: {email.utils.formatdate(NOON + offset, usegmt=True)}\r\n")


def seen(*answers: bytes | Fault, proxy: str | None = None) -> Observation:
    """The first answer is the source's, the others the controls'."""
    scene = Scene(hops=((URL, answers[0]),), controls=answers[1:], proxy=proxy)
    exchanges = scene.exchanges()
    found = record(scene.frame(), exchanges, io.BytesIO())
    for one in exchanges:
        one.response.close()
    return found


def test_the_hosts_median_of_the_hosts_medians() -> None:
    one, two = (url.split("/")[2] for url in CONTROLS)
    assert clock_offset(seen(dated(3), dated(-2), dated(90))) == ClockOffset(
        seconds=3, hosts=((HOST, 3), (one, -2), (two, 90))
    )
    assert clock_offset(seen(dated(3), dated(-2))) == ClockOffset(
        seconds=-2, hosts=((HOST, 3), (one, -2))
    )
    assert clock_offset(seen(REFUSED, dated(7), REFUSED)) == ClockOffset(
        seconds=7, hosts=((one, 7),)
    )


def test_no_server_no_figure() -> None:
    assert clock_offset(seen(answer())) is None
    assert clock_offset(seen(answer(extra="Date: yesterday\r\n"))) is None
    assert clock_offset(seen(REFUSED, REFUSED, REFUSED)) is None


def test_requisites_do_not_count() -> None:
    found = seen(dated(3))
    requisite = replace(found.exchanges[0], role="requisite")
    assert clock_offset(replace(found, exchanges=(requisite,))) is None


def test_a_date_that_may_be_the_proxys_does_not_count() -> None:
    found = seen(dated(3), proxy=PROXY)
    assert clock_offset(found) is not None
    plain = replace(found.exchanges[0], tls=None)
    assert clock_offset(replace(found, exchanges=(plain,))) is None


@pytest.mark.parametrize(
    ("offset", "caution"), [(0, False), (300, False), (-300, False), (301, True), (-86400, True)]
)
def test_the_verdict_line_says_it_and_loudly_where_it_is_much(offset: int, caution: bool) -> None:
    report = verdict(package("captured", hops=((URL, dated(offset)),)))
    said = verdict_sentence(report)
    assert f"Time: the capturing machine's clock only; {'CAUTION, ' * caution}{offset:+d} s" in said
    assert report.said is not None
    found = clock_offset(report.said.observation)
    assert found is not None
    assert clock_words(found) in said


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784111777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784111777 + 36525 * 86400),  # 2094
        ("Sun Nov  6 08:49:37 1994", 784111777),
        ("sun, 06 nov 1994 08:49:37 GMT", 784111777),
        ("Tue, 29 Feb 2028 23:59:60 GMT", 1835481600),
        *((text, None) for text in ("", "now", "0", "Sun, 06 Nov 1994 08:49:37", "1994-11-06")),
        ("Sun, 06 Nov 1994 08:49:37 EST", None),
        ("Sun, 31 Feb 2026 08:49:37 GMT", None),
        ("Sun, 00 Jan 2026 08:49:37 GMT", None),
        ("Sun, 06 Xxx 1994 08:49:37 GMT", None),
        ("Sun, 06 Nov 1969 08:49:37 GMT", None),
        ("Sun, 06 Nov 1994 24:00:00 GMT", None),
        ("Sun, ٠٦ Nov 1994 08:49:37 GMT", None),
    ],
)
def test_dates_of_http(text: str, moment: int | None) -> None:
    assert http_date(text) == moment


@given(st.integers(0, 4102444800))
def test_every_date_comes_back(moment: int) -> None:
    assert http_date(email.utils.formatdate(moment, usegmt=True)) == moment


@given(st.text())
def test_any_text_is_a_date_or_none(text: str) -> None:
    http_date(text)
