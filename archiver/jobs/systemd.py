"""A timer and its service for systemd, for a machine of one's own: packages stay there."""

from __future__ import annotations

import re

from archiver.errors import InvalidInput
from archiver.jobs.plan import GRACE, calendar_of, seconds

SERVICE, TIMER = "archiver-recapture.service", "archiver-recapture.timer"
HEAD = "# Made by `archiver schedule systemd`: change its options, not this file.\n"
_PLAIN = re.compile(r"/[A-Za-z0-9._/+@ -]*")

_SERVICE = """\
{head}# {command}
[Unit]
Description=Capture what is due in {archives}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={python} -m archiver recapture --archives {archives_word}{every} {rest}
TimeoutStartSec={timeout}
# Nothing could be established: the ledger tells it, the next run tries again.
SuccessExitStatus=5
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
"""
_TIMER = """\
{head}# {command}
[Unit]
Description=When to look what is due in {archives}

[Timer]
OnCalendar={calendar}
RandomizedDelaySec=300
Persistent=true

[Install]
WantedBy=timers.target
"""


def units(
    archives: str, python: str, every: str, wake: str, deadline: str, command: str, *, alarm: bool
) -> dict[str, str]:
    """The files by name. `archives` and `python` are absolute paths; `every` is handed to
    `recapture`, `wake` says how often it is looked what is due; `alarm`: a change fails it.

    Raises `InvalidInput` for a path that a unit file cannot hold as it is.
    """
    for path in (archives, python):
        if _PLAIN.fullmatch(path) is None:
            raise InvalidInput(
                "schedule.path",
                "a path with characters that a unit file reads otherwise",
                where=path,
                hint="only letters, digits, blanks and / . _ + @ - are read as they are",
            )
    told = {"head": HEAD, "command": command, "archives": archives}
    return {
        SERVICE: _SERVICE.format(
            **told,
            python=_word(python),
            archives_word=_word(archives),
            every=f" --every {every}" if every else "",
            rest=f"--deadline {deadline}{' --exit-status' if alarm else ''}",
            timeout=seconds(deadline) + GRACE * 60,
        ),
        TIMER: _TIMER.format(**told, calendar=calendar_of(wake, archives)),
    }


def _word(path: str) -> str:
    return f'"{path}"' if " " in path else path
