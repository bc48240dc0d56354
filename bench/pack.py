"""Makes a package of what `sample.py make` wrote, as `archiver capture` does once the network
is done, and waits until it is on the disk: `pack.py FOLDER OUT`.

It imports what packing takes and nothing more.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from archiver import canonical
from archiver.capturejson import from_document
from archiver.package.build import build


def pack(folder: Path, package: Path) -> None:
    """Make the package."""
    capture, claimed, assessed = (
        canonical.read((folder / f"{name}.json").read_bytes(), name)
        for name in ("capture", "claimed", "assessed")
    )
    # Open for writing too, as the spool of a capture is.
    with (folder / "x.warc").open("r+b") as archive, package.open("wb") as out:
        build(
            archive=archive,
            observation=from_document(capture),
            claimed=claimed,
            assessed=assessed,
            seed=(folder / "seed.txt").read_bytes(),
            seed_document=None,
            created=capture["ended"],
        ).write(out)
        out.flush()
        os.fsync(out.fileno())


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]))
