"""`verify.html` says in headless Chromium what `archiver verify` says, of every vector and every
forgery that the tests know, but for what it names itself; it asks for nothing."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from archiver import canonical
from archiver.attest import keyforms, sshsig
from archiver.attest.trust import Trust
from archiver.digest import Digest
from archiver.ownwords import SOFTWARE
from archiver.report.words import verdict_sentence
from archiver.verbs.beside import basis_of
from archiver.verbs.handing import handover
from archiver.verbs.reading import believed, verify
from archiver.verify.amendments import Statement, amendment, amendment_name, read_amendment
from archiver.verify.checks import examine
from archiver.verify.sidecars import signature_name
from tests.attest import test_signature
from tests.attest.signers import OURS, THEIRS, identity, resigned, signed_package, trusting
from tests.command import archiver
from tests.replay import tools
from tests.replay.test_report_in_chromium import findings
from tests.replay.verifying import Told, Verifier, written
from tests.report.hostile import package as hostile_package
from tests.report.hostile import strings
from tests.report.reports import cosigned
from tests.site import Site, http
from tests.vectors.build import FOLDER, LIST
from tests.vectors.catalogue import FORGERIES, UNDERIVED, UNDERIVED_VECTORS
from tests.verify.forge import opened
from tests.verify.scenes import STATES, package
from tests.verify.test_zip import FORMS

CHECKED = [
    *("container", "manifest", "signature", "warc", "documents", "agreement", "handshakes"),
    "derivation",
]


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Verifier]:
    """The page; what it was given, it looked at without a request and without a complaint."""
    made = Verifier(tmp_path)
    try:
        yield made
        assert made.asked_for() == [made.page.as_uri()]
        assert made.complaints() == []
    finally:
        made.close()


def test_the_verdict_of_every_vector(page: Verifier) -> None:
    """Of nobody's key first; then somebody types the number of the key that is trusted there."""
    listed = json.loads((FOLDER / LIST).read_text())
    vectors, parts = listed["vectors"], ("verdict", "cause", "exit")
    told = page.look_at(*[FOLDER / one["file"] for one in vectors])
    for vector, said in zip(vectors, told, strict=True):
        if vector["file"] not in UNDERIVED_VECTORS:
            untrusting = vector | (vector.get("untrusting") or {})
            expected = tuple(untrusting[part] for part in parts)
            assert (said.verdict, said.cause, said.exit) == expected, (vector, said)
    told = page.type("key", listed["trusted"]["fingerprint"])
    for vector, said in zip(vectors, told, strict=True):
        expected = tuple(vector[part] for part in (*parts, "name"))
        if vector["file"] in UNDERIVED_VECTORS:
            assert expected == ("refused", None, 3, "derivation")
            cause = "unsigned" if vector["file"].startswith("refuse/") else "not_rebuilt"
            expected = ("untrusted", cause, 9, None)
        assert (said.verdict, said.cause, said.exit, said.failed) == expected, (vector, said)
        if said.failed:
            at = [name for name, _ in said.checks].index(said.failed)
            assert {status for _, status in said.checks[:at]} <= {"passed"}
            assert {status for _, status in said.checks[at + 1 :]} <= {"skipped"}
            assert said.problems
            assert "cannot be read (" not in said.problems[0]


def forgeries() -> dict[str, bytes]:
    made = {f"form-{name}": form() for name, form in FORMS.items()}
    for name, (state, _, forge) in FORGERIES.items():
        made[name] = forge(opened(package(state)))
    for name, members in test_signature.MEMBERS.items():
        made[f"signature: {name}"] = resigned(test_signature.FILES, **members)
    for name, (octets, _) in test_signature.OTHER_FORMS.items():
        made[f"file: {name}"] = octets
    return made | {f"scene-{state}": signed_package(state) for state in STATES}


