"""A clock that is set while a capture is under way."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.capture.observe import Settings
from archiver.moment import Clock, latest_packing, spell, steady
from archiver.package.derive import DATAPACKAGE
from archiver.package.reading import open_package
from archiver.verbs.capture import Order, capture
from archiver.verbs.reading import verify
from tests.site import Site, http

START = 1_790_000_000
DAY = 86_400


def ticking(*moments: int) -> Clock:
    """A clock that shows these moments, and from then on the last one."""
    left = list(moments)
    return Clock(now=lambda: left.pop(0) if len(left) > 1 else left[0], source="system")


def test_it_never_goes_back() -> None:
    clock = steady(ticking(5, 7, 6, 3, 8))
    assert [clock.now() for _ in range(5)] == [7, 7, 7, 8, 8]
    assert clock.source == "system"


@pytest.mark.parametrize(
    "moments",
    [
        range(START, START - 100, -1),
        range(START, START + 100 * DAY, DAY),
        (START, START, START, START, START + 40 * DAY),
        (START, START + 40 * DAY, START),
    ],
)
def test_what_is_captured_meanwhile_verifies(tmp_path: Path, moments: tuple[int, ...]) -> None:
    page = '<p>hello</p><img src="/a"><img src="/b">'
    moved = b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"
    routes = {"/": moved, "/x": http(page), "/a": http("a"), "/b": http("b")}
    with Site(routes) as site:
        settings = Settings(seconds=20, allow_private_addresses=True)
        order = Order(source=site.url("/"), archives=tmp_path, settings=settings)
        done = capture(order, clock=ticking(*moments))
    report = verify(done.package)
    assert report.verdict == "verified", report
    with done.package.open("rb") as file:
        created = open_package(file).document(DATAPACKAGE)["created"]
    assert done.observation.ended <= created <= latest_packing(done.observation.ended)


def test_the_latest_packing() -> None:
    assert latest_packing(spell(START)) == spell(START + DAY)
