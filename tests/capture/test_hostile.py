"""Servers that misbehave: what they sent is kept, and how it ended has a name, in time."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.checker import Checker

from archiver import Captured, Order, Settings, capture, verify
from tests.capture.hostile import CAP, GROUPS, Behaviour, FullBacklog, Hostile, Peer
from tests.site import Site, http

MOST_WORK = 10.0  # seconds of computing that one capture may take


@dataclass(frozen=True)
class Kept:
    """One record of the package's WARC, as warcio reads it."""

    type: str
    uri: str
    fields: dict[str, str]
    block: bytes


def kept(octets: bytes) -> list[Kept]:
    return [
        Kept(
            type=record.rec_type,
            uri=record.rec_headers.get_header("WARC-Target-URI") or "",
            fields=dict(record.rec_headers.headers),
            block=record.raw_stream.read(),
        )
        for record in ArchiveIterator(io.BytesIO(octets), no_record_parse=True)
    ]


def archive_of(done: Captured) -> bytes:
    with zipfile.ZipFile(done.package) as package:
        return package.read("archive/data.warc")


def received(done: Captured, records: list[Kept]) -> list[tuple[bytes, str | None]]:
    """What came back in each exchange that reached the source, interim responses included, and why
    it was cut."""
    found = []
    by_id = {one.fields["WARC-Record-ID"].strip("<>"): one for one in records}
    interim = {
        one.fields["WARC-Concurrent-To"].strip("<>"): one.block
        for one in records
        if one.uri.startswith("urn:archiver:interim:")
    }
    for exchange in done.observation.of_source():
        if exchange.ip is None:
            continue
        final = None if exchange.response is None else exchange.response.record
        before = interim.get(str(final or exchange.request).strip("<>"), b"")
        record = None if final is None else by_id[final.strip("<>")]
        if record is None:
            found.append((before, None))
        else:
            found.append((before + record.block, record.fields.get("WARC-Truncated")))
    return found


def faults(done: Captured, behaviour: Behaviour, peers: list[Peer]) -> list[str]:
    """Everything about a capture that is not as it must be."""
    found: list[str] = []

    def expect(what: str, is_so: object, should: object) -> None:
        if is_so != should:
            found.append(f"{what} is {is_so!r:.200}, not {should!r:.200}")

    outcome = done.outcome
    expect("state", outcome.state, behaviour.state)
    if behaviour.reason != "?":
        expect("reason", outcome.reason, behaviour.reason)
    report = verify(done.package)
    if report.verdict not in ("untrusted", "verified"):
        found.append(f"{report.verdict}: {[one for one in report.checks if one.problems]}")
    archive = archive_of(done)
    records = kept(archive)
    got = received(done, records)
    expect("connections", len(peers), behaviour.hops)
    if not got and behaviour.unconnected:
        expect("warcio check", checked(archive), "")
        return found
    expect("exchanges", len(got), behaviour.hops)
    if not got:
        return [*found, "no connection came about"]
    octets, cut = got[-1]
    if behaviour.truncated != "?":
        expect("WARC-Truncated", cut, behaviour.truncated)
    if behaviour.scheme == "https":
        expect("octets", octets, b"")
    else:
        found += mismatches([one for one, _ in got], peers, behaviour.stopped)
    if cut == "length":
        head, end, body = octets.partition(b"\r\n\r\n")
        expect("kept of the body", len(body if end else head), CAP)
    expect("warcio check", checked(archive), "")
    return found


def mismatches(got: list[bytes], peers: list[Peer], stopped: bool) -> list[str]:
    """Where what was kept is not what was sent; of the last response its beginning may do."""
    found = []
    for number, (octets, peer) in enumerate(zip(got, peers, strict=False)):
        begins = stopped and number == len(got) - 1
        sent = bytes(peer.sent[: len(octets)] if begins else peer.sent)
        if octets != sent or (begins and peer.sent and not octets):
            found.append(f"octets of {number}: {len(octets)} of {len(peer.sent)}: {octets!r:.80}")
    return found


def checked(archive: bytes) -> str:
    """What `warcio check` says. It opens files by name; so it is given one."""
    words = io.StringIO()
    file = Path(f"/proc/self/fd/{os.memfd_create('warc')}")
    try:
        file.write_bytes(archive)
        with redirect_stdout(words):
            checker = Checker(SimpleNamespace(inputs=[str(file)], verbose=False))
            status = checker.process_all()
    finally:
        os.close(int(file.name))
    return words.getvalue() if status else ""


def taken(folder: Path, url: str, control: str, seconds: float) -> Captured:
    settings = Settings(
        seconds=seconds,
        attempts=1,
        probe=False,
        max_octets=CAP,
        controls=(control,),
        allow_private_addresses=True,
    )
    return capture(Order(source=url, archives=folder, settings=settings))


def tried(folder: Path, behaviour: Behaviour, control: Site) -> tuple[list[str], float]:
    """What is wrong with one capture, and the seconds beyond its deadline that it waited.

    Its own computing is not waiting; it is bounded by itself.
    """
    with Hostile(behaviour.act) as server:
        url = f"{behaviour.scheme}://127.0.0.1:{server.port}/x"
        begun, used = time.monotonic(), time.thread_time()
        done = taken(folder, url, control.url("/control"), behaviour.seconds)
        used = time.thread_time() - used
        late = time.monotonic() - begun - used - behaviour.seconds
        found = faults(done, behaviour, server.done())
        return found + ([f"computed for {used:.1f} s"] if used > MOST_WORK else []), late


