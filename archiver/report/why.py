"""From observation to verdict in words: each signal of an outcome as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archiver.report.words import comparison_words

_SAYS = {
    "challenge": "is a wall against robots",
    "denied": "lets nobody in",
    "captive": "is the gate of a network",
    "legal": "is withheld by law or order",
    "geo": "is not shown in our country or region",
    "parked": "belongs to a name that is parked or for sale",
    "removed": "was taken away",
    "not_found": "is not there",
    "maintenance": "is under repair",
    "pay": "has to be paid for",
    "login": "is for those who log in",
    "consent": "wants consent first",
    "script": "needs its scripts",
    "unclear": "cannot be had, and not why",
    "home": "is the front page",
    "section": "is a section of the site",
}
_FAMILIES = {
    "words": "the page says of itself that it {says}: {value}",
    "header": "a header of the answer says that it {says}: {value}",
    "markup": "the page is built like one that {says}: {value}",
    "redirect": "the address led to one that {says}: {value}",
}
_SENTENCES = {
    "http.status": "the server answered HTTP {value}",
    "fault": "there was no answer: {value}",
    "control.answered": "a control page answered: {value}",
    "control.failed": "a control page did not answer: {value}",
    "stop": "redirects were not followed to an end: {value}",
    "certificate": "the server did not prove who it is: {value}",
    "page.text": "the page has a text of its own: {value}",
    "page.shell": "the page shows hardly anything: {value}",
    "sibling.gone": "for an address that cannot be there, the site says so: {value}",
    "sibling.other": "an address that cannot be there gets another page: {value}",
    "sibling.same": "an address that cannot be there gets the same page: {value}",
    "sibling.alike": "an address that cannot be there gets a page much like it: {value}",
    "sibling.together": "an address that cannot be there is led to the very same place: {value}",
    "sibling.ignored": "the site does not look at that part of the address: {value}",
    "sibling.unclear": "the answer for an address that cannot be there says nothing: {value}",
}


def signal_sentence(name: str, value: str, speaks_for: str = "") -> str:
    """What a signal saw, in words."""
    if name == "text":
        if value == "not-contained" and speaks_for == "captured":
            return "passages of the seed text stand on the page, altered"
        return f"the seed text is {comparison_words(value)} on the page"
    if name in _SENTENCES:
        return _SENTENCES[name].format(value=value)
    family, _, kind = name.partition(".")
    return _FAMILIES[family].format(says=_SAYS[kind], value=value)


def why(outcome: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The signals of `evidence/outcome.json`, each with its sentence, in their order."""
    return [
        {**one, "sentence": signal_sentence(one["name"], one["value"], one["speaks_for"])}
        for one in outcome["signals"]
    ]


def history_sentence(state: str, previous: str | None) -> str:
    """What the captures before this one say about it, as far as the package knows."""
    if previous is not None:
        return f"a capture stands before this one: package {previous}"
    if state == "absent":
        return "never captured in this case before: check the address"
    return "the first capture in this case"
