"""Many exchanges at once through one recorder: each keeps its own octets and nobody else's."""

from __future__ import annotations

import hashlib
import io
import ipaddress
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.capture.addresses import AddressPolicy
from archiver.capture.deadline import Deadline
from archiver.capture.exchange import Limits
from archiver.capture.names import Names
from archiver.capture.recording import Frame, record
from archiver.capture.transport import RecordingAdapter, session, trust
from archiver.moment import Clock, spell
from archiver.observation import Person

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
    """The server, in a process of its own; it ends with its standard input."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    print(listening.getsockname()[1], flush=True)

    def work() -> None:
        while True:
            connection, _ = listening.accept()
            with connection:
                request = b""
                while b"\r\n\r\n" not in request:
                    request += connection.recv(65536) or b"\r\n\r\n"
                connection.sendall(answer(request.split(b" ")[1].decode()))

    for _ in range(16):
        threading.Thread(target=work, daemon=True).start()
    sys.stdin.read()


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


def test_nothing_is_mixed_up(tmp_path: Path, port: int) -> None:
    clock = Clock(now=lambda: int(time.time()), source="system")
    adapter = RecordingAdapter(
        role="source",
        policy=AddressPolicy(frozenset({ipaddress.ip_address("127.0.0.1")})),
        limits=Limits(max_octets=1 << 20, seconds=600),
        deadline=Deadline(600),
        roots=trust(None),
        names=Names(),
        clock=clock,
    )
    paths = [f"/{('fixed', 'chunked')[number % 2]}/{number}" for number in range(EXCHANGES)]
    started = spell(clock.now())

    def run(thread: int) -> None:
        with session(adapter) as asking:
            for path in paths[thread::THREADS]:
                answered = asking.get(f"http://127.0.0.1:{port}{path}", allow_redirects=False)
                assert answered.headers["X-Path"] == path

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, range(THREADS)))
    exchanges = adapter.exchanges
    begin = f"http://127.0.0.1:{port}"
    try:
        assert sorted(one.url for one in exchanges) == sorted(begin + path for path in paths)
        for one in exchanges:
            path = one.url.removeprefix(begin)
            assert b"".join(one.response.read()) == answer(path)
            assert one.request.startswith(f"GET {path} HTTP/1.1\r\n".encode())
            assert (one.fault, one.truncated) == (None, None)
        archive = io.BytesIO()
        frame = Frame(
            case="many",
            source=exchanges[0].url,
            started=started,
            ended=spell(clock.now()),
            software="tests",
            clock=clock.source,
            previous=None,
            settings={},
            person=Person(),
            stop=None,
        )
        observation = record(frame, exchanges, archive)
    finally:
        for one in exchanges:
            one.response.close()
    assert len(observation.exchanges) == EXCHANGES
    archive.seek(0)
    assert read_back(archive, begin) == {begin + path for path in paths}


def read_back(archive: io.BytesIO, begin: str) -> set[str]:
    """Every response's URL, once its octets and its request's were compared, as warcio reads."""
    responses: dict[str, str] = {}
    requests: dict[str, str] = {}
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
            requests[url] = one.rec_headers.get_header("WARC-Concurrent-To")
    assert responses == requests
    return set(responses)
