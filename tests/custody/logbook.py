"""Logs of any size, made without a capture, by the code that captures use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519

from archiver.attest.notes import LogSigningKey
from archiver.custody import ledger
from archiver.custody.ledger import Log
from archiver.custody.openlog import held
from archiver.moment import spell

MOMENT = 1_790_000_000
DIGEST = "sha256:" + "0a" * 32


def key(number: int = 1) -> LogSigningKey:
    return LogSigningKey(ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32))


def began(case: str = "a-case", at: int = MOMENT) -> dict[str, Any]:
    source = "https://example.org/article"
    return {"event": "begin", "case": case, "source": source, "time": spell(at)}


def captured(begin: int, number: int, case: str = "a-case", at: int = MOMENT) -> dict[str, Any]:
    mark = f"{number:08x}"
    return {
        "event": "capture",
        "begin": begin,
        "case": case,
        "source": "https://example.org/article",
        "state": "captured",
        "reason": "http.200",
        "comparison": "contained",
        "package": f"sha256:{mark}{'0' * 56}",
        "file": f"sha256:{mark}{'f' * 56}",
        "octets": 4096,
        "name": f"20260921T141320Z-{mark}.wacz",
        "time": spell(at),
    }


def note(text: str) -> dict[str, Any]:
    return {"event": "note", "note": text, "time": spell(MOMENT)}


def log_in(archives: Path, number: int = 1) -> Log:
    archives.mkdir(parents=True, exist_ok=True)
    return ledger.make_log(archives, key(number).public)


def append(log: Log, *said: dict[str, Any]) -> int:
    with held(log) as opened:
        return opened.append(said)


def sign(log: Log, number: int = 1) -> None:
    with held(log) as opened:
        opened.sign(key(number), None)


def sample(archives: Path, runs: int = 4, number: int = 1) -> Log:
    """A log of so many captures, each signed: two files and a checkpoint for each."""
    log = log_in(archives, number)
    for run in range(runs):
        at = append(log, began(), began("b-case"))
        append(log, captured(at, run), captured(at + 1, run + 1000, "b-case"))
        sign(log, number)
    return log


def lines_of(log: Log) -> Sequence[bytes]:
    return [line for first in log.files() for line in log.lines(first) or ()]
