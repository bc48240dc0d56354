"""What a package that may be believed records, in short."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.observation import Observation
from archiver.package.derive import Derived
from archiver.verify.report import Said

# Options of `archiver capture` that change what can be seen, by the setting that tells of them.
_GIVEN = {
    "--allow-private-addresses": "allow_private_addresses",
    "--control": "controls_given",
    "--proxy": "proxy",
    "--ca-file": "ca_file",
    "--resolver": "resolvers",
}
_LEFT_OUT = {"--no-requisites": "requisites", "--no-probe": "probe"}


def said(seen: Observation, derived: Derived) -> Said:
    """What was seen, what follows from it, and what was not as it is by default."""
    return Said(
        observation=seen,
        outcome=derived.outcome,
        comparison=derived.comparison.result,
        altered=derived.comparison.count("altered"),
        not_default=tuple(_not_default(seen)),
    )


def _not_default(seen: Observation) -> Iterator[str]:
    if seen.clock != "system":
        yield f"clock from {seen.clock}"
    for option, name in _LEFT_OUT.items():
        if seen.settings.get(name) is False:
            yield option
    for option, name in _GIVEN.items():
        if seen.settings.get(name):
            yield option
