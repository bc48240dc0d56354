"""The words of the command: help, exit codes, JSON, and the documents that repeat them."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path

import click
import pytest

from archiver import __version__
from archiver.case.schemas import faults, schema_octets
from archiver.cli.main import COMMANDS
from archiver.cli.output import error_lines
from archiver.errors import EXIT_MEANINGS, ArchiverError, Exit, InvalidInput, Problem
from tests.command import archiver
from tests.samples import PAGE, seed_text
from tests.site import Site, http

ROOT = Path(__file__).parent.parent.parent


def test_exit_codes_are_frozen() -> None:
    assert {one.name: int(one) for one in Exit} == {
        "OK": 0,
        "CRASH": 1,
        "USAGE": 2,
        "REFUSED": 3,
        "INVALID": 4,
        "INCONCLUSIVE": 5,
        "CHANGED": 6,
        "SERVICE": 7,
        "STORAGE": 8,
        "UNTRUSTED": 9,
        "INTERRUPTED": 130,
    }


def test_help_names_every_exit_code() -> None:
    assert set(EXIT_MEANINGS) == set(Exit)
    said = " ".join(archiver("--help").out.split())
    for code in Exit:
        assert f"{int(code)} {code.name.lower()}" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example(name: str) -> None:
    command: click.Command = importlib.import_module(f"archiver.cli.{name}").command
    assert command.short_help == COMMANDS[name]
    assert command.epilog is not None
    assert command.epilog.startswith(f"Example: archiver {name}")
    done = archiver(name, "--help")
    assert done.code == 0
    assert "Example:" in done.out
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def test_the_groups_own_words() -> None:
    assert archiver("--version").out == f"archiver {__version__}\n"
    overview = archiver("--help").out
    for name, does in COMMANDS.items():
        assert name in overview
        assert does in overview


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["captur"], "No such command 'captur'. Did you mean 'capture'? (archiver --help)"),
        (
            ["log", "veryfy"],
            "No such command 'veryfy'. Did you mean 'verify'? (archiver log --help)",
        ),
        (["zzz"], "No such command 'zzz' (archiver --help)"),
        (["capture"], "SOURCE"),
        (["capture", "x", "--no-such"], "--no-such"),
        (["capture", "x", "--timeout", "soon"], "--timeout"),
        (["capture", "x", "--max-bytes", "0"], "--max-bytes"),
        (["verify"], "PACKAGE"),
    ],
)
def test_wrong_words(words: list[str], hint: str) -> None:
    done = archiver(*words)
    assert done.code == 2
    assert done.err.startswith("archiver: ")
    assert done.err.count("\n") == 1
    assert hint in done.err
    as_json = archiver(*words, "--json")
    assert as_json.code == 2
    assert as_json.json["error"]["code"] == "usage"


@pytest.mark.parametrize(
    "source",
    [
        "ftp://x.example/",
        "http://",
        "https://user:secret@x.example/",
        "http://x.example\\@y.example/",
        "http://x.example:0/",
        "http://x.example:65536/",
        "http://x.example/a b",
        "http://x.example/\x1b[31m",
        "http://127.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://①②⑦.⓪.⓪.①/",
        "http://[::1/",
        "http://" + "a" * 70_000 + ".example/",
        "no-such-file.txt",
        "x.example/page",
        "javascript:alert(1)",
    ],
)
def test_sources_that_are_none(tmp_path: Path, source: str) -> None:
    done = archiver("capture", source, "--archives", tmp_path / "archives")
    assert done.code == 4, done
    assert done.err.startswith("archiver: ")
    assert done.err.count("\n") == 1
    assert "\x1b" not in done.err
    assert len(done.err) < 1500
    assert not (tmp_path / "archives").exists()


def test_every_output_has_its_schema(tmp_path: Path) -> None:
    archives = tmp_path / "archives"
    outputs: list[tuple[str, str]] = []
    with Site({"/x": http(PAGE.replace("eleven", "twelve"))}) as site:
        seed = tmp_path / "seed.txt"
        seed.write_text(seed_text(site.url("/x")))
        for words in (
            ("new", seed),
            ("new", seed),
            ("capture", seed, "--allow-private-addresses"),
            ("capture", site.url("/y"), "--allow-private-addresses"),
        ):
            done = archiver(*words, "--archives", archives, "--json")
            outputs.append((f"output-{words[0]}", done.out))
    package = json.loads(outputs[2][1])["package"]["path"]
    broken = tmp_path / "broken.wacz"
    broken.write_bytes(Path(package).read_bytes()[:-1])
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "case.toml").write_text("[source]\nurl = 1\n")
    for words in (
        ("verify", package),
        ("verify", broken),
        ("verify", archives),
        ("verify", seed),
        ("show", package),
        ("compare", package),
        ("compare", package, seed, "--exit-status"),
        ("diff", package, package),
        ("validate", *archives.iterdir()),
        ("validate", tmp_path / "bad"),
    ):
        outputs.append((f"output-{words[0]}", archiver(*words, "--json").out))
    for words in (("show", broken), ("capture", "ftp://x/"), ("capture", tmp_path / "bad")):
        outputs.append(("output-error", archiver(*words, "--json").out))
    for name, out in outputs:
        assert faults(json.loads(out), f"{name}.schema.json") == (), (name, out)


def test_every_schema_is_canonical_and_strict_json() -> None:
    from archiver.canonical import read, to_file

    for path in sorted((ROOT / "schemas").glob("*.json")):
        octets = schema_octets(path.name)
        assert to_file(read(octets, path.name)) == octets
        # Python's `$` lets a final newline through; no pattern of ours relies on it.
        for pattern in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', octets.decode()):
            assert not pattern.endswith("$"), pattern
            assert r"\\d" not in pattern, pattern


def test_hostile_text_is_harmless_in_messages() -> None:
    hostile = "a\x1b[31mb\u202ec\x9bd\u200be\nf\x00g\ud800h"
    for error in (
        ArchiverError("x", hostile, where=hostile, hint=hostile),
        InvalidInput(
            "x", "y", problems=(Problem(where=hostile, rule="r", what=hostile, fix=hostile),)
        ),
    ):
        for line in error_lines(error):
            assert not re.search("[\x00-\x1f\x7f-\x9f\u200b\u202e\ud800-\udfff]", line)


def test_hostile_page_and_case_in_every_output(tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\u202e<script>alert(1)</script>::error::${{ secrets.X }}"
    page = f"<title>{evil}</title><p>{evil}</p>"
    with Site({"/x": http(page, extra="Location: \x1b[31m\r\n")}) as site:
        text = tmp_path / "seed.txt"
        text.write_text(f"Some text here {evil}\n\nand some more of it\n")
        done = archiver(
            *("capture", site.url("/x"), "--text", text, "--allow-private-addresses"),
            *("--archives", tmp_path / "archives"),
        )
    package = next((tmp_path / "archives").rglob("*.wacz"))
    outputs = [done, archiver("show", package), archiver("compare", package)]
    outputs += [archiver("show", package, "--json"), archiver("verify", package)]
    for one in outputs:
        for stream in (one.out, one.err):
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", stream)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_harm_nothing(tmp_path: Path, closed: str) -> None:
    with Site({"/x": http(PAGE)}) as site:
        done = archiver(
            *("capture", site.url("/x"), "--allow-private-addresses", "--archives", tmp_path / "a"),
            prefix=("sh", "-c", f'exec "$@" {closed}', "sh"),
        )
    assert done.code == 0
    (package,) = (tmp_path / "a").rglob("*.wacz")
    assert archiver("verify", package).code == 0


def test_no_words_at_all_gives_the_help() -> None:
    done = archiver()
    assert done.code == 2
    assert "\nCapture:\n" in done.err


def test_an_id_noted_elsewhere(tmp_path: Path) -> None:
    with Site({"/x": http(PAGE)}) as site:
        said = archiver(
            *("capture", site.url("/x"), "--allow-private-addresses", "--json"),
            *("--archives", tmp_path / "a"),
        ).json
    path, noted = said["package"]["path"], said["package"]["id"]
    assert archiver("verify", path, "--id", noted).code == 0
    other = archiver("verify", path, "--id", noted[:-1] + ("0" if noted[-1] != "0" else "1"))
    assert other.code == 3
    assert "identity" in other.out
    assert archiver("verify", path, "--id", "x").code == 2


def test_a_control_that_is_none_is_named(tmp_path: Path) -> None:
    words = ("capture", "http://x.example/", "--control", "nope", "--archives", tmp_path / "a")
    done = archiver(*words)
    assert done.code == 4
    assert "--control 1" in done.err


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("example.com", "did you mean https://example.com?"),
        ("127.0.0.1:8765/article.html", "did you mean https://127.0.0.1:8765/article.html?"),
        ("localhost:8765", "did you mean https://localhost:8765?"),
        ("www.example.de", "did you mean https://www.example.de?"),
        ("news.example/story.html", "did you mean https://news.example/story.html?"),
        ("nosuch.txt", "SOURCE is a case folder"),
        ("article.md", "SOURCE is a case folder"),
        ("texts/nosuch.txt", "SOURCE is a case folder"),
    ],
)
def test_what_is_not_there_is_called_so(tmp_path: Path, source: str, hint: str) -> None:
    done = archiver("capture", source, cwd=tmp_path)
    assert done.code == 4
    assert "no such file" in done.err
    assert hint in done.err
