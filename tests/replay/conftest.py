"""Packages by the real command (a page with style and image, a 404, a dead source), and one of
every scene."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.attest.signers import signed_package
from tests.case.right_case import URL
from tests.command import archiver
from tests.samples import PAGE
from tests.site import Behaviour, DeadPort, Site, http
from tests.verify.scenes import STATES

STYLE = "p { color: rgb(1, 2, 3) }"
IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="37" height="21"></svg>'
# What this asks for at every showing is in no package: a replay may not fetch it either.
SCRIPT = """<script>
const far = "http:" + "//far.example/", noted = () => document.body.dataset.asked = "yes";
new Image().src = far + "seen.gif";
fetch(far + "seen.json").then(noted, noted);
</script>"""
FERRY = PAGE.replace("<style>", '<link rel=stylesheet href="/main.css"><style>').replace(
    "<footer>", f'<img src="/boat.svg" alt=boat>{SCRIPT}<footer>'
)

ARTICLE = "The mayor opened the new bridge"
# What each scene shows in the place of the source. The others show nothing there: their
# packages have a record of the attempt instead, under a name of ours.
SHOWN = {
    "captured": ARTICLE,
    "whole": ARTICLE,
    "proxied": ARTICLE,
    "probed": ARTICLE,
    "probe-failed": ARTICLE,
    "doubted": ARTICLE,
    "again": ARTICLE,
    "resolved": ARTICLE,
    "downgraded": ARTICLE,
    "cookie": ARTICLE,
    "soft": "This page does not exist",
    "redirected": ARTICLE,
    "truncated": ARTICLE,
    "interim": ARTICLE,
    "absent": "Gone",
    "blocked": "No",
    "chunked": "abc",
}
# A redirect to itself is a page of the site, and no viewer goes round in a circle.
ATTEMPTED = tuple(state for state in STATES if state not in SHOWN and state != "loop")


@dataclass(frozen=True)
class Captured:
    url: str
    file: Path


@pytest.fixture(scope="session")
def captured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Captured]:
    folder = tmp_path_factory.mktemp("captured")
    pages: dict[str, Behaviour] = {
        "/": http("<p>control</p>"),
        "/ferry": http(FERRY),
        "/main.css": http(STYLE, media_type="text/css"),
        "/boat.svg": http(IMAGE, media_type="image/svg+xml"),
    }
    with Site(pages) as site, DeadPort() as port:
        urls = {"page": site.url("/ferry"), "gone": site.url("/gone"), "dead": port.url("/ferry")}
        control = ("--control", site.url("/"), "--allow-private-addresses", "--attempts", "1")
        said = {}
        for name, url in urls.items():
            done = archiver("capture", url, *control, "--archives", folder / name, "--json")
            assert done.code == 0, done.err
            said[name] = Path(done.json["package"]["path"]).rename(folder / f"{name}.wacz")
    return {name: Captured(urls[name], said[name]) for name in urls}


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Captured]:
    folder = tmp_path_factory.mktemp("scenes")
    for state in STATES:
        (folder / f"{state}.wacz").write_bytes(signed_package(state))
    return {state: Captured(URL, folder / f"{state}.wacz") for state in STATES}
