"""The shell around a page's content: one file that asks nobody for anything and runs nothing."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from hashlib import sha256
from html import escape

from archiver.report.escape import terminal
from archiver.report.html.markup import Content, Markup, element, markup
from archiver.report.html.style import STYLE

# How every page of ours begins: by this `report --all` knows what it may write over.
MARK = '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="generator" content="'
MARK += 'archiver report">\n'
_POLICY = (
    "default-src 'none'; style-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'"
)
_HEAD = (
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n'
    '<meta name="referrer" content="no-referrer">\n'
    '<link rel="icon" href="data:,">\n'
    "<title>{title}</title>\n<style>{style}</style>\n"
)


def document(title: str, *content: Content) -> bytes:
    """A whole page, in UTF-8. `title` is text from outside."""
    policy = _POLICY.format(base64.b64encode(sha256(STYLE.encode()).digest()).decode("ascii"))
    head = _HEAD.format(policy=policy, title=escape(terminal(title, 200)), style=STYLE)
    body = element("div", content, class_="sheet")
    return f"{MARK}{head}<body>\n{body.source}\n</body>\n</html>\n".encode()


def section(name: str, title: str, *content: Content) -> Markup:
    """A part of the page with its heading, to which `#name` leads."""
    heading = element("h2", title, id=f"{name}-title")
    return element("section", heading, content, id=name, aria_labelledby=f"{name}-title")


def facts(pairs: Iterable[tuple[str, Content] | None], class_: str | None = None) -> Markup:
    """Names and what stands for them; None is left out."""
    rows = [
        element("div", element("dt", name), element("dd", value))
        for name, value in filter(None, pairs)
    ]
    return element("dl", rows, class_=f"facts {class_}" if class_ else "facts")


def table(
    caption: str,
    heads: Iterable[str],
    rows: Iterable[Iterable[Content]],
    class_: str | None = None,
) -> Markup:
    """A table; the first cell of each row is the row's head. It scrolls where it is too wide."""
    head = element("tr", [element("th", one, scope="col") for one in heads])
    made = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", [_row(row) for row in rows]),
        class_=class_,
    )
    return element("div", made, class_="scroll", role="region", aria_label=caption, tabindex="0")


def _row(cells: Iterable[Content]) -> Markup:
    first, *rest = cells
    return element("tr", element("th", first, scope="row"), [element("td", one) for one in rest])


def chip(words: str, kind: str = "") -> Markup:
    """A short word on a ground of colour: `good`, `care`, `bad`, or nothing of these."""
    return element("span", words, class_=f"chip {kind}" if kind else "chip")


def code(text: str) -> Markup:
    """A digest, a name of a file, a number that somebody compares."""
    return element("code", text, dir="ltr")


def folded(summary: str, *content: Content) -> Markup:
    """What is closed at first on a screen, and stands open on paper."""
    return element("details", element("summary", summary), content)


def isolated(parts: Iterable[str], between: str = ", ") -> Markup:
    """Texts from outside in a row, each with its own direction of writing: a date behind a name
    in Arabic would be read backwards otherwise. `unknown` is left out."""
    return joined([element("bdi", one) for one in parts if one != "unknown"], between)


def joined(parts: Iterable[Content], between: str = ", ") -> Markup:
    """Parts with a text between them."""
    made: list[Content] = []
    for one in parts:
        made += [between, one] if made else [one]
    return markup(made)
