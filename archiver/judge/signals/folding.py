"""Words without what writers of the same words differ in: case, accents, quotes, punctuation."""

from __future__ import annotations

import re
import unicodedata

from archiver.unicode14 import fold

# Latin letters with marks, by the letter alone; and what small letters are called that
# capitals do not tell apart.
_BASE = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
}
_BASE |= dict(
    zip(
        map(ord, "ıłøđħŧœæёєґ"),
        ("i", "l", "o", "d", "h", "t", "oe", "ae", "е", "е", "г"),
        strict=True,
    )
)
# Arabic letters that are written one for another, its vowels and its stretching dash;
# Hebrew points.
_BASE |= dict(zip(map(ord, "أإآىةی"), "ااايهي", strict=True)) | {ord("ک"): "ك"}
_BASE |= dict.fromkeys([0x640, 0x307, *range(0x64B, 0x653), *range(0x591, 0x5C8)], "")
_BETWEEN = re.compile(
    "[\\x00-/:-@\\[-`{-\\xbf\xd7\xf7\u02b0-\u02ff\u060c\u061b\u061f\u06d4\u2000-\u206f\u2190-\u2bff"
    "\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\u30fb\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    "\ufe00-\ufe0f]+"
)
# Scripts that do not part words.
DENSE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


def words_of(text: str) -> str:
    """The words of a text, one blank between them: letters and digits only, folded."""
    folded = fold(text).replace("'", "").replace("\u2019", "")
    return _BETWEEN.sub(" ", folded.translate(_BASE)).strip()


def weight(text: str) -> int:
    """How much a text says, in characters of an alphabet: a Chinese one counts for three."""
    return len(text) + 2 * sum(1 for _ in DENSE.finditer(text))
