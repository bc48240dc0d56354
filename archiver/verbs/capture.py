"""`capture`: from a source to a sealed package."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from archiver.capture.observe import observe
from archiver.capture.settings import Checked, Settings, checked
from archiver.capture.transport import Roots, trust
from archiver.case.intake import Given
from archiver.case.model import Publish
from archiver.case.person import person
from archiver.custody import recording, store
from archiver.custody.disk import storage
from archiver.custody.keyring import OwnKey
from archiver.custody.ledger import Log
from archiver.custody.recording import Begun, Run
from archiver.custody.results import Result
from archiver.digest import Digest
from archiver.errors import ArchiverError, Exit, InvalidInput, Problem
from archiver.judge.compare import Comparison
from archiver.judge.outcome import Outcome
from archiver.moment import Clock, clock_from_environment, spell, steady
from archiver.observation import Observation, Person
from archiver.package.build import Built
from archiver.package.derive import SEED
from archiver.verbs import logkeys
from archiver.verbs.cases import other_cases
from archiver.verbs.resolving import NOTHING, Identity, Resolved, resolve, seed_document
from archiver.verbs.sealing import Stated, leaks, sealed, signed
from archiver.verbs.signing import Chosen, Signing, choose, refuse_key_inside
from archiver.verify.addresses import same_address


@dataclass(frozen=True, kw_only=True, slots=True)
class Captured:
    """What a capture came to. `seed` is `seed.json` as it stands in the package;
    `last_captured` the last package of the case before it that had the page;
    `unsigned` says why nobody signed it; `made_key` is the key that was made to sign it.
    `logged` is its line in the ledger, `LOG/NUMBER`, or `unlogged` says why there is none;
    `made_log` is the log that was begun for it, `adopted` the lines that a killed run owed."""

    case: str
    source: str
    seed: Mapping[str, Any] | None
    observation: Observation
    outcome: Outcome
    comparison: Comparison
    package: Path
    id: Digest
    new_case: bool
    last_captured: store.Kept | None
    warnings: tuple[Problem, ...]
    signed_by: Digest | None
    unsigned: str
    made_key: OwnKey | None
    logged: str | None = None
    unlogged: str = ""
    made_log: Log | None = None
    adopted: tuple[Mapping[str, Any], ...] = ()

    @property
    def exit(self) -> Exit:
        """An observation was made and sealed, or nothing could be established."""
        return Exit.INCONCLUSIVE if self.outcome.state == "inconclusive" else Exit.OK


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What to capture and how. `person`: who captures; None takes the configuration's word.
    `checkpoint`: sign the ledger's lines at once, as is right where nobody else adds any."""

    source: str
    archives: Path = Path("archives")
    text: Path | None = None
    given: Given = field(default_factory=Given)
    publish: Publish | None = None
    settings: Settings = field(default_factory=Settings)
    person: Person | None = None
    signing: Signing = field(default_factory=Signing)
    checkpoint: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """An order that was looked through: nothing but network and disk can fail it any more."""

    order: Order
    resolved: Resolved
    asked: Checked
    chosen: Chosen
    person: Person
    stated: Stated
    archives: Path


