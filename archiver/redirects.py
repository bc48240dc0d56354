"""Where a redirect leads: read once when it is followed and again when a package is verified."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urljoin

from archiver.records import MAX_STATED

# What readers of URLs cut out or stumble over, each in its own way.
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def resolved(url: str, location: str) -> str | None:
    """The URL that a `Location` (read as Latin-1) means in an answer from `url`, not yet checked.

    None where it cannot be told: `capture.json` may hold no more than the beginning of a long
    one, and of control characters every library makes something else.
    """
    if len(location) >= MAX_STATED or _CONTROL.search(location):
        return None
    with suppress(UnicodeError):
        # Servers send UTF-8 octets.
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(url, location)
    except ValueError:
        return None
