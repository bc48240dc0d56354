"""Seed documents as people save them, and what each form of them is."""

from __future__ import annotations

import contextlib
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.case.dates import parse_date
from archiver.case.seedtext import BLANKS, read_seed_text, text_1
from archiver.digest import Digest
from archiver.errors import InvalidInput
from tests.case.right_case import SEED, TEXT, URL

PLAIN = TEXT.decode()


def test_a_document_has_a_header_a_body_and_a_source() -> None:
    assert SEED.sha256 == Digest.of(TEXT)
    assert SEED.text == PLAIN
    assert SEED.header is not None
    assert SEED.header.date_words == "2024-05-03"
    assert SEED.header.title == "The Harbour Bridge Opens"
    assert SEED.sources == (URL,)
    assert len(SEED.passages) == 3
    assert SEED.passages[1].count("\n") == 1
    assert SEED.body == "\n\n".join(SEED.passages) + "\n"


@pytest.mark.parametrize(
    "octets",
    [
        TEXT.replace(b"\n", b"\r\n"),
        TEXT.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + TEXT,
        TEXT.rstrip(b"\n"),
        TEXT + b"\n\r\n\n",
    ],
)
def test_other_line_ends_and_marks_are_the_same_text(octets: bytes) -> None:
    seed = read_seed_text(octets)
    assert (seed.text, seed.body, seed.passages) == (SEED.text, SEED.body, SEED.passages)
    assert (seed.header, seed.sources) == (SEED.header, SEED.sources)
    assert seed.sha256 != SEED.sha256


def test_pieces_of_letters_are_put_together_and_nothing_else_is_changed() -> None:
    assert text_1("  e\u0301  A\tﬁ \n".encode()) == "  é  A\tﬁ \n"


def test_a_plain_text_keeps_its_first_and_last_line() -> None:
    seed = read_seed_text(TEXT, plain=True)
    assert (seed.header, seed.sources) == (None, ())
    assert len(seed.passages) == 5
    assert seed.body == PLAIN


@pytest.mark.parametrize(
    ("text", "sources", "passages"),
    [
        ("a\n\nb", (), ("a", "b")),
        ("\n \n\t\n a \n \u00a0\u3000\n\n b\nc \n\n", (), ("a", "b\nc")),
        ("a\nhttps://x.test/1", ("https://x.test/1",), ("a",)),
        (
            "a\n\nhttps://x.test/1\n\nHTTP://x.test/2 \n",
            ("https://x.test/1", "HTTP://x.test/2"),
            ("a",),
        ),
        ("a\n<https://x.test/1>\nhttps://x.test/1", ("https://x.test/1",), ("a",)),
        ("a\nsee https://x.test/1", (), ("a\nsee https://x.test/1",)),
        ("https://x.test/1\n\na", (), ("https://x.test/1", "a")),
        ("a\nftp://x.test/", (), ("a\nftp://x.test/",)),
        ("date 2024-05-03 T\nhttps://x.test/1", ("https://x.test/1",), ()),
        ("https://x.test/1", ("https://x.test/1",), ()),
    ],
)
def test_sources_and_passages(
    text: str, sources: tuple[str, ...], passages: tuple[str, ...]
) -> None:
    seed = read_seed_text(text.encode())
    assert (seed.sources, seed.passages) == (sources, passages)
    assert bool(seed.body) is bool(passages)


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\u3000\u2003\n\ufeff".encode(), "empty"),
        ("a".encode("utf-16"), "is UTF-16: save it as UTF-8"),
        (b"\xfe\xff\0a", "is UTF-16: save it as UTF-8"),
        ("a".encode("utf-32"), "is UTF-32: save it as UTF-8"),
        ("ab".encode("utf-16-le"), "a NUL at octet 1"),
        (b"one\ntwo \xe9", r"not UTF-8 at octet 8 \(line 2\)"),
        (b"\xef\xbb\xbfone\r\ntwo \xe9", r"not UTF-8 at octet 12 \(line 2\)"),
        (("a" + "\u0301\u0327" * 900_000).encode(), "more than 1000 marks"),
        (b"\xed\xa0\x80", "not UTF-8 at octet 0"),
        (b"a\xc0\xaf", "not UTF-8 at octet 1"),
    ],
)
def test_what_is_no_text(octets: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_seed_text(octets)


@pytest.mark.parametrize(
    ("line", "date", "precision", "zone", "title"),
    [
        ("date 2024-08-08 A title", "2024-08-08", "day", "unknown", "A title"),
        ("Date: 2024-08-08: A title", "2024-08-08", "day", "unknown", "A title"),
        ("DATE 2024/08/08 - A title", "2024-08-08", "day", "unknown", "A title"),
        ("date 2024.8.8 A title", "2024-08-08", "day", "unknown", "A title"),
        ("date 08.09.2024 A title", "2024-09-08", "day", "unknown", "A title"),
        ("date 13/08/2024 A title", "2024-08-13", "day", "unknown", "A title"),
        ("date 08/13/2024 A title", "2024-08-13", "day", "unknown", "A title"),
        ("date 08/08/2024 A title", "2024-08-08", "day", "unknown", "A title"),
        ("date 8 August 2024 A title", "2024-08-08", "day", "unknown", "A title"),
        ("date 8 Aug 2024, A title", "2024-08-08", "day", "unknown", "A title"),
        ("date August 8, 2024 A title", "2024-08-08", "day", "unknown", "A title"),
        ("date Aug. 8th 2024 A title", "2024-08-08", "day", "unknown", "A title"),
        ("date 8. März 2024 Ein Titel", "2024-03-08", "day", "unknown", "Ein Titel"),
        ("date 1er août 2024 Un titre", "2024-08-01", "day", "unknown", "Un titre"),
        ("date 8 de agosto de 2024 Uno", "2024-08-08", "day", "unknown", "Uno"),
        ("date 8 августа 2024 Название", "2024-08-08", "day", "unknown", "Название"),
        ("date: 8 серпня 2024 року Назва", "2024-08-08", "day", "unknown", "Назва"),
        ("date 2024-08 A title", "2024-08", "month", "unknown", "A title"),
        ("date August 2024 A title", "2024-08", "month", "unknown", "A title"),
        ("date 2024 A title", "2024", "year", "unknown", "A title"),
        ("date 2024-08-08T10:00Z A title", "2024-08-08T10:00Z", "minute", "UTC", "A title"),
        ("date 2024-08-08 10:00 A title", "2024-08-08T10:00", "minute", "unknown", "A title"),
        ("date 2024-08-08T10:00:05+0300 A", "2024-08-08T10:00:05+03:00", "second", "+03:00", "A"),
        ("date\u00a02024-08-08\u00a0二つの橋", "2024-08-08", "day", "unknown", "二つの橋"),
        ("date 2024-08-08", "2024-08-08", "day", "unknown", ""),
    ],
)
def test_headers(line: str, date: str, precision: str, zone: str, title: str) -> None:
    seed = read_seed_text(f"\n  {line} \n\nA passage.\n".encode())
    assert seed.header is not None
    assert seed.header.date is not None
    found = seed.header.date
    assert (found.date, found.precision, found.zone) == (date, precision, zone)
    assert (seed.header.title, seed.header.fault) == (title, "")
    assert seed.passages == ("A passage.",)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("date 08/09/2024 A title", "two ways"),
        ("date 2024-13-45 A title", "not a calendar date"),
        ("date 2023-02-29 A title", "not a calendar date"),
        ("date: 31 April 2024 A title", "not a calendar date"),
        ("date 2024-00 A title", "not a calendar date"),
        ("date 2024-08-08 25:00 A title", "no time of day"),
    ],
)
def test_a_header_whose_date_cannot_be_taken(line: str, fault: str) -> None:
    header = read_seed_text(line.encode()).header
    assert header is not None
    assert header.date is None
    assert fault in header.fault
    assert header.title == "A title"


