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
from tests.replay.conftest import FERRY, IMAGE, STYLE, Captured

Packages = dict[str, Captured]


@pytest.fixture(scope="module")
def pywb(captured: Packages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    commands, folder = tools.pywb(), tmp_path_factory.mktemp("pywb")
    files = [package.file for package in captured.values()]
    for order in (["init", "c"], ["add", "--unpack-wacz", "c", *files]):
        subprocess.run([commands / "wb-manager", *order], cwd=folder, check=True, timeout=60)
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
            yield f"http://127.0.0.1:{port}/c/"
        finally:
            server.terminate()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def get(url: str) -> tuple[int, str]:
    with requests.get(url, timeout=30) as answer:
        return answer.status_code, answer.content.decode()


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
    url = captured["dead"].url
    status, text = get(f"{pywb}mp_/{url}")
    assert status == 404
    assert "URL Not Found" in text
    status, text = get(f"{pywb}mp_/urn:archiver:attempt:{url}")
    assert status == 200
    assert "This page was written by archiver" in text
    assert "It is not a page of the site." in text
    assert "the connection was refused" in text
