"""What the package shows and what it does not, and the lists of the standards."""

from __future__ import annotations

from archiver.report.html.document import chip, table
from archiver.report.html.markup import Content, Markup, element
from archiver.report.standards import MET, NOT_MET, Standard, standards
from archiver.report.statements import KINDS, MEANINGS, limits, statements
from archiver.report.subject import Subject


def shows(subject: Subject) -> Content:
    """Every statement, under the kind of its ground."""
    said = tuple(statements(subject))
    kinds = []
    for kind in KINDS:
        own = [element("li", element("bdi", one.text)) for one in said if one.kind == kind]
        if own:
            kinds.append(_kind(kind, own))
    return [
        element("div", kinds, class_="kinds"),
        element("h3", "What it does not show"),
        element("ul", [element("li", one) for one in limits(subject)], class_="limits"),
    ]


def _kind(kind: str, own: list[Markup]) -> Markup:
    name = element("h3", kind.capitalize())
    return element(
        "div", name, element("div", element("p", MEANINGS[kind], class_="note"), element("ul", own))
    )


def lists(subject: Subject) -> Content:
    """What professional standards ask."""
    intro = (
        "Computed from the package. The items follow published summaries of the standards, not "
        "their full texts; whoever relies on a standard reads it. A list is no certificate."
    )
    return [element("p", intro, class_="note"), [_list(one) for one in standards(subject)]]


def _list(one: Standard) -> Content:
    kinds = {MET: "good", NOT_MET: "bad"}
    rows: list[list[Content]] = [
        [item.place, item.asks, chip(item.state, kinds.get(item.state, "care")), item.why]
        for item in one.items
    ]
    heads = ("Where", "What it asks", "Here", "On what ground")
    return [element("h3", one.name), table(f"Items of {one.name}", heads, rows)]