@pytest.mark.parametrize("part", range(4))
def test_the_verdict_of_every_forgery(page: Verifier, tmp_path: Path, part: int) -> None:
    chosen = [*forgeries().items()][part::4]
    files = written(tmp_path, ((f"{n}.wacz", octets) for n, (_, octets) in enumerate(chosen)))
    for (name, octets), said in zip(chosen, page.look_at(*files, seconds=300), strict=True):
        report = examine(io.BytesIO(octets), name, SOFTWARE, Trust())
        failed = next((one.name for one in report.checks if one.status == "failed"), None)
        expected = (report.verdict, report.cause, failed)
        if name in UNDERIVED:
            assert expected == ("refused", None, "derivation")
            expected = ("untrusted", "unsigned", None)
        assert (said.verdict, said.cause, said.failed) == expected, (name, said)
        assert not any("cannot be read (" in one for one in said.problems), (name, said)


def read_aloud(digest: Digest) -> str:
    """A number as somebody types it who hears it."""
    groups = [digest.hex[at : at + 4] for at in range(0, 64, 4)]
    return "  ".join(groups).upper()


def test_verified_only_by_a_number_that_a_person_typed(page: Verifier, tmp_path: Path) -> None:
    octets = signed_package("captured")
    files = written(tmp_path, [("x.wacz", octets), ("us.pem", keyforms.write_public(OURS.public))])
    (said,) = page.look_at(*files)
    # A key that came along with the package proves nothing.
    assert (said.verdict, said.cause, said.exit) == ("untrusted", "unknown_key", 9)
    assert "in us.pem" in said.text
    (said,) = page.type("key", read_aloud(THEIRS.public.fingerprint))
    assert (said.verdict, said.cause) == ("untrusted", "unknown_key")
    (said,) = page.type("key", read_aloud(OURS.public.fingerprint))
    assert (said.verdict, said.cause, said.exit) == ("verified", None, 0)
    assert [name for name, _ in said.checks] == CHECKED
    assert said.status("derivation") == "in part"
    assert "not derived again" in said.say
    assert "not derived again here" in said.text
    (said,) = page.type("id", str(identity(octets)))
    assert (said.verdict, said.status("identity")) == ("verified", "passed")
    (said,) = page.type("id", str(Digest.of(b"another")))
    assert (said.verdict, said.exit, said.failed) == ("refused", 3, "identity")
    (said,) = page.type("id", "1234")
    assert said.verdict == "verified"
    assert "4 digits" in str(page.browser.run("document.getElementById('id-note').textContent"))


