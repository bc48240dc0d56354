"""Objections to the text: whether it is the one on the page, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archiver.judge.compare import Comparison, Finding
from archiver.report.cross.objection import AGAIN, Objection
from archiver.report.subject import Subject
from archiver.report.words import CHANGE_WORDS, comparison_words

_FORMS = ("case", "compatibility")
_UNKNOWN = ("no_seed_text", "text_withheld")


def of_text(subject: Subject) -> Iterator[Objection]:
    """All of them."""
    done = subject.comparison
    said = subject.claimed.get("seed_text")
    if said is None:
        yield Objection(
            code="text.none",
            what="You captured a page, and do not say what on it matters.",
            ground="The case has no text to compare the page with.",
            cure="Give the text that is said to stand there, and capture again.",
            command=f"{AGAIN} --text FILE",
        )
        return
    yield from _published(said)
    if subject.outcome.state != "absent":
        # That a "not found" does not have the text is what it is about.
        yield from _differs(done)
        yield from _elsewhere(done)
        yield from _beside(subject)
    if said.get("origin", {}).get("how", "unknown") == "unknown":
        yield Objection(
            code="text.origin",
            what="You do not say where your text comes from: you may have written it.",
            ground="How the text was obtained is not said.",
            cure="Say it in case.toml, seed_text.origin, and capture again.",
            command=AGAIN,
        )


def _published(said: Mapping[str, Any]) -> Iterator[Objection]:
    if said["publish"] == "withhold":
        yield Objection(
            code="text.withheld",
            what="You ask us to believe in a text that you hide.",
            ground="The text is withheld; the package holds commitments only.",
            cure="Open the text to the court, with the key of the case, or publish its digests.",
            command=f"{AGAIN} --publish-text digest",
        )
    elif said["publish"] == "digest":
        yield Objection(
            code="text.digest",
            what="The package does not hold the text, so nobody can read what was compared.",
            ground="Only digests of the text and of its passages are in the package.",
            cure="Hand the text over beside it; its digest shows that it is the one.",
            command="archiver compare PACKAGE TEXT",
        )


def _differs(done: Comparison) -> Iterator[Objection]:
    if done.result == "not-comparable":
        if done.reason not in _UNKNOWN:
            yield Objection(
                code="text.not_compared",
                what="You never showed that the text stands there.",
                ground=f"The text was {comparison_words(done.result, done.reason)}.",
                cure="Show the text in another capture, or in a copy that can be compared.",
                command="archiver compare OTHER.wacz TEXT",
            )
        return
    altered = [one for one in done.findings if one.status == "altered"]
    forms = [one for one in altered if _kinds(one) <= set(_FORMS)]
    words = [one for one in altered if one not in forms]
    missing = [one for one in done.findings if one.status == "missing"]
    if missing:
        yield Objection(
            code="text.missing",
            what="That text never stood on our page.",
            ground=f"{_listed(missing)} not on the page.",
            cure="Claim what stands there only, or show a capture or copy that has the rest.",
            command="archiver compare PACKAGE TEXT",
        )
    if words:
        kinds = dict.fromkeys(CHANGE_WORDS[kind] for one in words for kind in sorted(_kinds(one)))
        yield Objection(
            code="text.altered",
            what="Our page says something else than you claim.",
            ground=f"{_listed(words)} there in other words; it differs in {'; '.join(kinds)}.",
            cure="Claim the words that stand there, or show an earlier capture that has yours.",
            command="archiver compare PACKAGE TEXT",
        )
    if forms:
        yield Objection(
            code="text.letters",
            what="The characters are not the same: yours is another text.",
            ground=f"{_listed(forms)} there only but for case or form of characters.",
            cure="Take the text from the page as it stands there.",
            command="archiver compare PACKAGE TEXT",
        )
    if done.normalisation == "typographic":
        yield Objection(
            code="text.typography",
            what="Quotes, dashes or dots were made equal: the text is not the same to the letter.",
            ground="Some passages are found only but for the form of quotes, dashes and dots.",
            cure="Take the text from the page as it stands there.",
            command="archiver compare PACKAGE TEXT",
        )
    if done.in_order is False:
        yield Objection(
            code="text.order",
            what="You put together what does not belong together.",
            ground="The passages stand on the page in another order.",
            cure="Claim them in the order in which they stand.",
            command="archiver compare PACKAGE TEXT",
        )


def _kinds(one: Finding) -> set[str]:
    return set() if one.nearest is None else {change.kind for change in one.nearest.changes}


def _listed(findings: list[Finding]) -> str:
    numbers = [str(one.passage.number) for one in findings[:12]]
    more = f" and {len(findings) - 12} more" if len(findings) > 12 else ""
    plural = len(findings) > 1
    verb = ("is", "are")[plural]
    return f"{'Passages' if plural else 'Passage'} {', '.join(numbers)}{more} {verb}"


def _elsewhere(done: Comparison) -> Iterator[Objection]:
    if done.within:
        yield Objection(
            code="text.within",
            what="You cut it out of its context, which says the contrary.",
            ground=f"{done.within} of the passages stand within a longer paragraph of the page.",
            cure="Claim whole paragraphs.",
            command="archiver compare PACKAGE TEXT",
        )
    if any(one.elsewhere for one in done.findings if one.place is None):
        yield Objection(
            code="text.off_screen",
            what="No reader ever saw that text.",
            ground="Some passages stand only where no reader looks: in data, hidden, or struck.",
            cure="Show by a picture of the page, taken by a browser, what was to be seen.",
        )


def _beside(subject: Subject) -> Iterator[Objection]:
    claims = subject.comparison.claims
    if claims is None:
        return
    stated = subject.claimed["claimed"]
    date = claims.published
    own = [one.value for one in claims.dates_said if one.kind == "published"]
    claimed = stated["published"]["date"]
    amended = any(value.startswith(claimed) for value in own)
    if date is not None and date.metadata == "other" and not amended:
        yield Objection(
            code="claim.date",
            what="That is not the page of that day.",
            ground=f"Claimed is {claimed}; the page says of itself: {'; '.join(own[:3])}.",
            cure="Claim the date that the page names, or say on what the other one rests.",
            command="archiver amend PACKAGE archives/CASE",
        )
    title = claims.title
    known = {one.value for one in claims.titles_said}
    if title is not None and not title.where and stated.get("title") not in known:
        yield Objection(
            code="claim.title",
            what="That is another article: its title is not yours.",
            ground=f"The claimed title “{stated.get('title')}” is not on the page.",
            cure="Claim the title that stands there.",
            command="archiver amend PACKAGE archives/CASE",
        )
