"""Sixty titles, notes and addresses that an opponent would write, for every place where they are
shown. `MARKS` is what must never come out alive."""

from __future__ import annotations

TEXTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "]]></content><script/>",
    "<!--",
    "--><b>",
    "<![CDATA[ x ]]>",
    "<!DOCTYPE feed [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "<?xml version='1.0'?>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&amp;&bogus;&",
    '" onmouseover="alert(1)',
    "' onclick='x",
    "[link](https://evil.example/)",
    "![picture](https://evil.example/x.png)",
    "[ref]: https://evil.example/",
    "[x][ref]",
    "<https://evil.example/>",
    "https://evil.example/ http://evil.example www.evil.example",
    "mail me@evil.example please",
    "@torvalds and @github/security",
    "fixes #1, GH-1, octo/repo#1",
    "16c999e8c71134401a78d4d46435517b2271d6ac",
    "`code` and ``more``",
    "````````",
    "`",
    "a`[x](https://evil.example/)`b",
    "``` \n[x](https://evil.example/)\n```",
    "~~~\n<b>\n~~~",
    "# heading",
    "\n\n# heading\n\n",
    "- item\n- item",
    "> quote",
    "1. one",
    "| a | b |\n|---|---|",
    "***\n---\n___",
    "*bold* _it_ ~~gone~~",
    "$\\href{https://evil.example}{x}$",
    "$`\\unicode{x}`$",
    "```mermaid\ngraph TD\n```",
    ":+1: :shipit:",
    "\\`\\[x\\](y)",
    "a\\",
    "<details><summary>x</summary>",
    "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "::set-output name=x::y",
    "\n::add-mask::secret",
    "##[error]x",
    "${{ secrets.GITHUB_TOKEN }}",
    "x\nNAME=value\nEOF",
    "$(touch /tmp/pwned)`id`",
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m\x00\x7f\x85",
    "\u202eevil\u2066x\u2069\u200b\ufeff",
    "\u2028\u2029\r\n\t",
    "\ufffe\uffff\ud800",
    "=cmd|' /C calc'!A0" + "x" * 5000,
)
CONTROL = {*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F)} | {
    *range(0x2066, 0x206A)
}


def has_no_control(text: str) -> bool:
    """But for the ends of our own lines."""
    return not CONTROL & {ord(one) for one in text if one != "\n"}
