"""Cases without a network: `new`, `validate`, and whether another case has the same address."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archiver.case.intake import Given
from archiver.case.model import Case
from archiver.case.reading import load_case
from archiver.custody import store
from archiver.custody.merged import cases_of
from archiver.errors import ArchiverError, InvalidInput, Problem
from archiver.verbs.resolving import Resolved, is_of, resolve

_MOST_OTHERS = 100  # cases of one address that are looked at


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafted:
    """A case folder. `new` is False where it stood there already, untouched."""

    case: Case
    folder: Path
    new: bool
    warnings: tuple[Problem, ...]


def new(
    source: str,
    *,
    archives: Path = Path("archives"),
    text: Path | None = None,
    given: Given | None = None,
    new_key: Callable[[], bytes] = lambda: secrets.token_bytes(32),
) -> Drafted:
    """Draft the case of a seed text or URL and stop.

    Raises `InvalidInput` with every fault found (nothing is written then) and
    `StorageFailed` for the disk.
    """
    made = resolve(source, archives=archives, text=text, given=given or Given(), new_key=new_key())
    written = made.files is not None and store.add_case(made.folder, dict(made.files), None)
    return Drafted(case=made.case, folder=made.folder, new=written, warnings=made.warnings)


@dataclass(frozen=True, kw_only=True, slots=True)
class Validated:
    """A case that was validated: valid exactly when there are no problems."""

    case: str
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def validate(folder: Path, text: Path | None = None) -> Validated:
    """Validate a case folder. Faults are in the result, not raised; `StorageFailed` is raised."""
    from archiver.case.files import read_regular
    from archiver.case.reading import MAX_TEXT_OCTETS

    try:
        octets = None if text is None else read_regular(text, MAX_TEXT_OCTETS, "the seed text")
        case = load_case(folder, octets)
    except InvalidInput as fault:
        problems = fault.problems or (
            Problem(where=fault.where, rule=fault.code, what=fault.what, fix=fault.hint),
        )
        return Validated(case=str(folder), problems=problems, warnings=())
    return Validated(case=str(folder), problems=(), warnings=case.warnings)


def other_cases(resolved: Resolved, archives: Path) -> tuple[Problem, ...]:
    """That source and text of a new case were captured before, as another case."""
    if resolved.files is None:
        return ()
    url, digest = resolved.identity
    for name in cases_of(archives, url)[:_MOST_OTHERS]:
        with suppress(ArchiverError):  # what cannot be read is told when it is captured
            if is_of(archives / name, url, digest):
                what = f"captured before with this text, as the case {name}"
                fix = f"to go on with that one: archiver capture {archives / name}"
                return (Problem(where=url, rule="other_case", what=what, fix=fix),)
    return ()
