"""Which other resources a page or a style sheet names. Nothing is guessed.

What is found here is fetched and recorded, not judged: so the standard library's parser
will do, whatever its versions make of broken markup.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

MAX_REFERENCES = 2000  # of one document
_LINKS = frozenset(
    "stylesheet icon apple-touch-icon apple-touch-icon-precomposed mask-icon manifest preload "
    "modulepreload".split()
)
# Element, attribute: each names one resource that belongs to the page.
_SOURCES = frozenset(
    {
        ("img", "src"),
        ("input", "src"),
        ("script", "src"),
        ("iframe", "src"),
        ("frame", "src"),
        ("embed", "src"),
        ("object", "data"),
        ("audio", "src"),
        ("video", "src"),
        ("video", "poster"),
        ("source", "src"),
        ("track", "src"),
        ("body", "background"),
        ("table", "background"),
        ("td", "background"),
        ("image", "href"),
        ("image", "xlink:href"),
    }
)
_SETS = frozenset({("img", "srcset"), ("source", "srcset"), ("link", "imagesrcset")})
# Every repetition is bounded: a hostile style sheet must not cost the square of its size.
_URL = re.compile(
    r"""url\([ \t\n\f\r]{0,64}(?:"([^"\n]{0,8192})"|'([^'\n]{0,8192})'|([^"'()\s]{0,8192}))"""
    r"""[ \t\n\f\r]{0,64}\)""",
    re.I,
)
_IMPORT = re.compile(r"""@import[ \t\n\f\r]{1,64}(?:"([^"\n]{0,8192})"|'([^'\n]{0,8192})')""", re.I)
_BETWEEN = re.compile(r"[\s,]*")
_WORD = re.compile(r"\S+")


def of_page(markup: str, url: str) -> list[str]:
    """The references of an HTML document as absolute URLs, in order, each once."""
    parser = _Parser(url)
    # Without close(): what stands unfinished at the end names nothing, and to look at it
    # again and again would cost the square of its size.
    parser.feed(markup)
    return _each_once(parser.found)


def of_style(style: str, url: str) -> list[str]:
    """The references of a style sheet as absolute URLs, in order, each once."""
    return _each_once(_join(url, one) for one in _in_style(style))


def _each_once(found: object) -> list[str]:
    assert hasattr(found, "__iter__")  # noqa: S101 - both callers give something to go through
    return list(dict.fromkeys(one for one in found if one))[:MAX_REFERENCES]


def _in_style(style: str) -> list[str]:
    style = _without_comments(style)
    found = [(one.start(), one) for one in (*_IMPORT.finditer(style), *_URL.finditer(style))]
    return [next(filter(None, one.groups()), "") for _, one in sorted(found, key=lambda at: at[0])]


def _without_comments(style: str) -> str:
    kept = []
    position = 0
    while (start := style.find("/*", position)) >= 0:
        kept.append(style[position:start])
        end = style.find("*/", start + 2)
        position = len(style) if end < 0 else end + 2
    return " ".join([*kept, style[position:]])


def _in_set(value: str) -> list[str]:
    """The URLs of a `srcset` (HTML §4.8.4.2.2): a URL, then a description up to a comma."""
    found: list[str] = []
    position = 0
    while True:
        between = _BETWEEN.match(value, position)
        word = _WORD.match(value, between.end() if between else position)
        if word is None:
            return found
        position = word.end()
        url = word[0].rstrip(",")
        found.append(url)
        if url == word[0]:
            comma = value.find(",", position)
            position = len(value) if comma < 0 else comma + 1


def _join(base: str, reference: str) -> str:
    reference = reference.strip(" \t\n\f\r")
    if not reference or reference.startswith("#"):
        return ""
    try:
        joined = urljoin(base, reference)
    except ValueError:
        return ""
    return joined if joined.lower().startswith(("http://", "https://")) else ""


class _Parser(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._base = url
        self._based = False
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "base" and "href" in given and not self._based:
            # Only the first <base> counts (HTML §4.2.3).
            self._based = True
            self._base = _join(self._base, given["href"]) or self._base
        if tag == "link" and _LINKS & set(given.get("rel", "").lower().split()):
            self._add(given.get("href", ""))
        for name, value in given.items():
            if (tag, name) in _SOURCES:
                self._add(value)
            elif (tag, name) in _SETS:
                for candidate in _in_set(value):
                    self._add(candidate)
            elif name == "style":
                for one in _in_style(value):
                    self._add(one)
        self._style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._style = self._style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._style:
            for one in _in_style(data):
                self._add(one)

    def _add(self, reference: str) -> None:
        self.found.append(_join(self._base, reference))
