"""The site of the documents: built strictly, and asking nobody but the host that serves it."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest

from archiver.report.explained import EXPLAINED
from tests.docs.pages import ROOT

# What a browser fetches by itself. Links that a person follows may lead anywhere.
_FETCHED = {
    "link": "href",
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "form": "action",
}
# Relations of <link> that name another page and fetch nothing.
_NAMES_ONLY = {"canonical", "prev", "next", "alternate"}


class _Fetched(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _FETCHED and given.get("rel") not in _NAMES_ONLY:
            self.found.append(given.get(_FETCHED[tag]) or "")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("material") is None:
        pytest.skip("mkdocs-material is not installed: pip install '.[docs]'")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_nothing_is_fetched_from_elsewhere(built: Path) -> None:
    pages = [*built.rglob("*.html")]
    assert len(pages) > 15
    for page in pages:
        read = _Fetched()
        read.feed(page.read_text(encoding="utf-8"))
        assert read.found, page
        for address in read.found:
            assert not re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", address), (page, address)
    for sheet in built.rglob("*.css"):
        named = re.findall(r"""(?:url\(|@import )['"]?([^'")]+)""", sheet.read_text())
        assert [one for one in named if re.match("https?:|//", one)] == [], sheet


def test_no_script_of_ours_is_published(built: Path) -> None:
    assert not [*built.rglob("*.py")]


def test_every_check_stands_in_the_threat_model() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    # Whether it is the package that somebody noted is asked for by a word of the command.
    assert {name for name in EXPLAINED if f"`{name}`" not in text} <= {"identity"}
