"""Keys of a person: made once, kept closed, found again, trusted, revoked, and never shown."""

from __future__ import annotations

import base64
import json
import os
import pty
import pwd
import re
import select
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archiver import canonical
from archiver.case.schemas import faults
from archiver.errors import InvalidInput
from archiver.verbs.reading import verify
from archiver.verbs.signing import Signing, choose
from tests import screen
from tests.attest.signers import OURS, THEIRS, key, pem, signed_package
from tests.command import Done, archiver
from tests.site import Site, http
from tests.tools import tool

OURS_NAME = str(OURS.public.fingerprint)


class Person:
    """Somebody with a configuration of their own and a page to capture."""

    def __init__(self, home: Path, site: Site) -> None:
        self.home, self.url = home, site.url("/x")
        self.keys = home / "archiver" / "keys"

    def run(self, *words: str | Path, **env: str) -> Done:
        return archiver(*words, cwd=self.home, env={"XDG_CONFIG_HOME": str(self.home), **env})

    def capture(self, *more: str | Path, **env: str) -> Done:
        own = ("--allow-private-addresses", "--no-requisites", "--json")
        return self.run("capture", self.url, *own, *more, **env)

    def file(self, name: str, octets: bytes, mode: int = 0o600) -> Path:
        path = self.home / name
        path.write_bytes(octets)
        path.chmod(mode)
        return path


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site({"/x": http("<p>page</p>")}) as here:
        yield here


@pytest.fixture
def person(tmp_path: Path, site: Site) -> Person:
    return Person(tmp_path, site)


def test_the_first_capture_makes_a_key_and_says_so(person: Person) -> None:
    first = person.capture()
    said = first.err.splitlines()
    assert len(said) == 3  # the last one is of the ledger
    assert first.json["signed_by"] in said[0]
    private = person.keys / "default" / "private.pem"
    assert str(private) in said[1]
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE(person.keys.stat().st_mode) == 0o700
    second = person.capture()
    assert (second.err, second.json["signed_by"]) == ("", first.json["signed_by"])
    package = Path(first.json["package"]["path"])
    done = person.run("verify", package, "--json")
    assert (done.code, done.json["verdict"], done.json["cause"]) == (0, "verified", None)
    assert done.json["signers"] == [
        {
            "fingerprint": first.json["signed_by"],
            "standing": "own",
            "name": "default",
            "where": None,
            "stamped": None,
        }
    ]
    assert person.run("show", package, "--json").json["verdict"] == "verified"
    assert person.run("rebuild", package).code == 0
    assert "Signer: your own key default" in person.run("verify", package).out


def test_many_first_captures_make_one_key(person: Person) -> None:
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda n: person.capture("--case-id", f"case-{n}"), range(8)))
    assert {one.code for one in done} == {0}
    assert len({one.json["signed_by"] for one in done}) == 1
    assert sum("made a key" in one.err for one in done) == 1
    assert [one.name for one in person.keys.iterdir()] == ["default"]


@pytest.mark.parametrize(
    ("words", "env", "why"),
    [
        (("--no-sign",), {}, "--no-sign"),
        (("--no-sign",), {"ARCHIVER_KEY": "/no/such"}, "--no-sign"),
        (("--no-new-key",), {}, "there is no key"),
        ((), {"CI": "true"}, "in CI no key is made"),
        ((), {"CI": "1", "ARCHIVER_KEY": ""}, "in CI no key is made"),
    ],
)
def test_unsigned_and_said_so(
    person: Person, words: tuple[str, ...], env: dict[str, str], why: str
) -> None:
    done = person.capture(*words, **env)
    assert (done.code, done.json["signed_by"]) == (0, None)
    assert not person.keys.exists()
    verified = person.run("verify", done.json["package"]["path"])
    assert verified.code == 9
    assert "untrusted (unsigned)" in verified.out
    told = person.run(
        *("capture", person.url, "--allow-private-addresses", "--no-requisites", *words), **env
    )
    assert re.search(f"signed by +nobody: .*{why}", told.out)


def test_a_key_of_the_environment_signs_in_ci(person: Person) -> None:
    file = person.file("ci.pem", pem(OURS))
    for value in (str(file), pem(OURS).decode()):
        done = person.capture(CI="true", ARCHIVER_KEY=value)
        assert done.json["signed_by"] == OURS_NAME
        package = done.json["package"]["path"]
        assert person.run("verify", package, ARCHIVER_KEY=value).code == 0
        assert person.run("verify", package).code == 9
        public = person.file("ci.pub", _public(person, value), 0o644)
        assert person.run("verify", package, "--trust", public).code == 0
        assert person.run("verify", package, "--trust", OURS_NAME).code == 0
        assert person.run("verify", package, "--trust", str(THEIRS.public.fingerprint)).code == 9
    assert not person.keys.exists()


