"""Shells complete our words: by bash itself, and by what zsh and fish are told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import archiver

BASH = """
eval "$(archiver completion bash)"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_archiver_completion archiver
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which `archiver` is the one under test."""
    script = tmp_path / "archiver"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m archiver "$@"\n')
    script.chmod(0o755)
    return f"{tmp_path}:{os.environ['PATH']}"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("ver",), ["verify"]),
        (("log", "ver"), ["verify"]),
        (("capture", "--no-pr"), ["--no-probe"]),
        (("capture", "--publish-text", ""), ["include", "digest", "withhold"]),
        (("completion", "z"), ["zsh"]),
        (("nosuch", "x"), [""]),
    ],
)
def test_bash(path: str, words: tuple[str, ...], offered: list[str]) -> None:
    done = subprocess.run(
        ["bash", "-c", BASH, "bash", "archiver", *words],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:-1] == offered
    assert done.stderr == ""


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells(shell: str) -> None:
    assert f"_ARCHIVER_COMPLETE={shell}_complete" in archiver("completion", shell).out
    asked = {
        "_ARCHIVER_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "archiver verif",
        "COMP_CWORD": "1" if shell == "zsh" else "verif",
    }
    done = archiver(env=asked)
    assert done.code == 0
    assert "verify" in done.out
    assert "offline, every check by name" in done.out


def test_a_shell_that_is_none() -> None:
    done = archiver("completion", "tcsh")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
