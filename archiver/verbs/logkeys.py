"""Which log an archives folder is written to, and by which key."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archiver.attest import notes
from archiver.attest.notes import LogKey, LogSigningKey
from archiver.case.person import configuration
from archiver.custody import ledger
from archiver.custody.disk import locked
from archiver.custody.ledger import Log
from archiver.custody.ledgerkeys import (
    PUBLIC_VARIABLE,
    VARIABLE,
    LogKeys,
    OwnLogKey,
    key_of_variable,
)
from archiver.custody.openlog import held
from archiver.errors import InvalidInput, Problem, Refused

_IN_CI = f"{VARIABLE} is not set, and in CI no key is made"
_NONE = "there is no key for it, and none was to be made"


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A log to write to; or why there is none. `own` is its key, where it stands in the
    configuration; `given` the one of `ARCHIVER_LEDGER_KEY`. `made`: the key was made just now."""

    log: Log | None
    why: str = ""
    own: OwnLogKey | None = None
    given: LogSigningKey | None = None
    made: bool = False

    def signer(self) -> LogSigningKey | None:
        """The key that signs its checkpoints; None where only the public half is here. Raises
        `InvalidInput` for one that is damaged."""
        return self.given if self.own is None else self.own.private()


def choose(
    archives: Path,
    *,
    new_key: bool = True,
    keys: LogKeys | None = None,
    environment: Mapping[str, str] | None = None,
) -> Chosen:
    """The log of this archives folder that is one's own: of the key that `ARCHIVER_LEDGER_KEY`
    gives, or of the configuration. Where there is none it is made, with a key of its own.

    Raises `InvalidInput` for a key that cannot be used, `StorageFailed` for the disk.
    """
    environment = os.environ if environment is None else environment
    given = key_of_variable(environment)
    if given is not None:
        private = given if isinstance(given, LogSigningKey) else None
        public: LogKey = given.public if isinstance(given, LogSigningKey) else given
        return Chosen(log=ledger.make_log(archives, public), given=private)
    keys = LogKeys(configuration()) if keys is None else keys
    found = _standing(archives, keys)
    if found is not None:
        return found
    if environment.get("CI") or not new_key:
        return Chosen(log=None, why=_IN_CI if environment.get("CI") else _NONE)
    keys.make_folder()
    with locked(keys.folder):
        # Of many that begin at once, one makes the key.
        return _standing(archives, keys) or _made(archives, keys)


def standing(archives: Path) -> Chosen:
    """The log that is one's own and there already; nothing is made. Raises as `choose` does."""
    given = key_of_variable(os.environ)
    if given is None:
        found = _standing(archives, LogKeys(configuration()))
        return found or Chosen(log=None, why="no log in this archives folder is yours")
    private = given if isinstance(given, LogSigningKey) else None
    public: LogKey = given.public if isinstance(given, LogSigningKey) else given
    log = ledger.log_of(archives, public)
    return Chosen(log=log, given=private, why=f"no log of the key in {VARIABLE}")


def _standing(archives: Path, keys: LogKeys) -> Chosen | None:
    for own in keys.own():
        log = ledger.log_of(archives, own.public)
        if log is not None:
            return Chosen(log=log, own=own)
    return None


def _made(archives: Path, keys: LogKeys) -> Chosen:
    key = notes.new_key()
    own = keys.add(key)
    return Chosen(log=ledger.make_log(archives, own.public), own=own, made=True)


def needed(archives: Path) -> tuple[Log, Chosen]:
    """The log that is one's own, and its key. Raises `InvalidInput` where there is none."""
    chosen = standing(archives)
    if chosen.log is None:
        raise InvalidInput(
            "ledger.none",
            chosen.why,
            where=str(ledger.folder_of(archives)),
            hint="the first capture into it makes one",
        )
    return chosen.log, chosen


def made(archives: Path, *, new_key: bool) -> tuple[Log, Chosen]:
    """The log that is one's own, made where there is none. Raises as `choose` does, and
    `InvalidInput` where there is no key."""
    chosen = choose(archives, new_key=new_key)
    if chosen.log is None:
        raise InvalidInput(
            "ledger.key",
            f"what is due, done and missed stands in the ledger, and {chosen.why}",
            where=str(ledger.folder_of(archives)),
            hint=f"{VARIABLE} takes a private key, {PUBLIC_VARIABLE} the line of its public half: "
            "with that lines are written, and nothing is signed",
        )
    return chosen.log, chosen


def checkpointed(log: Chosen) -> tuple[Problem, ...]:
    """Sign a checkpoint over all lines of a log, where its key is here.

    A log that is not what it was is a warning: the capture is made, and its line is there.
    """
    signer = log.signer()
    if log.log is None or signer is None:
        return ()
    try:
        with held(log.log) as opened:
            opened.sign(signer, log.own)
    except (InvalidInput, Refused) as fault:
        what = f"no checkpoint was signed: {fault.what}"
        return (Problem(where=fault.where, rule=fault.code, what=what, fix=fault.hint),)
    return ()
