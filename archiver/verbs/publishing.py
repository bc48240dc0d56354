"""`log collect` and `log publish`: a run's lines to where the archive is shared, then a signature
over what is held there.

Nothing is done that a second attempt would spoil: what was published is found and left alone, so
a run that was killed at any moment is mended by running it again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from archiver.custody import ledger, receipts
from archiver.custody.audit import audit
from archiver.custody.bringing import Brought, bring, entries_of
from archiver.custody.disk import locked, make_folder, storage, write_once
from archiver.custody.git import Repository
from archiver.custody.ledger import CHECKPOINT, CHECKPOINTS, VKEY, Log
from archiver.custody.ledgerkeys import PUBLIC_VARIABLE, VARIABLE
from archiver.custody.openlog import held
from archiver.errors import InvalidInput, Refused, ServiceFailed
from archiver.verbs import logkeys

Change = Callable[[Path], "tuple[Published, list[Path], str]"]
ATTEMPTS = 8  # a branch that moves each time is moved by a machine
UNMOVED = 2  # it is not because the branch has moved, then, that a push fails
_PUBLIC_HALF = "only the public key of the log is here, which signs nothing"
_AGAIN = "nothing is lost: run it again with the same receipts"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A branch of a remote of the repository in which the archives folder stands."""

    archives: Path
    remote: str = "origin"
    branch: str = "main"


@dataclass(frozen=True, kw_only=True, slots=True)
class Collected:
    """What was copied: how many lines of which log, and packages. None: there is no log."""

    log: str | None
    lines: int = 0
    packages: int = 0


