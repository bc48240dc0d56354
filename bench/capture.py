"""What recording an exchange costs, against `requests` and `warcio.capture_http`.

One run, by turns, each client in a process of its own, the server in another. Also the
memory that one large body takes, and how long a page with many requisites does, against
the least that its own concurrency allows. One command: `python bench/capture.py`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from timing import Contestant, Cost, alternate, table

if TYPE_CHECKING:
    import requests

    from archiver.capture.exchange import RawExchange

CASES = tuple(
    (scheme, size, threads)
    for scheme in ("http", "https")
    for size in (10_000, 1_000_000)
    for threads in (1, 8, 32)
)
COUNTS = {10_000: 640, 1_000_000: 128}  # exchanges of one run
LARGE = 500_000_000
REQUISITES, LATENCY = 100, 0.050
PIECE = 1 << 16


# --- The server --------------------------------------------------------------------------


@dataclass(slots=True)
class Load:
    """How many answers were owed at once, at most, since that was last asked."""

    now: int = 0
    most: int = 0


class Server(asyncio.Protocol):
    """`/MS/SIZE`: a body of so many octets, so late. `/page/MS/COUNT`: a page that names so
    many of 10 kB. `/most`: see `Load`. Connections are kept, unless the request says not."""

    filler = bytes(range(256)) * (PIECE // 256)

    def __init__(self, load: Load) -> None:
        self.load = load
        self.request = b""
        self.left = 0
        self.paused = self.last = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        plain = transport.get_extra_info("socket")
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        self.request += data
        if not self.request.endswith(b"\r\n\r\n"):
            return
        line, _, fields = self.request.partition(b"\r\n")
        self.request = b""
        self.last = b"connection: close" in fields.lower()
        path = line.split()[1].decode("ascii").partition("?")[0].strip("/").split("/")
        if path == ["most"]:
            self.answer("text/plain", str(self.load.most).encode("ascii"))
            self.load.most = 0
        else:
            self.load.now += 1
            self.load.most = max(self.load.most, self.load.now)
            asyncio.get_running_loop().call_later(int(path[-2]) / 1000, self.late, path)

    def late(self, path: list[str]) -> None:
        self.load.now -= 1
        if path[0] == "page":
            images = "".join(f'<img src="/{path[1]}/10000?{n}">\n' for n in range(int(path[2])))
            self.answer("text/html", f"<!doctype html><title>x</title>\n{images}".encode("ascii"))
        else:
            self.head("application/octet-stream", int(path[1]))
            self.left = int(path[1])
            self.pump()

    def head(self, media_type: str, size: int) -> None:
        head = (
            "HTTP/1.1 200 OK\r\nDate: Sat, 14 Mar 2026 12:00:00 GMT\r\nServer: quay/1.0\r\n"
            f"Content-Type: {media_type}\r\nContent-Length: {size}\r\n"
            "Cache-Control: max-age=600\r\nVary: Accept-Encoding\r\n"
            f"Connection: {'close' if self.last else 'keep-alive'}\r\n\r\n"
        )
        self.transport.write(head.encode("ascii"))

    def answer(self, media_type: str, body: bytes) -> None:
        self.head(media_type, len(body))
        self.transport.write(body)
        self.done()

    def pump(self) -> None:
        while self.left and not self.paused:
            piece = self.filler[: self.left]
            self.left -= len(piece)
            self.transport.write(piece)
        if not self.left:
            self.done()

    def done(self) -> None:
        if self.last:  # soon: asyncio itself is closing where it asked us to go on
            asyncio.get_running_loop().call_soon(self.transport.close)

    def pause_writing(self) -> None:
        self.paused = True

    def resume_writing(self) -> None:
        self.paused = False
        if self.left:
            self.pump()


async def serve(folder: Path) -> None:
    """Say the two ports in a line and answer until whoever started us closes our input."""
    import trustme

    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1").configure_cert(context)
    loop = asyncio.get_running_loop()
    load = Load()
    ports = []
    for secure in (None, context):
        listening = await loop.create_server(
            lambda: Server(load), "127.0.0.1", 0, ssl=secure, backlog=1024
        )
        ports.append(listening.sockets[0].getsockname()[1])
    print(*ports, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@contextmanager
def server(folder: Path) -> Iterator[dict[str, str]]:
    """A server in a process of its own: its origins by scheme."""
    command = (sys.executable, __file__, "serve", str(folder))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        ports = process.stdout.readline().split()
        yield {
            scheme: f"{scheme}://127.0.0.1:{int(port)}"
            for scheme, port in zip(("http", "https"), ports, strict=True)
        }
        process.stdin.close()


# --- The clients -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Task:
    """Ask `count` times for `size` octets at `url`, on so many threads."""

    folder: Path
    url: str
    size: int
    count: int
    threads: int

    @property
    def ca(self) -> Path:
        """The root of the server's certificate."""
        return self.folder / "ca.pem"

    def each(self, thread: int) -> Iterator[str]:
        """The URLs of one thread; no two are the same."""
        for number in range(thread, self.count, self.threads):
            yield f"{self.url}?{number}"


