"""What verifying a package came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.attest.trust import Signer
from archiver.errors import Exit, Problem
from archiver.judge.outcome import Outcome
from archiver.observation import Observation

if TYPE_CHECKING:
    from archiver.attest.stamps import Stamp
    from archiver.verify.amendments import Amendment


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One named check: `passed`, `failed` with its problems, or `skipped`."""

    name: str
    proves: str
    status: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What the package records, for the verdict line; there only when it may be believed.
    `altered` counts the passages that stand on the page in other words."""

    observation: Observation
    outcome: Outcome
    comparison: str
    altered: int
    not_default: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamped:
    """A sound time stamp beside the package, in `file`. It is over the package, or over
    another stamp's file, which it `renews`. `ended`: by the moment of verification the
    authority's certificate had ended, and so had those of all stamps that renewed it in time."""

    file: str
    stamp: Stamp
    renews: str | None
    ended: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """`verdict` is `verified`, `untrusted`, `refused` or `unreadable`; `cause` says why.
    `signers` are those whose signatures hold, whether or not they are trusted; `amendments`
    those that hold, in order. An amendment counts only by a trusted key, as the package does.

    Verified only when at least one check ran, every one passed, and a trusted key
    signed; skipped is not passed.
    """

    package: str
    id: str | None
    checks: tuple[Check, ...]
    signers: tuple[Signer, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    rebuilt: bool = False
    made_by: str | None = None
    said: Said | None = None
    readable: bool = True
    stamps: tuple[Stamped, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether checks ran and none failed or was skipped."""
        return bool(self.checks) and all(check.status == "passed" for check in self.checks)

    @property
    def cause(self) -> str | None:
        """Why an intact package is not verified: `not_rebuilt`, `unsigned`, `unknown_key`,
        `revoked_key`."""
        if not self.intact:
            return None
        if not self.rebuilt:
            return "not_rebuilt"
        if not self.signers:
            return "unsigned"
        for signers in (self.signers, *(one.signers for one in self.amendments)):
            if not any(one.believed for one in signers):
                revoked = any(one.standing == "revoked" for one in signers)
                return "revoked_key" if revoked else "unknown_key"
        return None

    @property
    def verdict(self) -> str:
        """The one word for it."""
        if not self.readable:
            return "unreadable"
        if not self.intact:
            return "refused"
        return "verified" if self.cause is None else "untrusted"

    @property
    def exit(self) -> Exit:
        """The exit code that goes with the verdict."""
        return {
            "verified": Exit.OK,
            "untrusted": Exit.UNTRUSTED,
            "refused": Exit.REFUSED,
            "unreadable": Exit.INVALID,
        }[self.verdict]
