"""Where a document has text that is not on the screen: metadata, scripts, hidden parts.

Such text is looked through second and told apart from what a reader sees: it can show
that a server sent the words, not that anybody could read them.
"""

from __future__ import annotations

from typing import NamedTuple

from archiver.judge.tags import Tag

# Kinds of asides. The first five are data for machines; the others are kept apart.
JSON_LD, JSON, SCRIPT, META, TIME = "json_ld", "json", "script", "meta", "time"
ALT, HIDDEN, NOSCRIPT = "alt", "hidden", "noscript"
DATA = (JSON_LD, JSON, SCRIPT, META)
ALL = (*DATA, TIME, ALT, HIDDEN, NOSCRIPT)
_NAMES = ("property", "name", "itemprop")
_LONGEST_NAME = 100


class Aside(NamedTuple):
    """A stretch of the source (characters) that holds such text, its kind and its name."""

    kind: str
    field: str
    start: int
    end: int


def aside_of(tag: Tag, source: str, start: int, end: int) -> Aside | None:
    """What an element says beside the text on the screen.

    `start` and `end` bound its raw text where it has some, else the tag itself.
    """
    match tag.name:
        case "script":
            return Aside(_script_kind(tag), "", start, end) if end > start else None
        case "noscript":
            return Aside(NOSCRIPT, "", start, end) if end > start else None
        case "meta":
            name = next((tag.attributes[one] for one in _NAMES if one in tag.attributes), "")
            return _value(tag, "content", Aside(META, name[:_LONGEST_NAME], start, end), source)
        case "time":
            name = tag.attributes.get("itemprop", "datetime")
            return _value(tag, "datetime", Aside(TIME, name[:_LONGEST_NAME], start, end), source)
        case "img" | "area" | "input":
            return _value(tag, "alt", Aside(ALT, "alt", start, end), source)
    return None


def _script_kind(tag: Tag) -> str:
    declared = tag.attributes.get("type", "").lower()
    if "json" not in declared:
        return SCRIPT
    return JSON_LD if "ld+json" in declared else JSON


def _value(tag: Tag, attribute: str, inside: Aside, source: str) -> Aside | None:
    """The value of an attribute, where there is one and the aside has a name."""
    value = tag.attributes.get(attribute)
    if not value or not inside.field:
        return None
    at = source.find(value, inside.start, inside.end)
    return Aside(inside.kind, inside.field, at, at + len(value))
