"""RSS, Atom and other XML to text: every element's text, of a feed's HTML what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.judge.corpus import Collector, Corpus
from archiver.judge.elements import BLOCKS
from archiver.judge.references import resolved
from archiver.judge.tags import lower

XML = "xml"
# No value holds a "<" (XML 1.0 §3.1), so that every attempt ends at the next one.
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[(.*?)(?:\]\]>|\Z)|<[?!][^>]*+(?:>|\Z)"
    r"""|<(/?)([^\t\n\r <>/!?"'=]++)((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>""",
    re.S,
)
_FEEDS = frozenset("rss feed rdf".split())
# Of XHTML in a feed: what does not end the text it stands in.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd mark q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)
_INSIDE = BLOCKS - frozenset(["body", "html", "link", "summary", "address", "menu", "option"])


def root_of(source: str) -> str:
    """The local name of a document's root element, in lower case; empty where it has none."""
    for match in _TOKEN.finditer(source):
        if match[3] is not None:
            return _local(match[3])
    return ""


def _local(name: str) -> str:
    return lower(name.rpartition(":")[2])


def texts_of(source: str) -> Corpus:
    """The texts of an XML document, an element's each; those of a feed may hold HTML."""
    made = Collector()
    is_feed = root_of(source) in _FEEDS
    markup = None if is_feed else False
    run: list[tuple[str, int, int]] = []
    open_names: list[str] = []

    def close() -> None:
        name = open_names[-1] if open_names else ""
        above = open_names[-2] if len(open_names) > 1 else ""
        if any(text.strip() for text, _, _ in run):
            made.add(XML, above, name, run, markup=markup)
        run.clear()

    for kind, name, start, end in _tokens(source):
        if kind == "text":
            run.extend(resolved(source, start, end))
        elif kind == "cdata":
            run.append((source[start:end], start, end - start))
        elif is_feed and name in _INLINE:
            continue
        elif is_feed and name in _INSIDE:
            run.append(("\n", start, end - start))
        else:
            close()
            if kind == "start":
                open_names.append(name)
            elif kind == "end" and open_names:
                open_names.pop()
    close()
    return made.done()


def _tokens(source: str) -> Iterator[tuple[str, str, int, int]]:
    """(`text`, `cdata`, `start`, `end` or `empty`; local name; from; to) of a document."""
    position = 0
    for match in _TOKEN.finditer(source):
        if match.start() > position:
            yield "text", "", position, match.start()
        position = match.end()
        if match[1] is not None:
            yield "cdata", "", *match.span(1)
        elif match[3] is not None:
            kind = "end" if match[2] else "empty" if match[4].endswith("/") else "start"
            yield kind, _local(match[3]), match.start(), match.end()
    if position < len(source):
        yield "text", "", position, len(source)
