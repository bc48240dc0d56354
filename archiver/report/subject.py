"""What a report is about: an intact package, all that stands beside it, and its custody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from archiver.attest.trust import Signer
from archiver.judge.compare import Comparison
from archiver.judge.outcome import Outcome
from archiver.judge.page import NoText, Page
from archiver.observation import Exchange, Observation, Tls
from archiver.package.derive import Derived
from archiver.report.sealed import Sealed
from archiver.verify.amendments import Statement
from archiver.verify.report import Report, Stamped
from archiver.verify.revocation import weighed


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing that was done with the package, or with others of its case: a line of a custody
    record, of this `kind`. `at` is spelled as a moment, `own` says that it is about this very
    file; the rest is text from outside."""

    at: str
    what: str
    by: str
    note: str = ""
    own: bool = False
    kind: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """An intact package, as a report tells of it. `history` is its custody, the oldest first,
    and `gaps` what is wrong with that, `withdrawn` why this very package was withdrawn; all are
    empty where no ledger was read."""

    sealed: Sealed
    report: Report
    derived: Derived
    history: tuple[Event, ...] = ()
    gaps: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def seen(self) -> Observation:
        """What the wire showed."""
        return self.sealed.primary.observation

    @property
    def outcome(self) -> Outcome:
        """What the attempt established."""
        return self.derived.outcome

    @property
    def comparison(self) -> Comparison:
        """The seed text against the page."""
        return self.derived.comparison

    @property
    def page(self) -> Page | None:
        """The page's text; None where there is none on the screen."""
        return None if isinstance(self.derived.page, NoText) else self.derived.page

    @property
    def last(self) -> Exchange:
        """The last exchange with the source."""
        return self.seen.of_source()[-1]

    @property
    def now(self) -> Statement:
        """What is claimed and thought as of the last amendment."""
        primary = self.sealed.primary
        if self.report.amendments:
            return self.report.amendments[-1].said
        return Statement(claimed=primary.claimed, assessed=primary.assessed)

    @property
    def claimed(self) -> Mapping[str, Any]:
        """What a person claims, as of now."""
        return self.now.claimed

    @property
    def stamps(self) -> tuple[Stamped, ...]:
        """The stamps over the package file, by authorities that were chosen."""
        return tuple(
            one
            for one in self.report.stamps
            if one.renews is None and one.stamp.authority is not None
        )

    @property
    def believed(self) -> tuple[Signer, ...]:
        """Whoever signed and counts here."""
        return tuple(one for one in self.report.signers if one.believed)

    def tls_of(self, exchange: Exchange) -> Tls | None:
        """What TLS showed on the connection of an exchange: it stands with the first one."""
        if exchange.tls is not None or exchange.connection is None:
            return exchange.tls
        over = (one for one in self.seen.exchanges if one.connection == exchange.connection)
        return next((one.tls for one in over if one.tls is not None), None)


def timeless(report: Report) -> Report:
    """The report without what hangs on the moment of asking: whether an authority's certificate
    has ended since. So two reports on the same files are the same."""
    stamps = tuple(replace(one, ended=False) for one in report.stamps)
    return weighed(replace(report, stamps=stamps))
