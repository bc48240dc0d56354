"""HTML from values: a text from outside becomes text, and can become nothing else.

Elements and attributes are those named here and no others: no script, no style, no frame, no
form, no picture, and no link but within a page and between pages of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from archiver.report.escape import pieces

_ELEMENTS = frozenset(
    "a abbr article aside b bdi blockquote br caption code dd del details div dl dt em "
    "figcaption figure footer h1 h2 h3 h4 header ins li main nav ol p pre section small span "
    "strong summary table tbody td th thead time tr ul".split()
)
_VOID = ("br",)
_NAMES = r"[a-z][a-z0-9-]*"
# What the value of an attribute may be. No text from outside fits any but the label.
_ATTRIBUTES = {
    "aria-hidden": r"true",
    "aria-label": r"(?s:.*)",
    "aria-labelledby": _NAMES,
    "class": rf"{_NAMES}(?: {_NAMES})*",
    "colspan": r"[1-9]",
    "datetime": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
    "dir": r"auto|ltr|rtl",
    "href": rf"#{_NAMES}|(?:\.\./)?(?:{_NAMES}/)?[A-Za-z0-9][A-Za-z0-9._-]*\.html(?:#{_NAMES})?",
    "id": _NAMES,
    "lang": r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*",
    "role": r"region|list",
    "scope": r"col|row",
    "tabindex": r"0",
}
_ALLOWED = {name: re.compile(values) for name, values in _ATTRIBUTES.items()}


@dataclass(frozen=True, slots=True)
class Markup:
    """Markup that was made here."""

    source: str


Content: TypeAlias = "Markup | str | Iterable[Content] | None"


def element(name: str, *content: Content, **attributes: str | None) -> Markup:
    """An element. `class_="x"` is the attribute `class`, `aria_label` is `aria-label`; one that
    is None is left out.

    Raises `ValueError` for an element, an attribute or a value that is not allowed here.
    """
    if name not in _ELEMENTS:
        raise ValueError(f"no such element here: {name}")
    start = "".join(
        f' {spelled}="{_value(spelled, value)}"'
        for key, value in attributes.items()
        if value is not None and (spelled := key.rstrip("_").replace("_", "-"))
    )
    if name in _VOID:
        return Markup(f"<{name}{start}>")
    return Markup(f"<{name}{start}>{markup(content).source}</{name}>")


def markup(content: Content) -> Markup:
    """All of it in one."""
    return Markup("".join(_sources(content)))


def _sources(content: Content) -> Iterator[str]:
    if isinstance(content, Markup):
        yield content.source
    elif isinstance(content, str):
        yield from map(_piece, *zip(*pieces(content), strict=True)) if content else ()
    elif content is not None:
        for one in content:
            yield from _sources(one)


def _piece(text: str, hostile: bool) -> str:
    """A stretch of text; what would not be seen, or would move what is, is spelled and marked."""
    return f'<span class="x">{text}</span>' if hostile else escape(text)


def _value(name: str, value: str) -> str:
    value = "".join(text for text, _ in pieces(value))
    if name not in _ALLOWED or _ALLOWED[name].fullmatch(value) is None:
        raise ValueError(f"no such attribute here: {name}={value!r:.80}")
    return escape(value)


def foreign(name: str, text: str, lang: str | None = None, class_: str | None = None) -> Markup:
    """An element with a text from outside: its own direction of writing, its language where
    that is known, and its lines as they are."""
    return element(name, lines(text), lang=language(lang), dir="auto", class_=class_)


def lines(text: str) -> Content:
    """A text with its line feeds as breaks of the line."""
    made: list[Content] = []
    for one in text.split("\n"):
        made += [element("br"), one] if made else [one]
    return made


def language(tag: str | None) -> str | None:
    """A language tag that an attribute may have; None for one that says nothing."""
    if tag is None or tag in ("und", "unknown") or _ALLOWED["lang"].fullmatch(tag) is None:
        return None
    return tag
