"""What killed runs left behind: beginnings without a result, whose packages may be there."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from archiver.attest import entries
from archiver.attest.entries import Entry
from archiver.custody import store
from archiver.custody.disk import names_in, storage
from archiver.custody.ledger import NAME, Log, folder_of, names_of, read_file
from archiver.custody.openlog import OpenLog, held
from archiver.custody.results import Result, read_result, stamped
from archiver.errors import InvalidInput
from archiver.moment import Clock, compact

LOST = "lost"  # the reason of a capture that began, and of which nothing is there
_FILE = re.compile(rb'"event":"capture","file":"(sha256:[0-9a-f]{64})"')


def adopt(log: Log, clock: Clock) -> tuple[Mapping[str, Any], ...]:
    """Write into the log what killed runs did not come to write, and give it. Raises
    `StorageFailed` where that cannot be done."""
    with held(log) as opened:
        lines = left_behind(opened, clock)
        if lines:
            opened.append(lines)
    return lines


def left_behind(opened: OpenLog, clock: Clock) -> tuple[dict[str, Any], ...]:
    """The lines that killed runs did not come to write."""
    begun = opened.derived(opened.cache.begun)
    return tuple(_lines(opened, begun, clock)) if begun else ()


def _lines(opened: OpenLog, begun: list[int], clock: Clock) -> Iterator[dict[str, Any]]:
    named = _named(opened.log.folder.parent.parent)
    going_on: dict[int, bool] = {}
    for at in begun:
        first = opened.first_of(at)
        if first not in going_on:
            going_on[first] = _goes_on(opened.log.path(first))
        if going_on[first]:
            continue
        try:
            began = entries.read(opened.line(at), f"{opened.log.id}/{at}")
        except InvalidInput:
            continue  # damaged: nobody can say of what it was
        result = _package_of(opened.log, began, named)
        answer = {"begin": at, "adopted": True, **stamped(clock)}
        if result is None:
            yield {"event": "failed", "case": began.said["case"], "reason": LOST, **answer}
        else:
            named.add(str(result.file))
            yield {**result.said(), **answer}


def _goes_on(path: Path) -> bool:
    lock = lock_file(path, wait=False)
    if lock >= 0:
        os.close(lock)
    return lock < 0


def lock_file(path: Path, *, wait: bool) -> int:
    """Hold the lock of a file. -1 where somebody has it and it is not waited for."""
    with storage(path, "lock the file"):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(descriptor)
            return -1
    return descriptor


def _package_of(log: Log, began: Entry, named: set[str]) -> Result | None:
    """The package that a killed run wrote: the first of its case since then that no log names."""
    case = log.folder.parent.parent / str(began.said["case"])
    digits = compact(began.time)
    for path in store.packages(case):
        early = path.name[:16] < f"{digits[:8]}T{digits[8:]}Z"
        if early or not store.is_regular(path):
            continue
        result = read_result(path, case.name)
        if result is None or result.source != began.said["source"]:
            continue
        if str(result.file) not in named:
            return result
    return None


def _named(archives: Path) -> set[str]:
    """The digests of all files of packages of which a log tells."""
    return {
        digest.decode("ascii")
        for name in names_of(archives)
        for one in names_in(folder_of(archives) / name)
        if NAME.fullmatch(one)
        for digest in _FILE.findall(read_file(folder_of(archives) / name / one))
    }
