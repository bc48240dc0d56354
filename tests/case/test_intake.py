"""Drafts from seed documents and bare URLs: complete, and never with a guess passed off."""

from __future__ import annotations

import contextlib
import hashlib
import tomllib
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from archiver.case.identity import case_id, check_case_id, distinct_case_id
from archiver.case.intake import Given, draft_from_text, draft_from_url
from archiver.case.language import detect_language
from archiver.case.model import Publish
from archiver.case.reading import case_from_document, load_case
from archiver.case.writing import to_toml
from archiver.errors import InvalidInput
from tests.case.right_case import ID, TEXT, URL, write_case

REAL = Path(__file__).parents[3] / "shared" / "seed-text" / "kyiv-stakes-kursk.txt"
NOBODY = Given()


def test_a_seed_document_is_a_complete_draft_by_itself(tmp_path: Path) -> None:
    identity, document, seed, warnings = draft_from_text(TEXT, source=None, given=NOBODY)
    assert identity == ID
    assert warnings == ()
    assert document["claimed"] == {
        "title": "The Harbour Bridge Opens",
        "published": {
            "date": "2024-05-03",
            "precision": "day",
            "zone": "unknown",
            "basis": "seed_text_header",
        },
        "language": "en",
    }
    assert document["outlet"] == {"name": "example.org", "domain": "example.org"}
    assert document["basis"] == {
        "source.url": "seed_text_url",
        "claimed.title": "seed_text_header",
        "claimed.language": "detected",
        "outlet.name": "url",
        "outlet.domain": "url",
    }
    case = load_case(write_case(tmp_path, document))
    assert (case.seed, case.source_url, case.publish) == (seed, URL, Publish.INCLUDE)
    assert (case.title, case.language) == ("The Harbour Bridge Opens", "en")
    assert (case.outlet_name, case.assessed["review"]["state"]) == ("example.org", "draft")
    assert case.published["date"] == "2024-05-03"


def test_the_real_document() -> None:
    if not REAL.exists():  # the text is not part of the repository, and never will be
        return
    identity, document, seed, warnings = draft_from_text(
        REAL.read_bytes(), source=None, given=Given(publish=Publish.DIGEST)
    )
    assert identity == "2024-08-08-southfront-press-kyiv-stakes-its-all-in-kursk-region"
    assert str(seed.sha256) == (
        "sha256:287673ddc4c65d401667c0d5b874a96e5c2561ed4edbb48855bdcc1656b9af30"
    )
    assert document["claimed"]["title"] == "Kyiv Stakes Its All In Kursk Region"
    assert document["claimed"]["language"] == "en"
    assert document["outlet"]["domain"] == "southfront.press"
    assert len(seed.passages) == 13
    assert warnings == ()


def test_what_is_given_wins_and_says_so() -> None:
    identity, document, _, warnings = draft_from_text(
        TEXT,
        source="https://other.example.com/x",
        given=Given(title="T", date="4 May 2024", outlet="O", language="fr", case_id="mine"),
    )
    assert identity == "mine"
    assert document["source"]["url"] == "https://other.example.com/x"
    assert document["claimed"]["published"]["date"] == "2024-05-04"
    assert document["claimed"]["published"]["basis"] == "given"
    assert document["outlet"] == {"name": "O", "domain": "example.com"}
    assert document["claimed"]["language"] == "fr"
    assert set(document["basis"].values()) == {"given", "url"}
    assert [problem.where for problem in warnings] == ["source.url", "claimed.published.date"]


@pytest.mark.parametrize("source", [URL, None])
def test_the_same_source_is_no_disagreement(source: str | None) -> None:
    assert draft_from_text(TEXT, source=source, given=NOBODY)[3] == ()


