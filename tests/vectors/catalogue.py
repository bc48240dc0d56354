"""Which vectors there are: packages to accept, packages to refuse with the one check that
must refuse them, and files that are no package. Why each one is there stands with it.

The forgeries are those of `tests/verify`: an insider made every digest right again, so each
breaks the rules of one check and no other one's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from archiver.observation import Observation
from archiver.package.derive import WARC
from archiver.verify.checks import CHECK_NAMES
from tests.attest.signers import signed_package
from tests.vectors.signatures import HANDSHAKES, SIGNATURES, by_another_key
from tests.verify import (
    test_forged_capture,
    test_forged_facts,
    test_forged_files,
    test_forged_records,
    test_zip,
)
from tests.verify.forge import Record, exchange, opened
from tests.verify.scenes import package
from tests.verify.shorthand import Forge, raw, remade, warc

LISTS = (test_forged_files, test_forged_records, test_forged_capture, test_forged_facts)
FORGERIES = {name: forgery for one in LISTS for name, forgery in one.FORGERIES.items()}
assert len(FORGERIES) == sum(len(one.FORGERIES) for one in LISTS), "two forgeries of one name"
OTHER_VERSION = "archiver 0.0.0"
SMALL = "blocked"  # the scene for what hangs on no scene: it has no seed text


@dataclass(frozen=True)
class Vector:
    """A file of the folder: its octets, and the check that must refuse it, if any must."""

    file: str
    why: str
    make: Callable[[], bytes]
    verdict: str = "refused"
    check: str | None = None


ACCEPTED = {
    "captured": "a page with the whole seed text on it",
    "whole": "a page with three style sheets, which came over one connection",
    "redirected": "a redirect, then the page; of the seed text only digests are published",
    "truncated": "the page broke off; of the seed text only commitments are published",
    "absent": "the source said 404",
    "blocked": "the source said 403; there is no seed text",
    "unreachable": "the connection was refused while a control answered",
    "inconclusive": "the connection was refused, and so were the controls",
    "no-name": "the name servers said NXDOMAIN; their messages are kept",
    "doubted": "the certificate had expired; the page was fetched again without trust",
    "not-http": "what answered was no HTTP at all",
    "half-a-head": "the answer broke off inside its head",
    "interim": "an interim response came before the page, and stands in a record of its own",
    "only-interim": "an interim response came and nothing after it",
    "chunked": "a chunked body: its record states no payload digest",
    "loop": "a redirect to itself, not followed",
    "soft": "a page that says it is none, and the same page for an address that cannot be",
    "probed": "a page, and 404 for an address that cannot be",
    "probe-failed": "a page, and no answer for an address that cannot be",
    "proxied": "the page came through a proxy",
    "no-way": "the proxy did not open the way",
}

# For the first check: a form of tests/verify/test_zip.py, and what is wrong with it.
CONTAINERS = {
    "prefix-shell": "octets before the first entry, all offsets right: a shell script as well",
    "central-only-name": "another name in the directory than before the entry",
    "symlink": "an entry that is a symbolic link",
    "name-traversal": "a name that leads out of the folder",
    "one-name-twice": "one name twice: two readers take two files",
    "empty": "a ZIP without an entry",
}

# For each check, by the name of the vector: a forgery of tests/verify/test_forged_*.py, and
# what is wrong with it.
FORGED: dict[str, dict[str, tuple[str, str]]] = {
    "container": {
        "file-more": ("extra-exhibit", "a file that no package has"),
        "file-missing": ("missing-evidence/assessed.json", "a file of every package is missing"),
    },
    "manifest": {
        "digest-of-another": (
            "digest-of-another",
            "datapackage-digest.json names another datapackage.json",
        ),
        "listed-twice": ("twice", "a file is listed twice"),
        "sums": ("sums", "evidence/manifest-sha256.txt names another digest"),
        "second-signature": ("digest-more", "a member that looks like a second signature"),
        "other-form": ("manifest-indent", "datapackage.json is not in its one form"),
    },
    "signature": {},
    "warc": {
        "no-date": ("dated-garbage", "a record has a date that no calendar has"),
    },
    "documents": {
        "key-order": ("json-key-order", "the keys of capture.json are out of order"),
        "key-twice": ("json-duplicate", "a key stands twice"),
        "no-day": ("created-no-day", "packed on a day that no calendar has"),
        "weaker-schema": ("weaker-schema", "another schema of cases than that of this version"),
        "claim-among-opinions": ("claim-in-assessed", "a claim among the opinions"),
    },
    "agreement": {
        "source": ("source-claimed", "the source claimed is not the one that was captured"),
        "seed-text": ("seed-text", "another seed text than the one whose digest is claimed"),
        "hidden-response": ("hidden-response", "a second response, which no exchange speaks of"),
        "status": ("remade-status", "another status than that of the recorded answer"),
        "hop": ("remade-hop", "nothing led to the second address"),
        "fault": ("remade-dns", "a refused connection is told as a name that was not found"),
        "controls-dropped": (
            "controls-dropped",
            "an answer that left in doubt whose fault it was, and no control asked",
        ),
        "fault-message": ("fault-words", "other words for a fault than this version has"),
        "lookup-result": (
            "lookup-failed",
            "a name server's answer told as none, against its recorded message",
        ),
        "handshake": (
            "handshake-of-another-host",
            "a handshake with another host than the one that is named",
        ),
        "cookie": ("request-other-cookie", "a cookie in a request that no answer had set"),
        "request-field": (
            "request-forwarded",
            "a field in a request that ours do not have",
        ),
        "stop": ("hop-hidden-by-policy", "a redirect that could be followed, told as none"),
        "packed-later": ("created-days-later", "packed days after the end of the capture"),
        "probe": (
            "remade-probe-elsewhere",
            "the probe is not the address that follows from the capture",
        ),
        "certificates": ("capture-exchanges-1-tls-chain", "the digests of other certificates"),
        "proxy": (
            "proxy-blamed-on-source",
            "what the proxy refused is told as the source's fault",
        ),
    },
    "handshakes": {},
    "derivation": {
        "pageinfo": ("pageinfo", "a record of our own with other words"),
        "record-order": ("records-reordered", "the records in another order"),
        "outcome": ("outcome", "another verdict: absent, where the page came"),
        "comparison": (
            "comparison",
            "the text is said to stand on a page that has none of it",
        ),
        "index": ("index-dropped", "a line of the index is missing"),
        "title": ("title", "another title than the one claimed"),
    },
}
# These hang on no scene.
ON_THE_SMALL_ONE = {forgery for check in CHECK_NAMES[:5] for forgery, _ in FORGED[check].values()}
NO_PACKAGES = {
    "empty": (b"", "not an octet"),
    "text": (b"This is no package.\n", "neither end has the mark of a ZIP"),
    "gzip": (b"\x1f\x8b\x08\0\0\0\0\0\0\xff\3\0\0\0\0\0\0\0\0\0", "a file of another form"),
}


def _unknown_field(found: list[Record]) -> None:
    found[1][0].append(("WARC-Identified-Payload-Type", "text/html"))


def _wrong_certificate(seen: Observation) -> Observation:
    """The exchange without trust, told as one with trust."""
    tls = seen.exchanges[1].tls
    assert tls is not None
    return exchange(seen, 1, tls=replace(tls, verified=True))


def _one_connection(seen: Observation) -> Observation:
    """All style sheets told as asked for over the connection of the page."""
    first, *others = seen.exchanges
    told = [replace(one, connection=1, addresses=(), tls=None) for one in others]
    return replace(seen, exchanges=(first, *told))


# Told here alone, by check and name: the scene, what is done to it, and what is wrong then.
MORE: dict[str, dict[str, tuple[str, Forge, str]]] = {
    "signature": SIGNATURES,
    "handshakes": HANDSHAKES,
    "warc": {
        "block-digest": (
            SMALL,
            raw(WARC, lambda found: found.replace(b"<h1>No", b"<h1>On")),
            "a page has other octets than its block digest says",
        ),
        "cut": (SMALL, raw(WARC, lambda found: found[:-1]), "the last octet is missing"),
        "trailing": (
            SMALL,
            raw(WARC, lambda found: found + b"\r\n"),
            "two octets stand behind the last record",
        ),
        "field-unknown": (
            SMALL,
            warc(_unknown_field),
            "a field that our records do not have",
        ),
    },
    "agreement": {
        "no-trust-hidden": (
            "doubted",
            remade(_wrong_certificate),
            "a server that did not prove who it is, told as one that did",
        ),
        "one-connection": (
            "whole",
            remade(_one_connection),
            "exchanges told as gone over a connection that another one had",
        ),
    },
}


def vectors() -> Iterator[Vector]:
    """Every vector, in the order of the files."""
    for state, why in ACCEPTED.items():
        yield Vector(
            f"accept/{state}.wacz", why, partial(signed_package, state), verdict="verified"
        )
    made = partial(package, SMALL)
    yield Vector("accept/unsigned.wacz", "nobody signed it", made, verdict="untrusted")
    why = "signed by a key that nobody said to trust"
    yield Vector("accept/other-key.wacz", why, by_another_key, verdict="untrusted")
    for number, check in enumerate(CHECK_NAMES, start=1):
        for name, (why, make) in _refused(check).items():
            yield Vector(f"refuse/{number}-{check}/{name}.wacz", why, make, check=check)
    made = partial(package, "captured", software=OTHER_VERSION)
    why = "another version made it: what only that one can make again is not made again"
    yield Vector("other-version/captured.wacz", why, made, verdict="untrusted")
    why = "another version made it, and the verdict in it does not follow all the same"
    made = partial(_forged, "outcome", software=OTHER_VERSION)
    yield Vector("other-version/outcome.wacz", why, made, check="derivation")
    for name, (octets, why) in NO_PACKAGES.items():
        yield Vector(f"unreadable/{name}.wacz", why, lambda o=octets: o, verdict="unreadable")


def _refused(check: str) -> dict[str, tuple[str, Callable[[], bytes]]]:
    """What this check must refuse, by name."""
    forms = CONTAINERS if check == "container" else {}
    made = {name: (why, test_zip.FORMS[name]) for name, why in forms.items()}
    for name, (forgery, why) in FORGED[check].items():
        made[name] = (why, partial(_forged, forgery))
    for name, (state, forge, why) in MORE.get(check, {}).items():
        made[name] = (why, partial(_made, state, forge))
    return made


def _forged(name: str, **changed: str) -> bytes:
    state, _, forge = FORGERIES[name]
    return _made(SMALL if name in ON_THE_SMALL_ONE else state, forge, **changed)


def _made(state: str, forge: Forge, **changed: str) -> bytes:
    return forge(opened(package(state, **changed)))


# Wrong in nothing but what only the rules of outcome, comparison and text derive
# (docs/format.md §11), which other verifiers than ours leave out, and say so.
UNDERIVED_VECTORS = {
    "refuse/8-derivation/outcome.wacz": "the outcome's state",
    "refuse/8-derivation/comparison.wacz": "the comparison's result",
    "other-version/outcome.wacz": "the outcome's state",
}
UNDERIVED = {
    "outcome": "the outcome's state",
    "outcome-reason": "the outcome's reason",
    "comparison": "the comparison's result",
    "comparison-count": "the comparison's counts",
    "seed-forms": "the forms of the seed text",
    "seed-text-and-digest": "the comparison with another text, and its forms",
    "pages": "the page's title",
}
