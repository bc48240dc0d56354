"""`archiver cross`, by the real command."""

from __future__ import annotations

from pathlib import Path

import pytest

import archiver as library
from archiver.capture.settings import Settings
from archiver.case.schemas import faults
from archiver.verbs.capture import Order, capture
from tests.command import archiver
from tests.report.hostile import package as hostile
from tests.samples import PAGE
from tests.site import Site, http
from tests.tlssite import TlsSite, self_signed
from tests.verify.scenes import package


def test_its_words_its_json_and_its_exit(tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(package("absent"))
    done = archiver("cross", file)
    assert (done.code, done.err) == (0, "")
    assert "There never was such a page" in done.out
    assert "   do      archiver stamp PACKAGE\n" in done.out
    assert archiver("cross", file, "--exit-status").code == 6
    as_json = archiver("cross", file, "--exit-status", "--json").json
    assert faults(as_json, "output-cross.schema.json") == ()
    assert as_json["exit"] == 6
    codes = [one["code"] for one in as_json["objections"]]
    assert codes == [one.code for one in library.cross(file).objections]
    assert len(codes) == len(set(codes))
    assert f"found         {len(codes)} objections\n" in done.out


def test_what_is_refused_is_not_crossed(tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(package("absent")[:-1])
    assert archiver("cross", file).code == 3
    assert archiver("cross", tmp_path / "none").code == 4
    assert archiver("cross").code == 2


def test_in_the_clear_and_of_another_source(tmp_path: Path) -> None:
    with Site({"/x": http(PAGE), "/y": http(PAGE)}) as site:
        made = []
        for path in ("/x", "/y"):
            words = ("--allow-private-addresses", "--archives", tmp_path / "a", "--json")
            said = archiver("capture", site.url(path), *words).json
            made.append(said["package"]["path"])
    codes = {one.code for one in library.cross(made[0]).objections}
    assert {"server.no_tls", "signer.own_only", "option.private", "text.none"} <= codes
    done = archiver("cross", made[0], "--with", made[1])
    assert done.code == 4
    assert "is of another source" in done.err


def test_a_server_that_proved_nothing(tmp_path: Path) -> None:
    with TlsSite(self_signed(tmp_path), {"/": http(PAGE)}) as site, Site({"/": http("up")}) as up:
        settings = Settings(attempts=1, controls=(up.url(),), allow_private_addresses=True)
        order = Order(source=site.url("/"), archives=tmp_path / "archives", settings=settings)
        done = capture(order)
    assert "server.unverified" in {one.code for one in library.cross(done.package).objections}


@pytest.mark.parametrize("text", ["\x1b[31m\u202e<b>", "::error::x\r\ny"])
def test_a_hostile_package_moves_no_cursor(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(hostile(text))
    for words in (("cross", file), ("cross", file, "--json")):
        out = archiver(*words).out
        assert all(
            char == "\n" or (char.isprintable() and not "\u202a" <= char <= "\u202e")
            for char in out
        )
        assert not any(line.startswith("::") for line in out.splitlines())
