"""A seed text of the users' shape and its page. Made up for these tests."""

from __future__ import annotations

from pathlib import Path

TITLE = "Ferry service to the outer islands resumes"
PARAGRAPHS = (
    "The ferry to the outer islands runs again since Monday, after a pause of eleven weeks.",
    "“We never doubted it,” said the harbour master’s deputy, who had kept the boats ready "
    "— at least three of them — all winter.",
    "About 1,350 people live on the islands. In January the mail came by helicopter, and the "
    "school on Small Skerry was closed for 9 days.",
    "Tickets cost 4.50 each way; children travel free. The timetable hangs at the pier and has "
    "not changed since last year…",
)


def seed_text(url: str, title: str = TITLE) -> str:
    body = "\n\n".join(PARAGRAPHS)
    return f" date 2025-02-17 {title}\n\n{body}\n\n{url}"


PAGE = """<!DOCTYPE html>
<html lang=en><head><title>Ferry service to the outer islands resumes | The Pier</title>
<style>p { margin: 0 }</style><script>var a = "<p>The ferry to";</script></head>
<body><header><h1>Ferry service to the outer islands resumes</h1></header>
<p>The <b>ferry</b> to the <a href="/islands?a=1&amp;b=2">outer islands</a> runs again since
Monday, after a pause of eleven&nbsp;weeks.</p>
<aside>Advertisement</aside>
<p>&ldquo;We never doubted it,&rdquo; said the harbour master's deputy, who had kept the
boats ready &mdash; at least <i>thr</i>ee of them &#8212; all winter.<!-- kept --></p>
<div>About 1,350 people live on the islands. In January the mail came by heli\u00adcopter, and
   the school on Small Skerry was closed for 9 days.</div>
<p>Tickets cost 4.50 each way; children travel free. The timetable hangs at the pier and
has not changed since last year...</p>
<footer>Nothing here is real.</footer></body></html>
"""


def cases(archives: Path) -> list[Path]:
    """The case folders of an archives folder: all that stands there but the ledger."""
    return sorted(one for one in archives.iterdir() if one.name != "ledger")
