"""Many hosts at once against one after another: `recapture` of 200 sources over 20 hosts.

The hosts are addresses of loopback, served by a process of its own; each connection and each
answer takes 50 ms, as a round trip does. It counts the connections of each host that are open
at once. One command: `python bench/recapture.py`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

from timing import table

import archiver
from archiver.verbs.capture import Order
from archiver.verbs.recapture import Round, recapture
from archiver.verbs.runs import Pace

LINE = b"<p>Paragraph %d has some words of a page, and %d more of them stand behind those.</p>"
PAGE = b"<!doctype html><title>A page</title>" + b"".join(LINE % (n, n * 7) for n in range(40))
HEAD = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"


def main() -> None:
    """Measure and print; ends with 1 where a host saw two connections at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--latency", type=float, default=0.05, help="seconds [0.05]")
    asked = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    listening = socket.create_server(("0.0.0.0", 0), backlog=256)
    server = multiprocessing.Process(
        target=serve, args=(listening, asked.latency, theirs), daemon=True
    )
    server.start()
    rows = []
    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as name:
        for which in ("CONFIG", "CACHE"):
            os.environ[f"XDG_{which}_HOME"] = f"{name}/{which}"
        os.environ.pop("CI", None)
        archives = Path(name) / "archives"
        for number in range(asked.sources):
            host = f"127.0.0.{number % asked.hosts + 1}:{listening.getsockname()[1]}"
            order = Order(source=f"http://{host}/{number}", archives=archives)
            archiver.new(order.source, archives=archives)
        row(archives, asked.hosts, asked.sources, ours)  # what comes after has one to compare with
        for hosts in (1, asked.hosts):
            rows.append(row(archives, hosts, asked.sources, ours))
    server.terminate()
    print(f"Python {sys.version.split()[0]}, {asked.sources} sources over {asked.hosts} hosts.\n")
    table(("hosts at once", "seconds", "CPU", "open at once, a host"), rows)
    print(f"\n{float(rows[0][1]) / float(rows[1][1]):.1f} times as fast")
    sys.exit(any(one[3] != "1" for one in rows))


def row(archives: Path, hosts: int, sources: int, server: Connection) -> tuple[str, ...]:
    """A run: wall and CPU seconds, and the most connections that a host had open at once."""
    settings = archiver.Settings(allow_private_addresses=True)
    start, cpu = time.perf_counter(), time.process_time()
    done = recapture(
        Round(archives=archives, every=0, settings=settings, pace=Pace(hosts=hosts, delay=0))
    )
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    assert len(done.captures) == sources, done
    server.send(None)
    return str(hosts), f"{wall:.1f}", f"{cpu:.1f}", str(server.recv())


def serve(listening: socket.socket, latency: float, asked: Connection) -> None:
    """Answer; tell, whenever it is asked, the most connections of a host since the last time."""
    going: Counter[str] = Counter()
    most = [0]
    lock = threading.Lock()

    def answer(connection: socket.socket) -> None:
        host = connection.getsockname()[0]
        with lock:
            going[host] += 1
            most[0] = max(most[0], going[host])
        time.sleep(latency)
        with connection:
            while request := connection.recv(65536):
                time.sleep(latency)
                path = request.split(b" ")[1]
                body, status = (PAGE, b"200 OK") if path[1:].isdigit() else (b"", b"404 No")
                if b"\r\nConnection: keep-alive" not in request:
                    with lock:  # before the client can know, and open the next one
                        going[host] -= 1
                    connection.sendall(HEAD % (status, len(body)) + body)
                    return
                connection.sendall(HEAD % (status, len(body)) + body)
        with lock:
            going[host] -= 1

    def accept() -> None:
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    while True:
        asked.recv()
        asked.send(most[0])
        most[0] = 0


if __name__ == "__main__":
    main()
