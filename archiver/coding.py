"""Content codings undone (part of `archiver-compare-1`), bounded and in linear time."""

from __future__ import annotations

import zlib
from contextlib import suppress

from archiver.http1 import Head

MAX_OCTETS = 6 << 20  # of a body, with its codings and without; a larger one is not read
_MAX_CODINGS = 8
_MAX_MEMBERS = 64  # of a gzip stream
_INFLATE_STEP = 1 << 16


def decoded(entity: bytes, head: Head) -> bytes | str:
    """The body without its codings (RFC 9110 §8.4, RFC 9112 §6.1), bounded; of a stream that
    was cut or broke, what came before. A word where there is none: `undecodable`, `too_large`."""
    codings = [
        coding
        for name in ("content-encoding", "transfer-encoding")
        for value in head.values(name)
        for word in value.split(",")
        if (coding := word.strip().lower()) not in ("", "identity", "chunked")
    ]
    if len(codings) > _MAX_CODINGS:
        return "undecodable"
    for coding in reversed(codings):
        decoded = _inflated(entity, coding)
        if decoded is None:
            return "undecodable"
        if len(decoded) > MAX_OCTETS:
            return "too_large"
        entity = decoded
    return entity


def _inflated(entity: bytes, coding: str) -> bytes | None:
    if not entity:
        return entity
    if coding in ("gzip", "x-gzip"):
        return _stream(entity, 31, _MAX_MEMBERS)
    if coding != "deflate":
        return None
    # "deflate" is zlib on paper and often raw deflate in practice (RFC 9110 §8.4.1.2).
    whole = _stream(entity, 15, 1)
    return _stream(entity, -15, 1) if whole is None else whole


def _stream(entity: bytes, window: int, members: int) -> bytes | None:
    """What can be had of a compressed stream, up to an octet beyond the bound; None where
    not even a beginning can."""
    made = bytearray()
    inflater = zlib.decompressobj(window)
    position = 0
    while position < len(entity) and len(made) <= MAX_OCTETS:
        piece = entity[position : position + _INFLATE_STEP]
        position += len(piece)
        before = inflater.copy()
        try:
            made += inflater.decompress(piece, MAX_OCTETS + 1 - len(made))
        except zlib.error:
            made += _until_broken(before, piece)
            return bytes(made) if made else None
        if inflater.eof:
            position -= len(inflater.unused_data)
            members -= 1
            if not members or entity[position : position + 2] != b"\x1f\x8b":
                break
            inflater = zlib.decompressobj(window)
    return bytes(made)


def _until_broken(inflater: zlib._Decompress, piece: bytes) -> bytes:
    """What a piece of a stream gives before the octet that breaks it."""
    made = bytearray()
    with suppress(zlib.error):
        for at in range(len(piece)):
            made += inflater.decompress(piece[at : at + 1])
    return bytes(made)
