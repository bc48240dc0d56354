"""Lines of a run brought to a shared branch: nothing lost, nothing doubled."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from archiver.attest import entries
from archiver.case.schemas import faults
from archiver.custody import ledger, receipts
from archiver.custody.audit import audit
from archiver.custody.bringing import bring, entries_of
from archiver.custody.ledger import Log
from archiver.errors import InvalidInput, Refused, ServiceFailed, StorageFailed
from archiver.verbs import publishing
from archiver.verbs.publishing import Place, collect, publish, sign
from tests.command import archiver
from tests.custody.logbook import MOMENT, append, began, captured, key, log_in
from tests.custody.remote import IDENTITY, Shared, git

SOURCE = '[source]\nurl = "https://example.org/"\n'


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shared:
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CI", "1")
    monkeypatch.setenv("ARCHIVER_LEDGER_KEY", key().pem().decode())
    return Shared(tmp_path)


def run(clone: Path, number: int, *, packages: bool = False, octets: bytes = b"a package") -> Path:
    """A run of captures in a clone: its receipts."""
    log = log_in(clone / "archives")
    case = clone / "archives" / "a-case"
    (case / "packages").mkdir(parents=True, exist_ok=True)
    (case / "case.toml").write_text(SOURCE + '[sensitivity]\ntlp = "CLEAR"\n')
    at = append(log, began(at=MOMENT + number))
    said = captured(at, number, at=MOMENT + number)
    if packages:
        package = case / "packages" / said["name"]
        package.write_bytes(octets)
        (case / "packages" / f"{said['name']}.x.tsr").write_bytes(b"a stamp")
        said["file"] = f"sha256:{receipts._digest(package).removeprefix('sha256:')}"
        said["octets"] = len(octets)
    append(log, said)
    to = clone / f"receipts-{number}"
    publishing.collect(clone / "archives", to, packages=packages, public=True, declared=False)
    return to


def place(clone: Path) -> Place:
    return Place(archives=clone / "archives")


def the_log(archives: Path) -> Log:
    (log,) = ledger.logs(archives)
    assert audit(log.folder, None).problems == []
    return log


def numbers(log: Log) -> list[int]:
    """Of the captures that stand in a log, in order."""
    lines = entries_of(log)
    assert [one.seq for one in lines] == list(range(len(lines)))
    for one in lines:
        if one.event == "capture":
            assert lines[one.said["begin"]].event == "begin"
            assert lines[one.said["begin"]].time == one.time
    return [int(one.said["package"][7:15], 16) for one in lines if one.event == "capture"]


def test_lines_are_pushed_then_signed(shared: Shared) -> None:
    clone = shared.clone("ci")
    before = git(clone, "rev-parse", "HEAD")
    done = publish(run(clone, 1), place(clone), packages=False)
    assert (done.lines, done.already, done.attempts) == (2, 0, 1)
    log = the_log(shared.held())
    assert numbers(log) == [1]
    assert log.checkpoint() is None  # nothing is signed before it is published
    assert sign(place(clone)).size == 2
    log = the_log(shared.held())
    signed = log.checkpoint()
    assert signed is not None
    assert signed.size == 2
    assert log.kept(2) == signed
    # The person's own working tree is as it was.
    assert git(clone, "rev-parse", "HEAD") == before
    assert git(clone, "worktree", "list").count("\n") == 0


@pytest.mark.parametrize("rule", ["* text=auto", "*.wacz text eol=lf"])
def test_git_must_store_the_very_octets(shared: Shared, rule: str) -> None:
    clone = shared.clone("ci")
    (clone / ".gitattributes").write_text(f"{rule}\n")
    shared.push(clone, "rules")
    brought = run(clone, 1, packages=True, octets=b"a\r\nb")
    with pytest.raises(Refused, match="other octets"):
        publish(brought, place(clone), packages=True)


def test_a_second_time_does_nothing(shared: Shared) -> None:
    clone = shared.clone("ci")
    brought = run(clone, 1)
    publish(brought, place(clone), packages=False)
    sign(place(clone))
    head = git(shared.bare, "rev-parse", "main")
    again = publish(brought, place(clone), packages=False)
    assert (again.lines, again.already, again.commit) == (0, 2, None)
    assert sign(place(clone)).commit is None
    assert git(shared.bare, "rev-parse", "main") == head


def test_lines_are_numbered_anew_where_the_branch_has_moved(shared: Shared) -> None:
    one, other = shared.clone("one"), shared.clone("other")
    first, second = run(one, 1), run(other, 2)
    publish(first, place(one), packages=False)
    sign(place(one))
    done = publish(second, place(other), packages=False)
    assert (done.lines, done.already) == (2, 0)
    log = the_log(shared.held())
    assert numbers(log) == [1, 2]
    assert entries_of(log)[3].said["begin"] == 2
    # Published by a new runner once more, with the numbers that it had: still there once.
    again = publish(second, place(shared.clone("again")), packages=False)
    assert (again.lines, again.already) == (0, 2)
    assert sign(place(other)).size == 4
    assert numbers(the_log(shared.held())) == [1, 2]


def test_killed_before_the_push_and_after_it(shared: Shared) -> None:
    clone = shared.clone("ci")
    one, two = run(clone, 1), run(clone, 2)  # the first run's lines never came to the branch
    done = publish(two, place(shared.clone("later")), packages=False)
    assert done.lines == 4  # no checkpoint covers them: they are all in the receipts
    assert publish(one, place(clone), packages=False).already == 2
    # Pushed, and killed before the checkpoint: the next run's covers all.
    three = run(shared.clone("next"), 3)
    publish(three, place(clone), packages=False)
    assert sign(place(clone)).size == 6
    assert numbers(the_log(shared.held())) == [1, 2, 3]


def test_a_branch_that_moves_during_the_push(shared: Shared) -> None:
    """A hook of the remote moves the branch once, between fetch and push."""
    clone, person = shared.clone("ci"), shared.clone("person")
    brought = run(clone, 1)
    (person / "work").write_text("x")
    git(person, "add", "-A")
    git(person, "commit", "-q", "-m", "other work")
    git(person, "push", "-q", "origin", "HEAD:refs/heads/other")
    hook = shared.bare / "hooks" / "pre-receive"
    hook.write_text(
        "#!/bin/sh\nif [ ! -e moved ]; then touch moved; unset GIT_QUARANTINE_PATH; "
        "git update-ref refs/heads/main refs/heads/other; fi\n"
    )
    hook.chmod(0o755)
    waited: list[float] = []
    done = publish(brought, place(clone), packages=False, sleep=waited.append)
    assert done.attempts == 2
    assert len(waited) == 1
    held = shared.held()
    assert (held.parent / "work").exists()
    assert numbers(the_log(held)) == [1]


def test_a_remote_that_takes_nothing(shared: Shared) -> None:
    clone = shared.clone("ci")
    brought = run(clone, 1)
    hook = shared.bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho no right to push >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(ServiceFailed) as fault:
        publish(brought, place(clone), packages=False, sleep=lambda _: None)
    assert "no right to push" in fault.value.what or "rejected" in fault.value.what
    assert "nothing is lost" in fault.value.hint
    hook.unlink()
    assert publish(brought, place(clone), packages=False).lines == 2
    git(clone, "remote", "set-url", "origin", str(shared.folder / "nowhere"))
    with pytest.raises(ServiceFailed):
        publish(brought, place(clone), packages=False)


def test_packages_go_with_their_lines_or_not_at_all(shared: Shared) -> None:
    clone = shared.clone("ci")
    brought = run(clone, 1, packages=True)
    (package,) = brought.glob("a-case/packages/*.wacz")
    done = publish(brought, place(clone), packages=True)
    assert done.packages == 2
    held = shared.held()
    assert (held / "a-case/packages" / package.name).read_bytes() == b"a package"
    assert (held / "a-case/packages" / f"{package.name}.x.tsr").read_bytes() == b"a stamp"
    assert not (held / "a-case/case.toml").exists()  # cases are the person's to commit


def test_a_forged_package_is_not_published(shared: Shared) -> None:
    clone = shared.clone("ci")
    brought = run(clone, 1, packages=True)
    (package,) = brought.glob("a-case/packages/*.wacz")
    head = git(shared.bare, "rev-parse", "main")
    package.write_bytes(b"b package")
    with pytest.raises(Refused, match="not the file"):
        publish(brought, place(clone), packages=True)
    package.write_bytes(b"a package")
    package.with_name("20260921T141320Z-ffffffff.wacz").write_bytes(b"another")
    with pytest.raises(Refused, match="no line"):
        publish(brought, place(clone), packages=True)
    assert git(shared.bare, "rev-parse", "main") == head


@pytest.mark.parametrize("damage", ["cut", "edited", "hole", "other key", "doubled number"])
def test_damaged_receipts_change_nothing(shared: Shared, damage: str) -> None:
    clone = shared.clone("ci")
    brought = run(clone, 1)
    (log,) = (brought / "ledger").iterdir()
    file = log / "00000001.jsonl"
    match damage:
        case "cut":
            file.write_bytes(file.read_bytes()[:-5])
        case "edited":
            file.write_bytes(file.read_bytes().replace(b"captured", b"caught"))
        case "hole":
            (log / "00000000.jsonl").unlink()
        case "other key":
            (log / "vkey").write_text(key(2).public.vkey + "\n")
        case "doubled number":
            (log / "00000001.jsonl").write_bytes((log / "00000000.jsonl").read_bytes())
    head = git(shared.bare, "rev-parse", "main")
    with pytest.raises((Refused, InvalidInput)):
        publish(brought, place(clone), packages=False)
    assert git(shared.bare, "rev-parse", "main") == head


def test_nothing_goes_onto_a_broken_log_and_nothing_is_signed_over_it(shared: Shared) -> None:
    clone = shared.clone("ci")
    publish(run(clone, 1), place(clone), packages=False)
    sign(place(clone))
    forger = shared.clone("forger")
    (file,) = (forger / "archives/ledger").glob("*/00000000.jsonl")
    file.write_bytes(file.read_bytes().replace(b"a-case", b"b-case"))
    shared.push(forger, "forged")
    head = git(shared.bare, "rev-parse", "main")
    later = run(clone, 2)
    with pytest.raises(Refused, match="signed"):
        publish(later, place(clone), packages=False)
    with pytest.raises(Refused):
        sign(place(clone))
    assert git(shared.bare, "rev-parse", "main") == head


def test_the_public_half_publishes_and_signs_nothing(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = shared.clone("ci")
    monkeypatch.setenv("ARCHIVER_LEDGER_KEY", key().public.vkey)
    publish(run(clone, 1), place(clone), packages=False)
    with pytest.raises(InvalidInput, match="public key"):
        sign(place(clone))


def test_the_variable_that_others_read_holds_no_private_key(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = shared.clone("ci")
    monkeypatch.delenv("ARCHIVER_LEDGER_KEY")
    monkeypatch.setenv("ARCHIVER_LEDGER_VKEY", key().public.vkey)
    publish(run(clone, 1), place(clone), packages=False)
    monkeypatch.setenv("ARCHIVER_LEDGER_VKEY", key().pem().decode())
    with pytest.raises(InvalidInput, match="a private key, in a variable that others read") as one:
        collect(clone / "archives", None, packages=False, public=False, declared=False)
    assert one.value.where == "ARCHIVER_LEDGER_VKEY"


def test_the_first_run_may_have_nothing_to_say(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it leaves is no empty folder, which nothing would carry to the next job."""
    clone = shared.clone("ci")
    (clone / "archives").mkdir(exist_ok=True)
    told = collect(clone / "archives", clone / "left", packages=True, public=False, declared=False)
    assert (told.log, [one.name for one in (clone / "left").iterdir()]) == (None, ["NOTHING"])
    assert publish(clone / "left", place(clone), packages=True).log is None
    with pytest.raises(InvalidInput, match="no such folder"):
        publish(clone / "nowhere", place(clone), packages=True)
    with pytest.raises(InvalidInput, match="no log of the key"):
        sign(place(clone))
    monkeypatch.setenv("ARCHIVER_LEDGER_VKEY", key().public.vkey)
    assert sign(place(clone)).log is None
    monkeypatch.setenv("ARCHIVER_LEDGER_VKEY", key(2).public.vkey)
    with pytest.raises(InvalidInput, match="is another key than that of ARCHIVER_LEDGER_VKEY"):
        sign(place(clone))


