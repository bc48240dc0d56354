"""What the sibling probe says: whether a nonsense address gets the same page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from archiver.judge.page import Page
from archiver.judge.signals.answer import Answer
from archiver.judge.signals.folding import words_of
from archiver.judge.signals.path import joined, parted
from archiver.observation import Exchange

SAME_FROM = 900  # likeness per mille from which two pages are the same one
ALIKE_FROM = 500  # the same where the probe's page says that there is no such page
_MOST = 1 << 17  # characters of a text that are compared
_GONE = (404, 410)
_NUMBER = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Beside:
    """What became of the probe. `result`: `gone` (the site said 404 or 410), `same`, `alike` (a
    page of one template, which says that it is none), `other`, `together` (both were led to one
    place), `ignored` (the site does not look at that part of the address), `unclear` (no answer
    that says anything)."""

    result: str
    value: str
    record: str | None


def beside(
    page: Answer,
    probes: tuple[Exchange, ...],
    probe: Answer | None,
    *,
    led: bool,
    astray: bool,
    says_so: bool,
) -> Beside | None:
    """Compare the page with what the probe got; None where there was no probe. `led`: the
    source itself was led elsewhere; `astray`: to where another page is to be expected;
    `says_so`: the probe's page says in so many words that it is none."""
    if not probes:
        return None
    last = probes[-1]
    response = last.response
    record = last.request if response is None else response.record
    if response is None or response.status is None:
        return Beside("unclear", last.fault.type if last.fault else "no answer", record)
    status = f"HTTP {response.status}"
    if response.status in _GONE:
        return Beside("gone", status, record)
    if probe is None or not 200 <= response.status < 300 or response.truncated is not None:
        return Beside("unclear", status, record)
    met = _met(page, probes, probe, led=led, astray=astray)
    if met is not None:
        return Beside(met, f"{status}, at {probe.url[:150]}", record)
    like = likeness(page, probe, (page.url, probes[0].url, probe.url))
    title = _same_title(page, probe, (page.url, probes[0].url, probe.url))
    if like >= SAME_FROM and title:
        result = "same"
    else:
        result = "alike" if says_so and like >= ALIKE_FROM else "other"
    return Beside(result, f"{status}, {like} per mille alike", record)


def _met(
    page: Answer, probes: tuple[Exchange, ...], probe: Answer, *, led: bool, astray: bool
) -> str | None:
    """What it says that both came to one address; None where they did not."""
    at_one = len(probes) > 1 and _bare(probe.url) == _bare(page.url)
    if astray:
        # What stands there may be another every time, and is the same place all the same.
        return "same" if at_one else None
    if led and at_one:
        return "together"
    return "ignored" if _ignored(page, probes, probe) else None


def _ignored(page: Answer, probes: tuple[Exchange, ...], probe: Answer) -> bool:
    """Whether the nonsense was led, or says that it belongs, to the address of the page."""
    if len(probes) > 1 and probe.url == page.url:
        return True
    ours, theirs = _canonical(page), _canonical(probe)
    return ours is not None and ours == theirs == _bare(page.url)


def _canonical(answer: Answer) -> str | None:
    named = joined(answer.url, answer.markup.canonical or "")
    return None if named is None else _bare(named)


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/")


def likeness(one: Answer, other: Answer, urls: Iterable[str]) -> int:
    """How alike two pages' visible texts are, per mille, the words of the addresses aside:
    twice the pairs of words that both have, by those that either has."""
    if not isinstance(one.page, Page) or not isinstance(other.page, Page):
        return 1000 if one.entity == other.entity else 0
    away = _address_words(urls)
    ours, theirs = (_pairs(answer.page.text, away) for answer in (one, other))  # type: ignore[union-attr]
    both, either = (ours & theirs).total(), ours.total() + theirs.total()
    return 1000 if not either else 2000 * both // either


def _same_title(one: Answer, other: Answer, urls: Iterable[str]) -> bool:
    if not isinstance(one.page, Page) or not isinstance(other.page, Page):
        return True
    away = _address_words(urls)
    ours, theirs = (
        [word for word in words_of(title).split() if word not in away]
        for title in (one.page.title, other.page.title)
    )
    return ours == theirs


def _address_words(urls: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for url in urls:
        _, _, path, query = parted(url)
        found |= set(words_of(unquote(f"{path} {query}")).split())
    return frozenset(found)


def _pairs(text: str, away: frozenset[str]) -> Counter[tuple[str, str]]:
    """The pairs of neighbouring words; numbers count as one word, since they often are clocks."""
    words = [
        "0" if _NUMBER.fullmatch(word) else word
        for line in text[:_MOST].split("\n")
        for word in (*words_of(line).split(), "\n")
        if word not in away
    ]
    return Counter(pairwise(["\n", *words]))
