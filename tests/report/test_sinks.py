"""More than 516 hostile texts through everything that a text from outside comes out of."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from archiver.case.identity import case_id, check_case_id
from archiver.cli.main import archiver as group
from archiver.cli.output import error_lines, print_json, rows
from archiver.errors import InvalidInput, Problem
from archiver.report.escape import terminal
from archiver.report.html.site import case_file, report_file
from archiver.report.shell import plain, quoted
from archiver.verbs.exporting import export
from tests.report.hostile import package, strings

MOVES = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
FENCED = re.compile(r"```(?:sh|text)\n.*?\n```", re.DOTALL)


def test_there_are_enough() -> None:
    assert len(strings()) >= 516


@pytest.mark.parametrize("text", strings())
def test_terminal_json_and_file_names(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert not MOVES.search(terminal(text))
    problem = Problem(where=text, rule="x", what=text, fix=text)
    fault = InvalidInput("x", text, where=text, hint=text, problems=(problem,))
    for line in (*error_lines(fault), *error_lines(InvalidInput("x", text)), *rows([("x", text)])):
        assert "\n" not in line
        assert not MOVES.search(line)
        assert not line.startswith("::")
    print_json({"text": text, text: 1})
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert json.loads(printed)["text"] == text
    assert not MOVES.search(printed)
    for one in (plain(text), quoted(text)):
        assert one.isascii()
        assert not MOVES.search(one)
        assert "\n" not in one
    name = check_case_id(case_id("2024-05-03", "news.example.org", text, "https://x.example/"))
    for path in (case_file(name), report_file(name, "20260314T120000Z-00000000.wacz")):
        assert re.fullmatch(r"[a-z]+/[a-z0-9.TZ-]+\.html", path)
        assert ".." not in path


@pytest.mark.parametrize("text", strings()[::12])
def test_commands_and_the_checklist(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(package(text))
    for words in (
        ["show"],
        ["show", "--why"],
        ["verify"],
        ["compare"],
        ["cross"],
        ["show", "--json"],
    ):
        group.main(args=[*words, str(file)], standalone_mode=False)
        out = capsys.readouterr().out
        assert out
        assert not MOVES.search(out), words
        assert not any(line.startswith("::") for line in out.splitlines())
    page = export(file, "checklist").octets.decode("ascii")
    outside = FENCED.sub("", page)
    assert "```" not in outside
    assert not re.search(r"!?\[[^\]]*\]\(|<[a-z!/]|far\.example", outside)
