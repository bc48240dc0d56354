"""Rendering: values to lines for people and to JSON for programs."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from archiver.errors import ArchiverError, Exit, InvalidInput, Problem
from archiver.report.escape import terminal

if TYPE_CHECKING:
    from archiver.attest.stamps import Stamp

_MOST_PROBLEMS = 50


def print_json(document: Mapping[str, Any]) -> None:
    """One JSON object in ASCII: no octet of a hostile text reaches a terminal raw."""
    print(json.dumps(document, indent=2, ensure_ascii=True))  # noqa: T201


def print_lines(lines: Iterable[str]) -> None:
    """Lines that are safe already."""
    for line in lines:
        print(line)  # noqa: T201


def say_on_terminal(quiet: bool) -> Callable[[str], None]:
    """A function that tells what is going on in one live line on stderr, where a person looks."""

    def say(what: str) -> None:
        if not quiet and sys.stderr.isatty():
            width = shutil.get_terminal_size().columns - 3
            print(f"\r\x1b[K… {terminal(what, width)}", end="", file=sys.stderr, flush=True)  # noqa: T201

    return say


def said_all(quiet: bool) -> None:
    """Wipe the live line: the results come now."""
    if not quiet and sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201


def in_colour() -> bool:
    """Whether stdout is a terminal whose user did not ask for none (`NO_COLOR`, a dumb one)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def rows(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Names and values in two columns; values are made safe here."""
    return [f"{name:<13} {terminal(value)}" for name, value in pairs]


def wrapped(text: str, indent: int) -> list[str]:
    """A paragraph of our own words, broken at 88 characters."""
    blank = " " * indent
    return textwrap.wrap(text, 88, initial_indent=blank, subsequent_indent=blank)


def error_lines(error: ArchiverError) -> list[str]:
    """What, where and what to do next; every further fault on a line of its own."""
    where = f"{terminal(error.where, 300)}: " if error.where else ""
    problems = error.problems if isinstance(error, InvalidInput) else ()
    if not problems:
        hint = f" ({terminal(error.hint, 300)})" if error.hint else ""
        return [f"archiver: {where}{terminal(error.what, 600)}{hint}"]
    count = f"{len(problems)} fault{'s' if len(problems) > 1 else ''}"
    return [f"archiver: {where}{count}", *problem_lines(problems)]


def problem_lines(problems: tuple[Problem, ...], mark: str = "") -> list[str]:
    """One line a problem."""
    lines = []
    for problem in problems[:_MOST_PROBLEMS]:
        line = "" if problem.line is None else f" (line {problem.line})"
        fix = f"; {terminal(problem.fix, 300)}" if problem.fix else ""
        where = f"{terminal(problem.where, 200)}{line}: " if problem.where else ""
        lines.append(f"  {mark}{where}{terminal(problem.what, 600)}{fix}")
    if len(problems) > _MOST_PROBLEMS:
        lines.append(f"  … and {len(problems) - _MOST_PROBLEMS} more")
    return lines


def warning_lines(warnings: tuple[Problem, ...]) -> list[str]:
    """Warnings, for stderr."""
    return problem_lines(warnings, mark="warning: ")


def print_warnings(warnings: tuple[Problem, ...], quiet: bool) -> None:
    """Tell warnings on stderr."""
    if not quiet:
        for line in warning_lines(warnings):
            print(line, file=sys.stderr)  # noqa: T201


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as a program reads it."""
    return {
        "where": problem.where,
        "rule": problem.rule,
        "what": problem.what,
        "fix": problem.fix,
        "line": problem.line,
    }


def error_json(error: ArchiverError, code: Exit) -> dict[str, Any]:
    """An error as a program reads it."""
    body: dict[str, Any] = {
        "code": error.code,
        "what": error.what,
        "where": error.where,
        "hint": error.hint,
    }
    if isinstance(error, InvalidInput) and error.problems:
        body["problems"] = [problem_json(problem) for problem in error.problems]
    return {"error": body, "exit": int(code)}


def fault_json(fault: Exception) -> dict[str, Any]:
    """Whatever came up with one of many, as a program reads it."""
    if isinstance(fault, ArchiverError):
        told: dict[str, Any] = error_json(fault, fault.exit)["error"]
        return told
    return {"code": "crash", "what": f"{type(fault).__name__}: {fault}", "where": "", "hint": ""}


def fault_words(fault: Exception) -> str:
    """Whatever came up with one of many, in one line."""
    if not isinstance(fault, ArchiverError):
        return f"internal fault: {type(fault).__name__}: {fault}"
    where = f" ({fault.where})" if fault.where else ""
    return f"{fault.what}{where}" + (f"; {fault.hint}" if fault.hint else "")


def stamp_json(stamp: Stamp) -> dict[str, Any]:
    """A time stamp as a program reads it; `accuracy` is in microseconds."""
    return {
        "at": stamp.at,
        "accuracy": stamp.accuracy,
        "authority": stamp.authority,
        "subject": stamp.subject,
        "policy": stamp.policy,
        "serial": str(stamp.serial),
        "until": stamp.until,
    }


def seed_json(seed: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The seed text as `--json` names it: its digest and size, or a commitment to it."""
    if seed is None:
        return None
    raw = next(form for form in seed["forms"] if form["form"] == "raw")
    if "commitment" in raw:
        return {"commitment": f"hmac-sha256:{raw['commitment']['value']}"}
    return {"sha256": raw["sha256"], "bytes": raw["octets"]}
