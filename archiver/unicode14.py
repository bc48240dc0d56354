"""Unicode pinned to version 14.0.0, whatever the interpreter brings.

Normalisation of characters assigned in 14.0 never changes (Unicode Stability
Policy); later versions only assign more. So a text is cut at every code point
that 14.0 left unassigned, those stay as they are, and the pieces in between are
normalised: the same result on every Python from 3.11 on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache

VERSION = "14.0.0"
# To put marks in order takes the square of their number, so a longer run of them, which
# no script has, is left as it is.
MAX_MARKS = 1000

# Code points of category Cn in 14.0, as "gap.length" pairs in hexadecimal: the gap to the
# end of the range before, then (where it is not 0) how many more follow.
# tests/test_unicode14.py makes the table again from Python 3.11's own data.
_UNASSIGNED = (
    "378.1 7.3 8 2 15 18e 27.1 33.1 4 38.7 1c.3 7.a 10f 3d.1 66.d 3c.1 32.1 10 1d.1 2 c.4 "
    "20 3.5 ed 9.1 3.1 17 8 2.2 5.1 a.1 3.1 5.7 2.3 3 6.1 1a.1 4 7.3 3.1 17 8 3 3 3.1 2 "
    "6.3 3.1 4.2 2.6 5 2.6 12.9 4 a 4 17 8 3 6.1 b 4 4.1 2.e 5.1 d.6 8 4 9.1 3.1 17 8 3 "
    "6.1 a.1 3.1 4.6 4.3 3 6.1 13.9 3 7.2 4 5.2 3 2 3.2 3.2 4.2 d.3 6.2 4 5.1 2.5 2.d "
    "16.4 e 4 18 11.1 a 4 5.6 3 4.1 2.1 5.1 b.6 17 4 18 b 6.1 a 4 5.6 3.5 3 5.1 b 3.c e 4 "
    "34 4 7.3 11.1 1b 4 13.2 19 a 2.1 8.2 2.3 7 2 9.5 b.1 4.b 3b.3 1e.24 3 2 6 19 2 18.1 "
    "6 2 7.1 b.1 5.1f 49 25.3 28 25 10 e.24 c7 2.4 2.1 17a 5.1 8 2 5.1 2a 5.1 22 5.1 8 2 "
    "5.1 10 3a 5.1 44.1 21.2 1b.5 57.1 7.1 29e.2 5a.6 17.8 19.8 15.b e 4 3.b 5f.1 b.5 b.5 "
    "1b.5 5a.6 2c.4 47.9 20 d.3 d.3 2.2 2b.1 6.a 2d.3 1b.5 c.2 3f.1 42 1e.1 c.5 b.5 f.1 "
    "20.30 4e.2 30 75.7 3d.2 10.2 3d.6 2c.1 c.7 2c.4 217.1 7.1 27.1 7.1 9 2 2 2 20.1 36 "
    "10 f.1 7 14.1 4 a 66 d.1 1c e.2 22.e 22.e 8d.3 298.18 c.14 715.1 21 15e.4 2e 2.4 2.1 "
    "39.6 3.d 19.8 8 8 8 8 8 8 8 8 7f.21 1b 5a.b d7.19 d.3 41 57.1 68.4 2c 5f 55.b 30 "
    "726e.2 38.8 15d.13 b9.7 cc.4 3 2 6.17 3c.2 b.5 39.7 47.7 d.5 75.a 1f.2 4f c.3 22 "
    "38.8 f.1 b.1 68.17 1d.9 7.1 7.1 7.8 8 8 3d.3 7f.1 b.5 2ba5.b 18.3 32.3 226f.1 6b.25 "
    "8.b 6.4 1b 6 2 3 3 7e.f 1be.1 37.6 2.1f 2b.5 34 14 5.3 6 88.1 2 bf.2 7.1 7.1 7.1 4.2 "
    "8 8.9 6.1 d 1b 14 3 10.1 f.21 7c.4 4.3 2e.2 59 e.2 2.2e 2f.81 1e.2 32.e 1d.3 25.8 "
    "1f.4 2c.4 1f 26.3 f.29 9f.1 b.5 25.3 25.3 29.7 35.a d 10 8 3 c 10 8 3.42 138.8 17.9 "
    "9.17 7 2b a.44 7.1 2 2d 3.2 2.1 18 49.7 a.2f 14 3.4 22.2 1c.4 2.3f 39.3 15.1 33 3.4 "
    "9 4 1e.1 4.3 b.6 a.6 41.1f 28.3 d.8 37.2 1e.1 1c.4 1b.6 5.b 8.4f 4a.36 34.c 34.6 "
    "2f.7 b.125 20 2b 4.1 3.4d 29.7 2b.15 1b.25 1d.13 18.8 4f.3 25.8 45.9 2.1 1a.6 b.5 36 "
    "13.7 28.8 61 15.a 13 2d.40 8 2 5 10 c.5 3c.4 b.5 5 9.1 3.1 17 8 3 6 b.1 3.1 4.1 2.5 "
    "2.4 8.1 8.2 6.8a 5d 6.1d 49.7 b.a5 37.1 27.21 46.a b.5 e.12 3b.5 b.35 1c.1 10.3 "
    "18.b8 3d.63 54.b 9.1 2.1 9 3 1f 3.1 d.8 b.45 9.1 2f.1 c.1a 49.7 54.c 4a.106 a 2e f.9 "
    "1e.2 21.1 17 f.48 8 3 2d.2 2 3 a.7 b.5 7 3 26 3 7.6 b.135 1a.b6 2.e 33.c 39c.65 70 "
    "6.a c5.a4b 64.c 430 a.fc6 248.21b8 23a.6 20 b.3 52 b.5 1f.1 7.9 47.9 b 8 16.4 14.2af "
    "5c.64 4c.3 3a.6 12.3f 6.a 3.d 17f9.7 4d7.29 a.22e6 5 8 3 124.2c 4.10 5.7 18d.903 "
    "6c.4 e.2 a.6 b.1 9.125b 2f.1 18.8 75.3b f7.9 28.1 c3.14 47.99 15.b 58.8 1a.86 56 48 "
    "3.1 2.1 3.1 5 d 2 8 42 5.1 9 8 1d 5 6 2.2 8 155.1 125.1 2bf.e 6 10.44f 20.e0 8 12.1 "
    "8 3 6.d4 2e.2 f.1 b.3 3.13f 20.10 3b.4 2.4df 8 5 3 10 c6.1 11.28 4d.3 b.3 3.310 "
    "45.4b 3e.c1 5 1c 3 2.1 2 b 5 2 2.5 2.3 2 2 2 4 3 2.1 2 2 2 2 2 3 2.1 5 8 5 5 2 b "
    "12.4 4 6 12.33 3.10d 2d.3 65.b 10.1 10 10 26.9 af.37 1e.c 2d.3 a.6 3.d 7.99 3d9.4 "
    "11.2 e.2 75.b 5a.6 d.3 2.e d.3 39.7 b.5 29.7 1f.1 3.4d 155.b f.1 6.2 6.2 8.8 1e.2 "
    "c.4 7.9 b.5 9.7 8.8 94 38.24 b.405 a6e1.1f 103a.6 df.1 1683.d 1d32.c1e 21f.5e1 "
    "134c.aecb5 2.1d 61.7f f1.fe0f ffff.1 ffff.1 "
)


def unassigned() -> list[tuple[int, int]]:
    """The ranges (first, last) of code points that Unicode 14.0 left unassigned."""
    ranges = []
    last = 0
    for pair in _UNASSIGNED.split():
        gap, _, more = pair.partition(".")
        first = last + int(gap, 16)
        last = first + int(more or "0", 16)
        ranges.append((first, last))
    return ranges


def _one_of(ranges: Iterable[tuple[int, int]]) -> str:
    """A regular expression for one code point of these ranges.

    A class with members beyond U+FFFF is searched range by range, at every character of
    a text; so those stand apart, behind a test that most characters fail at once.
    """
    low: list[str] = []
    high: list[str] = []
    for first, last in ranges:
        written = f"\\U{first:08x}-\\U{last:08x}"
        (low if last < 0x10000 else high).append(written)
    beyond = f"[\\U00010000-\\U0010ffff](?<=[{''.join(high)}])" if high else "(?!)"
    return f"(?:[{''.join(low)}]|{beyond})"


# Of these characters are most texts: all are assigned, and none is a mark.
SIMPLE = (
    "\0-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a"
    "\u0660-\u066f\u0671-\u06d5\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u3001-\u3029\u3041-\u3096"
    "\u309b-\u30ff\u4e00-\u9ffc\uac00-\ud7a3\uff01-\uff9d"
)
_SIMPLE = re.compile(f"[{SIMPLE}]*")


@cache
def _gaps() -> re.Pattern[str]:
    return re.compile(f"({_one_of(unassigned())}+)")


def _assigned(codes: Iterable[int]) -> list[tuple[int, int]]:
    """Those that 14.0 knew, each as a range."""
    return [(code, code) for code in sorted(set(codes)) if not _gaps().match(chr(code))]


@cache
def _marks() -> tuple[int, ...]:
    """The characters that NFC may put in another order."""
    return tuple(code for code in range(0x300, 0x20000) if unicodedata.combining(chr(code)))


@cache
def _long_run() -> re.Pattern[str]:
    mark = _one_of(_assigned(_marks()))
    return re.compile(f"({mark}(?<!{mark}.){mark}{{{MAX_MARKS},}}+)", re.S)


@cache
def _changing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Runs of what NFC may change, and the clusters in a run: marks and others that may join
    the character before them, and characters that are always replaced."""
    joining = {*_marks(), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}
    replaced = set()
    for code in range(0x300, 0x30000):
        parts = unicodedata.decomposition(chr(code)).split()
        if parts and not parts[0].startswith("<"):
            joining |= {int(part, 16) for part in parts[1:]}
            if not unicodedata.is_normalized("NFC", chr(code)):
                replaced.add(code)
    join, replace = _one_of(_assigned(joining)), _one_of(_assigned(replaced - joining))
    runs = _one_of(_assigned(joining | replaced))
    return re.compile(f"{runs}+"), re.compile(f"({join}+)|{replace}{join}*")


