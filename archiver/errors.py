"""Every exception that leaves a room, and the exit codes of the command.

An `ArchiverError` carries what went wrong, where, and what to do next; the
command line prints exactly these three and ends with the error's exit code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """Exit status of the `archiver` command. Treat unknown codes as failure."""

    OK = 0
    CRASH = 1
    USAGE = 2
    REFUSED = 3
    INVALID = 4
    INCONCLUSIVE = 5
    CHANGED = 6
    SERVICE = 7
    STORAGE = 8
    UNTRUSTED = 9
    INTERRUPTED = 130


EXIT_MEANINGS: dict[Exit, str] = {
    Exit.OK: "done; `verify`: every check passed and a trusted key signed it",
    Exit.CRASH: "unhandled fault: always a bug",
    Exit.USAGE: "wrong words on the command line",
    Exit.REFUSED: "evidence examined and not accepted",
    Exit.INVALID: "input could not be read as what it should be",
    Exit.INCONCLUSIVE: "nothing was captured or established; the package is there, try again later",
    Exit.CHANGED: "a difference was found (only with `--exit-status` or `--check`)",
    Exit.SERVICE: "a service failed: time stamps, the browser that makes a PDF, "
    "or the repository that a ledger is pushed to",
    Exit.STORAGE: "disk: could not read or write; nothing half-written",
    Exit.UNTRUSTED: "intact, but unsigned or signed by a key that is not trusted here",
    Exit.INTERRUPTED: "interrupted",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One fault in an input: `where` it stands, the `rule` it breaks, a `fix`.

    `rule` is a short stable name (`required`, `unknown-field`, `date`); `what`
    is the sentence for people. `line` counts from 1 where it is known.
    """

    where: str
    rule: str
    what: str
    fix: str = ""
    line: int | None = None


class ArchiverError(Exception):
    """A fault that a user can meet. `code` is stable and dotted: `seed.not_utf8`."""

    exit: Exit = Exit.CRASH

    def __init__(self, code: str, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.where = where
        self.hint = hint


class InvalidInput(ArchiverError):
    """The input is not what it should be; `problems` lists every fault found."""

    exit = Exit.INVALID

    def __init__(
        self,
        code: str,
        what: str,
        *,
        where: str = "",
        hint: str = "",
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(code, what, where=where, hint=hint)
        self.problems = problems


class StorageFailed(ArchiverError):
    """The disk refused; nothing half-written stands under a final name."""

    exit = Exit.STORAGE


class ServiceFailed(ArchiverError):
    """A service failed (stamps, a browser, a repository); what it was asked about is unchanged."""

    exit = Exit.SERVICE


class Refused(ArchiverError):
    """Evidence was examined and is not accepted."""

    exit = Exit.REFUSED


class Interrupted(ArchiverError):
    """A signal asked us to stop; nothing half-written stands under a final name."""

    exit = Exit.INTERRUPTED
