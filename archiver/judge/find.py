"""Finding a passage in a page's text: by its text or, where only digests are known, by sliding."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.judge.normal import LEVELS, Normal, normal, stripped
from archiver.judge.seed import Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a passage stands in the page's text (characters), and what it took to see it."""

    start: int
    end: int
    level: str


class Haystack:
    """A page's text under every normalisation, each made when first needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._normals: dict[str, Normal] = {}

    def under(self, level: str) -> Normal:
        """The text under one level of `LEVELS`."""
        if level not in self._normals:
            self._normals[level] = normal(self.text, level)
        return self._normals[level]

    def find(self, passage: Passage, after: int) -> Place | None:
        """The passage at or behind `after` if it stands there, else anywhere; None if nowhere.

        The weakest normalisation that finds it wins.
        """
        for start in (after, 0) if after else (0,):
            for level in LEVELS:
                within = self.under(level)
                span = next(self._spans(passage, level, within.here(start)), None)
                if span is not None:
                    begin, end = within.original(*span)
                    return Place(start=begin, end=end, level=level)
        return None

    def find_text(self, text: str) -> Place | None:
        """The first place of a text of any kind."""
        return self.find(Passage(number=1, forms=(), text=text), 0)

    def _spans(self, passage: Passage, level: str, start: int) -> Iterator[tuple[int, int]]:
        within = self.under(level).text
        if passage.text is not None:
            yield from _spans_of(within, stripped(passage.text, level), start)
            return
        # A form that is not listed equals the one before it.
        known = [form for form in passage.forms if LEVELS.index(form.level) <= LEVELS.index(level)]
        if known:
            form = known[-1]
            yield from _sliding(within, form.characters, form.digest.hex, start)


def _spans_of(text: str, sought: str, start: int) -> Iterator[tuple[int, int]]:
    if not sought:
        return
    at = text.find(sought, start)
    while at >= 0:
        end = at + len(sought)
        if _whole(text, at, end):
            yield at, end
        at = text.find(sought, at + 1)


def _sliding(text: str, characters: int, digest: str, start: int) -> Iterator[tuple[int, int]]:
    """Every stretch of that length with that digest, at the edges of words only."""
    if not 0 < characters <= len(text):
        return
    for at in range(start, len(text) - characters + 1):
        end = at + characters
        if text[at] in " \n\t" or text[end - 1] in " \n\t" or not _whole(text, at, end):
            continue
        if hashlib.sha256(text[at:end].encode("utf-8")).hexdigest() == digest:
            yield at, end


# Letters and digits of scripts that part words by blanks: below Thai, and Hangul.
_WORD = re.compile("[0-9A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u02af\u0370-\u0dff\uac00-\ud7a3]")


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the stretch cuts no word or number in two at its edges."""
    return not _cut(text, start) and not _cut(text, end)


def _cut(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    return bool(_WORD.match(text[at - 1]) and _WORD.match(text[at]))
