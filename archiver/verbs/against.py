"""What differs in a new capture from the last one that can be compared with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver.custody.history import ESTABLISHED
from archiver.custody.merged import Told
from archiver.custody.store import PACKAGES
from archiver.digest import Digest
from archiver.errors import ArchiverError
from archiver.package.build import Built
from archiver.report.changes import text_words
from archiver.verbs.capture import Captured
from archiver.verbs.changing import between, made, side


@dataclass(frozen=True, kw_only=True, slots=True)
class Against:
    """What differs. `result` is a change's (`unchanged`, `noise`, `changed`), or `first` where no
    earlier capture showed anything, or `not-compared`, and `why` says why: the state of this
    capture where it shows nothing of the page (`blocked` is no change), or the code of a fault.
    `before` and `id` are the package that it was compared with, `document` is the whole change
    (`archiver-change-1`), `words` what differs besides noise."""

    result: str
    why: str = ""
    before: Path | None = None
    id: Digest | None = None
    document: Mapping[str, Any] | None = None
    words: tuple[str, ...] = ()


def against(archives: Path, bases: Sequence[Told], done: Captured, built: Built) -> Against:
    """Compare a capture, just sealed, with the first of these that is here. That one is verified;
    what is wrong with it is in the result."""
    if done.outcome.state not in ESTABLISHED:
        return Against(result="not-compared", why=done.outcome.state)
    if not bases:
        return Against(result="first")
    for one in bases:
        said = one.entry.said
        before = archives / said["case"] / PACKAGES / said["name"]
        if before.is_file():
            return _compared(before, str(said["package"]), done, built)
    return Against(result="not-compared", why="package.missing")


def _compared(before: Path, package: str, done: Captured, built: Built) -> Against:
    try:
        earlier = side(before)
        now = made(done.package, str(done.id), done.observation, built.derived, built.head)
        found = between(earlier, now)
    except ArchiverError as fault:
        return Against(result="not-compared", why=fault.code, before=before)
    if earlier.id != package:
        return Against(result="not-compared", why="package.other", before=before)
    change = found.change
    words = [f"{one.name}: {one.before} -> {one.after}" for one in change.facts if not one.noise]
    if change.text.result == "changed":
        words.append(f"text: {text_words(change.text)}")
    words += [
        f"passage {one.number}: {one.before} -> {one.after}"
        for one in change.passages
        if one.before and one.after and one.before != one.after
    ]
    return Against(
        result=change.result,
        before=before,
        id=Digest.parse(package),
        document=found.document,
        words=tuple(words),
    )
