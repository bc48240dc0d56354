"""What a page's own markup says of the parts of its text: set apart, heading, figures.

A part is set apart where its element says so itself (`aside`, `nav`, `class="related"`).
Whoever writes a page may call anything an advertisement, so this leans one way: an element
without an end tag of its own sets nothing apart, and neither does one that holds a main
heading, `main`, or most of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.judge.elements import VOID
from archiver.judge.tags import Tag, lower, raw_text, read_tag, script_text

_ELEMENTS = frozenset("aside nav footer form menu select button".split())
_ROLES = frozenset("banner complementary contentinfo dialog navigation search".split())
_PAGE = frozenset("html body main article".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_FIGURES = frozenset("td th li dt dd figcaption caption".split())
_RAW = frozenset("style noscript iframe noembed noframes title textarea xmp".split())
# Classes and ids that begin with one of these words, or are one.
_NAMES = frozenset(
    "ad ads adv advert adverts advertisement advertisements advertising adsbygoogle adsense "
    "adslot sponsor sponsored sponsors promo promoted promotion related recommended "
    "recommendations trending popular mostread newsletter subscribe share sharing sidebar "
    "cookie cookies consent breadcrumb breadcrumbs pagination comments ticker taboola "
    "outbrain".split()
)
_NAME = re.compile("[a-z]+")
_MARKUP = re.compile(r"<(?:!--|/?[A-Za-z])")
_COMMENT_END = re.compile(r"--!?>")
Stretch = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sections:
    """Stretches of a source (characters), each kind in order: those set apart, which may lie
    in each other; the outermost headings, cells and items in which figures stand."""

    apart: tuple[Stretch, ...]
    headings: tuple[Stretch, ...]
    figures: tuple[Stretch, ...]


class _Open:
    """Which elements are open: name, where it began, whether it says that it is apart."""

    def __init__(self) -> None:
        self._stack: list[tuple[str, int, bool]] = []
        self._counts: Counter[str] = Counter()
        self._mains: list[int] = []  # where `main` and `h1` began
        self._last = ("", 0, False)  # that was closed
        self.apart: list[Stretch] = []
        self.headings: list[Stretch] = []
        self.figures: list[Stretch] = []

    def start(self, tag: Tag, at: int) -> None:
        apart = _is_apart(tag)
        if tag.name in ("main", "h1"):
            self._mains.append(at)
        self._stack.append((tag.name, at, apart))
        self._counts[tag.name] += 1

    def end(self, name: str, after: int) -> None:
        if not self._counts[name]:
            return
        while self._close(after) != name:
            pass
        _, began, apart = self._last
        if apart and not (self._mains and self._mains[-1] > began):
            self.apart.append((began, after))

    def close_all(self, after: int) -> None:
        """The document ends."""
        while self._stack:
            self._close(after)

    def _close(self, after: int) -> str:
        """Close the innermost element; headings and figures need no end tag of their own."""
        name, began, _ = self._last = self._stack.pop()
        self._counts[name] -= 1
        if name in _HEADINGS:
            self.headings.append((began, after))
        elif name in _FIGURES:
            self.figures.append((began, after))
        return name


def sections(source: str) -> Sections:
    """The sections of an HTML source, in linear time."""
    opened = _Open()
    position = 0
    while (match := _MARKUP.search(source, position)) is not None:
        at = match.start()
        if match[0] == "<!--":
            end = _COMMENT_END.search(source, at + 2)
            position = len(source) if end is None else end.end()
            continue
        closes = source[at + 1] == "/"
        tag = read_tag(source, at + 1 + closes)
        if tag is None:
            break
        position = tag.end
        if closes:
            opened.end(tag.name, tag.end)
        elif tag.name == "script":
            _, position = script_text(source, tag.end)
        elif tag.name in _RAW:
            _, position = raw_text(source, tag.end, tag.name)
        elif tag.name not in VOID and not tag.void:
            opened.start(tag, at)
    opened.close_all(len(source))
    return Sections(
        apart=tuple(sorted(opened.apart)),
        headings=outermost(opened.headings),
        figures=outermost(opened.figures),
    )


def _is_apart(tag: Tag) -> bool:
    if tag.name in _PAGE:
        return False
    if tag.name in _ELEMENTS or lower(tag.attributes.get("role", "")) in _ROLES:
        return True
    names = lower(f"{tag.attributes.get('class', '')} {tag.attributes.get('id', '')}").split()
    return any((found := _NAME.match(one)) and found[0] in _NAMES for one in names)


def outermost(found: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The stretches that lie in no other one, in order."""
    kept: list[Stretch] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
