"""The formats of `archiver export`. Another one is another entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.report.sealed import Sealed


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """`write` gives the text of an export: a function of the package alone, in ASCII."""

    what: str
    media_type: str
    write: Callable[[Sealed], str]


def _checklist(sealed: Sealed) -> str:
    from archiver.report.checklist import checklist

    return checklist(sealed)


def _prov(sealed: Sealed) -> str:
    from archiver.report.prov import prov

    return prov(sealed)


FORMATS = {
    "checklist": Format(
        what="a page with the commands that check the package without archiver",
        media_type="text/markdown",
        write=_checklist,
    ),
    "prov": Format(
        what="how the package came to be, as W3C PROV-O in JSON-LD",
        media_type="application/ld+json",
        write=_prov,
    ),
}
