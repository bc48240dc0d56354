"""What was said after the sealing, for `archiver show`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from archiver.cli.amend import change_rows, changes_json
from archiver.cli.output import rows
from archiver.report.signerwords import signer_words

if TYPE_CHECKING:
    from archiver.verify.amendments import Amendment


def amendment_json(one: Amendment) -> dict[str, Any]:
    """An amendment for programs."""
    signers = [
        {"fingerprint": str(by.fingerprint), "standing": by.standing, "name": by.name}
        for by in one.signers
    ]
    return {
        "number": one.number,
        "file": one.name,
        "created": one.created,
        "amended_by": one.by,
        "note": one.note,
        "signers": signers,
        "changes": changes_json(one.changes),
        "claimed": one.said.claimed,
        "assessed": one.said.assessed,
    }


def as_of(amendments: Sequence[Amendment]) -> str:
    """What a heading says of the amendment that speaks below it: anyone can put one there."""
    if not amendments:
        return ""
    last = amendments[-1]
    strange = "" if any(by.believed for by in last.signers) else ", signed by no key that you trust"
    return f", as of amendment {last.number}{strange}"


def amended_lines(amendments: Sequence[Amendment]) -> list[str]:
    """The history, the latest last: who changed what."""
    lines = []
    for one in amendments:
        who = ", ".join(part for part in one.by.values() if part != "unknown")
        signers = "; ".join(signer_words(by) for by in one.signers)
        pairs = [("by", who or "nobody named"), ("signer", signers)]
        pairs += [("why", one.note)] if one.note else []
        lines.append(f"amendment {one.number} of {one.created}, after the sealing")
        lines += [f"  {row}" for row in rows([*pairs, *change_rows(one.changes)])]
    return lines
