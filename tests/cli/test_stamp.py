"""`archiver stamp` and `archiver tsa`: stamps beside a package, or pending; the package intact."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.attest.authorities import document
from archiver.attest.tsp import write_request
from archiver.case.schemas import faults
from archiver.digest import Digest
from archiver.verbs.sidecars import MAX_STAMPS
from tests.command import Done, archiver
from tests.site import DeadPort, Site, http
from tests.tools import tool
from tests.tsa import DAY, TIME_STAMPING, Issued, Reply, clock, issued, key, root
from tests.tsasite import Answer, TsaSite, now, replied, right, signer
from tests.verify.scenes import package

PACKAGE = package("captured")


class Desk:
    """A folder with a package, and a person's configuration."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archives = folder / "archives"
        self.file = self.archives / "case" / "packages" / "x.wacz"
        self.file.parent.mkdir(parents=True)
        self.file.write_bytes(PACKAGE)
        self.env = {"XDG_CONFIG_HOME": str(folder / "config")}
        (folder / "root.pem").write_bytes(root().pem)

    def run(self, *words: str | Path, **env: str) -> Done:
        return archiver(*words, cwd=self.folder, env={**self.env, **env})

    def choose(self, name: str, url: str, by: Issued | None = None) -> None:
        """What `archiver tsa add` does, in no process of its own."""
        folder = self.folder / "config" / "archiver" / "tsa"
        folder.mkdir(parents=True, exist_ok=True)
        given = None if url == "-" else url
        (folder / f"{name}.pem").write_bytes(document(given, (by or root()).pem))

    def beside(self) -> list[str]:
        assert self.file.read_bytes() == PACKAGE
        return sorted(one.name for one in self.file.parent.iterdir() if one != self.file)

    def verify(self, *words: str | Path) -> Done:
        done = self.run("verify", self.file, "--json", *words)
        assert faults(done.json, "output-verify.schema.json") == ()
        return done


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def site() -> Iterator[TsaSite]:
    with TsaSite(right(Reply(signer=signer()))) as made:
        yield made


def stamps(done: Done) -> list[dict[str, object]]:
    assert faults(done.json, "output-stamp.schema.json") == ()
    (one,) = done.json["packages"]
    found: list[dict[str, object]] = one["stamps"]
    return found


def test_a_stamp_by_a_chosen_authority(desk: Desk, site: TsaSite) -> None:
    added = desk.run("tsa", "add", "ours", site.url("/tsr"), "root.pem")
    assert added.code == 0
    assert str(Digest.of(root().der)) in added.out
    before = desk.verify()
    assert [one["name"] for one in before.json["checks"]].count("stamp") == 0
    assert "Time: the capturing machine's clock only" in before.json["sentence"]
    done = desk.run("stamp", desk.file, "--json")
    assert (done.code, done.err) == (0, "")
    (one,) = stamps(done)
    assert (one["authority"], one["written"]) == ("ours", True)
    assert desk.beside() == ["x.wacz.ours.tsq", "x.wacz.ours.tsr"]
    after = desk.verify()
    assert after.code == before.code
    assert after.json["verdict"] == before.json["verdict"]
    assert f"Time: stamped at {one['at']} by ours" in after.json["sentence"]
    assert [s["status"] for s in after.json["checks"] if s["name"] == "stamp"] == ["passed"]
    assert after.json["stamps"][0]["file"] == "x.wacz.ours.tsr"
    # Nothing but a digest and a nonce went out, over a connection without our surroundings.
    assert site.bodies == [desk.file.with_name("x.wacz.ours.tsq").read_bytes()]
    assert b"content-type: application/timestamp-query" in site.heads[0].lower()
    again = desk.run("stamp", desk.file)
    assert again.code == 0
    assert "was there already" in again.out
    assert len(site.bodies) == 1
    assert desk.run("stamp", "--pending").out == "Nothing is pending.\n"