@pytest.mark.parametrize(
    ("text", "source", "given", "words"),
    [
        ("date 2024-05-03 T\n\nA passage.", None, NOBODY, "names no source"),
        ("A.\nhttps://x.test/1\nhttps://x.test/2", None, NOBODY, "names 2 sources"),
        ("date 08/09/2024 T\n\nA.\nhttps://x.test/1", None, NOBODY, "two ways: give --date"),
        ("date 2023-02-29 T\n\nA.\nhttps://x.test/1", None, NOBODY, "not a calendar date"),
        ("A.\nhttps://u:p@x.test/1", None, NOBODY, "user name"),
        ("A.\nhttp://127.1/", None, NOBODY, "unusual spelling"),
        ("A.", "nonsense", NOBODY, "http://"),
        ("A.", URL, Given(date="soon"), "--date"),
        ("A.", URL, Given(language="english"), "claimed.language"),
        ("A.", URL, Given(title=" "), "claimed.title"),
        ("A.", URL, Given(outlet=""), "outlet.name"),
        ("A.", URL, Given(outlet="a\x1bb"), "outlet.name"),
        ("A.", URL, Given(case_id="../x"), "case id"),
        ("A.", URL, Given(case_id="con"), "device"),
        ("", URL, NOBODY, "empty"),
    ],
)
def test_what_is_no_draft_gets_one_clear_line(
    text: str, source: str | None, given: Given, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        draft_from_text(text.encode(), source=source, given=given)
    assert "\n" not in caught.value.what


def test_a_fault_of_the_header_is_cured_by_what_is_given() -> None:
    text = b"date 08/09/2024 T\n\nA.\nhttps://x.test/1"
    _, document, _, warnings = draft_from_text(text, source=None, given=Given(date="2024-09-08"))
    assert document["claimed"]["published"]["date"] == "2024-09-08"
    assert warnings == ()


def test_a_text_without_a_date_says_unknown() -> None:
    identity, document, _, _ = draft_from_text(b"A.\nhttps://x.test/1", source=None, given=NOBODY)
    assert identity == "undated-x-test-1"
    assert set(document["claimed"]["published"].values()) == {"unknown"}
    assert document["claimed"]["language"] == "und"
    assert document["basis"]["claimed.language"] == "unknown"
    assert "title" not in document["claimed"]


def test_a_title_that_cannot_be_one_is_left_out_with_a_warning() -> None:
    text = b"date 2024-05-03 T\x1b[31m\n\nA.\nhttps://x.test/1"
    _, document, _, warnings = draft_from_text(text, source=None, given=NOBODY)
    assert "title" not in document["claimed"]
    assert [problem.where for problem in warnings] == ["claimed.title"]


def test_a_text_of_nothing_but_header_and_url_is_a_warning() -> None:
    text = b"date 2024-05-03 T\nhttps://x.test/1"
    assert [p.rule for p in draft_from_text(text, source=None, given=NOBODY)[3]] == ["no-body"]


def test_a_bare_url() -> None:
    identity, document = draft_from_url("http://127.0.0.1:8000/news/page.html", NOBODY)
    assert identity == "undated-127-0-0-1-page"
    assert document["outlet"] == {"name": "unknown", "domain": "127.0.0.1"}
    assert "seed_text" not in document
    identity, document = draft_from_url(URL, Given(title="T", date="2024-05", language="en"))
    assert identity == "2024-05-example-org-t"
    assert document["claimed"]["published"]["precision"] == "month"
    with pytest.raises(InvalidInput):
        draft_from_url("nonsense", NOBODY)


@pytest.mark.parametrize(
    ("date", "host", "title", "url", "expected"),
    [
        ("2024-08-08", "www.example.co.uk", "A  “Title”!", "u", "2024-08-08-example-co-uk-a-title"),
        ("2024-08-08T10:00Z", "a.test", "Kyiv’s été", "u", "2024-08-08-a-test-kyivs-ete"),
        ("2024", "a.test", "Straße Łódź", "u", "2024-a-test-strasse-lodz"),
        ("unknown", "a.test", "T", "u", "undated-a-test-t"),
        (
            None,
            "a.test",
            "Київ",
            "https://a.test/x/kyiv-today.html?a#b",
            "undated-a-test-kyiv-today",
        ),
        (None, "a.test", "Київ", "https://a.test/%D0%9A%D0%B8/", "undated-a-test-#"),
        (None, "a.test", None, "https://a.test/", "undated-a-test-#"),
    ],
)
def test_ids(date: str | None, host: str, title: str | None, url: str, expected: str) -> None:
    found = case_id(date, host, title, url)
    mark = hashlib.sha256(url.encode()).hexdigest()[:8]
    assert found == expected.replace("#", mark)
    assert check_case_id(found) == found


def test_long_ids_are_cut_at_a_hyphen() -> None:
    found = case_id("2024-08-08", "a.test", "word " * 40, "u")
    assert len(found) <= 100
    assert found.endswith("-word")
    other = distinct_case_id(found, "https://a.test/other")
    assert len(other) <= 100
    assert check_case_id(other) != found


LANGUAGES = {
    "en": "The main goal of the work may be to take over the plant, and this would be good.",
    "de": "Die Regierung hat mitgeteilt, dass sie das Gesetz nicht ändern wird und auf uns wartet.",
    "fr": "Le gouvernement a annoncé que la loi ne sera pas modifiée et que la cour est fermée.",
    "es": "El gobierno anunció que no va a cambiar la ley y que espera una decisión en los días.",
    "ru": "Правительство заявило, что закон не будет изменён и что оно ждёт решения на неделе.",
    "uk": "Уряд заявив, що закон не буде змінено і що він чекає на рішення суду цього тижня.",
    "bg": "Правителството обяви, че законът няма да бъде променен и че очаква решение на съда.",
    "el": "Η κυβέρνηση ανακοίνωσε ότι ο νόμος δεν θα αλλάξει και ότι περιμένει την απόφαση.",
    "zh": "政府星期四宣布不会修改法律并正在等待法院在未来几周内作出的裁决这一决定非常重要",
    "ja": "政府は木曜日、法律を変更しないと発表し、裁判所の判決を待っている。",
    "ar": "أعلنت الحكومة يوم الخميس أن القانون لن يتغير وأنها تنتظر قرار المحكمة في الأسابيع",
    "und": "Too short to say.",
}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_languages(tag: str) -> None:
    assert detect_language(LANGUAGES[tag]) == tag


@pytest.mark.parametrize(
    "text", ["", "1 2 3", "qwx zzk pfl vvb trx mnb lkj hgf dsa qqw eer rty uio", "x" * 90]
)
def test_unclear_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


@pytest.mark.parametrize(
    "text", ["", "A", "-a", "a" * 101, "a b", "a/b", "a\n", "nul", "com1", "é"]
)
def test_ids_that_are_none(text: str) -> None:
    with pytest.raises(InvalidInput):
        check_case_id(text)


@settings(deadline=None)
@drawn(
    st.text(max_size=60) | st.text(max_size=60).map(lambda title: f"date 2024-05-03 {title}"),
    st.text(max_size=30).map(lambda path: f"https://example.org/{path}")
    | st.text(max_size=20).map(lambda host: f"https://{host}/"),
)
def test_every_draft_is_a_case_that_can_be_written_and_read(text: str, url: str) -> None:
    octets = f"{text}\n\nA passage.\n".encode("utf-8", "replace")
    with contextlib.suppress(InvalidInput):
        draft_from_url(url, NOBODY)
        # The source is right, so a text can only be refused for what it holds itself.
        identity, document, seed, _ = draft_from_text(octets, source=url, given=NOBODY)
        assert tomllib.loads(to_toml(document)) == document
        assert case_from_document(identity, document, seed).source_url == url
