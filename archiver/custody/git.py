"""The git repository in which an archives folder is shared, asked by git itself.

Nothing is done in the person's own working tree: changes are made in a second one, of the
remote's branch, which is thrown away afterwards.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from archiver.errors import InvalidInput, Refused, ServiceFailed, StorageFailed

TOKEN = "ARCHIVER_GIT_TOKEN"  # noqa: S105 - the name of a variable
_SECONDS = 300  # for one command: a push of many packages takes a while
# No hook, signature or helper of whoever owns the machine changes what is done.
_SETTINGS = {
    "core.hooksPath": os.devnull,
    "commit.gpgSign": "false",
    "protocol.ext.allow": "never",
    "gc.auto": "0",
    "user.name": "archiver",
    "user.email": "archiver@localhost",
}


class Repository:
    """A working tree. `where` is its top folder."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._environment = dict(os.environ if environment is None else environment)
        self.where = folder
        top = self._run("rev-parse", "--show-toplevel")
        if top.returncode:
            raise InvalidInput(
                "git.none",
                "not in a git repository",
                where=str(folder),
                hint="publishing adds the ledger's lines to a branch of one",
            )
        self.where = Path(os.fsdecode(top.stdout).rstrip("\n"))

    def _run(
        self, *words: str, secret: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        settings = {**_SETTINGS, **(secret or {})}
        configured = {"GIT_CONFIG_COUNT": str(len(settings))}
        for number, (name, value) in enumerate(settings.items()):
            configured |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
        kept = {name: value for name, value in self._environment.items() if name != TOKEN}
        git = shutil.which("git", path=kept.get("PATH"))
        if git is None:
            raise InvalidInput("git.missing", "git is not installed", where="git")
        try:
            return subprocess.run(  # noqa: S603 - no shell; the words are ours
                [git, "-C", str(self.where), *words],
                env={**kept, **configured, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess([], 124, b"", b"no answer in time")

    def _here(self, *words: str) -> str:
        done = self._run(*words)
        if done.returncode:
            raise StorageFailed(
                "git.failed", f"git {words[0]}: {_said(done)}", where=str(self.where)
            )
        return os.fsdecode(done.stdout).strip()

    def tracked(self, folder: Path) -> set[Path]:
        """The files below a folder that git knows, by their whole paths."""
        names = self._here("ls-files", "-z", "--full-name", "--", str(folder)).split("\0")
        return {self.where / one for one in names if one}

    def _credentials(self, remote: str) -> dict[str, str]:
        """The token as a header for this remote alone, told in the environment, not in words."""
        token = self._environment.get(TOKEN, "")
        url = urlsplit(self._here("remote", "get-url", "--", remote))
        if not token or url.scheme != "https" or url.hostname is None:
            return {}
        spelled = base64.b64encode(f"x-access-token:{token}".encode()).decode("ascii")
        host = url.hostname if url.port is None else f"{url.hostname}:{url.port}"
        return {f"http.https://{host}/.extraHeader": f"Authorization: Basic {spelled}"}

    def fetch(self, remote: str, branch: str) -> str:
        """What the branch of the remote holds now: a commit. Raises `ServiceFailed`."""
        words = ("fetch", "--no-tags", "--quiet", "--", remote, f"refs/heads/{branch}")
        done = self._run(*words, secret=self._credentials(remote))
        if done.returncode:
            raise ServiceFailed(
                "git.fetch", f"git fetch: {_said(done)}", where=f"{remote} {branch}"
            )
        return self._here("rev-parse", "--verify", "FETCH_HEAD^{commit}")

    @contextmanager
    def tree(self, commit: str) -> Iterator[Repository]:
        """A working tree of its own for this commit."""
        folder = Path(tempfile.mkdtemp(prefix="archiver-"))
        try:
            self._here("worktree", "add", "--quiet", "--detach", "--", str(folder / "tree"), commit)
            yield Repository(folder / "tree", self._environment)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._run("worktree", "prune")

    def commit(self, paths: Sequence[Path], message: str) -> str | None:
        """Commit these files; None where none of them is new or changed. Raises `Refused` where
        git would keep other octets than theirs."""
        self._here("add", "--force", "--", *(str(one) for one in paths))
        if not self._run("diff", "--cached", "--quiet").returncode:
            return None
        self._kept_as_they_are(paths)
        self._here("commit", "--quiet", "--no-verify", "-m", message)
        return self._here("rev-parse", "HEAD")

    def _kept_as_they_are(self, paths: Sequence[Path]) -> None:
        """A `.gitattributes` may ask for other line ends, or that a package become a pointer."""
        staged = self._here("ls-files", "--stage", "-z", "--", *map(str, paths))
        kept = {
            name: head.split()[1]
            for head, _, name in (one.partition("\t") for one in staged.split("\0") if one)
        }
        found = self._here("hash-object", "--no-filters", "--", *kept).split()
        for name, octets in zip(kept, found, strict=True):
            if kept[name] != octets:
                raise Refused(
                    "git.filters",
                    "git would store other octets than these",
                    where=name,
                    hint="take ledger and packages out of the rules in .gitattributes (-text)",
                )

    def push(self, remote: str, branch: str) -> str:
        """Push what is committed; gives why that failed, and nothing where it did not. A branch
        that has moved is never forced."""
        words = ("push", "--quiet", "--", remote, f"HEAD:refs/heads/{branch}")
        done = self._run(*words, secret=self._credentials(remote))
        return _said(done) if done.returncode else ""


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = [one for one in done.stderr.decode("utf-8", "replace").splitlines() if one.strip()]
    telling = [one for one in lines if one.startswith((" ! ", "fatal:", "error:", "remote:"))]
    return (telling or lines or [f"ended with {done.returncode}"])[0].strip()
