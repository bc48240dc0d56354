"""What the ledger tells of each case: its last captures, and the times when there was none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from archiver.custody.due import instant
from archiver.custody.merged import Told
from archiver.moment import spell

# States that show what the source itself says: another capture is compared with these.
ESTABLISHED = ("captured", "absent")
_MOST_GAPS = 100  # lines of one case and run; what was missed before these stands in one


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which a case was to be captured `missed` times, and was not. `reason` is what
    the ledger says last of it in that time; None where it says nothing."""

    since: int
    until: int
    missed: int
    reason: str | None

    def said(self, case: str) -> dict[str, Any]:
        """As the members of a line."""
        since, until = spell(self.since), spell(self.until)
        why = self.reason or "the ledger does not say why"
        return {
            "event": "gap",
            "case": case,
            "since": since,
            "until": until,
            "missed": self.missed,
            "note": f"not captured from {since} to {until}: {why}",
            **({} if self.reason is None else {"reason": self.reason}),
        }


@dataclass(slots=True)
class History:
    """A case as the ledger tells it. `last` is the line of its last capture, which began at
    `began`. `bases` are those that showed the source's page or its absence, from the last one on
    of which the ledger says what differs (or from the first). `every` is the rhythm, in seconds,
    in which it was promised last to be captured; `open` are `begin` lines that nothing answers."""

    last: Told | None = None
    began: str | None = None
    bases: list[Told] = field(default_factory=list)
    every: int | None = None
    open: set[str] = field(default_factory=set)
    _gaps_until: int = 0
    _misses: list[tuple[int, str]] = field(default_factory=list)
    _begins: dict[str, str] = field(default_factory=dict)

    def add(self, one: Told) -> None:
        """The next line that tells of the case."""
        said = one.entry.said
        match said["event"]:
            case "begin":
                self._begins[one.place] = said["time"]
                self.open.add(one.place)
                self.every = said.get("every", self.every)
            case "capture":
                self.last, self.began = one, self._answered(one)
                if said["state"] in ESTABLISHED:
                    self.bases = [one] if "change" in said else [*self.bases, one]
                self._misses.clear()
            case "failed" | "not-attempted":
                began = self._answered(one)
                self._misses.append((instant(began), said["reason"]))
            case "gap" if "until" in said:
                self._gaps_until = max(self._gaps_until, instant(said["until"]))

    def _answered(self, one: Told) -> str:
        """When that began which a line tells the end of."""
        place = f"{one.log}/{one.entry.said.get('begin', '')}"
        self.open.discard(place)
        return self._begins.pop(place, one.entry.time)

    def gaps(self, now: int, every: int | None = None) -> tuple[Gap, ...]:
        """The times before this moment's in which it was promised to be captured and was not,
        and of which no line tells. `every` is its rhythm by now: a slower one counts."""
        if self.began is None or self.every is None:
            return ()
        length = max(self.every, every or 0)
        done = max(0, instant(self.began) // length + 1, -(-self._gaps_until // length))
        missed = range(done, now // length)
        alone = missed[-_MOST_GAPS:] if len(missed) <= _MOST_GAPS else missed[1 - _MOST_GAPS :]
        before = missed[: len(missed) - len(alone)]
        pieces = [before, *(range(one, one + 1) for one in alone)]
        return tuple(self._gap(one, length) for one in pieces if one)

    def _gap(self, periods: range, length: int) -> Gap:
        since, until = periods[0] * length, (periods[-1] + 1) * length
        known = [reason for at, reason in self._misses if since <= at < until]
        return Gap(since, until, len(periods), known[-1] if known else None)


def histories(lines: Iterable[Told]) -> Mapping[str, History]:
    """The cases of a ledger by name, from its lines, the newest last."""
    found: dict[str, History] = {}
    for one in lines:
        name = one.entry.said.get("case")
        if name is not None:
            found.setdefault(name, History()).add(one)
    return found
