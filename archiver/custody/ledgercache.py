"""What is derived from a log's lines, kept so that nobody reads all of them to add one.

A database in the person's cache folder, one for each log and archives folder. It proves nothing
and may be deleted: whatever is built on it is checked against a signed checkpoint, and where it
does not fit the lines it is made again from them.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archiver.attest.merkle import Growing, leaf_hash
from archiver.digest import Digest

_TABLES = """
CREATE TABLE IF NOT EXISTS node (id INTEGER PRIMARY KEY, hash BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS leaf (seq INTEGER PRIMARY KEY, first INTEGER NOT NULL, file TEXT);
CREATE INDEX IF NOT EXISTS files ON leaf (file) WHERE file IS NOT NULL;
CREATE TABLE IF NOT EXISTS begun (seq INTEGER PRIMARY KEY);
PRAGMA user_version = 1;
"""
_LEVEL = 48  # bits of the place in a node's id; its level stands above them


@dataclass(frozen=True, slots=True)
class Leaf:
    """A line for the cache. `file` is the digest that a capture's line names; `begun` says that
    it is a `begin`, `ends` which one it answers."""

    octets: bytes
    file: str | None = None
    begun: bool = False
    ends: int | None = None


class Cache:
    """The cache of one log. Raises `sqlite3.Error` where it is damaged."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        with database:
            database.executescript(_TABLES)

    def size(self) -> int:
        """How many lines it knows."""
        (last,) = self._one("SELECT max(seq) FROM leaf")
        return 0 if last is None else int(str(last)) + 1

    def add(self, files: Iterable[tuple[int, Sequence[Leaf]]]) -> None:
        """Add the lines of files: those that come next, by the first number of each file."""
        with self._database as database:
            seq = self.size()
            tree = Growing(seq, self.node)
            for first, leaves in files:
                for leaf in leaves:
                    tree.add(leaf_hash(leaf.octets), self._add_node)
                    row = (seq, first, leaf.file)
                    database.execute("INSERT INTO leaf VALUES (?, ?, ?)", row)
                    if leaf.begun:
                        database.execute("INSERT INTO begun VALUES (?)", (seq,))
                    if leaf.ends is not None:
                        database.execute("DELETE FROM begun WHERE seq = ?", (leaf.ends,))
                    seq += 1

    def _add_node(self, level: int, at: int, hashed: bytes) -> None:
        row = (level << _LEVEL | at, hashed)
        self._database.execute("INSERT INTO node VALUES (?, ?)", row)

    def node(self, level: int, at: int) -> bytes:
        """The hash of a whole subtree."""
        (found,) = self._one("SELECT hash FROM node WHERE id = ?", level << _LEVEL | at)
        assert isinstance(found, bytes)  # noqa: S101 - so the table has it
        return found

    def first_of(self, seq: int) -> int:
        """The first number of the file in which a line stands."""
        (found,) = self._one("SELECT first FROM leaf WHERE seq = ?", seq)
        return int(str(found))

    def naming(self, file: str) -> int | None:
        """The last line of a capture that names this digest of a file."""
        (found,) = self._one("SELECT max(seq) FROM leaf WHERE file = ?", file)
        return None if found is None else int(str(found))

    def begun(self) -> list[int]:
        """The `begin` lines that nothing answers yet."""
        rows = self._database.execute("SELECT seq FROM begun ORDER BY seq")
        return [int(seq) for (seq,) in rows]

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def clear(self) -> None:
        """Forget everything."""
        with self._database:
            for table in ("node", "leaf", "begun"):
                self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - our own three words

    def _one(self, query: str, *values: object) -> tuple[object, ...]:
        row = self._database.execute(query, values).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("the cache lacks what it should hold")
        found: tuple[object, ...] = row
        return found


def kept(log: Path) -> Cache:
    """The cache of the log in this folder; in memory alone where there is no place for one. One
    that cannot be read is taken away."""
    path = _place(log)
    if path is None:
        return in_memory()
    database = None
    try:
        database = sqlite3.connect(path, timeout=60)
        # It is derived: after a power cut it may be made again.
        database.execute("PRAGMA synchronous = OFF")
        return Cache(database)
    except sqlite3.Error:
        if database is not None:
            database.close()
        with suppress(OSError):
            path.unlink()
        return in_memory()


def in_memory() -> Cache:
    """A cache for this once."""
    return Cache(sqlite3.connect(":memory:"))


def _place(log: Path) -> Path | None:
    """Where the cache stands (XDG Base Directory); None for a user without a home."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    try:
        folder = (Path(home) if home else Path.home() / ".cache") / "archiver" / "ledger"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    mark = Digest.of(os.fsencode(log.resolve())).hex[:8]
    return folder / f"{log.name}-{mark}.sqlite"