def test_openssl_verifies_what_was_written(desk: Desk, site: TsaSite) -> None:
    desk.choose("ours", site.url())
    assert desk.run("stamp", desk.file).code == 0
    done = subprocess.run(
        [
            *(tool("openssl"), "ts", "-verify", "-data", desk.file),
            *(
                "-in",
                f"{desk.file}.ours.tsr",
                "-CAfile",
                desk.folder / "config/archiver/tsa/ours.pem",
            ),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "Verification: OK", done


def test_an_address_alone(desk: Desk, site: TsaSite) -> None:
    """A stamp of nobody's choosing is kept, and said to prove nothing."""
    done = desk.run("stamp", desk.file, "--tsa", site.url())
    assert done.code == 0
    assert "whose root you have not chosen" in done.out
    name = f"x.wacz.127-0-0-1-{site.port}.tsr"
    assert name in desk.beside()
    seen = desk.verify()
    assert seen.code == 9
    assert "by an authority that you have not chosen" in seen.json["sentence"]
    assert seen.json["stamps"][0]["authority"] is None
    chosen = desk.verify("--tsa-roots", desk.folder / "root.pem")
    assert "by root;" in chosen.json["sentence"]
    desk.choose("ours", "-")
    assert desk.verify().json["stamps"][0]["authority"] == "ours"
    assert desk.run("stamp", desk.file).code == 4  # it is believed, and not asked


def test_two_addresses_of_one_host(desk: Desk, site: TsaSite) -> None:
    asked = ("--tsa", site.url("/a"), "--tsa", site.url("/b?c"))
    done = desk.run("stamp", desk.file, *asked)
    assert done.code == 0, done.err
    stem = f"x.wacz.127-0-0-1-{site.port}"
    assert {f"{stem}-a.tsr", f"{stem}-b-c.tsr"} <= set(desk.beside())
    alike = ("--tsa", site.url("/d/e"), "--tsa", site.url("/d-e"))
    done = desk.run("stamp", desk.file, *alike)
    assert done.code == 4
    assert "two of these authorities" in done.err


def test_a_request_that_was_left_behind(desk: Desk, site: TsaSite) -> None:
    """A stamp written beside it would make verifying refuse the package."""
    desk.choose("ours", site.url())
    left = desk.file.with_name("x.wacz.ours.tsq")
    left.write_bytes(b"left")
    done = desk.run("stamp", desk.file)
    assert done.code == 8
    assert "take it away" in done.err
    assert "x.wacz.ours.tsr" not in desk.beside()
    assert site.bodies == []
    left.unlink()
    assert desk.run("stamp", desk.file).code == 0


def test_the_request_of_a_run_that_was_killed_is_sent_again(desk: Desk, site: TsaSite) -> None:
    desk.choose("ours", site.url())
    left = write_request(hashlib.sha256(PACKAGE).digest(), 2**64 + 5)
    desk.file.with_name("x.wacz.ours.tsq").write_bytes(left)
    assert desk.run("stamp", desk.file).code == 0
    assert site.bodies == [left]
    assert desk.beside() == ["x.wacz.ours.tsq", "x.wacz.ours.tsr"]
    assert [one["status"] for one in desk.verify().json["checks"] if one["name"] == "stamp"] == [
        "passed"
    ]


def test_an_address_that_fails_is_named_in_what_to_do(desk: Desk) -> None:
    with TsaSite(silent) as site:
        url = site.url()
        done = desk.run("stamp", desk.file, "--tsa", url, "--timeout", "0.3", "--attempts", "1")
    assert done.code == 7
    assert f"archiver stamp --pending --tsa {url}" in done.err


def silent(_: bytes, connection: socket.socket) -> None:
    connection.recv(1)


def dripping(_: bytes, connection: socket.socket) -> None:
    for octet in replied(b"x" * 1000):
        connection.sendall(bytes([octet]))
        time.sleep(0.1)


def large(_: bytes, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\n\r\n")
    for _ in range(100):
        connection.sendall(bytes(1 << 20))


def sends(octets: bytes) -> Answer:
    return lambda _, connection: connection.sendall(octets)


def status(line: str, extra: str = "") -> Answer:
    return sends(f"HTTP/1.1 {line}\r\n{extra}Content-Length: 0\r\n\r\n".encode())


def zipped() -> bytes:
    body = gzip.compress(bytes(50 << 20))
    head = "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\n"
    return f"{head}Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


FAULTS: dict[str, Answer] = {
    "silent": silent,
    "slow": dripping,
    "closed at once": lambda _, connection: connection.close(),
    "500": status("500 Internal Server Error"),
    "404": status("404 Not Found"),
    "redirect": status("302 Found", "Location: http://127.0.0.1:1/\r\n"),
    "wrong content type": sends(replied(b"<h1>Welcome</h1>", "text/html")),
    "no content type": sends(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"),
    "100 MB": large,
    "a bomb": sends(zipped()),
    "garbage": sends(replied(os.urandom(3000))),
    "nothing": sends(replied(b"")),
    "no HTTP": sends(b"SSH-2.0-OpenSSH\r\n"),
    "half": sends(replied(b"x" * 1000)[:-10]),
    "a broken chunk": sends(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\n"
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"
    ),
    "a rejection": right(Reply(status=2, with_token=False)),
    "another nonce": lambda body, connection: right(Reply(signer=signer(), nonce=5))(
        body, connection
    ),
    "another root": lambda body, connection: right(Reply(signer=signer(by=root("Another Root"))))(
        body, connection
    ),
    "an hour ago": lambda body, connection: connection.sendall(
        replied(Reply(signer=signer(), time=b"20250101000000Z").to(body))
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_service_that_fails(desk: Desk, what: str) -> None:
    with TsaSite(FAULTS[what]) as site:
        desk.choose("ours", site.url())
        begun = time.monotonic()
        done = desk.run("stamp", desk.file, "--timeout", "1", "--attempts", "1", "--quiet")
        assert time.monotonic() - begun < 6
    assert done.code == 7, done
    assert done.out == ""
    assert done.err.startswith("archiver: ")
    assert done.err.count("\n") == 1
    assert "--pending" in done.err
    assert desk.beside() == []


def test_a_service_that_is_not_there(desk: Desk) -> None:
    with DeadPort() as dead:
        for url in (dead.url(), dead.url().replace("http:", "https:")):
            done = desk.run("stamp", desk.file, "--tsa", url, "--attempts", "1", "--json")
            assert done.code == 7
            assert faults(done.json, "output-stamp.schema.json") == ()
            assert done.json["packages"][0]["pending"][0]["error"]["code"] == "tsa.down"
    assert desk.beside() == []


def test_tls_that_does_not_verify(desk: Desk, site: TsaSite) -> None:
    url = site.url().replace("http:", "https:")
    done = desk.run("stamp", desk.file, "--tsa", url, "--attempts", "1")
    assert done.code == 7
    assert done.err.count("\n") == 1


def test_nothing_is_taken_from_the_surroundings(desk: Desk, site: TsaSite) -> None:
    with DeadPort() as dead:
        proxy = {"http_proxy": dead.url(), "HTTP_PROXY": dead.url(), "ALL_PROXY": dead.url()}
        (desk.folder / ".netrc").write_text("machine 127.0.0.1 login x password secret\n")
        done = desk.run("stamp", desk.file, "--tsa", site.url(), HOME=str(desk.folder), **proxy)
    assert done.code == 0, done
    assert b"authorization" not in site.heads[0].lower()


def test_a_service_that_comes_back_is_asked_again(desk: Desk, site: TsaSite) -> None:
    good, times = site.answer, []

    def answer(body: bytes, connection: socket.socket) -> None:
        times.append(time.monotonic())
        (status("503 Later") if len(times) < 3 else good)(body, connection)

    site.answer = answer
    assert desk.run("stamp", desk.file, "--tsa", site.url()).code == 0
    first, second = times[1] - times[0], times[2] - times[1]
    assert first > 0.9
    assert second > 1.9


def test_what_is_not_to_be_asked_again_is_not(desk: Desk) -> None:
    with TsaSite(status("404 Not Found")) as site:
        assert desk.run("stamp", desk.file, "--tsa", site.url()).code == 7
        assert len(site.bodies) == 1


def test_pending_gets_what_is_missing(desk: Desk, site: TsaSite) -> None:
    desk.choose("first", site.url("/a"))
    with DeadPort() as dead:
        desk.choose("second", dead.url())
        done = desk.run("stamp", desk.file, "--attempts", "1")
    assert done.code == 7
    assert "by first" in done.out
    assert done.err.count("\n") == 1
    assert "second" in desk.run("tsa", "list").out
    assert desk.beside() == ["x.wacz.first.tsq", "x.wacz.first.tsr"]
    desk.choose("second", site.url("/b"))
    other = desk.file.with_name("y.wacz")
    other.write_bytes(package("absent"))
    broken = desk.file.with_name("z.wacz")
    broken.write_bytes(PACKAGE[:-1])
    later = desk.run("stamp", "--pending", "--json")
    assert later.code == 3
    assert faults(later.json, "output-stamp.schema.json") == ()
    assert [one["exit"] for one in later.json["packages"]] == [0, 0, 3]
    assert len(site.bodies) == 4
    broken.unlink()
    assert desk.run("stamp", "--pending").out == "Nothing is pending.\n"
    sentence = desk.verify().json["sentence"]
    assert " by first and at " in sentence
    many = desk.run("verify", desk.archives, "--json")
    assert faults(many.json, "output-verify.schema.json") == ()
    assert [len(one["stamps"]) for one in many.json["packages"]] == [2, 2]


def place(desk: Desk, by: Issued, at: datetime | None = None, over: str = "x.wacz") -> Path:
    """A stamp that was got before."""
    octets = desk.file.with_name(over).read_bytes()
    request = write_request(hashlib.sha256(octets).digest(), 7)
    file = desk.file.with_name(f"{over}.ours.tsr")
    file.write_bytes(Reply(signer=by, time=clock(at or now())).to(request))
    file.with_suffix(".tsq").write_bytes(request)
    return file


def stamped(desk: Desk, url: str = "http://x.example/") -> Path:
    desk.choose("ours", url)
    return place(desk, signer())


SPOILT: dict[str, Callable[[Path], object]] = {
    "one octet": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"x"),
    "garbage": lambda path: path.write_bytes(b"x"),
    "nothing": lambda path: path.write_bytes(b""),
    "too large": lambda path: path.write_bytes(bytes(1 << 20)),
    "a link": lambda path: path.rename(path.with_name("t")) and path.symlink_to("t"),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "another request": lambda path: path.with_suffix(".tsq").write_bytes(b"x"),
    "a second one that is none": lambda path: path.with_name("x.wacz.tsr").write_bytes(b""),
    "one over nothing": lambda path: path.with_name("x.wacz.a.b.tsr").write_bytes(b""),
    "too many": lambda path: [
        path.with_name(f"x.wacz.a{n}.tsr").write_bytes(path.read_bytes()) for n in range(MAX_STAMPS)
    ],
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_stamp_that_is_none_is_refused(desk: Desk, how: str) -> None:
    SPOILT[how](stamped(desk))
    done = desk.verify()
    assert (done.code, done.json["verdict"]) == (3, "refused")
    whole = "The package file itself passed its checks."
    assert done.json["sentence"] == f"Refused at check 'stamp'. {whole}"
    bad = [one for one in done.json["checks"] if one["status"] == "failed"]
    assert {one["name"] for one in bad} == {"stamp"}
    assert all(one["problems"] for one in bad)


def test_a_stamp_of_another_package(desk: Desk) -> None:
    moved = stamped(desk)
    other = desk.file.with_name("y.wacz")
    other.write_bytes(package("absent"))
    for end in (".tsr", ".tsq"):
        file = moved.with_suffix(end)
        file.rename(file.with_name(f"y.wacz.ours{end}"))
    assert desk.run("verify", desk.file).code == 9
    assert desk.run("verify", other).code == 3
    again = desk.run("stamp", other)
    assert again.code == 3
    assert "Refused at check 'stamp'" in again.err


def test_a_refused_package_is_not_stamped(desk: Desk, site: TsaSite) -> None:
    stamped(desk, site.url())
    desk.file.write_bytes(PACKAGE[:-1])
    done = desk.run("stamp", desk.file)
    assert done.code == 3
    seen = desk.run("verify", desk.file, "--json").json
    assert seen["checks"][-1]["name"] == "stamp"
    assert seen["checks"][-1]["status"] == "skipped"
    assert site.bodies == []


def test_renewal(desk: Desk, site: TsaSite) -> None:
    desk.choose("ours", site.url())
    first = place(desk, signer(ends=now() + 30 * DAY))
    assert "nothing is due" in desk.run("stamp", desk.file, "--renew", "--within", "10").out
    done = desk.run("stamp", desk.file, "--renew")
    assert done.code == 0
    renewed = "x.wacz.ours.tsr.ours.tsr"
    assert renewed in desk.beside()
    seen = {one["file"]: one for one in desk.verify().json["stamps"]}
    assert seen[renewed]["renews"] == first.name
    assert seen[first.name]["renews"] is None
    assert "nothing is due" in desk.run("stamp", desk.file, "--renew").out
    assert [one["ended"] for one in seen.values()] == [False, False]
    # The old stamp changed, or gone: the renewal is over nothing.
    kept = first.read_bytes()
    first.unlink()
    assert desk.verify().code == 3
    first.write_bytes(kept)
    assert desk.verify().code == 9


def test_a_certificate_that_has_ended_since(desk: Desk, site: TsaSite) -> None:
    """The stamp stays good, is said to be old, and cannot be renewed any more; renewed in time
    it would not be."""
    desk.choose("ours", site.url())
    then = datetime(2026, 4, 1, tzinfo=UTC)
    old = signer(begins=then - DAY, ends=then + 30 * DAY)
    file = place(desk, old, then)
    seen = desk.verify().json
    assert "by ours, whose certificate has ended since;" in seen["sentence"]
    assert [one["ended"] for one in seen["stamps"]] == [True]
    late = desk.run("stamp", desk.file, "--renew")
    assert late.code == 7
    assert "cannot be renewed any more" in late.err
    assert site.bodies == []
    for when, ended in ((then + 31 * DAY, True), (then + 29 * DAY, False)):
        place(desk, signer(begins=then - DAY), when, file.name)
        seen = desk.verify().json
        assert [one["ended"] for one in seen["stamps"]] == [ended, False]
    # And renewed by one that came before the stamp itself: that one is none.
    place(desk, signer(begins=then - DAY), then - DAY, file.name)
    assert desk.verify().code == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("stamp",), 2),
        (("stamp", "x.wacz", "--pending"), 2),
        (("stamp", "--pending", "--renew"), 2),
        (("stamp", "x.wacz", "--attempts", "0"), 2),
        (("stamp", "x.wacz"), 4),
        (("stamp", "x.wacz", "--tsa", "nobody"), 4),
        (("stamp", "x.wacz", "--tsa", "ftp://x.example/"), 4),
        (("stamp", "x.wacz", "--tsa", "http://user:secret@x.example/"), 4),
        (("stamp", "x.wacz", "--tsa", "http://x.example:99999/"), 4),
        (("stamp", "missing.wacz", "--tsa", "http://127.0.0.1:1/"), 4),
        (("tsa", "add", "Ours", "http://x.example/", "root.pem"), 4),
        (("tsa", "add", "tsr", "http://x.example/", "root.pem"), 4),
        (("tsa", "add", "../x", "http://x.example/", "root.pem"), 4),
        (("tsa", "add", "ours", "x.example", "root.pem"), 4),
        (("tsa", "add", "ours", "http://x.example/", "missing.pem"), 4),
        (("tsa", "add", "ours", "http://x.example/", "archives"), 4),
        (("tsa", "add", "ours", "http://x.example/", "leaf.pem"), 4),
        (("verify", "archives", "--tsa-roots", "missing.pem"), 4),
    ],
)
def test_wrong_words(desk: Desk, words: tuple[str, ...], code: int) -> None:
    (desk.folder / "leaf.pem").write_bytes(signer().pem)
    (desk.folder / "x.wacz").write_bytes(PACKAGE)
    desk.file.with_name("x.wacz.a.tsr").write_bytes(b"")
    done = desk.run(*words)
    assert done.code == code, done
    assert "secret" not in done.err
    assert not (desk.folder / "config").exists()


def test_an_authoritys_file_that_is_wrong_is_named(desk: Desk) -> None:
    stamped(desk)
    path = desk.folder / "config/archiver/tsa/ours.pem"
    for octets in (b"", b"x", b"URL: nowhere\n" + root().pem, b"URL: http://x.example/\n"):
        path.write_bytes(octets)
        for words in (("verify", desk.file), ("tsa", "list"), ("stamp", desk.file)):
            done = desk.run(*words)
            assert done.code == 4, done
            assert "ours.pem" in done.err
            assert done.err.count("\n") == 1


def test_an_authority_is_never_replaced(desk: Desk) -> None:
    for _ in range(2):
        assert desk.run("tsa", "add", "ours", "http://x.example/", "root.pem").code == 0
    other = issued("Other", key("p256", 4), None, ca=True)
    (desk.folder / "other.pem").write_bytes(other.pem)
    assert desk.run("tsa", "add", "ours", "http://x.example/", "other.pem").code == 8
    listed = desk.run("tsa", "list", "--json").json
    assert faults(listed, "output-tsa.schema.json") == ()
    assert [one["name"] for one in listed["authorities"]] == ["ours"]
    assert json.dumps(listed).count("sha256:") == 1


def test_hostile_words_of_a_service_are_harmless(desk: Desk) -> None:
    evil = "\x1b]0;owned\x07\u202e::error::\nx"
    with TsaSite(right(Reply(status=2, with_token=False, words=evil))) as site:
        for more in ((), ("--json",)):
            done = desk.run("stamp", desk.file, "--tsa", site.url(), *more)
            assert done.code == 7
            assert "the authority refused (status 2)" in done.err + done.out
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", done.err + done.out)
            assert "\n::error" not in done.err + done.out


def test_hostile_names_in_a_certificate_are_harmless(desk: Desk) -> None:
    own = issued("\x1b[31m\u202eowned", key("p256"), None, usage=TIME_STAMPING)
    place(desk, own)
    for words in ((), ("--json",), ("--explain",)):
        done = desk.run("verify", desk.file, *words)
        assert done.code == 9
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", done.out)


def captured(desk: Desk, page: Site, *words: str) -> Done:
    return desk.run("capture", page.url("/x"), "--allow-private-addresses", *words)


def test_a_capture_is_stamped_at_once_where_authorities_are_chosen(
    desk: Desk, site: TsaSite
) -> None:
    with Site({"/x": http("<p>Here</p>")}) as page, DeadPort() as dead:
        assert "stamped" not in captured(desk, page).out
        desk.choose("believed", "-", root("Another Root"))
        assert "stamped" not in captured(desk, page).out
        desk.choose("ours", site.url())
        desk.choose("theirs", dead.url())
        assert "stamped" not in captured(desk, page, "--no-stamp").out
        assert site.bodies == []
        told = captured(desk, page)
        assert told.code == 0
        assert re.search(r"\nstamped +at 2.* by ours: 2.*ours.tsr\n", told.out)
        assert "\npending       theirs: the service cannot be reached" in told.out
        done = captured(desk, page, "--json")
    assert faults(done.json, "output-capture.schema.json") == ()
    assert [one["authority"] for one in done.json["stamps"]] == ["ours"]
    assert [one["error"]["code"] for one in done.json["pending"]] == ["tsa.down"]
    shown = desk.run("show", done.json["package"]["path"])
    assert " by ours" in shown.out
    (desk.folder / "config/archiver/tsa/bad.pem").write_bytes(b"x")
    with Site({"/x": http("<p>Here</p>")}) as page:
        spoilt = captured(desk, page)
    assert spoilt.code == 0
    assert "not stamped" in spoilt.out
    assert "bad.pem" in spoilt.out
