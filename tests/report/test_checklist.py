"""`archiver export --to checklist`: every command of the page is run, word for word."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import trustme

from archiver.attest import sshsig
from archiver.attest.p384 import SigningKey
from archiver.attest.tsp import write_request
from archiver.capture.names import server
from archiver.capture.observe import Settings
from archiver.digest import Digest
from archiver.errors import Refused
from archiver.package.derive import DIGEST, OUTCOME, SEED_TEXT, WARC
from archiver.report.shell import plain, quoted
from archiver.verbs.capture import Captured, Order, capture
from archiver.verbs.exporting import export
from archiver.verify.sidecars import signature_name
from tests.attest.signers import THEIRS, key, signed_package
from tests.case.right_case import TEXT
from tests.dnsserver import NameServer, addresses
from tests.samples import PAGE, seed_text
from tests.site import Site, http
from tests.tlssite import TlsSite, contexts, server_context
from tests.tools import SEARCHED, tool
from tests.tsa import DAY, Reply, leaf, root
from tests.verify.forge import derived, document, opened, sealed, zipped
from tests.verify.scenes import STATES, package

TOOLS = (
    *("bash", "unzip", "sha256sum", "jq", "openssl", "od", "diff", "ssh-keygen"),
    *("warcio", "wacz", "frictionless", "check-jsonschema"),
)
THEN = datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)
STEP = re.compile(
    r"## (?P<number>\d+)\. (?P<title>.*)\n\n```sh\n(?P<command>(?:.+\n)*?.+)\n```\n\nmust print\n\n"
    r"```text\n(?P<prints>(?:.*\n)*?)```\n\nProves: (?:.+\n)+\nCannot prove: (?:.+\n)+"
)
SLOW = ("wacz validate", "frictionless validate", "check-jsonschema --")  # to start


def page_of(file: Path) -> str:
    return export(file, "checklist").octets.decode("ascii")


def steps(page: str) -> list[re.Match[str]]:
    found = list(STEP.finditer(page))
    assert [int(one["number"]) for one in found] == list(range(1, len(found) + 1))
    assert len(found) == page.count("```sh\n") == page.count("\n## ") - 1
    return found


def failing(page: str, file: Path, *, leave_out: tuple[str, ...] = ()) -> list[str]:
    """Run the page in an empty folder that has the file; the titles of the steps that do not
    print what they must. Nothing is compared where a step's command ends with a fault."""
    for name in TOOLS:
        tool(name)
    folder, said = file.parent / "empty", file.parent / "said"
    folder.mkdir()
    said.mkdir()
    for one in (file, *beside(file)):
        (folder / one.name).hardlink_to(one)
    script, chosen = [], []
    for step in steps(page):
        if not any(word in step["command"] for word in leave_out):
            chosen.append(step)
            to = said / step["number"]
            script.append(f"{{ {step['command']}\n}} > {to} 2> {to}.err || echo $? >> {to}")
    subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=folder,
        check=False,
        timeout=120,
        env={"PATH": SEARCHED, "HOME": str(folder), "PYTHONWARNINGS": "ignore"},
    )
    wrong = []
    for step in chosen:
        printed = (said / step["number"]).read_text(errors="replace")
        if printed != step["prints"]:
            fault = (said / f"{step['number']}.err").read_text(errors="replace")
            wrong.append(f"{step['title']}: {printed!r} {fault!r}")
    return wrong


def beside(file: Path) -> list[Path]:
    return [one for one in file.parent.iterdir() if one.name.startswith(f"{file.name}.")]


def written(folder: Path, octets: bytes, name: str = "x.wacz") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(octets)
    return folder / name


def taken(folder: Path, source: str, **more: object) -> Captured:
    settings = Settings(seconds=15, attempts=1, allow_private_addresses=True, **more)  # type: ignore[arg-type]
    return capture(Order(source=source, archives=folder / "archives", settings=settings))


def titles(page: str) -> str:
    return "\n".join(one["title"] for one in steps(page))


@pytest.mark.parametrize("state", STATES)
def test_every_command_prints_what_the_page_says(tmp_path: Path, state: str) -> None:
    file = written(tmp_path, package(state))
    slow = () if state in ("captured", "inconclusive") else SLOW
    assert failing(page_of(file), file, leave_out=slow) == []


