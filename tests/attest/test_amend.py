"""`archiver amend`: later claims beside a package, in order, and in no other place."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import archiver
from archiver import canonical
from archiver.attest import sshsig
from archiver.case.schemas import faults
from archiver.digest import Digest
from archiver.verify.sidecars import signature_name
from tests.attest.signers import OURS, THEIRS, pem, trusting
from tests.attest.test_sidecars import accepted_by_ssh
from tests.command import Done
from tests.command import archiver as command
from tests.samples import PAGE, seed_text
from tests.site import Site, http
from tests.tools import tool


class Desk:
    """A case with a package, and two people who amend it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "key.pem").write_bytes(pem(OURS))
        (folder / "key.pem").chmod(0o600)
        with Site({"/x": http(PAGE)}) as site:
            (folder / "seed.txt").write_text(seed_text(site.url("/x")))
            own = ("--allow-private-addresses", "--archives", folder / "archives", "--json")
            done = self.run("capture", folder / "seed.txt", *own, "--key", folder / "key.pem")
        self.package = Path(done.json["package"]["path"])
        self.case = self.package.parent.parent
        self.octets = self.package.read_bytes()
        self.amendments: list[Path] = []

    def run(self, *words: str | Path, **env: str) -> Done:
        config = {"XDG_CONFIG_HOME": str(self.folder / "config"), "SOURCE_DATE_EPOCH": "1800000000"}
        return command(*words, cwd=self.folder, env={**config, **env})

    def change(self, old: str, new: str) -> None:
        text = (self.case / "case.toml").read_text()
        assert old in text
        (self.case / "case.toml").write_text(text.replace(old, new, 1))

    def amend(self, *more: str) -> Done:
        return self.run("amend", self.package, self.case, "--key", "key.pem", *more, "--json")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    (desk.folder / "config" / "archiver").mkdir(parents=True, exist_ok=True)
    config = desk.folder / "config" / "archiver" / "config.toml"
    for number, (who, old, new) in enumerate(
        (
            ("analyst-1", 'state = "draft"', 'state = "second_read"'),
            ("analyst-2", 'language = "en"', 'language = "en-GB"'),
        )
    ):
        config.write_text(f'[collector]\nname = "{who}"\n')
        desk.change(old, new)
        done = desk.amend("--note", f"reading {number + 1}")
        assert done.code == 0, done.err
        assert faults(done.json, "output-amend.schema.json") == ()
        desk.amendments.append(Path(done.json["amendment"]))
    return desk


@pytest.fixture
def desk(made: Desk, tmp_path: Path) -> Desk:
    """A copy of all of it, to spoil."""
    shutil.copytree(made.folder, tmp_path / "desk", symlinks=True)
    copy = Desk.__new__(Desk)
    copy.folder = tmp_path / "desk"
    copy.package = copy.folder / made.package.relative_to(made.folder)
    copy.case = copy.package.parent.parent
    copy.octets = made.octets
    copy.amendments = [copy.package.with_name(one.name) for one in made.amendments]
    return copy


def verdict(desk: Desk) -> archiver.Report:
    return archiver.verify(desk.package, trust=trusting(OURS))


def test_amended_twice(made: Desk) -> None:
    assert made.package.read_bytes() == made.octets
    assert [one.name for one in made.amendments] == [
        f"{made.package.name}.amend-{number}.json" for number in (1, 2)
    ]
    report = verdict(made)
    assert (report.verdict, [one.name for one in report.checks][-2:]) == (
        "verified",
        ["amendment", "amendment"],
    )
    for one in made.amendments:
        document = canonical.read(one.read_bytes(), one.name)
        assert faults(document, "amendment.schema.json") == ()
        assert document["package"] == report.id
    own = ("--trust", str(OURS.public.fingerprint))
    assert made.run("verify", made.package, *own).code == 0
    assert "Amended after the sealing: 2 times, last at 2027-01-15T08:00:00Z" in (
        made.run("verify", made.package, *own).out
    )
    # The signature of an amendment is one that ssh-keygen reads as well.
    amended = made.amendments[0]
    signature = amended.with_name(signature_name(amended.name, OURS.public)).read_bytes()
    assert accepted_by_ssh(made.folder, signature, amended.read_bytes(), OURS)


