"""`archiver doctor`: each thing that a capture would meet is found, said, and can be mended."""

from __future__ import annotations

import re
import time
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from archiver.case.schemas import faults
from tests.cli.test_faults import UNSHARE, namespaces
from tests.command import Done, archiver
from tests.dnsserver import NameServer, addresses
from tests.site import DeadPort, Site, http

PRIVATE = "--allow-private-addresses"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path / "config"), "CI": ""}


def looked(tmp_path: Path, env: dict[str, str], *words: str) -> tuple[Done, dict[str, Any]]:
    """What it said, and each finding by its name."""
    done = archiver("doctor", *words, "--json", cwd=tmp_path, env=env)
    assert not list(faults(done.json, "output-doctor.schema.json"))
    assert done.code == done.json["exit"]
    return done, {one["name"]: one for one in done.json["findings"]}


def dated(seconds: float) -> bytes:
    return http("up", extra=f"Date: {formatdate(time.time() + seconds, usegmt=True)}\r\n")


def test_a_machine_that_is_well(tmp_path: Path, env: dict[str, str]) -> None:
    with Site({"/": dated(0)}) as site:
        assert archiver("capture", site.url(), PRIVATE, cwd=tmp_path, env=env).code == 0
        before = sorted(tmp_path.rglob("*"))
        done, found = looked(tmp_path, env, "--control", site.url(), PRIVATE)
    assert done.code == 0
    assert "fault" not in {one["status"] for one in found.values()}
    for name in ("signing key", "ledger key", "archives folder", "control 127.0.0.1", "clock"):
        assert found[name]["status"] == "well", found[name]
    assert all(bool(one["fix"]) == (one["status"] != "well") for one in found.values())
    assert sorted(tmp_path.rglob("*")) == before


def test_before_the_first_capture_nothing_is_made(tmp_path: Path, env: dict[str, str]) -> None:
    done, found = looked(tmp_path, env, "--no-network")
    assert done.code == 0
    assert {found[name]["status"] for name in ("signing key", "ledger key")} == {"notice"}
    assert "first capture makes one" in found["signing key"]["fix"]
    assert not list(tmp_path.iterdir())


def test_in_ci_the_variables_are_named(tmp_path: Path, env: dict[str, str]) -> None:
    _, found = looked(tmp_path, {**env, "CI": "true"}, "--no-network")
    assert "ARCHIVER_KEY" in found["signing key"]["fix"]
    assert "ARCHIVER_LEDGER_KEY" in found["ledger key"]["fix"]


def test_a_key_that_others_can_read(tmp_path: Path, env: dict[str, str]) -> None:
    assert archiver("key", "new", cwd=tmp_path, env=env).code == 0
    (private,) = tmp_path.rglob("private.pem")
    private.chmod(0o644)
    done, found = looked(tmp_path, env, "--no-network")
    assert (done.code, found["signing key"]["status"]) == (4, "fault")
    assert "chmod 600" in found["signing key"]["fix"]
    private.chmod(0o600)
    assert looked(tmp_path, env, "--no-network")[0].code == 0


def test_a_configuration_that_is_wrong(tmp_path: Path, env: dict[str, str]) -> None:
    folder = tmp_path / "config" / "archiver"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('[vantage]\ncountry = "Nowhere"\n')
    done, found = looked(tmp_path, env, "--no-network")
    assert (done.code, found["configuration"]["status"]) == (4, "fault")
    assert "config.toml" in found["configuration"]["what"]


@pytest.mark.skipif(not namespaces(), reason="no mount namespace of one's own here")
def test_a_folder_that_cannot_be_written(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "archives").mkdir()
    script = 'mount -t tmpfs -o ro none "$1" && shift && exec "$@"'
    prefix = (*UNSHARE, "sh", "-c", script, "sh", str(tmp_path / "archives"))
    done = archiver("doctor", "--no-network", cwd=tmp_path, env=env, prefix=prefix)
    assert done.code == 8
    assert re.search(r"^fault +archives folder +.*Read-only", done.out, re.MULTILINE)


def test_a_full_disk(tmp_path: Path, env: dict[str, str]) -> None:
    if not namespaces():
        pytest.skip("no mount namespace of one's own here")
    (tmp_path / "archives").mkdir()
    script = 'mount -t tmpfs -o size=1m none "$1" && shift && exec "$@"'
    prefix = (*UNSHARE, "sh", "-c", script, "sh", str(tmp_path / "archives"))
    done = archiver("doctor", "--no-network", cwd=tmp_path, env=env, prefix=prefix)
    assert done.code == 8
    assert "make room" in done.out


def test_no_network(tmp_path: Path, env: dict[str, str]) -> None:
    with DeadPort() as dead:
        done, found = looked(tmp_path, env, "--control", dead.url(), PRIVATE)
    assert done.code == 5
    assert found["network"]["status"] == "fault"
    assert "refused" in found["control 127.0.0.1"]["what"]
    assert found["clock"]["status"] == "notice"


def test_one_control_of_two(tmp_path: Path, env: dict[str, str]) -> None:
    with (
        NameServer({"there.test": addresses("127.0.0.1")}) as names,
        Site({"/": http("up")}) as up,
    ):
        words = ("--resolver", str(names), PRIVATE)
        for control in (f"http://there.test:{up.port}/", f"http://gone.test:{up.port}/"):
            words = (*words, "--control", control)
        done, found = looked(tmp_path, env, *words)
    assert done.code == 0
    assert found["control there.test"]["status"] == "well"
    assert found["control gone.test"]["status"] == "notice"
    assert "nxdomain" in found["control gone.test"]["what"]
    assert "--resolver" in found["control gone.test"]["fix"]


@pytest.mark.parametrize("seconds", [-7200, 7200])
def test_a_clock_that_is_wrong(tmp_path: Path, env: dict[str, str], seconds: int) -> None:
    with Site({"/": dated(seconds)}) as site:
        done, found = looked(tmp_path, env, "--control", site.url(), PRIVATE)
    assert (done.code, found["clock"]["status"]) == (5, "fault")
    assert "NTP" in found["clock"]["fix"]


def test_words_that_are_wrong(tmp_path: Path, env: dict[str, str]) -> None:
    done = archiver("doctor", "--control", "ftp://x/", cwd=tmp_path, env=env)
    assert (done.code, done.out) == (4, "")
    assert "ftp://x/" in done.err
