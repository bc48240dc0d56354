"""A key that was revoked later than a time stamp saw its signature: that signature stays good."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archiver.attest.trust import Signer
from archiver.moment import seconds
from archiver.verify.report import Report

if TYPE_CHECKING:
    from archiver.attest.stamps import Stamp


def weighed(report: Report) -> Report:
    """The report with what its time stamps say for signatures by keys revoked since.

    Only a stamp over the package file counts, by an authority that the user chose: it covers
    the signature in the package, and none beside it.
    """
    stamps = [
        one.stamp
        for one in report.stamps
        if one.renews is None and not one.ended and one.stamp.authority is not None
    ]
    if not stamps:
        return report
    first = min(stamps, key=_latest)
    return replace(report, signers=tuple(_weighed(one, first) for one in report.signers))


def _weighed(one: Signer, first: Stamp) -> Signer:
    if one.revoked is None or not one.once or one.where is not None:
        return one
    if _latest(first) >= seconds(one.revoked.since):
        return one
    return replace(one, stamped=first.at)


def _latest(stamp: Stamp) -> int:
    """The last second in which it can have been made, by its own accuracy."""
    return seconds(stamp.at) + -(-(stamp.accuracy or 0) // 1_000_000)
