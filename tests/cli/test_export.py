"""`archiver export`: beside the package, whole or not at all, and of intact packages only."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import archiver as library
from archiver.case.schemas import faults
from archiver.cli.export import command
from archiver.custody.disk import write_beside
from archiver.digest import Digest
from archiver.errors import StorageFailed
from archiver.report.formats import FORMATS
from tests.command import archiver
from tests.verify.scenes import package

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.wacz"
    path.write_bytes(package("captured"))
    return path


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize("form", FORMATS)
def test_to_standard_output_and_to_a_file(file: Path, form: str) -> None:
    printed = archiver("export", file, "--to", form)
    assert printed.code == 0
    assert names(file.parent) == ["x.wacz"]
    out = file.parent / "out"
    written = archiver("export", file, "--to", form, "--output", out)
    assert written.code == 0
    assert out.read_text() == printed.out == library.export(file, form).octets.decode()
    assert str(Digest.of(out.read_bytes())) in written.out
    assert names(file.parent) == ["out", "x.wacz"]
    assert file.read_bytes() == package("captured")
    again = archiver("export", file, "--to", form, "-o", out)
    assert again.code == 0
    assert "stood there already, the same" in again.out


def test_nothing_is_written_over(file: Path) -> None:
    folder = file.parent
    (folder / "other").write_bytes(b"other")
    (folder / "link").symlink_to("nowhere")
    (folder / "folder").mkdir()
    before = names(folder)
    for name in ("other", "link", "folder", "x.wacz"):
        done = archiver("export", file, "--to", "prov", "-o", folder / name)
        assert done.code == 8
        assert done.err.count("\n") == 1
        assert f"{folder / name}: something else stands there" in done.err
        assert done.out == ""
    assert names(folder) == before
    assert (folder / "other").read_bytes() == b"other"
    assert file.read_bytes() == package("captured")


def test_a_link_to_the_same_octets_is_something_else(file: Path) -> None:
    archiver("export", file, "--to", "prov", "-o", file.parent / "out")
    (file.parent / "link").symlink_to("out")
    assert archiver("export", file, "--to", "prov", "-o", file.parent / "link").code == 8


def test_of_several_writers_one_wins(tmp_path: Path) -> None:
    def write(number: int) -> bool | None:
        try:
            return write_beside(tmp_path / "out", b"%d" % (number % 2))
        except StorageFailed:
            return None

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(write, range(64)))
    assert done.count(True) == 1
    assert names(tmp_path) == ["out"]
    winner = (tmp_path / "out").read_bytes()
    assert {one for number, one in enumerate(done) if b"%d" % (number % 2) != winner} == {None}
    assert None not in {one for number, one in enumerate(done) if b"%d" % (number % 2) == winner}


@pytest.mark.parametrize("name", ["no/such/folder/out", "/dev/null/out", "/proc/out"])
def test_a_place_that_cannot_be_written(file: Path, name: str) -> None:
    done = archiver("export", file, "--to", "checklist", "-o", file.parent / name)
    assert done.code == 8
    assert done.err.count("\n") == 1
    assert names(file.parent) == ["x.wacz"]


def test_what_does_not_verify_is_not_exported(file: Path) -> None:
    file.write_bytes(package("captured")[:-1])
    done = archiver("export", file, "--to", "checklist", "-o", file.parent / "out")
    assert done.code == 3
    assert "Refused at check 'container'" in done.err
    assert done.out == ""
    assert names(file.parent) == ["x.wacz"]
    file.write_bytes(b"no package")
    assert archiver("export", file, "--to", "prov").code == 4
    assert archiver("export", file.parent / "none", "--to", "prov").code == 4


def test_wrong_words(file: Path) -> None:
    for words in (("export", file), ("export", file, "--to", "pdf"), ("export", "--to", "prov")):
        done = archiver(*words)
        assert done.code == 2
        assert done.err.count("\n") == 1
    with pytest.raises(library.InvalidInput, match="no such format: pdf"):
        library.export(file, "pdf")


@pytest.mark.parametrize("form", FORMATS)
def test_json(file: Path, form: str) -> None:
    out = file.parent / "out"
    for words in ((), ("-o", out), ("-o", out)):
        said = archiver("export", file, "--to", form, *words, "--json").json
        assert faults(said, "output-export.schema.json") == ()
        octets = out.read_bytes() if words else said["content"].encode()
        assert said["sha256"] == str(Digest.of(octets))
        assert said["id"] == library.show(file).report.id
        assert (said["content"] is None) == bool(words)
        assert said["media_type"] == FORMATS[form].media_type
    assert said["written"] is False


def test_schema_help_and_readme_name_every_format() -> None:
    schema = json.loads((ROOT / "schemas" / "output-export.schema.json").read_text())
    assert schema["properties"]["to"]["enum"] == sorted(FORMATS)
    types = {one.media_type for one in FORMATS.values()}
    assert schema["properties"]["media_type"]["enum"] == sorted(types)
    page = (ROOT / "docs" / "howto" / "verify-without-us.md").read_text()
    (to,) = [one for one in command.params if one.name == "to"]
    for name, one in FORMATS.items():
        assert f"--to {name}" in page
        assert one.what in (getattr(to, "help", "") or "")


def test_a_package_of_another_version_is_exported_as_it_is(file: Path) -> None:
    file.write_bytes(package("captured", software="archiver 0.0.9"))
    done = archiver("export", file, "--to", "checklist")
    assert done.code == 0
    assert "made by     archiver 0.0.9\n" in done.out
