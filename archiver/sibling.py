"""The address that a sibling probe asks for: beside the source's, and naming nothing.

It follows from what `capture.json` says of the first exchange, so that anyone can see
that it was not chosen to fit.
"""

from __future__ import annotations

import re

from archiver.digest import Digest

_MOST = 8000  # characters of an address
_URL = re.compile(r"(https?://[^/?#]+)([^?#]*)(?:\?([^#]*))?", re.I)
_EXTENSION = re.compile(r".*?(\.[A-Za-z][A-Za-z0-9]{1,4})?", re.S)
# Programs, of which the query says what page they are to show.
_PROGRAM = re.compile(
    r"(?:.*\.(?:php[0-9]?|aspx?|jspx?|cgi|cfm|do|pl|fcgi|dll|exe)"
    r"|index|default|watch|item|view|show|story|article|news|read|post|node|page)",
    re.I | re.S,
)
# What is added to an address to follow people, and names no page.
_FOLLOWS = re.compile(r"utm_.*|[a-z]*clid|ref|ref_src|source|from|share|amp|cmpid|s_cid", re.I)
_NAMES = re.compile(r".*id|[pvanqst]|article|story|slug|post|title|doc|item|news|topic", re.I)


def token(url: str, date: str) -> str:
    """The nonsense word: the first 16 hex digits of SHA-256 over the first exchange's URL,
    a line feed and its date as `capture.json` spells it."""
    return Digest.of(f"{url}\n{date}".encode()).hex[:16]


def sibling_url(url: str, date: str) -> str | None:
    """The sibling of the address that was asked for first; None where it has none (the root).

    The nonsense word takes the place of the value that names the page, where a query does,
    or else of the last segment of the path (its extension and a closing slash stay, and the
    query goes).
    """
    match = _URL.match(url)
    if match is None:
        return None
    site, path = match[1], match[2]
    word = token(url, date)
    trunk, slash, name = path.rstrip("/").rpartition("/")
    closing = "/" if path.endswith("/") else ""
    query = _other_query(match[3] or "", word)
    if query is not None and (not name or _PROGRAM.fullmatch(name)):
        made = f"{site}{path or '/'}?{query}"
    elif name:
        ending = _EXTENSION.fullmatch(name)
        made = f"{site}{trunk}{slash}{word}{(ending and ending[1]) or ''}{closing}"
    else:
        return None
    return made if len(made) <= _MOST else None


def _other_query(query: str, word: str) -> str | None:
    """The query with another page in it; None where it names none."""
    pairs = [pair.partition("=") for pair in query.split("&")]
    values = [
        at for at, (key, _, value) in enumerate(pairs) if value and not _FOLLOWS.fullmatch(key)
    ]
    if not values:
        return None
    at = next((at for at in values if _NAMES.fullmatch(pairs[at][0])), values[-1])
    pairs[at] = (pairs[at][0], "=", word)
    return "&".join("".join(pair) for pair in pairs)
