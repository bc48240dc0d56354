"""`archiver log feed` and `log summary` from the command line."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from archiver.moment import spell
from tests.command import archiver
from tests.custody import logbook
from tests.custody.logbook import MOMENT, append, captured, sign
from tests.hostiletexts import TEXTS, has_no_control

LABELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED", None)


def case(archives: Path, name: str, tlp: str | None) -> None:
    folder = archives / name
    folder.mkdir(parents=True)
    said = "" if tlp is None else f'[sensitivity]\ntlp = "{tlp}"\n'
    (folder / "case.toml").write_text(f'[source]\nurl = "https://example.org/"\n{said}')


def secret(label: str | None) -> str:
    return "case-" + (label or "none").lower().replace("+", "-")


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    archives = tmp_path / "archives"
    log = logbook.log_in(archives)
    for number, label in enumerate(LABELS):
        name = secret(label)
        case(archives, name, label)
        at = append(log, logbook.began(name))
        said = captured(at, number, name)
        append(log, said)
        about = {"time": spell(MOMENT), "note": f"of {name}"}
        append(log, {"event": "withdraw", "line": f"{log.id}/{at + 1}", **about})
        append(log, {"event": "stamp", "package": said["package"], "file": said["file"], **about})
    at = append(log, logbook.began("away"))
    append(log, captured(at, 99, "away"))
    case(archives, "broken", "CLEAR")
    (archives / "broken" / "case.toml").write_text("[sensitivity\ntlp")
    append(log, {"event": "gap", "case": "broken", "note": "x", "time": spell(MOMENT)})
    sign(log)
    return archives


@pytest.mark.parametrize("words", ["feed", "summary"])
def test_amber_and_red_are_not_told(archives: Path, words: str) -> None:
    done = archiver("log", words, "--archives", archives)
    assert done.code == 0
    for label in ("CLEAR", "GREEN", None):
        assert secret(label) in done.out
    assert "amber" not in done.out
    assert "case-red" not in done.out
    assert "away" not in done.out
    assert "broken" not in done.out
    if words == "summary":
        assert "11 lines left out" in done.out


def test_a_feed_is_written_over_a_feed_only(archives: Path, tmp_path: Path) -> None:
    words = ("log", "feed", "--archives", archives, "--to", tmp_path / "feed.atom")
    assert archiver(*words).code == 0
    first = (tmp_path / "feed.atom").read_bytes()
    assert archiver(*words).code == 0
    assert (tmp_path / "feed.atom").read_bytes() == first
    assert archiver("log", "feed", "--archives", archives).out.encode() == first
    ET.fromstring(first)
    (tmp_path / "feed.atom").write_text("mine")
    done = archiver(*words)
    assert done.code == 8
    assert "never written over" in done.err
    assert (tmp_path / "feed.atom").read_text() == "mine"


def test_what_is_new(archives: Path, tmp_path: Path) -> None:
    def summary(*words: str) -> str:
        done = archiver("log", "summary", "--archives", archives, *words)
        assert done.code == 0, done
        return done.out

    (log,) = (one.name for one in (archives / "ledger").iterdir())
    assert "Nothing new" in summary("--new")
    opened = logbook.ledger.open_log(archives / "ledger" / log)
    at = append(opened, logbook.note("later"))
    append(opened, logbook.note("latest"))
    assert "Custody, corrections, notes: 2." in summary("--new")
    assert "Custody, corrections, notes: 1." in summary("--since", f"{log}/{at}")
    assert "Custody, corrections, notes: 1." in summary("--last", "1")
    assert archiver("log", "summary", "--archives", archives, "--since", "x/1").code == 4


def test_hostile_texts_through_a_real_ledger(tmp_path: Path) -> None:
    archives = tmp_path / "archives"
    log = logbook.log_in(archives)
    case(archives, "a-case", None)
    told = 0
    for text in TEXTS:
        if has_no_control(text) and "\n" not in text and text.isprintable():
            at = append(log, logbook.began() | {"source": text})
            append(log, captured(at, told) | {"source": text})
            append(log, logbook.note(text[:1000]))
            told += 1
    assert told > 40
    for words in ("feed", "summary"):
        done = archiver("log", words, "--archives", archives)
        assert done.code == 0
        assert has_no_control(done.out)
        if words == "feed":
            assert len(ET.fromstring(done.out).findall("{*}entry")) == 2 * told
