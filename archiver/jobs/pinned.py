"""Where `archiver` itself comes from in a job: something that nobody can exchange unseen."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archiver.errors import InvalidInput
from archiver.jobs.plan import Source, checked_path

NAME = "evidence-archiver"
HERE = "."
_DIGEST = re.compile(r"sha256=([0-9a-f]{64})")
_PLAIN = re.compile(r"[A-Za-z0-9._~:/@+-]+")
_COMMIT = re.compile(r"[0-9a-f]{40}")


def source(said: str) -> Source:
    """What `--from` says: `.` (the repository's own commit), a wheel by URL or path with its
    digest, or a commit of a git repository. Raises `InvalidInput` for whatever is not pinned."""
    if said == HERE:
        return Source()
    if said.startswith("git+"):
        return _commit(said)
    place, _, fragment = said.partition("#")
    match = _DIGEST.fullmatch(fragment)
    if match is None:
        raise _unpinned(said, "has no digest: add #sha256=, and 64 hex digits")
    if not place.endswith(".whl"):
        raise _unpinned(said, "is no wheel (.whl)")
    if "://" not in place:
        return Source(wheel=checked_path(place, "--from"), sha256=match[1])
    _check_url(said, place)
    return Source(requirement=f"{NAME} @ {place}#sha256={match[1]}")


def _commit(said: str) -> Source:
    place, _, commit = said.removeprefix("git+").rpartition("@")
    if _COMMIT.fullmatch(commit) is None:
        raise _unpinned(said, "names no commit: add @, and its 40 hex digits")
    _check_url(said, place)
    return Source(requirement=f"{NAME} @ git+{place}@{commit}")


def _check_url(said: str, place: str) -> None:
    url = urlsplit(place)
    plain = _PLAIN.fullmatch(place) is not None
    if url.scheme != "https" or not url.hostname or url.username is not None or not plain:
        raise _unpinned(said, "is no plain https:// address")


def _unpinned(said: str, why: str) -> InvalidInput:
    return InvalidInput(
        "schedule.from",
        f"{why}",
        where=said,
        hint="--from WHEEL#sha256=…, git+https://HOST/REPOSITORY@COMMIT, or . for this repository",
    )