def test_show_has_the_latest_and_the_history(made: Desk) -> None:
    said = made.run("show", made.package, "--json").json
    assert faults(said, "output-show.schema.json") == ()
    # What was sealed is told as it was sealed.
    assert said["assessed"]["review"]["state"] == "draft"
    first, second = said["amendments"]
    assert (first["amended_by"]["name"], second["amended_by"]["name"]) == ("analyst-1", "analyst-2")
    assert first["changes"] == [
        {"field": "review.state", "before": "draft", "after": "second_read"}
    ]
    assert [one["field"] for one in second["changes"]] == ["claimed.language"]
    assert second["assessed"]["review"]["state"] == "second_read"
    out = made.run("show", made.package).out
    for words in (
        "claimed (by a person), as of amendment 2",
        "amendment 1 of 2027-01-15T08:00:00Z, after the sealing",
        'review.state: "draft" → "second_read"',
        'claimed.language: "en" → "en-GB"',
        "analyst-2",
        "reading 1",
    ):
        assert words in out, words
    assert next(one for one in out.splitlines() if "  language " in one).endswith("en-GB")


def test_rebuild_compare_and_export_go_on(made: Desk) -> None:
    assert made.run("rebuild", made.package).code == 0
    assert made.run("compare", made.package).code == 0
    assert made.run("export", made.package, "--to", "prov").code == 0


def test_an_amendment_by_an_unknown_key_is_not_verified(made: Desk, desk: Desk) -> None:
    (desk.folder / "theirs.pem").write_bytes(pem(THEIRS))
    (desk.folder / "theirs.pem").chmod(0o600)
    desk.run("key", "trust", str(OURS.public.fingerprint), "--name", "us")
    assert "claimed (by a person), as of amendment 2\n" in desk.run("show", desk.package).out
    desk.change('language = "en-GB"', 'language = "de"')
    done = desk.run("amend", desk.package, desk.case, "--key", "theirs.pem")
    assert done.code == 0, done.err
    report = verdict(desk)
    assert (report.verdict, report.cause) == ("untrusted", "unknown_key")
    shown = desk.run("show", desk.package).out
    assert "claimed (by a person), as of amendment 3, signed by no key that you trust" in shown
    assert archiver.verify(desk.package, trust=trusting(OURS, THEIRS)).verdict == "verified"
    assert verdict(made).verdict == "verified"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("language", "language", "says what the package says already"),
        ('/x"', '/y"', "another source"),
        ('language = "en-GB"', 'language = "no such"', "language"),
        ("[review]", "[revue]", "revue"),
    ],
)
def test_what_cannot_be_amended(desk: Desk, old: str, new: str, says: str) -> None:
    before = sorted(desk.package.parent.iterdir())
    desk.change(old, new)
    done = desk.amend()
    assert (done.code, says in done.err) == (4, True), done.err
    assert sorted(desk.package.parent.iterdir()) == before


def test_another_text_or_case_is_no_amendment(desk: Desk) -> None:
    text = (desk.case / "seed.txt").read_bytes() + b" and more\n"
    (desk.case / "seed.txt").write_bytes(text)
    done = desk.amend()
    assert done.code == 4  # the case itself is not valid: it states the digest
    stated = (desk.case / "case.toml").read_text()
    digest = next(line for line in stated.splitlines() if line.startswith("sha256"))
    desk.change(digest, f'sha256 = "{Digest.of(text).hex}"')
    done = desk.amend()
    assert done.code == 4
    desk.case.rename(desk.case.with_name("another-case"))
    package = desk.case.with_name("another-case") / "packages" / desk.package.name
    done = desk.run("amend", package, package.parent.parent, "--key", "key.pem")
    assert done.code == 4


