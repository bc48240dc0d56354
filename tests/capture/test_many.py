"""Many exchanges at once through one recorder: each keeps its own octets and nobody else's,
over connections of their own and over kept ones."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.capture.exchange import RawExchange
from archiver.capture.transport import RecordingAdapter, session
from archiver.verify.connections import misconnected
from tests.capture.asking import adapter_for, ask_in_line, written

THREADS = 32
# ARCHIVER_MANY=38400 makes it 1,200 for each thread; that takes minutes.
EXCHANGES = int(os.environ.get("ARCHIVER_MANY", "1200"))


def answer(path: str) -> bytes:
    """The whole response for a path: its body names it, all through."""
    number = int(path.rsplit("/", 1)[1])
    line = f"<p>{path} is answered here, number {number}</p>\n".encode()
    body = line * (1 + number % 97)
    if path.startswith("/chunked/"):
        size = 1 + number % 701
        pieces = [body[at : at + size] for at in range(0, len(body), size)]
        chunks = b"".join(b"%x;n=%d\r\n%s\r\n" % (len(one), number, one) for one in pieces)
        return (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Path: "
            + path.encode()
            + b"\r\n\r\n"
            + chunks
            + b"0\r\nX-Trailer: "
            + path.encode()
            + b"\r\n\r\n"
        )
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nX-Path: {path}\r\n\r\n"
    return head.encode() + body


def serve() -> None:
    """The server, in a process of its own; it ends with its standard input.

    It leaves after some answers without a word, and on some connections when asked again.
    """
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    print(listening.getsockname()[1], flush=True)

    def work() -> None:
        while True:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                answer_all(connection)

    for _ in range(THREADS + 8):
        threading.Thread(target=work, daemon=True).start()
    sys.stdin.read()


def answer_all(connection: socket.socket) -> None:
    asked = 0
    while True:
        request = b""
        while b"\r\n\r\n" not in request:
            piece = connection.recv(65536)
            if not piece:
                return
            request += piece
        path = request.split(b" ")[1].decode()
        number = int(path.rsplit("/", 1)[1])
        if asked and number % 37 == 0:
            return
        connection.sendall(answer(path))
        asked += 1
        if b"Connection: close" in request or number % 41 == 0:
            return


@pytest.fixture
def port() -> Iterator[int]:
    words = [sys.executable, "-c", "from tests.capture.test_many import serve; serve()"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        words, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.communicate()


def in_turn(adapter: RecordingAdapter, urls: list[str]) -> None:
    """Each over a connection of its own."""
    with session(adapter) as asking:
        for url in urls:
            answered = asking.get(url, allow_redirects=False)
            assert answered.headers["X-Path"] == url.removeprefix(url[: url.index("/", 9)])


def in_lines(adapter: RecordingAdapter, urls: list[str]) -> None:
    """Ten at a time over one line."""
    for start in range(0, len(urls), 10):
        ask_in_line(adapter, urls[start : start + 10])


@pytest.mark.parametrize("ask", [in_turn, in_lines])
def test_nothing_is_mixed_up(port: int, ask: Callable[[RecordingAdapter, list[str]], None]) -> None:
    adapter = adapter_for()
    begin = f"http://127.0.0.1:{port}"
    paths = [f"/{('fixed', 'chunked')[number % 2]}/{number}" for number in range(EXCHANGES)]
    urls = [begin + path for path in paths]

    def run(thread: int) -> list[RawExchange]:
        own = replace(adapter, exchanges=[])
        ask(own, urls[thread::THREADS])
        return own.exchanges

    with ThreadPoolExecutor(THREADS) as pool:
        exchanges = [one for made in pool.map(run, range(THREADS)) for one in made]
    try:
        answered = [one for one in exchanges if one.response.size]
        assert sorted(one.url for one in answered) == sorted(urls)
        for one in answered:
            path = one.url.removeprefix(begin)
            assert b"".join(one.response.read()) == answer(path)
            assert one.request.startswith(f"GET {path} HTTP/1.1\r\n".encode())
            assert (one.fault, one.truncated) == (None, None)
        lost = [one for one in exchanges if not one.response.size]
        assert bool(lost) == (ask is in_lines)
        archive = io.BytesIO()
        observation = written(exchanges, archive)
    finally:
        for one in exchanges:
            one.response.close()
    assert list(misconnected(observation.exchanges)) == []
    connections = {one.connection for one in observation.exchanges}
    assert (len(connections) < EXCHANGES // 2) == (ask is in_lines)
    archive.seek(0)
    assert read_back(archive, begin) == set(urls)


def read_back(archive: io.BytesIO, begin: str) -> set[str]:
    """Every response's URL, once its octets and its request's were compared, as warcio reads."""
    responses: dict[str, str] = {}
    requests: dict[str, set[str | None]] = {}
    for one in ArchiveIterator(archive, no_record_parse=True):
        url = one.rec_headers.get_header("WARC-Target-URI") or ""
        block = one.raw_stream.read()
        digest = one.rec_headers.get_header("WARC-Block-Digest")
        assert digest == f"sha256:{hashlib.sha256(block).hexdigest()}"
        identity = one.rec_headers.get_header("WARC-Record-ID")
        if one.rec_type == "response":
            assert block == answer(url.removeprefix(begin))
            assert url not in responses
            responses[url] = identity
        elif one.rec_type == "request":
            assert block.split(b" ")[1].decode() == url.removeprefix(begin)
            requests.setdefault(url, set()).add(one.rec_headers.get_header("WARC-Concurrent-To"))
    assert all(identity in requests[url] for url, identity in responses.items())
    return set(responses)
