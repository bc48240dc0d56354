"""The real command, the same inputs and clock, other surroundings: the same octets."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import PAGE, seed_text
from tests.site import Site, http
from tests.verify.scenes import STATES

# Other interpreters with archiver installed, parted by `:`; CI names them.
PYTHONS = [one for one in os.environ.get("ARCHIVER_PYTHONS", "").split(os.pathsep) if one]
SURROUNDINGS: list[dict[str, str]] = [
    {},
    {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "umask": "077"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "424242", "umask": "000"},
    {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONOPTIMIZE": "1"},
    {"HOME": "/nonexistent", "COLUMNS": "20", "TERM": "dumb", "NO_PROXY": "*", "HTTP_PROXY": "x"},
    *(
        [{"faketime": "2031-05-05 05:05:05", "TZ": "Asia/Kathmandu"}]
        if shutil.which("faketime")
        else []
    ),
    *({"python": one} for one in PYTHONS),
]


def captured(folder: Path, url: str, around: dict[str, str]) -> dict[str, str]:
    """Names and digests of the packages that captures in these surroundings leave."""
    folder.mkdir(parents=True)
    (folder / "seed.txt").write_text(seed_text(url), encoding="utf-8")
    around = dict(around)
    umask, python = around.pop("umask", "022"), around.pop("python", sys.executable)
    moment = around.pop("faketime", "")
    prefix = ["faketime", moment] if moment else []
    for source in ("seed.txt", url.replace("/page", "/none")):
        done = subprocess.run(
            ["sh", "-c", 'umask "$1"; shift; exec "$@"', "sh", umask, *prefix,
             python, "-m", "archiver", "capture", source, "--allow-private-addresses"],
            cwd=folder,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1773489600", **around},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.rglob("*.wacz")
    }


def test_the_same_octets_everywhere(tmp_path: Path) -> None:
    with Site({"/page": http(PAGE)}) as site:
        found = [
            captured(tmp_path / f"{number} ü" / ("x" * (number + 1)), site.url("/page"), around)
            for number, around in enumerate(SURROUNDINGS)
        ]
    assert len(found[0]) == 2
    for around, one in zip(SURROUNDINGS, found, strict=True):
        assert one == found[0], around


ALL_SCENES = """
from hashlib import sha256
from tests.verify.scenes import STATES, package, verdict
for state in STATES:
    octets = package(state)
    print(state, sha256(octets).hexdigest(), verdict(octets).verdict)
"""


@pytest.mark.parametrize("python", PYTHONS or [sys.executable])
def test_every_scene_by_every_python(python: str) -> None:
    """Look-ups, certificates, proxies, probes: built and verified alike by another version."""
    made = [
        subprocess.run(
            [one, "-c", ALL_SCENES],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        ).stdout
        for one in (sys.executable, python)
    ]
    assert made[0] == made[1]
    assert made[0].count("untrusted") == len(made[0].splitlines()) == len(STATES)


def test_another_moment_gives_other_octets(tmp_path: Path) -> None:
    with Site({"/page": http(PAGE)}) as site:
        first = captured(tmp_path / "a", site.url("/page"), {})
        later = captured(tmp_path / "b", site.url("/page"), {"SOURCE_DATE_EPOCH": "1773489601"})
    assert not set(first.values()) & set(later.values())
