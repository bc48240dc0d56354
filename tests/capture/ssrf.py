"""A capture with every connection, file and process counted, in a process of its own.

Reads a list of jobs as JSON from standard input, writes what each came to: its outcome or
the code of its refusal, where it connected to, what it opened for writing, what it ran.
An audit hook cannot be taken away again; so this is no part of the test's own process.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from archiver import InvalidInput, Order, Settings, capture
from archiver.capture import names, observe, transport  # noqa: F401 - loaded before counting
from archiver.capture.names import server

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_SENDING = ("socket.connect", "socket.sendto", "socket.sendmsg")

events: list[tuple[str, Any]] = []


def hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _SENDING:
        address = arguments[1]
        events.append((event, list(address[:2]) if isinstance(address, tuple) else str(address)))
    elif event == "open":
        path, mode, flags = arguments
        writes = bool(set(str(mode or "")) & set("wax+")) or bool((flags or 0) & _WRITING)
        if writes and path is not None:
            events.append((event, os.fsdecode(path) if not isinstance(path, int) else "fd"))
    elif event.startswith(("subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system")):
        events.append((event, str(arguments[0])))


def run(job: dict[str, Any]) -> dict[str, Any]:
    settings = Settings(
        seconds=job.get("seconds", 10),
        attempts=1,
        requisites=job.get("requisites", True),
        controls=(job["control"],),
        allow_private_addresses=job.get("private", False),
        resolvers=tuple(server(one) for one in job.get("resolvers", ())),
    )
    events.clear()
    order = Order(source=job["source"], archives=Path(job["archives"]), settings=settings)
    try:
        done = capture(order)
        ended = [done.outcome.state, done.outcome.reason]
    except InvalidInput as fault:
        ended = ["refused", fault.code]
    return {"ended": ended, "events": list(events)}


def main() -> None:
    jobs = json.load(sys.stdin)
    # What the system's own look-up says is asked for; the machine's name servers are not.
    names.system_servers = lambda: ()
    sys.addaudithook(hook)
    json.dump([run(job) for job in jobs], sys.stdout)


if __name__ == "__main__":
    main()