@pytest.mark.parametrize(
    "line",
    [
        "Date palms are tall.",
        "Date 2024 100 ships sailed.",
        "dated 2024-08-08",
        "date-palm 2024-08-08",
        "date 2024-08-081 x",
        "date",
        "A title of 2024-08-08",
        "date 8 Brumaire 2024 x",
        "date ²²² 2024 x",
    ],
)
def test_ordinary_text_is_no_header(line: str) -> None:
    seed = read_seed_text(line.encode())
    assert seed.header is None
    assert seed.passages == (line,)


@pytest.mark.parametrize(
    "line",
    ["date 2024{}1", "date{}x", "date 8{}August{}x", "date 2024-08-08{}x{}y", "date:{}2024{}-"],
)
def test_many_blanks_are_read_in_good_time(line: str) -> None:
    assert read_seed_text(line.replace("{}", " " * 1_000_000).encode()).text


def test_a_colon_makes_a_header_without_a_date() -> None:
    header = read_seed_text(b"date: Kyiv in the morning").header
    assert header is not None
    assert (header.date, header.title, header.fault) == (None, "Kyiv in the morning", "")


@pytest.mark.parametrize("words", ["", "soon", "2024-08-08 or so", "08/09/2024", "2024-02-30"])
def test_a_given_date_that_is_none(words: str) -> None:
    with pytest.raises(InvalidInput):
        parse_date(words)


def test_the_list_of_blanks_is_pythons_own() -> None:
    assert set(BLANKS) == {chr(n) for n in range(0x110000) if chr(n).isspace()}


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"date ")
@example("date\u3000:".encode())
def test_any_octets_are_a_seed_text_or_invalid(octets: bytes) -> None:
    with contextlib.suppress(InvalidInput):
        seed = read_seed_text(octets)
        assert seed.octets == octets
        assert seed.text.endswith("\n")
        assert not seed.text.endswith("\n\n")
        assert "\r" not in seed.text
        assert seed.body == "" or seed.body.strip(BLANKS)
        # Every form of a form is the form itself.
        assert text_1(seed.text.encode()) == seed.text
        assert read_seed_text(seed.text.encode()).body == seed.body


@given(st.text(alphabet="dateDATE: 0123456789-/.,TZaugmrä\u0301août", max_size=40))
def test_any_header_line_is_read_without_a_fault_of_ours(line: str) -> None:
    with contextlib.suppress(InvalidInput):
        header = read_seed_text(f"date {line}".encode()).header
        if header and header.date:
            assert header.date.date[:4].isdigit()
            assert header.date_words in unicodedata.normalize("NFC", f"date {line}")
