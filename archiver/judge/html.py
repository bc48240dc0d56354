"""HTML to the text that a person sees, by a rule of our own (part of `archiver-compare-1`).

Parsers change between versions, and a verdict that is derived again in ten years must
come out the same. So this follows the WHATWG tokenizer as far as text needs it, in
linear time, and keeps for every stretch of text where in the source it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.entities import html5  # the WHATWG table, frozen since HTML5

from archiver.unicode14 import nfc

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "listing main menu nav ol optgroup option p plaintext pre search section select summary table "
    "tbody td tfoot th thead tr ul xmp".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Elements whose content is raw text and is never shown.
_RAW = frozenset("script style noscript iframe noembed noframes".split())
_NOT_SHOWN = frozenset("template audio video canvas".split())
_PRE = frozenset("pre listing xmp textarea plaintext".split())
# A hidden <p> ends where any block starts; a hidden <li> where the next <li> starts.
_ENDED_BY_SIBLING = frozenset(["li", "dt", "dd", "td", "th", "tr", "option", "p"])
_TAG_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*|=)(\s*=\s*)?")
_UNQUOTED = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"[ \t\n\f\r]+")
_REFERENCE = re.compile(r"&(?:#[xX]([0-9A-Fa-f]+);?|#([0-9]+);?|([A-Za-z][A-Za-z0-9]*;?))")
_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_LONGEST_NAME = max(map(len, html5))


@dataclass(slots=True)
class Shown:
    """Text and where it came from: `segments` are (index in text, index in source, size there)."""

    text: str
    segments: list[tuple[int, int, int]]
    title: str


@dataclass(slots=True)
class _Writer:
    """Collects text, folding white space as a browser does."""

    parts: list[str] = field(default_factory=list)
    segments: list[tuple[int, int, int]] = field(default_factory=list)
    length: int = 0
    pending: str = ""
    pending_at: int = 0

    def put(self, text: str, at: int, size: int) -> None:
        """Text as it stands, made of `size` characters at `at` in the source."""
        if not text:
            return
        if self.pending and self.length:
            self._append(self.pending, self.pending_at, 1)
        self.pending = ""
        self._append(text, at, size)

    def space(self, at: int) -> None:
        """White space between words: one blank, unless a line ends here anyway."""
        if not self.pending:
            self.pending, self.pending_at = " ", at

    def line(self, at: int) -> None:
        """The end of a line or block."""
        if self.pending != "\n":
            self.pending, self.pending_at = "\n", at

    def _append(self, text: str, at: int, size: int) -> None:
        self.parts.append(text)
        self.segments.append((self.length, at, size))
        self.length += len(text)


def shown(source: str) -> Shown:
    """What of an HTML document is text on the screen, blocks on lines of their own."""
    reader = _Reader(source)
    reader.run()
    return Shown(
        text="".join(reader.writer.parts), segments=reader.writer.segments, title=reader.title
    )


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.writer = _Writer()
        self.title = ""
        self._position = 0
        self._pre = 0
        self._hidden: str | None = None
        self._hidden_depth = 0
        self._lower: str | None = None

    def run(self) -> None:
        source, end = self.source, len(self.source)
        while self._position < end:
            start = self._position
            at = source.find("<", start)
            if at < 0:
                at = end
            if at > start:
                self._text(start, at)
                self._position = at
                continue
            self._markup(at)

    def _markup(self, at: int) -> None:
        source = self.source
        after = source[at + 1 : at + 2]
        if after == "!" and source.startswith("<!--", at):
            self._comment(at)
        elif after in ("!", "?") and after:
            self._skip_to(">", at)
        elif after == "/":
            self._end_tag(at)
        elif after.isascii() and after.isalpha():
            self._start_tag(at)
        else:
            self._text(at, at + 1)
            self._position = at + 1

    def _comment(self, at: int) -> None:
        for short in ("<!-->", "<!--->"):
            if self.source.startswith(short, at):
                self._position = at + len(short)
                return
        ends = [end for mark in ("-->", "--!>") if (end := self.source.find(mark, at + 4)) >= 0]
        if not ends:
            self._position = len(self.source)
            return
        end = min(ends)
        self._position = self.source.index(">", end) + 1

    def _skip_to(self, mark: str, at: int) -> None:
        end = self.source.find(mark, at)
        self._position = len(self.source) if end < 0 else end + len(mark)

    def _end_tag(self, at: int) -> None:
        match = _TAG_NAME.match(self.source, at + 2)
        if match is None:
            self._skip_to(">", at)
            return
        name = match[0].lower()
        self._skip_attributes(match.end())
        if self._hidden is not None:
            if name == self._hidden:
                self._hidden_depth -= 1
                if self._hidden_depth == 0:
                    self._hidden = None
            return
        if name in _PRE and self._pre:
            self._pre -= 1
        if name in _BLOCKS:
            self.writer.line(at)

    def _start_tag(self, at: int) -> None:
        match = _TAG_NAME.match(self.source, at + 1)
        assert match is not None  # noqa: S101 - the caller saw a letter
        name = match[0].lower()
        attributes = self._attributes(match.end())
        if attributes is None:
            return
        if self._hidden is not None:
            self._nested_in_hidden(name)
            if self._hidden is not None:
                if name in _RAW or name in ("title", "textarea"):
                    self._raw_text(name)
                return
        if name in _RAW:
            self._raw_text(name)
        elif name == "title":
            start, end = self._raw_text(name)
            if not self.title:
                self.title = _SPACE.sub(" ", unescape(self.source[start:end])).strip()
        elif name not in _VOID and (name in _NOT_SHOWN or _hides(attributes)):
            self._hidden, self._hidden_depth = name, 1
        else:
            self._shown_element(name, at)

    def _nested_in_hidden(self, name: str) -> None:
        ends = name == self._hidden or (self._hidden == "p" and name in _BLOCKS)
        if self._hidden in _ENDED_BY_SIBLING and ends:
            self._hidden = None
        elif name == self._hidden and name not in _VOID:
            self._hidden_depth += 1

    def _shown_element(self, name: str, at: int) -> None:
        if name == "br" or name in _BLOCKS:
            self.writer.line(at)
        if name == "plaintext":
            self._verbatim(self._position, len(self.source), references=False)
            self._position = len(self.source)
        elif name in ("textarea", "xmp"):
            start, end = self._raw_text(name)
            self._verbatim(start, end, references=name == "textarea")
            self.writer.line(end)
        elif name in _PRE:
            self._pre += 1

    def _raw_text(self, name: str) -> tuple[int, int]:
        """Go behind `</name>`; say where the raw text in between stands."""
        start = self._position
        if self._lower is None:
            self._lower = _ascii_lower(self.source)
        at = start
        while True:
            at = self._lower.find(f"</{name}", at)
            if at < 0:
                self._position = len(self.source)
                return start, len(self.source)
            after = self._lower[at + 2 + len(name) : at + 3 + len(name)]
            if after in ("", " ", "\t", "\n", "\f", "\r", "/", ">"):
                self._skip_attributes(at + 2 + len(name))
                return start, at
            at += 1

    def _skip_attributes(self, at: int) -> None:
        self._attributes(at)

    def _attributes(self, at: int) -> dict[str, str] | None:
        """Read attributes up to `>`; None where the document ends inside the tag."""
        source = self.source
        found: dict[str, str] = {}
        while True:
            match = _ATTRIBUTE.match(source, at)
            if match is None:
                end = source.find(">", at)
                self._position = len(source) if end < 0 else end + 1
                return None if end < 0 else found
            name, at = match[1].lower(), match.end()
            value = ""
            if match[2] is not None:
                quote = source[at : at + 1]
                if quote in ('"', "'") and quote:
                    end = source.find(quote, at + 1)
                    if end < 0:
                        self._position = len(source)
                        return None
                    value, at = source[at + 1 : end], end + 1
                else:
                    bare = _UNQUOTED.match(source, at)
                    assert bare is not None  # noqa: S101 - the pattern matches the empty text
                    value, at = bare[0], bare.end()
            found.setdefault(name, value)

    def _text(self, start: int, end: int) -> None:
        if self._hidden is not None:
            return
        if self._pre:
            self._verbatim(start, end, references=True)
            return
        for piece, at, size in _resolved(self.source, start, end):
            if len(piece) != size:
                self._put(piece, at, size)
                continue
            position = 0
            for match in _SPACE.finditer(piece):
                self._put(piece[position : match.start()], at + position)
                self.writer.space(at + match.start())
                position = match.end()
            self._put(piece[position:], at + position)

    def _put(self, text: str, at: int, size: int | None = None) -> None:
        self.writer.put(nfc(text), at, len(text) if size is None else size)

    def _verbatim(self, start: int, end: int, *, references: bool) -> None:
        pieces = (
            _resolved(self.source, start, end)
            if references
            else [(self.source[start:end], start, end - start)]
        )
        for piece, at, size in pieces:
            for line in re.split(r"(\r\n?)", piece):
                if line.startswith("\r"):
                    self.writer.put("\n", at, len(line))
                    at += len(line)
                elif line:
                    self._put(line, at, size if len(piece) != size else len(line))
                    at += len(line)


def _hides(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or _HIDING_STYLE.search(attributes.get("style", "")) is not None


def _ascii_lower(text: str) -> str:
    """Lower-case A-Z only: the length stays, whatever else the text holds."""
    return text.translate({code: code + 32 for code in range(65, 91)})


def _resolved(source: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The text between two places, references resolved: (text, place, size in the source)."""
    pieces = []
    position = start
    for match in _REFERENCE.finditer(source, start, end):
        text, used = _reference(match)
        if not used:
            continue
        if match.start() > position:
            plain = source[position : match.start()]
            pieces.append((plain, position, len(plain)))
        pieces.append((text, match.start(), used))
        position = match.start() + used
    if position < end:
        pieces.append((source[position:end], position, end - position))
    return pieces


def unescape(text: str) -> str:
    """A text with its character references resolved."""
    return "".join(piece for piece, _, _ in _resolved(text, 0, len(text)))


def _reference(match: re.Match[str]) -> tuple[str, int]:
    """What a reference stands for and how many characters of the source it takes."""
    hexadecimal, decimal, name = match.groups()
    if name is None:
        digits = hexadecimal or decimal
        code = int(digits, 16 if hexadecimal else 10) if len(digits) <= 12 else 0x110000
        return _numeric(code), len(match[0])
    for length in range(min(len(name), _LONGEST_NAME), 1, -1):
        text = html5.get(name[:length])
        if text is not None:
            return text, 1 + length
    return "", 0


def _numeric(code: int) -> str:
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", errors="replace")
    return chr(code)
