"""The name of a case: readable, of small ASCII letters, digits and hyphens, at most 100 long."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote

from archiver.case.domains import registrable_domain
from archiver.errors import InvalidInput

LIMIT = 100
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
# Names that are devices, not files, on some systems.
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
LEDGER = "ledger"  # the folder beside the cases that tells what was done when
# Latin letters that NFKD does not take apart, and apostrophes, which join: "Kyiv's" is "kyivs".
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys("'’‘ʼ`´", "")
)


def case_id(published_date: str | None, host: str, title: str | None, url: str) -> str:
    """The id of a case, such as `2024-08-08-example-org-a-title`; without a date `undated-…`.

    A title that is missing or mostly not in Latin letters gives way to the last segment of
    the URL's path, and that to the first 8 hex digits of sha256(URL).
    """
    dated = re.match(r"[0-9]{4}(?:-[0-9]{2}){0,2}", published_date or "")
    parts = (
        dated[0] if dated else "undated",
        _slug(registrable_domain(host)),
        _title_slug(title or "") or _title_slug(_last_segment(url)) or url_mark(url),
    )
    return _cut("-".join(part for part in parts if part), LIMIT)


def distinct_case_id(taken: str, url: str) -> str:
    """An id for another source whose first choice is taken: with 8 hex digits of sha256(URL)."""
    return f"{_cut(taken, LIMIT - 9)}-{url_mark(url)}"


def url_mark(url: str) -> str:
    """The first 8 hex digits of sha256(URL)."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def check_case_id(text: str) -> str:
    """The id itself. Raises `InvalidInput` where it could not be a folder's name everywhere."""
    if _ID.fullmatch(text) is None:
        raise InvalidInput(
            "case.id",
            "a case id has 1 to 100 of a-z, 0-9 and -, and starts with no hyphen",
            where="case id",
            hint="for example 2024-08-08-example-org-a-title",
        )
    if _RESERVED.fullmatch(text):
        raise InvalidInput("case.id", f"{text} is the name of a device", where="case id")
    if text == LEDGER:
        raise InvalidInput("case.id", f"{text} is the name of the ledger's folder", where="case id")
    return text


def _slug(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def _title_slug(text: str) -> str:
    """The slug, or nothing where most letters of the text would be lost."""
    slug = _slug(text)
    letters = sum(char.isalnum() for char in text)
    kept = sum(char.isalnum() for char in slug)
    return slug if kept * 2 > letters else ""


def _last_segment(url: str) -> str:
    path = re.split(r"[?#]", url.partition("//")[2], maxsplit=1)[0]
    segments = [segment for segment in path.split("/")[1:] if segment]
    if not segments:
        return ""
    name = unquote(segments[-1], errors="replace")
    return re.sub(r"\.(?:html?|php|aspx?|shtml|jsp)$", "", name, flags=re.IGNORECASE)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[: limit + 1].rpartition("-")[0]
    return (head or text[:limit]).rstrip("-")
