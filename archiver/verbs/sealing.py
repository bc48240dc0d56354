"""From an observation to a package: what goes in, what signs it, what to warn of."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from archiver.attest.p384 import SigningKey
from archiver.attest.signed import signed_data
from archiver.case.model import Case, Publish
from archiver.custody.disk import storage
from archiver.errors import Problem
from archiver.judge.compare import Claim, compare
from archiver.judge.seed import passages
from archiver.observation import Observation
from archiver.package.build import ASSESSED_FORMAT, CLAIMED_FORMAT, Built, build, layer
from archiver.package.derive import DATAPACKAGE


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """What of a case goes into its package: `seed_document` where the text itself does not."""

    case: Case
    publish: Publish
    seed_document: dict[str, Any] | None


def sealed(stated: Stated, observation: Observation, archive: BinaryIO, created: str) -> Built:
    """The package of a capture. `archive` is its WARC."""
    case, publish = stated.case, stated.publish
    included = case.seed is not None and publish is Publish.INCLUDE
    with storage(Path(tempfile.gettempdir()), "keep the capture"):
        archive.flush()
        return build(
            archive=archive,
            observation=observation,
            claimed=layer(CLAIMED_FORMAT, case.id, claimed_layer(case, publish)),
            assessed=layer(ASSESSED_FORMAT, case.id, case.assessed),
            seed=case.seed.octets if included and case.seed is not None else None,
            seed_document=stated.seed_document,
            created=created,
        )


def signed(built: Built, key: SigningKey | None) -> Built:
    """The package signed by this key; as it is, where there is none."""
    listed = built.document(DATAPACKAGE)
    if key is None or listed is None:
        return built
    return built.with_signature(signed_data(built.id, listed, key))


def claimed_layer(case: Case, publish: Publish) -> dict[str, Any]:
    """The claims as they go into the package; of a withheld text not even the digest."""
    claimed = dict(case.claimed)
    if "seed_text" in claimed:
        text = {**claimed["seed_text"], "publish": str(publish)}
        if publish is Publish.WITHHOLD:
            text.pop("sha256", None)
        claimed["seed_text"] = text
    return claimed


def leaks(stated: Stated, built: Built) -> tuple[Problem, ...]:
    """A text that is withheld may stand on the captured page all the same: say so."""
    seed = stated.case.seed
    if seed is None or stated.publish is not Publish.WITHHOLD:
        return ()
    claim = Claim(passages=passages(seed))
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
