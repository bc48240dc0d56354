"""Where the real replay tools are. `tests/replay/install` brings them; nothing here does."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from tests.tools import IN_CI

TOOLS = Path(__file__).parents[2] / "build" / "replay"


def pywb() -> Path:
    """The folder of pywb's commands."""
    return _file(TOOLS / "pywb" / "bin" / "wayback").parent


def viewer() -> Path:
    """The folder of replayweb.page."""
    return _file(TOOLS / "package" / "sw.js").parent


def axe() -> str:
    """The source of axe-core, which looks for what keeps people out."""
    return _file(TOOLS / "axe" / "axe.min.js").read_text(encoding="utf-8")


def chromium() -> str:
    """Chromium without a desktop browser around it, so without requests of its own."""
    return shutil.which("chromium-headless-shell") or _missing("chromium-headless-shell")


def chromium_version() -> int:
    """The first number of its version."""
    said = subprocess.run([chromium(), "--version"], capture_output=True, text=True, check=True)
    version = re.search("[0-9]+", said.stdout)
    assert version is not None
    return int(version[0])


def _file(path: Path) -> Path:
    if not path.is_file():
        _missing(str(path))
    return path


def _missing(what: str) -> NoReturn:
    reason = f"no {what}: run tests/replay/install"
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)
