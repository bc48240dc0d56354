"""Our packages in replayweb.page, in headless Chromium that reaches nothing else."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from tests.replay import tools
from tests.replay.browser import Browser
from tests.replay.conftest import ATTEMPTED, SHOWN, Captured

Packages = dict[str, Captured]

# The viewer is made of custom elements: look into their shadows too, and into the replay.
FIND = """((name) => { const all = (root) => [...root.querySelectorAll('*')].flatMap(
    one => one.shadowRoot ? [one, ...all(one.shadowRoot)] : [one]);
    return all(document).filter(one => one.matches(name)); })"""
REPLAYED = f"{FIND}('iframe')[0].contentDocument"
ENTRIES = f"{FIND}('wr-page-entry').flatMap(one => [...one.shadowRoot.querySelectorAll('a')])"


class Quiet(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(answer: type[Quiet]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


class Replay:
    """The viewer on one package."""

    def __init__(self, browser: Browser, site: str, alarms: list[str]) -> None:
        self._browser, self._site, self._alarms = browser, site, alarms
        self.wait_for, self.run = browser.wait_for, browser.run

    def open(self, package: Captured, url: str = "") -> None:
        view = f"#view=pages&url={quote(url, safe='')}" if url else ""
        self._browser.open(f"http://{self._site}/?source=/{package.file.name}{view}")

    def text(self, awaited: str) -> str:
        """The text of the replayed page, once `awaited` is in it."""
        self.wait_for(f"{REPLAYED}.body.innerText.includes({awaited!r})")
        return str(self.run(f"{REPLAYED}.body.innerText"))

    def reached_nothing_else(self) -> bool:
        """Nothing was asked of anybody but our server. Then, that such a try would show."""
        tries = list(self._alarms)
        self._alarms.clear()
        self._browser.open("http://alarm.example/")
        self.wait_for("location.host === 'alarm.example'")
        heard = len(self._alarms) > 0
        self._alarms.clear()
        return (tries, heard) == ([], True)


@pytest.fixture
def replay(captured: Packages, tmp_path: Path) -> Iterator[Replay]:
    with viewing(captured, tmp_path / "profile") as viewer:
        yield viewer


@pytest.fixture(scope="module")
def screening(scenes: Packages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replay]:
    """One browser for all scenes."""
    with viewing(scenes, tmp_path_factory.mktemp("scenes") / "profile") as viewer:
        yield viewer


@contextmanager
def viewing(packages: Packages, profile: Path) -> Iterator[Replay]:
    program, viewer = tools.chromium(), tools.viewer()
    files = {
        "/": (viewer / "index.html", "text/html"),
        "/ui.js": (viewer / "ui.js", "text/javascript"),
        "/sw.js": (viewer / "sw.js", "text/javascript"),
    }
    for package in packages.values():
        files[f"/{package.file.name}"] = (package.file, "application/zip")
    alarms: list[str] = []

    class Files(Quiet):
        def do_GET(self) -> None:
            found = files.get(unquote(self.path.partition("?")[0]))
            if found is None:
                return self.send_error(404)
            octets = found[0].read_bytes()
            first, last = 0, len(octets) - 1
            asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
            if asked and asked[1]:
                first, last = int(asked[1]), min(int(asked[2] or last), last)
            elif asked:
                first = max(0, len(octets) - int(asked[2]))
            self.send_response(206 if asked else 200)
            if asked:
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(octets)}")
            self.send_header("Content-Type", found[1])
            self.send_header("Content-Length", str(last + 1 - first))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(octets[first : last + 1])
            return None

        do_HEAD = do_GET

    class Alarm(Quiet):
        def do_GET(self) -> None:
            alarms.append(self.requestline)
            self.send_error(502)

        do_CONNECT = do_HEAD = do_POST = do_GET

    with serving(Files) as site, serving(Alarm) as proxy:
        browser = Browser(program, profile, site=site, proxy=proxy)
        try:
            yield Replay(browser, site, alarms)
        finally:
            browser.close()


def test_the_page_shows_with_style_and_image(replay: Replay, captured: Packages) -> None:
    replay.open(captured["page"])
    title = replay.wait_for(f"{ENTRIES}[0].textContent")
    assert "Ferry service to the outer islands resumes" in title
    replay.run(f"{ENTRIES}[0].click()")
    assert "1,350 people" in replay.text("About 1,350 people live on the islands.")
    paragraph = f"{REPLAYED}.defaultView.getComputedStyle({REPLAYED}.querySelector('p'))"
    replay.wait_for(f"{paragraph}.color === 'rgb(1, 2, 3)'")
    replay.wait_for(f"{REPLAYED}.querySelector('img').naturalWidth === 37")
    replay.wait_for(f"{REPLAYED}.body.dataset.asked === 'yes'")
    assert replay.reached_nothing_else()


def test_a_404_shows_as_the_site_said_it(replay: Replay, captured: Packages) -> None:
    replay.open(captured["gone"], captured["gone"].url)
    assert replay.text("Not found").strip() == "Not found"
    assert replay.reached_nothing_else()


def test_a_dead_source_shows_our_record(replay: Replay, captured: Packages) -> None:
    url = captured["dead"].url
    replay.open(captured["dead"])
    replay.wait_for(f"{ENTRIES}.length === 1")
    assert f"Attempt record: {url}" in replay.wait_for(f"{ENTRIES}[0].textContent")
    replay.run(f"{ENTRIES}[0].click()")
    text = replay.text("the connection was refused")
    assert "This page was written by archiver" in text
    assert "It is not a page of the site." in text
    assert replay.reached_nothing_else()


def test_the_address_of_a_dead_source_is_not_found(replay: Replay, captured: Packages) -> None:
    replay.open(captured["dead"], captured["dead"].url)
    text = replay.text("Archived Page Not Found")
    assert captured["dead"].url in text
    assert "archiver" not in text
    assert replay.reached_nothing_else()


@pytest.mark.parametrize("state", SHOWN)
def test_every_scene_with_a_page_shows_it(screening: Replay, scenes: Packages, state: str) -> None:
    screening.open(scenes[state])
    screening.wait_for(f"{ENTRIES}.length === 1")
    assert "Attempt record" not in screening.wait_for(f"{ENTRIES}[0].textContent")
    screening.run(f"{ENTRIES}[0].click()")
    screening.text(SHOWN[state])
    assert screening.reached_nothing_else()


@pytest.mark.parametrize("state", ATTEMPTED)
def test_every_scene_without_a_page_shows_our_record_alone(
    screening: Replay, scenes: Packages, state: str
) -> None:
    screening.open(scenes[state])
    title = screening.wait_for(f"{ENTRIES}[0].textContent")
    assert f"Attempt record: {scenes[state].url}" in title
    screening.run(f"{ENTRIES}[0].click()")
    assert "It is not a page of the site." in screening.text("This page was written by archiver")
    screening.open(scenes[state], scenes[state].url)
    assert "archiver" not in screening.text("Archived Page Not Found")
    assert screening.reached_nothing_else()
