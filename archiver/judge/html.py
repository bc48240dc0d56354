"""HTML to the text that a person sees, by a rule of our own (part of `archiver-compare-1`).

Parsers change between versions, and a verdict that is derived again in ten years must
come out the same. So this follows the WHATWG standard as far as text needs it, in
linear time, and keeps for every stretch of text where in the source it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.judge.asides import Aside, aside_of
from archiver.judge.elements import BLOCKS, HIDES, PLAIN, STRIKES, VOID, OpenElements
from archiver.judge.flow import Writer
from archiver.judge.references import resolved, unescape
from archiver.judge.tags import Tag, raw_text, read_tag, script_text
from archiver.judge.traced import Traced
from archiver.unicode14 import nfc

# Elements whose content is raw text and is never shown.
_RAW = frozenset("script style noscript iframe noembed noframes".split())
_NOT_SHOWN = frozenset("template audio video canvas datalist".split())
_PRE = frozenset(["pre", "listing"])
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_COMMENT_END = re.compile(r"--!?>")
_SPACE = " \t\n\f\r"
_BLANKS = re.compile(f"[{_SPACE}]+")
_STRUCK = frozenset("del s strike".split())
_DECLARATION = re.compile(
    r"(?:^|;)\s*(display|visibility|text-decoration(?:-line)?)\s*:\s*([^;!]*)", re.I | re.A
)

_DIGITS = re.compile("[0-9]")
_RAISED = {
    "sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The text on the screen, traced to the source, and the document's title.

    `struck` are the stretches of the text that are struck through, `asides` the places in
    the source where text stands that is not on the screen.
    """

    traced: Traced
    title: str
    struck: tuple[tuple[int, int], ...]
    asides: tuple[Aside, ...]


def shown(source: str, *, xml: bool = False) -> Shown:
    """What of an HTML (or XHTML) document is text on the screen, blocks on lines of their own."""
    reader = _Reader(source, xml)
    reader.run()
    writer = reader.writer
    return Shown(writer.tracer.done(), reader.title, tuple(writer.struck), tuple(reader.asides))


