"""Exchanges over one connection: what an insider may not say of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from archiver.errors import Problem
from archiver.observation import Exchange, Observation
from archiver.verify.connections import misconnected
from tests.verify.forge import exchange, opened, recorded, sealed
from tests.verify.scenes import HOST, SCENES, answer, asked, package, verdict

# The page, then three style sheets over one connection.
SEEN = verdict(package("whole")).said.observation  # type: ignore[union-attr]
FIRST = SEEN.exchanges[1]
OTHER = "a connection to another server"
AGAIN = "how its connection came about stands with another exchange"
ENDED = "a connection was used that had come to its end"


def said(seen: Observation) -> list[tuple[int, str]]:
    return list(misconnected(seen.exchanges))


def test_what_is_right() -> None:
    assert [one.connection for one in SEEN.exchanges] == [1, 2, 2, 2]
    assert [one.tls is None for one in SEEN.exchanges] == [False, False, True, True]
    assert said(SEEN) == []


@pytest.mark.parametrize(
    ("number", "changed", "what"),
    [
        (3, {"connection": None}, "a connection has no number, or there was none and it has one"),
        (3, {"ip": None}, "a connection has no number, or there was none and it has one"),
        (1, {"connection": 3}, "the connections are not numbered by their first exchange"),
        (3, {"connection": 1}, "only requisites share a connection"),
        (3, {"role": "control"}, "only requisites share a connection"),
        (3, {"url": "http://news.example.org/c.css"}, OTHER),
        (3, {"url": "https://news.example.org:8443/c.css"}, OTHER),
        (3, {"url": "https://cdn.example.org/c.css"}, OTHER),
        (3, {"url": "https://news.example.org:99999/"}, OTHER),
        (3, {"ip": "203.0.113.8"}, OTHER),
        (3, {"port": 80}, OTHER),
        (3, {"addresses": FIRST.addresses}, AGAIN),
        (3, {"tls": FIRST.tls}, AGAIN),
        (
            3,
            {"date": "2026-03-14T11:59:59Z"},
            "it is dated before the exchange that its connection had before",
        ),
        (2, {"phase": "response"}, ENDED),
        (3, {"phase": "tcp"}, ENDED),
    ],
)
def test_what_contradicts_itself(number: int, changed: dict[str, Any], what: str) -> None:
    assert what in [found for _, found in said(exchange(SEEN, number, **changed))]


def remade(change: Callable[[Observation], Observation], octets: Any = None) -> list[Problem]:
    """What is found wrong with the package once an insider has made all of it anew."""
    files = opened(package("whole"))
    done = recorded(files, change, octets) if octets else recorded(files, change)
    report = verdict(sealed(done))
    assert report.verdict == "refused"
    (failed,) = [one for one in report.checks if one.status == "failed"]
    assert failed.name == "agreement"
    return list(failed.problems)


NOT_LEFT = "the exchange before had not left its connection open"


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("response", b"HTTP/1.1", b"HTTP/1.0"),
        ("request", b"keep-alive", b"close     "),
    ],
)
def test_octets_that_end_a_connection(kind: str, old: bytes, new: bytes) -> None:
    def octets(of: str, block: bytes) -> bytes:
        return block.replace(old, new) if of == kind else block

    found = remade(lambda seen: seen, octets)
    assert [one.what for one in found if one.what == NOT_LEFT] == [NOT_LEFT] * 2


def test_a_connection_that_was_never_opened() -> None:
    assert remade(lambda seen: exchange(seen, 3, connection=3))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_another_attempt_for_no_reason(number: int) -> None:
    found = remade(lambda seen: exchange(seen, number, attempt=2))
    assert [one.what for one in found] == ["a first attempt is not numbered 1"]


def test_a_handshake_that_stands_for_two_connections() -> None:
    made = {"connection": 3, "addresses": FIRST.addresses, "tls": FIRST.tls}
    found = remade(lambda seen: exchange(seen, 3, **made))
    assert "the handshake of its connection is that of another one" in [one.what for one in found]


def test_connections_that_were_two_told_as_one() -> None:
    """Both were asked to close; that nobody can have gone on with the first one shows."""
    scene = SCENES["whole"]
    exchanges = [
        *SCENES["captured"].exchanges(),
        *(asked(f"https://{HOST}/{n}", answer("p"), role="requisite") for n in range(2)),
    ]
    out = io.BytesIO()
    scene.built(exchanges).write(out)
    assert verdict(out.getvalue()).verdict == "untrusted"

    def told(seen: Observation) -> Observation:
        one: Exchange = seen.exchanges[2]
        shared = replace(one, connection=2, addresses=(), tls=None)
        return replace(seen, exchanges=(*seen.exchanges[:2], shared))

    report = verdict(sealed(recorded(opened(out.getvalue()), told)))
    assert NOT_LEFT in [problem.what for one in report.checks for problem in one.problems]
