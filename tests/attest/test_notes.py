"""Checkpoints and proofs: one form, one key, and nothing that was changed passes."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from archiver.attest import merkle, notes, tlog
from archiver.attest.merkle import Growing, leaf_hash
from archiver.attest.notes import LogSigningKey
from archiver.attest.tlog import Proof
from archiver.digest import Digest
from archiver.errors import InvalidInput
from tests.attest import independent


def key(number: int) -> LogSigningKey:
    return LogSigningKey(ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32))


OURS, THEIRS = key(1), key(2)
LINES = [f"line {n}".encode() for n in range(11)]
NODES = {}
TREE = Growing()
for _line in LINES:
    TREE.add(leaf_hash(_line), lambda level, at, whole: NODES.update({(level, at): whole}))
CHECKPOINT = tlog.sign_checkpoint(OURS, len(LINES), TREE.root())
AT = 6


def proof(at: int = AT) -> Proof:
    path = merkle.inclusion(lambda level, place: NODES[level, place], at, len(LINES))
    return Proof(line=LINES[at], at=at, path=tuple(path), checkpoint=CHECKPOINT)


def test_a_checkpoint_comes_back_and_others_read_it() -> None:
    octets = CHECKPOINT.note.encode()
    assert tlog.read_checkpoint(octets, OURS.public) == CHECKPOINT
    text = independent.text_of(CHECKPOINT.note, OURS.public.vkey)
    root = base64.b64encode(independent.tree(LINES)).decode()
    assert text == f"archiver/ledger/{OURS.public.id}\n11\n{root}\n"
    # The same tree, the same octets.
    assert tlog.sign_checkpoint(OURS, len(LINES), TREE.root()) == CHECKPOINT


def test_a_key_comes_back() -> None:
    assert notes.read_vkey(OURS.public.vkey) == OURS.public
    assert notes.read_vkey(f"{OURS.public.vkey}\n") == OURS.public
    assert notes.read_private(OURS.pem()).public == OURS.public
    der = ed25519.Ed25519PublicKey.from_public_bytes(OURS.public.octets).public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    assert OURS.public.fingerprint == Digest.of(der)


def test_every_changed_octet_of_a_checkpoint_is_refused() -> None:
    octets = CHECKPOINT.note.encode()
    for at in range(len(octets)):
        for changed in (octets[at] ^ 1, octets[at] ^ 0x80, 0x0A):
            other = octets[:at] + bytes([changed]) + octets[at + 1 :]
            if other != octets:
                with pytest.raises(InvalidInput):
                    tlog.read_checkpoint(other, OURS.public)
        with pytest.raises(InvalidInput):
            tlog.read_checkpoint(octets[:at], OURS.public)
    with pytest.raises(InvalidInput):
        tlog.read_checkpoint(octets, THEIRS.public)


@pytest.mark.parametrize(
    "text",
    [
        "archiver/ledger/0000000000000000\n11\n{root}\n",  # another log's, signed by us
        "{name}\n011\n{root}\n",
        "{name}\n-1\n{root}\n",
        "{name}\n11\n{root}\nextension\n",
        "{name}\n11\nAAAA\n",
        "{name}\n11\n\n{root}\n",
        "{name}\n11\n",
    ],
)
def test_what_is_signed_and_no_checkpoint_of_ours(text: str) -> None:
    root = base64.b64encode(TREE.root()).decode()
    note = OURS.sign(text.format(name=OURS.public.name, root=root))
    with pytest.raises(InvalidInput):
        tlog.read_checkpoint(note.encode(), OURS.public)


def test_signatures_of_witnesses_are_passed_over() -> None:
    text = CHECKPOINT.note.partition("\n\n")[0] + "\n"
    witness = THEIRS.sign(text).rpartition("\n\n")[2]
    for note in (
        CHECKPOINT.note + witness,
        CHECKPOINT.note.replace("\n\n", f"\n\n{witness}"),
    ):
        assert tlog.read_checkpoint(note.encode(), OURS.public).root == TREE.root()
    # But not one of ours that is wrong, whatever stands beside it.
    wrong = OURS.sign("another text\n").rpartition("\n\n")[2]
    with pytest.raises(InvalidInput):
        tlog.read_checkpoint((CHECKPOINT.note + wrong).encode(), OURS.public)
    with pytest.raises(InvalidInput):
        tlog.read_checkpoint((CHECKPOINT.note + witness * 64).encode(), OURS.public)


def test_a_proof_comes_back_for_every_line() -> None:
    for at in range(len(LINES)):
        octets = proof(at).octets()
        assert tlog.read_proof(octets, OURS.public) == proof(at)
        assert octets.startswith(b"c2sp.org/tlog-proof@v1\nextra ")


def test_every_changed_octet_of_a_proof_is_refused() -> None:
    octets = proof().octets()
    for at in range(len(octets)):
        other = octets[:at] + bytes([octets[at] ^ 1]) + octets[at + 1 :]
        with pytest.raises(InvalidInput):
            tlog.read_proof(other, OURS.public)
        with pytest.raises(InvalidInput):
            tlog.read_proof(octets[:at], OURS.public)
    with pytest.raises(InvalidInput):
        tlog.read_proof(octets, THEIRS.public)


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        ec.generate_private_key(ec.SECP384R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        ed25519.Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"x"),
        ),
    ],
)
def test_other_keys_are_refused(pem: bytes) -> None:
    with pytest.raises(InvalidInput) as fault:
        notes.read_private(pem)
    assert fault.value.code == "ledger.key"


def test_a_public_key_that_does_not_fit_its_name() -> None:
    name, mark, encoded = OURS.public.vkey.split("+", 2)
    other = THEIRS.public.vkey.split("+", 2)
    for line in (
        f"{name}+{mark}+{other[2]}",
        f"{name}+{other[1]}+{encoded}",
        f"{other[0]}+{mark}+{encoded}",
        f"{name}+{mark}",
        f"{name}+{mark}+{encoded} ",
        f"example.com/log+{mark}+{encoded}",
        "",
    ):
        with pytest.raises(InvalidInput):
            notes.read_vkey(line)
