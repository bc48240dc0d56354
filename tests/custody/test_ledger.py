"""Logs on disk: what is added stays, and whatever is done to it afterwards is named."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.attest import tlog
from archiver.attest.merkle import leaf_hash
from archiver.attest.notes import LogSigningKey
from archiver.custody import ledger
from archiver.custody.audit import Audited, audit
from archiver.custody.ledger import Log
from archiver.custody.ledgerkeys import LogKeys, OwnLogKey, key_of_variable
from archiver.custody.openlog import held
from archiver.digest import Digest
from archiver.errors import InvalidInput, Refused, StorageFailed
from archiver.moment import spell
from tests.attest import independent
from tests.custody.logbook import (
    MOMENT,
    append,
    began,
    captured,
    key,
    lines_of,
    log_in,
    note,
    sample,
    sign,
)


def audited(log: Log) -> Audited:
    return audit(log.folder, None)


def test_a_log_that_nobody_touched(tmp_path: Path) -> None:
    log = sample(tmp_path)
    done = audited(log)
    assert (done.problems, done.findings, done.lines) == ([], [], 16)
    assert done.signed is not None
    assert done.signed.root == independent.tree(lines_of(log))
    assert sorted(one.name for one in log.folder.iterdir()) == [
        *(f"{first:08d}.jsonl" for first in range(0, 16, 2)),
        "checkpoint",
        "checkpoints",
        "vkey",
    ]
    kept = (log.folder / "checkpoints").iterdir()
    assert sorted(int(one.name) for one in kept) == [4, 8, 12, 16]


def test_every_checkpoint_is_of_the_lines_below_it(tmp_path: Path) -> None:
    log = sample(tmp_path)
    lines = lines_of(log)
    for size in (4, 8, 12, 16):
        kept = log.kept(size)
        assert kept is not None
        assert kept.root == independent.tree(lines[:size])


def test_proofs(tmp_path: Path) -> None:
    log = sample(tmp_path)
    append(log, began())
    last = log.checkpoint()
    assert last is not None
    with held(log) as opened:
        for run in range(4):
            digest = Digest.parse(str(captured(0, run)["file"]))
            proof = opened.prove(digest, last)
            assert proof.line == lines_of(log)[4 * run + 2]
            assert tlog.read_proof(proof.octets(), log.key) == proof
        with pytest.raises(InvalidInput) as unknown:
            opened.prove(Digest.of(b"nothing"), last)
        assert unknown.value.code == "ledger.unknown"
        early = log.kept(4)
        assert early is not None
        with pytest.raises(InvalidInput) as late:
            opened.prove(Digest.parse(str(captured(0, 3)["file"])), early)
        assert late.value.code == "ledger.unsigned"
        for old in range(1, 17):
            path = opened.consistency(old, last)
            root = independent.tree(lines_of(log)[:old])
            assert independent.goes_on(old, root, 16, last.root, path)


def edit(log: Log) -> None:
    """Another outcome, in a line that stays one."""
    path = log.path(6)
    octets = path.read_bytes()
    assert b"captured" in octets
    path.write_bytes(octets.replace(b'"state":"captured"', b'"state":"absent"', 1))


def spoil(log: Log) -> None:
    path = log.path(6)
    path.write_bytes(path.read_bytes().replace(b'"state"', b'"State"', 1))


def delete_line(log: Log) -> None:
    path = log.path(6)
    path.write_bytes(path.read_bytes().partition(b"\n")[2])


def delete_last_line(log: Log) -> None:
    path = log.path(6)
    path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n")


def delete_file(log: Log) -> None:
    log.path(6).unlink()


def delete_first_file(log: Log) -> None:
    log.path(0).unlink()


def delete_last_file(log: Log) -> None:
    log.path(14).unlink()


def reorder_lines(log: Log) -> None:
    path = log.path(6)
    one, other = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(other + one)


def exchange_files(log: Log) -> None:
    one, other = log.path(6), log.path(10)
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def duplicate_line(log: Log) -> None:
    path = log.path(6)
    path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[1])


def duplicate_file(log: Log) -> None:
    shutil.copy(log.path(6), log.path(7))


def insert_line(log: Log) -> None:
    """A line with the right number, the lines behind it in a file of their own."""
    path = log.path(14)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b'"seq":15', b'"seq":16'))


def insert_file(log: Log) -> None:
    path = log.path(6)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0])
    log.path(7).write_bytes(lines[1] + lines[1].replace(b'"seq":7', b'"seq":8'))


def truncate(log: Log) -> None:
    os.truncate(log.path(6), log.path(6).stat().st_size - 20)


def truncate_to_nothing(log: Log) -> None:
    os.truncate(log.path(6), 0)


def without_end(log: Log) -> None:
    os.truncate(log.path(14), log.path(14).stat().st_size - 1)


def a_link(log: Log) -> None:
    log.path(6).rename(log.folder.parent / "elsewhere")
    log.path(6).symlink_to(log.folder.parent / "elsewhere")


def a_foreign_file(log: Log) -> None:
    (log.folder / "notes.txt").write_text("mine")


def another_key(log: Log) -> None:
    (log.folder / "vkey").write_text(f"{key(2).public.vkey}\n")


def roll_back(log: Log) -> None:
    shutil.copy(log.folder / "checkpoints" / "8", log.folder / "checkpoint")


def roll_all_back(log: Log) -> None:
    """Lines and the last checkpoint as they were; one that was kept bears witness."""
    for first in (8, 10, 12, 14):
        log.path(first).unlink()
    roll_back(log)
    (log.folder / "checkpoints" / "16").unlink()


def no_checkpoint(log: Log) -> None:
    (log.folder / "checkpoint").unlink()


def another_checkpoint(log: Log) -> None:
    """Signed by another key."""
    signed = tlog.sign_checkpoint(key(2), 16, b"\0" * 32)
    (log.folder / "checkpoint").write_text(signed.note)


def moved_checkpoint(log: Log) -> None:
    shutil.copy(log.folder / "checkpoints" / "8", log.folder / "checkpoints" / "9")


def fork(log: Log) -> None:
    """The same key went on from line 8 in another way, and signed that as well."""
    other = sample(log.folder.parent.parent.parent / "other", 2)
    at = append(other, began("c-case"), began("d-case"))
    append(other, captured(at, 77, "c-case"), captured(at + 1, 78, "d-case"))
    sign(other)
    shutil.copy(other.folder / "checkpoints" / "12", log.folder / "checkpoints" / "12")


def forked_lines(log: Log) -> None:
    other = sample(log.folder.parent.parent.parent / "other", 2)
    at = append(other, began("c-case"), began("d-case"))
    append(other, captured(at, 77, "c-case"), captured(at + 1, 78, "d-case"))
    for first in (8, 10):
        shutil.copy(other.path(first), log.path(first))


def answered_twice(log: Log) -> None:
    append(log, captured(0, 5))
    sign(log)


def answer_of_another_case(log: Log) -> None:
    append(log, captured(append(log, began()), 5, "b-case"))


ATTACKS: list[tuple[Callable[[Log], None], str, str]] = [
    (edit, "changed", "lines 4 to 7"),
    (spoil, "line", "00000006.jsonl line 1"),
    (delete_line, "order", "00000006.jsonl line 1"),
    (delete_last_line, "hole", "00000007.jsonl"),
    (delete_file, "hole", "00000006.jsonl"),
    (delete_first_file, "hole", "00000000.jsonl"),
    (delete_last_file, "truncated", "checkpoints/16"),
    (reorder_lines, "order", "00000006.jsonl line 1"),
    (exchange_files, "order", "00000006.jsonl line 1"),
    (duplicate_line, "order", "00000006.jsonl line 3"),
    (duplicate_file, "twice", "00000007.jsonl"),
    (insert_line, "order", "00000014.jsonl line 2"),
    (insert_file, "twice", "00000008.jsonl"),
    (truncate, "cut", "00000006.jsonl"),
    (truncate_to_nothing, "cut", "00000006.jsonl"),
    (without_end, "cut", "00000014.jsonl"),
    (a_link, "foreign", "00000006.jsonl"),
    (a_foreign_file, "foreign", "notes.txt"),
    (another_key, "key", "vkey"),
    (roll_back, "rolled_back", "checkpoint"),
    (roll_all_back, "truncated", "checkpoints/12"),
    (no_checkpoint, "rolled_back", "checkpoint"),
    (another_checkpoint, "checkpoint", "checkpoint"),
    (moved_checkpoint, "checkpoint", "checkpoints/9"),
    (fork, "changed", "lines 8 to 11"),
    (forked_lines, "changed", "lines 8 to 11"),
    (answered_twice, "answer", "/16"),
    (answer_of_another_case, "answer", "/17"),
]


def name(one: object) -> str:
    return str(getattr(one, "__name__", one))


@pytest.mark.parametrize(("attack", "rule", "where"), ATTACKS, ids=name)
def test_whatever_is_done_to_it_is_named(
    tmp_path: Path, attack: Callable[[Log], None], rule: str, where: str
) -> None:
    log = sample(tmp_path / "archives")
    attack(log)
    done = audited(log)
    assert any(one.rule == rule and where in one.where for one in done.problems), done.problems


KEEPS_THE_LINES = (
    a_foreign_file,
    duplicate_file,
    moved_checkpoint,
    roll_back,
    no_checkpoint,
    fork,
    answered_twice,
    answer_of_another_case,
)
OPENED = [one for one, _, _ in ATTACKS if one is not another_key]


@pytest.mark.parametrize("attack", OPENED, ids=name)
def test_over_another_past_nothing_is_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attack: Callable[[Log], None]
) -> None:
    """Whoever has no cache reads what is there, and does not sign it; what is new is still added,
    behind all that is there."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    log, own, _ = _signed_by_ours(tmp_path)
    attack(log)
    with held(log) as opened:
        opened.append([note("on it goes")])
        if attack in KEEPS_THE_LINES:
            signed = opened.sign(key(), own)
            assert signed is not None
            assert opened.consistency(16, signed)
        else:
            with pytest.raises((Refused, InvalidInput)):
                opened.sign(key(), own)
            last = own.last_signed()
            assert last is not None
            assert last.size == 16


