"""Files that somebody made to harm: each ends in one clear refusal, quickly."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.case.files import read_regular
from archiver.case.reading import load_case
from archiver.case.tomltext import read_toml
from archiver.case.writing import to_toml
from archiver.errors import InvalidInput, StorageFailed
from tests.case.right_case import ID, SEED, TEXT, bent, right_document, write_case

RIGHT = to_toml(right_document()).encode()
TOMLS = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n", "is empty"),
    "utf-16": ("\ufeff".encode("utf-16-le") + "a = 1".encode("utf-16-le"), "UTF-16"),
    "invalid utf-8": (b'[source]\nurl = "\xff"', "not UTF-8 at octet 16"),
    "nul": (b"a = 1\n\0", "not TOML"),
    "bare cr": (b"a = 1\rb = 2", "not TOML"),
    "not toml": (b"hello", "not TOML"),
    "key twice": (RIGHT.replace(b"domain =", b"name ="), "outlet.name stands twice"),
    "table twice": (RIGHT + b"\n[outlet]\n", "outlet stands twice"),
    "lone surrogate": (b'a = "\\ud800"', "not a Unicode scalar"),
    "deep arrays": (b"a = " + b"[" * 100_000, "nested too deeply"),
    "deep tables": (b"a = " + b"{a = " * 100_000, "nested too deeply"),
    "long key": (b"a." * 250_000 + b"b = 1", "more than 32 parts"),
    "long quoted key": (b'"a".' * 200_000 + b"b = 1", "more than 32 parts"),
    "long header": (b"[" + b"a ." * 250_000 + b"b]", "more than 32 parts"),
    "huge integer": (b"a = " + b"1" * 900_000, "thousands of digits"),
    "10 MB": (b"#" * 10_000_000, "larger than 1048576"),
    "long key behind a quote": (
        b'x = {s = """don\'t""", ' + b"a." * 99_999 + b"b = 1}",
        "32 parts",
    ),
    "long key behind a comment": (b'# """\n' + b"a." * 200_000 + b"b = 1", "more than 32 parts"),
    "long key behind quotes": (b'x = """a""""\n' + b"a." * 200_000 + b"b = 1", "32 parts"),
    "deep keys": (b"x = {" + (b"a." * 31 + b"a = {") * 150 + b"}" * 151, "nested too deeply"),
    "quotes in quotes": (b'a = "' + b'\\"' * 500_000, "not TOML"),
    "no end": (b'a = """' + b"x" * 500_000, "not TOML"),
}


def load(folder: Path, octets: bytes) -> str:
    (folder / "case.toml").write_bytes(octets)
    with pytest.raises(InvalidInput) as caught:
        load_case(folder)
    return caught.value.what


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path, right_document())


@pytest.mark.parametrize("name", TOMLS)
def test_hostile_case_files(folder: Path, name: str) -> None:
    octets, words = TOMLS[name]
    assert words in load(folder, octets)


def test_a_toml_fault_stands_alone_with_its_line(folder: Path) -> None:
    (folder / "case.toml").write_bytes(b"a = 1\nb = 2\na = 3\n")
    with pytest.raises(InvalidInput) as caught:
        load_case(folder)
    assert [problem.line for problem in caught.value.problems] == [3]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("x-a = nan", "x-a"),
        ("x-a = inf", "x-a"),
        ("x-a = 1.0", "x-a"),
        ("x-a = 07:32:00", "x-a"),
        ("x-a = " + "[" * 60 + "]" * 60, "x-a"),
        ("x-a = [" + "1," * 30_000 + "]", ""),
        ("x-a = 9007199254740993", "x-a"),
        ('"x-\\u202e" = 1', "x-\u202e"),
        ('"" = 1', ""),
    ],
)
def test_values_that_no_case_holds(folder: Path, line: str, where: str) -> None:
    (folder / "case.toml").write_bytes(line.encode() + b"\n" + RIGHT)
    with pytest.raises(InvalidInput) as caught:
        load_case(folder)
    assert [problem.where for problem in caught.value.problems] == [where]


@pytest.mark.parametrize(
    "octets",
    [
        b"x-a = [\n[" + b" " * 500_000 + b"1]]",
        b"a" + b" " * 900_000 + b"= 1",
        b"\n".join(b"k%d = 1" % n for n in range(19_000)),
        b"\n".join(b"[[stance]]\nk%d = 1" % n for n in range(9_000)),
        ('x-a = "a' + "\u0301\u0327" * 200_000 + '"').encode(),
        b'[outlet]\ndomain = "' + b"a" * 1_000_000 + b'"\n[source]\nurl = "https://a.test/"',
    ],
)
def test_what_could_take_the_square_of_its_size(folder: Path, octets: bytes) -> None:
    load(folder, octets)


def test_many_faults_are_bounded(folder: Path) -> None:
    (folder / "case.toml").write_bytes(b"topics = [" + b"1," * 9_000 + b"]\n")
    with pytest.raises(InvalidInput) as caught:
        load_case(folder)
    assert len(caught.value.problems) == 201


def test_unquoted_dates_are_taken_kindly(folder: Path) -> None:
    text = RIGHT.replace(b'"2024-05-03"', b"2024-05-03").replace(
        b'"2024-05-06T09:00:00Z"', b"2024-05-06T09:00:00Z"
    )
    assert text.count(b'"2024-05-0') == RIGHT.count(b'"2024-05-0') - 2
    (folder / "case.toml").write_bytes(text)
    case = load_case(folder)
    assert case.published["date"] == "2024-05-03"
    assert case.assessed["review"]["at"] == "2024-05-06T09:00:00Z"


