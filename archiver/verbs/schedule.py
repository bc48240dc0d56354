"""`schedule`: the files of a scheduled job, written where its system looks, or checked there."""

from __future__ import annotations

import base64
import binascii
import difflib
import hashlib
import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver.attest import notes
from archiver.case.files import read_regular
from archiver.case.reading import MAX_CASE_OCTETS, MAX_TEXT_OCTETS
from archiver.custody.disk import locked, make_folder, storage, write_file
from archiver.custody.due import every
from archiver.custody.git import Repository
from archiver.custody.packagefiles import cases_in
from archiver.custody.store import CASE, writer
from archiver.errors import Exit, InvalidInput, Problem, StorageFailed
from archiver.jobs import github, gitlab, systemd
from archiver.jobs.plan import Plan, checked_path
from archiver.verbs.resolving import KEY_FILE, SEED_FILE

HEADS = (github.HEAD, gitlab.HEAD, systemd.HEAD)
TEXT, KEY = "ARCHIVER_SEED_TEXT_", "ARCHIVER_SEED_KEY_"
_MAX = 1 << 20  # octets of a job's file


@dataclass(frozen=True, kw_only=True, slots=True)
class Scheduled:
    """The files of a job; `written` are those that were not there, or other; `drift` is what a
    check found: a file that is other than it would be made now, line by line."""

    files: tuple[Path, ...]
    written: tuple[Path, ...] = ()
    drift: tuple[Problem, ...] = ()

    @property
    def exit(self) -> Exit:
        """What was found by a check."""
        return Exit.CHANGED if self.drift else Exit.OK


def archives_in_repository(archives: Path) -> tuple[Repository, str]:
    """The repository in which an archives folder stands, and its path therein.

    Raises `InvalidInput` where it is in none, or the path is one that a job cannot name.
    """
    if not archives.is_dir():
        raise InvalidInput("schedule.archives", "no such folder", where=str(archives))
    repository = Repository(archives)
    inside = archives.resolve().relative_to(repository.where.resolve())
    return repository, checked_path(inside.as_posix(), "--archives")


def texts_needed(repository: Repository, archives: Path) -> tuple[str, ...]:
    """The variables for texts and keys that the cases need and git does not have."""
    tracked = {one.resolve() for one in repository.tracked(archives.resolve())}
    names = []
    for case in cases_in(archives):
        folder = archives.resolve() / case
        said = _seed_text(folder)
        text, publish = said.get("file"), said.get("publish")
        if not isinstance(text, str):
            continue
        stated = publish == "digest" and folder / SEED_FILE in tracked
        if folder / text not in tracked and not stated:
            names.append(variable(TEXT, case))
        if publish == "withhold" and folder / KEY_FILE not in tracked:
            names.append(variable(KEY, case))
    return tuple(names)


def shortest(archives: Path) -> str:
    """The rhythm of the case that is captured most often; nothing where none says how often. A
    case that cannot be read is passed over: `recapture` tells of it."""
    found = []
    for case in cases_in(archives):
        with suppress(InvalidInput):
            found.append(every(archives / case, wholly=True))
    return f"{min(filter(None, found))}s" if any(found) else ""


def variable(prefix: str, case: str) -> str:
    """The name of the variable for a case: `ARCHIVER_SEED_TEXT_2024_08_08_EXAMPLE_ORG`."""
    return prefix + case.upper().replace("-", "_")