@pytest.mark.parametrize("attack", OPENED, ids=name)
def test_whoever_remembers_the_lines_signs_those(
    tmp_path: Path, attack: Callable[[Log], None]
) -> None:
    """With the cache nobody reads the old lines again: what is signed goes on from what was."""
    log, own, before = _signed_by_ours(tmp_path)
    attack(log)
    with held(log) as opened:
        opened.append([note("on it goes")])
        try:
            signed = opened.sign(key(), own)
        except (Refused, InvalidInput):
            return
        assert signed is not None
        path = opened.consistency(16, signed)
    assert independent.goes_on(16, independent.tree(before), signed.size, signed.root, path)
    assert audited(log).problems or attack in KEEPS_THE_LINES


def _signed_by_ours(folder: Path) -> tuple[Log, OwnLogKey, list[bytes]]:
    keys = LogKeys(folder / "config")
    keys.make_folder()
    own = keys.add(key())
    log = sample(folder / "archives")
    last = log.checkpoint()
    assert last is not None
    own.remember(last)
    return log, own, list(lines_of(log))


def test_two_ways_from_one_past(tmp_path: Path) -> None:
    """A copy of the folder goes on by itself: the key signs the one that it saw first."""
    keys = LogKeys(tmp_path / "config")
    keys.make_folder()
    own = keys.add(key())
    first = sample(tmp_path / "one", 2)
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    second = ledger.open_log(tmp_path / "two" / "ledger" / first.id)
    for log, text in ((first, "this way"), (second, "that way")):
        append(log, note(text))
    with held(first) as opened:
        opened.sign(key(), own)
    with held(second) as opened, pytest.raises(Refused) as fault:
        opened.sign(key(), own)
    assert fault.value.code == "ledger.inconsistent"
    done = audit(second.folder, own)
    assert [one.rule for one in done.problems] == ["changed"]


