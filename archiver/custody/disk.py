"""Writing so that a final name never holds half a file.

Same folder, exclusive temporary name, every octet, fsync of the file, rename, fsync of
the folder: of the usual patterns only this whole one survives a power cut.

Temporaries are made only by whoever holds their folder's lock. So whoever holds it knows that
those which stand there were left by the killed, and sweeps them.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from archiver.errors import Interrupted, StorageFailed

TEMPORARY = ".tmp-"
Writer = Callable[[BinaryIO], None]


@contextmanager
def storage(path: Path, doing: str) -> Iterator[None]:
    """Turn any `OSError` inside into a `StorageFailed` that says what was being done, where."""
    try:
        yield
    except OSError as error:
        raise StorageFailed(
            "storage.failed",
            f"cannot {doing}: {error.strerror or type(error).__name__}",
            where=str(path),
            hint="nothing was left half-written; make room or mend the folder, then run it again",
        ) from error


def make_folder(path: Path) -> None:
    """A folder with all its parents, durable. A symbolic link in its place is refused."""
    with storage(path, "make the folder"):
        if path.is_symlink():
            raise StorageFailed(
                "storage.symlink",
                "a symbolic link stands where a folder of the archive should be",
                where=str(path),
                hint="name the folder that it points to",
            )
        if path.is_dir():
            return
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)


def names_in(folder: Path) -> list[str]:
    """The names of all that stands in a folder. (`iterdir` takes ten times as long.)"""
    with storage(folder, "list the folder"):
        return os.listdir(folder)  # noqa: PTH208


def sync_folder(path: Path) -> None:
    """Make a folder's entries durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the kernel lets it go when the holder dies. Sweeps what an
    earlier, killed writer left behind."""
    with storage(folder, "lock the folder"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        with storage(folder, "lock the folder"):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            _sweep(folder)
        yield
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{TEMPORARY}*"):
        if stat.S_ISDIR(left.lstat().st_mode):
            shutil.rmtree(left)
        else:
            left.unlink()


def write_file(path: Path, write: Writer, mode: int = 0o666) -> None:
    """A new file, whole or not at all; its folder must be locked by the caller."""
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    with storage(path, "write the file"):
        try:
            _write_new(temporary, write, mode)
            _give_name(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


def write_beside(path: Path, octets: bytes) -> bool:
    """A new file anywhere, whole or not at all, and never in the place of another.

    Gives False, and writes nothing, where the file is there with these very octets. Raises
    `StorageFailed` where anything else has that name.
    """
    with storage(path, "write the file"):
        folder = path.parent.resolve(strict=True)
        with locked(folder):
            if write_once(folder / path.name, octets):
                return True
            return _is_there_already(path, octets)


def write_once(path: Path, octets: bytes) -> bool:
    """A new file, whole or not at all; False where anything has that name, which then stays.
    Its folder must be locked by the caller."""
    if path.exists() or path.is_symlink():
        return False
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    with storage(path, "write the file"):
        try:
            _write_new(temporary, partial(_all, octets), 0o666)
            # A link, since a rename would replace what came to stand there meanwhile.
            path.hardlink_to(temporary)
            sync_folder(path.parent)
        except FileExistsError:
            return False
        finally:
            temporary.unlink(missing_ok=True)
    return True


def _all(octets: bytes, file: BinaryIO) -> None:
    file.write(octets)


def _is_there_already(path: Path, octets: bytes) -> bool:
    if path.is_file() and not path.is_symlink() and path.read_bytes() == octets:
        return False
    raise StorageFailed(
        "storage.exists",
        "something else stands there, and is never written over",
        where=str(path),
        hint="name another file",
    )


def _write_new(path: Path, write: Writer, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, mode), "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


def write_folder(path: Path, files: dict[str, tuple[Writer, int]]) -> bool:
    """A new folder with its files, all or nothing; names may have one folder in front.

    Gives False, and leaves nothing, where the folder has come to be meanwhile. The
    parent folder must be locked by the caller.
    """
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    with storage(path, "write the folder"):
        try:
            temporary.mkdir()
            for name, (write, mode) in files.items():
                inner = temporary / name
                inner.parent.mkdir(exist_ok=True)
                _write_new(inner, write, mode)
                sync_folder(inner.parent)
            sync_folder(temporary)
            if path.exists() or path.is_symlink():
                return False
            _give_name(temporary, path)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return True


def _give_name(temporary: Path, path: Path) -> None:
    """The one step that makes it count. An interrupt just behind it must not hide that."""
    try:
        temporary.rename(path)
        sync_folder(path.parent)
    except KeyboardInterrupt:
        if temporary.exists() or not path.exists():
            raise
        raise Interrupted(
            "interrupted", "interrupted, but this was already written, whole", where=str(path)
        ) from None
