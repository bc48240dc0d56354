"""What kind of difference stands between two stretches of words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from archiver.judge.edges import DIGIT, WORD
from archiver.unicode14 import fold, fold_case, without_marks

# Letters that look alike in most typefaces, of one script and another: own choice, and only
# ever used to name a difference, never to overlook one.
_ALIKE = (
    ("аеѕіјорсухһԁԛԝүӏёї", "aesijopcyxhdqwylëï"),
    ("АВЕЅІЈКМНОРСТУХҺԌԚԜҮЁЇ", "ABESIJKMHOPCTYXHGQWYËÏ"),
    ("ονιυραγκχϲϳ", "oviupaykxcj"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC"),
    ("օսհոցզ", "ouhngq"),
    ("ᎠᎡᎢᎪᎫᎬᎳᎷᎻᏀᏃᏚᏢᏙᏞᏟᏦᏴ", "DRTAJEWMHGZSPVLCKB"),
    ("ıɑɡ", "iag"),
    ("یکہەھ۰۱۲۳۷۸۹", "يكههه٠١٢٣٧٨٩"),
    ("ロニカハエトタヘベペリー", "口二力八工卜夕へべぺり一"),
)
_LOOK = {
    ord(one): other for those, these in _ALIKE for one, other in zip(those, these, strict=True)
}
_NUMBERS = re.compile(f"[{DIGIT}]+(?:[.,' :/-][{DIGIT}]+)*")
_BETWEEN = re.compile(f"[^{WORD}]+")


@cache
def _look_folded() -> dict[int, str]:
    """The same without case: what looks alike as a capital is brought together in both cases."""
    found: dict[int, str] = {}
    for code, other in _LOOK.items():
        if len(one := fold(chr(code))) == 1:
            found.setdefault(ord(one), fold(other))
    return found


def aligning(word: str) -> str:
    """A word without case, compatibility and lookalikes: for finding its counterpart."""
    folded = fold(word)
    return folded if folded.isascii() else folded.translate(_look_folded())


# From the least difference on: what is left of a text where such a difference does not count.
_WITHOUT: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("blanks", lambda text: text.replace(" ", "")),
    ("case", fold_case),
    ("compatibility", fold),
    ("lookalike", lambda text: fold_case(text.translate(_LOOK))),
    ("marks", lambda text: fold(without_marks(text))),
    ("number", lambda text: _NUMBERS.sub("0", text)),
    ("punctuation", lambda text: _BETWEEN.sub("", text)),
)
KINDS = ("added", "left_out", "struck", *(kind for kind, _ in _WITHOUT), "words")


def kind_of(seed: str, page: str) -> str:
    """The least difference that turns one stretch into the other, by its name in `KINDS`."""
    if not seed or not page:
        return "left_out" if seed else "added"
    for kind, without in _WITHOUT:
        left = without(seed)
        if left and left == without(page):
            return kind
    return "words"