def capture(
    order: Order,
    *,
    clock: Clock | None = None,
    new_key: Callable[[], bytes] = lambda: secrets.token_bytes(32),
    say: Callable[[str], None] = lambda _: None,
) -> Captured:
    """Capture a source into its case, and tell it to the ledger: that it begins, what it came to.

    Raises `InvalidInput` before any socket for a case, text, URL, setting or key that cannot
    be used, and `StorageFailed` for the disk; whatever the network does ends in a package.
    """
    clock = steady(clock or clock_from_environment())
    ready = prepare(order, new_key())
    log = logkeys.choose(ready.archives, new_key=order.signing.new_key)
    if log.log is None:
        return replace(perform(ready, None, clock=clock, say=say)[0], unlogged=log.why)
    case = ready.resolved.case
    elsewhere = other_cases(ready.resolved, ready.archives)
    run = recording.begin(log.log, [Begun(case.id, case.source_url)], clock)
    try:
        done, _ = perform(ready, Place(run, 0), clock=clock, say=say)
    except BaseException:
        with suppress(ArchiverError):  # what ended it is told, not what came after
            run.finish()
        raise
    line = run.finish()[0]
    warnings = logkeys.checkpointed(log) if order.checkpoint else ()
    return replace(
        done,
        logged=f"{log.log.id}/{line}",
        made_log=log.log if log.made else None,
        adopted=run.adopted,
        warnings=(*elsewhere, *done.warnings, *warnings),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """What the captures of one run have in common: the key that signs, whom to trust, who
    captures."""

    chosen: Chosen
    roots: Roots
    person: Person


def share(order: Order, roots: Roots | None = None) -> Shared:
    """What captures ordered like this have in common. Raises `InvalidInput` for a key, roots or
    configuration that cannot be used."""
    return Shared(
        chosen=choose(order.signing),
        roots=roots or trust(order.settings.ca_file),
        person=person() if order.person is None else order.person,
    )


def prepare(
    order: Order,
    new_key: bytes,
    shared: Shared | None = None,
    promised: Mapping[str, Identity] = NOTHING,
) -> Ready:
    """Look through an order; `promised` as for `resolve`. Raises `InvalidInput` for whatever is
    wrong with it."""
    resolved = resolve(
        order.source,
        archives=order.archives,
        text=order.text,
        given=order.given,
        new_key=new_key,
        promised=promised,
    )
    if resolved.files is None:
        _check_source(resolved)
    roots = None if shared is None else shared.roots
    asked = checked(resolved.case.source_url, order.settings, roots)
    shared = shared or share(order, asked.roots)
    folder = resolved.folder
    archives = (folder if folder.name not in ("", "..") else folder.resolve()).parent
    refuse_key_inside(shared.chosen, archives)
    publish = order.publish or resolved.case.publish
    return Ready(
        order=order,
        resolved=resolved,
        asked=asked,
        chosen=shared.chosen,
        person=shared.person,
        stated=Stated(
            case=resolved.case,
            publish=publish,
            seed_document=seed_document(resolved, publish),
        ),
        archives=archives,
    )


def _check_source(resolved: Resolved) -> None:
    """Packages of two sources in one case would tell one's absence as the other's."""
    now, before = resolved.case.source_url, store.last_source(resolved.folder)
    if before is not None and not same_address(now, before):
        raise InvalidInput(
            "case.source",
            f"source.url is another one than that of the packages here: {before:.300}",
            where=str(resolved.folder / store.CASE),
            hint="put it back; another source is another case: archiver capture URL",
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A capture's place in a run of the ledger."""

    run: Run
    at: int

    def failing(self) -> AbstractContextManager[None]:
        """Inside, nothing has been kept yet: what ends there is told to have failed."""
        return self.run.failing(self.at)

    def keeping(self) -> AbstractContextManager[None]:
        """Inside, the package is written and told."""
        return self.run.keeping(self.at)


def perform(
    ready: Ready, place: Place | None, *, clock: Clock, say: Callable[[str], None]
) -> tuple[Captured, Built]:
    """Capture what was looked through, as one of a run. Gives what was sealed, too. Raises
    `StorageFailed` for the disk.

    Once it is to be kept, what ends it leaves its `begin` without an answer: the next run
    looks whether the package is there.
    """
    resolved, chosen = ready.resolved, ready.chosen
    last_captured = None
    with _spool() as archive:
        with nullcontext() if place is None else place.failing():
            previous, damaged = (
                (None, ()) if resolved.files is not None else store.last_package(resolved.folder)
            )
            observation = observe(
                case=resolved.case.id,
                asked=ready.asked,
                previous=None if previous is None else str(previous),
                clock=clock,
                out=archive,
                person=ready.person,
                say=say,
            )
            say("sealing the package")
            built = sealed(ready.stated, observation, archive, spell(clock.now()))
            built = signed(built, chosen.key)
            if previous is not None:
                last_captured = store.last_captured(resolved.folder)
        with nullcontext() if place is None else place.keeping():
            file = store.Tally(built.write)
            package = _keep(resolved, built.id, file, spell(clock.now()))
            done = Captured(
                case=resolved.case.id,
                source=resolved.case.source_url,
                seed=built.document(SEED),
                observation=observation,
                outcome=built.derived.outcome,
                comparison=built.derived.comparison,
                package=package,
                id=built.id,
                new_case=resolved.files is not None,
                last_captured=last_captured,
                warnings=(*resolved.warnings, *leaks(ready.stated, built), *_damage(damaged)),
                signed_by=None if chosen.key is None else chosen.key.public.fingerprint,
                unsigned=chosen.why,
                made_key=chosen.made,
            )
            if place is not None:
                place.run.captured(place.at, _result(done, previous, file))
    return done, built


def _result(done: Captured, previous: Digest | None, file: store.Tally) -> Result:
    return Result(
        case=done.case,
        source=done.source,
        state=done.outcome.state,
        reason=done.outcome.reason,
        comparison=done.comparison.result,
        package=done.id,
        previous=previous,
        file=file.digest,
        octets=file.octets,
        name=done.package.name,
    )


def _damage(damaged: tuple[Path, ...]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            where=str(one),
            rule="damaged",
            what="cannot be read; the capture names the newest one before it that can",
            fix="archiver verify says what is wrong",
        )
        for one in damaged
    )


def _spool() -> BinaryIO:
    with storage(Path(tempfile.gettempdir()), "make a temporary file"):
        return cast(BinaryIO, tempfile.TemporaryFile())


def _keep(resolved: Resolved, package: Digest, file: store.Tally, created: str) -> Path:
    name = store.package_name(created, package)
    new = resolved.files is not None
    if new and store.add_case(resolved.folder, dict(resolved.files or {}), (name, file)):
        return resolved.folder / store.PACKAGES / name
    # The case stands already, or somebody made it meanwhile: the package goes beside theirs.
    return store.add_package(resolved.folder, name, file)