class _Reader:
    def __init__(self, source: str, xml: bool) -> None:
        self.source = source
        self.writer = Writer()
        self.title = ""
        self.asides: list[Aside] = []
        self._xml = xml
        self._position = 0
        self._open = OpenElements()
        self._raised = ""
        self._hidden_from = -1

    def run(self) -> None:
        end = len(self.source)
        while self._position < end:
            match = _MARKUP.search(self.source, self._position)
            at = end if match is None else match.start()
            if at > self._position:
                self._text(self._position, at)
            self._position = at
            if match is not None:
                self._markup(at)
        self._open = OpenElements()
        self._note_effects(end, end)

    def _markup(self, at: int) -> None:
        source = self.source
        match source[at + 1]:
            case "!":
                self._declaration(at)
            case "?":
                self._skip_to("?>" if self._xml else ">", at)
            case "/":
                tag = read_tag(source, at + 2)
                if tag is not None:
                    self._end_tag(tag, at)
                elif source[at + 2 : at + 3].isascii() and source[at + 2 : at + 3].isalpha():
                    self._position = len(source)
                else:
                    self._skip_to(">", at)
            case _:
                tag = read_tag(source, at + 1)
                if tag is None:
                    self._position = len(source)
                else:
                    self._start_tag(tag, at)

    def _declaration(self, at: int) -> None:
        source = self.source
        if source.startswith("<!--", at):
            # "<!-->" and "<!--->" are whole comments.
            match = _COMMENT_END.search(
                source, at + 2 if source[at + 4 : at + 5] == ">" else at + 4
            )
            if source.startswith("<!--->", at):
                self._position = at + 6
            else:
                self._position = len(source) if match is None else match.end()
        elif source.startswith("<![CDATA[", at) and (self._xml or self._open.foreign):
            end = source.find("]]>", at)
            end = len(source) if end < 0 else end
            if not self._open.hidden:
                self._put_lines(source[at + 9 : end], at + 9)
            self._position = min(len(source), end + 3)
        else:
            self._skip_to(">", at)

    def _skip_to(self, mark: str, at: int) -> None:
        end = self.source.find(mark, at)
        self._position = len(self.source) if end < 0 else end + len(mark)

    def _end_tag(self, tag: Tag, at: int) -> None:
        self._position = tag.end
        was_shown = not self._open.hidden
        self._open.end(tag.name)
        self._note_effects(at, tag.end)
        if tag.name in BLOCKS and (was_shown or not self._open.hidden):
            self.writer.line(at)

    def _start_tag(self, tag: Tag, at: int) -> None:
        self._position = tag.end
        name = tag.name
        foreign = self._open.foreign
        void = name in VOID or (tag.void and (self._xml or foreign))
        if not void and (name in _RAW or name == "title"):
            self._raw_element(tag)
            return
        self._aside(tag, at, tag.end)
        self._open.start(name, effect=PLAIN if void else _effect(tag), void=void)
        self._note_effects(at, tag.end)
        if self._open.hidden:
            if name in ("textarea", "xmp") and not void:
                self._verbatim_element(name)
            return
        if name in BLOCKS:
            self.writer.line(at)
        if name in _RAISED and _DIGITS.match(self.source[max(0, at - 1) : at]):
            # 10<sup>5</sup> is ten to the fifth and not 105; a note's number behind a word
            # stays what it is.
            self._raised = name
        if name == "plaintext":
            self._put_lines(self.source[tag.end :], tag.end)
            self._position = len(self.source)
        elif name in ("textarea", "xmp") and not void:
            self._verbatim_element(name)

    def _aside(self, tag: Tag, start: int, end: int) -> None:
        aside = aside_of(tag, self.source, start, end)
        if aside is not None:
            self.asides.append(aside)

    def _note_effects(self, at: int, end: int) -> None:
        """Note whether text is struck from here on, and where hidden text begins (behind the
        tag that hides) and ends."""
        self.writer.strikes = self._open.struck > 0
        if self._open.hidden:
            if self._hidden_from < 0:
                self._hidden_from = end
        elif self._hidden_from >= 0:
            if at > self._hidden_from:
                self.asides.append(Aside("hidden", "", self._hidden_from, at))
            self._hidden_from = -1

    def _raw_element(self, tag: Tag) -> None:
        name, start = tag.name, self._position
        if name == "script":
            end, self._position = script_text(self.source, start)
        else:
            end, self._position = raw_text(self.source, start, name)
        self._aside(tag, start, end)
        if name == "title" and not self.title:
            words = _BLANKS.sub(" ", unescape(self.source[start:end]))
            self.title = nfc(words.strip(" "))

    def _verbatim_element(self, name: str) -> None:
        start, hidden = self._position, self._open.hidden
        end, self._position = raw_text(self.source, start, name)
        self._open.end(name)
        if hidden:
            return
        if name == "xmp":
            self._put_lines(self.source[start:end], start)
        else:
            self._verbatim(start, end)
        self.writer.line(end)

    def _text(self, start: int, end: int) -> None:
        if self._open.hidden:
            return
        if any(map(self._open.is_open, _PRE)):
            self._verbatim(start, end)
            return
        raised, self._raised = self._raised, ""
        for piece, at, size in resolved(self.source, start, end):
            if raised:
                piece = piece.translate(_RAISED[raised])
            if len(piece) == size:
                self.writer.flow(piece, at)
            elif piece in _SPACE:
                self._space(piece, at)
            else:
                self.writer.put(piece, at, size)

    def _space(self, piece: str, at: int) -> None:
        """White space that is written as a reference folds like any other."""
        if piece:
            self.writer.space(at)

    def _verbatim(self, start: int, end: int) -> None:
        for piece, at, size in resolved(self.source, start, end):
            if len(piece) == size:
                self._put_lines(piece, at)
            else:
                self.writer.put(piece, at, size)

    def _put_lines(self, text: str, at: int) -> None:
        for line in re.split(r"(\r\n?)", text):
            self.writer.put("\n" if line[:1] == "\r" else line, at, len(line))
            at += len(line)


def _effect(tag: Tag) -> int:
    """What an element does to the text in it, by its name, its attributes and its own style."""
    if tag.name in _NOT_SHOWN or "hidden" in tag.attributes:
        return HIDES
    if tag.name == "dialog" and "open" not in tag.attributes:
        return HIDES
    struck = tag.name in _STRUCK
    if style := tag.attributes.get("style"):
        # The last declaration of a property counts.
        last = {one[1].lower(): one[2].lower() for one in _DECLARATION.finditer(unescape(style))}
        shown = (last.get("display", "").strip(_SPACE), last.get("visibility", "").strip(_SPACE))
        if shown[0] == "none" or shown[1] == "hidden":
            return HIDES
        struck = struck or any(
            "line-through" in value for name, value in last.items() if name.startswith("text-")
        )
    return STRIKES if struck else PLAIN
