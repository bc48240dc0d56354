"""Over four hundred mutations of texts and pages, each with what must come of it."""

from __future__ import annotations

import html
import re
from unicodedata import normalize

import pytest
from mutations import Case, cases

from archiver.judge.compare import Claim, Comparison, compare
from archiver.judge.normal import stripped
from archiver.judge.page import Page
from tests.judge.judge_pages import page, sought

CASES = dict(cases())


def judged(case: Case, *, digests: bool = False) -> tuple[Page, Comparison]:
    read = page(case.body, case.content_type)
    assert isinstance(read, Page)
    passages = sought("\n\n".join(case.text.passages), digests)
    return read, compare(Claim(passages=passages), read)


def test_there_are_enough() -> None:
    assert len(CASES) >= 400


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_becomes_of_a_mutation(case: Case) -> None:
    read, done = judged(case)
    assert tuple(one.status for one in done.findings) == case.statuses, read.text
    found = case.statuses.count("found")
    whole = found == 3 and case.in_order
    assert (done.result, done.in_order) == ("contained" if whole else "partial", case.in_order)
    second = done.findings[1]
    if case.level is not None:
        assert second.place is not None
        assert second.place.level == case.level
    if case.kinds:
        assert second.nearest is not None
        assert {one.kind for one in second.nearest.changes} <= case.kinds
    assert tuple(one.kind for one in second.elsewhere)[: len(case.elsewhere)] == case.elsewhere
    if second.context is not None:
        assert (second.context.before, second.context.behind) == case.context
        assert second.context.lines == case.lines


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_offset_cuts_the_passage_out_of_the_octets(case: Case) -> None:
    read, done = judged(case)
    for finding in done.findings:
        spans = [] if finding.place is None else [(finding.place.start, finding.place.end)]
        octets = [read.octets(*span) for span in spans]
        octets += [one.octets for one in finding.elsewhere if one.kind in ("hidden", "struck")]
        for start, end in octets:
            cut = read.body.body[start:end].decode(read.body.charset)
            assert seen(cut) == stripped(finding.passage.text or "", "typographic")


def seen(cut: str) -> str:
    """What a stretch of markup shows, by the standard library's means alone."""
    cut = re.sub(r"<!--.*?-->|<script>.*?</script>|<i hidden>.*?</i>", "", cut, flags=re.S)
    cut = re.sub(r"</?(?:p|br|t[dr])\b[^>]*>", " ", cut)
    return stripped(normalize("NFC", html.unescape(re.sub(r"<[^>]*>", "", cut))), "typographic")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_digests_give_the_same_without_the_differences(case: Case) -> None:
    _, with_text = judged(case)
    _, with_digests = judged(case, digests=True)
    assert with_digests.result == with_text.result
    assert with_digests.embedded == with_text.embedded
    assert with_digests.within == with_text.within
    for one, other in zip(with_text.findings, with_digests.findings, strict=True):
        assert (one.place, one.context, one.elsewhere) == (
            other.place,
            other.context,
            other.elsewhere,
        )
        assert other.nearest is None