def on_threads(task: Task, work: Callable[[int], object]) -> None:
    """`work` once on each thread. What it raises ends everything."""
    faults: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as fault:  # noqa: BLE001 - raised again below
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(task.threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def bare(task: Task, *, kept: bool = True) -> Callable[[], None]:
    """`requests` as it comes, a session a thread; no environment, as ours looks at none."""
    import requests

    def work(thread: int) -> None:
        with requests.Session() as session:
            session.trust_env = False
            session.verify = str(task.ca)
            if not kept:
                session.headers["Connection"] = "close"
            for url in task.each(thread):
                _read(session, url, task.size)

    return lambda: on_threads(task, work)


def _read(session: requests.Session, url: str, size: int) -> None:
    assert sum(map(len, _pieces(session, url, size))) == size, url


def _pieces(session: requests.Session, url: str, size: int) -> Iterable[bytes]:
    if size < LARGE:
        return (session.get(url).content,)
    return session.get(url, stream=True).iter_content(PIECE)


def floor(task: Task) -> Callable[[], None]:
    """What a recorder cannot go below: `bare`, two digests (block, payload), one file."""
    import hashlib

    import requests

    head = bytes(400)
    lock = threading.Lock()

    def run() -> None:
        with (task.folder / "floor.warc").open("wb") as out:

            def work(thread: int) -> None:
                with requests.Session() as session:
                    session.trust_env = False
                    session.verify = str(task.ca)
                    for url in task.each(thread):
                        block, payload = hashlib.sha256(head), hashlib.sha256()
                        for piece in _pieces(session, url, task.size):
                            block.update(piece)
                            payload.update(piece)
                            with lock:
                                out.write(piece)

            on_threads(task, work)

    return run


def warcio(task: Task) -> Callable[[], None]:
    """As one gets every record: a context in each thread, one writer with a lock."""
    from warcio.capture_http import capture_http  # isort: skip - before requests
    import requests
    from warcio.warcwriter import WARCWriter

    lock = threading.Lock()

    class Writer(WARCWriter):  # type: ignore[misc]
        def write_request_response_pair(self, *parts: Any) -> None:
            with lock:
                super().write_request_response_pair(*parts)

    def run() -> None:
        path = task.folder / "theirs.warc"
        with path.open("wb") as out:
            writer = Writer(out, gzip=False)

            def work(thread: int) -> None:
                with capture_http(writer), requests.Session() as session:
                    session.trust_env = False
                    session.verify = str(task.ca)
                    for url in task.each(thread):
                        _read(session, url, task.size)

            on_threads(task, work)
        assert path.stat().st_size > task.count * task.size

    return run


def archiver(task: Task, *, kept: bool = True) -> Callable[[], None]:
    """As a capture asks for requisites, all evidence on: a queue a thread, over one connection
    as long as it lasts. Not `kept`: as it asks for the source, each over one of its own."""
    from ipaddress import IPv4Address

    from archiver.capture.addresses import AddressPolicy
    from archiver.capture.deadline import Deadline
    from archiver.capture.exchange import Limits
    from archiver.capture.line import Line, server_of
    from archiver.capture.names import Names
    from archiver.capture.transport import RecordingAdapter, session, trust
    from archiver.moment import clock_from_environment

    def run() -> None:
        roots, names, clock = trust(task.ca), Names(), clock_from_environment()
        policy = AddressPolicy(frozenset({IPv4Address("127.0.0.1")}))
        limits = Limits(max_octets=1 << 31, seconds=600)
        found: list[list[RawExchange]] = [[] for _ in range(task.threads)]

        def work(thread: int) -> None:
            urls = list(task.each(thread))
            adapter = RecordingAdapter(
                role="requisite",
                policy=policy,
                limits=limits,
                deadline=Deadline(limits.seconds),
                roots=roots,
                names=names,
                clock=clock,
                exchanges=found[thread],
            )
            line = Line(server_of(task.url), limits)
            adapter.line = line if kept else None
            for url in urls:
                line.more = url is not urls[-1]
                with session(adapter) as asking:
                    asking.get(url, allow_redirects=False)
            line.close()

        on_threads(task, work)
        _write(task, [one for some in found for one in some])

    return run


def _write(task: Task, exchanges: list[RawExchange]) -> None:
    from archiver.capture.recording import Frame, record
    from archiver.observation import Person

    exchanges[0].role = "source"
    with (task.folder / "ours.warc").open("wb") as out:
        frame = Frame(
            case="bench",
            source=exchanges[0].url,
            started=exchanges[0].date,
            ended=exchanges[-1].date,
            software="archiver",
            clock="system",
            previous=None,
            settings={},
            person=Person(),
            stop=None,
        )
        seen = record(frame, exchanges, out)
    for one in exchanges:
        assert one.connection.phase == "done", one
        assert one.entity == task.size, one
        one.response.close()
    assert len(seen.exchanges) == task.count


CLIENTS: dict[str, Callable[[Task], Callable[[], None]]] = {
    "requests": bare,
    "requests, fresh connections": lambda task: bare(task, kept=False),
    "requests, two digests, a file": floor,
    "capture_http": warcio,
    "archiver, fresh connections": lambda task: archiver(task, kept=False),
    "archiver": archiver,
}


def ask(client: str, task: Task) -> None:
    """Do the task and add what it cost, without start-up and imports, to a file."""
    run = CLIENTS[client](task)
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    cost = time.perf_counter() - wall, time.process_time() - cpu
    with (task.folder / f"{client}.costs").open("a") as out:
        print(json.dumps(cost), file=out)


# --- The comparison ----------------------------------------------------------------------


def exchanges(folder: Path, url: str, task: tuple[int, int, int], runs: int) -> list[Contestant]:
    """Every client at the same task, by turns; seconds are those of its exchanges alone."""
    words = tuple(map(str, (folder, url, *task)))
    contestants = [
        Contestant(name, (sys.executable, __file__, "ask", name, *words)) for name in CLIENTS
    ]
    alternate(contestants, runs)
    for one in contestants:
        file = folder / f"{one.name}.costs"
        inner = [json.loads(line) for line in file.read_text().splitlines()]
        file.unlink()
        one.costs = [
            Cost(wall, cpu, whole.peak)
            for (wall, cpu), whole in zip(inner[1:], one.costs, strict=True)
        ]
    return contestants


def rows(what: str, contestants: list[Contestant], count: int) -> Iterator[tuple[str, ...]]:
    """A line for each client: what an exchange cost, and that against the first client."""
    floor_wall, floor_cpu, _ = contestants[0].medians()
    for one in contestants:
        wall, cpu, peak = one.medians()
        yield (
            f"{what}, {one.name}",
            f"{wall / count * 1000:.2f}",
            f"{cpu / count * 1000:.2f}",
            f"{peak:.0f}",
            f"{wall / floor_wall:.2f}",
            f"{cpu / floor_cpu:.2f}",
        )


HEAD = ("", "wall, ms", "CPU, ms", "peak, MiB", "wall, ×", "CPU, ×")


def small(folder: Path, origins: dict[str, str], runs: int, only: str) -> None:
    lines: list[tuple[str, ...]] = []
    for scheme, size, threads in CASES:
        what = f"{scheme}, {size // 1000} kB, {threads} threads"
        if only in what:
            url, count = f"{origins[scheme]}/0/{size}", COUNTS[size]
            lines += rows(what, exchanges(folder, url, (size, count, threads), runs), count)
    print("An exchange; peak of the process; against `requests` with kept connections:\n")
    table(HEAD, lines)


def large(folder: Path, origins: dict[str, str], runs: int) -> None:
    lines: list[tuple[str, ...]] = []
    for scheme, origin in origins.items():
        contestants = exchanges(folder, f"{origin}/0/{LARGE}", (LARGE, 1, 1), runs)
        what = f"{scheme}, {LARGE // 1_000_000} MB"
        lines += rows(what, contestants, 1)
        whole = Contestant(
            "archiver capture",
            _capture(folder, f"{origin}/0/{LARGE}", "--max-bytes", str(1 << 30)),
        )
        alternate([whole], runs, before=lambda: _clean(folder))
        wall, cpu, peak = whole.medians()
        cells = f"{wall * 1000:.0f}", f"{cpu * 1000:.0f}", f"{peak:.0f}"
        lines.append((f"{what}, {whole.name}", *cells, "-", "-"))
    _clean(folder)
    print("\nOne large body:\n")
    table(HEAD, lines)


def _clean(folder: Path) -> None:
    shutil.rmtree(folder / "archives", ignore_errors=True)


def _capture(folder: Path, url: str, *more: str) -> tuple[str, ...]:
    words = ("--quiet", "--allow-private-addresses", "--ca-file", str(folder / "ca.pem"), *more)
    command = (sys.executable, "-m", "archiver", "capture", *words)
    return (*command, "--archives", str(folder / "archives"), url)


def page(folder: Path, origins: dict[str, str], runs: int) -> None:
    lines = []
    for scheme, origin in origins.items():
        url = f"{origin}/page/{LATENCY * 1000:.0f}/{REQUISITES}"
        alone = Contestant("alone", _capture(folder, url, "--no-requisites"))
        whole = Contestant("whole", _capture(folder, url))
        most: list[int] = []

        def before(most: list[int] = most) -> None:
            _clean(folder)
            with urlopen(f"{origins['http']}/most") as answer:
                most.append(int(answer.read()))

        alternate((alone, whole), runs, before)
        before()
        at_once = max(most[1:])
        ideal = (1 + math.ceil(REQUISITES / at_once)) * LATENCY
        wall, cpu, peak = whole.medians()
        without, _, _ = alone.medians()
        gathering = median(cost.wall for cost in whole.costs) - without
        lines.append(
            (
                scheme,
                str(at_once),
                f"{ideal:.2f}",
                f"{gathering:.2f}",
                f"{gathering / (ideal - LATENCY):.2f}",
                f"{wall:.2f}",
                f"{wall / ideal:.2f}",
                f"{cpu:.2f}",
                f"{peak:.0f}",
            )
        )
    _clean(folder)
    print(
        f"\nA page of {REQUISITES} requisites, each answered after {LATENCY * 1000:.0f} ms; "
        "`archiver capture` as a whole, and what the requisites add to it:\n"
    )
    table(
        (
            "",
            "at once",
            "ideal, s",
            "requisites, s",
            "× ideal",
            "whole, s",
            "× ideal",
            "CPU, s",
            "peak, MiB",
        ),
        lines,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of each client [5]")
    parser.add_argument("--only", default="", help="cases with this in their name: 'https, 10 kB'")
    parser.add_argument(
        "--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure [all]"
    )
    asked = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, medians of {asked.runs} runs by turns.\n")
    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as name, server(Path(name)) as at:
        if "small" in asked.parts:
            small(Path(name), at, asked.runs, asked.only)
        if "large" in asked.parts:
            large(Path(name), at, max(1, asked.runs // 2))
        if "page" in asked.parts:
            page(Path(name), at, asked.runs)


PARTS = ("small", "large", "page")

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", where]:
            asyncio.run(serve(Path(where)))
        case ["ask", client, where, url, size, count, threads]:
            ask(client, Task(Path(where), url, int(size), int(count), int(threads)))
        case _:
            main()
