"""Packages changed at random by somebody who knows the format: every one ends in a report.

`python -m tests.verify.fuzz 200000` runs that many over all cores, and prints what became of
them, the slowest and the peak of memory. A run is repeated by its numbers: `fuzz FROM TO`.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from random import Random
from typing import Any

from archiver.capturejson import from_document
from archiver.errors import ArchiverError
from archiver.ownwords import SOFTWARE
from archiver.package.derive import CAPTURE, DATAPACKAGE, DIGEST, WARC
from archiver.verify.checks import examine
from tests.verify.forge import (
    Files,
    derived,
    opened,
    recorded,
    sealed,
    warc_file,
    warc_records,
    zipped,
)
from tests.verify.scenes import STATES, package

_VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2**53 - 1, 2**53, 2**64, 1.5, "", "a", "\0", "\ud800", "\u202e",
    "x" * 70_000, [], {}, [[]], [None], {"a": 1}, "sha256:" + "0" * 64, "urn:uuid:x", "http://[/",
    "2026-02-30T00:00:00Z", "dns.nxdomain", "source", "done", "::ffff:1.2.3.4", "1.2.3.4",
    "tcp.refused", "tls.expired", "https://news.example.org/", "redirect.loop", "nxdomain", 10**400,
    "\x1b[31m", "a" * 64 + ".b",
)  # fmt: skip
_TOKENS: tuple[bytes, ...] = (
    b"", b"\0", b"\r\n", b"\n", b"\r\n\r\n", b"WARC/1.1\r\n", b"HTTP/1.1 200 OK\r\n", b"PK\x03\x04",
    b"PK\x05\x06", b"-1", b"0", b"18446744073709551615", b"Transfer-Encoding: chunked\r\n", b"<!--",
    b"Content-Encoding: gzip\r\n", b"Content-Length: 1\r\n", b"ffffffffffffffff\r\n", b"\xff\xfe",
    b"&#x110000;", b"<div>" * 500, b"\xf0\x9f", b": ", b"{" * 70, b'"', b"  ",
)  # fmt: skip


def _spliced(octets: bytes, random: Random) -> bytes:
    """Octets changed here and there."""
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        at = random.randrange(len(octets) + 1)
        cut = random.choice((0, 0, 1, 2, 16, 300))
        piece = random.choice((*_TOKENS, random.randbytes(random.randrange(9))))
        octets = octets[:at] + piece + octets[at + cut :]
    return octets


def _in_document(value: Any, random: Random) -> Any:
    """A JSON value with one of its members changed, removed, doubled or exchanged."""
    while isinstance(value, dict | list) and value and random.random() < 0.9:
        key = random.choice(list(value) if isinstance(value, dict) else range(len(value)))
        match random.randrange(8):
            case 0:
                value[key] = random.choice(_VALUES)
                return value
            case 1:
                del value[key]
                return value
            case 2 if isinstance(value, list):
                value.insert(random.randrange(len(value) + 1), value[key])
                return value
            case 3 if isinstance(value, list):
                random.shuffle(value)
                return value
            case 4 if isinstance(value, dict):
                value[random.choice(list(value)) + "x"] = value[key]
                return value
            case _:
                inner = value[key]
                if not isinstance(inner, dict | list):
                    value[key] = _other(inner, random)
                    return value
                # Down into it; what comes back up stands in the same place.
                value[key] = _in_document(inner, random)
                return value
    return value


def _other(value: Any, random: Random) -> Any:
    if isinstance(value, str) and value and random.random() < 0.6:
        at = random.randrange(len(value))
        return (
            value[:at] + random.choice(("", "0", "é", value[at] * 2, value[:3])) + value[at + 1 :]
        )
    if isinstance(value, int) and random.random() < 0.6:
        return value + random.choice((-1, 1, 256))
    return random.choice(_VALUES)


def _documents(files: Files, random: Random) -> Files:
    path = random.choice([one for one in sorted(files) if one.endswith(".json")])
    with suppress(ValueError):
        value = _in_document(json.loads(files[path]), random)
        text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)
        files = files | {path: text.encode("utf-8", "surrogatepass") + b"\n"}
    return files


def _octets(files: Files, random: Random) -> Files:
    path = random.choice(sorted(files))
    return files | {path: _spliced(files[path], random)}


def _records(files: Files, random: Random) -> Files:
    try:
        found = warc_records(files)
    except ArchiverError:
        return files
    if not found:
        return files
    number = random.randrange(len(found))
    fields, block = found[number]
    match random.randrange(6):
        case 0:
            found.insert(random.randrange(len(found) + 1), found[number])
        case 1:
            del found[number]
        case 2:
            random.shuffle(found)
        case 3:
            at = random.randrange(len(fields))
            name, value = fields[at]
            fields[at] = (name, _spliced(value.encode(), random).decode("ascii", "replace"))
        case _:
            found[number] = (fields, _spliced(block, random))
    with suppress(UnicodeEncodeError):
        files = files | {WARC: warc_file(found, digests=random.random() < 0.95)}
    return files


def _from_source(files: Files, random: Random) -> Files:
    """With our own source code: the wire's octets changed, everything made anew."""
    with suppress(Exception):
        return recorded(
            files,
            lambda seen: seen,
            lambda _, block: _spliced(block, random) if random.random() < 0.3 else block,
        )
    return files


