"""The seed text and its forms: raw octets, `archiver-text-1`, the body and its passages. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import combining

from archiver.case.dates import PublishedDate
from archiver.case.header import Header, read_header
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.unicode14 import nfc

__all__ = ["BLANKS", "Header", "PublishedDate", "SeedText", "read_seed_text", "text_1"]

# White space by list, not by `str.isspace`: the forms must be the same on every Python.
BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
MAX_MARKS = 1000
_URL_LINE = re.compile(rf"<?(https?://[^{BLANKS}<>]+)>?", re.IGNORECASE)
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_UTF8_MARK = b"\xef\xbb\xbf"
_KEY = re.compile(rb"[\s\xef\xbb\xbf]*-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----")


@dataclass(frozen=True, kw_only=True, slots=True)
class SeedText:
    """A seed text in all its forms. `sources` are the closing URL lines, in order, distinct."""

    octets: bytes
    text: str
    header: Header | None
    sources: tuple[str, ...]
    body: str
    passages: tuple[str, ...]

    @property
    def sha256(self) -> Digest:
        """The digest of the octets as they were given."""
        return Digest.of(self.octets)


def refuse_key(octets: bytes) -> None:
    """Raise `InvalidInput` for a private key that was given as a seed text by mistake: it would
    be sealed, and published."""
    if _KEY.match(octets):
        raise InvalidInput(
            "seed.key",
            "is a private key, not a seed text",
            hint="name the file with the text; a key is given with --key",
        )


def text_1(octets: bytes) -> str:
    """The form `archiver-text-1`: UTF-8 without its mark, NFC, LF, exactly one final LF.

    Raises `InvalidInput` for UTF-16 and UTF-32, invalid UTF-8, a NUL, a text of nothing
    but white space, and one with a letter that has more than `MAX_MARKS` marks.
    """
    for mark, name in _MARKS:
        if octets.startswith(mark):
            raise InvalidInput("seed.not_utf8", f"the seed text is {name}: save it as UTF-8")
    try:
        text = octets.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as fault:
        # Counted in the octets as given, so with the mark.
        start = len(octets) - len(fault.object) + fault.start
        raise InvalidInput(
            "seed.not_utf8",
            f"the seed text is not UTF-8 at {_place(octets, start)}",
            hint="save it as UTF-8",
        ) from None
    if "\0" in text:
        raise InvalidInput(
            "seed.nul",
            f"the seed text holds a NUL at {_place(octets, octets.index(0))}",
            hint="a text file holds none; if it is UTF-16 without a mark, save it as UTF-8",
        )
    if not text.strip(BLANKS + "\ufeff"):
        raise InvalidInput("seed.empty", "the seed text is empty or only white space")
    _check_marks(text)
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.rstrip("\n") + "\n"


def read_seed_text(octets: bytes, *, plain: bool = False) -> SeedText:
    """Read a seed document; a `plain` text has neither header line nor closing URL lines.

    Raises `InvalidInput` for the reasons of `text_1` and no other.
    """
    text = text_1(octets)
    lines = text.split("\n")
    header = None if plain else _take_header(lines)
    sources = () if plain else _take_sources(lines)
    passages = _passages(lines)
    return SeedText(
        octets=octets,
        text=text,
        header=header,
        sources=sources,
        body=_body(lines),
        passages=passages,
    )


def _take_header(lines: list[str]) -> Header | None:
    """Cut the header line off the first line that is not blank, if it is one."""
    for place, line in enumerate(lines):
        if words := line.strip(BLANKS):
            header = read_header(words)
            if header is not None:
                del lines[: place + 1]
            return header
    return None


def _take_sources(lines: list[str]) -> tuple[str, ...]:
    """Cut off all last lines that are nothing but a URL, with the blank lines between them."""
    sources: list[str] = []
    keep = len(lines)
    for place in reversed(range(len(lines))):
        words = lines[place].strip(BLANKS)
        match = _URL_LINE.fullmatch(words)
        if match is not None:
            sources.append(match[1])
            keep = place
        elif words:
            break
    del lines[keep:]
    return tuple(dict.fromkeys(reversed(sources)))


def _body(lines: list[str]) -> str:
    filled = [place for place, line in enumerate(lines) if line.strip(BLANKS)]
    if not filled:
        return ""
    return "\n".join(lines[filled[0] : filled[-1] + 1]) + "\n"


def _passages(lines: list[str]) -> tuple[str, ...]:
    passages: list[list[str]] = [[]]
    for line in lines:
        if line.strip(BLANKS):
            passages[-1].append(line)
        elif passages[-1]:
            passages.append([])
    return tuple("\n".join(passage).strip(BLANKS) for passage in passages if passage)


def _check_marks(text: str) -> None:
    """Refuse what no script has: to put so many marks in order takes the square of their number."""
    run = 0
    for char in () if text.isascii() else text:
        run = run + 1 if combining(char) else 0
        if run > MAX_MARKS:
            raise InvalidInput(
                "seed.marks", f"the seed text has a letter with more than {MAX_MARKS} marks on it"
            )


def _place(octets: bytes, offset: int) -> str:
    before = octets[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    return f"octet {offset} (line {line})"