def _public(person: Person, private: str) -> bytes:
    words = [tool("openssl"), "pkey", "-pubout"]
    octets = private.encode() if "BEGIN" in private else Path(private).read_bytes()
    return subprocess.run(words, input=octets, capture_output=True, check=True).stdout


def test_openssl_makes_keys_that_sign(person: Person) -> None:
    made = person.home / "made.pem"
    words = [tool("openssl"), "ecparam", "-name", "secp384r1", "-genkey", "-out", str(made)]
    subprocess.run(words, check=True)
    made.chmod(0o600)
    assert person.capture("--key", made).json["signed_by"].startswith("sha256:")


@pytest.mark.parametrize(
    ("name", "octets", "mode", "says"),
    [
        ("open", pem(OURS), 0o644, "open to others (mode 0644)"),
        ("group", pem(OURS), 0o640, "open to others (mode 0640)"),
        ("writable", pem(OURS), 0o602, "open to others (mode 0602)"),
        ("empty", b"", 0o600, "not a private key in PEM"),
        ("text", b"hello", 0o600, "not a private key in PEM"),
        ("cut", pem(OURS)[:-60], 0o600, "cannot be read"),
        ("rot", pem(OURS).replace(b"MIG", b"MIH"), 0o600, "cannot be read"),
        ("locked", pem(OURS, b"right"), 0o600, "needs a passphrase"),
        ("large", pem(OURS) + b"x" * 20_000, 0o600, "larger than"),
        ("esc", b"\x1b[31m\n" + pem(OURS)[:-60], 0o600, "cannot be read"),
    ],
)
def test_a_key_that_cannot_be_used(
    person: Person, name: str, octets: bytes, mode: int, says: str
) -> None:
    file = person.file(name, octets, mode)
    for done in (
        person.capture("--key", file),
        person.capture(ARCHIVER_KEY=str(file)),
        person.run("key", "import", file, "taken"),
    ):
        assert done.code == 4, done
        assert says in done.err
        assert done.err.count("\n") == 1
        assert "\x1b" not in done.err
    assert not (person.home / "archives").exists()


def test_no_key_is_read_through_links_pipes_and_folders(person: Person) -> None:
    real = person.file("real", pem(OURS))
    (person.home / "link").symlink_to(real)
    os.mkfifo(person.home / "pipe", 0o600)
    (person.home / "folder").mkdir(0o700)
    for name in ("link", "pipe", "folder", "none", "/dev/null", "/dev/zero"):
        done = person.capture("--key", person.home / name)
        assert (done.code, done.err.count("\n")) == (4, 1), name


@pytest.mark.parametrize("curve", ["prime256v1", "secp521r1", "secp256k1", "ed25519", "rsa"])
def test_other_kinds_of_keys_do_not_sign(person: Person, curve: str) -> None:
    how = (
        ["-algorithm", curve]
        if curve in ("ed25519", "rsa")
        else [*("-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{curve}")]
    )
    words = [tool("openssl"), "genpkey", *how]
    made = subprocess.run(words, capture_output=True, check=True).stdout
    done = person.capture("--key", person.file("other", made))
    assert done.code == 4
    assert "P-384" in done.err


def test_a_key_on_the_command_line_is_refused_and_not_repeated(person: Person) -> None:
    text = pem(OURS).decode()
    for word in (text, text.replace("\n", " ")):
        done = person.capture("--key", word)
        assert done.code == 4
        assert "command line" in done.err
        assert not [line for line in text.splitlines()[1:-1] if line in done.err + done.out]
    for words in (
        ("key", "show", text),
        ("key", "import", text, "x"),
        ("key", "trust", text, "--name", "x"),
        ("verify", "x.wacz", "--trust", text),
        ("verify", f"x{text}", "--json"),
    ):
        done = person.run(*words)
        assert (done.code, "command line" in done.err) == (4, True), done.err
        assert text.splitlines()[1] not in done.err + done.out
    bare = "".join(text.splitlines()[1:-1])
    for done in (person.capture("--key", bare), person.capture(ARCHIVER_KEY=bare)):
        assert done.code in (4, 8)
        assert bare[:20] not in done.err + done.out


def test_a_key_among_the_cases_is_refused(person: Person) -> None:
    (person.home / "archives").mkdir()
    done = person.capture("--key", person.file("archives/key.pem", pem(OURS)))
    assert done.code == 4
    assert "stands among the cases" in done.err


