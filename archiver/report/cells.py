"""Cells for spreadsheets, which take some texts for formulas and execute them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Where a cell begins: also behind what another country's spreadsheet takes for a separator, and
# behind blanks, which some leave out. The full-width forms are read like the others.
_FORMULA = re.compile("(^|[;|])([\\s\ufeff\u200b]*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def disarmed(text: str) -> str:
    """A cell that nobody executes: an apostrophe stands before what would make it a formula,
    and a blank in the place of each control character, tabs and line ends too."""
    return _FORMULA.sub(r"\1'\2", _CONTROL.sub(" ", text))


def table(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV (RFC 4180, UTF-8 with a mark, which spreadsheets need), each cell disarmed."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([disarmed(str(cell)) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8", "backslashreplace")