def nfc(text: str) -> str:
    """Normalisation Form C (UAX #15) under Unicode 14.0.0."""
    if _is_nfc(text):
        return text
    return _piecewise(text, lambda piece: unicodedata.normalize("NFC", piece))


def nfc_changes(text: str) -> Iterator[tuple[int, int, str]]:
    """What `nfc` changes in a text: (from, to, what stands there afterwards), in order."""
    if _is_nfc(text):
        return
    known: dict[str, str] = {}
    for start, end in _clusters(text):
        cluster = text[start:end]
        if cluster not in known:
            known[cluster] = nfc(cluster)
        if known[cluster] != cluster:
            yield start, end, known[cluster]


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    runs, clusters = _changing()
    for run in runs.finditer(text):
        for match in clusters.finditer(text, *run.span()):
            joins = match.start() == run.start() and match[1] is not None
            # What joins the character before it takes that along.
            yield max(0, match.start() - joins), match.end()


def fold(text: str) -> str:
    """A text without the differences of case and compatibility (NFKC, full case folding)."""
    if text.isascii():
        return text.lower()
    return _piecewise(text, _folded)


def fold_case(text: str) -> str:
    """A text without the differences of case alone (full case folding, NFC)."""
    return _piecewise(text, lambda piece: unicodedata.normalize("NFC", piece.casefold()))


def without_marks(text: str) -> str:
    """A text without the marks on its letters (canonical decomposition, combining class over 0)."""
    return text if text.isascii() else _piecewise(text, _unmarked)


def _is_nfc(text: str) -> bool:
    # What is in NFC as a whole, is so in pieces, and later versions of Unicode agree.
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def _piecewise(text: str, normalised: Callable[[str], str]) -> str:
    """Normalise a text but for what 14.0 left unassigned and what has too many marks."""
    if _SIMPLE.fullmatch(text):
        return normalised(text)
    done = []
    for at, piece in enumerate(_gaps().split(text)):
        if at % 2:
            done.append(piece)
            continue
        parts = _long_run().split(piece) if len(piece) > MAX_MARKS else [piece]
        parts[::2] = map(normalised, parts[::2])
        done += parts
    return "".join(done)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _unmarked(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))
