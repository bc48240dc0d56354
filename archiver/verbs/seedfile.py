"""The file of a seed text, and what people name in its place by mistake."""

from __future__ import annotations

import re
from pathlib import Path

from archiver.case.files import read_regular
from archiver.case.reading import MAX_TEXT_OCTETS
from archiver.errors import InvalidInput

# A host with a path, or one that nobody would give to a file: `nosuch.txt` is a missing file.
_LIKE_A_URL = re.compile(
    r"(?:www\.[A-Za-z0-9.-]+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|org|net))\Z"
    r"|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/"
    r"|[A-Za-z0-9.-]+:[0-9]{1,5}(?:/|\Z)"
)
# What other programs write, by its first octets. A text is what a person can read in an editor.
_NO_TEXTS = {
    b"PK\x03\x04": "a package or another ZIP file (as .docx and .odt are)",
    b"%PDF-": "a PDF",
    b"{\\rtf": "RTF",
    b"\xd0\xcf\x11\xe0": "a file of Word or another program",
}
_SAVE = "save the text as plain text in UTF-8 (.txt); archiver show reads packages"


def like_a_url(source: str) -> bool:
    """Whether a word is a URL that lacks its scheme."""
    return _LIKE_A_URL.match(source) is not None


def seed_octets(path: Path, *, option: bool = False) -> bytes:
    """The octets of a seed text's file, which `--text` names (`option`) or SOURCE. Raises
    `InvalidInput` for what is no text that a person can read in an editor."""
    try:
        octets = read_regular(path, MAX_TEXT_OCTETS, "the seed text")
    except InvalidInput as fault:
        if fault.code == "file.missing":
            fault.what = "no such file"
            fault.hint = "SOURCE is a case folder, a seed text file or a URL with http(s)://"
            if option:
                fault.hint = "--text names a file that holds the text"
            elif like_a_url(str(path)):
                fault.hint = f"did you mean https://{path}?"
        raise
    for start, what in _NO_TEXTS.items():
        if octets.startswith(start):
            raise InvalidInput(
                "seed.package", f"this is {what}, not a seed text", where=str(path), hint=_SAVE
            )
    return octets
