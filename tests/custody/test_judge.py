"""Others read our ledgers: Go's code for its checksum database accepts checkpoints and proofs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from archiver.attest import tlog
from archiver.custody.openlog import held
from archiver.digest import Digest
from tests.custody.logbook import captured, sample
from tests.tools import tool

MODULES = Path("/usr/share/gocode")  # where Debian's golang-golang-x-mod-dev puts it
SOURCE = Path(__file__).with_name("judge.go")
RUNS = 9


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> str:
    go = tool("go")
    if not (MODULES / "src" / "golang.org" / "x" / "mod" / "sumdb").is_dir():
        if os.environ.get("CI"):
            pytest.fail("golang-golang-x-mod-dev is not installed")
        pytest.skip("golang-golang-x-mod-dev is not installed: Go's code did not judge")
    made = tmp_path_factory.mktemp("judge")
    env = {"GO111MODULE": "off", "GOPATH": str(MODULES), "GOFLAGS": "", "GOCACHE": str(made / "c")}
    done = subprocess.run(
        [go, "build", "-o", made / "judge", SOURCE],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return str(made / "judge")


@pytest.fixture
def handed_out(tmp_path: Path) -> Path:
    """What a log gives to whoever asks: proofs of a package, and of what was there before."""
    log = sample(tmp_path / "archives", RUNS)
    out = tmp_path / "out"
    out.mkdir()
    shutil.copy(log.folder / "vkey", out / "vkey")
    shutil.copy(log.folder / "checkpoints" / "12", out / "older")
    last = log.checkpoint()
    assert last is not None
    with held(log) as opened:
        proof = opened.prove(Digest.parse(str(captured(0, 6)["file"])), last)
        lines = tlog.consistency_lines(12, opened.consistency(12, last), last)
    (out / "proof").write_bytes(proof.octets())
    (out / "consistency").write_text(lines)
    return out


def judged(judge: str, folder: Path) -> tuple[int, str]:
    done = subprocess.run([judge, folder], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_go_accepts_what_we_hand_out(judge: str, handed_out: Path) -> None:
    assert judged(judge, handed_out) == (0, "accepted: line 26 of 36, which go on from 12\n")


@pytest.mark.parametrize("name", ["proof", "older", "consistency", "vkey"])
def test_go_refuses_what_was_changed(judge: str, handed_out: Path, name: str) -> None:
    octets = (handed_out / name).read_bytes()
    middle = len(octets) // 3
    for at in range(middle, middle + 6):
        changed = octets[:at] + bytes([octets[at] ^ 1]) + octets[at + 1 :]
        (handed_out / name).write_bytes(changed)
        code, said = judged(judge, handed_out)
        assert (code, said[:8]) == (3, "refused:"), said
