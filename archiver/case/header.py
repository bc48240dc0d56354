"""The first line of a seed document: `date YYYY-MM-DD <title>`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.case.dates import BLANK, PublishedDate, find_date

_KEYWORD = re.compile(rf"date(?:{BLANK}*(?P<colon>[:：]){BLANK}*|{BLANK}+)", re.IGNORECASE)
_SEPARATOR = re.compile(rf"{BLANK}*(?:[:,;|]|[–—-](?={BLANK}|$))?{BLANK}*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """A header line. `fault` says why its date cannot be taken as it stands; else it is empty."""

    date_words: str
    date: PublishedDate | None
    title: str
    fault: str = ""


def read_header(line: str) -> Header | None:
    """The header that this line is (its ends stripped), or `None` for ordinary text.

    Without a colon after `date` only a date makes a header: "Date palms are tall." is a
    sentence. A title is never guessed from anything else.
    """
    keyword = _KEYWORD.match(line)
    if keyword is None:
        return None
    words = line[keyword.end() :]
    found = find_date(words)
    if found is None:
        return Header(date_words="", date=None, title=words) if keyword["colon"] else None
    separator = _SEPARATOR.match(found.rest)
    title = found.rest[separator.end() if separator else 0 :]
    return Header(date_words=found.words, date=found.date, title=title, fault=found.fault)
