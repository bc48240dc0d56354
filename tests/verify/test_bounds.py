"""A verifier opens nothing that a package names, and keeps within its time and memory."""

from __future__ import annotations

import builtins
import gzip
import io
import os
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.observation import Observation
from archiver.package.derive import CAPTURE, CLAIMED, INDEX, SEED_TEXT
from tests.case.right_case import TEXT, URL
from tests.verify.forge import Files, document, opened, recorded, sealed
from tests.verify.handshaking import handshake
from tests.verify.scenes import (
    CERTIFICATE,
    HOST,
    SCENES,
    STATES,
    asked,
    failed,
    package,
    verdict,
)
from tests.verify.test_forged_files import FORGERIES

MIB = 1 << 20
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_nothing_is_opened_and_nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [package(state) for state in STATES]
    made += [
        FORGERIES[name][2](opened(made[0])) for name in ("traversal", "remote", "weaker-schema")
    ]
    for octets in made:
        verdict(octets)  # what is our own (schemas, tables) is read once

    def never(*words: object, **more: object) -> object:
        raise AssertionError(f"opened {words}")

    for where, name in (
        (builtins, "open"),
        (io, "open"),
        (os, "open"),
        (os, "stat"),
        (Path, "open"),
        (socket, "socket"),
        (socket, "getaddrinfo"),
    ):
        monkeypatch.setattr(where, name, never)
    verdicts = {verdict(octets).verdict for octets in made}
    monkeypatch.undo()
    assert verdicts == {"untrusted", "refused"}


def same(seen: Observation) -> Observation:
    return seen


def answered(start: bytes, filling: bytes) -> Callable[[Files], Files]:
    """The response is 16 MiB of this."""
    octets = start + filling * (16 * MIB // len(filling))
    return lambda files: recorded(
        files, same, lambda kind, block: octets if kind == "response" else block
    )


def attached(octets: bytes) -> Callable[[Files], Files]:
    """The messages of the handshake are these."""
    return lambda files: recorded(
        files, same, lambda _, block: octets if block[:1] == b"\x01" else block
    )


def exchanges(number: int) -> Callable[[Files], Files]:
    def change(value: dict[str, list[object]]) -> None:
        value["exchanges"] *= number

    return lambda files: document(files, CAPTURE, change)


def text(path: str, octets: bytes) -> Callable[[Files], Files]:
    return lambda files: files | {path: octets}


HOSTILE: dict[str, tuple[str, Callable[[Files], Files]]] = {
    "endless-head": ("agreement", answered(b"HTTP/1.1 200 OK\r\nX: ", b"a")),
    "endless-fields": ("agreement", answered(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n")),
    "endless-interim": ("agreement", answered(b"", b"HTTP/1.1 100 x\r\n\r\n")),
    "endless-chunk-line": (
        "agreement",
        answered(CHUNKED, b"a"),
    ),
    "tiny-chunks": (
        "warc",
        answered(CHUNKED, b"400\r\n" + b"a" * 1024 + b"\r\n"),
    ),
    "many-certificates": (
        "agreement",
        attached(handshake(HOST, (CERTIFICATE,), "many") + b"\x0b\0\0\0" * 250_000),
    ),
    "many-hellos": ("agreement", attached(handshake(HOST, (CERTIFICATE,), "many") * 1500)),
    "many-exchanges": ("documents", exchanges(40_000)),
    "large-claim": ("documents", text(CLAIMED, b'{"a": "' + b"x" * 50 * MIB + b'"}\n')),
    "large-text": ("documents", text(SEED_TEXT, TEXT * (50 * MIB // len(TEXT)))),
    "large-index": ("derivation", text(INDEX, b"x" * 50 * MIB)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_large_things_are_refused_quickly_in_little_memory(name: str) -> None:
    check, forge = HOSTILE[name]
    octets = sealed(forge(opened(package("captured"))))
    tracemalloc.start()
    begun = time.monotonic()
    try:
        assert failed(octets) == check
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.monotonic() - begun < 5
    assert peak < 64 * MIB


def zipped(octets: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        octets = gzip.compress(octets, mtime=0)
    return octets


BOMBS = {
    "zeros": (zipped(bytes(100 * MIB)), "gzip"),
    "two layers": (zipped(bytes(100 * MIB), 2), "gzip, gzip"),
    "three layers": (zipped(bytes(100 * MIB), 3), "gzip, gzip, gzip"),
    "more layers than there are": (zipped(b"<p>hello"), ", ".join(["gzip"] * 50)),
    "members": (zipped(b"<p>a</p>") * 4000, "gzip"),
    "boxes": (zipped(b"<div>" * MIB), "gzip"),
    "boxes as many as may be": (zipped(b"<div>" * (1 << 17)), "gzip"),
    "rows as many as may be": (zipped(b"<table><tr><td>a" * 40_000), "gzip"),
    "references": (zipped(b"&amp;" * MIB), "gzip"),
    "words": (zipped(b"the bridge " * (MIB // 2)), "gzip"),
    "zeros, deflated": (zlib.compress(bytes(100 * MIB)), "deflate"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_page_that_is_more_than_it_seems(name: str) -> None:
    body, codings = BOMBS[name]
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {codings}\r\n"
    octets = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    out = io.BytesIO()
    SCENES["captured"].built([asked(URL, octets)]).write(out)
    begun = time.process_time()
    report = verdict(out.getvalue())
    assert time.process_time() - begun < 4  # 2 s, on a machine half as fast
    assert report.said is not None
    assert report.said.outcome.state in ("captured", "inconclusive")
