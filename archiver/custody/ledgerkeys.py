"""The keys of a person's ledgers, in the folder of their configuration; each of one archives
folder, since a log that goes on in two ways would be a lie.

ledger/<16 hex>/private.pem   Ed25519, PKCS#8, mode 0600
ledger/<16 hex>/public.vkey   its public half, the line that the ledger's folder has too
ledger/<16 hex>/checkpoint    what this key signed last, wherever the archives folder is now
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archiver.attest import notes, tlog
from archiver.attest.notes import LogKey, LogSigningKey
from archiver.attest.tlog import Checkpoint
from archiver.case.files import read_regular
from archiver.custody.disk import locked, names_in, storage, sync_folder, write_file, write_folder
from archiver.custody.store import writer
from archiver.errors import InvalidInput

VARIABLE = "ARCHIVER_LEDGER_KEY"
PUBLIC_VARIABLE = "ARCHIVER_LEDGER_VKEY"
FOLDER = "ledger"
ID = re.compile(r"[0-9a-f]{16}")
_PRIVATE, _PUBLIC, _SIGNED = "private.pem", "public.vkey", "checkpoint"
_MAX = 16 * 1024  # octets of a key file


@dataclass(frozen=True, slots=True)
class OwnLogKey:
    """The key of a ledger of one's own; `path` is where its private half stands."""

    public: LogKey
    path: Path

    def private(self) -> LogSigningKey:
        """The private half. Raises `InvalidInput` where it is damaged, open to others, or
        another one's."""
        key = _private(read_regular(self.path, _MAX, "the ledger's key", secret=True), self.path)
        if key.public != self.public:
            raise InvalidInput("ledger.key", "not the key that its folder says", where=_at(self))
        return key

    def last_signed(self) -> Checkpoint | None:
        """The last checkpoint that this machine signed. Raises `InvalidInput` where it is
        damaged."""
        path = self.path.with_name(_SIGNED)
        try:
            octets = read_regular(path, tlog.MAX_OCTETS, "the last checkpoint signed here")
        except InvalidInput as fault:
            if fault.code == "file.missing":
                return None
            raise
        return tlog.read_checkpoint(octets, self.public)

    def remember(self, signed: Checkpoint) -> None:
        """Keep what was signed, so that nothing is ever signed that does not go on from it."""
        with locked(self.path.parent):
            write_file(self.path.with_name(_SIGNED), writer(signed.note.encode("utf-8")), 0o600)


@dataclass(frozen=True, slots=True)
class LogKeys:
    """The keys of a person's ledgers, in their folder of configuration."""

    configuration: Path

    @property
    def folder(self) -> Path:
        """Where they stand."""
        return self.configuration / FOLDER

    def own(self) -> tuple[OwnLogKey, ...]:
        """All of them; no private half is opened. Raises `InvalidInput` for a damaged one."""
        if not self.folder.is_dir():
            return ()
        names = sorted(one for one in names_in(self.folder) if ID.fullmatch(one))
        return tuple(self._own(self.folder / name) for name in names)

    def find(self, log: str) -> OwnLogKey | None:
        """The key of the ledger in the folder of this name; None where it is not one's own."""
        folder = self.folder / log
        return self._own(folder) if ID.fullmatch(log) and folder.is_dir() else None

    def _own(self, folder: Path) -> OwnLogKey:
        path = folder / _PUBLIC
        try:
            key = notes.read_vkey(_line(read_regular(path, _MAX, "the ledger's public key")))
        except InvalidInput as fault:
            fault.where = str(path)
            raise
        return OwnLogKey(key, folder / _PRIVATE)

    def add(self, key: LogSigningKey) -> OwnLogKey:
        """Keep a new key, whole or not at all. The folder must be locked by the caller."""
        folder = self.folder / key.public.id
        files = {
            _PRIVATE: (writer(key.pem()), 0o600),
            _PUBLIC: (writer(f"{key.public.vkey}\n".encode("ascii")), 0o644),
        }
        write_folder(folder, files)
        return OwnLogKey(key.public, folder / _PRIVATE)

    def make_folder(self) -> None:
        """The folder for the keys, closed to others. (A link in its way may be the person's.)"""
        with storage(self.folder, "make the folder"):
            self.configuration.mkdir(parents=True, exist_ok=True)
            if not self.folder.is_dir():
                self.folder.mkdir(mode=0o700, exist_ok=True)
                sync_folder(self.configuration)


def key_of_variable(environment: Mapping[str, str]) -> LogSigningKey | LogKey | None:
    """The key that `ARCHIVER_LEDGER_KEY` holds as PEM, or whose file it names; or the public key
    alone, as its line, with which lines are written and nothing is signed: there, or in
    `ARCHIVER_LEDGER_VKEY`, which is no secret. None where both are unset or empty.

    Raises `InvalidInput` for what is none of these, and for a private key that is no secret.
    """
    name = VARIABLE if environment.get(VARIABLE) else PUBLIC_VARIABLE
    value = environment.get(name, "").strip()
    try:
        return _key(value, secret=name == VARIABLE) if value else None
    except InvalidInput as fault:
        fault.where = name
        raise


def _key(value: str, *, secret: bool) -> LogSigningKey | LogKey:
    if value.startswith(notes.ORIGIN) or (not secret and "PRIVATE KEY" not in value):
        return notes.read_vkey(value)
    if not secret:
        raise InvalidInput(
            "ledger.key",
            "a private key, in a variable that others read",
            hint="take it out, and make another: archiver schedule key",
        )
    if "-----BEGIN PUBLIC" in value:
        raise InvalidInput("ledger.key", "a public key in PEM", hint=_HALF)
    if "-----BEGIN" in value:
        return notes.read_private(value.encode("utf-8", "surrogateescape"))
    return notes.read_private(read_regular(Path(value), _MAX, "the ledger's key", secret=True))


_HALF = "the public half is one line, the one that `archiver schedule key` printed"


def _private(pem: bytes, path: Path) -> LogSigningKey:
    try:
        return notes.read_private(pem)
    except InvalidInput as fault:
        fault.where = str(path)
        raise


def _line(octets: bytes) -> str:
    return octets.decode("ascii", "replace")


def _at(key: OwnLogKey) -> str:
    return str(key.path)
