"""A list of sources: a CSV file with a line for each, and the file that tells the results."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from archiver.case.files import read_regular
from archiver.case.intake import Given
from archiver.case.urls import check_source_url
from archiver.custody.disk import locked, storage, write_file
from archiver.custody.store import writer
from archiver.errors import InvalidInput, Problem, StorageFailed
from archiver.report.cells import table

COLUMNS = ("url", "text", "date", "outlet", "title", "language", "case_id")
RESULTS = ("line case url done state reason comparison time package package_id ledger what").split()
_MAX = 16 << 20  # octets
_MAX_ROWS = 10_000
_OWN = re.compile(r"x-[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A source of a list, in the line with this number. `source` is its URL, or the path of the
    text where no URL is given; `text` then None."""

    line: int
    source: str
    text: Path | None
    given: Given


def read_list(path: Path) -> tuple[tuple[Row, ...], list[Problem]]:
    """The sources of a list, and what is wrong with lines of it. Raises `InvalidInput` for what
    is no list, or has not one source."""
    octets = read_regular(path, _MAX, "the list")
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = octets[: fault.start].count(b"\n") + 1
        raise _fault(path, f"not UTF-8 in line {line}", "save it as CSV in UTF-8") from None
    lines = _lines(path, text)
    header = next(lines, None)
    if header is None:
        raise _fault(path, "is empty", f"its first line names the columns: {','.join(COLUMNS)}")
    names = _names(path, header[1])
    found: list[Row] = []
    problems: list[Problem] = []
    for line, cells in lines:
        try:
            found.append(_row(path, line, names, cells))
        except InvalidInput as fault:
            problems.append(problem(line, fault))
    if not found:
        refuse(path, problems)
        raise _fault(path, "names no source")
    if len(found) > _MAX_ROWS:
        raise _fault(path, f"names more than {_MAX_ROWS} sources", "divide it")
    return tuple(found), problems


def refuse(path: Path, problems: Sequence[Problem]) -> None:
    """Raise `InvalidInput` with the problems of a list, where there are any."""
    if problems:
        found = tuple(sorted(problems, key=lambda one: one.line or 0))
        what = f"line {found[0].line}: {found[0].what}"
        raise InvalidInput(
            "list.invalid",
            f"the list has {len(found)} faults, the first: {what}" if len(found) > 1 else what,
            where=str(path),
            hint="nothing was captured; mend the list, then run it again",
            problems=found,
        )


def problem(line: int, fault: InvalidInput) -> Problem:
    """What is wrong with the source of a line."""
    return Problem(
        where=fault.where or "the row", rule=fault.code, what=fault.what, fix=fault.hint, line=line
    )


def _fault(path: Path, what: str, hint: str = "") -> InvalidInput:
    return InvalidInput("list.form", what, where=str(path), hint=hint)


def _lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line in which each begins; those without a word left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as fault:
        raise _fault(path, f"no CSV in line {reader.line_num}: {fault}") from None


def _names(path: Path, header: list[str]) -> list[str]:
    """The columns: those that are known, and others as fields of one's own."""
    names = []
    for cell in header:
        name = cell.lower().replace(" ", "_")
        if name not in COLUMNS:
            if (meant := _meant(name)) is not None:
                hint = f"did you mean {meant}? To keep it as a field of your own: x-{name}"
                raise _fault(path, f"there is no column {name:.40}", hint)
            own = re.sub("[^a-z0-9]+", "-", cell.lower().removeprefix("x-")).strip("-")
            name = f"x-{own}"
            if _OWN.fullmatch(name) is None:
                raise _fault(path, f"a column without a name that can be kept: {cell[:40]!r}")
        if name in names:
            raise _fault(path, f"two columns are called {name}")
        names.append(name)
    if "url" not in names and "text" not in names:
        hint = f"its first line names the columns, with commas: {','.join(COLUMNS)}"
        raise _fault(path, "has neither a column url nor a column text", hint)
    return names


def _meant(name: str) -> str | None:
    """The column that a word which is none may have been meant for."""
    begun = [one for one in COLUMNS if one.startswith(name) and len(name) > 2]
    alike = begun or get_close_matches(name, COLUMNS, n=1, cutoff=0.75)
    return alike[0] if alike else None


def _row(path: Path, line: int, names: list[str], cells: list[str]) -> Row:
    if len(cells) != len(names):
        what = f"{len(cells)} cells, where {len(names)} columns are named"
        raise InvalidInput("list.cells", what, where="the row")
    said = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
    url, text = said.pop("url", None), said.pop("text", None)
    file = None if text is None else _file(path, text)
    others = tuple((name, said[name]) for name in sorted(said) if name.startswith("x-"))
    given = Given(
        date=said.get("date"),
        outlet=said.get("outlet"),
        title=said.get("title"),
        language=said.get("language"),
        case_id=said.get("case_id"),
        others=others,
    )
    if url is not None:
        return Row(line=line, source=check_source_url(url), text=file, given=given)
    if file is None:
        raise InvalidInput("list.source", "neither a url nor a text", where="url")
    return Row(line=line, source=str(file), text=None, given=given)


def _file(path: Path, name: str) -> Path:
    """A text beside the list. Whoever wrote the list must not reach for other files."""
    file = path.parent / name
    inside = file.resolve().is_relative_to(path.parent.resolve())
    if "\0" in name or not inside:
        raise InvalidInput("list.text", "no file in the folder of the list", where="text")
    if not file.is_file():
        raise InvalidInput("list.text", f"no such file: {file}", where="text")
    return file


def check_results(path: Path) -> None:
    """Refuse, before anything is done, to write the results over a file that is none of ours.
    Raises `StorageFailed`."""
    with storage(path, "look at the file of results"):
        if path.is_symlink() or (path.exists() and not path.is_file()):
            mine = False
        elif path.exists():
            with path.open("rb") as file:
                head = table([RESULTS])
                mine = file.read(len(head)) == head
        else:
            mine = path.parent.is_dir()
    if not mine:
        raise StorageFailed(
            "list.results",
            "is no file of results, and is not written over",
            where=str(path),
            hint="--results FILE names another",
        )


def write_results(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write the file of results, whole, in the place of an earlier one."""
    octets = table([RESULTS, *rows])
    with storage(path, "write the results"):
        folder = path.parent.resolve(strict=True)
        with locked(folder):
            check_results(path)
            write_file(folder / path.name, writer(octets))
