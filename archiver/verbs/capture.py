"""`capture`: from a source to a sealed package."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from archiver.capture.observe import observe
from archiver.capture.settings import Settings, checked
from archiver.case.intake import Given
from archiver.case.model import Case, Publish
from archiver.case.person import person
from archiver.custody import store
from archiver.custody.disk import storage
from archiver.digest import Digest
from archiver.errors import Exit, Problem
from archiver.judge.compare import Claim, Comparison, compare
from archiver.judge.outcome import Outcome
from archiver.judge.seed import passages
from archiver.moment import Clock, clock_from_environment, spell, steady
from archiver.observation import Observation, Person
from archiver.package.build import ASSESSED_FORMAT, CLAIMED_FORMAT, Built, build, layer
from archiver.verbs.resolving import Resolved, resolve, seed_document


@dataclass(frozen=True, kw_only=True, slots=True)
class Captured:
    """What a capture came to. `seed` is `seed.json` as it stands in the package;
    `last_captured` the last package before it that had the page, looked for where it is absent."""

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

    @property
    def exit(self) -> Exit:
        """An observation was made and sealed, or nothing could be established."""
        return Exit.INCONCLUSIVE if self.outcome.state == "inconclusive" else Exit.OK


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What to capture and how. `person`: who captures; None takes the configuration's word."""

    source: str
    archives: Path = Path("archives")
    text: Path | None = None
    given: Given = field(default_factory=Given)
    publish: Publish | None = None
    settings: Settings = field(default_factory=Settings)
    person: Person | None = None


def capture(
    order: Order,
    *,
    clock: Clock | None = None,
    new_key: Callable[[], bytes] = lambda: secrets.token_bytes(32),
    say: Callable[[str], None] = lambda _: None,
) -> Captured:
    """Capture a source into its case.

    Raises `InvalidInput` before any socket for a case, text, URL or setting that cannot
    be used, and `StorageFailed` for the disk; whatever the network does ends in a package.
    """
    clock = steady(clock or clock_from_environment())
    resolved = resolve(
        order.source,
        archives=order.archives,
        text=order.text,
        given=order.given,
        new_key=new_key(),
    )
    asked = checked(resolved.case.source_url, order.settings)
    declared = person() if order.person is None else order.person
    publish = order.publish or resolved.case.publish
    stated = seed_document(resolved, publish)
    previous, damaged = (
        (None, ()) if resolved.files is not None else store.last_package(resolved.folder)
    )
    last_captured = None
    with _spool() as archive:
        observation = observe(
            case=resolved.case.id,
            asked=asked,
            previous=None if previous is None else str(previous),
            clock=clock,
            out=archive,
            person=declared,
            say=say,
        )
        say("sealing the package")
        built = _build(resolved, publish, stated, observation, archive, spell(clock.now()))
        if previous is not None and built.derived.outcome.state == "absent":
            last_captured = store.last_captured(resolved.folder)
        package = _keep(resolved, built, spell(clock.now()))
    return Captured(
        case=resolved.case.id,
        source=resolved.case.source_url,
        seed=_seed_said(built),
        observation=observation,
        outcome=built.derived.outcome,
        comparison=built.derived.comparison,
        package=package,
        id=built.id,
        new_case=resolved.files is not None,
        last_captured=last_captured,
        warnings=(*resolved.warnings, *_leaks(resolved, publish, built), *_damage(damaged)),
    )


def _leaks(resolved: Resolved, publish: Publish, built: Built) -> tuple[Problem, ...]:
    """A text that is withheld may stand on the captured page all the same: say so."""
    if resolved.case.seed is None or publish is not Publish.WITHHOLD:
        return ()
    claim = Claim(passages=passages(resolved.case.seed))
    found = compare(claim, built.derived.page).count("found")
    if not found:
        return ()
    return (
        Problem(
            where="seed_text.publish",
            rule="withheld",
            what=f"{found} passages of the withheld text stand on the captured page",
            fix="whoever gets the package can read them there",
        ),
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


def _build(
    resolved: Resolved,
    publish: Publish,
    stated: dict[str, Any] | None,
    observation: Observation,
    archive: BinaryIO,
    created: str,
) -> Built:
    case = resolved.case
    included = case.seed is not None and publish is Publish.INCLUDE
    with storage(Path(tempfile.gettempdir()), "keep the capture"):
        archive.flush()
        return build(
            archive=archive,
            observation=observation,
            claimed=layer(CLAIMED_FORMAT, case.id, claimed_layer(case, publish)),
            assessed=layer(ASSESSED_FORMAT, case.id, case.assessed),
            seed=case.seed.octets if included and case.seed is not None else None,
            seed_document=stated,
            created=created,
        )


def claimed_layer(case: Case, publish: Publish) -> dict[str, Any]:
    """The claims as they go into the package; of a withheld text not even the digest."""
    claimed = dict(case.claimed)
    if "seed_text" in claimed:
        text = {**claimed["seed_text"], "publish": str(publish)}
        if publish is Publish.WITHHOLD:
            text.pop("sha256", None)
        claimed["seed_text"] = text
    return claimed


def _keep(resolved: Resolved, built: Built, created: str) -> Path:
    name = store.package_name(created, built.id)
    new = resolved.files is not None
    if new and store.add_case(resolved.folder, dict(resolved.files or {}), (name, built.write)):
        return resolved.folder / store.PACKAGES / name
    # The case stands already, or somebody made it meanwhile: the package goes beside theirs.
    return store.add_package(resolved.folder, name, built.write)


def _seed_said(built: Built) -> Mapping[str, Any] | None:
    from archiver import canonical
    from archiver.package.derive import SEED

    for one in built.exhibits:
        if one.path == SEED:
            return canonical.read(one.octets(), SEED)
    return None
