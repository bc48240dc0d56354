"""An answer read for its signs: head, page and marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archiver.digest import Digest
from archiver.http1 import Head
from archiver.judge.page import NoText, Page, page_of, read_response
from archiver.judge.signals.markup import Markup, read_markup

_MOST = 4 << 20  # characters of a document in which its marks are looked for
_HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A response with a status, as the judge looks at it; `record` is the WARC record."""

    record: str
    url: str
    head: Head
    page: Page | NoText
    markup: Markup
    entity: Digest


def read_answer(stored: Iterable[bytes], record: str, url: str) -> Answer | None:
    """The answer in the octets of a response record; None where it has no status."""
    head, entity = read_response(stored)
    if head is None:
        return None
    page = page_of(head, entity)
    markup = read_markup(_source(page)[:_MOST])
    return Answer(
        record=record,
        url=url,
        head=head,
        page=page,
        markup=markup,
        entity=Digest.of(entity),
    )


def _source(page: Page | NoText) -> str:
    """The document, as the page's traces count it; empty where it is no HTML."""
    if isinstance(page, NoText):
        # Where nothing is to be seen of it, the marks say most.
        return "" if page.beside is None else page.beside.source
    return page.source if page.media_type in _HTML else ""
