"""Every objection to a package, in the order in which they are looked through."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.report.cross.objection import Objection, Witness
from archiver.report.cross.people import of_people
from archiver.report.cross.text import of_text
from archiver.report.cross.wire import of_wire
from archiver.report.subject import Subject


def objections(subject: Subject, others: Sequence[Witness] = ()) -> tuple[Objection, ...]:
    """What the other side will object to the package; `others` are further captures of the same
    source, which may answer some of it."""
    return (*of_wire(subject, others), *of_text(subject), *of_people(subject))
