"""The claim's headline, date and byline: looked for apart, and never taken for the text."""

from __future__ import annotations

import datetime
import json

import pytest

from archiver.case.dates import PublishedDate
from archiver.judge.claims import Claims, Stated, stated
from archiver.judge.days import Claimed, dates_in, read_date
from tests.case.right_case import right_document
from tests.judge.judge_pages import FIRST, SEED, compared, page

DAY = PublishedDate(date="2024-08-08", precision="day", zone="unknown")


def said(markup: str, **what: object) -> Claims:
    done = compared(FIRST, markup, **what)
    assert done.claims is not None
    return done.claims


WRITTEN = {
    "ISO": "2024-08-08",
    "ISO with a time": "2024-08-08T10:00",
    "slashes": "2024/08/08",
    "dots": "08.08.2024",
    "English": "8 August 2024",
    "English, ordinal": "the 8th of August, 2024",
    "American": "Aug. 8, 2024",
    "capitals": "AUGUST 8, 2024",
    "German": "8. August 2024",
    "French": "8 août 2024",
    "Spanish": "8 de agosto de 2024",
    "Portuguese": "8 de Agosto de 2024",
    "Italian": "8 agosto 2024",
    "Polish": "8 sierpnia 2024",
    "Dutch": "8 augustus 2024",
    "Turkish": "8 Ağustos 2024",
    "Russian": "8 августа 2024 г.",
    "Ukrainian": "8 серпня 2024 року",
    "Czech": "8. srpna 2024",
    "Romanian": "8 august 2024",
    "Hungarian": "2024. augusztus 8.",
    "Finnish": "8. elokuuta 2024",
    "Swedish": "8 augusti 2024",
    "Arabic": "8 أغسطس 2024",
    "Arabic digits": "٨ أغسطس ٢٠٢٤",
    "Hebrew": "8 באוגוסט 2024",
    "Chinese": "2024年8月8日",
    "Korean": "2024년 8월 8일",
    "nbsp": "8\xa0August\xa02024",
}


@pytest.mark.parametrize("words", WRITTEN.values(), ids=WRITTEN.keys())
def test_dates_in_words(words: str) -> None:
    found = list(dates_in(f"Published on {words}, by us. In 1999 we had 2024 readers."))
    assert [one.days for one in found] == [((2024, 8, 8),)]
    made = said(f"<p>{words}<p>{FIRST}", published=DAY)
    assert made.published is not None
    assert (made.published.metadata, made.published.text) == ("none", "same")
    assert [(one.kind, one.fits) for one in made.dates_said] == [("text", "same")]


@pytest.mark.parametrize(
    "words",
    ["2024", "August 2024", "30 February 2024", "2024-13-08", "8.8.24", "18 xyz 2024", "08/2024",
     "12024-08-08", "8 August 20245", "99 August 2024"],
)  # fmt: skip
def test_what_is_no_date(words: str) -> None:
    assert list(dates_in(f"x {words} y")) == []


@pytest.mark.parametrize("year", [1970, 1999, 2000, 2023, 2024, 2096, 2100, 2104])
def test_an_instant_is_that_of_the_calendar(year: int) -> None:
    for month in range(1, 13):
        for day in (1, 27, 28):
            found = read_date(f"{year}-{month:02}-{day:02}T13:45:00+02:00")
            assert found is not None
            due = datetime.datetime(year, month, day, 11, 45, tzinfo=datetime.UTC)
            assert found.instant == due.timestamp() // 60


def test_a_date_that_can_be_read_two_ways_is_only_possible() -> None:
    (found,) = dates_in("on 08/09/2024")
    assert found.days == ((2024, 9, 8), (2024, 8, 9))
    for date in ("2024-09-08", "2024-08-09"):
        assert Claimed(date, "day", "unknown").fits(found) == "possible"
    assert Claimed("2024-08-08", "day", "unknown").fits(found) == "other"
    made = said(
        f"<p>08/09/2024 {FIRST}",
        published=PublishedDate(date="2024-09-08", precision="day", zone="unknown"),
    )
    assert made.published is not None
    assert made.published.text == "possible"


FITS = [
    (("2024-08-08", "day", "unknown"), "2024-08-08", "same"),
    (("2024-08-08", "day", "unknown"), "2024-08-09", "other"),
    (("2024-08-08", "day", "unknown"), "2024-08-08T23:59:00+03:00", "same"),
    (("2024-08-08", "day", "unknown"), "2024-08-07T22:30:00Z", "possible"),
    (("2024-08-08", "day", "unknown"), "2024-08-07T10:00:00Z", "possible"),
    (("2024-08-08", "day", "unknown"), "2024-08-07T09:59:00Z", "other"),
    (("2024-08-08", "day", "unknown"), "2024-08-09T11:59:00Z", "possible"),
    (("2024-08-08", "day", "unknown"), "2024-08-09T12:00:00Z", "other"),
    (("2024-08-08", "day", "+03:00"), "2024-08-07T21:00:00Z", "same"),
    (("2024-08-08", "day", "+03:00"), "2024-08-08T21:00:00Z", "other"),
    (("2024-08-08", "day", "UTC"), "2024-08-08", "same"),
    (("2024-08-08", "day", "Europe/Kyiv"), "2024-08-07T22:30:00Z", "possible"),
    (("2024-08", "month", "unknown"), "2024-08-31", "same"),
    (("2024-08", "month", "unknown"), "2024-09-01", "other"),
    (("2024", "year", "unknown"), "Mon, 05 Feb 2024 10:00:00 GMT", "same"),
    (("2024-08-08T10:00Z", "minute", "UTC"), "2024-08-08T13:00:00+03:00", "same"),
    (("2024-08-08T10:00Z", "minute", "UTC"), "2024-08-08T10:00:00+03:00", "other"),
    (("2024-08-08T10:00", "minute", "unknown"), "2024-08-08", "same"),
    (("2024-02-29", "day", "unknown"), "2024-02-29T00:00:00Z", "same"),
    (("2023-12-31", "day", "+00:00"), "2024-01-01T00:00:00+00:00", "other"),
    (("2024-01-01", "day", "+00:00"), "2023-12-31T23:00:00-0100", "same"),
]


