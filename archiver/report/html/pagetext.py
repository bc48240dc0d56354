"""The text of the page, as the comparison read it."""

from __future__ import annotations

from archiver.judge.page import NoText
from archiver.report.html.document import code, folded
from archiver.report.html.markup import Content, element, foreign
from archiver.report.subject import Subject
from archiver.report.words import comparison_words

MOST = 40_000  # characters that are shown: about twenty sheets of paper


def page_text(subject: Subject) -> Content:
    """The text, closed at first on a screen; on paper it stands open."""
    page = subject.derived.page
    if isinstance(page, NoText):
        words = comparison_words("not-comparable", page.reason)
        return element("p", f"There is none to show: {words}.", class_="note")
    shown = page.text[:MOST]
    lines = [one for one in shown.split("\n") if one.strip()]
    tongue = subject.claimed["claimed"]["language"]
    count = f"{len(page.text):,} characters"
    cut = len(page.text) > MOST
    note = (
        f"The first {MOST:,} of {count} are shown; all of them are in the package."
        if cut
        else count
    )
    intro: Content = [f"{page.media_type}, read as {page.charset}: ", note, "."]
    if page.title:
        intro = [intro, " Its own title: ", element("bdi", page.title), "."]
    return [
        element("p", intro, class_="note"),
        folded(
            "The page's visible text",
            element(
                "div",
                [foreign("p", one, tongue) for one in lines],
                class_="shown",
                tabindex="0",
                role="region",
                aria_label="The page's visible text",
            ),
        ),
        _octets(subject),
    ]


def _octets(subject: Subject) -> Content:
    response = subject.last.response
    if response is None:
        return None
    return element(
        "p",
        "Nothing of it was changed for the archive: its octets are kept as they came, ",
        code(str(response.entity_digest)),
        ". How a browser shows it is not recorded.",
        class_="note",
    )
