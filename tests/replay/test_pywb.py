"""Our packages in pywb, a replay tool that is not ours."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
import requests

from tests.replay import tools
from tests.replay.conftest import ATTEMPTED, FERRY, IMAGE, SHOWN, STYLE, Captured

Packages = dict[str, Captured]
# `wb-manager init` and `wb-manager add`, many times in one process: a collection for each name.
FILL = """
import sys
from pywb.manager.manager import main
for words in sys.argv[1:]:
    name, *files = words.split("\\n")
    main(["init", name])
    main(["add", "--unpack-wacz", name, *files])
"""


@pytest.fixture(scope="module")
def server(
    captured: Packages, scenes: Packages, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    commands, folder = tools.pywb(), tmp_path_factory.mktemp("pywb")
    collections = [["c", *(str(package.file) for package in captured.values())]]
    collections += [[state, str(package.file)] for state, package in scenes.items()]
    words = ["\n".join(one) for one in collections]
    filling = [commands / "python3", "-c", FILL, *words]
    subprocess.run(filling, cwd=folder, check=True, timeout=60)
    # Below the ports that the system gives out by itself, and another for every process.
    port = 20000 + os.getpid() % 10000
    words = [str(commands / "wayback"), "-b", "127.0.0.1", "-p", str(port), "-d", str(folder)]
    log = folder / "log"
    with log.open("wb") as said, subprocess.Popen(words, stdout=said, stderr=said) as server:
        try:
            end = time.monotonic() + 60
            while not _listens(port):
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < end, log.read_text()
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


@pytest.fixture
def pywb(server: str) -> str:
    return f"{server}c/"


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def get(url: str) -> tuple[int, str]:
    with requests.get(url, timeout=30) as answer:
        return answer.status_code, answer.content.decode()


def attempt(collection: str, url: str) -> str:
    """Our record of an attempt that brought no page, which stands under our name alone."""
    status, text = get(f"{collection}mp_/{url}")
    assert status == 404
    assert "URL Not Found" in text
    status, text = get(f"{collection}mp_/urn:archiver:attempt:{url}")
    assert status == 200
    assert "It is not a page of the site." in text
    return text


def test_the_page_replays_with_style_and_image(pywb: str, captured: Packages) -> None:
    url = captured["page"].url
    status, text = get(f"{pywb}mp_/{url}")
    assert status == 200
    assert "About 1,350 people live on the islands." in text
    assert get(f"{pywb}id_/{url}") == (200, FERRY)
    for kind, path, octets in (("cs_", "/main.css", STYLE), ("im_", "/boat.svg", IMAGE)):
        part = f"{kind}/{url.replace('/ferry', path)}"
        assert f'/c/{part}"' in text
        assert get(pywb + part) == (200, octets)


def test_a_404_replays_as_a_404(pywb: str, captured: Packages) -> None:
    assert get(f"{pywb}id_/{captured['gone'].url}") == (404, "<h1>Not found</h1>")


def test_a_dead_source_is_our_record_under_our_name_only(pywb: str, captured: Packages) -> None:
    text = attempt(pywb, captured["dead"].url)
    assert "This page was written by archiver" in text
    assert "the connection was refused" in text


@pytest.mark.parametrize("state", SHOWN)
def test_every_scene_with_a_page_replays_it(server: str, scenes: Packages, state: str) -> None:
    status, text = get(f"{server}{state}/mp_/{scenes[state].url}")
    assert status == {"absent": 404, "blocked": 403}.get(state, 200)
    assert SHOWN[state] in text
    assert get(f"{server}{state}/mp_/urn:archiver:attempt:{scenes[state].url}")[0] == 404


@pytest.mark.parametrize("state", ATTEMPTED)
def test_every_scene_without_a_page_has_our_record_alone(
    server: str, scenes: Packages, state: str
) -> None:
    attempt(f"{server}{state}/", scenes[state].url)


def test_a_page_that_leads_to_itself_is_no_page(server: str, scenes: Packages) -> None:
    assert get(f"{server}loop/mp_/{scenes['loop'].url}")[0] == 400
