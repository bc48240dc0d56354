"""Trees, paths and proofs against the definitions in RFC 6962 and the checks of RFC 9162."""

from __future__ import annotations

import hashlib

import pytest

from archiver.attest import merkle
from archiver.attest.merkle import Growing, leaf_hash
from tests.attest import independent

LEAVES = [b"", b"\x00", b"\x10", *(f"line {n}".encode() for n in range(3, 70))]
NODES: dict[tuple[int, int], bytes] = {}
ROOTS = [hashlib.sha256().digest()]
_growing = Growing()
for _octets in LEAVES:
    _growing.add(leaf_hash(_octets), lambda level, at, whole: NODES.update({(level, at): whole}))
    ROOTS.append(_growing.root())


def node(level: int, at: int) -> bytes:
    return NODES[level, at]


def test_roots_known_elsewhere() -> None:
    # Of the empty tree and of one empty leaf, as every log of certificates has them.
    assert Growing().root().hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    assert ROOTS[1].hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
def test_a_tree_of_any_size(size: int) -> None:
    root = independent.tree(LEAVES[:size])
    assert ROOTS[size] == merkle.root(node, size) == root
    assert Growing(size, node).root() == root
    if size < len(LEAVES):
        again = Growing(size, node)
        again.add(leaf_hash(LEAVES[size]))
        assert again.root() == ROOTS[size + 1]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 64, 65, 69])
def test_every_leaf_is_included_and_no_other_one(size: int) -> None:
    for at in range(size):
        path = merkle.inclusion(node, at, size)
        leaf = leaf_hash(LEAVES[at])
        assert merkle.root_by_inclusion(leaf, at, size, path) == ROOTS[size]
        assert merkle.root_by_inclusion(leaf_hash(b"other"), at, size, path) != ROOTS[size]
        for other in range(size):
            if other != at:
                assert merkle.root_by_inclusion(leaf, other, size, path) != ROOTS[size]
        for wrong in ([*path, leaf], path[:-1]) if path else ([leaf],):
            assert merkle.root_by_inclusion(leaf, at, size, wrong) != ROOTS[size]
    assert merkle.root_by_inclusion(leaf_hash(b""), size, size, []) is None


def test_every_tree_goes_on_from_every_earlier_one() -> None:
    for new in range(1, len(LEAVES) + 1):
        for old in range(1, new + 1):
            path = merkle.consistency(node, old, new)
            assert independent.goes_on(old, ROOTS[old], new, ROOTS[new], path)
            assert not independent.goes_on(old, ROOTS[old - 1], new, ROOTS[new], path)
            if old < new:
                assert not independent.goes_on(old, ROOTS[old], new, ROOTS[new - 1], path)
