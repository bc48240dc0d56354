"""The one digest type: SHA-256, printed as `sha256:<hex>`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

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
