"""Wrong cases, each the right one bent in one place: each is refused by the field's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.case.reading import case_from_document, document_faults, load_case
from archiver.case.writing import to_toml
from archiver.errors import InvalidInput
from tests.case.right_case import ID, SEED, bent, right_document, write_case

DROP = ...
REQUIRED = (
    "source source/url claimed claimed/published claimed/published/date "
    "claimed/published/precision claimed/published/zone claimed/published/basis "
    "claimed/language outlet outlet/name outlet/domain seed_text seed_text/file "
    "seed_text/sha256 seed_text/form seed_text/publish seed_text/origin seed_text/origin/how "
    "review review/state stance stance/0/target stance/0/scheme stance/0/label "
    "stance/0/analyst stance/0/at stance/0/confidence stance/0/note sensitivity "
    "narratives/0/label narratives/0/scheme related/0/rel related/0/ref "
    "designations/0/list designations/0/designated designations/0/ref ratings/0/scheme "
    "ratings/0/value ratings/0/as_of ratings/0/ref recapture/every claimed/authors/0/name"
)
WRONG_TYPES = (
    ("source", "text"), ("source", []), ("source/url", 5), ("claimed", "x"),
    ("claimed/published", "2024-05-03"), ("claimed/published/date", 2024),
    ("claimed/title", ["a"]), ("claimed/title", True), ("claimed/authors", "A. Writer"),
    ("claimed/authors/0", "A. Writer"), ("outlet", 1), ("outlet/name", {}),
    ("seed_text", "seed.txt"), ("seed_text/origin", "tip"),
    ("seed_text/origin/is_excerpt", "no"), ("basis", []), ("basis/source.url", 1),
    ("review", "final"), ("review/state", 1), ("stance", "support"), ("stance", {}),
    ("stance/0", "support"), ("stance/0/label", 3), ("topics", "one"), ("topics/0", 7),
    ("keywords", {}), ("notes", 5), ("sensitivity", "RED"), ("sensitivity/graphic", 1),
    ("recapture", "1d"), ("recapture/every", 1), ("ratings/0/value", 7), ("rights", "me"),
)  # fmt: skip
WRONG_VALUES = (
    ("source/url", "ftp://example.org/"), ("source/url", "news.example.org"),
    ("source/url", "https://user:pw@news.example.org/"), ("source/url", "https:///x"),
    ("source/url", "https://news.example.org:99999/"), ("source/url", "https://127.1/"),
    ("source/url", "https://news.example.org/a b"), ("source/url", ""),
    ("source/url", "https://news.example.org\\@x.test/"),
    ("source/url", "https://news.example.org/" + "a" * 9000),
    ("claimed/published/date", "2024-13-45"), ("claimed/published/date", "2023-02-29"),
    ("claimed/published/date", "3 May 2024"), ("claimed/published/date", "2024-05-03\n"),
    ("claimed/published/date", "٢٠٢٤-٠٥-٠٣"), ("claimed/published/date", "2024-5-3"),
    ("claimed/published/date", "unknown"), ("claimed/published/date", "2024-05-03T25:00"),
    ("claimed/published/precision", "month"), ("claimed/published/precision", "second"),
    ("claimed/published/precision", "hour"), ("claimed/published/precision", "unknown"),
    ("claimed/published/zone", "here"), ("claimed/published/zone", "+25:00"),
    ("claimed/published/zone", ""), ("claimed/published/basis", "guess"),
    ("claimed/published/basis", "unknown"),
    ("claimed/language", "english"), ("claimed/language", "xx"), ("claimed/language", "EN"),
    ("claimed/language", "en_GB"), ("claimed/language", "en-ZZ"), ("claimed/language", "und"),
    ("claimed/title", ""), ("claimed/title", " "), ("claimed/title", "A title "),
    ("claimed/title", "A\x1b[31mtitle"), ("claimed/title", "A\ntitle"),
    ("claimed/title", "A\u0085title"), ("claimed/title", "e\u0301tude"),
    ("claimed/title", "half \ud800"), ("claimed/title", "a" * 1001),
    ("outlet/name", "unknown"), ("outlet/name", "\u3000"), ("outlet/domain", "example.com"),
    ("outlet/domain", "news.example.org"), ("outlet/domain", "Example.org"),
    ("outlet/domain", "https://example.org"), ("outlet/country", "UK"),
    ("outlet/country", "gb"), ("outlet/country", "GBR"),
    ("seed_text/file", "../seed.txt"), ("seed_text/file", "/etc/passwd"),
    ("seed_text/file", "case.toml"), ("seed_text/file", ".."), ("seed_text/file", "a\\b"),
    ("seed_text/file", "-rf"), ("seed_text/file", "nul.txt"), ("seed_text/file", "seed\0.txt"),
    ("seed_text/sha256", "0" * 64), ("seed_text/sha256", "sha256:" + "0" * 64),
    ("seed_text/sha256", "sha256:" + "A" * 64), ("seed_text/sha256", f"{SEED.sha256}\n"),
    ("seed_text/form", "html"), ("seed_text/publish", "hide"),
    ("seed_text/origin/how", "dream"), ("seed_text/origin/how", "unknown"),
    ("seed_text/origin/obtained_at", "yesterday"),
    ("seed_text/origin/obtained_at", "2024-05-04T10:00:00"),
    ("basis/source.url", "guess"), ("related/0/rel", "likes"), ("related/0/ref", ""),
    ("review/state", "done"), ("review/at", "2024-02-30"), ("stance", []),
    ("stance/0/scheme", "sdq"), ("stance/0/scheme", "custom:"), ("stance/0/label", "favor"),
    ("stance/0/label", "Deny"), ("stance/0/label", ""), ("stance/0/at", "2024-05-05T10:00Z"),
    ("stance/0/confidence", "certain"), ("stance/0/quote", "words that nobody wrote"),
    ("stance/0/quote", " "), ("stance/0/analyst", " analyst-01"),
    ("narratives/0/scheme", "mine"), ("topics/0", ""), ("keywords/1", "bridge"),
    ("notes", "a" * 20001), ("notes", "\x07"), ("notes", " \n "),
    ("outlet_type", "evil"), ("sensitivity/tlp", "WHITE"), ("sensitivity/tlp", "amber"),
    ("sensitivity/personal_data", "few"), ("sensitivity/harm_note", ""),
    ("designations/0/designated", "2023-01"), ("designations/0/designated", "2023-02-30"),
    ("ratings/0/as_of", "01.01.2024"), ("recapture/every", "daily"),
    ("recapture/every", "1d\n"), ("recapture/every", "-1d"), ("recapture/every", "1.5h"),
    ("x-desk/ticket", 1.5), ("x-desk/ticket", float("nan")), ("x-desk/ticket", 2**60),
    ("x-desk/ticket", None), ("x-desk/words", "a\x00b"),
)  # fmt: skip
UNKNOWN_FIELDS = (
    ("publishedAt", "claimed.published.date"), ("published_at", "claimed.published.date"),
    ("date", "claimed.published.date"), ("claimed/date", "claimed.published.date"),
    ("claimed/langauge", "claimed.language"), ("claimed/Title", "claimed.title"),
    ("claimed/published/tz", "claimed.published.zone"), ("url", "source.url"),
    ("tlp", "sensitivity.tlp"), ("outlet/type", "outlet_type"), ("license", "rights.licence"),
    ("stance/0/lable", "stance[0].label"), ("seed_text/hash", "seed_text.sha256"),
    ("sanctions", "designations"), ("basis/outlet", "quotes"), ("X-mine", "x-"),
    ("qqq", "x-"), ("x-", "x-my-field"), ("claimed/x-A", "x-my-field"),
)  # fmt: skip


def place(path: str) -> str:
    text = ""
    for step in path.split("/"):
        step = f'"{step}"' if "." in step else step
        text += f"[{step}]" if step.isdigit() else f".{step}" if text else step
    return text


def wheres(document: object) -> dict[str, str]:
    errors, _ = document_faults(document, SEED, True)
    for problem in errors:
        assert problem.rule
        assert problem.what
        assert problem.fix
    return {problem.where: problem.fix for problem in errors}


def test_the_right_case_is_right(tmp_path: Path) -> None:
    assert document_faults(right_document(), SEED, True) == ((), ())
    case = load_case(write_case(tmp_path, right_document()))
    assert case == case_from_document(ID, right_document(), SEED)
    assert case.warnings == ()
    assert not set(case.claimed) & set(case.assessed)
    assert {**case.claimed, **case.assessed} == right_document()


@pytest.mark.parametrize("path", REQUIRED.split())
def test_a_missing_field_is_named(path: str) -> None:
    found = wheres(bent(path, DROP))
    # A final case needs a label of the protocol; its table alone may be missing in a draft.
    assert place(path) in found or (path == "sensitivity" and "sensitivity.tlp" in found)


@pytest.mark.parametrize(("path", "value"), WRONG_TYPES)
def test_a_wrong_type_is_named(path: str, value: object) -> None:
    assert place(path) in wheres(bent(path, value))


@pytest.mark.parametrize(("path", "value"), WRONG_VALUES)
def test_a_wrong_value_is_named_and_nothing_else(path: str, value: object) -> None:
    found = set(wheres(bent(path, value)))
    # A date that is unknown also has no precision; both are said.
    found -= {"claimed.published.precision"} if path == "claimed/published/date" else set()
    assert found == {place(path)}


@pytest.mark.parametrize(("path", "hint"), UNKNOWN_FIELDS)
def test_an_unknown_field_names_the_nearest_known_one(path: str, hint: str) -> None:
    found = wheres(bent(path, "value"))
    assert hint in found[place(path)]


def test_wrong_case_files_end_with_exit_4_and_their_problems(tmp_path: Path) -> None:
    folder = write_case(tmp_path, right_document())
    changes = [(path, DROP) for path in REQUIRED.split()] + [*WRONG_TYPES, *WRONG_VALUES]
    for path, value in changes:
        if value is not None and not isinstance(value, float):
            (folder / "case.toml").write_text(to_toml(bent(path, value)))
            with pytest.raises(InvalidInput) as caught:
                load_case(folder)
            assert caught.value.exit == 4
            assert caught.value.problems
    assert sorted(file.name for file in folder.iterdir()) == ["case.toml", "seed.txt"]


def test_there_are_enough_of_them() -> None:
    assert len(REQUIRED.split()) + len(WRONG_TYPES) + len(WRONG_VALUES) + len(UNKNOWN_FIELDS) > 200


def test_all_faults_come_at_once_with_their_lines(tmp_path: Path) -> None:
    document = bent("stance/0/label", "favor")
    document["claimed"]["language"] = "english"
    document["claimed"]["date"] = "2024"
    folder = write_case(tmp_path, document)
    with pytest.raises(InvalidInput) as caught:
        load_case(folder)
    lines = (folder / "case.toml").read_text().split("\n")
    found = {problem.where: lines[(problem.line or 0) - 1] for problem in caught.value.problems}
    assert found == {
        "claimed.date": 'date = "2024"',
        "claimed.language": 'language = "english"',
        "stance[0].label": 'label = "favor"',
    }


def test_a_draft_may_leave_open_what_a_final_case_may_not() -> None:
    document = bent(
        "claimed/published", dict.fromkeys(("date", "precision", "zone", "basis"), "unknown")
    )
    document["claimed"]["language"] = "und"
    document["outlet"]["name"] = "unknown"
    assert len(wheres(document)) == 5
    document["review"]["state"] = "draft"
    assert not wheres(document)


@pytest.mark.parametrize(
    ("date", "precision", "zone", "right"),
    [
        ("2024", "year", "unknown", True),
        ("2024-05", "month", "unknown", True),
        ("2024-05-03T10:00", "minute", "Europe/London", True),
        ("2024-05-03T10:00Z", "minute", "UTC", True),
        ("2024-05-03T10:00:01+02:00", "second", "+02:00", True),
        ("2024-05-03T10:00:01+02:00", "second", "+03:00", False),
        ("2024-05-03T10:00Z", "minute", "unknown", False),
        ("2024-05-03", "minute", "unknown", False),
        ("2024-05-03T10:00", "day", "unknown", False),
    ],
)
def test_precision_and_zone_fit_the_date(date: str, precision: str, zone: str, right: bool) -> None:
    published = {"date": date, "precision": precision, "zone": zone, "basis": "byline"}
    assert (not wheres(bent("claimed/published", published))) is right


def test_a_mirror_explains_another_domain() -> None:
    document = bent("outlet/domain", "example.com")
    document["related"].append({"rel": "mirror", "ref": "https://example.com/"})
    assert not wheres(document)


def test_custom_schemes_have_labels_of_their_own() -> None:
    document = bent("stance/0/scheme", "custom:https://example.org/scheme")
    document["stance"][0]["label"] = "anything"
    assert not wheres(document)


@pytest.mark.parametrize("char", ["\u202e", "\u200b", "\u2066", "\ufeff", "\ue000", "\U000e0041"])
def test_invisible_characters_are_a_warning_that_names_them(char: str) -> None:
    errors, warnings = document_faults(bent("claimed/title", f"A{char}title"), SEED, True)
    assert not errors
    assert [problem.where for problem in warnings] == ["claimed.title"]
    assert f"U+{ord(char):04X}" in warnings[0].what


def test_a_quote_without_the_text_is_a_warning() -> None:
    document = bent("seed_text/publish", "digest")
    errors, warnings = document_faults(document, None, False)
    assert not errors
    assert [problem.where for problem in warnings] == ["stance[0].quote"]


def test_only_a_withheld_text_may_be_without_its_digest() -> None:
    document = bent("seed_text/sha256", DROP)
    document["seed_text"]["publish"] = "withhold"
    assert not wheres(document)
    document["seed_text"]["publish"] = "digest"
    assert "seed_text.sha256" in wheres(document)


def test_keys_of_our_own_never_change_the_claims() -> None:
    case = case_from_document(ID, right_document(), SEED)
    assert "x-desk" in case.assessed
    assert "x-desk" not in case.claimed


@pytest.mark.parametrize("document", [None, [], "", 1, {}, {1: 2}, {"a": {("b",): 1}}])
def test_documents_of_any_shape_are_refused_not_tripped_over(document: object) -> None:
    errors, _ = document_faults(document, None, False)
    assert errors
