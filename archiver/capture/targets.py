"""From what is typed, or named by a page or a `Location`, to a URL that is asked for."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin

import requests

from archiver.case.urls import check_source_url
from archiver.errors import InvalidInput
from archiver.redirects import resolved


def prepared_url(url: str) -> str:
    """The URL as it is asked for: checked, IDNA and percent-encoding applied, no fragment.

    Raises `InvalidInput` for a URL that must not or cannot be asked for.
    """
    checked = urldefrag(check_source_url(url)).url
    try:
        made = requests.Request("GET", checked).prepare().url
    except (requests.RequestException, UnicodeError, ValueError):
        made = None
    if made is None:
        raise InvalidInput(
            "url.not_usable", "not a URL that can be asked for", where=url, hint="check the address"
        )
    # What IDNA made of the host must be as unambiguous as what was typed.
    made = check_source_url(made)
    # Preparing once more may change it again (`/%2E` is `/.` and then `/`): to the end.
    return made if made == url else prepared_url(made)


def led_to(url: str, location: str) -> str | None:
    """Where a redirect leads, or None where it leads to what we do not ask for."""
    target = resolved(url, location)
    return None if target is None else named_by(url, target)


def named_by(url: str, reference: str) -> str | None:
    """The URL that a reference on a page means, or None where it means none that we ask for."""
    try:
        return prepared_url(urljoin(url, reference))
    except (InvalidInput, ValueError):
        return None
