"""How stamps are told, got by `archiver stamp` or at once by `archiver capture`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archiver.cli.output import error_json, stamp_json
from archiver.errors import Exit
from archiver.report.words import accuracy_words

if TYPE_CHECKING:
    from archiver.verbs.stamping import Missing, Placed, Stamps


def stamp_rows(stamps: Stamps) -> list[tuple[str, str]]:
    """A row for each stamp that is there."""
    return [("stamped", _placed(one)) for one in stamps.placed]


def pending_rows(stamps: Stamps) -> list[tuple[str, str]]:
    """A row for each stamp that is not there, and why."""
    hint = "archiver stamp --pending asks again"
    rows = [("pending", f"{one.asked}: {one.fault.what} ({hint})") for one in stamps.missing]
    fault = stamps.fault
    if fault is not None:
        rows.append(("not stamped", f"{fault.where}: {fault.what}"))
    return rows


def stamps_json(stamps: Stamps) -> dict[str, Any]:
    """The stamps of one package as a program reads them: there, or pending."""
    return {
        "stamps": [_placed_json(one) for one in stamps.placed],
        "pending": [_missing_json(one) for one in stamps.missing],
    }


def _placed(one: Placed) -> str:
    stamp = one.stamp
    by = stamp.authority or f"{one.asked}, whose root you have not chosen"
    there = "" if one.written else " (was there already)"
    return f"at {stamp.at}{accuracy_words(stamp)} by {by}: {one.file.name}{there}"


def _placed_json(one: Placed) -> dict[str, Any]:
    place = {"asked": one.asked, "file": str(one.file), "written": one.written}
    return {**place, **stamp_json(one.stamp)}


def _missing_json(one: Missing) -> dict[str, Any]:
    return {"asked": one.asked, "error": error_json(one.fault, Exit.SERVICE)["error"]}
