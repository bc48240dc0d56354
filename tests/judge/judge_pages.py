"""What the tests of the judge share: pages, seed texts, and the comparison of both."""

from __future__ import annotations

from typing import Any

from archiver.case.seedtext import read_seed_text
from archiver.http1 import Head
from archiver.judge.claims import Stated
from archiver.judge.compare import Claim, Comparison, compare
from archiver.judge.page import NoText, Page, page_of
from archiver.judge.seed import Passage, passages

FIRST = "The council of Larkmoor met on 12 May and kept the old bridge closed."
SECOND = 'Its chair, Ms O\'Hara, said: "We do not have the 4.5 million that it takes."'
THIRD = "Repairs - if they come at all - would begin in 2031 at the earliest..."
SEED = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n"


def page(
    markup: str | bytes, content_type: str = "text/html; charset=utf-8", coding: str = ""
) -> Page | NoText:
    """The page in a body; markup as text is sent in UTF-8."""
    octets = markup.encode("utf-8") if isinstance(markup, str) else markup
    fields = [("content-type", content_type)] if content_type else []
    fields += [("content-encoding", coding)] if coding else []
    return page_of(Head(status=200, fields=tuple(fields), size=0), octets)


def shown(markup: str | bytes, content_type: str = "text/html; charset=utf-8") -> str:
    """The text of a page that has one."""
    read = page(markup, content_type)
    return read.text if isinstance(read, Page) else ""


def sought(seed: str, digests: bool = False) -> tuple[Passage, ...]:
    """The passages of a seed text, with their text or as digests alone."""
    found = passages(read_seed_text(seed.encode("utf-8"), plain=True))
    if digests:
        return tuple(Passage(number=one.number, forms=one.forms) for one in found)
    return found


def compared(
    seed: str, read: Page | NoText | str, digests: bool = False, **stated: Any
) -> Comparison:
    """A seed text against a page."""
    read = page(read) if isinstance(read, str) else read
    return compare(Claim(passages=sought(seed, digests), stated=Stated(**stated)), read)


def statuses(seed: str, read: Page | NoText | str, digests: bool = False) -> list[str]:
    """What became of each passage."""
    return [one.status for one in compared(seed, read, digests).findings]
