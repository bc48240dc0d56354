"""`diff`: what differs between two captures of one source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver.errors import Exit, InvalidInput
from archiver.http1 import Head
from archiver.judge.change import Change, Seen, change
from archiver.judge.changedocument import to_document
from archiver.judge.circumstances import Circumstances
from archiver.observation import Observation
from archiver.package.derive import Derived, page_head
from archiver.verbs.reading import Believed, believed
from archiver.verify.addresses import same_address


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two captures: its package file, the package's id, and what it saw."""

    package: str
    id: str
    seen: Seen

    @property
    def observation(self) -> Observation:
        """What the wire showed."""
        return self.seen.circumstances.observation


@dataclass(frozen=True, kw_only=True, slots=True)
class Diffed:
    """What differs, the earlier capture first. `ordered_by` says what makes it the earlier
    one: `previous` (the later one names its package), `started` (their clocks), or `given`
    (neither tells, so they stand as they were given)."""

    source: str
    before: Side
    after: Side
    ordered_by: str
    change: Change

    @property
    def document(self) -> Mapping[str, Any]:
        """The change as a document (`archiver-change-1`)."""
        return to_document(self.change, self.before.seen, self.after.seen)

    @property
    def exit(self) -> Exit:
        """What `--exit-status` ends with."""
        match self.change.result:
            case "changed":
                return Exit.CHANGED
            case "inconclusive":
                return Exit.INCONCLUSIVE
            case _:
                return Exit.OK


def diff(one: Path | str, other: Path | str) -> Diffed:
    """What differs between two captures of one source, whichever is named first.

    Raises `Refused` where a package does not verify, `InvalidInput` where one is none or
    where they are of two sources.
    """
    return between(side(Path(one)), side(Path(other)))


def between(one: Side, other: Side) -> Diffed:
    """What differs between two sides that are believed, whichever is named first. Raises
    `InvalidInput` where they are of two sources."""
    sides = one, other
    sources = [side.observation.source for side in sides]
    if sources[0] != sources[1] and not same_address(*sources):
        raise InvalidInput(
            "diff.sources",
            f"two sources: {sources[0]:.200} and {sources[1]:.200}",
            where=other.package,
            hint="a change is told between two captures of one source",
        )
    before, after, basis = _ordered(one, other)
    return Diffed(
        source=before.observation.source,
        before=before,
        after=after,
        ordered_by=basis,
        change=change(before.seen, after.seen),
    )


def side(package: Path) -> Side:
    """One of two captures, from a package that is verified. Raises as `diff` does."""
    with believed(package) as found:
        return side_of(found, package)


def side_of(found: Believed, package: Path) -> Side:
    """A package that was read, as one of two."""
    return made(
        package,
        str(found.package.id),
        found.primary.observation,
        found.derived,
        page_head(found.primary),
    )


def made(
    package: Path, identity: str, observation: Observation, derived: Derived, head: Head | None
) -> Side:
    """One of two captures, from what was derived of it."""
    circumstances = Circumstances(observation=observation, outcome=derived.outcome, head=head)
    seen = Seen(
        circumstances=circumstances,
        claim=derived.claim,
        comparison=derived.comparison,
        page=derived.page,
    )
    return Side(package=str(package), id=identity, seen=seen)


def _ordered(one: Side, other: Side) -> tuple[Side, Side, str]:
    """The earlier one first. A package cannot name the id of one that was not yet made, so
    that goes before what their clocks say."""
    if other.observation.previous == one.id:
        return one, other, "previous"
    if one.observation.previous == other.id:
        return other, one, "previous"
    moments = [(side.observation.started, side.observation.ended) for side in (one, other)]
    if moments[0] == moments[1]:
        return one, other, "given"
    return (one, other, "started") if moments[0] < moments[1] else (other, one, "started")
