"""An objection of the other side, and another capture that may answer it."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.judge.outcome import Outcome
from archiver.observation import Observation, Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection:
    """`code` is stable and dotted. `what` is what they will say, `ground` what it rests on in
    this package (with text from outside), `cure` what would answer it, and `command` the first
    step where it is one of ours."""

    code: str
    what: str
    ground: str
    cure: str
    command: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Witness:
    """Another intact capture of the same source."""

    seen: Observation
    outcome: Outcome


AGAIN = "archiver capture SOURCE"


def place(person: Person) -> tuple[str, ...]:
    """Where somebody says that they captured."""
    return (person.label, person.network, person.country)


def other_place(one: Person, other: Person) -> bool:
    """Whether two captures are declared to be from different places; `unknown` is none."""
    pairs = zip(place(one), place(other), strict=True)
    return any("unknown" not in pair and pair[0] != pair[1] for pair in pairs)
