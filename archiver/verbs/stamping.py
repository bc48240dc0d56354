"""`stamp`: time stamps for packages, as files beside them. The package stays as it is."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from archiver import moment
from archiver.attest.authorities import Authority, read_authorities, unnamed
from archiver.attest.stamps import Bounds, Digests, Judged, Stamp, judge
from archiver.attest.tsa import Patience, ask
from archiver.attest.tsp import MAX_OCTETS, read_request, write_request
from archiver.case.files import read_regular
from archiver.case.person import configuration
from archiver.custody.disk import write_beside
from archiver.custody.store import packages_below
from archiver.errors import ArchiverError, Exit, InvalidInput, ServiceFailed, StorageFailed
from archiver.verbs.reading import believed
from archiver.verbs.sidecars import (
    AUTHORITIES,
    REQUEST,
    STAMP,
    chosen_roots,
    digests_of_file,
    read_stamp,
)
from archiver.verify.report import Report, Stamped
from archiver.verify.stamps import digests_of

_DAY = 86_400  # seconds
_AT_ONCE_SECONDS = 10.0


def authorities(named: tuple[str, ...] = ()) -> tuple[Authority, ...]:
    """The authorities with these names or addresses; all that are configured to be asked where
    none is named. Raises `InvalidInput` where there is none, or no such one."""
    known = read_authorities(configuration() / AUTHORITIES)
    if not named:
        found = tuple(one for one in known if one.url is not None)
        if not found:
            raise InvalidInput(
                "stamp.authorities",
                "no time-stamp authority is named",
                hint="--tsa URL, archiver tsa add NAME URL ROOTS.pem, or archiver tsa defaults",
            )
        return found
    found = tuple(dict.fromkeys(_authority(one, known) for one in named))
    names = [one.name for one in found]
    for one in names:
        if names.count(one) > 1:
            raise InvalidInput(
                "stamp.twice",
                "is what two of these authorities would be called: their stamps need two names",
                where=one,
                hint="name one with archiver tsa add",
            )
    return found


def _authority(named: str, known: tuple[Authority, ...]) -> Authority:
    found = next((one for one in known if named in (one.name, one.url)), None)
    if found is not None and found.url is not None:
        return found
    if "://" not in named:
        raise InvalidInput(
            "stamp.authority",
            "is no address, and no authority that is configured to be asked",
            where=named,
            hint="archiver tsa list",
        )
    return unnamed(named)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Whom to ask (by default all that are configured to be asked), how patiently, and what
    else is not ours: the nonces and the clock (seconds since 1970)."""

    authorities: tuple[Authority, ...] = field(default_factory=authorities)
    patience: Patience = field(
        default_factory=lambda: Patience(seconds=20.0, attempts=3, wait=time.sleep)
    )
    nonce: Callable[[], int] = lambda: secrets.randbits(64)
    now: Callable[[], int] = moment.now


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A sound stamp beside the package; `written` tells whether it was got just now."""

    asked: str
    file: Path
    stamp: Stamp
    written: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """A stamp that is still pending, and why."""

    asked: str
    fault: ServiceFailed


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamps:
    """What asking for the stamps of one package came to; `fault` where it was not asked."""

    package: Path
    id: str | None = None
    placed: tuple[Placed, ...] = ()
    missing: tuple[Missing, ...] = ()
    fault: ArchiverError | None = None

    @property
    def exit(self) -> Exit:
        """The exit code that goes with it."""
        if self.fault is not None:
            return self.fault.exit
        return Exit.SERVICE if self.missing else Exit.OK


@dataclass(frozen=True, kw_only=True, slots=True)
class _Over:
    """What is to be stamped: a file, its digests, and since when it can have been there."""

    file: Path
    digests: Digests
    earliest: int


def stamp(package: Path | str, asking: Asking | None = None) -> Stamps:
    """Get a stamp of each authority over a package's file, where it has none yet.

    Each is written beside the package as it came, `PACKAGE.NAME.tsr`, with its request in
    `PACKAGE.NAME.tsq`. Raises `Refused` where the package or a stamp beside it does not
    verify, `InvalidInput` for what is no package, `StorageFailed` for the disk.
    """
    path = Path(package)
    asking = asking or Asking()
    with believed(path) as found:
        over = _Over(
            file=path,
            digests=digests_of_file(found.source),
            earliest=moment.seconds(found.primary.observation.ended),
        )
        return _all(found.report, path, [(over, one) for one in asking.authorities], asking)


def at_once(package: Path) -> Stamps:
    """Get the stamps of all that are configured to be asked, for a package just made. Raises
    nothing: its fault is in the result. A service that is down is not waited for."""

    def work(package: Path) -> Stamps:
        known = read_authorities(configuration() / AUTHORITIES)
        asked = tuple(one for one in known if one.url is not None)
        if not asked:
            return Stamps(package=package)
        patience = Patience(seconds=_AT_ONCE_SECONDS, attempts=1, wait=time.sleep)
        return stamp(package, Asking(authorities=asked, patience=patience))

    return attempted(package, work)


def renew(package: Path | str, asking: Asking, days: int) -> Stamps:
    """Have those stamps of chosen authorities stamped anew whose certificates end within `days`.

    The new stamp is over the old one's file. Raises as `stamp` does.
    """
    path = Path(package)
    with believed(path) as found:
        report = found.report
        renewed = {one.renews for one in report.stamps}
        until = asking.now() + days * _DAY
        due = [
            one
            for one in report.stamps
            if one.file not in renewed
            and one.stamp.authority is not None
            and moment.seconds(one.stamp.until) < until
        ]
        work = [(_over(path, one), by) for one in due if not one.ended for by in asking.authorities]
        done = _all(report, path, work, asking)
    late = tuple(Missing(asked=one.file, fault=_too_late(one)) for one in due if one.ended)
    return replace(done, missing=(*done.missing, *late))


def _over(package: Path, one: Stamped) -> _Over:
    file = package.with_name(one.file)
    digests = digests_of(read_stamp(file).response)
    return _Over(file=file, digests=digests, earliest=moment.seconds(one.stamp.at))


def _too_late(one: Stamped) -> ServiceFailed:
    return ServiceFailed(
        "stamp.ended",
        f"cannot be renewed any more: its authority's certificate ended at {one.stamp.until}",
        where=one.file,
        hint="stamp the package anew",
    )


def pending(archives: Path, asking: Asking) -> Iterator[Stamps]:
    """Get what is missing of every package below a folder, one after the other. Raises nothing
    for one package: what is wrong with it is in its result."""
    for package in packages_below(archives):
        if any(not _named(package, one).exists() for one in asking.authorities):
            yield attempted(package, lambda package: stamp(package, asking))


def attempted(package: Path, work: Callable[[Path], Stamps]) -> Stamps:
    """The result of `work` on a package, its fault included."""
    try:
        return work(package)
    except ArchiverError as fault:
        fault.where = fault.where or str(package)
        return Stamps(package=package, fault=fault)


def _named(over: Path, authority: Authority) -> Path:
    return over.with_name(f"{over.name}.{authority.name}{STAMP}")


def _all(
    report: Report, package: Path, work: list[tuple[_Over, Authority]], asking: Asking
) -> Stamps:
    there = {one.file: one.stamp for one in report.stamps}
    placed, missing = [], []
    for over, authority in work:
        file = _named(over.file, authority)
        try:
            stamp = there.get(file.name) or _got(over, authority, file, asking)
        except ServiceFailed as fault:
            named = "" if authority.roots else f" --tsa {authority.url}"
            fault.hint = f"nothing was changed; ask again: archiver stamp --pending{named}"
            missing.append(Missing(asked=authority.name, fault=fault))
            continue
        new = file.name not in there
        placed.append(Placed(asked=authority.name, file=file, stamp=stamp, written=new))
    return Stamps(package=package, id=report.id, placed=tuple(placed), missing=tuple(missing))


def _got(over: _Over, authority: Authority, file: Path, asking: Asking) -> Stamp:
    """A stamp got from an authority, checked, and written to the file."""
    assert authority.url is not None  # noqa: S101 - `authorities` gives no other
    beside = file.with_name(file.name.removesuffix(STAMP) + REQUEST)
    request = _request(over.digests("sha256"), beside, asking)
    response = ask(authority.url, request, asking.patience)
    bounds = Bounds(earliest=over.earliest, now=asking.now())
    roots = authority.roots or chosen_roots()
    found = _accepted(judge(response, over.digests, roots, bounds, request), authority)
    # In this order: a run killed in between leaves the request, with which the next one asks.
    write_beside(beside, request)
    write_beside(file, response)
    return found


def _request(digest: bytes, beside: Path, asking: Asking) -> bytes:
    """A new request, or the very one that stands there without its stamp."""
    if not (beside.exists() or beside.is_symlink()):
        return write_request(digest, asking.nonce())
    with suppress(InvalidInput):
        left = read_regular(beside, MAX_OCTETS, "the time stamp's request")
        nonce = read_request(left).nonce
        if nonce is not None and left == write_request(digest, nonce):
            return left
    raise StorageFailed(
        "stamp.request",
        "the request of a stamp that is not here, in the place of the one to be made",
        where=str(beside),
        hint="take it away, then stamp again",
    )


def _accepted(judged: Judged, authority: Authority) -> Stamp:
    """The stamp that came, if it is one. Raises `ServiceFailed`."""
    if judged.stamp is None:
        words = "; ".join(problem.what for problem in judged.problems[:3])
        raise ServiceFailed(
            "tsa.stamp", f"its stamp is not accepted: {words}", where=authority.name
        )
    if authority.roots and judged.stamp.authority is None:
        raise ServiceFailed(
            "tsa.root", "its stamp leads to none of the roots chosen for it", where=authority.name
        )
    return judged.stamp
