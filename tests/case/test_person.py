"""Who captures and from where: as declared, `unknown` where not, faults named."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.case.person import person
from archiver.errors import InvalidInput
from archiver.observation import Person


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "archiver").mkdir()
    return tmp_path / "archiver" / "config.toml"


def test_nothing_declared(config: Path) -> None:
    assert person() == Person()
    config.write_text("")
    assert person() == Person()


def test_all_declared(config: Path) -> None:
    config.write_text(
        '[collector]\nname = "analyst-7"\norganisation = "Example Desk"\n'
        '[vantage]\nlabel = "office"\nnetwork = "residential"\ncountry = "NL"\n'
    )
    assert person() == Person(
        name="analyst-7",
        organisation="Example Desk",
        label="office",
        network="residential",
        country="NL",
    )


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[collector]\nnmae = 'x'\n", "collector.nmae"),
        ("[collector]\nname = 7\n", "collector.name"),
        ("[collector]\nname = ''\n", "collector.name"),
        ('[collector]\nname = "a\\u001bb"\n', "collector.name"),
        ("[vantage]\nnetwork = 'fast'\n", "vantage.network"),
        ("[vantage]\ncountry = 'Netherlands'\n", "vantage.country"),
        ("vantage = 'x'\n", "vantage"),
        ("[collector\n", "TOML"),
    ],
)
def test_faults_name_their_field(config: Path, text: str, where: str) -> None:
    config.write_text(text)
    with pytest.raises(InvalidInput) as caught:
        person()
    assert where in f"{caught.value.what} {caught.value.problems}"