def collect(
    archives: Path, to: Path | None, *, packages: bool, public: bool, declared: bool
) -> Collected:
    """Check that all cases of an archives folder may leave; copy what is new `to` a folder.

    Raises `Refused` where one must not, before anything is copied.
    """
    log = logkeys.standing(archives).log
    receipts.check_may_leave(archives, log, public=public, declared=declared)
    if to is None or log is None:
        if to is not None:
            receipts.empty(to)
        return Collected(log=None if log is None else log.id)
    lines, copied = receipts.collect(archives, log, to, packages=packages)
    return Collected(log=log.id, lines=lines, packages=copied)


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What came of it. `lines` were added, `already` stood there, `dropped` answer what was
    answered meanwhile; `packages` files were added. `commit` is None where nothing was to be
    done, `size` is that of the checkpoint, where one was signed; `attempts` counts the pushes."""

    log: str | None
    lines: int = 0
    already: int = 0
    dropped: int = 0
    packages: int = 0
    size: int | None = None
    commit: str | None = None
    attempts: int = 0


def publish(
    folder: Path, place: Place, *, packages: bool, sleep: Callable[[float], None] = time.sleep
) -> Published:
    """Push the lines in a folder of receipts, behind what the branch holds; packages too.

    Raises `Refused`, and pushes nothing, where a line or package is not what it must be or the
    branch's log does not hold; `ServiceFailed` where the remote cannot be reached.
    """
    with storage(folder, "read the receipts"):
        there = folder.is_dir()
    if not there:
        hint = "archiver log collect --to DIR makes it"
        raise InvalidInput("receipts.missing", "no such folder", where=str(folder), hint=hint)
    brought = receipts.log_in(folder)
    if brought is None:
        return Published(log=None)
    lines = entries_of(brought)
    inside = list(receipts.packages_of(folder, lines))

    def change(archives: Path) -> tuple[Published, list[Path], str]:
        log = ledger.make_log(archives, brought.key)
        found = _add(log, brought)
        files = [log.folder / VKEY, *(log.path(first) for first in log.files())]
        added = 0
        for source, name in inside if packages else ():
            added += _put(archives / name, source)
            files.append(archives / name)
        told = Published(
            log=log.id,
            lines=len(found.new),
            already=found.already,
            dropped=found.dropped,
            packages=added,
        )
        return told, files, f"Ledger {log.id}: {len(found.new)} lines"

    return _pushed(place, change, sleep)


def _add(log: Log, brought: Log) -> Brought:
    _check_holds(log)
    standing = entries_of(log)
    lines = entries_of(brought)
    if lines and lines[0].seq > len(standing):
        raise Refused(
            "ledger.hole",
            f"the branch has {len(standing)} lines, and those from {lines[0].seq} on are brought",
            where=log.id,
            hint="publish the receipts of the run before first",
        )
    found = bring(lines, standing, log.id)
    if found.new:
        with held(log, kept=False) as opened:
            opened.append(found.new)
    _check_holds(log)
    return found


def _check_holds(log: Log) -> None:
    problems = audit(log.folder, None).problems
    if problems:
        raise Refused(
            "ledger.broken",
            f"{problems[0].where}: {problems[0].what}",
            where=log.id,
            hint="archiver log verify names every fault; nothing was pushed",
        )


def _put(path: Path, source: Path) -> int:
    """Write a file once; 0 where it stands there. Raises `Refused` where another one does."""
    make_folder(path.parent)
    octets = source.read_bytes()
    with locked(path.parent):
        if write_once(path, octets):
            return 1
    if path.is_symlink() or path.read_bytes() != octets:
        raise Refused("storage.exists", "another file stands there", where=str(path))
    return 0


def sign(place: Place, *, sleep: Callable[[float], None] = time.sleep) -> Published:
    """Sign a checkpoint over the lines that the branch holds, and push it.

    Where `ARCHIVER_LEDGER_VKEY` says whose log it is, a branch without that log has nothing to
    sign yet. Raises `InvalidInput` where there is no private key or no line, or it is another
    log's; `Refused` where the lines do not go on from what was signed before.
    """
    vkey = os.environ.get(PUBLIC_VARIABLE, "").strip()

    def change(archives: Path) -> tuple[Published, list[Path], str]:
        chosen = logkeys.standing(archives)
        signer = chosen.signer()
        if vkey and signer is not None and signer.public.vkey != vkey:
            raise InvalidInput(
                "ledger.key", f"is another key than that of {PUBLIC_VARIABLE}", where=VARIABLE
            )
        if vkey and chosen.log is None and chosen.given is not None:
            return Published(log=None), [], ""
        if chosen.log is None or signer is None:
            raise InvalidInput(
                "ledger.key",
                chosen.why if chosen.log is None else _PUBLIC_HALF,
                where=place.branch,
            )
        _check_holds(chosen.log)
        with held(chosen.log, kept=False) as opened:
            signed = opened.sign(signer, chosen.own)
        if signed is None:
            raise InvalidInput("ledger.empty", "the log has no line yet", where=chosen.log.id)
        folder = chosen.log.folder
        files = [folder / CHECKPOINT, folder / CHECKPOINTS]
        told = Published(log=chosen.log.id, size=signed.size)
        return told, files, f"Ledger {chosen.log.id}: checkpoint of {signed.size} lines"

    return _pushed(place, change, sleep)


def _pushed(place: Place, change: Change, sleep: Callable[[float], None]) -> Published:
    """Make a change to what the branch holds now, and push it; anew where it has moved."""
    repository, inside = _repository(place.archives)
    why, unmoved, last = "", 0, ""
    for attempt in range(1, ATTEMPTS + 1):
        commit = repository.fetch(place.remote, place.branch)
        unmoved = unmoved + 1 if commit == last else 0
        if unmoved == UNMOVED:
            break
        last = commit
        with repository.tree(commit) as tree:
            done, files, message = change(tree.where / inside)
            made = tree.commit(files, message)
            if made is None:
                return replace(done, commit=None, attempts=attempt - 1)
            why = tree.push(place.remote, place.branch)
        if not why:
            return replace(done, commit=made, attempts=attempt)
        sleep(min(30.0, 2.0**attempt))
    raise ServiceFailed("git.push", f"git push: {why}", where=place.branch, hint=_AGAIN)


def _repository(archives: Path) -> tuple[Repository, Path]:
    """The repository around an archives folder, and its place therein."""
    whole = archives.absolute()
    there = next(one for one in (whole, *whole.parents) if one.is_dir())
    repository = Repository(there)
    try:
        return repository, whole.resolve().relative_to(repository.where.resolve())
    except ValueError:
        raise InvalidInput(
            "git.outside", "not inside the repository", where=str(archives)
        ) from None
