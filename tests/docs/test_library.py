"""docs/library.md: its examples run, and every public name stands there."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import archiver
from tests.docs.pages import ROOT
from tests.samples import PAGE, seed_text
from tests.site import Site, http

PAGE_FILE = ROOT / "docs" / "library.md"
TEXT = PAGE_FILE.read_text(encoding="utf-8")


def examples() -> str:
    """The examples of the page, a blank line behind each block; `…` is any text."""
    blocks = re.findall(r"^```pycon\n(.*?)^```$", TEXT, re.M | re.S)
    return "\n".join(blocks).replace("…", "...")


def test_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Site({"/article": http(PAGE)}) as site:
        url = site.url("/article")
        Path("article.txt").write_text(seed_text(url))
        # As in tests/docs/running.py: a page of ours, on loopback.
        text = examples().replace("https://example.org/article", url)
        opened = f"allow_private_addresses=True, controls=({site.url('/')!r},)"
        text = text.replace("Settings(seconds=30)", f"Settings(seconds=30, {opened})")
        found = doctest.DocTestParser().get_doctest(text, {}, PAGE_FILE.name, None, 0)
        said: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
        result = runner.run(found, out=said.append)
    assert result.failed == 0, "".join(said)
    assert result.attempted > 15


@pytest.mark.parametrize("name", archiver.__all__)
def test_every_public_name_stands_there(name: str) -> None:
    assert re.search(rf"`{name}(?:`|\(\)`)", TEXT), name