def test_time_stamps_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two authorities, one of them renewed, one whose certificate has ended since, and a
    stranger, of whom the page says nothing."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    chosen = tmp_path / "config" / "archiver" / "tsa"
    chosen.mkdir(parents=True)
    (chosen / "ours.pem").write_bytes(root().pem)
    file = written(tmp_path / "beside", package("captured"), "it's a \u2028 name.wacz")
    ended = leaf("rsa2048", begins=THEN - DAY, ends=THEN + 20 * DAY)
    first = Reply(signer=ended, time=b"20260401120000.5Z")
    stranger = Reply(signer=leaf(by=root("Another Root")))
    for name, reply, over in (
        ("ours", first, file),
        ("ours.tsr.again", Reply(signer=leaf(begins=THEN), time=b"20260402093000Z"), None),
        ("strange", stranger, file),
    ):
        octets = (over or file.with_name(f"{file.name}.ours.tsr")).read_bytes()
        request = write_request(hashlib.sha256(octets).digest(), 5)
        file.with_name(f"{file.name}.{name}.tsr").write_bytes(reply.to(request))
    page = page_of(file)
    assert failing(page, file, leave_out=SLOW) == []
    assert titles(page).count("Time stamp") == 6
    assert "must print\n\n```text\n2026-04-01T12:00:00Z\n" in page
    (file.with_name(f"{file.name}.bad.tsr")).write_bytes(b"x")
    with pytest.raises(Refused):
        export(file, "checklist")


def test_a_captured_page_with_certificates_and_answers(tmp_path: Path) -> None:
    ca = trustme.CA()
    between = ca.create_child_ca()
    (tmp_path / "roots.pem").write_bytes(ca.cert_pem.bytes())
    body = gzip.compress(b"\xef\xbb\xbf" + PAGE.encode())
    page = http(body, extra="Content-Encoding: gzip\r\n")
    with (
        TlsSite(server_context(between.issue_cert("news.example")), {"/x": page}) as site,
        NameServer({"news.example": addresses("127.0.0.1")}) as names,
    ):
        seed = tmp_path / "seed.txt"
        seed.write_text(seed_text(site.url("/x", host="news.example")))
        roots, resolvers = tmp_path / "roots.pem", (server(str(names)),)
        done = taken(tmp_path, str(seed), ca_file=roots, resolvers=resolvers, controls=())
    assert (done.outcome.reason, done.comparison.result) == ("http.200", "contained")
    text = page_of(done.package)
    assert failing(text, done.package) == []
    for title in ("certificate 1", "certificate 2", "answer 1", "answer 2", "passages", "status"):
        assert title in titles(text), title
    assert "warcio extract --payload" in text
    assert "did not verify" not in text


def test_a_certificate_that_does_not_hold_is_told(tmp_path: Path) -> None:
    with (
        Site({"/": http("up")}) as control,
        TlsSite(contexts(trustme.CA(), tmp_path)["tls.self_signed"](), {"/x": http(PAGE)}) as site,
    ):
        done = taken(tmp_path, site.url("/x"), controls=(control.url("/"),))
    assert done.outcome.reason == "tls.self_signed"
    text = page_of(done.package)
    assert text.count("This connection did not verify") == 2
    assert failing(text, done.package, leave_out=SLOW) == []


def test_no_such_name(tmp_path: Path) -> None:
    with Site({"/": http("up")}) as control, NameServer({}) as names:
        resolvers = (server(str(names)),)
        controls = (control.url("/"),)
        done = taken(tmp_path, "http://gone.example/", resolvers=resolvers, controls=controls)
    assert done.outcome.reason == "dns.nxdomain"
    text = page_of(done.package)
    (answer,) = {one["prints"] for one in steps(text) if "answer" in one["title"]}
    assert answer == "3\n"
    assert failing(text, done.package, leave_out=SLOW) == []


def test_hostile_names_and_texts(tmp_path: Path) -> None:
    evil = "`id`$(id)'\"```\n## 1. x ![](http://x.example) <b>\x1b[31m\u202e"
    body = f"<title>{evil}</title><p>{evil} and more</p>"
    with Site({"/x?a='`$(id)`'": http(body)}) as site:
        done = capture(
            Order(
                source=site.url("/x?a='`$(id)`'"),
                archives=tmp_path / "archives",
                settings=Settings(allow_private_addresses=True, controls=()),
            )
        )
    file = written(
        tmp_path / "f",
        done.package.read_bytes(),
        f"-r `x`'\n\udcff{evil[:12]}\t*?[é].wacz".replace("/", ""),
    )
    text = page_of(file)
    outside = re.sub(r"```(sh|text)\n(.*\n)*?```\n", "", text)
    assert "x.example" not in outside
    assert "id" not in re.findall(r"`([^`]*)`", outside)
    assert failing(text, file, leave_out=SLOW) == []


@pytest.mark.parametrize("name", ["x", "a b", "it's", "-n", "\\", "'; rm x '", "\n", "ü\udc80\x7f"])
def test_quoted_words_reach_the_command_whole(name: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"printf %s {quoted(name)}"], capture_output=True, check=True
    )
    assert done.stdout == os.fsencode(name)
    assert re.fullmatch("[ -~]+", quoted(name))
    assert re.fullmatch("[ -~]+", plain(name))


