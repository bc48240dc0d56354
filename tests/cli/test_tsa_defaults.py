"""`archiver tsa defaults`: documented authorities, their roots from certifi, by one command."""

from __future__ import annotations

import re
import ssl
from pathlib import Path

import certifi
import pytest

from archiver.attest.authorities import checked_name, checked_url, read_authorities
from archiver.attest.defaults import DEFAULTS, root_in
from archiver.case.schemas import faults
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.verbs.authorities import add_defaults
from tests.command import Done, archiver
from tests.tsa import root

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
BUNDLE = Path(certifi.where())


def defaults(config: Path, *words: str, **env: str) -> Done:
    return archiver("tsa", "defaults", *words, env={"XDG_CONFIG_HOME": str(config), **env})


def files(config: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (config / "archiver" / "tsa").iterdir()}


def test_all_are_chosen_with_their_roots(tmp_path: Path) -> None:
    done = defaults(tmp_path)
    assert (done.code, done.err) == (0, "")
    chosen = read_authorities(tmp_path / "archiver" / "tsa")
    assert [(one.name, one.url) for one in chosen] == [(one.name, one.url) for one in DEFAULTS]
    for one, default in zip(chosen, DEFAULTS, strict=True):
        (believed,) = one.roots
        assert Digest.of(believed.der) == default.root
        for told in (one.name, default.url, str(default.root), default.documented):
            assert told in done.out
        assert believed.certificate.subject.rfc4514_string() in done.out
    words = " ".join(done.out.split())
    assert "To choose them is to believe them" in words
    assert "the SHA-256 of a file and a random number, nothing else" in words


def test_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "archiver" / "tsa"
    folder.mkdir(parents=True)
    (folder / "sectigo.pem").write_bytes(b"URL: http://mine.example/\n" + root().pem)
    first = defaults(tmp_path, "--json").json
    assert faults(first, "output-tsa.schema.json") == ()
    assert [one["name"] for one in first["authorities"] if not one["new"]] == ["sectigo"]
    assert first["missing"] == []
    before = files(tmp_path)
    assert b"mine.example" in before["sectigo.pem"]
    again = defaults(tmp_path)
    assert again.out.count("it was there already") == len(DEFAULTS)
    assert files(tmp_path) == before


def test_a_root_that_the_bundle_has_not_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    gone, *others = DEFAULTS
    pem = root_in(BUNDLE.read_bytes(), gone.root)
    assert pem is not None
    fewer = tmp_path / "fewer.pem"
    fewer.write_bytes(BUNDLE.read_bytes().replace(pem, b""))
    offered = add_defaults(fewer)
    assert [one.default for one in offered if one.chosen is None] == [gone]
    assert set(files(tmp_path)) == {f"{one.name}.pem" for one in others}


def test_a_bundle_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with pytest.raises(InvalidInput, match="is missing"):
        add_defaults(tmp_path / "none.pem")
    (tmp_path / "empty.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAA\n")
    assert all(one.chosen is None for one in add_defaults(tmp_path / "empty.pem"))
    assert not (tmp_path / "archiver").exists()


def test_an_authoritys_file_that_is_wrong_is_named(tmp_path: Path) -> None:
    (tmp_path / "archiver" / "tsa").mkdir(parents=True)
    (tmp_path / "archiver" / "tsa" / "digicert.pem").write_bytes(b"x")
    done = defaults(tmp_path)
    assert done.code == 4
    assert done.err.count("\n") == 1
    assert "digicert.pem" in done.err
    assert set(files(tmp_path)) == {"digicert.pem"}


def test_the_table_of_the_readme() -> None:
    row = r"(?m)^\| `(.+?)` \| `(http.+?)` \| `([0-9a-f]{64})` \| <(.+?)> \|$"
    rows = re.findall(row, README)
    assert rows == [(one.name, one.url, one.root.hex, one.documented) for one in DEFAULTS]


def test_the_table_is_sound() -> None:
    assert len({one.root for one in DEFAULTS}) == len({one.name for one in DEFAULTS})
    for one in DEFAULTS:
        assert (checked_name(one.name), checked_url(one.url)) == (one.name, one.url)
        pem = root_in(BUNDLE.read_bytes(), one.root)
        assert pem is not None
        # Read here by another hand.
        assert Digest.of(ssl.PEM_cert_to_DER_cert(pem.decode())) == one.root