@pytest.mark.parametrize(("claim", "value", "expected"), FITS)
def test_how_a_date_fits(claim: tuple[str, str, str], value: str, expected: str) -> None:
    found = read_date(value)
    assert found is not None
    assert Claimed(*claim).fits(found) == expected


def test_a_page_that_has_the_text_under_another_date_says_so() -> None:
    markup = (
        '<meta property="article:published_time" content="2024-09-01T08:00:00+03:00">'
        '<meta property="article:modified_time" content="2024-08-08T08:00:00+03:00">'
        f"<time datetime=2024-09-01>yesterday</time><p>{FIRST}"
    )
    done = compared(FIRST, markup, published=DAY)
    assert done.result == "contained"
    assert done.claims is not None
    assert done.claims.published is not None
    assert (done.claims.published.metadata, done.claims.published.text) == ("other", "none")
    assert [(one.kind, one.field, one.fits) for one in done.claims.dates_said] == [
        ("published", "article:published_time", "other"),
        ("modified", "article:modified_time", "same"),
        ("time", "datetime", "other"),
    ]


def json_ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@graph": [fields]})}</script>'


@pytest.mark.parametrize(
    ("markup", "where"),
    [
        ("<p>By Jane Doe", ("text",)),
        ("<p>BY JANE DOE", ("text_other_case",)),
        ("<meta name=author content='Jane Doe'><p>x", ("author",)),
        (json_ld(author={"@type": "Person", "name": "Jane Doe"}) + "<p>x", ("author.name",)),
        (json_ld(author=[{"name": "X"}, {"name": "Jane Doe"}]) + "<p>x", ("author.name",)),
        (json_ld(author="Jane Doe") + "<p>x", ("author",)),
        (json_ld(publisher={"name": "Jane Doe"}) + "<p>x", ()),
        ("<p>By Janet Doe", ()),
        ("<p hidden>Jane Doe<p>x", ()),
    ],
)
def test_names(markup: str, where: tuple[str, ...]) -> None:
    made = said(markup, authors=("Jane Doe", "Somebody Else"))
    assert [one.where for one in made.authors] == [where, ()]


@pytest.mark.parametrize(
    ("markup", "where"),
    [
        ("<h1>The “bridge”</h1>", ("text",)),
        ("<title>The &quot;bridge&quot; | News</title>x", ("title",)),
        ("<meta property=og:title content='The &quot;bridge&quot;'>x", ("og:title",)),
        (json_ld(headline='The "bridge"') + "x", ("headline",)),
        ("<title>The bridge</title><h1>The bridge</h1>", ()),
    ],
)
def test_titles(markup: str, where: tuple[str, ...]) -> None:
    made = said(markup, title='The "bridge"')
    assert made.title is not None
    assert made.title.where == where


def test_what_the_page_says_instead_is_listed_and_bounded() -> None:
    markup = f"<title>{'x' * 999}</title>" + "".join(
        f"<meta name=author content='Author No. {number}'>" for number in range(999)
    )
    made = said(markup + "<p>x", title="y", authors=("z",))
    assert len(made.authors_said) == 20
    assert made.authors_said[0].value == "Author No. 0"
    assert [len(one.value) for one in made.titles_said] == [300]


def test_what_is_stated_in_a_case() -> None:
    document = right_document()["claimed"]
    assert stated(document) == Stated(
        title="The Harbour Bridge Opens",
        published=PublishedDate(date="2024-05-03", precision="day", zone="unknown"),
        authors=("A. Writer",),
    )
    document["published"] |= {"date": "unknown", "precision": "unknown"}
    assert stated(document).published is None
    assert stated({}) == Stated()


def test_digests_say_the_same_of_the_claim() -> None:
    markup = json_ld(headline="T", datePublished="2024-08-08", author="A B") + f"<p>A B <p>{FIRST}"
    what = {"title": "T", "authors": ("A B",), "published": DAY}
    assert compared(SEED, markup, **what).claims == compared(SEED, markup, True, **what).claims


def test_other_documents_are_searched_in_their_text() -> None:
    read = page(
        json.dumps({"by": "Jane Doe", "on": "2024-08-08", "text": FIRST}), "application/json"
    )
    done = compared(FIRST, read, authors=("Jane Doe",), published=DAY)
    assert done.claims is not None
    assert done.claims.authors[0].where == ("text",)
    assert done.claims.published is not None
    assert done.claims.published.text == "same"
