"""ECDSA on P-384: the vectors of RFC 6979, and every value that is no signature."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from archiver.attest.p384 import ORDER, SPKI_HEAD, PublicKey, SigningKey, public_key
from archiver.errors import InvalidInput
from tests.attest.signers import OURS, THEIRS, halves, joined, key
from tests.tools import tool

MESSAGE = b"sha256:" + b"0" * 64
RIGHT = OURS.sign(MESSAGE, "sha256")
R, S = halves(RIGHT)

# RFC 6979 §A.2.6: the key, and r and s for two messages under two hashes.
RFC_KEY = SigningKey(
    ec.derive_private_key(
        int(
            "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D8"
            "96D5724E4C70A825F872C9EA60D2EDF5",
            16,
        ),
        ec.SECP384R1(),
    )
)
RFC_VECTORS = {
    ("sample", "sha256"): (
        "21B13D1E013C7FA1392D03C5F99AF8B30C570C6F98D4EA8E354B63A21D3DAA33"
        "BDE1E888E63355D92FA2B3C36D8FB2CD",
        "F3AA443FB107745BF4BD77CB3891674632068A10CA67E3D45DB2266FA7D1FEEB"
        "EFDC63ECCD1AC42EC0CB8668A4FA0AB0",
    ),
    ("sample", "sha384"): (
        "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C"
        "81A648152E44ACF96E36DD1E80FABE46",
        "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94F"
        "A329C145786E679E7B82C71A38628AC8",
    ),
    ("test", "sha256"): (
        "6D6DEFAC9AB64DABAFE36C6BF510352A4CC27001263638E5B16D9BB51D451559"
        "F918EEDAF2293BE5B475CC8F0188636B",
        "2D46F3BECBCC523D5F1A1256BF0C9B024D879BA9E838144C8BA6BAEB4B53B47D"
        "51AB373F9845C0514EEFB14024787265",
    ),
    ("test", "sha384"): (
        "8203B63D3C853E8D77227FB377BCF7B7B772E97892A80F36AB775D509D7A5FEB"
        "0542A7F0812998DA8F1DD3CA3CF023DB",
        "DDD0760448D42D8A43AF45AF836FCE4DE8BE06B485E9B61B827C2F13173923E0"
        "6A739F040649A667BF3B828246BAA5A5",
    ),
}


@pytest.mark.parametrize(("message", "hashed"), RFC_VECTORS)
def test_the_vectors_of_rfc_6979_with_the_lower_s(message: str, hashed: str) -> None:
    r, s = (int(one, 16) for one in RFC_VECTORS[message, hashed])
    signature = RFC_KEY.sign(message.encode(), hashed)
    assert halves(signature) == (r, min(s, ORDER - s))
    assert RFC_KEY.public.verifies(signature, message.encode(), hashed)


def test_one_key_one_message_one_signature() -> None:
    for number in range(1, 60):
        message = str(number).encode()
        signature = key(number).sign(message, "sha256")
        assert signature == key(number).sign(message, "sha256")
        assert halves(signature)[1] <= ORDER // 2
        assert key(number).public.verifies(signature, message, "sha256")
        assert not key(number + 1).public.verifies(signature, message, "sha256")


def der(signature: bytes) -> bytes:
    return encode_dss_signature(*halves(signature))


P = 2**384 - 2**128 - 2**96 + 2**32 - 1
WRONG = {
    "empty": b"",
    "zeros": bytes(96),
    "r is 0": joined(0, S),
    "s is 0": joined(R, 0),
    "r is 1, s is 1": joined(1, 1),
    "r is n": joined(ORDER, S),
    "s is n": joined(R, ORDER),
    "r is n - 1": joined(ORDER - 1, S),
    "r and s are n": joined(ORDER, ORDER),
    "r + n": joined(R + ORDER, S) if R + ORDER < 1 << 384 else joined((1 << 384) - 1, S),
    "s + n": joined(R, S + ORDER) if S + ORDER < 1 << 384 else joined(R, (1 << 384) - 1),
    "r is p": joined(P, S),
    "r is p - n": joined(P - ORDER, S),
    "all ones": b"\xff" * 96,
    "the higher s": joined(R, ORDER - S),
    "negative r": joined(ORDER - R, S),
    "s just above the half": joined(R, ORDER // 2 + 1),
    "s and r": joined(S, R),
    "cut by one": RIGHT[:-1],
    "one too many": RIGHT + b"\0",
    "one in front": b"\0" + RIGHT,
    "half": RIGHT[:48],
    "twice": RIGHT * 2,
    "DER": der(RIGHT),
    "DER, filled up": der(RIGHT).ljust(96, b"\0")[:96],
    "of P-256's size": joined(R >> 128, S >> 128, 32),
    "of P-521's size": joined(R, S, 66),
    "another key's": THEIRS.sign(MESSAGE, "sha256"),
    "another message's": OURS.sign(MESSAGE[:-1] + b"1", "sha256"),
    "another hash's": OURS.sign(MESSAGE, "sha384"),
    "ASCII": RIGHT.hex().encode(),
}


@pytest.mark.parametrize("name", WRONG)
def test_values_that_are_no_signature(name: str) -> None:
    assert OURS.public.verifies(RIGHT, MESSAGE, "sha256")
    assert not OURS.public.verifies(WRONG[name], MESSAGE, "sha256")


@pytest.mark.parametrize("hashed", [hashes.SHA1, hashes.SHA384, hashes.SHA512])
def test_signatures_with_another_hash(hashed: type[hashes.HashAlgorithm]) -> None:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    r, s = decode_dss_signature(OURS.secret.sign(MESSAGE, ec.ECDSA(hashed())))
    assert not OURS.public.verifies(joined(r, min(s, ORDER - s)), MESSAGE, "sha256")


def test_every_flipped_bit_of_a_signature_and_a_key() -> None:
    for at in range(96):
        for bit in range(8):
            octets = bytearray(RIGHT)
            octets[at] ^= 1 << bit
            assert not OURS.public.verifies(bytes(octets), MESSAGE, "sha256")
    for at in range(len(OURS.public.spki)):
        octets = bytearray(OURS.public.spki)
        octets[at] ^= 1
        with pytest.raises(InvalidInput):
            public_key(bytes(octets))


def _spki(curve: ec.EllipticCurve, compressed: bool = False) -> bytes:
    public = ec.derive_private_key(7, curve).public_key()
    if compressed:
        point = public.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint
        )
        return b"0F" + SPKI_HEAD[2:20] + b"\x03\x32\0" + point
    return _der(public)


def _der(public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey) -> bytes:
    return public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


WRONG_KEYS = {
    "empty": b"",
    "P-256": _spki(ec.SECP256R1()),
    "P-521": _spki(ec.SECP521R1()),
    "secp256k1": _spki(ec.SECP256K1()),
    "brainpool of the same size": _spki(ec.BrainpoolP384R1()),
    "compressed": _spki(ec.SECP384R1(), compressed=True),
    "Ed25519": _der(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()),
    "RSA": _der(rsa.generate_private_key(65537, 2048).public_key()),
    "the point at infinity": SPKI_HEAD[:-1] + b"\0",
    "zeros": SPKI_HEAD + bytes(96),
    "off the curve": SPKI_HEAD + joined(1, 1),
    "coordinates beyond the field": SPKI_HEAD + joined(P, P),
    "the point alone": OURS.public.point,
    "octets behind": OURS.public.spki + b"\0",
    "another head": b"\x30\x77" + OURS.public.spki[2:],
}


@pytest.mark.parametrize("name", WRONG_KEYS)
def test_keys_of_another_kind_or_form(name: str) -> None:
    with pytest.raises(InvalidInput, match="P-384"):
        public_key(WRONG_KEYS[name])


def test_openssl_agrees(tmp_path: Path) -> None:
    (tmp_path / "key.der").write_bytes(OURS.public.spki)
    (tmp_path / "message").write_bytes(MESSAGE)
    for name, right in {"right": RIGHT, "wrong": WRONG["another message's"]}.items():
        (tmp_path / name).write_bytes(der(right))
        words = [tool("openssl"), "dgst", "-sha256", "-keyform", "DER", "-verify", "key.der"]
        done = subprocess.run(
            [*words, "-signature", name, "message"], cwd=tmp_path, capture_output=True, check=False
        )
        assert (done.returncode == 0) == (name == "right")


def test_a_key_does_not_show_itself() -> None:
    secret = f"{OURS.secret.private_numbers().private_value:x}"
    for shown in (repr(OURS), str(OURS), repr(OURS.secret), repr(OURS.public)):
        assert secret not in shown.lower()
    assert isinstance(OURS.public, PublicKey)
    assert os.fsencode(str(OURS.public.fingerprint)).startswith(b"sha256:")
