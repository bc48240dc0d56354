"""A bare repository that an archive is shared through, and clones of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

IDENTITY = {
    "GIT_AUTHOR_NAME": "A Person",
    "GIT_AUTHOR_EMAIL": "person@example.org",
    "GIT_COMMITTER_NAME": "A Person",
    "GIT_COMMITTER_EMAIL": "person@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words],
        env={**os.environ, **IDENTITY},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


class Shared:
    """The remote, and who works on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bare = folder / "remote.git"
        git(folder, "init", "-q", "--bare", "-b", "main", str(self.bare))
        seed = self.clone("seed")
        (seed / "archives").mkdir()
        (seed / "README").write_text("an archive\n")
        self.push(seed, "begin")

    def clone(self, name: str) -> Path:
        git(self.folder, "clone", "-q", str(self.bare), name)
        return self.folder / name

    def push(self, clone: Path, message: str) -> None:
        git(clone, "add", "-A")
        git(clone, "commit", "-q", "-m", message)
        git(clone, "push", "-q", "origin", "HEAD:main")

    def held(self, name: str = "look") -> Path:
        """A new clone's archives folder: what the branch holds now."""
        count = sum(1 for one in self.folder.iterdir())
        return self.clone(f"{name}-{count}") / "archives"