def test_a_key_is_no_seed_text(person: Person) -> None:
    """It would be sealed, and published."""
    file = person.file("secret.pem", b"\n" + pem(OURS))
    given = (person.url, "--text", file)
    for words in (("capture", *given, "--allow-private-addresses"), ("new", *given)):
        done = person.run(*words)
        assert (done.code, "a private key, not a seed text" in done.err) == (4, True), done.err
    assert not list((person.home / "archives").rglob("*.*"))


def test_passphrases(person: Person) -> None:
    made = _with_descriptor(person, b"right\n", "key", "new", "office")
    assert made.code == 0, made.err
    private = person.keys / "office" / "private.pem"
    assert b"ENCRYPTED" in private.read_bytes()
    own = ("capture", person.url, "--allow-private-addresses", "--no-requisites", "--json")
    right = _with_descriptor(person, b"right\nmore", *own)
    assert right.code == 0, right.err
    # Verifying asks for nothing: the public half stands apart.
    assert person.run("verify", right.json["package"]["path"]).code == 0
    for octets in (b"wrong\n", b"\n", b"", b"right \n"):
        wrong = _with_descriptor(person, octets, *own)
        assert wrong.code == 4
        assert "wrong passphrase" in wrong.err
        assert wrong.err.count("\n") == 1
    asked = person.capture()
    assert asked.code == 4
    assert "--passphrase-fd" in asked.err
    for words in (("key", "new", "x", "--passphrase"), ("key", "new", "x", "--passphrase-fd", "9")):
        assert person.run(*words).code == 4
    assert _with_descriptor(person, b"", "key", "new", "x").code == 4
    long = _with_descriptor(person, b"x" * 1024, "key", "new", "x")
    assert (long.code, "longer than 1023 octets" in long.err) == (4, True)
    assert _with_descriptor(person, b"x" * 1023, "key", "new", "x").code == 0
    assert _with_descriptor(person, b"x" * 5000, *own, "--key", "x").code == 4


def _with_descriptor(person: Person, octets: bytes, *words: str) -> Done:
    readable, writable = os.pipe()
    os.write(writable, octets)
    os.close(writable)
    done = subprocess.run(
        [sys.executable, "-m", "archiver", *words, "--passphrase-fd", str(readable)],
        cwd=person.home,
        env={**os.environ, "XDG_CONFIG_HOME": str(person.home)},
        pass_fds=(readable,),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(readable)
    assert "Traceback" not in done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("answers", "code", "says"),
    [
        ((b"right\n", b"right\n"), 0, "fingerprint"),
        ((b"right\n", b"wrong\n"), 4, "differ"),
        ((b"\n", b"\n"), 4, "protects nothing"),
    ],
)
def test_a_passphrase_at_a_terminal_is_not_echoed(
    person: Person, answers: tuple[bytes, ...], code: int, says: str
) -> None:
    for end in screen.opened():
        os.close(end)  # there are terminals here: so the command can have one of its own
    child, terminal = pty.fork()
    if child == 0:
        os.environ["XDG_CONFIG_HOME"] = str(person.home)
        words = [sys.executable, "-m", "archiver", "key", "new", "office", "--passphrase"]
        os.execv(sys.executable, words)
    shown, waiting = b"", list(answers)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            piece = os.read(terminal, 1024)
        except OSError:
            break
        shown += piece
        if waiting and shown.rstrip(b" ").endswith((b"key:", b"more:")):
            os.write(terminal, waiting.pop(0))
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == code
    assert says.encode() in shown
    assert b"right" not in shown


def test_the_list_and_its_forms(person: Person) -> None:
    assert "no key yet" in person.run("key", "list").out
    assert person.run("key", "new").code == 0
    again = person.run("key", "new")
    assert (again.code, "already" in again.err) == (4, True)
    taken = person.run("key", "import", person.file("b.pem", pem(OURS)), "office", "--json")
    assert taken.json["keys"][0]["fingerprint"] == OURS_NAME
    stands = Path(taken.json["keys"][0]["private_key"])
    assert stands.read_bytes() == pem(OURS)
    exported = person.run("key", "export", "office")
    assert exported.out.encode() == _public(person, pem(OURS).decode())
    assert person.run("key", "export", OURS_NAME).out == exported.out
    line = person.run("key", "export", "office", "--form", "ssh").out
    assert line.startswith('office namespaces="wacz@archiver" ecdsa-sha2-nistp384 ')
    for words in (
        ("list",),
        ("show", "office"),
        ("export", "office"),
        ("trust", str(THEIRS.public.fingerprint), "--name", "Them"),
        ("revoke", "Them", "--reason", "lost"),
    ):
        document = person.run("key", *words, "--json").json
        assert faults(document, "output-key.schema.json") == (), words
    listed = [line.split()[0] for line in person.run("key", "list").out.splitlines()]
    assert listed == ["own", "own", "revoked"]
    trusted = canonical.read((person.home / "archiver" / "trust.json").read_bytes(), "x")
    assert faults(trusted, "trust.schema.json") == ()
    for named in ("nobody", "Them", str(key(9).public.fingerprint)):
        assert person.run("key", "export", named).code == 4


