"""The elements of HTML that matter to text, and which of them are open.

Of the tree construction of WHATWG §13.2.6 this keeps what tells where a hidden element
ends when its end tag is missing, misplaced or implied. Every step takes constant time,
or time that some earlier start tag paid for.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# A start tag of these ends an open paragraph.
_ENDS_P = _HEADINGS | frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form header hgroup hr li listing main menu nav ol p plaintext pre search "
    "section summary table ul xmp".split()
)
BLOCKS = _ENDS_P | frozenset(
    "body br caption frameset html legend optgroup option select tbody td tfoot th thead tr".split()
)
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
    "track wbr".split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_SCOPES = frozenset("applet caption html marquee object table td template th".split())
_SPECIAL = BLOCKS | _SCOPES | frozenset(["button"])
_ITEMS = frozenset(["li", "dd", "dt"])
_FOREIGN = frozenset(["svg", "math"])
# From the outermost: a start tag of one ends what is open of it and of those behind it.
_TABLE_PARTS = (
    ("*section", frozenset("tbody thead tfoot caption colgroup".split())),
    ("*row", frozenset(["tr"])),
    ("*cell", frozenset(["td", "th"])),
)
_NEVER_CLOSED = frozenset(["html", "head", "body"])
_MOST_KEPT = 3  # of the formatting elements that go on behind a block ("Noah's Ark")


@cache
def _part(name: str) -> int:
    return next((rank for rank, (_, names) in enumerate(_TABLE_PARTS) if name in names), -1)


def _kinds(name: str) -> list[str]:
    """Under which names the place of an element is kept, beside its own."""
    kinds = [name]
    if name in _SPECIAL or name == "h":
        kinds.append("*special")
        if name not in _ITEMS and name not in ("address", "div", "p"):
            kinds.append("*barrier")
    if name in _SCOPES:
        kinds.append("*scope")
    if name in _FOREIGN:
        kinds.append("*foreign")
    if _part(name) >= 0:
        kinds.append(_TABLE_PARTS[_part(name)][0])
    return kinds


_KNOWN = {name: _kinds(name) for name in {*_SPECIAL, *_FOREIGN, *_ITEMS, "h"}}


# What an element does to the text in it.
PLAIN, HIDES, STRIKES = 0, 1, 2


class OpenElements:
    """The stack of open elements. `hidden` counts those that hide what is in them, `struck`
    those that strike it through."""

    def __init__(self) -> None:
        self.hidden = 0
        self.struck = 0
        self._stack: list[tuple[str, int]] = []
        self._places: dict[str, list[int]] = defaultdict(list)

    def is_open(self, name: str) -> bool:
        """Whether such an element is open anywhere."""
        return bool(self._places.get(name))

    @property
    def foreign(self) -> bool:
        """Whether this is SVG or MathML, where any element may be void."""
        return self._last("*foreign") > self._last("foreignobject")

    def start(self, name: str, *, effect: int, void: bool) -> None:
        """A start tag: end what it implies the end of, and open it unless it is void.

        `effect` is PLAIN, HIDES or STRIKES.
        """
        if name in _NEVER_CLOSED:
            return
        name = "h" if name in _HEADINGS else name
        self._imply(name)
        if not void:
            self._open(name, effect)

    def end(self, name: str) -> None:
        """An end tag."""
        name = "h" if name in _HEADINGS else name
        at = self._last(name)
        if at < 0:
            return
        if name in _FORMATTING:
            self._remove(at, name)
            return
        if name == "template":
            limit = at
        elif _part(name) >= 0 or name == "table":
            limit = max(self._last("table"), self._last("template"))
        elif name in _SPECIAL or name == "h":
            limit = self._last("*scope")
        else:
            limit = self._last("*special")
        if limit <= at:
            self._pop_to(at)

    def _last(self, kind: str) -> int:
        places = self._places.get(kind)
        return places[-1] if places else -1

    def _imply(self, name: str) -> None:
        if name in _ENDS_P or name == "h":
            if self.foreign:
                self._pop_to(self._places["*foreign"][0])
            self._pop_above(self._last("p"), "*scope", "button")
        if name == "li":
            self._pop_above(self._last("li"), "*barrier")
        elif name in _ITEMS:
            self._pop_above(max(self._last("dd"), self._last("dt")), "*barrier")
        elif _part(name) >= 0:
            self._imply_in_table(_part(name))
        elif name == "a":
            self.end("a")
        elif name in ("option", "optgroup", "button"):
            self._pop_above(max(self._last("option"), self._last(name)), "*scope")
        elif name == "h" and self._stack and self._stack[-1][0] == "h":
            self._pop_to(len(self._stack) - 1)

    def _pop_above(self, at: int, *limits: str) -> None:
        """End the element at `at` unless one of these kinds is open inside it."""
        if at > max(map(self._last, limits)):
            self._pop_to(at)

    def _imply_in_table(self, rank: int) -> None:
        table = max(self._last("table"), self._last("template"))
        for kind, _ in _TABLE_PARTS[rank:]:
            if self._last(kind) > table:
                self._pop_to(self._last(kind))

    def _open(self, name: str, effect: int) -> None:
        at = len(self._stack)
        self._stack.append((name, effect))
        self._count(effect, 1)
        for kind in _KNOWN.get(name) or (name,):
            self._places[kind].append(at)

    def _count(self, effect: int, step: int) -> None:
        if effect == HIDES:
            self.hidden += step
        elif effect == STRIKES:
            self.struck += step

    def _remove(self, at: int, name: str) -> None:
        """End one formatting element and not what was opened in it (the adoption agency)."""
        if self._last("*scope") > at:
            return
        self._count(self._stack[at][1], -1)
        self._places[name].pop()
        self._stack[at] = ("", PLAIN)
        while self._stack and not self._stack[-1][0]:
            self._stack.pop()

    def _pop_to(self, at: int) -> None:
        kept: list[tuple[str, int]] = []
        while len(self._stack) > at:
            name, effect = self._stack.pop()
            if not name:
                continue
            for kind in _KNOWN.get(name) or (name,):
                self._places[kind].pop()
            self._count(effect, -1)
            if name in _SCOPES:
                kept = []
            elif effect and name in _FORMATTING and len(self._stack) > at:
                kept.append((name, effect))
        for name, effect in reversed(kept[:_MOST_KEPT]):
            self._open(name, effect)
