"""Cases without a network: `new`, `validate`, and whether another case has the same address."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archiver.case.intake import Given
from archiver.case.model import Case
from archiver.case.reading import load_case
from archiver.custody import store
from archiver.custody.merged import cases_of
from archiver.errors import InvalidInput, Problem
from archiver.verbs.resolving import Resolved, resolve


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
    """That the address of a new case was captured before, in another one."""
    case = resolved.case
    if resolved.files is None:
        return ()
    cases = cases_of(archives, case.source_url)
    named = ", ".join(cases[:3]) + (" …" if len(cases) > 3 else "")
    what = f"this address was captured before, as another case: {named}"
    return tuple(
        Problem(
            where=case.source_url,
            rule="other_case",
            what=what,
            fix=f"to go on with that one: archiver capture {archives / name}",
        )
        for name in cases[:1]
    )
