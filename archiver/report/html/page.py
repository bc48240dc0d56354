"""The whole report on one package."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.report.html.claims import amendments, claims
from archiver.report.html.document import document, section
from archiver.report.html.markup import Content, element
from archiver.report.html.pagetext import page_text
from archiver.report.html.passages import comparison
from archiver.report.html.sealing import (
    checks,
    custody,
    digests,
    how_to_check,
    identity,
    signatures,
    stamps,
)
from archiver.report.html.shown import lists, shows
from archiver.report.html.summary import in_short, masthead, title_of
from archiver.report.html.wire import certificates, controls, exchanges, names, signals
from archiver.report.subject import Subject

_FOOTER = element(
    "footer",
    element(
        "p",
        "Written by archiver from the package and what stands beside it, which were verified "
        "first. This page is no part of the evidence. Text from outside is shown as it is; "
        "characters that nobody would see, or that would move others, are spelled out.",
    ),
)


def report(subject: Subject) -> bytes:
    """The page: a function of the package, what stands beside it, and whose keys and
    authorities are trusted. No moment, no machine and no network goes into it."""
    parts = tuple(_parts(subject))
    contents = element(
        "nav",
        element(
            "ul", [element("li", element("a", title, href=f"#{name}")) for name, title, _ in parts]
        ),
        class_="contents",
        aria_label="Contents",
    )
    return document(
        f"Report: {title_of(subject)}",
        masthead(subject),
        element(
            "main",
            in_short(subject),
            contents,
            [section(name, title, content) for name, title, content in parts],
        ),
        _FOOTER,
    )


def _parts(subject: Subject) -> Iterator[tuple[str, str, Content]]:
    yield "text", "The text, passage by passage", comparison(subject)
    yield "shows", "What this shows, and what it does not", shows(subject)
    yield "claims", "What is claimed", [claims(subject), amendments(subject.report.amendments)]
    yield "seen", "What was seen", exchanges(subject)
    yield "outcome", "Why the outcome is what it is", signals(subject)
    yield "controls", "Control pages and probes", controls(subject)
    yield "page", "The page's text", page_text(subject)
    yield "names", "Name servers", names(subject)
    yield "certificates", "Certificates", certificates(subject)
    yield "package", "The package", [identity(subject), checks(subject), digests(subject)]
    sealing = [
        element("h3", "Signatures"),
        signatures(subject),
        element("h3", "Time stamps"),
        stamps(subject),
    ]
    yield "sealing", "Signatures and time stamps", sealing
    if subject.history or subject.gaps:
        yield "custody", "Custody", custody(subject)
    yield "standards", "Professional standards", lists(subject)
    yield "check", "How to check it", how_to_check(subject)
