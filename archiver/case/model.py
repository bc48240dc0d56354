"""A case: what a person claims was published, and what is thought of it, kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from archiver.case.seedtext import SeedText
from archiver.errors import Problem

CLAIMED_TABLES = ("source", "claimed", "outlet", "seed_text", "basis", "rights", "related")


class Publish(StrEnum):
    """What of the seed text goes into the package."""

    INCLUDE = "include"
    DIGEST = "digest"
    WITHHOLD = "withhold"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A valid case. `claimed` and `assessed` are its two layers, documents without a common key.

    `seed` is `None` for a bare URL, and where the text is published as digests only and is not
    at hand; in the second case `claimed["seed_text"]["sha256"]` is still there.
    """

    id: str
    claimed: Mapping[str, Any]
    assessed: Mapping[str, Any]
    seed: SeedText | None
    warnings: tuple[Problem, ...]

    @property
    def source_url(self) -> str:
        """What is captured, as typed."""
        return str(self.claimed["source"]["url"])

    @property
    def publish(self) -> Publish:
        """What of the seed text goes into the package; `include` where there is none."""
        return Publish(self.claimed.get("seed_text", {}).get("publish", Publish.INCLUDE))

    @property
    def title(self) -> str | None:
        """The claimed title."""
        title = self.claimed["claimed"].get("title")
        return None if title is None else str(title)

    @property
    def published(self) -> Mapping[str, Any]:
        """The claimed date with its precision, zone and basis."""
        published: Mapping[str, Any] = self.claimed["claimed"]["published"]
        return published

    @property
    def outlet_name(self) -> str:
        """The claimed outlet; `unknown` in a draft."""
        return str(self.claimed["outlet"]["name"])

    @property
    def language(self) -> str:
        """The claimed language, a BCP 47 tag; `und` in a draft."""
        return str(self.claimed["claimed"]["language"])
