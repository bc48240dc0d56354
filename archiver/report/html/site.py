"""A folder of archives as pages: an index, and a page a case with its captures and changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.judge.outcome import STATES
from archiver.report.html.document import (
    chip,
    code,
    document,
    facts,
    isolated,
    joined,
    section,
    table,
)
from archiver.report.html.markup import Content, Markup, element, foreign, markup
from archiver.report.html.sealing import custody
from archiver.report.html.summary import chips, title_of
from archiver.report.sentences import findings, headline, moment_words
from archiver.report.subject import Subject

INDEX = "index.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class Captured:
    """A capture in a case's history. `change` is what differs from the one before, as
    markup; None for the first. `result` is the comparison's."""

    name: str
    id: str
    started: str
    state: str
    reason: str
    result: str
    altered: bool
    headline: str
    findings: tuple[tuple[str, str], ...]
    change: Markup | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A package file in a case that is no evidence, and why."""

    name: str
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseHistory:
    """A case as its pages tell it: what is claimed as of its newest package, and its captures,
    the oldest first."""

    id: str
    title: str
    outlet: str = "unknown"
    published: str = "unknown"
    language: str | None = None
    source: str = "unknown"
    custody: Markup | None = None
    captures: tuple[Captured, ...] = ()
    unread: tuple[Unread, ...] = ()


def case_file(identity: str) -> str:
    """Where a case's page stands in the folder."""
    return f"case/{identity}.html"


def report_file(identity: str, package: str) -> str:
    """Where the report on a package stands in the folder."""
    return f"report/{identity}.{package.removesuffix('.wacz')}.html"


def captured(subject: Subject, change: Markup | None) -> Captured:
    """A package as a line of its case's history."""
    return Captured(
        name=subject.sealed.name,
        id=str(subject.sealed.package.id),
        started=subject.seen.started,
        state=subject.outcome.state,
        reason=subject.outcome.reason,
        result=subject.comparison.result,
        altered=subject.comparison.count("altered") > 0,
        headline=headline(subject),
        findings=tuple((one.of, one.word) for one in findings(subject)),
        change=change,
    )


def history(identity: str, newest: Subject) -> CaseHistory:
    """A case by its newest package that could be read, without its captures."""
    claimed = newest.claimed
    return CaseHistory(
        id=identity,
        title=title_of(newest),
        outlet=claimed["outlet"]["name"][:180],
        published=claimed["claimed"]["published"]["date"],
        language=claimed["claimed"]["language"],
        source=newest.seen.source,
        custody=markup(custody(newest, of_case=True)) if newest.history or newest.gaps else None,
    )


def case_page(case: CaseHistory) -> bytes:
    """The page of a case: every capture, the newest first, with what changed."""
    return document(
        f"Case: {case.title}",
        element(
            "header",
            element("p", "Case ", code(case.id), class_="kicker"),
            foreign("h1", case.title, case.language),
            element("p", _dated(case), class_="lead"),
        ),
        element(
            "main",
            element("p", element("a", "All cases", href=f"../{INDEX}")),
            facts([("Source", element("bdi", case.source)), ("Captures", str(len(case.captures)))]),
            [_capture(case, one) for one in reversed(case.captures)],
            _unread(case),
            case.custody and section("custody", "What the ledger tells", case.custody),
        ),
        _FOOTER,
    )


def _dated(case: CaseHistory) -> Content:
    known = isolated((case.outlet, case.published))
    return known if known.source else "outlet unknown"


def _capture(case: CaseHistory, one: Captured) -> Markup:
    name = f"at-{one.name.removesuffix('.wacz').lower()}"
    words = joined([f"{of}: {word}" for of, word in one.findings], "; ")
    before: Content = element("p", "The first capture here.", class_="note")
    if one.change is not None:
        before = [element("h3", "Against the capture before"), one.change]
    return section(
        name,
        moment_words(one.started),
        chips(one.state, one.result, altered=one.altered),
        element("p", one.headline),
        element("p", words, ".", class_="note"),
        facts(
            [
                (
                    "Report",
                    element("a", f"on {one.name}", href=f"../{report_file(case.id, one.name)}"),
                ),
                ("Package id", code(one.id)),
            ],
            "small",
        ),
        before,
    )


def _unread(case: CaseHistory) -> Content:
    if not case.unread:
        return None
    rows: list[list[Content]] = [[code(one.name), element("bdi", one.what)] for one in case.unread]
    caption = "Files of this case that are not accepted"
    return section("refused", "Not accepted", table(caption, ("File", "Why"), rows))


def index(cases: Sequence[CaseHistory]) -> bytes:
    """The first page: every case in a line, the last captured first."""
    ordered = sorted(cases, key=lambda one: (_last(one), one.id), reverse=True)
    heads = ("Case", "Last outcome", "Last captured", "Captures")
    caption = "Every case, the last captured first"
    rows = [_line(one) for one in ordered]
    return document(
        "Archives",
        element("header", element("p", "Web evidence", class_="kicker"), element("h1", "Archives")),
        element("main", _tally(cases), table(caption, heads, rows, "cases") if rows else None),
        _FOOTER,
    )


def _last(case: CaseHistory) -> str:
    return case.captures[-1].started if case.captures else ""


def _tally(cases: Sequence[CaseHistory]) -> Markup:
    states = Counter(one.captures[-1].state for one in cases if one.captures)
    counts = [(len(cases), "cases"), *((states[state], state) for state in STATES)]
    unread = sum(bool(one.unread) for one in cases)
    counts.append((unread, "with files that are not accepted"))
    return element(
        "ul",
        [element("li", element("b", f"{count:,}"), word) for count, word in counts if count],
        class_="tally",
        role="list",
    )


def _line(case: CaseHistory) -> list[Content]:
    link = element("a", foreign("bdi", case.title, case.language), href=case_file(case.id))
    under = element("span", _dated(case), class_="sub")
    many = str(len(case.captures) + len(case.unread))
    if not case.captures:
        outcome = chip("not accepted", "bad") if case.unread else chip("not captured")
        return [[link, under], outcome, "never", many]
    last = case.captures[-1]
    outcome = chips(last.state, last.result, altered=last.altered)
    return [[link, under], outcome, moment_words(last.started), many]


_FOOTER = element(
    "footer",
    element(
        "p",
        "Written by archiver. Every package was verified first; what did not verify is named and "
        "not shown. These pages are no part of the evidence.",
    ),
)