def _seed_text(folder: Path) -> Mapping[str, Any]:
    """The table, as far as it can be read. (`archiver validate` says what is wrong with it.)"""
    try:
        octets = read_regular(folder / CASE, MAX_CASE_OCTETS, CASE)
        table = tomllib.loads(octets.decode("utf-8")).get("seed_text")
    except (InvalidInput, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return table if isinstance(table, dict) else {}


def for_github(repository: Repository, plan: Plan, command: str, *, check: bool) -> Scheduled:
    """The workflow of a repository. Raises `StorageFailed` where another file stands there."""
    path = repository.where / github.PLACE
    return _done({path: github.workflow(plan, command)}, check=check)


def for_gitlab(repository: Repository, plan: Plan, command: str, *, check: bool) -> Scheduled:
    """The jobs of a repository, for `.gitlab-ci.yml` to include. Raises as `for_github` does."""
    path = repository.where / gitlab.PLACE
    return _done({path: gitlab.jobs(plan, command)}, check=check)


def for_systemd(units: Mapping[str, str], to: Path | None, *, check: bool) -> Scheduled:
    """Units in a folder, the user's own where none is named. Raises as `for_github` does."""
    folder = _unit_folder() if to is None else to
    return _done({folder / name: text for name, text in units.items()}, check=check)


def _unit_folder() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111
    return Path(home) / "systemd" / "user"


def _done(files: Mapping[Path, str], *, check: bool) -> Scheduled:
    standing = {path: _standing(path) for path in files}
    if check:
        found = tuple(one for path, text in files.items() for one in _drift(path, text))
        return Scheduled(files=tuple(files), drift=found)
    written = []
    for path, text in files.items():
        if standing[path] == text:
            continue
        make_folder(path.parent)
        with locked(path.parent):
            write_file(path, writer(text.encode("utf-8")))
        written.append(path)
    return Scheduled(files=tuple(files), written=tuple(written))


def _standing(path: Path) -> str | None:
    """The file of ours that stands there; None where there is none. Raises `StorageFailed` where
    anything else does."""
    try:
        text = read_regular(path, _MAX, "the job's file").decode("utf-8", "replace")
    except InvalidInput as fault:
        if fault.code == "file.missing" and not path.is_symlink():
            return None
        text = ""
    if not text.startswith(HEADS):
        raise StorageFailed(
            "storage.exists",
            "a file that archiver did not make stands there, and is never written over",
            where=str(path),
            hint="move it away, or keep it and write the job by hand",
        )
    return text


def _drift(path: Path, text: str) -> list[Problem]:
    standing = _standing(path)
    if standing is None:
        return [Problem(where=str(path), rule="missing", what="is not there")]
    old, new = standing.splitlines(), text.splitlines()
    found = []
    for kind, one, end, at, to in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            continue
        said = " | ".join(old[one:end]) or "nothing"
        should = " | ".join(new[at:to]) or "nothing"
        what = f"{said.strip()[:120]!r} stands where {should.strip()[:120]!r} belongs"
        found.append(Problem(where=str(path), rule="drift", what=what, line=one + 1))
    if not found and standing != text:
        found.append(Problem(where=str(path), rule="drift", what="other ends of lines"))
    return found


def new_key(file: Path) -> str:
    """Write a new ledger's key into a new file, and give its public line. Raises `StorageFailed`
    where anything stands there, `InvalidInput` for one inside a repository, which the next commit
    might publish."""
    key = notes.new_key()
    folder = file.absolute().parent
    if _in_repository(folder):
        raise InvalidInput(
            "schedule.key",
            "this stands in a git repository, where a commit can publish it",
            where=str(file),
            hint="name a file outside of it, such as ~/ledger.pem",
        )
    with storage(file, "write the file"), locked(folder):
        if os.path.lexists(file):
            raise StorageFailed("storage.exists", "something stands there already", where=str(file))
        write_file(file.absolute(), writer(key.pem()), 0o600)
    return key.public.vkey


def put_texts(archives: Path, environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Put texts and keys, in base64 in the environment, where the cases expect them: files that
    only their owner can read. Gives those that were written; what is there already stays.

    Raises `InvalidInput` for a value that is no base64, or no text of this case's digest.
    """
    written = []
    for case in cases_in(archives):
        said = _seed_text(archives / case)
        for name, prefix in ((said.get("file"), TEXT), (KEY_FILE, KEY)):
            value = environment.get(variable(prefix, case), "")
            if value and isinstance(name, str) and "/" not in name:
                octets = _decoded(value, variable(prefix, case))
                _check_digest(octets, said if prefix == TEXT else {}, variable(prefix, case))
                path = archives / case / name
                if not path.exists():
                    with locked(path.parent):
                        write_file(path, writer(octets), 0o600)
                    written.append(path)
    return tuple(written)


def _decoded(value: str, name: str) -> bytes:
    try:
        octets = base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        octets = b""
    if not 0 < len(octets) <= MAX_TEXT_OCTETS:
        raise InvalidInput(
            "texts.base64", "not a file in base64", where=name, hint="base64 -w0 seed.txt makes it"
        )
    return octets


def _check_digest(octets: bytes, said: Mapping[str, Any], name: str) -> None:
    stated = said.get("sha256")
    if stated is not None and stated != f"sha256:{hashlib.sha256(octets).hexdigest()}":
        raise InvalidInput("texts.other", "not the text whose digest case.toml states", where=name)


def _in_repository(folder: Path) -> bool:
    return any((one / ".git").exists() for one in (folder, *folder.parents))