def test_one_other_octet_fails(tmp_path: Path) -> None:
    """Of the page in the WARC, with the CRC of the ZIP made right."""
    octets = package("captured")
    text = page_of(written(tmp_path, octets))
    files = opened(octets)
    at = files[WARC].index(b"The mayor")
    files[WARC] = files[WARC][:at] + b"t" + files[WARC][at + 1 :]
    forged = written(tmp_path / "forged", zipped(files))
    wrong = "\n".join(failing(text, forged, leave_out=SLOW))
    for title in (
        "The file",
        "Every file, by the list that makes the id",
        "Every file, by the plain list of digests",
        "The digests in the web archive",
        "The final response",
        "The body of the page",
        "The passages that were found",
    ):
        assert f"{title}:" in wrong, title
    assert "The ZIP is sound:" not in wrong


def test_an_insider_with_right_manifests_fails_by_the_id(tmp_path: Path) -> None:
    octets = package("absent")
    text = page_of(written(tmp_path, octets))
    files = document(opened(octets), OUTCOME, lambda one: one.update(state="captured"))
    forged = written(tmp_path / "forged", sealed(files))
    wrong = "\n".join(failing(text, forged, leave_out=SLOW))
    assert "The package id:" in wrong
    assert "The outcome:" in wrong
    assert "Every file" not in wrong


def test_another_seed_text_with_everything_derived_again_fails_by_the_id(tmp_path: Path) -> None:
    octets = package("captured")
    text = page_of(written(tmp_path, octets))
    files = opened(octets)
    files[SEED_TEXT] = files[SEED_TEXT].replace(b"mayor", b"queen")
    forged = written(tmp_path / "forged", sealed(derived(files)))
    wrong = "\n".join(failing(text, forged, leave_out=SLOW))
    assert "The package id:" in wrong
    assert "The seed text:" in wrong
    assert "The text against the page:" in wrong


def test_a_file_too_many_fails(tmp_path: Path) -> None:
    octets = package("captured")
    text = page_of(written(tmp_path, octets))
    forged = written(tmp_path / "forged", zipped(opened(octets) | {"evidence/x.txt": b"x"}))
    wrong = "\n".join(failing(text, forged, leave_out=SLOW))
    assert "These files and no others:" in wrong
    assert "The list names all of them:" in wrong


def test_commitments_and_digests_of_a_text_that_is_not_there(tmp_path: Path) -> None:
    for state, word in (("redirected", "sha256sum TEXT"), ("truncated", "hexkey:KEY TEXT")):
        text = page_of(written(tmp_path, package(state)))
        assert word in " ".join(text.split())
        seed = json.loads(opened(package(state))["evidence/seed.json"])["forms"][0]
        assert (seed.get("sha256") or seed["commitment"]["value"]) in text


def test_the_command_for_a_withheld_text_gives_the_commitment(tmp_path: Path) -> None:
    text = " ".join(page_of(written(tmp_path, package("truncated"))).split())
    command = re.search(r"`(openssl dgst -sha256 -mac HMAC [^`]*):KEY TEXT`", text)
    assert command
    (tmp_path / "TEXT").write_bytes(TEXT)
    done = subprocess.run(
        f"{command[1]}:{bytes(32).hex()} TEXT".split(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split()[-1] in text


WHOSE, SIGNED = "Whose key signed the package", "The signature over the package id"
BESIDE = "A signature beside the package"


def cosigned(file: Path, by: SigningKey) -> Path:
    path = file.with_name(signature_name(file.name, by.public))
    path.write_bytes(sshsig.sign(Digest.of(file.read_bytes()), by))
    return path


@pytest.mark.parametrize("number", [1, 2, 3, 2**200])
def test_signatures_are_checked_without_us(tmp_path: Path, number: int) -> None:
    name = "it's x.wacz"
    file = written(tmp_path, signed_package("captured", key(number)), name)
    for other in (number + 10, number + 11):
        cosigned(file, key(other))
    text = page_of(file)
    assert titles(text).count(BESIDE) == 2
    assert failing(text, file, leave_out=SLOW) == []


def test_without_a_signature_none_is_spoken_of(tmp_path: Path) -> None:
    text = page_of(written(tmp_path, package("absent")))
    for title in (WHOSE, SIGNED, BESIDE):
        assert title not in titles(text)


def test_another_signature_fails(tmp_path: Path) -> None:
    file = written(tmp_path, signed_package("captured"))
    signature = cosigned(file, THEIRS)
    text = page_of(file)
    # Their genuine signature over another package, with the key that made it.
    files = opened(file.read_bytes())
    data = json.loads(opened(signed_package("absent", THEIRS))[DIGEST])["signedData"]
    moved = document(files, DIGEST, lambda one: one.update(signedData=data))
    forged = written(tmp_path / "forged", zipped(moved))
    (forged.parent / signature.name).write_bytes(
        sshsig.sign(Digest.of(signed_package("absent")), THEIRS)
    )
    wrong = "\n".join(failing(text, forged, leave_out=SLOW))
    for title in (WHOSE, SIGNED, BESIDE):
        assert f"{title}:" in wrong, wrong
