"""The marks of an HTML document: what its tags, attributes and scripts say besides the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archiver.judge.elements import VOID
from archiver.judge.references import unescape
from archiver.judge.tags import Tag, lower, raw_text, read_tag, script_text

_MOST = 1 << 20  # characters of a document that are looked at
_MOST_SCRIPT = 1 << 18  # characters of inline scripts that are kept
_MARKUP = re.compile(r"<(?=[A-Za-z/!])")
_BLANKS = re.compile(r"[ \t\n\f\r]+")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_NO_PROSE = frozenset("a button label option legend".split())
_NAMED = frozenset("script iframe frame form link img input".split())


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source, and how many characters of text it shows."""

    start: int
    end: int
    shown: int


@dataclass(slots=True)
class Markup:
    """What the tags of a document say. All names and values are in small letters, but for
    `canonical`, `refresh` and the texts."""

    links: list[Span] = field(default_factory=list)
    headings: list[tuple[int, Span]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # every id and class
    body: set[str] = field(default_factory=set)  # those of html and body
    addresses: list[str] = field(default_factory=list)  # src, href of link, action
    metas: dict[str, str] = field(default_factory=dict)
    canonical: str | None = None
    refresh: str | None = None
    scripts: int = 0
    script: str = ""
    comments: str = ""
    password: bool = False
    hollow: bool = False  # an element with an id and nothing in it


def read_markup(source: str) -> Markup:
    """Read the marks of a document, of its beginning where it is very long."""
    reader = _Reader(source[:_MOST])
    reader.run()
    return reader.found


class _Reader:
    def __init__(self, source: str) -> None:
        self.found = Markup()
        self._source = source
        self._open: dict[str, tuple[int, int]] = {}  # where, and the text shown before
        self._shown = 0
        self._script: list[str] = []
        self._comments: list[str] = []
        self._script_size = 0
        self._hollow_at = -1

    def run(self) -> None:
        source, at = self._source, 0
        while True:
            match = _MARKUP.search(source, at)
            start = len(source) if match is None else match.start()
            text = source[at:start]
            if text and not text.isspace():
                self._shown += len(text.strip())
                self._hollow_at = -1
            if match is None:
                break
            at = self._markup(start)
        for name in list(self._open):
            self._close(name, len(source))
        self.found.script = "\n".join(self._script)
        self.found.comments = "\n".join(self._comments)

    def _markup(self, at: int) -> int:
        source = self._source
        if source.startswith("<!--", at):
            end = source.find("-->", at + 4)
            end = len(source) if end < 0 else end
            self._comments.append(lower(source[at + 4 : end]))
            return end + 3
        closing = source[at + 1] == "/"
        tag = read_tag(source, at + 1 + closing)
        if tag is None:
            # The document ends inside a tag, or this is none (`<!`, `</>`).
            letter = source[at + 1 + closing : at + 2 + closing]
            begun = letter.isascii() and letter.isalpha()
            end = -1 if begun else source.find(">", at)
            return len(source) if end < 0 else end + 1
        if not closing:
            return self._start(tag, at)
        if self._hollow_at == at:
            self.found.hollow = True
        self._hollow_at = -1
        self._close(tag.name, at)
        return tag.end

    def _start(self, tag: Tag, at: int) -> int:
        name = tag.name
        self._attributes(tag)
        if name == "script":
            return self._take_script(tag)
        if name in ("style", "noscript", "title", "textarea", "iframe", "template"):
            return raw_text(self._source, tag.end, name)[1]
        if name in _NO_PROSE or name in _HEADINGS:
            self._close(name, at)
            self._open[name] = (at, self._shown)
        if name not in VOID:
            has_id = "id" in tag.attributes
            self._hollow_at = _hollow_end(self._source, tag.end) if has_id else -1
        return tag.end

    def _close(self, name: str, at: int) -> None:
        if name not in self._open:
            return
        start, before = self._open.pop(name)
        span = Span(start, at, self._shown - before)
        if name in _NO_PROSE:
            self.found.links.append(span)
        else:
            self.found.headings.append((_HEADINGS[name], span))

    def _take_script(self, tag: Tag) -> int:
        inner, end = script_text(self._source, tag.end)
        self.found.scripts += 1
        piece = self._source[tag.end : inner][: _MOST_SCRIPT - self._script_size]
        self._script.append(piece)
        self._script_size += len(piece)
        return end

    def _attributes(self, tag: Tag) -> None:
        found, given = self.found, tag.attributes
        named = {lower(given["id"])} if given.get("id") else set()
        named |= set(lower(given.get("class", "")).split())
        found.names |= named
        if tag.name in ("html", "body"):
            found.body |= named
        if tag.name in _NAMED:
            for key in ("src", "href", "action", "data-src"):
                if key in given:
                    found.addresses.append(lower(unescape(given[key])))
        match tag.name:
            case "meta":
                self._meta(given)
            case "link" if "canonical" in lower(given.get("rel", "")).split():
                found.canonical = found.canonical or unescape(given.get("href", "")).strip()
            case "input" if lower(given.get("type", "")) == "password":
                found.password = True

    def _meta(self, given: dict[str, str]) -> None:
        content = unescape(given.get("content", ""))
        if lower(given.get("http-equiv", "")) == "refresh":
            _, mark, target = content.partition("=")
            if mark and self.found.refresh is None:
                self.found.refresh = target.strip(" \t\n'\"")
        name = lower(given.get("property") or given.get("name") or "")
        if name:
            self.found.metas.setdefault(name, content.strip())


def _hollow_end(source: str, at: int) -> int:
    """Where the end tag stands that would close an element with nothing in it."""
    match = _BLANKS.match(source, at)
    end = at if match is None else match.end()
    return end if source.startswith("</", end) else -1
