"""Which case SOURCE is, or becomes; and what is said where it can be none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archiver.case.identity import distinct_case_id
from archiver.case.intake import Given
from archiver.case.model import Publish
from archiver.case.reading import load_case
from archiver.errors import InvalidInput
from archiver.judge import seed as seeds
from archiver.verbs.resolving import Resolved, resolve, seed_document
from tests.case.right_case import ID, SEED, TEXT, URL, right_document, write_case

KEY = bytes(range(32))


def resolved(source: Path | str, folder: Path, **more: Any) -> Resolved:
    given = {"text": None, "given": Given(), "new_key": KEY, **more}
    return resolve(str(source), archives=folder / "archives", **given)


def refused(source: Path | str, folder: Path, **more: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        resolved(source, folder, **more)
    return caught.value


@pytest.fixture
def text(tmp_path: Path) -> Path:
    (tmp_path / "archives").mkdir()
    (tmp_path / "text.txt").write_bytes(TEXT)
    return tmp_path / "text.txt"


def test_a_text_becomes_a_case_of_its_own(text: Path) -> None:
    made = resolved(text, text.parent)
    assert (made.case.id, made.folder) == (ID, text.parent / "archives" / ID)
    assert made.files is not None
    assert set(made.files) == {"case.toml", "seed.txt"}
    assert made.identity == (URL, str(SEED.sha256))
    assert not made.folder.exists()


def test_once_it_stands_it_is_that_case(text: Path) -> None:
    write_case(text.parent / "archives", right_document())
    again = resolved(text, text.parent)
    assert (again.case.id, again.files, again.warnings) == (ID, None, ())
    told = resolved(text, text.parent, given=Given(outlet="The Pier", language="en"))
    assert [(one.where, one.rule) for one in told.warnings] == [("--outlet", "ignored")]
    folder = text.parent / "archives" / ID
    for source in (folder, folder / "case.toml"):
        assert resolved(source, text.parent).case.id == ID


def test_another_text_of_that_source_is_another_case(text: Path) -> None:
    write_case(text.parent / "archives", right_document())
    other = text.with_name("other.txt")
    other.write_bytes(TEXT.replace(b"ten years", b"two years"))
    assert other.read_bytes() != TEXT
    made = resolved(other, text.parent)
    assert made.case.id == distinct_case_id(ID, URL)
    assert made.files is not None
    fault = refused(other, text.parent, given=Given(case_id=ID))
    assert (fault.code, fault.where) == ("case.taken", str(text.parent / "archives" / ID))


def test_a_name_that_was_promised_to_another(text: Path) -> None:
    others = {ID: ("https://other.example/", None)}
    assert resolved(text, text.parent, promised=others).case.id == distinct_case_id(ID, URL)
    fault = refused(text, text.parent, promised=others, given=Given(case_id=ID))
    assert fault.code == "case.taken"
    same = {ID: (URL, str(SEED.sha256))}
    assert resolved(text, text.parent, promised=same).case.id == ID
    names = [ID, distinct_case_id(ID, URL), distinct_case_id(ID, str(SEED.sha256))]
    all_gone = dict.fromkeys(names, ("https://other.example/", None))
    assert refused(text, text.parent, promised=all_gone).code == "case.taken"


def test_what_is_no_source(text: Path) -> None:
    folder = text.parent
    assert refused("", folder).what == "SOURCE is empty"
    empty = folder / "archives" / "empty"
    empty.mkdir()
    fault = refused(empty, folder)
    assert (fault.code, fault.where) == ("case.missing", str(empty))
    fault = refused(text, folder, text=text)
    assert (fault.code, fault.what) == (
        "source.two_texts",
        "both SOURCE and --text name a seed text",
    )
    fault = refused("www.example.org/a", folder, text=text)
    assert (fault.what, fault.hint) == ("is no URL", "did you mean https://www.example.org/a?")
    bad = folder / "bad.txt"
    bad.write_bytes(b"\xff\xfe")
    assert refused(bad, folder).where == str(bad)
    assert refused(URL, folder, text=bad).where == str(bad)


def test_a_url_with_a_text_and_without(text: Path) -> None:
    bare = resolved(URL, text.parent)
    assert (bare.case.seed, bare.case.source_url) == (None, URL)
    assert seed_document(bare, Publish.DIGEST) is None
    with_text = resolved(URL, text.parent, text=text)
    assert with_text.identity == (URL, str(SEED.sha256))


def published(text: Path, publish: Publish) -> Resolved:
    """A case whose text is published so, as it stands once its files are written."""
    made = resolved(text, text.parent, given=Given(publish=publish))
    assert made.files is not None
    made.folder.mkdir()
    for name, file in made.files.items():
        (made.folder / name).write_bytes(file.octets)
    return resolved(made.folder, text.parent)


def test_a_text_that_is_published_by_digests(text: Path) -> None:
    stands = published(text, Publish.DIGEST)
    due = seeds.document(SEED, "digest", None)
    assert seed_document(stands, Publish.DIGEST) == due
    (stands.folder / "seed.txt").unlink()
    gone = replace(stands, case=load_case(stands.folder))
    assert gone.case.seed is None
    assert seed_document(gone, Publish.DIGEST) == due
    stated = stands.folder / "seed.json"
    octets = stated.read_bytes()
    stated.write_bytes(octets.replace(SEED.sha256.hex.encode(), b"0" * 64))
    with pytest.raises(InvalidInput) as other:
        seed_document(gone, Publish.DIGEST)
    assert (other.value.code, other.value.where) == ("seed.other", str(stated))
    stated.write_bytes(b"{}")
    with pytest.raises(InvalidInput) as none:
        seed_document(gone, Publish.DIGEST)
    assert none.value.code == "seed.other"
    stated.write_bytes(b"{")
    with pytest.raises(InvalidInput):
        seed_document(gone, Publish.DIGEST)
    stated.unlink()
    with pytest.raises(InvalidInput) as missing:
        seed_document(gone, Publish.DIGEST)
    assert missing.value.code == "seed.missing"


def test_a_text_that_is_withheld_has_a_key(text: Path) -> None:
    draft = resolved(text, text.parent, given=Given(publish=Publish.WITHHOLD))
    due = seeds.document(SEED, "withhold", KEY)
    assert seed_document(draft, Publish.WITHHOLD) == due
    stands = published(text, Publish.WITHHOLD)
    assert seed_document(stands, Publish.WITHHOLD) == due
    for wrong in (b"x" * 64, b"00" * 31, b"", b"\xff"):
        (stands.folder / "seed.key").write_bytes(wrong)
        with pytest.raises(InvalidInput) as caught:
            seed_document(stands, Publish.WITHHOLD)
        assert caught.value.what == "the seed text's key is not 64 hex digits"