@pytest.fixture(autouse=True)
def brotli_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """warcio 1.8.1 crashes on `br` bodies with brotli 1.2; its check needs no decoding."""
    monkeypatch.delitem(BufferedReader.DECOMPRESSORS, "br", raising=False)


@pytest.mark.parametrize("group", list(GROUPS))
def test_hostile_servers(tmp_path: Path, group: str) -> None:
    behaviours = dict(GROUPS[group]())
    found: dict[str, list[str]] = {}
    with Site({"/control": http("up")}) as control, ThreadPoolExecutor(12) as pool:
        runs = {
            name: pool.submit(tried, tmp_path / name, behaviour, control)
            for name, behaviour in behaviours.items()
        }
        late = {name: run.result()[1] for name, run in runs.items()}
        for name, run in runs.items():
            found[name] = run.result()[0]
        for name in [one for one in late if late[one] > 1 or found[one]]:
            # This machine may be busy with the others, and some deadlines are short: once
            # more, alone, and then it counts.
            found[name], again = tried(tmp_path / f"{name}-again", behaviours[name], control)
            if again > 1:
                found[name].append(f"ended {again:.1f} s after the deadline")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_there_are_enough_of_them() -> None:
    assert sum(len(list(group())) for group in GROUPS.values()) >= 75


def test_a_port_that_never_answers(tmp_path: Path) -> None:
    with Site({"/control": http("up")}) as control, FullBacklog() as full:
        done = taken(tmp_path, f"http://127.0.0.1:{full.port}/", control.url("/control"), 1.5)
    assert (done.outcome.state, done.outcome.reason) == ("unreachable", "tcp.timeout")
    assert verify(done.package).verdict == "verified"


def test_the_control_that_misbehaves_proves_nothing(tmp_path: Path) -> None:
    with Hostile(lambda peer: peer.reset()) as broken, Hostile(lambda peer: peer.reset()) as source:
        control = f"http://127.0.0.1:{broken.port}/"
        done = taken(tmp_path, f"http://127.0.0.1:{source.port}/", control, 10)
    assert (done.outcome.state, done.outcome.reason) == ("inconclusive", "local.network_down")


# Peak memory, as the system counts it for a process of its own.

_BIG = 200 << 20


def _big(connection: socket.socket) -> None:
    piece = b"a" * (1 << 20)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % _BIG)
    for _ in range(_BIG // len(piece)):
        connection.sendall(piece)


def _endless(media_type: bytes, octets: bytes) -> Any:
    def act(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: " + media_type + b"\r\n\r\n")
        while True:
            connection.sendall(octets)

    return act


def _bomb() -> bytes:
    import zlib

    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"\0" * (1 << 20)
    body = b"".join(squeeze.compress(zeros) for _ in range(1024)) + squeeze.flush()
    return http(body, extra="Content-Encoding: gzip\r\n")


# A process is charged with the memory of the one that started it; so a small one does.
_LAUNCHER = """
import resource, subprocess, sys
status = subprocess.run([sys.executable, "-m", "archiver", *sys.argv[1:]]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=sys.stderr)
sys.exit(status)
"""


def measured(*words: str) -> tuple[dict[str, Any], int]:
    """The command's own JSON, and its peak memory in MiB."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, "capture", *words, "--json"],
        capture_output=True,
        check=False,
        timeout=240,
    )
    assert done.returncode in (0, 5), done.stderr
    return json.loads(done.stdout), int(done.stderr.split()[-1])


@pytest.mark.skipif(sys.platform == "darwin", reason="memory is counted otherwise there")
@pytest.mark.parametrize(
    ("name", "reason", "most"),
    [
        ("bomb", "http.200", 128),
        ("endless", "http.truncated", 128),
        ("endless-markup", "http.truncated", 128),
        ("endless-head", "http.invalid", 128),
        ("endless-interim", "http.invalid", 128),
        ("big", "http.200", 64),
        ("many", "http.200", 64),
    ],
)
def test_memory_stays_flat(tmp_path: Path, name: str, reason: str, most: int) -> None:
    def interim(connection: socket.socket) -> None:
        while True:
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)

    image = bytes(range(250)) * 4000
    pages = {
        "/bomb": _bomb() if name == "bomb" else b"",
        "/endless": _endless(b"application/octet-stream", b"a" * 65536),
        "/endless-markup": _endless(b"text/html", b"<p>text <b>more</b> &amp; " * 2000),
        "/endless-head": _head,
        "/endless-interim": interim,
        "/big": _big,
        "/many": http("".join(f"<img src=/image/{number}>" for number in range(100))),
        **{f"/image/{number}": http(image, media_type="image/png") for number in range(100)},
        "/control": http("up"),
    }
    with Site(pages) as site:
        document, peak = measured(
            site.url(f"/{name}"),
            *("--archives", str(tmp_path / "archives"), "--allow-private-addresses"),
            *("--control", site.url("/control"), "--attempts", "1", "--timeout", "30"),
            *(("--max-bytes", str(1 << 30)) if name == "big" else ()),
        )
    assert document["outcome"]["reason"] == reason
    assert peak <= most, f"{peak} MiB"


def _head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-A: bbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n" * 1000)
