"""Reading of files that strangers may have put there: regular, bounded, never through a link."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from archiver.errors import ArchiverError, InvalidInput, StorageFailed

# O_NONBLOCK: opening a FIFO must not wait for a writer. O_NOCTTY: nor may a terminal attach.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY

_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

_REFUSALS = {
    errno.ENOENT: ("file.missing", "is missing"),
    errno.ENOTDIR: ("file.missing", "is missing (its path leads through a file)"),
    errno.ELOOP: ("file.symlink", "is a symbolic link, which is never followed"),
    errno.EACCES: ("file.permission", "may not be read (permission denied)"),
    errno.EPERM: ("file.permission", "may not be read (permission denied)"),
    errno.ENXIO: ("file.irregular", "is a socket or a device, not a regular file"),
    errno.ENAMETOOLONG: ("file.name", "has a name that is too long"),
    errno.EINVAL: ("file.name", "has a name that this system does not allow"),
}


def read_regular(path: Path, limit: int, what: str, *, secret: bool = False) -> bytes:
    """The octets of a regular file of at most `limit` octets; `what` names it for people.

    Raises `InvalidInput` for a missing file, a symbolic link, a directory, a FIFO, a device,
    a socket, a file that is too large or may not be read, and for a `secret` one that others
    may read or write; `StorageFailed` where the disk fails.
    """
    descriptor = -1
    try:
        descriptor = os.open(path, _FLAGS)
        mode = os.fstat(descriptor).st_mode
        _check_kind(mode, path, what)
        if secret and mode & 0o077:
            _refuse_exposed(mode, path, what)
        octets = _read(descriptor, limit + 1)
    except (OSError, ValueError) as fault:
        raise _translated(fault, path, what) from fault
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    if len(octets) > limit:
        raise InvalidInput(
            "file.too_large", f"{what} is larger than {limit} octets", where=str(path)
        )
    return octets


def _check_kind(mode: int, path: Path, what: str) -> None:
    if stat.S_ISREG(mode):
        return
    kind = next((name for test, name in _KINDS if test(mode)), "of an unknown kind")
    raise InvalidInput("file.irregular", f"{what} is {kind}, not a regular file", where=str(path))


def _refuse_exposed(mode: int, path: Path, what: str) -> None:
    raise InvalidInput(
        "file.exposed",
        f"{what} is open to others (mode {stat.S_IMODE(mode):04o}), and is not used",
        where=str(path),
        hint="chmod 600 closes it; whoever read it meanwhile has it",
    )


def _read(descriptor: int, limit: int) -> bytes:
    pieces = []
    while limit > 0 and (piece := os.read(descriptor, min(limit, 1 << 20))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def _translated(fault: OSError | ValueError, path: Path, what: str) -> ArchiverError:
    # ValueError: a NUL in the path, or a character that file names cannot hold.
    number = fault.errno if isinstance(fault, OSError) else errno.EINVAL
    if number in _REFUSALS:
        code, words = _REFUSALS[number]
        return InvalidInput(code, f"{what} {words}", where=str(path))
    return StorageFailed(
        "file.unreadable",
        f"{what} could not be read: {fault.__class__.__name__}: {os.strerror(number or errno.EIO)}",
        where=str(path),
    )
