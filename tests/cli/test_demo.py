"""`archiver demo`: the real journey, and what it leaves."""

from __future__ import annotations

import json
from pathlib import Path

from tests.command import archiver


def test_the_demo_runs_and_leaves_sealed_packages(tmp_path: Path) -> None:
    done = archiver("demo", cwd=tmp_path)
    assert done.code == 0, done.out + done.err
    assert "archiver-demo" in done.out.splitlines()[-1]
    packages = sorted((tmp_path / "archiver-demo").rglob("*.wacz"))
    said = {}
    for package in packages:
        verified = archiver("verify", package, "--json")
        assert verified.code == 9
        shown = json.loads(archiver("show", package, "--json").out)
        said[
            shown["outcome"]["state"], shown["outcome"]["reason"], shown["comparison"]["result"]
        ] = 1
    assert set(said) == {
        ("captured", "http.200", "contained"),
        ("captured", "http.200", "partial"),
        ("absent", "content.soft_404", "not-contained"),
        ("absent", "http.404", "not-contained"),
        ("unreachable", "tcp.refused", "not-comparable"),
        ("inconclusive", "local.network_down", "not-comparable"),
    }
    for command in ("new", "capture", "show", "verify", "compare", "diff"):
        assert f"$ archiver {command} " in done.out


def test_the_demo_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    done = archiver("demo", "--to", tmp_path / "taken")
    assert done.code == 8
    assert not list((tmp_path / "taken").iterdir())
