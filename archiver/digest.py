"""The one digest type: SHA-256, printed as `sha256:<hex>`."""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import dataclass
from queue import Queue

from archiver.errors import InvalidInput

_SPELLING = re.compile(r"sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, order=True)
class Digest:
    """A SHA-256 value (FIPS 180-4). Equal by value; `str()` gives its one spelling."""

    hex: str

    @classmethod
    def of(cls, octets: bytes | bytearray) -> Digest:
        """The digest of these octets."""
        return cls(hashlib.sha256(octets).hexdigest())

    @classmethod
    def parse(cls, spelling: str) -> Digest:
        """Read `sha256:<64 lower-case hex>`. Raises `InvalidInput` on any other spelling."""
        match = _SPELLING.fullmatch(spelling)
        if match is None:
            raise InvalidInput("digest.spelling", "not a digest of the form sha256:<64 hex digits>")
        return cls(match[1])

    def __str__(self) -> str:
        return f"sha256:{self.hex}"


class LongDigest:
    """The digest of many octets, taken by a thread of its own: hashing large pieces does not
    hold the interpreter, so several digests of one stream use several cores.

    To be used in a `with`: the thread lives as long, whatever happens.
    """

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        # Few: whoever reads must not run ahead and fill the memory.
        self._pieces: Queue[bytes | None] = Queue(2)
        self._thread = threading.Thread(target=self._take)

    def __enter__(self) -> LongDigest:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._pieces.put(None)
        self._thread.join()

    def update(self, octets: bytes) -> None:
        """The next octets."""
        self._pieces.put(octets)

    def digest(self) -> Digest:
        """The digest of all octets, after the `with`."""
        return Digest(self._digest.hexdigest())

    def _take(self) -> None:
        while (piece := self._pieces.get()) is not None:
            self._digest.update(piece)
