"""What professional standards ask, held against one package: met, not met, or for a person.

The items follow published summaries of the standards, in our words. Nobody is told that a
package fulfils a standard: a list is no certificate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archiver.judge.clock import clock_offset
from archiver.judge.page import Page
from archiver.report.subject import Subject
from archiver.report.words import clock_words

MET, NOT_MET, PERSON = "met", "not met", "for a person to do"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a standard asks: `state` is one of the three, `why` says on what ground."""

    place: str
    asks: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard and the items that a package can be held against."""

    name: str
    items: tuple[Item, ...]


def standards(subject: Subject) -> tuple[Standard, ...]:
    """Every list."""
    return (
        Standard(
            "Berkeley Protocol on Digital Open Source Investigations (HR/PUB/20/2)",
            (*_berkeley(subject), *_collection(subject)),
        ),
        Standard("ISO/IEC 27037:2012", tuple(_iso(subject))),
        Standard("SWGDE 21-F-001, Acquiring Online Content", tuple(_swgde(subject))),
        Standard("US Federal Rules of Evidence 901(b)(9), 902(11), (13), (14)", _FRE),
    )


def _judged(holds: bool, met: str, otherwise: str) -> tuple[str, str]:
    return (MET, met) if holds else (NOT_MET, otherwise)


def _whole_page(subject: Subject) -> bool:
    response = subject.last.response
    captured = subject.outcome.state == "captured" and response is not None
    return captured and response is not None and response.truncated is None


def _berkeley(subject: Subject) -> Iterator[Item]:
    whole = _whole_page(subject)
    kept = any(one.response is not None for one in subject.seen.of_source())
    yield Item(
        "¶153",
        "Collect in the native format",
        *_judged(
            kept,
            "The octets are kept as they crossed the wire (WARC/1.1).",
            "Nothing came that could be kept; the attempt is recorded.",
        ),
    )
    yield Item(
        "¶154",
        "Document every alteration",
        MET,
        "None was made. What is derived stands in files of its own.",
    )
    yield Item("¶155(a)", "The address (URL)", MET, "As typed, and each one that it led to.")
    yield Item(
        "¶155(b)",
        "The HTML source code",
        *_judged(
            whole and _is_html(subject),
            "The whole body of the answer is kept.",
            "No whole HTML page came back.",
        ),
    )
    yield Item(
        "¶155(c)",
        "A full-page capture with date and time",
        NOT_MET,
        "No picture was taken: archiver runs no browser. Take one with another tool, at once.",
    )
    yield Item("¶155(d)", "Embedded media", *_media(subject))
    yield Item(
        "¶155(e)",
        "Embedded metadata",
        *_judged(whole, "Header fields and markup are kept.", "No whole page came back."),
    )
    yield Item(
        "¶155(f)",
        "Contextual data: comments, related pages, who else published it",
        PERSON,
        "Only what the case says is there.",
    )
    yield Item("¶155(h)", "A hash value", MET, "SHA-256 of every file, record and body.")


def _is_html(subject: Subject) -> bool:
    page = subject.derived.page
    return isinstance(page, Page) and "html" in page.media_type


def _media(subject: Subject) -> tuple[str, str]:
    many = subject.seen.requisites()
    if not subject.seen.settings["requisites"]:
        return NOT_MET, "They were left out by an option."
    if not _whole_page(subject):
        return NOT_MET, "No whole page came back."
    lacking = sum(one.response is None or one.fault is not None for one in many)
    if lacking:
        return NOT_MET, f"Of {len(many)} that the page names {lacking} did not come."
    return MET, f"All {len(many)} that the page names were asked for and answered." if many else (
        "The page names none."
    )


def _collection(subject: Subject) -> Iterator[Item]:
    person = subject.seen.person
    yield Item(
        "¶155(g)",
        "The name of the collector",
        *_judged(person.name != "unknown", "As declared.", "Nobody is named."),
    )
    yield Item(
        "¶155(g)",
        "The network address of the collecting machine",
        PERSON,
        "It is not recorded; the place is, as far as it was declared.",
    )
    yield Item("¶155(g)", "A time stamp", *_stamped(subject))
    offset = clock_offset(subject.seen)
    measured = (
        "No server told its time." if offset is None else f"Difference: {clock_words(offset)}."
    )
    yield Item(
        "¶155(g)",
        "A clock that is kept by a time server (NTP)",
        PERSON,
        f"Whether it was is not recorded. {measured}",
    )
    yield Item("¶167", "A chronological chain of custody", *_custody(subject))


def _stamped(subject: Subject) -> tuple[str, str]:
    return _judged(
        bool(subject.stamps),
        f"By {len(subject.stamps)} authorities that were chosen for it.",
        "The time is the capturing machine's alone.",
    )


def _custody(subject: Subject) -> tuple[str, str]:
    if not subject.history:
        return NOT_MET, "No record of custody was given to this report."
    if subject.gaps:
        return NOT_MET, "The record of custody has gaps."
    return MET, f"{len(subject.history)} events, each in its order."


def _iso(subject: Subject) -> Iterator[Item]:
    report = subject.report
    yield Item(
        "Auditable",
        "Each step can be followed",
        MET,
        f"{len(report.checks)} named checks; a record for everything that was sent and received.",
    )
    yield Item(
        "Repeatable",
        "The same inputs give the same result",
        *_judged(
            report.rebuilt,
            "All that is derived was derived again, to the same octets.",
            f"Only {report.made_by} could derive all of it again.",
        ),
    )
    yield Item(
        "Reproducible",
        "Others get the same result by other means",
        PERSON,
        "A second capture by somebody else, from another network (archiver diff compares).",
    )
    yield Item("Justifiable", "The methods were the right ones", PERSON, "The examiner says why.")
    yield Item(
        "Acquisition",
        "A report with hash values",
        MET,
        "This page: the digest of the file and of every file in it.",
    )
    yield Item("Custody", "Who had it when, where, why", *_custody(subject))
    yield Item("Roles", "First responder and specialist named", PERSON, "The tool knows no roles.")


def _swgde(subject: Subject) -> Iterator[Item]:
    yield Item("Authority", "Legal authority and scope", PERSON, "The tool knows neither.")
    yield Item(
        "Configuration",
        "The tool and how it was set",
        MET,
        f"{subject.seen.software}; every setting that changes what can be seen is recorded.",
    )
    yield Item("Documentation", "Date and time, address, method", MET, "For each exchange.")
    yield Item(
        "Account", "The account that was used", MET, "None: no log-in, and no cookie of before."
    )
    yield Item("Integrity", "Hash values", MET, "SHA-256 of every file.")
    yield Item("Screenshots", "As a supplement", NOT_MET, "None was taken.")


_FRE = (
    Item(
        "901(b)(9)",
        "A process or system that gives an accurate result",
        PERSON,
        "A witness describes it; the rules are published and were applied again.",
    ),
    Item(
        "902(13)",
        "A qualified person certifies the process",
        PERSON,
        "This page has the facts; it is no certification.",
    ),
    Item(
        "902(14)",
        "A copy is identified by its hash value",
        MET,
        "The SHA-256 of the file stands on this page; that a copy has it, a person certifies.",
    ),
    Item("902(11)", "Reasonable written notice", PERSON, "To the other side, with the file."),
)
