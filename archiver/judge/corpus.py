"""Many small texts out of one source, as one text in which each keeps where it came from.

What JSON, feeds, scripts and metadata say is made of strings, of which some hold HTML. Each
is a text of its own: U+001E stands between them, so that no passage is found across two.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from archiver.judge import html
from archiver.judge.asides import HIDDEN, JSON, JSON_LD, NOSCRIPT, SCRIPT, Aside
from archiver.judge.literals import literals, unescaped
from archiver.judge.normal import composed
from archiver.judge.references import resolved
from archiver.judge.traced import Traced, Tracer, origin

MAX_PIECES = 100_000
MAX_CHARACTERS = 16 << 20
MAX_STRETCHES = 500_000  # escapes and references part a text into so many
PARTING = "\n\x1e\n"
_MARKUP = re.compile(r"<[A-Za-z/!][^<>]*>|&(?:#|[A-Za-z])[A-Za-z0-9]{1,30};")
_NESTED = re.compile(r'[\[{]\s*"|":\s*"')

Stretches = Iterable[tuple[str, int, int]]


class Piece(NamedTuple):
    """One of the texts: where it stands in the corpus, what it is, the names it goes by."""

    start: int
    end: int
    kind: str
    parent: str
    key: str

    @property
    def field(self) -> str:
        """Its name, behind that of what it stands in."""
        return f"{self.parent}.{self.key}" if self.parent else self.key


class Corpus(NamedTuple):
    """All texts in NFC; `whole` is False where there were more than are read."""

    text: str
    pieces: tuple[Piece, ...]
    traces: tuple[Traced, ...]
    whole: bool

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where in the source (characters) a stretch of the text came from."""
        return origin(self.traces, start, end)

    def piece_at(self, place: int) -> Piece:
        """The piece that holds a place of the text."""
        return self.pieces[bisect.bisect_right(self.pieces, place, key=lambda one: one.start) - 1]

    def read(self, piece: Piece) -> str:
        """The text of a piece."""
        return self.text[piece.start : piece.end]


class Collector:
    """Takes strings from a source, undoes how they are written, renders those with HTML."""

    def __init__(self) -> None:
        self.whole = True
        self._raw = Tracer()
        self._left = MAX_STRETCHES
        self._pieces: list[tuple[Piece, bool]] = []  # in the raw text, and whether it is HTML

    def add(
        self, kind: str, parent: str, key: str, stretches: Stretches, *, markup: bool | None = None
    ) -> None:
        """A string of these stretches. `markup` None: it is HTML where it looks like it."""
        start, parts = self._raw.length, self._taken(stretches)
        for part in parts:
            self._raw.put(*part)
        if self._raw.length > start:
            if markup is None:
                markup = _MARKUP.search("".join(text for text, _, _ in parts)) is not None
            self._pieces.append((Piece(start, self._raw.length, kind, parent, key), markup))

    def _taken(self, stretches: Stretches) -> list[tuple[str, int, int]]:
        """The stretches, as long as no bound is met."""
        parts = list(islice(stretches, self._left + 1))
        self._left -= len(parts)
        full = len(self._pieces) >= MAX_PIECES or self._raw.length >= MAX_CHARACTERS
        if self._left < 0 or full:
            self.whole = False
            return []
        return parts

    def strings(self, kind: str, source: str, start: int, end: int) -> None:
        """Every string literal of JSON or of a script; of those that hold JSON, its strings."""
        for one in literals(source, start, end, json=kind != SCRIPT):
            if not self.whole:
                return
            text = source[one.start : one.end]
            if "\\" not in text:
                self.add(kind, one.parent, one.key, [(text, one.start, len(text))])
                continue
            inner = Tracer()
            for stretch in self._taken(unescaped(source, one.start, one.end)):
                inner.put(*stretch)
            self._decoded(kind, one.parent, one.key, inner.done())

    def _decoded(self, kind: str, parent: str, key: str, made: Traced) -> None:
        if not _NESTED.search(made.text):
            self.add(kind, parent, key, made.stretches())
            return
        for one in literals(made.text, 0, len(made.text), json=True):
            stretches = []
            for text, at, size in unescaped(made.text, one.start, one.end):
                begin, end = made.origin(at, at + size)
                stretches.append((text, begin, end - begin))
            self.add(kind, one.parent or parent, one.key or key, stretches)

    def done(self) -> Corpus:
        """The corpus of what was taken."""
        raw = self._raw.done()
        rendered = Tracer()
        pieces = []
        for piece, is_markup in self._pieces:
            if rendered.length:
                rendered.put(PARTING, piece.start, 0)
            start = rendered.length
            text = raw.text[piece.start : piece.end]
            if is_markup:
                for part, at, size in html.shown(text).traced.stretches():
                    rendered.put(part, piece.start + at, size)
            else:
                rendered.put(text, piece.start, len(text))
            pieces.append(piece._replace(start=start, end=rendered.length))
        made = rendered.done()
        final = composed(made.text)
        pieces = [_moved(piece, final) for piece in pieces] if final.text != made.text else pieces
        return Corpus(final.text, tuple(pieces), (final, made, raw), self.whole)


def _moved(piece: Piece, final: Traced) -> Piece:
    return piece._replace(start=final.reached(piece.start), end=final.reached(piece.end))


def of_asides(source: str, asides: Iterable[Aside], kinds: Iterable[str]) -> Corpus:
    """The texts of a document's asides of these kinds."""
    wanted = frozenset(kinds)
    made = Collector()
    for one in asides:
        if one.kind not in wanted:
            continue
        if one.kind in (JSON_LD, JSON, SCRIPT):
            made.strings(one.kind, source, one.start, one.end)
        elif one.kind in (HIDDEN, NOSCRIPT):
            made.add(one.kind, "", one.field, _as_it_is(source, one), markup=True)
        else:
            made.add(one.kind, "", one.field, resolved(source, one.start, one.end), markup=False)
    return made.done()


def _as_it_is(source: str, one: Aside) -> Iterator[tuple[str, int, int]]:
    yield source[one.start : one.end], one.start, one.end - one.start
