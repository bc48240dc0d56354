"""`evidence/seed.json`: what the package says of the seed text, at three levels.

`include`: digests of every form, the text beside it. `digest`: the same without the
text; each passage by its length and digest, so that anyone can find it in a page by
sliding over the page's text. `withhold`: HMAC commitments and nothing else, since a
short text falls to guessing (FORMAT: a 30-character quote after seven tries).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archiver import unicode14
from archiver.case.seedtext import SeedText
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.fields import Fields
from archiver.judge.normal import LEVELS, stripped

FORMAT = "archiver-seed-1"
TEXT_FORM = "archiver-text-1"
BODY_FORM = "archiver-body-1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A passage under one normalisation: its length in characters and its digest (UTF-8)."""

    level: str
    characters: int
    digest: Digest


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One paragraph of the body, numbered from 1. `text` is None where only digests are known."""

    number: int
    forms: tuple[Form, ...]
    text: str | None = None

    def form(self, level: str) -> Form:
        """The form under a level: where none is listed it equals the one before it."""
        strongest = LEVELS.index(level)
        return [one for one in self.forms if LEVELS.index(one.level) <= strongest][-1]


def passages(seed: SeedText) -> tuple[Passage, ...]:
    """The passages of a seed text with their forms; a form equal to the one before is left out."""
    found = []
    # A paragraph of nothing but invisible characters could be found nowhere.
    visible = [text for text in seed.passages if stripped(text, LEVELS[-1])]
    for number, text in enumerate(visible, start=1):
        forms: list[Form] = []
        for level in LEVELS:
            plain = stripped(text, level)
            digest = Digest.of(plain.encode("utf-8"))
            if not forms or forms[-1].digest != digest:
                forms.append(Form(level=level, characters=len(plain), digest=digest))
        found.append(Passage(number=number, forms=tuple(forms), text=text))
    return tuple(found)


def document(seed: SeedText, publish: str, key: bytes | None) -> dict[str, Any]:
    """`evidence/seed.json`. `key` is the HMAC key, needed for `withhold` alone."""
    forms = {"raw": seed.octets, TEXT_FORM: seed.text.encode("utf-8")}
    if seed.body:
        forms[BODY_FORM] = seed.body.encode("utf-8")
    if publish == "withhold":
        if key is None:
            raise AssertionError("a withheld text needs a key")
        # A body of its own would tell that there is a header: only the two forms that
        # every text has are committed to.
        committed = {name: forms[name] for name in ("raw", TEXT_FORM)}
        return {
            "format": FORMAT,
            "publish": publish,
            "forms": [
                {"form": name, "commitment": _commitment(key, octets)}
                for name, octets in committed.items()
            ],
        }
    return {
        "format": FORMAT,
        "publish": publish,
        "unicode": unicode14.VERSION,
        "forms": [
            {"form": name, "octets": len(octets), "sha256": str(Digest.of(octets))}
            for name, octets in forms.items()
        ],
        "passages": [
            {
                "number": passage.number,
                "forms": [
                    {
                        "normalisation": form.level,
                        "characters": form.characters,
                        "sha256": str(form.digest),
                    }
                    for form in passage.forms
                ],
            }
            for passage in passages(seed)
        ],
    }


def _commitment(key: bytes, octets: bytes) -> dict[str, Any]:
    return {
        "scheme": "HMAC-SHA256",
        "key_octets": len(key),
        "value": hmac.new(key, octets, "sha256").hexdigest(),
    }


def read_passages(seed: Mapping[str, Any]) -> tuple[Passage, ...]:
    """The passages that a `seed.json` lists; none where the text is withheld.

    Raises `InvalidInput` naming the place.
    """
    if seed.get("publish") == "withhold":
        return ()
    top = Fields(dict(seed), "")
    found = []
    for number, fields in enumerate(top.each("passages"), start=1):
        if fields.number("number") != number:
            raise InvalidInput("seed.number", "passages are not numbered from 1", where="passages")
        forms = []
        for form in fields.each("forms"):
            level = form.text("normalisation")
            if level not in LEVELS:
                raise InvalidInput("seed.level", "no such normalisation", where="normalisation")
            forms.append(
                Form(
                    level=level,
                    characters=form.number("characters"),
                    digest=Digest.parse(form.text("sha256")),
                )
            )
        levels = [LEVELS.index(form.level) for form in forms]
        if levels != sorted({0, *levels}):
            raise InvalidInput("seed.forms", "forms missing or out of order", where="forms")
        found.append(Passage(number=number, forms=tuple(forms)))
    return tuple(found)


def raw_digest(seed: Mapping[str, Any]) -> Digest | None:
    """The digest of the seed text as given, or None where it is withheld."""
    for form in seed.get("forms", ()):
        if form.get("form") == "raw" and "sha256" in form:
            return Digest.parse(form["sha256"])
    return None
