"""What may be said of a specimen, and what would be a libel or a lost case."""

from __future__ import annotations

from tests.judge.corpus.specimens import Specimen


def allowed(one: Specimen, mode: str) -> set[str]:
    """The states that are true, or at least not false, of a specimen under a mode."""
    if mode in ("with", "digest") and one.text:
        # Its text stands there, if only its beginning before a pay wall.
        return {"captured"}
    if one.name == "third-live-tweet":
        # A live post whose every word is what a site under repair says: only its text tells.
        return {"captured", "inconclusive"}
    match one.truth:
        case "captured" | "script":
            return {"captured"}
        case "unclear" if one.name == "unclear-unknown-tongue" and mode in ("none", "withheld"):
            # Nobody claims a text, and not a word of it is known: a page, and a hint listed.
            return {"captured", "inconclusive"}
        case "unclear":
            return {"inconclusive"}
        case "absent" if mode == "withheld":
            return {"inconclusive"}
        case state:
            return {state, "inconclusive"}
