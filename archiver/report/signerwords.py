"""Who signed, in words: no more than the person who verifies has said of the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.attest.trust import Signer

_NOBODY = (
    "Signer: none, so anyone could have made this file: compare its id with one noted elsewhere."
)


def signers_sentence(signers: Iterable[Signer]) -> str:
    """The finding about the signer, in words."""
    words = "; ".join(signer_words(one) for one in signers)
    return f"Signer: {words}." if words else _NOBODY


def signer_words(one: Signer) -> str:
    """Who signed, as far as the person who verifies knows."""
    where = "" if one.where is None else " (beside the package)"
    match one.standing:
        case "own":
            return f"your own key {one.name}, {one.fingerprint}{where}"
        case "trusted":
            return f"{one.name}, whose key {one.fingerprint} you trust{where}"
        case "revoked" if one.revoked is not None:
            why = f"since {one.revoked.since}: {one.revoked.reason}"
            good = "" if one.stamped is None else f"; but stamped before, at {one.stamped}"
            return f"key {one.name}, {one.fingerprint}, revoked {why}{good}{where}"
        case _:
            return (
                f"unknown key {one.fingerprint}{where}: a key is made in no time, so ask its "
                "holder for this number, then trust it"
            )
