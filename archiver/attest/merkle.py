"""Merkle trees as certificate transparency has them (RFC 6962 §2.1), over SHA-256.

`node(level, at)` stands everywhere for the hash of a whole subtree: of the leaves from
`at << level` on, `1 << level` of them. A tree of any size is put together from such subtrees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

Node = Callable[[int, int], bytes]
Whole = Callable[[int, int, bytes], None]  # level, place, hash
EMPTY = hashlib.sha256().digest()  # the root of no leaves


def leaf_hash(octets: bytes) -> bytes:
    """The hash of a leaf (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\x00" + octets).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Growing:
    """A tree that leaves are added to: only the whole subtrees on its right edge are kept."""

    def __init__(self, size: int = 0, node: Node | None = None) -> None:
        self.size = size
        self._edge: list[bytes] = []
        if size:
            assert node is not None  # noqa: S101 - a tree that has leaves already is found by them
            self._edge = [node(level, at) for level, at in _subtrees(0, size)]

    def add(self, leaf: bytes, whole: Whole | None = None) -> None:
        """Add a leaf by its hash. `whole` is told each subtree that is whole by it."""
        found, level, at = leaf, 0, self.size
        if whole is not None:
            whole(level, at, found)
        while at & 1:
            found, level, at = node_hash(self._edge.pop(), found), level + 1, at >> 1
            if whole is not None:
                whole(level, at, found)
        self._edge.append(found)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        return _joined(self._edge)


def root(node: Node, size: int) -> bytes:
    """The root over the first `size` leaves."""
    return _over(node, 0, size) if size else EMPTY


def inclusion(node: Node, at: int, size: int) -> list[bytes]:
    """The audit path of a leaf in the tree of the first `size` (RFC 6962 §2.1.1)."""
    path, first, end = [], 0, size
    while end - first > 1:
        middle = first + _split(end - first)
        if at < middle:
            path.append(_over(node, middle, end))
            end = middle
        else:
            path.append(_over(node, first, middle))
            first = middle
    return path[::-1]


def consistency(node: Node, old: int, size: int) -> list[bytes]:
    """That the tree of the first `old` leaves is the start of that of `size` (§2.1.2)."""
    if old in (0, size):
        return []
    path, first, end, whole = [], 0, size, True
    while old != end:
        middle = first + _split(end - first)
        if old <= middle:
            path.append(_over(node, middle, end))
            end = middle
        else:
            path.append(_over(node, first, middle))
            first, whole = middle, False
    if not whole:
        path.append(_over(node, first, end))
    return path[::-1]


def root_by_inclusion(leaf: bytes, at: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an audit path leads to (RFC 9162 §2.1.3.2); None where it fits no tree."""
    if at >= size:
        return None
    here, last, found = at, size - 1, leaf
    for other in path:
        if last == 0:
            return None
        if here & 1 or here == last:
            found = node_hash(other, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, other)
        here, last = here >> 1, last >> 1
    return found if last == 0 else None


def _over(node: Node, first: int, end: int) -> bytes:
    return _joined([node(level, at) for level, at in _subtrees(first, end)])


def _joined(edge: Sequence[bytes]) -> bytes:
    if not edge:
        return EMPTY
    found = edge[-1]
    for left in reversed(edge[:-1]):
        found = node_hash(left, found)
    return found


def _subtrees(first: int, end: int) -> Iterator[tuple[int, int]]:
    """The largest whole subtrees that make up a stretch of leaves, from the left. The stretch
    begins where a subtree of its size may."""
    while first < end:
        level = (end - first).bit_length() - 1
        yield level, first >> level
        first += 1 << level


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
