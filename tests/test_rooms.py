"""The arrows between the rooms, and what the pure ones may not touch (ARCHITECTURE.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "archiver"

# What each room may import, besides itself and the core (the modules that stand alone).
ARROWS: dict[str, set[str]] = {
    "case": set(),
    "capture": {"case"},
    "judge": {"case"},
    "package": {"case", "judge"},
    "attest": {"case"},
    "verify": {"attest", "case", "judge", "package"},
    "report": {"attest", "judge", "package", "verify"},
    "custody": {"attest", "case", "package"},
    "replay": {"report"},
    "jobs": set(),
    "verbs": {
        *("attest", "case", "capture", "judge", "package", "verify", "report", "custody"),
        *("replay", "jobs"),
    },
    "cli": {"attest", "case", "capture", "judge", "verify", "report", "custody", "verbs", "jobs"},
}
PURE = ("judge", "package", "attest", "verify", "report", "jobs")
# The modules of a pure room that touch the world all the same.
WORLDLY = {"attest/authorities.py", "attest/tsa.py"}
WORLD = {
    "asyncio",
    "datetime",
    "getpass",
    "locale",
    "os",
    "pathlib",
    "platform",
    "random",
    "requests",
    "secrets",
    "shutil",
    "socket",
    "ssl",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib.request",
    "html.parser",
}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def room(module: str) -> str:
    """The room of one of our modules; the core has the empty name."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and (ROOT / parts[1]).is_dir() else ""


def files() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_arrows(path: Path) -> None:
    here = path.relative_to(ROOT).parts
    if here in (("__init__.py",), ("__main__.py",)):
        return
    own = here[0] if len(here) > 1 else ""
    allowed = {own, ""} | ARROWS.get(own, set())
    for module in imports(path):
        if module.split(".")[0] == "archiver":
            assert room(module) in allowed, f"{own or 'the core'} may not import {module}"


@pytest.mark.parametrize("name", PURE)
def test_pure_rooms_touch_nothing(name: str) -> None:
    for path in (ROOT / name).rglob("*.py"):
        if str(path.relative_to(ROOT)) in WORLDLY:
            continue
        for module in imports(path):
            assert module not in WORLD, f"{path}: {module}"
            assert module.split(".")[0] not in WORLD, f"{path}: {module}"
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_bytes()))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"open", "print", "input", "exec", "eval"}, path


def test_every_room_is_named_here() -> None:
    rooms = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(ARROWS)


def test_modules_stay_small() -> None:
    long = {str(path): n for path in files() if (n := len(path.read_text().splitlines())) > 330}
    assert not long
