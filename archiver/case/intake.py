"""Drafting a case from a seed document or a bare URL. What nobody said stays unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archiver.case.characters import CONTROL
from archiver.case.dates import PublishedDate, parse_date
from archiver.case.domains import is_address, registrable_domain
from archiver.case.identity import case_id, check_case_id
from archiver.case.language import detect_language
from archiver.case.model import Publish
from archiver.case.reading import document_faults
from archiver.case.seedtext import BLANKS, SeedText, read_seed_text, refuse_key
from archiver.case.urls import check_source_url, host_of
from archiver.errors import InvalidInput, Problem

TEXT_FILE = "seed.txt"
MAX_TITLE = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What the person said on the command line; it wins over what the text says. `others` are
    fields of their own, such as `x-desk`."""

    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    language: str | None = None
    case_id: str | None = None
    publish: Publish = Publish.INCLUDE
    others: tuple[tuple[str, str], ...] = ()


def draft_from_text(
    octets: bytes, *, source: str | None, given: Given
) -> tuple[str, dict[str, Any], SeedText, tuple[Problem, ...]]:
    """The id, the document, the seed text and the warnings of a draft.

    `source` wins over the URL of the text. Raises `InvalidInput` for a text that cannot be
    read, that names no source or several, whose date is none or can be read two ways, and
    for given values that a case cannot hold.
    """
    refuse_key(octets)
    seed = read_seed_text(octets)
    url, url_basis, warnings = _source(seed, source)
    date, date_basis, date_warnings = _date(seed, given)
    title, title_basis, title_warnings = _title(seed, given)
    document = _document(url, url_basis, given)
    document["claimed"]["published"] = _published(date, date_basis)
    if title:
        document["claimed"]["title"] = title
        document["basis"]["claimed.title"] = title_basis
    if given.language is None and (found := detect_language(seed.body)) != "und":
        document["claimed"]["language"] = found
        document["basis"]["claimed.language"] = "detected"
    document["seed_text"] = {
        "file": TEXT_FILE,
        "sha256": str(seed.sha256),
        "form": "document" if seed.header or seed.sources else "plain",
        "publish": str(given.publish),
        "origin": {"how": "unknown"},
    }
    identity = _identity(url, date, title, given)
    more = _checked(document, seed)
    return identity, document, seed, (*warnings, *date_warnings, *title_warnings, *more)


def draft_from_url(url: str, given: Given) -> tuple[str, dict[str, Any]]:
    """The id and the document of a draft without a text.

    Raises `InvalidInput` for a URL that is no source, and for given values that a case
    cannot hold.
    """
    check_source_url(url)
    date = None if given.date is None else _given_date(given.date)
    document = _document(url, "given", given)
    document["claimed"]["published"] = _published(date, "given")
    if given.title is not None:
        document["claimed"]["title"] = given.title
        document["basis"]["claimed.title"] = "given"
    _checked(document, None)
    return _identity(url, date, given.title, given), document


def _document(url: str, url_basis: str, given: Given) -> dict[str, Any]:
    """What every draft has. An outlet that nobody named is called by its domain."""
    domain = registrable_domain(host_of(url))
    name, name_basis = given.outlet, "given"
    if name is None:
        name, name_basis = ("unknown", "unknown") if is_address(domain) else (domain, "url")
    return {
        "source": {"url": url},
        "claimed": {"language": "und" if given.language is None else given.language},
        "outlet": {"name": name, "domain": domain},
        "basis": {
            "source.url": url_basis,
            "claimed.language": "unknown" if given.language is None else "given",
            "outlet.name": name_basis,
            "outlet.domain": "url",
        },
        "review": {"state": "draft"},
        **dict(given.others),
    }


def _source(seed: SeedText, source: str | None) -> tuple[str, str, tuple[Problem, ...]]:
    if source is not None:
        check_source_url(source)
        if not seed.sources or source in seed.sources:
            return source, "given", ()
        what = f"is {source}, as given; the seed text names {', '.join(seed.sources[:3])}"
        return source, "given", (Problem(where="source.url", rule="disagrees", what=what),)
    if not seed.sources:
        raise InvalidInput(
            "seed.no_source",
            "the seed text names no source: its last line is no URL",
            where="source.url",
            hint="archiver capture URL --text FILE",
        )
    if len(seed.sources) > 1:
        raise InvalidInput(
            "seed.many_sources",
            f"the seed text names {len(seed.sources)} sources in its last lines, and one is needed",
            where="source.url",
            hint="archiver capture URL --text FILE, with the right one",
        )
    return check_source_url(seed.sources[0]), "seed_text_url", ()


def _date(seed: SeedText, given: Given) -> tuple[PublishedDate | None, str, tuple[Problem, ...]]:
    header = seed.header
    if given.date is not None:
        date = _given_date(given.date)
        if header is None or header.date in (None, date):
            return date, "given", ()
        what = f"is {date.date}, as given; the seed text says {header.date_words}"
        where = "claimed.published.date"
        return date, "given", (Problem(where=where, rule="disagrees", what=what),)
    if header is None:
        return None, "unknown", ()
    if header.fault:
        raise InvalidInput(
            "seed.date",
            f"the date {header.fault}",
            where="claimed.published.date",
            hint="give it with --date YYYY-MM-DD",
        )
    return header.date, "seed_text_header", ()


def _given_date(words: str) -> PublishedDate:
    try:
        return parse_date(words)
    except InvalidInput as fault:
        raise InvalidInput(
            fault.code, f"--date: {fault.what}", where="claimed.published.date", hint=fault.hint
        ) from None


def _published(date: PublishedDate | None, basis: str) -> dict[str, str]:
    if date is None:
        return dict.fromkeys(("date", "precision", "zone", "basis"), "unknown")
    return {"date": date.date, "precision": date.precision, "zone": date.zone, "basis": basis}


def _title(seed: SeedText, given: Given) -> tuple[str | None, str, tuple[Problem, ...]]:
    if given.title is not None:
        return given.title, "given", ()
    title = seed.header.title.strip(BLANKS) if seed.header else ""
    if not CONTROL.search(title) and len(title) <= MAX_TITLE:
        return title or None, "seed_text_header", ()
    what = "is left out: in the seed text it is longer than a title or holds control characters"
    problem = Problem(where="claimed.title", rule="title", what=what, fix="give it with --title")
    return None, "unknown", (problem,)


def _identity(url: str, date: PublishedDate | None, title: str | None, given: Given) -> str:
    if given.case_id is not None:
        return check_case_id(given.case_id)
    return case_id(date.date if date else None, host_of(url), title, url)


def _checked(document: dict[str, Any], seed: SeedText | None) -> tuple[Problem, ...]:
    """The warnings about a draft; its errors can only come from what was given or its source."""
    errors, warnings = document_faults(document, seed, seed is not None)
    if errors:
        first = errors[0]
        raise InvalidInput(
            "case.invalid",
            f"{first.where}: {first.what}",
            where=first.where,
            hint=first.fix,
            problems=errors,
        )
    return warnings
