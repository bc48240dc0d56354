"""From a case folder, or a document with its seed text, to a valid `Case`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from archiver.case.faultwords import sorted_problems
from archiver.case.files import read_regular
from archiver.case.identity import check_case_id
from archiver.case.model import CLAIMED_TABLES, Case
from archiver.case.rules import View, rule_faults, rule_warnings
from archiver.case.schemas import faults
from archiver.case.seedtext import SeedText, read_seed_text, refuse_key
from archiver.case.tomltext import nearest_line, read_toml
from archiver.case.values import shape_faults, value_faults, value_warnings
from archiver.errors import InvalidInput, Problem

SCHEMA = "case.schema.json"
CASE_FILE = "case.toml"
MAX_CASE_OCTETS = 1 << 20
MAX_TEXT_OCTETS = 16 << 20
MAX_PROBLEMS = 200


def load_case(folder: Path, text: bytes | None = None) -> Case:
    """Read the case in this folder (or this `case.toml`).

    `text` stands in for a seed text that is not in the folder; it must have the digest that
    the case states. Raises `InvalidInput` with all problems of the case; `StorageFailed`
    where the disk fails.
    """
    file = folder if folder.name == CASE_FILE else folder / CASE_FILE
    document, lines = read_toml(read_regular(file, MAX_CASE_OCTETS, CASE_FILE), str(file))
    case_id = check_case_id(file.absolute().parent.name)
    shape = shape_faults(document)
    if shape:
        raise _invalid(_with_lines(shape, lines), str(file))
    seed, text_problems = _read_text(document, file.parent, text)
    errors, warnings = document_faults(document, seed, seed is not None)
    if errors or text_problems:
        found = sorted_problems((*errors, *text_problems))
        raise _invalid(_with_lines(found, lines), str(file))
    return _case(case_id, document, seed, _with_lines(warnings, lines))


def case_from_document(case_id: str, document: dict[str, Any], seed: SeedText | None) -> Case:
    """The case of a document. Raises `InvalidInput` with all its problems."""
    check_case_id(case_id)
    errors, warnings = document_faults(document, seed, seed is not None)
    if errors:
        raise _invalid(errors, case_id)
    return _case(case_id, document, seed, warnings)


def document_faults(
    document: object, seed: SeedText | None, text_at_hand: bool
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """All errors and all warnings of a case document of any shape."""
    shape = shape_faults(document)
    if shape or not isinstance(document, dict):
        return shape, ()
    view = View(document=document, seed=seed, text_at_hand=text_at_hand)
    errors: list[Problem] = []
    # The schema speaks first; a later rule is silent about a place that is already refused.
    for found in (faults(document, SCHEMA), value_faults(document), rule_faults(view)):
        places = {problem.where for problem in errors}
        errors.extend(problem for problem in found if problem.where not in places)
    warnings = sorted_problems((*value_warnings(document), *rule_warnings(view)))
    return _bounded(sorted_problems(errors)), _bounded(warnings)


def _read_text(
    document: dict[str, Any], folder: Path, text: bytes | None
) -> tuple[SeedText | None, tuple[Problem, ...]]:
    """The seed text that the document names, or the problem of it."""
    table = document.get("seed_text")
    if not isinstance(table, dict):
        return (None if text is None else _orphan(text)), ()
    name = table.get("file")
    try:
        if text is None:
            text = _text_file(folder, name, missing_is_fine=table.get("publish") == "digest")
        refuse_key(text or b"")
        seed = None if text is None else read_seed_text(text, plain=table.get("form") == "plain")
    except InvalidInput as fault:
        fix = fault.hint or "put the text into the case folder, or give it with --text"
        problem = Problem(where="seed_text.file", rule=fault.code, what=fault.what, fix=fix)
        return None, (problem,)
    return seed, ()


def _orphan(text: bytes) -> SeedText:
    # The rules refuse it: the case names no seed text.
    return read_seed_text(text)


def _text_file(folder: Path, name: object, *, missing_is_fine: bool) -> bytes | None:
    # A name that the schema refuses is never opened.
    if not isinstance(name, str) or name in {"", ".", ".."} or "/" in name or "\\" in name:
        return None
    try:
        return read_regular(folder / name, MAX_TEXT_OCTETS, "the seed text")
    except InvalidInput as fault:
        if fault.code == "file.missing" and missing_is_fine:
            return None
        raise


def _case(
    case_id: str, document: dict[str, Any], seed: SeedText | None, warnings: tuple[Problem, ...]
) -> Case:
    claimed = {name: value for name, value in document.items() if name in CLAIMED_TABLES}
    assessed = {name: value for name, value in document.items() if name not in CLAIMED_TABLES}
    return Case(id=case_id, claimed=claimed, assessed=assessed, seed=seed, warnings=warnings)


def _invalid(problems: tuple[Problem, ...], where: str) -> InvalidInput:
    first = problems[0]
    what = f"{first.where or 'the case'}: {first.what}"
    if len(problems) > 1:
        what = f"the case has {len(problems)} faults, the first: {what}"
    return InvalidInput("case.invalid", what, where=where, hint=first.fix, problems=problems)


def _with_lines(problems: tuple[Problem, ...], lines: dict[str, int]) -> tuple[Problem, ...]:
    return tuple(
        replace(problem, line=problem.line or nearest_line(lines, problem.where))
        for problem in problems
    )


def _bounded(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    if len(problems) <= MAX_PROBLEMS:
        return problems
    more = Problem(where="", rule="more", what=f"has more than these {MAX_PROBLEMS} faults")
    return (*problems[:MAX_PROBLEMS], more)
