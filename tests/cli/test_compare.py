"""`archiver compare` and what `show` says of a comparison, with the real command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.case.schemas import faults, schema
from archiver.judge.lookalikes import KINDS
from archiver.report.words import CHANGE_WORDS, elsewhere_words
from tests import screen
from tests.command import archiver
from tests.samples import PARAGRAPHS, seed_text
from tests.site import Site, http
from tests.verify.scenes import package as sealed

FIRST, SECOND, THIRD, FOURTH = PARAGRAPHS
LD = json.dumps({"articleBody": FOURTH, "headline": "Another Title", "datePublished": "2020-01-02"})
DOUBTFUL = SECOND.replace("the", "th\u0435", 1)
PAGE = (
    f'<title>Ferry</title><script type="application/ld+json">{LD}</script>'
    f"<p>It is not true that {FIRST} So they say.</p><p>{DOUBTFUL}</p>"
    f"<p><del>{THIRD}</del></p>"
)
COLOUR = re.compile(r"\x1b\[3[12]m.*?\x1b\[0m")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A package of a page that has each passage in another way."""
    folder = tmp_path_factory.mktemp("compare")
    with Site({"/ferry": http(PAGE)}) as site:
        seed = folder / "seed.txt"
        seed.write_text(seed_text(site.url("/ferry")))
        done = archiver(
            *("capture", seed, "--allow-private-addresses", "--archives", folder / "archives"),
            "--json",
        )
        assert done.code == 0, done.err
        comparison = done.json["comparison"]
        assert (comparison["found"], comparison["within"]) == (1, 1)
        assert comparison["embedded"] == "partial"
        yield Path(done.json["package"]["path"])


def test_passage_by_passage_for_people(package: Path) -> None:
    out = archiver("compare", package).out
    assert "1 of 4 passages found (1 within a longer paragraph), 2 altered, 1 missing" in out
    assert "in a longer paragraph: It is not true that [passage] So they say." in out
    assert "[-the-]{+th\u0435+}" in out
    assert "U+0435 CYRILLIC SMALL LETTER IE for U+0065 LATIN SMALL LETTER E" in out
    assert "passage 3 altered" in out
    assert "stands struck through" in out
    assert "passage 4 missing" in out
    assert "stands in embedded data (JSON-LD articleBody), not in the visible text" in out
    assert "not found; the page has: Ferry (title); Another Title (headline)" in out
    assert "the page's metadata says another date (2020-01-02 (datePublished))" in out
    assert "\x1b" not in out


def test_passage_by_passage_for_programs(package: Path) -> None:
    said = archiver("compare", package, "--json").json
    assert faults(said, "output-compare.schema.json") == ()
    assert faults(said["comparison"], "comparison.schema.json") == ()
    passages = said["comparison"]["passages"]
    assert [one["status"] for one in passages] == ["found", "altered", "altered", "missing"]
    assert [one["kind"] for one in passages[1]["changes"]] == ["lookalike"]
    assert said["comparison"]["claims"]["published"]["metadata"] == "other"


def test_several_texts_against_one_package(tmp_path: Path, package: Path) -> None:
    texts = []
    for number, text in enumerate((FIRST, "Nothing of this stands there.")):
        texts.append(tmp_path / f"{number}.txt")
        texts[-1].write_text(text)
    said = archiver("compare", package, *texts, "--exit-status", "--json")
    assert said.code == 6
    assert faults(said.json, "output-compare.schema.json") == ()
    assert [one["text"]["path"] for one in said.json["comparisons"]] == list(map(str, texts))
    assert [one["comparison"]["result"] for one in said.json["comparisons"]] == [
        "contained",
        "not-contained",
    ]
    assert archiver("compare", package, texts[0], "--exit-status").code == 0
    out = archiver("compare", package, *texts).out
    assert all(str(text) in out for text in texts)
    missing = archiver("compare", package, texts[0], tmp_path / "none.txt")
    assert missing.code == 4
    assert "none.txt" in missing.err


def on_a_terminal(*words: str | Path, **env: str) -> str:
    """What the command prints on a terminal."""
    ours, theirs = screen.opened()
    clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(
        [sys.executable, "-m", "archiver", *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**clean, "TERM": "xterm", **env},
    ) as running:
        os.close(theirs)
        octets = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # Linux says so at the end of a terminal
                break
            if not piece:
                break
            octets += piece
    os.close(ours)
    assert running.returncode == 0
    return octets.decode("utf-8")


def test_colour_on_a_terminal_alone(package: Path) -> None:
    shown = on_a_terminal("compare", package)
    assert "\x1b[31m[-the-]\x1b[0m\x1b[32m{+th\u0435+}\x1b[0m" in shown
    assert "\x1b" not in COLOUR.sub("", shown)
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_a_terminal("compare", package, **env)


def test_show_prints_the_command_that_cuts(package: Path) -> None:
    said = archiver("show", package, "--json").json
    command = said["cut"]
    assert archiver("show", package, "--cut").out == f"{command}\n"
    done = archiver("show", package, "--cut", "--why")
    assert (done.code, "exclude each other" in done.err) == (2, True)
    out = archiver("show", package).out
    assert command not in out
    assert re.search(r"passage 1 +characters 20-\d+ of .* octets \d+-\d+ of", out)
    assert "1 found, 1 within a longer paragraph" in out
    assert "embedded data: partial" in out
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.partition(" ")[2] == f"{FIRST}\n"


def test_where_nothing_was_found_there_is_nothing_to_cut(tmp_path: Path) -> None:
    absent = tmp_path / "absent.wacz"
    absent.write_bytes(sealed("absent"))
    done = archiver("show", absent, "--cut")
    assert (done.code, done.out) == (4, "")
    assert "no passage of the seed text was found on its page" in done.err
    assert "where the found passages stand" not in archiver("show", absent).out


def test_every_difference_and_place_has_words() -> None:
    assert set(CHANGE_WORDS) == set(KINDS)
    document = schema("comparison.schema.json")
    passage = document["properties"]["passages"]["items"]["properties"]
    kinds = passage["elsewhere"]["items"]["properties"]["kind"]["enum"]
    assert len({elsewhere_words(kind, "x") for kind in kinds}) == len(kinds)
    assert set(passage["changes"]["items"]["properties"]["kind"]["enum"]) == set(KINDS)
