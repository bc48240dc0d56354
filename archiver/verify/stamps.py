"""The check `stamp`: each time stamp beside a package, over its very octets.

A stamp's own file can be stamped again before its authority's certificate ends: `X.tsr` by
`X.tsr.NAME.tsr`. Pure: sidecars, roots and the moment are arguments.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.attest.chains import Root
from archiver.attest.stamps import Bounds, Digests, Stamp, judge
from archiver.errors import Problem
from archiver.moment import seconds
from archiver.verify.report import Check, Stamped

_PROVES = "the file was there when a time-stamp authority says"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sidecar:
    """A stamp's file beside the package, with the request if that was kept (octets). `fault`
    stands in their place where the file could not be read."""

    name: str
    response: bytes
    request: bytes | None = None
    fault: Problem | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """What is needed to judge the stamps of a package: its file's `name` and `digests`, the
    chosen `roots`, and the `bounds` of an honest stamp."""

    name: str
    digests: Digests
    roots: tuple[Root, ...]
    bounds: Bounds


def skipped(sidecars: tuple[Sidecar, ...]) -> tuple[Check, ...]:
    """The checks of stamps over a package that is refused already."""
    return tuple(Check(name="stamp", proves=_PROVES, status="skipped") for _ in sidecars)


def examine_stamps(
    sidecars: tuple[Sidecar, ...], beside: Beside
) -> tuple[tuple[Check, ...], tuple[Stamped, ...]]:
    """A check for each stamp, and those that are sound, in the order of their names."""
    found: dict[str, Stamp] = {}
    over: dict[str, str] = {}
    checks = []
    # A renewal's name is longer than that of what it renews: judged after it.
    for one in sorted(sidecars, key=lambda one: (len(one.name), one.name)):
        over[one.name] = target(one.name, {beside.name, *found})
        stamp, problems = _judged(one, over[one.name], beside, sidecars, found)
        if stamp is not None:
            found[one.name] = stamp
        checks.append(_check(one.name, over[one.name], stamp, problems))
    return tuple(checks), tuple(_stamped(found, over, beside))


def target(name: str, known: set[str]) -> str:
    """The file that a sidecar with this name is over, among those known; "" where there is none."""
    stem = name.removesuffix(".tsr")
    named = (stem, stem.rpartition(".")[0])
    return next((one for one in named if one in known), "")


def _judged(
    one: Sidecar,
    over: str,
    beside: Beside,
    sidecars: tuple[Sidecar, ...],
    found: dict[str, Stamp],
) -> tuple[Stamp | None, tuple[Problem, ...]]:
    if one.fault is not None:
        return None, (one.fault,)
    if not over:
        what = "it is over nothing that is here, or over a stamp that is refused"
        return None, (Problem(where=one.name, rule="stamp", what=what),)
    digests, bounds = beside.digests, beside.bounds
    if over in found:
        octets = next(other.response for other in sidecars if other.name == over)
        digests = digests_of(octets)
        bounds = Bounds(earliest=seconds(found[over].at), now=bounds.now)
    judged = judge(one.response, digests, beside.roots, bounds, one.request)
    return judged.stamp, tuple(
        Problem(where=one.name, rule=problem.rule, what=problem.what) for problem in judged.problems
    )


def digests_of(octets: bytes) -> Digests:
    """The digests of octets that are in hand."""
    return lambda algorithm: hashlib.new(algorithm, octets).digest()


def _check(name: str, over: str, stamp: Stamp | None, problems: tuple[Problem, ...]) -> Check:
    if stamp is None:
        return Check(name="stamp", proves=_PROVES, status="failed", problems=problems)
    if stamp.authority is None:
        proves = f"{name} leads to no root that you have chosen: it proves nothing"
    else:
        proves = f"{over} was there at {stamp.at}, says {stamp.authority} in {name}"
    return Check(name="stamp", proves=proves, status="passed")


def _stamped(found: dict[str, Stamp], over: dict[str, str], beside: Beside) -> Iterator[Stamped]:
    def holds(name: str) -> bool:
        until = found[name].until
        renewals = (one for one in found if over[one] == name and found[one].at <= until)
        return seconds(until) >= beside.bounds.now or any(
            found[one].authority is not None and holds(one) for one in renewals
        )

    for name, stamp in found.items():
        renews = None if over[name] == beside.name else over[name]
        yield Stamped(file=name, stamp=stamp, renews=renews, ended=not holds(name))
