"""Where redirects led: to the front page, to a section, or to an address that says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FRONT = re.compile(
    r"/*(?:[a-z]{2}(?:[-_][a-z]{2})?/?|(?:index|home|default|main)(?:\.[a-z0-9]+)?/?)?", re.I
)
# Our own, since the standard library's way to read an address changes with its versions.
_URL = re.compile(r"(https?://([^/?#:]*)[^/?#]*)([^?#]*)(?:\?([^#]*))?", re.I)
_REFERENCE = re.compile(r"(?:https?://[a-z0-9.-]+(?::[0-9]+)?)?(?:[/?#][!-~]*)?", re.I)
_NAMED = {
    "not_found": "404 404.html 404.php 404.aspx error404 error-404 not-found notfound not_found "
    "pagenotfound page-not-found page_not_found pagina-no-encontrada nicht-gefunden",
    "login": "login login.php login.html login.aspx signin sign-in sign_in log-in logon "
    "wp-login.php sso saml oauth authorize auth anmelden connexion accedi inloggen zaloguj "
    "login.jsp accounts",
    "consent": "consent cookie-consent cookieconsent gdpr cookiewall cookie-wall privacygate "
    "privacy-gate collectconsent zustimmung",
    "pay": "subscribe paywall abo abonnement abonnieren subscription subscriptions checkout",
    "challenge": "captcha showcaptcha challenge are-you-human verify-human validatecaptcha "
    "sgcaptcha bot-check blocked access-denied accessdenied",
    "geo": "geoblock geo-block geoblocked geo-blocked not-available-in-your-country "
    "unavailable-region gdpr-unavailable region-restricted",
    "maintenance": "maintenance maintenance.html wartung mantenimiento underconstruction",
    "captive": "captive captive-portal hotspot guest-portal splash wifi wlan",
    "parked": "lander sedoparking domain_profile.cfm domain-for-sale forsale parking",
}
_SEARCH = frozenset(
    "search search.php search.html suche recherche rechercher buscar busca busqueda cerca ricerca "
    "zoeken zoek szukaj hledat vyhledavani sok ara arama poisk poshuk".split()
)
_KINDS = {name: kind for kind, names in _NAMED.items() for name in names.split()}
_HOSTS = {"login": "login", "signin": "login", "accounts": "login", "auth": "login", "sso": "login",
          "consent": "consent", "guce": "consent", "captive": "captive", "hotspot": "captive",
          "wifi": "captive", "captcha": "challenge"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Led:
    """What the way of the redirects says; `by_page` where the last step was the page's own wish
    and was not followed."""

    kind: str
    target: str
    by_page: bool = False


def led(urls: list[str], refresh: str | None) -> Iterator[Led]:
    """What the addresses say that were asked for, one after the other. `refresh` is where the
    page itself leads on, if it does."""
    onward = None if refresh is None else joined(urls[-1], refresh)
    if onward is not None:
        urls = [*urls, onward]
    first, last = urls[0], urls[-1]
    if first == last:
        return
    kind = _kind(last)
    if kind is not None and kind != _kind(first):
        yield Led(kind, last, onward is not None)
    elif is_front(last) and not is_front(first) and not _is_search(last):
        yield Led("home", last, onward is not None)
    elif _is_above(last, first) or (_is_search(last) and not _is_search(first)):
        yield Led("section", last, onward is not None)


def joined(url: str, reference: str) -> str | None:
    """Where a plain reference on a page leads: a whole address, or one from the root on. None
    for any other."""
    if not reference or reference.startswith("//") or not _REFERENCE.fullmatch(reference):
        return None
    if reference[0] not in "/?#":
        return reference
    site, _, path, query = parted(url)
    if reference[0] == "/":
        return f"{site}{reference}"
    return f"{site}{path}{reference if reference[0] == '?' else f'?{query}' if query else ''}"


def parted(url: str) -> tuple[str, str, str, str]:
    """Scheme and authority, host, path, query of an address; empty where it is none."""
    match = _URL.match(url)
    if match is None:
        return "", "", "", ""
    return match[1], match[2].lower(), match[3], match[4] or ""


def is_front(url: str) -> bool:
    """Whether an address is that of a front page (in any language)."""
    _, _, path, query = parted(url)
    return _FRONT.fullmatch(path) is not None and not _names_a_page(query)


def _names_a_page(query: str) -> bool:
    return re.search(r"(?:^|&)(?:p|id|page_id|article|story|v)=", query) is not None


def _kind(url: str) -> str | None:
    _, host, path, _ = parted(url)
    for segment in path.lower().split("/"):
        if segment in _KINDS:
            return _KINDS[segment]
    return _HOSTS.get(host.partition(".")[0])


def _is_search(url: str) -> bool:
    """Whether an address is that of a site's search."""
    _, _, path, query = parted(url)
    if any(part in _SEARCH for part in path.lower().split("/")):
        return True
    return is_front(url) and re.search(r"(?:^|&)(?:s|q|search|query)=", query) is not None


def _is_above(last: str, first: str) -> bool:
    """Whether one address is a folder that the other lies in."""
    above, below = ([part for part in parted(url)[2].split("/") if part] for url in (last, first))
    return 0 < len(above) < len(below) and below[: len(above)] == above
