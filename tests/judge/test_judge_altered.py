"""A change of one word, number or letter is never found; where it can be, it is shown."""

from __future__ import annotations

import pytest

from tests.judge.judge_pages import FIRST, SECOND, SEED, THIRD, compared, shown, statuses


def markup(*passages: str) -> str:
    return "".join(f"<p>{one}</p>" for one in passages)


# What the page has instead of FIRST; the words of the change where they are known.
CHANGED: dict[str, tuple[str, str, str]] = {
    "a word": ("kept", "tore", ""),
    "a number": ("12 May", "13 May", ""),
    "a negation": ("kept", "did not keep", ""),
    "a word gone": ("old ", "", ""),
    "a word more": ("old", "very old", ""),
    "case": ("Larkmoor", "larkmoor", ""),
    "a Cyrillic letter": ("council", "с\u043euncil", ""),
    "a superscript": ("12 May", "1² May", ""),
    "full width": ("12 May", "１２ May", ""),
    "a digit more": ("12 May", "112 May", ""),
    "a decimal": ("12 May", "1.2 May", ""),
    "a minus": ("12 May", "-12 May", ""),
    "an accent": ("council", "cóuncil", ""),
    "a blank in a word": ("bridge", "bri dge", ""),
    "a block in a word": ("bridge", "bri<div>dge</div>", ""),
    "a line break in a word": ("bridge", "bri<br>dge", ""),
    "a full stop gone": ("closed.", "closed", ""),
    "prolonged inside the last word": ("closed.", "closed.s", ""),
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED.keys())
@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_one_change(change: tuple[str, str, str], digests: bool) -> None:
    old, new, _ = change
    page = markup(FIRST.replace(old, new), SECOND, THIRD)
    first, *others = statuses(SEED, page, digests)
    if "closed.s" in new:
        # The passage ends at its full stop; the page goes on behind it.
        assert first == "found"
        return
    assert first == ("missing" if digests else "altered"), shown(page)
    assert others == ["found", "found"]
    assert compared(SEED, page, digests).result == "partial"
    assert compared(FIRST, markup(FIRST.replace(old, new)), digests).result == "not-contained"


def test_the_changed_words_are_shown() -> None:
    page = markup("Intro " * 30, FIRST.replace("12 May", "14 June").replace("old ", ""), "Outro")
    (finding,) = compared(FIRST, page).findings
    assert finding.nearest is not None
    assert [(one.seed, one.page) for one in finding.nearest.changes] == [
        ("12 May", "14 June"),
        ("old", ""),
    ]
    assert shown(page)[finding.nearest.start : finding.nearest.end].startswith("The council")
    assert shown(page)[finding.nearest.start : finding.nearest.end].endswith("closed.")
    assert 800 < finding.nearest.likeness < 1000


@pytest.mark.parametrize(
    ("seed", "page", "changes"),
    [
        (
            "BREAKING NEWS TODAY",
            "Breaking news today",
            [("BREAKING NEWS TODAY", "Breaking news today")],
        ),
        ("about 10⁵ men", "about 105 men", [("10⁵", "105")]),
        ("市议会没有得到四百万。", "市议会得到四百万。", [("没有", "")]),
        ("Москва не ответила на письмо", "Москва ответила на письмо", [("не", "")]),
        ("one two three four", "zero two three four", [("one", "zero")]),
        ("one two three four", "one two three five", [("four", "five")]),
        ("a b a b a b c", "a b a b a b d", [("c", "d")]),
    ],
)
def test_changes_in_words(seed: str, page: str, changes: list[tuple[str, str]]) -> None:
    (finding,) = compared(seed, f"<p>{page}</p>").findings
    assert finding.status == "altered"
    assert finding.nearest is not None
    assert [(one.seed, one.page) for one in finding.nearest.changes] == changes
    assert finding.nearest.likeness < 1000


@pytest.mark.parametrize(
    ("passage", "page"),
    [
        ("000 men came.", "15 000 men came."),
        ("000 men came.", "15,000 men came."),
        ("5 men came.", "15 men came."),
        ("5 men came.", "1.5 men came."),
        ("5 men came.", "1,5 men came."),
        ("5 degrees", "It was -5 degrees"),
        ("5 degrees", "It was −5 degrees"),
        ("7 men came", "5–7 men came"),
        ("30 came", "at 12:30 came"),
        ("It cost 5", "It cost 5.5"),
        ("It cost 5", "It cost 5%"),
        ("It cost 5", "It cost 5 000"),
        ("It cost 5", "It cost 5⁵"),
        ("It cost 5", "It cost 5½"),
        ("It cost 5", "It cost 5–7"),
        ("It cost 5", "It cost 5\u200b5"),
        ("They don", "They don't"),
        ("They don", "They don’t"),
        ("aligned states", "non-aligned states"),
        ("The wor", "The word"),
        ("The wor", "The wor&shy;d"),
        ("The wor", "The wor<b>d</b>"),
        ("ord it was", "word it was"),
        ("cafe", "cafe\u0307s"),
        ("ế là", "Huế là"),
        ("五万人", "十五万人"),
        ("он", "слон"),
        ("5 km", "１5 km"),
    ],
)
@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_no_word_or_number_is_cut(passage: str, page: str, digests: bool) -> None:
    done = compared(passage, f"<p>{page}</p>", digests)
    assert done.result == "not-contained", done.findings[0]


@pytest.mark.parametrize(
    ("passage", "page"),
    [
        ("It cost 5.", "It cost 5. 7 came."),
        ("It cost 5", "It cost 5, 7 came."),
        ("Russian forces", "MOSCOW—Russian forces"),
        ("The word", "“The word”"),
        ("The word.", "The word.<sup>1</sup>"),
        ("The word.", "The word.Next"),
        ("5 men", "(5 men)"),
        ("5 men", "No. 5 men"),
        ("'Tis so", "x 'Tis so"),
    ],
)
@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_an_edge_at_punctuation_is_one(passage: str, page: str, digests: bool) -> None:
    assert compared(passage, f"<p>{page}</p>", digests).result == "contained"


@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_another_order_is_partial(digests: bool) -> None:
    done = compared(SEED, markup(FIRST, THIRD, SECOND), digests)
    assert (done.result, done.in_order, done.count("found")) == ("partial", False, 3)


@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_a_passage_that_stands_twice_keeps_the_order(digests: bool) -> None:
    for page in (
        markup(SECOND, FIRST, SECOND, THIRD),
        markup(FIRST, THIRD, SECOND, THIRD, FIRST),
        markup(FIRST.replace(" and", "\xa0and"), SECOND, THIRD, FIRST),
    ):
        done = compared(SEED, page, digests)
        assert (done.result, done.in_order) == ("contained", True)


@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_a_passage_said_twice_must_stand_twice(digests: bool) -> None:
    seed = f"{FIRST}\n\n{SECOND}\n\n{FIRST}"
    assert compared(seed, markup(FIRST, SECOND, FIRST), digests).result == "contained"
    done = compared(seed, markup(FIRST, SECOND), digests)
    assert (done.result, done.in_order) == ("partial", False)


def test_what_is_nowhere_like_it_is_missing() -> None:
    assert statuses(SEED, markup("Nothing of the kind. " * 40)) == ["missing"] * 3
    assert statuses("x", markup("y")) == ["missing"]
    assert statuses(SEED, markup(FIRST, SECOND)) == ["found", "found", "missing"]
