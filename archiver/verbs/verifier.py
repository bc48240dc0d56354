"""The page with which somebody verifies a package in a browser, without this program."""

from __future__ import annotations

from pathlib import Path

from archiver import faults, ownwords
from archiver.case.codes import COUNTRIES, LANGUAGES
from archiver.case.schemas import schema_octets
from archiver.errors import StorageFailed
from archiver.observation import DEFAULT_CONTROLS
from archiver.report import browser
from archiver.report.browser import SCHEMAS, SOURCES, Known, verifier
from archiver.report.explained import EXPLAINED
from archiver.verify.checks import PROVES

_FOLDER = Path(browser.__file__).parent


def verifier_page() -> bytes:
    """`verify.html` of this version: always the same octets.

    Raises `StorageFailed` where its sources are not there: then the installation is broken.
    """
    known = Known(
        software=ownwords.SOFTWARE,
        schemas={name: schema_octets(f"{name}.schema.json").decode("utf-8") for name in SCHEMAS},
        languages=sorted(LANGUAGES),
        countries=sorted(COUNTRIES),
        controls=DEFAULT_CONTROLS,
        faults=faults.listed(),
        checks={name: (PROVES.get(name, ""), words) for name, words in EXPLAINED.items()},
    )
    return verifier({name: _source(name) for name in SOURCES}, known)


def _source(name: str) -> str:
    try:
        return (_FOLDER / name).read_text(encoding="utf-8")
    except OSError:
        raise StorageFailed(
            "verifier.missing",
            f"{name}, a part of verify.html, is not part of this installation",
            hint="install archiver again",
        ) from None