def test_a_folder_of_another_versions_package(page: Verifier, tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes((FOLDER / "other-version" / "captured.wacz").read_bytes())
    cosigned(file, OURS)
    handover(file, tmp_path / "out")
    page.look_at(*sorted((tmp_path / "out").iterdir()))
    (said,) = page.type("key", read_aloud(OURS.public.fingerprint))
    assert (said.verdict, said.cause) == ("untrusted", "not_rebuilt")
    assert "Intact." in said.say
    assert "the key whose number you typed" in said.say


def test_what_was_not_as_by_default(page: Verifier, tmp_path: Path) -> None:
    """In the words of `archiver verify`; so is a server that did not prove who it is."""
    files = written(tmp_path, ((f"{one}.wacz", signed_package(one)) for one in STATES))
    told = page.look_at(*files)
    warnings = []
    for file, said in zip(files, told, strict=True):
        report = examine(io.BytesIO(file.read_bytes()), file.name, SOFTWARE, Trust())
        due = verdict_sentence(report)
        warnings.append(re.findall(r"(?:Not default|Server): [^.]*\.", due))
        assert re.findall(r"(?:Not default|Server): [^.]*\.", said.say) == warnings[-1], file.name
    every = " ".join(one for several in warnings for one in several)
    for word in ("clock from", "--no-probe", "--proxy", "--resolver", "identity not verified"):
        assert word in every


def test_what_failed_or_was_skipped_is_not_told_as_proved(page: Verifier) -> None:
    (said,) = page.look_at(FOLDER / "refuse" / "6-agreement" / "status.wacz")
    assert "Would prove: what is said of the capture is what the recorded octets show." in said.text
    assert said.text.count("Would prove: ") == len(
        [one for one in said.checks if one[1] != "passed"]
    )


def test_files_are_dropped_and_a_folder_is_not(page: Verifier, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "x.wacz").write_bytes(package("captured"))
    signature = folder / signature_name("x.wacz", OURS.public)
    signature.write_bytes(sshsig.sign(Digest.of(package("captured")), OURS))
    page.browser.drop("#drop", folder)
    page.browser.wait_for("document.getElementById('status').textContent.includes('folder')")
    assert page.told() == []
    page.browser.drop("#drop", *folder.iterdir())
    page.browser.wait_for("document.body.dataset.done")
    (said,) = page.told()
    assert (said.cause, said.status("sidecar")) == ("unknown_key", "passed")


def test_signatures_beside_it(page: Verifier, tmp_path: Path) -> None:
    octets = package("captured")
    right = sshsig.sign(Digest.of(octets), THEIRS)
    name = signature_name("x.wacz", THEIRS.public)
    (file, beside) = written(tmp_path, [("x.wacz", octets), (name, right)])
    page.type("key", str(THEIRS.public.fingerprint))
    (said,) = page.look_at(file, beside)
    assert (said.verdict, said.status("sidecar")) == ("verified", "passed")
    wrong = {
        "of another file": sshsig.sign(Digest.of(octets + b"x"), THEIRS),
        "of another key": sshsig.sign(Digest.of(octets), OURS),
        "with a line feed": right + b"\n",
        "cut": right[:-40],
        "empty": b"",
        "no armor": right.replace(b"-", b"="),
        "another octet": right.replace(b"U1NIU0lH", b"U1NIU0lI"),
    }
    for why, one in wrong.items():
        beside.write_bytes(one)
        (said,) = page.look_at(file, beside)
        assert (said.verdict, said.failed) == ("refused", "sidecar"), why
        assert "The package file itself passed its checks." in said.say
    # A name that is not one of its signatures is not looked at.
    (said,) = page.look_at(file, *written(tmp_path, [("y.wacz.sig", b"")]))
    assert (said.verdict, said.cause) == ("untrusted", "unsigned")


def amended_twice(file: Path) -> None:
    with believed(file) as found:
        basis = basis_of(found.package)
    signer = trusting(OURS).signer(OURS.public.fingerprint)
    for number in (1, 2):
        claimed = deepcopy(dict(basis.said.claimed))
        claimed["claimed"]["title"] = f"New {number}"
        document = amendment(
            basis,
            Statement(claimed=claimed, assessed=basis.said.assessed),
            by={"name": "analyst-9", "organisation": "unknown"},
            note="Read again.",
            created=f"2026-03-2{number}T08:00:00Z",
            software=SOFTWARE,
        )
        beside = file.with_name(amendment_name(file.name, number))
        beside.write_bytes(canonical.to_file(document))
        cosigned(beside, OURS)
        last = read_amendment(beside.name, beside.read_bytes(), basis, [signer])
        basis = replace(basis, last=last)


def test_amendments_beside_it(page: Verifier, tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(signed_package("captured"))
    amended_twice(file)
    assert verify(file, trust=trusting(OURS)).verdict == "verified"
    files = sorted(one for one in tmp_path.glob("x.wacz*") if one.is_file())
    page.type("key", str(OURS.public.fingerprint))
    (said,) = page.look_at(*files)
    assert said.checks[-2:] == [["amendment", "passed"], ["amendment", "passed"]]
    assert (said.verdict, said.cause) == ("verified", None)
    assert "Amended after the sealing, last at 2026-03-22T08:00:00Z" in said.say
    (said,) = page.look_at(*[one for one in files if "amend-1.json" not in one.name])
    assert (said.verdict, said.failed) == ("refused", "amendment")
    (said,) = page.look_at(*[one for one in files if not one.name.endswith(".sig")])
    assert (said.verdict, said.problems[0].split("\n")[0]) == ("refused", "nobody has signed it")
    for name, old, new in (
        ("amend-2.json", b"New 2", b"Old 2"),
        ("amend-1.json", b"https://news", b"https://olds"),
    ):
        changed = tmp_path / f"x.wacz.{name}"
        octets = changed.read_bytes()
        changed.write_bytes(octets.replace(old, new))
        cosigned(changed, OURS)
        (said,) = page.look_at(*files)
        assert verify(file, trust=trusting(OURS)).verdict == said.verdict
        if name == "amend-1.json":
            assert (said.verdict, said.failed) == ("refused", "amendment")
        changed.write_bytes(octets)
        cosigned(changed, OURS)


def test_what_it_does_not_check_is_named(page: Verifier, tmp_path: Path) -> None:
    files = written(
        tmp_path,
        [
            ("x.wacz", signed_package("captured")),
            ("x.wacz.freetsa.tsr", b"?"),
            ("x.wacz.tlog-proof", b"?"),
        ],
    )
    (said,) = page.look_at(*files)
    assert "x.wacz.freetsa.tsr: a time stamp" in said.text
    assert "x.wacz.tlog-proof: a proof from a ledger" in said.text
    said_once = str(page.browser.run("document.body.innerText"))
    assert "are named, not checked" in said_once
    page.look_at(*files[1:])
    assert "no package among these files" in str(page.browser.run("document.body.innerText"))


def test_a_whole_folder_that_was_handed_over(page: Verifier, tmp_path: Path) -> None:
    """As its letter says: drop all of it, then type the number that is read to you."""
    file = tmp_path / "x.wacz"
    file.write_bytes(signed_package("captured"))
    cosigned(file, THEIRS)
    done = handover(file, tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())
    (said,) = page.look_at(*files)
    assert (said.verdict, said.cause) == ("untrusted", "unknown_key")
    assert said.say.startswith("Intact.")
    letter = (tmp_path / "out" / "letter.txt").read_text()
    heard = letter.partition("Key number:")[2].partition("Key number:")[0]
    (said,) = page.type("key", heard)
    assert (said.verdict, said.exit) == ("verified", 0)
    (said,) = page.type("id", done.id)
    assert said.verdict == "verified"


def test_a_large_package(page: Verifier, tmp_path: Path) -> None:
    """200 MiB, as a capture has them."""
    body = b"<p>The ferry goes every hour.</p>" + bytes(200 << 20)
    with Site({"/": http("<p>control</p>"), "/film": http(body)}) as site:
        words = ("--control", site.url("/"), "--allow-private-addresses", "--archives", tmp_path)
        done = archiver(
            "capture", site.url("/film"), *words, "--max-bytes", str(300 << 20), "--json"
        )
    assert done.code == 0, done.err
    file = Path(done.json["package"]["path"])
    assert file.stat().st_size > 200 << 20
    (said,) = page.look_at(file, seconds=120)
    assert (said.verdict, said.cause) == ("untrusted", "unknown_key"), said


def test_nothing_from_outside_is_live(page: Verifier, tmp_path: Path) -> None:
    texts = strings()
    chosen = texts[:: len(texts) // 60]
    made = [(f"{number}.wacz", hostile_package(text)) for number, text in enumerate(chosen)]
    names = [text.replace("/", "%")[:60].encode("utf-8", "replace").decode() for text in chosen]
    more = [(f"{name}.wacz", b"PK\3\4") for name in {one for one in names if "\0" not in one}]
    files = written(tmp_path, [*made, *more])
    told = page.look_at(*files, seconds=120)
    assert len(told) == len(files)
    live = "script, img, iframe, object, embed, svg, video, audio, a[href], form"
    found = f"document.querySelectorAll('#results :is({live})').length"
    assert page.browser.run(found) == 0
    attributes = "[...document.querySelectorAll('#results *')].flatMap(one => [...one.attributes])"
    assert (
        page.browser.run(f"{attributes}.filter(one => /^on|^style$|^src/.test(one.name)).length")
        == 0
    )
    methods = {one.get("method") for one in page.browser.heard}
    assert "Page.javascriptDialogOpening" not in methods
    assert [one.verdict for one in told if one.name[:1].isdigit()][:60] == ["untrusted"] * 60


@pytest.mark.parametrize(("width", "dark"), [(1200, False), (1200, True), (360, False)])
def test_axe_finds_nobody_kept_out(page: Verifier, tmp_path: Path, width: int, dark: bool) -> None:
    tools.axe()
    page.browser.look(width=width, dark=dark)
    states = ("refuse/6-agreement/status", "accept/captured", "accept/blocked", "unreadable/text")
    page.look_at(*[FOLDER / f"{one}.wacz" for one in states])
    page.type("id", "12")
    assert findings(page.browser) == []
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.browser.run(wider) <= 0
    for one in page.told():
        assert isinstance(one, Told)