def test_without_a_key_nothing_is_amended(desk: Desk) -> None:
    desk.change('language = "en-GB"', 'language = "de"')
    before = sorted(desk.package.parent.iterdir())
    done = desk.run("amend", desk.package, desk.case, CI="1")
    assert (done.code, "no key to sign with" in done.err) == (4, True)
    done = desk.run("amend", desk.package, desk.case, "--key", "key.pem", "--note", "a\nb")
    assert done.code == 4
    assert sorted(desk.package.parent.iterdir()) == before


def test_moved_to_another_package_it_is_refused(desk: Desk) -> None:
    """Even of the same case, and under the name that is due there."""
    other = desk.package.with_name("20270101T000000Z-00000000.wacz")
    with Site({"/x": http(PAGE)}) as site:
        (desk.folder / "other.txt").write_text(seed_text(site.url("/x")))
        done = desk.run(
            *("capture", desk.folder / "other.txt", "--allow-private-addresses", "--json"),
            *("--key", "key.pem", "--archives", desk.folder / "others"),
        )
    other.write_bytes(Path(done.json["package"]["path"]).read_bytes())
    for one in desk.package.parent.glob(f"{desk.package.name}.amend-*"):
        moved = one.name.replace(desk.package.name, other.name)
        shutil.copy(one, other.with_name(moved))
    report = archiver.verify(other, trust=trusting(OURS))
    assert (report.verdict, report.checks[-2].status) == ("refused", "failed")
    assert "is of another package" in report.checks[-2].problems[0].what
    assert desk.run("show", other).code == 3


def test_its_name_counts_as_well(desk: Desk) -> None:
    """One that is right in itself, and leaves a gap by its name."""
    for one in desk.package.parent.glob(f"{desk.package.name}.amend-2.*"):
        one.rename(one.with_name(one.name.replace(".amend-2.", ".amend-7.")))
    report = verdict(desk)
    assert (report.verdict, report.checks[-1].status) == ("refused", "failed")
    assert "is number 7 by its name" in report.checks[-1].problems[0].what


def signed_again(path: Path, document: dict[str, Any], by: Any = OURS) -> None:
    """An insider with the key: whatever they write is signed rightly."""
    octets = canonical.to_file(document)
    path.write_bytes(octets)
    beside = path.with_name(signature_name(path.name, by.public))
    beside.write_bytes(sshsig.sign(Digest.of(octets), by))