def test_several_keys_and_none_called_default(person: Person) -> None:
    for name in ("one", "two"):
        assert person.run("key", "new", name).code == 0
    done = person.capture()
    assert (done.code, "several keys: one, two" in done.err) == (4, True)
    assert person.capture("--key", "two").code == 0
    assert person.run("key", "revoke", "two", "--reason", "old").code == 0
    assert person.capture().code == 0
    done = person.capture("--key", "two")
    assert (done.code, "revoked" in done.err) == (4, True)
    assert person.run("key", "revoke", "one", "--reason", "old").code == 0
    done = person.capture()
    assert (done.code, "every key here is revoked" in done.err) == (4, True)


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "x" * 64, ".x", "-x", "ü", "a b", "\x1b"])
def test_names_that_are_none(person: Person, name: str) -> None:
    done = person.run("key", "new", "--", name)
    assert done.code == 4
    assert "\x1b" not in done.err
    assert not person.keys.exists()


def test_trusting_and_revoking_others(person: Person, tmp_path: Path) -> None:
    package = tmp_path / "x.wacz"
    package.write_bytes(signed_package("captured", THEIRS))
    assert person.run("verify", package, "--json").json["cause"] == "unknown_key"
    public = person.file("them.pem", _public(person, pem(THEIRS).decode()), 0o644)
    trusted = person.run("key", "trust", public, "--name", "Example Desk", "--note", "by phone")
    assert trusted.code == 0, trusted.err
    done = person.run("verify", package)
    assert done.code == 0
    assert "Signer: Example Desk, whose key sha256:" in done.out
    again = person.run("key", "trust", public, "--name", "Other")
    assert (again.code, "trusted already, as Example Desk" in again.err) == (4, True)
    revoked = person.run(
        *("key", "revoke", "Example Desk", "--reason", "stolen"),
        *("--since", "2026-01-02T03:04:05Z"),
    )
    assert revoked.code == 0
    for more in ((), ("--trust", public), ("--trust", str(THEIRS.public.fingerprint))):
        done = person.run("verify", package, *more, "--json")
        assert (done.code, done.json["cause"]) == (9, "revoked_key")
    assert "revoked since 2026-01-02T03:04:05Z: stolen" in person.run("verify", package).out
    assert person.run("key", "revoke", public, "--reason", "x").code == 4
    stranger = person.run("key", "revoke", OURS_NAME, "--reason", "seen in a leak", "--json")
    assert stranger.json["keys"][0]["standing"] == "revoked"


@pytest.mark.parametrize(
    "words",
    [
        ("trust", "no-such-file", "--name", "x"),
        ("trust", "sha256:12", "--name", "x"),
        ("trust", "sha256:" + "0" * 64, "--name", "a\nb"),
        ("trust", "sha256:" + "0" * 64, "--name", "a\u202eb"),
        ("trust", "sha256:" + "0" * 64, "--name", "x", "--note", "\x1b"),
        ("revoke", "nobody", "--reason", "x"),
        ("revoke", "sha256:" + "0" * 64, "--reason", ""),
        ("revoke", "sha256:" + "0" * 64, "--reason", "x", "--since", "yesterday"),
        ("revoke", "sha256:" + "0" * 64, "--reason", "x", "--since", "2026-02-30T00:00:00Z"),
    ],
)
def test_what_cannot_be_trusted_or_revoked(person: Person, words: tuple[str, ...]) -> None:
    done = person.run("key", *words)
    assert (done.code, done.err.count("\n")) == (4, 1), done
    assert not re.search("[\x1b\u202e]", done.err)
    assert not (person.home / "archiver" / "trust.json").exists()


def test_a_private_key_is_no_public_one(person: Person) -> None:
    file = person.file("private.pem", pem(OURS))
    package = person.file("x.wacz", signed_package("captured"))
    for done in (
        person.run("verify", package, "--trust", file),
        person.run("key", "trust", file, "--name", "x"),
    ):
        assert done.code == 4
        assert "archiver key export" in done.err