def test_a_mark_and_crlf_are_taken_kindly(folder: Path) -> None:
    (folder / "case.toml").write_bytes(b"\xef\xbb\xbf" + RIGHT.replace(b"\n", b"\r\n"))
    assert load_case(folder / "case.toml").id == ID


def test_irregular_files_in_the_place_of_the_case_file(folder: Path) -> None:
    file = folder / "case.toml"
    file.rename(folder / "other.toml")
    file.symlink_to("other.toml")
    with pytest.raises(InvalidInput, match="symbolic link"):
        load_case(folder)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(InvalidInput, match="FIFO"):
        load_case(folder)
    file.unlink()
    with pytest.raises(InvalidInput, match="missing"):
        load_case(folder)
    file.mkdir()
    with pytest.raises(InvalidInput, match="directory"):
        load_case(folder)


def test_irregular_files_in_the_place_of_the_seed_text(folder: Path) -> None:
    text = folder / "seed.txt"
    for make, words in (
        (lambda: text.symlink_to("/etc/hostname"), "symbolic link"),
        (lambda: os.mkfifo(text), "FIFO"),
        (lambda: text.write_bytes(b""), "empty"),
        (lambda: text.write_bytes(b"a\0b"), "NUL at octet 1"),
        (lambda: text.write_bytes(b"one\r\ntwo\xff"), r"octet 8 \(line 2\)"),
        (lambda: text.write_bytes("\ufeffa".encode("utf-16-le")), "UTF-16"),
        (lambda: text.write_bytes(b"a" * (17 << 20)), "larger"),
        (lambda: text.write_bytes(TEXT + b"x"), "does not fit the text"),
        (lambda: None, "missing"),
    ):
        text.unlink(missing_ok=True)
        make()
        with pytest.raises(InvalidInput, match=words) as caught:
            load_case(folder)
        assert caught.value.problems[0].where in {"seed_text.file", "seed_text.sha256"}


def test_read_regular_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"12345")
    assert read_regular(file, 5, "it") == b"12345"
    with socket.socket(socket.AF_UNIX) as unix:
        monkeypatch.chdir(tmp_path)
        unix.bind("s")
    for path, words in (
        (file / "b", "leads through a file"),
        (tmp_path / "s", "socket"),
        (Path("/dev/null"), "device"),
        (tmp_path / ("n" * 300), "too long"),
        (tmp_path / "\0", "does not allow"),
        (tmp_path / "\udcff\ud800", "does not allow"),
    ):
        with pytest.raises(InvalidInput, match=words):
            read_regular(path, 5, "it")
    with pytest.raises(InvalidInput, match="larger than 4"):
        read_regular(file, 4, "it")


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.EACCES, InvalidInput), (errno.EIO, StorageFailed)]
)
def test_a_disk_that_fails_is_told_from_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception]
) -> None:
    def failing(*_: object, **__: object) -> int:
        raise OSError(number, "made up")

    monkeypatch.setattr(os, "open", failing)
    with pytest.raises(kind):
        read_regular(tmp_path / "a", 5, "it")


def test_a_text_that_stands_in(tmp_path: Path) -> None:
    folder = write_case(tmp_path, right_document(), text=None)
    assert load_case(folder, TEXT).seed == SEED
    with pytest.raises(InvalidInput, match="does not fit"):
        load_case(folder, TEXT + b"x")
    with pytest.raises(InvalidInput, match="missing"):
        load_case(folder)
    (folder / "case.toml").write_text(to_toml(bent("seed_text/publish", "digest")))
    case = load_case(folder)
    assert case.seed is None
    assert case.claimed["seed_text"]["sha256"] == str(SEED.sha256)
    document = bent("seed_text", ...)
    document["review"]["state"] = "draft"
    (folder / "case.toml").write_text(to_toml(document))
    assert load_case(folder).seed is None
    with pytest.raises(InvalidInput, match="seed_text"):
        load_case(folder, TEXT)


def test_a_folder_whose_name_is_no_id(tmp_path: Path) -> None:
    write_case(tmp_path, right_document()).rename(tmp_path / "Bad Name")
    with pytest.raises(InvalidInput, match="case id"):
        load_case(tmp_path / "Bad Name")


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace")))
def test_any_octets_are_a_document_or_invalid(octets: bytes) -> None:
    with contextlib.suppress(InvalidInput):
        read_toml(octets, "x")


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_damaged_case_file_is_read_or_invalid(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(RIGHT)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=20))
    folder = tmp_path_factory.mktemp("archives", numbered=True) / ID
    folder.mkdir()
    (folder / "case.toml").write_bytes(RIGHT[:start] + put + RIGHT[start + length :])
    with contextlib.suppress(InvalidInput):
        assert load_case(folder, TEXT).seed == SEED


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[source]\nurl = "a"\nurl = "b"\n', "source.url"),
        ('[source]\nurl = "a"\n[outlet]\nname = "x"\n[source]\n', "source"),
        ('[claimed]\npublished.date = "a"\npublished.date = "b"\n', "claimed.published.date"),
    ],
)
def test_what_stands_twice_is_named(folder: Path, text: str, where: str) -> None:
    assert f"{where} stands twice" in load(folder, text.encode())
