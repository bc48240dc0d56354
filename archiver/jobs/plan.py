"""What a scheduled job is to do. Whatever goes into its file is checked here, once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from archiver.errors import InvalidInput

PACKAGES = ("folder", "artifact", "release", "git")
GRACE = 15  # minutes that a job has beyond the run's deadline, to save what it has
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"([1-9][0-9]{0,5})([smhd])")
_PATH = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
_CRON = re.compile(r"[0-9*/,-]{1,40}(?: [0-9A-Za-z*/,-]{1,40}){4}")


@dataclass(frozen=True, slots=True)
class Source:
    """Where `archiver` itself is installed from: a `requirement` of pip's, or a `wheel` in the
    repository with its digest; neither of them for the repository's own commit."""

    requirement: str = ""
    wheel: str = ""
    sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A job. `every` is handed to `recapture`, where it is said; `texts` are the cases whose seed
    text (or its key) is not in git. `deadline` is of one run, as it is spelled. `alarm`: a change
    fails the job; `stamps`: the documented time-stamp authorities are chosen."""

    archives: str
    cron: str
    every: str
    deadline: str
    packages: str = "folder"
    public: bool = False
    source: Source = Source()
    texts: tuple[str, ...] = ()
    branch: str = "main"
    alarm: bool = False
    stamps: bool = False

    @property
    def minutes(self) -> int:
        """How many minutes a job may take: the deadline, rounded up, and `GRACE`."""
        return -(-seconds(self.deadline) // 60) + GRACE


def seconds(duration: str) -> int:
    """A duration such as `30m` or `1d`, in seconds. Raises `InvalidInput` for none."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        raise InvalidInput("duration", "not a duration such as 30m, 6h or 1d", where=duration)
    return int(match[1]) * _SECONDS[match[2]]


def checked_path(path: str, what: str) -> str:
    """A path inside the repository that needs no quotes anywhere. Raises `InvalidInput`."""
    if _PATH.fullmatch(path) is None or ".." in path.split("/") or path.startswith("-"):
        raise InvalidInput(
            "schedule.path",
            f"{what}: a path inside the repository, of letters, digits and ._-/",
            where=path,
        )
    return path


def checked_branch(branch: str) -> str:
    """A branch's name. Raises `InvalidInput` for one that would need quotes."""
    if _BRANCH.fullmatch(branch) is None or ".." in branch:
        raise InvalidInput("schedule.branch", "not the name of a branch", where=branch)
    return branch


def checked_cron(cron: str) -> str:
    """Five fields of cron. Raises `InvalidInput`."""
    if _CRON.fullmatch(cron) is None:
        raise InvalidInput("schedule.cron", "not five fields such as '17 5 * * *'", where=cron)
    return cron


def moment(archives: str) -> tuple[int, int]:
    """A minute and an hour of the day that follow from the folder's name: not the full hour, at
    which everybody's jobs are late."""
    digest = hashlib.sha256(archives.encode()).digest()
    return 7 + digest[0] % 46, digest[1] % 24


def cron_of(every: str, archives: str) -> str:
    """How often a job wakes, for captures every so often: it may wake more often than that, since
    the ledger says what is due. Raises `InvalidInput`."""
    minute, hour = moment(archives)
    span = seconds(every)
    if span < 3600:
        step = next((one for one in (30, 20, 15, 10) if one * 60 <= span), 5)
        return f"*/{step} * * * *"
    if span < 86_400:
        step = next(one for one in (12, 8, 6, 4, 3, 2, 1) if one * 3600 <= span)
        return f"{minute} */{step} * * *" if step > 1 else f"{minute} * * * *"
    return f"{minute} {hour} * * *"


def calendar_of(every: str, archives: str) -> str:
    """The same for systemd's `OnCalendar=`."""
    minute, hour, *_ = cron_of(every, archives).split(" ")
    minutes = minute.replace("*/", "0/") if "/" in minute else f"{int(minute):02d}"
    hours = "*" if hour == "*" else hour.replace("*/", "0/")
    if hours.isdigit():
        hours = f"{int(hours):02d}"
    return f"*-*-* {hours}:{minutes}:00 UTC"