def test_outside_of_git(tmp_path: Path) -> None:
    log = log_in(tmp_path / "archives")
    append(log, began())
    with pytest.raises(InvalidInput, match="not in a git repository"):
        publish(tmp_path / "archives", Place(archives=tmp_path / "archives"), packages=False)


def test_the_token_reaches_git_in_no_words(
    shared: Shared, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Git itself is asked what it would send, and what it was called with."""
    from archiver.custody.git import TOKEN, Repository

    clone = shared.clone("ci")
    git(clone, "remote", "set-url", "origin", "https://127.0.0.1:9/x.git")
    shim = tmp_path / "shim"
    shim.mkdir()
    real = subprocess.run(["which", "git"], capture_output=True, text=True).stdout.strip()
    (shim / "git").write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/words\nenv >> {tmp_path}/env\nexec {real} "$@"\n'
    )
    (shim / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim}:/usr/bin:/bin")
    monkeypatch.setenv(TOKEN, "s3cret-token")
    repository = Repository(clone)
    with pytest.raises(ServiceFailed) as fault:
        repository.fetch("origin", "main")
    words, env = (tmp_path / "words").read_text(), (tmp_path / "env").read_text()
    assert "s3cret" not in words + env + str(fault.value.__dict__)
    assert "http.https://127.0.0.1:9/.extraHeader" in env
    assert env.count("Authorization: Basic ") == 1  # for the fetch, not for the rest


def said(number: int, **more: Any) -> dict[str, Any]:
    return {"event": "note", "note": str(number), "time": "2026-11-25T00:00:00Z", **more}


def read(*lines: dict[str, Any]) -> list[entries.Entry]:
    return [
        entries.read(entries.spell({**line, "seq": at}), str(at)) for at, line in enumerate(lines)
    ]


def test_what_lines_say_of_each_other_follows() -> None:
    log = key().public.id
    brought = read(began(), captured(0, 1), said(2, line=f"{log}/1"), said(3, line=f"{'0' * 16}/1"))
    new = bring(brought, read(said(9)), log).new
    assert [one.get("begin", one.get("line")) for one in new] == [
        None,
        1,
        f"{log}/2",
        f"{'0' * 16}/1",
    ]


def test_a_beginning_that_was_answered_meanwhile() -> None:
    lost = {"event": "failed", "case": "a-case", "begin": 0, "reason": "lost", "adopted": True}
    one, two = (lost | {"time": f"2026-11-2{n}T00:00:00Z"} for n in (5, 6))
    standing = read(began(), one)
    found = bring(read(began(), two), standing, key().public.id)
    assert (found.new, found.already, found.dropped) == ([], 1, 1)
    with pytest.raises(Refused, match="answers the beginning"):
        bring(read(began(), captured(0, 1)), standing, key().public.id)


def test_receipts_go_into_a_new_folder(shared: Shared) -> None:
    clone = shared.clone("ci")
    run(clone, 1)
    with pytest.raises(StorageFailed, match="not empty"):
        publishing.collect(
            clone / "archives", clone / "receipts-1", packages=False, public=True, declared=False
        )


@pytest.mark.parametrize(
    ("tlp", "places"),
    [
        ("CLEAR", {"public", "declared", "private"}),
        (None, {"declared", "private"}),
        ("GREEN", {"private"}),
        ("AMBER", set()),
        ("AMBER+STRICT", set()),
        ("RED", set()),
        ("PINK", set()),
    ],
)
def test_what_may_leave(shared: Shared, tlp: str | None, places: set[str]) -> None:
    clone = shared.clone("ci")
    run(clone, 1)
    case = clone / "archives" / "a-case" / "case.toml"
    case.write_text(SOURCE if tlp is None else f'{SOURCE}[sensitivity]\ntlp = "{tlp}"\n')
    for name in ("public", "declared", "private"):
        words = {"public": name != "private", "declared": name == "declared"}
        to = clone / name
        if name in places:
            assert publishing.collect(clone / "archives", to, packages=True, **words).lines == 2
            continue
        with pytest.raises(Refused) as fault:
            publishing.collect(clone / "archives", to, packages=True, **words)
        assert fault.value.where.endswith("a-case")
        assert not to.exists()


def test_a_case_that_cannot_be_read_or_is_away_does_not_leave(shared: Shared) -> None:
    clone = shared.clone("ci")
    run(clone, 1)
    case = clone / "archives" / "a-case" / "case.toml"
    for spoil in (lambda: case.write_text("["), case.unlink):
        spoil()
        with pytest.raises(Refused):
            publishing.collect(clone / "archives", None, packages=True, public=False, declared=True)


def test_labels_spelled_with_escapes_count(tmp_path: Path) -> None:
    from archiver.custody.sharing import label

    (tmp_path / "case.toml").write_text(SOURCE + '["s\\u0065nsitivity"]\ntlp = "RED"\n')
    assert label(tmp_path) == "RED"
    (tmp_path / "case.toml").write_text('sensitivity = { tlp = "AMBER" }\n' + SOURCE)
    assert label(tmp_path) == "AMBER"
    (tmp_path / "case.toml").write_text('sensitivity = "x"\n' + SOURCE)
    assert label(tmp_path) == "RED"


def test_from_the_command_line(shared: Shared) -> None:
    clone = shared.clone("ci")
    run(clone, 1)
    done = archiver("log", "collect", "--visibility", "private", cwd=clone)
    assert (done.code, done.out) == (0, "every case here may leave\n")
    case = clone / "archives/a-case/case.toml"
    right = case.read_text()
    case.write_text(right.replace("CLEAR", "RED"))
    for more in ((), ("--public",), ("--visibility", "private")):
        done = archiver("log", "collect", "--to", "r", *more, cwd=clone)
        assert done.code == 3
        assert "TLP:RED" in done.err
        assert done.err.count("\n") == 1
    case.write_text(right)
    collected = archiver("log", "collect", "--to", "r", "--json", cwd=clone).json
    assert faults(collected, "output-log-collect.schema.json") == ()
    assert (collected["lines"], collected["packages"]) == (2, 0)
    for words in (("r",), ("--sign",)):
        done = archiver("log", "publish", *words, "--json", cwd=clone)
        assert done.code == 0, done
        assert faults(done.json, "output-log-publish.schema.json") == ()
    assert done.json["size"] == 2
    assert archiver("log", "publish", cwd=clone).code == 2
    assert archiver("log", "publish", "r", "--sign", cwd=clone).code == 2
    assert "nothing was to be done" in archiver("log", "publish", "r", cwd=clone).out
    gone = archiver("log", "publish", "r", "--branch", "nowhere", cwd=clone)
    assert gone.code == 7
    assert gone.err.count("\n") == 1
    (clone / "empty").mkdir()
    assert "none: no lines were written yet" in archiver("log", "publish", "empty", cwd=clone).out


def test_killed_at_any_moment(shared: Shared) -> None:
    clone = shared.clone("ci")
    words = [sys.executable, "-m", "archiver", "log", "publish"]
    brought = [run(clone, number) for number in range(1, 5)]
    for number, receipts_of_it in enumerate(brought):
        for what in ([str(receipts_of_it)], ["--sign"]):
            for part in range(1, 4):
                job = subprocess.Popen([*words, *what], cwd=clone, stderr=subprocess.DEVNULL)
                time.sleep((part + number / 4) * 0.25)
                job.kill()
                job.wait()
        publish(receipts_of_it, place(clone), packages=False)
    assert sign(place(clone)).size == 8
    assert numbers(the_log(shared.held())) == [1, 2, 3, 4]
