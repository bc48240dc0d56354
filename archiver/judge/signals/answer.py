"""An answer read for its signs: head, page and marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archiver.coding import decoded
from archiver.digest import Digest
from archiver.http1 import Head
from archiver.judge.charsets import charset_of
from archiver.judge.page import NoText, Page, page_of, read_response
from archiver.judge.signals.markup import Markup, read_markup

_MOST = 4 << 20  # octets of a document in which its marks are looked for
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
    markup = read_markup(_source(head, entity, page))
    return Answer(
        record=record,
        url=url,
        head=head,
        page=page,
        markup=markup,
        entity=Digest.of(entity),
    )


def _source(head: Head, entity: bytes | bytearray, page: Page | NoText) -> str:
    """The document as text, as the page's traces count it; empty where it is no HTML."""
    if isinstance(page, Page):
        if page.media_type not in _HTML:
            return ""
        return page.body.body[:_MOST].decode(page.charset, errors="replace")
    if page.reason != "no_page_text":
        return ""
    # Nothing is to be seen of it: that is when the marks say most.
    body = decoded(bytes(entity), head)
    if isinstance(body, str):
        return ""
    charset, _, skip = charset_of(body, head.value("content-type") or "", markup=True)
    return body[skip : skip + _MOST].decode(charset, errors="replace")
