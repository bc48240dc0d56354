"""`warcio` as the second, independent reader: both see the same records, or nothing is sealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from archiver.errors import InvalidInput
from archiver.openfile import CHUNK
from archiver.warc import Record

# Id, type, URI, octets of the block and their digest, as a reader sees them.
Seen = tuple[str, str, str | None, int, str]


def read_back(archive: BinaryIO) -> list[Seen]:
    """What `warcio` reads in a WARC file. Raises `InvalidInput` where it cannot."""
    from hashlib import sha256

    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    archive.seek(0)
    found: list[Seen] = []
    try:
        for one in ArchiveIterator(archive, no_record_parse=True, block_size=CHUNK):
            digest = sha256()
            size = 0
            while piece := one.raw_stream.read(CHUNK):
                digest.update(piece)
                size += len(piece)
            fields = one.rec_headers
            found.append(
                (
                    fields.get_header("WARC-Record-ID"),
                    one.rec_type,
                    fields.get_header("WARC-Target-URI"),
                    size,
                    f"sha256:{digest.hexdigest()}",
                )
            )
    except (ArchiveLoadFailed, OSError, ValueError) as fault:
        raise _differs(f"it stops: {type(fault).__name__}") from fault
    return found


def check_alike(records: Iterable[Record], theirs: list[Seen]) -> None:
    """Raise `InvalidInput` where number, order, ids, types, URIs, sizes or digests differ."""
    ours = [
        (f"<{one.id}>", one.type, one.uri, one.length, str(one.block_digest)) for one in records
    ]
    if theirs != ours:
        raise _differs("it sees other records")


def _differs(what: str) -> InvalidInput:
    return InvalidInput(
        "package.read_back",
        f"a second reader (warcio) does not read the WARC as we do: {what}",
        hint="nothing was sealed; please report this with the URL",
    )
