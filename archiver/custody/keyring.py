"""A person's keys and trust list, in the folder of their configuration.

keys/NAME/private.pem   PKCS#8, mode 0600, encrypted where the person wanted it
keys/NAME/public.pem    its public half, so that verifying never opens the private one
trust.json              what the person says of keys (schemas/trust.schema.json)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from archiver import canonical
from archiver.attest import keyforms, trust
from archiver.attest.p384 import PublicKey, SigningKey
from archiver.attest.trust import Known
from archiver.case.files import read_regular
from archiver.case.person import configuration
from archiver.custody.disk import locked, names_in, storage, sync_folder, write_file, write_folder
from archiver.custody.store import writer
from archiver.errors import InvalidInput

VARIABLE = "ARCHIVER_KEY"
FIRST = "default"  # the name of the key that the first capture makes
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_PRIVATE, _PUBLIC, _TRUST = "private.pem", "public.pem", "trust.json"
_MAX_LIST = 1 << 20  # octets of a trust list

Ask = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class OwnKey:
    """One of the person's own keys; `path` is where its private half stands."""

    name: str
    public: PublicKey
    path: Path


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys in a folder of configuration."""

    folder: Path

    def own(self) -> tuple[OwnKey, ...]:
        """The person's own keys by name; no private half is opened.

        Raises `InvalidInput` for a damaged one.
        """
        keys = self.folder / "keys"
        if not keys.is_dir():
            return ()
        names = sorted(one for one in names_in(keys) if NAME.fullmatch(one))
        return tuple(self._own(keys / name) for name in names)

    def _own(self, folder: Path) -> OwnKey:
        path = folder / _PUBLIC
        octets = read_regular(path, keyforms.MAX_OCTETS, "the public key")
        try:
            public = keyforms.read_public(octets)
        except InvalidInput as fault:
            fault.where = str(path)
            raise
        return OwnKey(folder.name, public, folder / _PRIVATE)

    def add(self, name: str, public: PublicKey, private: bytes) -> OwnKey:
        """Keep a key, its private half as this PEM: whole or not at all, and never in the
        place of another.

        Raises `InvalidInput` where the name is taken or none.
        """
        if NAME.fullmatch(name) is None:
            what = "a name has 1 to 63 of the characters a-z 0-9 . _ -, a letter or digit first"
            raise InvalidInput("key.name", what, where=name)
        keys = self.folder / "keys"
        self._make_folder(keys)
        files = {
            _PRIVATE: (writer(private), 0o600),
            _PUBLIC: (writer(keyforms.write_public(public)), 0o644),
        }
        with locked(keys):
            if not write_folder(keys / name, files):
                raise InvalidInput(
                    "key.exists",
                    "there is a key of that name already",
                    where=str(keys / name),
                    hint="archiver key list tells them; give another name",
                )
        return OwnKey(name, public, keys / name / _PRIVATE)

    def _make_folder(self, keys: Path) -> None:
        """The folder for the keys, closed to others. (A link in its way may be the person's.)"""
        with storage(keys, "make the folder"):
            self.folder.mkdir(parents=True, exist_ok=True)
            if not keys.is_dir():
                keys.mkdir(mode=0o700, exist_ok=True)
                sync_folder(self.folder)

    def trust_list(self) -> tuple[Known, ...]:
        """What the person says of keys. Raises `InvalidInput` where the list is damaged."""
        path = self.folder / _TRUST
        try:
            octets = read_regular(path, _MAX_LIST, "the trust list")
        except InvalidInput as fault:
            if fault.code == "file.missing":
                return ()
            raise
        try:
            return trust.from_document(canonical.read(octets, _TRUST))
        except InvalidInput as fault:
            fault.where = f"{path} {fault.where}".strip()
            raise

    def change_trust(self, change: Callable[[tuple[Known, ...]], tuple[Known, ...]]) -> None:
        """Put a changed trust list in the place of the one that there is, whole or not at all."""
        with storage(self.folder, "make the folder"):
            self.folder.mkdir(parents=True, exist_ok=True)
        with locked(self.folder):
            changed = canonical.to_file(trust.to_document(change(self.trust_list())))
            write_file(self.folder / _TRUST, writer(changed))


def keyring() -> Keyring:
    """This person's keys."""
    return Keyring(configuration())


def private_key(path: Path, where: str, ask: Ask | None) -> SigningKey:
    """A private key from its file, which nobody else may be able to read. `where` names it in
    errors.

    Raises `InvalidInput` for a link, a file that is open to others, another kind of key, a
    wrong passphrase or none.
    """
    try:
        return unlocked(read_regular(path, keyforms.MAX_OCTETS, "the key", secret=True), where, ask)
    except InvalidInput as fault:
        fault.where = where
        raise


def key_of_variable(environment: Mapping[str, str], ask: Ask | None) -> SigningKey | None:
    """The key that `ARCHIVER_KEY` holds as PEM, or whose file it names; None where it is unset
    or empty. Raises as `private_key` does."""
    value = environment.get(VARIABLE, "")
    if "-----BEGIN" in value:
        return unlocked(value.encode("utf-8", "surrogateescape"), VARIABLE, ask)
    return private_key(Path(value), VARIABLE, ask) if value else None


def fresh_key() -> SigningKey:
    """A new key, from the system's randomness."""
    return SigningKey(ec.generate_private_key(ec.SECP384R1()))


def unlocked(pem: bytes, where: str, ask: Ask | None) -> SigningKey:
    """A private key from its PEM; the passphrase is asked for only where it needs one."""
    passphrase = None
    if keyforms.is_encrypted(pem):
        if ask is None:
            raise InvalidInput(
                "key.locked",
                "the key needs a passphrase",
                where=where,
                hint="run it on a terminal, or give --passphrase-fd N",
            )
        passphrase = ask(f"Passphrase of the key {where}: ")
    try:
        return keyforms.read_private(pem, passphrase)
    except InvalidInput as fault:
        fault.where = where
        raise
