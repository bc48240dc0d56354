"""`export`: what a package says, in a form that others read. Nothing goes into the package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archiver.custody.disk import write_beside
from archiver.errors import InvalidInput
from archiver.package.container import measured
from archiver.report.formats import FORMATS
from archiver.report.sealed import Sealed
from archiver.verbs.beside import cosigned
from archiver.verbs.reading import believed


@dataclass(frozen=True, kw_only=True, slots=True)
class Exported:
    """An export of the package with this id. `written` tells whether a file was made: not
    where none was asked for, nor where it stood there already with these octets."""

    package: str
    id: str
    to: str
    media_type: str
    octets: bytes
    written: bool


def export(package: Path | str, to: str, output: Path | str | None = None) -> Exported:
    """Write a package's content in another form, `to` a name of `FORMATS`.

    It follows from the package, its file's name and what stands beside it. Raises `Refused` where
    any of it does not verify, `InvalidInput` for what is no package or no format,
    `StorageFailed` where `output` cannot be written or is another file.
    """
    if to not in FORMATS:
        raise InvalidInput(
            "export.format", f"no such format: {to}", hint=f"one of {', '.join(FORMATS)}"
        )
    chosen = FORMATS[to]
    with believed(Path(package)) as found:
        whole = measured("", found.source, 0, found.source.size())
        sealed = Sealed(
            name=Path(package).name,
            size=whole.size,
            digest=whole.digest,
            package=found.package,
            primary=found.primary,
            cosigned=cosigned(found.report, Path(package)),
            stamps=found.report.stamps,
        )
        octets = chosen.write(sealed).encode("ascii")
    return Exported(
        package=str(package),
        id=str(found.package.id),
        to=to,
        media_type=chosen.media_type,
        octets=octets,
        written=output is not None and write_beside(Path(output), octets),
    )
