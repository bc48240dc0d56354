"""Who captures and from where, as they say it of themselves in their configuration.

`~/.config/archiver/config.toml` (or under `XDG_CONFIG_HOME`):

    [collector]
    name = "analyst-7"              # a name or a pseudonym
    organisation = "Example Desk"
    [vantage]
    label = "office line"
    network = "residential"         # residential | datacentre | mobile | tor | vpn
    country = "NL"                  # two letters
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from archiver.case.files import read_regular
from archiver.errors import InvalidInput
from archiver.observation import Person

NETWORKS = ("residential", "datacentre", "mobile", "tor", "vpn", "unknown")
NO_HOME = "configuration.home"
_MAX = 64 * 1024  # octets
LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]{1,200}")
_FIELDS = {"collector": ("name", "organisation"), "vantage": ("label", "network", "country")}


def configuration() -> Path:
    """The folder of this person's configuration (XDG Base Directory).

    Raises `InvalidInput` for a user without a home, as a container may have.
    """
    home = os.environ.get("XDG_CONFIG_HOME", "")
    try:
        return (Path(home) if home else Path.home() / ".config") / "archiver"
    except RuntimeError:
        raise InvalidInput(
            NO_HOME, "this user has no home folder", hint="set HOME, or XDG_CONFIG_HOME"
        ) from None


def person() -> Person:
    """What the configuration declares; `unknown` for all that it does not.

    Raises `InvalidInput` naming the field that is wrong.
    """
    from archiver.case.tomltext import read_toml

    path = configuration() / "config.toml"
    try:
        octets = read_regular(path, _MAX, "the configuration")
    except InvalidInput as fault:
        if fault.code == "file.missing":
            return Person()
        raise
    if not octets.strip():
        return Person()
    document, _ = read_toml(octets, str(path))
    said: dict[str, str] = {}
    for table, names in _FIELDS.items():
        given = document.get(table, {})
        if not isinstance(given, dict):
            raise _fault(path, table, "is not a table")
        for name, value in given.items():
            if name not in names:
                raise _fault(path, f"{table}.{name}", f"is unknown; known are {', '.join(names)}")
            said[name] = _checked(path, f"{table}.{name}", value)
    return Person(**said)


def _checked(path: Path, where: str, value: Any) -> str:
    if not isinstance(value, str) or LINE.fullmatch(value) is None:
        raise _fault(path, where, "is not a text of one line, of 1 to 200 characters")
    if where == "vantage.network" and value not in NETWORKS:
        raise _fault(path, where, f"is not one of {', '.join(NETWORKS)}")
    if where == "vantage.country" and re.fullmatch(r"[A-Z]{2}|unknown", value) is None:
        raise _fault(path, where, "is not a country in two letters, such as NL")
    return value


def _fault(path: Path, where: str, what: str) -> InvalidInput:
    return InvalidInput(
        "configuration.field", f"{where} {what}", where=str(path), hint="mend it, or leave it out"
    )