@pytest.mark.parametrize(
    "octets",
    [b"", b"{", b"[]\n", b'{"format": "archiver-trust-2", "keys": []}\n', b'{"keys": 1}\n'],
)
def test_a_damaged_trust_list_is_told(person: Person, octets: bytes) -> None:
    (person.home / "archiver").mkdir()
    person.file("archiver/trust.json", octets)
    package = person.file("x.wacz", signed_package("captured"))
    for done in (person.run("verify", package), person.capture(), person.run("key", "list")):
        assert (done.code, done.err.count("\n")) == (4, 1), done
        assert "trust.json" in done.err


def test_a_folder_is_verified_with_the_same_trust(person: Person) -> None:
    for number in range(12):
        by = OURS if number % 2 else THEIRS
        person.file(f"{number:02}.wacz", signed_package("captured", by))
    done = person.run("verify", person.home, "--trust", OURS_NAME, "--json")
    assert done.code == 9
    causes = [one["cause"] for one in done.json["packages"]]
    assert causes == [None if number % 2 else "unknown_key" for number in range(12)]
    both = ("--trust", OURS_NAME, "--trust", str(THEIRS.public.fingerprint))
    assert person.run("verify", person.home, *both).code == 0


def test_private_keys_are_in_no_output(person: Person) -> None:
    """Every command with a planted key and passphrase, its output and all that it leaves."""
    number = OURS.secret.private_numbers().private_value.to_bytes(48)
    phrase = b"Pass-Phrase-Xyzzy"
    hidden = [number, number.hex().encode(), phrase]
    for shift in range(3):  # the base64 of the number, wherever in three octets it begins
        hidden.append(base64.b64encode(bytes(shift) + number)[4:-4])
    file = person.file("secret.pem", pem(OURS))
    person.file("locked.pem", pem(OURS, phrase))
    said = [
        person.run("key", "import", file, "default"),
        person.capture(),
        person.capture("--key", file),
        person.capture(ARCHIVER_KEY=pem(OURS).decode()),
        person.capture(ARCHIVER_KEY=pem(OURS).decode()[:-80]),
        person.run("key", "import", file, "default"),
        *[person.run("key", word) for word in ("list", "show", "export")],
        person.run("key", "show", "--json"),
        _with_descriptor(person, phrase + b"\n", "key", "import", "locked.pem", "locked"),
        _with_descriptor(person, phrase + b"!\n", "key", "import", "locked.pem", "locked2"),
    ]
    package = said[1].json["package"]["path"]
    said += [
        person.run("sign", package, "--key", file),
        person.run("verify", package, "--explain"),
        person.run("show", package),
        person.run("export", package, "--to", "checklist"),
        person.run("export", package, "--to", "prov"),
    ]
    written = [one.out.encode() + one.err.encode() for one in said]
    written += [one.read_bytes() for one in (person.home / "archives").rglob("*") if one.is_file()]
    assert not [octets for octets in written for secret in hidden if secret in octets]
    # The search does find them where they are meant to be.
    assert json.dumps(number.hex()).strip('"').encode() in hidden
    kept = (person.keys / "default" / "private.pem").read_bytes()
    assert any(one in b"".join(kept.split()) for one in hidden)


def test_passphrase_and_key_are_in_no_process_list(person: Person) -> None:
    """Nothing secret is a word or a variable of a process that we start."""
    readable, writable = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "archiver", "key", "new", "x", "--passphrase-fd", str(readable)],
        env={**os.environ, "XDG_CONFIG_HOME": str(person.home)},
        pass_fds=(readable,),
        stdout=subprocess.PIPE,
    ) as running:
        time.sleep(0.5)  # it waits for the passphrase now
        os.write(writable, b"Pass-Phrase-Xyzzy\n")
        os.close(writable)
        listed = b""
        while running.poll() is None:
            for name in ("cmdline", "environ"):
                with_it = Path(f"/proc/{running.pid}/{name}")
                try:
                    listed += with_it.read_bytes()
                except OSError:
                    break
    os.close(readable)
    assert running.returncode == 0
    assert b"key\0new" in listed
    assert b"Xyzzy" not in listed


def test_a_user_without_a_home_verifies_all_the_same(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME")
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    package = person.file("x.wacz", signed_package("captured"))
    assert verify(package).cause == "unknown_key"
    assert verify(package, trust=[OURS_NAME]).verdict == "verified"
    with pytest.raises(InvalidInput, match="no home folder"):
        choose(Signing())