def test_this_machine_remembers_what_was_rolled_back_whole(tmp_path: Path) -> None:
    keys = LogKeys(tmp_path / "config")
    keys.make_folder()
    own = keys.add(key())
    log = sample(tmp_path / "archives", 2)
    shutil.copytree(log.folder, tmp_path / "before")
    append(log, note("one more"))
    with held(log) as opened:
        opened.sign(key(), own)
    assert audit(log.folder, own).problems == []
    shutil.rmtree(log.folder)
    shutil.copytree(tmp_path / "before", log.folder)
    assert audited(log).problems == []  # nobody else can see it
    (fault,) = audit(log.folder, own).problems
    assert (fault.rule, "9 lines were signed, and 8 are here" in fault.what) == ("truncated", True)


@pytest.mark.parametrize("spoil_cache", ["text", "empty", "other", "none", "halved"])
def test_a_cache_that_is_wrong_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil_cache: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    log = sample(tmp_path / "archives")
    (cache,) = (tmp_path / "cache" / "archiver" / "ledger").iterdir()
    if spoil_cache == "text":
        cache.write_text("this is no database" * 100)
    elif spoil_cache == "empty":
        cache.write_bytes(b"")
    elif spoil_cache == "none":
        monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    elif spoil_cache == "halved":
        os.truncate(cache, cache.stat().st_size // 2 + 77)
    else:
        with sqlite3.connect(cache) as database:
            database.execute("UPDATE node SET hash = ? WHERE id > ?", (b"\1" * 32, 1 << 48))
        database.close()
    at = append(log, began())
    append(log, captured(at, 9))
    sign(log)
    last = log.checkpoint()
    assert last is not None
    assert (last.size, last.root) == (18, independent.tree(lines_of(log)))
    with held(log) as opened:
        assert opened.prove(Digest.parse(str(captured(0, 2)["file"])), last).at == 10
    assert audited(log).problems == []


def test_lines_that_came_by_other_ways_are_read(tmp_path: Path) -> None:
    """As `git pull` brings them: without our lock, between two of our appends."""
    log = sample(tmp_path / "archives", 1)
    shutil.copytree(tmp_path / "archives", tmp_path / "clone")
    other = ledger.open_log(tmp_path / "clone" / "ledger" / log.id)
    append(other, note("from there"))
    append(other, note("and more"))
    for first in (4, 5):
        shutil.copy(other.path(first), log.path(first))
    assert append(log, note("from here")) == 6
    sign(log)
    assert audited(log).problems == []


def test_the_cache_knows_what_is_open(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    append(log, began(), began("b-case"), began("c-case"))
    append(log, captured(1, 1, "b-case"))
    with held(log) as opened:
        assert opened.cache.begun() == [0, 2]
        assert opened.first_of(2) == 0
        assert opened.cache.node(0, 1) == leaf_hash(lines_of(log)[1])
    assert [one.rule for one in audited(log).findings] == ["begun", "begun"]


def test_what_stands_where_the_log_belongs(tmp_path: Path) -> None:
    (tmp_path / "ledger" / key().public.id).mkdir(parents=True)
    with pytest.raises(StorageFailed) as foreign:
        log_in(tmp_path)
    assert foreign.value.code == "ledger.foreign"
    (tmp_path / "ledger" / key().public.id).rmdir()
    (tmp_path / "ledger" / key().public.id).symlink_to(tmp_path)
    with pytest.raises((StorageFailed, InvalidInput)):
        log_in(tmp_path)


def test_leftovers_of_killed_writers_are_swept_and_never_read(tmp_path: Path) -> None:
    log = sample(tmp_path, 1)
    (log.folder / ".tmp-1").write_bytes(b"half a li")
    (log.folder / "checkpoints" / ".tmp-2").write_bytes(b"half")
    assert audited(log).problems == []
    append(log, note("x"))
    sign(log)
    assert not list(tmp_path.rglob(".tmp-*"))


def test_an_empty_log_has_nothing_to_sign(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    sign(log)
    assert log.checkpoint() is None
    assert audited(log).problems == []


def test_what_must_be_asked_about_is_found(tmp_path: Path) -> None:
    log = log_in(tmp_path / "archives")
    moment = spell(MOMENT)
    append(log, began(), began("b-case"), began("c-case"))
    append(
        log,
        {"event": "failed", "case": "a-case", "begin": 0, "reason": "lost", "time": moment},
        {
            "event": "not-attempted",
            "case": "b-case",
            "begin": 1,
            "reason": "interrupted",
            "time": moment,
        },
        {"event": "not-attempted", "case": "d-case", "reason": "deadline", "time": moment},
        {"event": "gap", "case": "a-case", "note": "the desk was closed", "time": moment},
        {"event": "gap", "note": "no power", "time": moment},
    )
    done = audited(log)
    assert done.problems == []
    found = [(one.rule, one.where.split()[-1], one.what) for one in done.findings]
    assert found == [
        ("failed", f"{log.id}/3", "a-case: a capture ended without a package: lost"),
        ("not-attempted", f"{log.id}/4", "b-case: a capture was due and not begun: interrupted"),
        ("not-attempted", f"{log.id}/5", "d-case: a capture was due and not begun: deadline"),
        ("gap", f"{log.id}/6", "a-case: the desk was closed"),
        ("gap", f"{log.id}/7", "no power"),
        (
            "begun",
            f"{log.id}/2",
            f"c-case: a capture began at {moment}, and nothing says what came of it",
        ),
    ]


def test_files_about_checkpoints_may_stand_beside_them(tmp_path: Path) -> None:
    log = sample(tmp_path / "archives")
    folder = log.folder / "checkpoints"
    (folder / "16.desk.tsr").write_bytes(b"a stamp over it")
    assert audited(log).problems == []
    (folder / "notes.txt").write_bytes(b"mine")
    (one,) = audited(log).problems
    assert (one.where, one.rule) == (str(folder / "notes.txt"), "foreign")


def test_what_this_machine_remembers_is_damaged_or_newer(tmp_path: Path) -> None:
    log, own, _ = _signed_by_ours(tmp_path)
    signed = own.path.with_name("checkpoint")
    assert signed.is_file()
    octets = signed.read_bytes()
    signed.write_bytes(octets[:-9])
    (one,) = audit(log.folder, own).problems
    assert (one.where, one.rule) == (str(own.path.parent), "memory")
    assert one.what.startswith("what this machine signed last: ")
    signed.write_bytes(octets)
    assert audit(log.folder, own).problems == []
    # The lines are all here, the checkpoint over them is not.
    (log.folder / "checkpoints" / "16").unlink()
    shutil.copy(log.folder / "checkpoints" / "12", log.folder / "checkpoint")
    done = audit(log.folder, own)
    assert done.problems == []
    assert ("not_kept", "this machine signed 16 lines; that checkpoint is not here") in [
        (one.rule, one.what) for one in done.findings
    ]
    # Nor are the lines.
    for first in (12, 14):
        log.path(first).unlink()
    (one,) = audit(log.folder, own).problems
    assert (one.rule, one.what) == (
        "truncated",
        "16 lines were signed, and 12 are here: the others were cut off",
    )


def test_a_key_that_is_none(tmp_path: Path) -> None:
    log = sample(tmp_path / "archives")
    (log.folder / "vkey").write_text("no key")
    done = audited(log)
    assert [one.rule for one in done.problems] == ["key"]
    assert (done.key, done.lines) == (None, 0)


def test_a_full_log_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.custody.openlog.MOST", 17)
    log = sample(tmp_path / "archives")
    append(log, note("the last one"))
    with pytest.raises(StorageFailed) as full:
        append(log, note("one too many"))
    assert (full.value.code, full.value.what) == ("ledger.full", "the log is full")
    assert len(lines_of(log)) == 17


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({}, None),
        ({"ARCHIVER_LEDGER_KEY": "", "ARCHIVER_LEDGER_VKEY": " "}, None),
        ({"ARCHIVER_LEDGER_KEY": "no/such/file"}, "the ledger's key is missing"),
        ({"ARCHIVER_LEDGER_KEY": "-----BEGIN PUBLIC KEY-----"}, "a public key in PEM"),
        (
            {"ARCHIVER_LEDGER_KEY": "-----BEGIN PRIVATE KEY-----"},
            "not a private key in PEM without a passphrase",
        ),
        (
            {"ARCHIVER_LEDGER_VKEY": "-----BEGIN PRIVATE KEY-----"},
            "a private key, in a variable that others read",
        ),
        ({"ARCHIVER_LEDGER_VKEY": "archiver+x"}, ""),
    ],
)
def test_what_the_variables_hold(given: dict[str, str], what: str | None) -> None:
    if what is None:
        assert key_of_variable(given) is None
        return
    with pytest.raises(InvalidInput) as caught:
        key_of_variable(given)
    assert caught.value.where in given
    assert what in caught.value.what


def test_the_halves_of_a_key_in_a_variable() -> None:
    own = key()
    for name in ("ARCHIVER_LEDGER_KEY", "ARCHIVER_LEDGER_VKEY"):
        assert key_of_variable({name: own.public.vkey}) == own.public
    private = key_of_variable({"ARCHIVER_LEDGER_KEY": own.pem().decode()})
    assert isinstance(private, LogSigningKey)
    assert private.public == own.public


def test_a_private_half_of_another_key(tmp_path: Path) -> None:
    _, own, _ = _signed_by_ours(tmp_path)
    assert own.private().public == own.public
    own.path.write_bytes(key(2).pem())
    with pytest.raises(InvalidInput) as other:
        own.private()
    assert other.value.what == "not the key that its folder says"
    own.path.write_bytes(b"no key")
    with pytest.raises(InvalidInput) as none:
        own.private()
    assert none.value.where == str(own.path)