X = str(Digest.of(b"x"))
LIES: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "another package": (
        lambda one: one.update(package=X),
        "package",
        f"is of another package, {X}",
    ),
    "another number": (
        lambda one: one.update(number=3),
        "number",
        "is number 3, due here is 2",
    ),
    "no previous": (
        lambda one: one.update(previous=None),
        "previous",
        "does not name the amendment that stands before it",
    ),
    "another previous": (
        lambda one: one.update(previous=X),
        "previous",
        "does not name the amendment that stands before it",
    ),
    "created before": (
        lambda one: one.update(created="2020-01-01T00:00:00Z"),
        "created",
        "is before that which it amends",
    ),
    "no moment": (
        lambda one: one.update(created="2027-02-30T00:00:00Z"),
        "created",
        "is no moment",
    ),
    "another source": (
        lambda one: one["claimed"]["source"].update(url="http://x.example/"),
        "claimed.source.url",
        "is another source than the one that was captured",
    ),
    "another text": (
        lambda one: one["claimed"]["seed_text"].update(sha256=X),
        "claimed.seed_text",
        "is another seed text: that is another package's",
    ),
    "no text": (
        lambda one: one["claimed"].pop("seed_text"),
        "claimed.seed_text",
        "is another seed text: that is another package's",
    ),
    "another case": (
        lambda one: [one[layer].update(case="x") for layer in ("claimed", "assessed")],
        "case",
        "is another case than that of the package, 2025-02-17-127-0-0-1-"
        "ferry-service-to-the-outer-islands-resumes",
    ),
    "two cases": (
        lambda one: one["assessed"].update(case="x"),
        "case",
        "is another case than that of the package, 2025-02-17-127-0-0-1-"
        "ferry-service-to-the-outer-islands-resumes",
    ),
    "an invalid claim": (
        lambda one: one["claimed"]["claimed"].update(language="no such"),
        "claimed.language",
        '"no such" has not the expected form',
    ),
    "an invalid state": (
        lambda one: one["assessed"]["review"].update(state="certain"),
        "review.state",
        'expected one of draft, second_read, final; found "certain"',
    ),
    "an unknown field": (lambda one: one["claimed"].update(x=1), "x", "is not a known field"),
    "opinion among the claims": (
        lambda one: one["claimed"].update(one["assessed"]),
        "format",
        'expected "archiver-claimed-1", found "archiver-assessed-1"',
    ),
    "an unknown member": (
        lambda one: one.update(verdict="captured"),
        "verdict",
        "is not a known field",
    ),
    "another format": (
        lambda one: one.update(format="archiver-amendment-2"),
        "format",
        'expected "archiver-amendment-1", found "archiver-amendment-2"',
    ),
    "a control character": (
        lambda one: one.update(note="\x1b[31m"),
        "note",
        '"\\u001b[31m" has not the expected form',
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_lies_of_whoever_has_the_key(desk: Desk, name: str) -> None:
    document = json.loads(desk.amendments[1].read_bytes())
    signed_again(desk.amendments[1], document)
    assert verdict(desk).verdict == "verified"
    lie, where, what = LIES[name]
    lie(document)
    signed_again(desk.amendments[1], document)
    report = verdict(desk)
    assert (report.verdict, report.checks[-1].name) == ("refused", "amendment")
    first = report.checks[-1].problems[0]
    assert (first.where, first.what) == (f"{desk.amendments[1].name} {where}", what)
    assert [one.status for one in report.checks][-2:] == ["passed", "failed"]


def test_removed_exchanged_and_forked(desk: Desk) -> None:
    first, second = desk.amendments
    octets = first.read_bytes()
    first.unlink()
    report = verdict(desk)
    assert report.verdict == "refused"
    # The first one written anew by whoever has the key: the second names another.
    document = json.loads(octets)
    document["note"] = "another"
    signed_again(first, document)
    assert [one.status for one in verdict(desk).checks][-2:] == ["passed", "failed"]
    first.write_bytes(second.read_bytes())
    assert [one.status for one in verdict(desk).checks][-2:] == ["failed", "skipped"]


def test_unsigned_or_damaged_it_is_refused(desk: Desk) -> None:
    signature = desk.amendments[1].with_name(signature_name(desk.amendments[1].name, OURS.public))
    octets = signature.read_bytes()
    signature.unlink()
    report = verdict(desk)
    assert report.verdict == "refused"
    assert report.checks[-1].problems[0].what == "nobody has signed it"
    for wrong in (octets[:-1], b"", sshsig.sign(Digest.of(b"x"), OURS)):
        signature.write_bytes(wrong)
        assert verdict(desk).verdict == "refused"
    signature.write_bytes(octets)
    assert verdict(desk).verdict == "verified"
    amended = desk.amendments[1].read_bytes()
    for at in range(len(amended)):
        changed = bytearray(amended)
        changed[at] ^= 1
        with pytest.raises(archiver.InvalidInput):
            sshsig.signer(octets, Digest.of(bytes(changed)))
    desk.amendments[1].write_bytes(amended.replace(b"\n", b"\r\n"))
    assert verdict(desk).verdict == "refused"
    desk.amendments[1].unlink()
    desk.amendments[1].symlink_to(desk.amendments[0])
    assert verdict(desk).verdict == "refused"


def test_standard_tools_check_an_amendment(made: Desk) -> None:
    """The digest chain by sha256sum and jq."""
    first, second = made.amendments
    words = f"jq -r .previous '{second.name}' && sha256sum < '{first.name}'"
    done = subprocess.run(
        [tool("bash"), "-c", words],
        cwd=first.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    previous, digest = done.stdout.split()[:2]
    assert previous == f"sha256:{digest}"
