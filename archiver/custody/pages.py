"""A folder of pages that are made again and again: only pages of our own are written over."""

from __future__ import annotations

import secrets
from collections.abc import Container
from pathlib import Path

from archiver.custody.disk import TEMPORARY, make_folder, storage, sync_folder
from archiver.errors import StorageFailed


def publish(folder: Path, name: str, octets: bytes, mark: bytes) -> Path:
    """Write a page whole under its name (at most one folder deep), also over an older one.

    A page of ours begins with `mark`. Raises `StorageFailed` where anything else stands there.
    """
    path = folder / name
    make_folder(path.parent)
    with storage(path, "write the page"):
        if (path.exists() or path.is_symlink()) and not _is_ours(path, mark):
            raise StorageFailed(
                "storage.exists",
                "something else stands there, and is never written over",
                where=str(path),
                hint="name another folder with --to",
            )
        temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
        try:
            temporary.write_bytes(octets)
            temporary.rename(path)
        finally:
            temporary.unlink(missing_ok=True)
    return path


def _is_ours(path: Path, mark: bytes) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(mark)) == mark


def sweep(folder: Path, kept: Container[Path], mark: bytes) -> None:
    """Take away pages of ours that were not made this time, and make what is there durable."""
    with storage(folder, "take away older pages"):
        for path in sorted(folder.glob("*.html")):
            if path not in kept and _is_ours(path, mark):
                path.unlink()
        sync_folder(folder)
