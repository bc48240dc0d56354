"""Texts that somebody would rather have run, hidden or read otherwise; packages of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import product
from typing import Any
from urllib.parse import quote

from tests.verify.scenes import HOST, SCENES, URL, Scene, answer

_CALLS = ("alert(1)", "alert`1`", "top['al'+'ert'](1)")
_EVENTS = "onerror onload onmouseover onfocus onclick ontoggle onanimationstart".split()
_HOLDERS = (
    "<img src=x {}>",
    "<svg {}>",
    "<body {}>",
    "<details open {}>x</details>",
    '"{} x="',
    "' {} '",
    "<input autofocus {}>",
    "<video><source {}></video>",
    "<a href=x {}>x</a>",
    "<p style=animation:x {}>",
)
_CLOSERS = ("", '">', "'>", "</title>", "</style>", "</script>", "</textarea>", "-->", "]]>", "`>")
_SCHEMES = ("javascript:", "JaVaScRiPt:", "java\tscript:", "\x01javascript:", "data:text/html,")
_SCHEMES += ("vbscript:", "feed:javascript:", "&#106;avascript:", "javascript&colon;", "file:///")
_TERMINAL = (
    "\x1b[31mred",
    "\x1b]0;owned\x07",
    "\x1b[2J\x1b[H",
    "\x1b]8;;http://far.example/\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x9b31mred",
    "\x9d0;owned\x9c",
    "over\rwritten",
    "back\b\b\b\bspace",
    "form\ffeed\vtab",
    "\x1b[6n",
    "\x1b[?1049h",
)
_MACHINES = (
    "::error::x",
    "::set-output name=a::b",
    "${{ secrets.TOKEN }}",
    "$(touch /tmp/x)",
    "`touch /tmp/x`",
    "; touch /tmp/x #",
    "| touch /tmp/x",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://far.example/")',
    "@SUM(1+1)",
    "+1+1",
    "-1+1",
    "%s%s%s%n",
    "{0.__class__}",
    "{{7*7}}",
    "${7*7}",
    "<%= 7*7 %>",
    "#{7*7}",
    "' OR '1'='1",
    "1; DROP TABLE cases--",
    "../../../etc/passwd",
    "..\\..\\boot.ini",
    "C:\\con\\con",
    "aux.txt",
    "file\0name",
    "~/.ssh/id_rsa",
    "-rf",
    "--help",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>",
)
_MARKDOWN = (
    "[x](javascript:alert(1))",
    "![x](http://far.example/seen.gif)",
    "<http://far.example/>",
    "```\nfence",
    "~~~\nfence",
    "# heading",
    "> quote",
    "| a | b |\n|---|---|",
    "[^1]: note",
    "[x]: http://far.example/",
    "* * *",
    "@everyone",
    "<details><summary>x</summary>",
    "\\`x\\`",
    "&lt;b&gt;&#60;b&#62;&amp;",
)
_LETTERS = (
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349a\u0301" * 9,
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645 123 abc",
    "\u202enoitacol\u202c",
    "\u2067\u05d0\u2069\u2066b\u2069",
    "evil\u202egpj.exe",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f",
    "\u30c6\u30b9\u30c8 \u4e2d\u6587 \ud55c\uad6d\uc5b4",
    "\u0e01\u0e33\u0e49" * 20,
    "p\u0430yp\u0430l.example",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "\U000e0001\U000e0061\U000e007f",
    "\u115f\u1160\u3164\uffa0",
    "\ufeffBOM\ufffe",
    "a" * 3000,
    "\u202e" * 300,
    "\n" * 50,
    "",
    " ",
    "null",
    "undefined",
    "NaN",
    "true",
    "1e999",
    "\ufffd\uffff",
)


def strings() -> tuple[str, ...]:
    """Every one of them once."""
    return tuple(dict.fromkeys(_strings()))


def _strings() -> Iterator[str]:
    for holder, event, call in product(_HOLDERS, _EVENTS, _CALLS):
        yield holder.format(f"{event}={call}")
    for closer, call in product(_CLOSERS, _CALLS):
        yield f"{closer}<script>{call}</script>"
        yield f"{closer}<script src=//far.example/x.js>{call}</script>"
    for scheme, call in product(_SCHEMES, _CALLS):
        yield f"{scheme}{call}"
        yield f'<a href="{scheme}{call}">x</a>'
    for tag in ("iframe src", "object data", "embed src", "link rel=stylesheet href", "base href"):
        yield f"<{tag}=//far.example/x>"
    yield '<meta http-equiv=refresh content="0;url=//far.example/">'
    yield "<style>*{background:url(//far.example/x)}</style>"
    yield "<form action=//far.example/><button>x"
    yield "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>"
    yield "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>"
    yield "<template><script>alert(1)</script></template>"
    for number in (*range(0x20), *range(0x7F, 0xA0)):
        yield f"a{chr(number)}b"
    for number in (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F)):
        yield f"a{chr(number)}b"
    for number in (*range(0x2060, 0x2070), 0xFE00, 0xFE0F, 0xFEFF, 0xFFF9, 0xE0001, 0xE007F):
        yield f"a{chr(number)}b"
    yield from (*_TERMINAL, *_MACHINES, *_MARKDOWN, *_LETTERS)


@dataclass(frozen=True)
class Hostile(Scene):
    """A capture in which everything that others write is this text."""

    text: str = ""

    def layers(self) -> tuple[dict[str, Any], dict[str, Any]]:
        claimed, assessed = super().layers()
        text = self.text or "x"
        claimed["claimed"] |= {"title": text[:999], "authors": [{"name": text[:99]}]}
        claimed["outlet"]["name"] = text[:299]
        claimed["rights"] = {"holder": text[:499], "basis": text[:1999]}
        claimed["related"] = [{"rel": "mirror", "ref": text[:999]}]
        claimed["seed_text"]["origin"]["obtained_by"] = text[:99]
        note = {"target": text[:999], "label": "deny", "analyst": text[:299], "note": text}
        assessed["stance"] = [{**assessed["stance"][0], **note}]
        assessed["notes"] = text
        assessed["keywords"] = [text[:99]]
        assessed["sensitivity"]["harm_note"] = text[:999]
        return claimed, assessed


def scene(text: str) -> Hostile:
    """The text as title, as words, as markup, in the head of the answer and in an address."""
    field = text.encode("latin-1", "replace").decode("latin-1")
    field = "".join(char if char.isprintable() else "?" for char in field)
    moved = f"https://{HOST}/{quote(text[:200], safe='')}?q={quote(text[:200])}"
    extra = f"X-Evil: {field[:2000]}\r\n"
    page = (
        f"<!doctype html><title>{escape(text)}</title><h1>{escape(text)}</h1>{text}\n"
        f"<p>{escape(text)}</p><p>The mayor opened the {escape(text)} over the harbour on Friday, "
        "and thousands came to see it.</p>"
    )
    octets = page.encode("utf-8", "replace")
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{extra}"
    whole = f"{head}Content-Length: {len(octets)}\r\n\r\n".encode("latin-1") + octets
    first = answer("", "301 Moved", f"Location: {moved}\r\n")
    return Hostile(
        **{
            **{name: getattr(SCENES["captured"], name) for name in Scene.__dataclass_fields__},
            "hops": ((URL, first), (moved, whole)),
        },
        text=text,
    )


def package(text: str) -> bytes:
    out = io.BytesIO()
    replace(scene(text)).built().write(out)
    return out.getvalue()