def _told(files: Files, random: Random) -> Files:
    """With our own source code: something else told of the capture, everything made anew."""
    with suppress(Exception):
        seen = from_document(_in_document(json.loads(files[CAPTURE]), random))
        return recorded(files, lambda _: seen)
    return files


_WAYS: tuple[Callable[[Files, Random], Files], ...] = (
    _documents,
    _octets,
    _records,
    _from_source,
    _told,
)


def mutated(number: int) -> bytes:
    """The changed package of this number: the same octets each time."""
    random = Random(number)
    octets = package(random.choice(STATES))
    if random.random() < 0.1:
        return _spliced(octets, random)
    files = opened(octets)
    for _ in range(random.choice((1, 1, 2, 3))):
        files = random.choice(_WAYS)(files, random)
    if random.random() < 0.4:
        # The forger's own tools may fail on what they are given: then it goes on without.
        with suppress(Exception):
            files = derived(files)
    if DATAPACKAGE not in files or random.random() < 0.1:
        return zipped(files)
    try:
        return sealed({path: one for path, one in files.items() if path != DIGEST})
    except (ValueError, TypeError, AttributeError, ArchiverError):
        return zipped(files)


def run(numbers: range) -> tuple[Counter[str], tuple[float, int], int]:
    """Verify these; what became of them, the slowest (seconds of a core, and its number), the
    peak in KiB. Not by the clock on the wall: other programs' time is none of ours."""
    became: Counter[str] = Counter()
    slowest = (0.0, 0)
    for number in numbers:
        octets = mutated(number)
        begun = time.process_time()
        report = examine(io.BytesIO(octets), "x.wacz", SOFTWARE)
        slowest = max(slowest, (time.process_time() - begun, number))
        failed = [check for check in report.checks if check.status == "failed"]
        if any(problem.rule == "unexpected" for check in failed for problem in check.problems):
            raise AssertionError(f"mutation {number}: {failed}")
        became[failed[0].name if failed else report.verdict] += 1
    return became, slowest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(words: list[str]) -> None:
    """Run them all."""
    first, last = (0, int(words[0])) if len(words) == 1 else (int(words[0]), int(words[1]))
    parts = [range(at, min(last, at + 500)) for at in range(first, last, 500)]
    became: Counter[str] = Counter()
    slowest, peak = (0.0, 0), 0
    with ProcessPoolExecutor() as pool:
        for part, seconds, kib in pool.map(run, parts):
            became += part
            slowest, peak = max(slowest, seconds), max(peak, kib)
    print(f"{became.total()} packages: {dict(became.most_common())}")
    print(f"the slowest {slowest[0]:.2f} s (number {slowest[1]}),", end=" ")
    print(f"the peak of a process {peak / 1024:.0f} MiB")


if __name__ == "__main__":
    main(sys.argv[1:])
