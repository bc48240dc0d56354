"""The signature in a package: the one form, and every forgery of it."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from archiver.attest.p384 import ORDER
from archiver.attest.trust import Known, Revoked, Trust
from archiver.case.schemas import faults
from archiver.digest import Digest
from archiver.ownwords import SOFTWARE
from archiver.package.derive import ASSESSED, DATAPACKAGE, DIGEST, MEDIA_TYPES
from archiver.report.words import verdict_sentence
from archiver.verify.checks import CHECK_NAMES, examine
from archiver.verify.report import Report
from tests.attest.signers import (
    OURS,
    THEIRS,
    halves,
    identity,
    joined,
    key,
    resigned,
    signature_of,
    signed_package,
    trusting,
)
from tests.attest.test_p384 import WRONG_KEYS
from tests.verify import test_forged_capture, test_forged_files
from tests.verify.forge import Files, document, opened, sealed, zipped
from tests.verify.scenes import SCENES, STATES, package

SIGNED = signed_package("captured")
FORGERIES = test_forged_files.FORGERIES | test_forged_capture.FORGERIES


def report(octets: bytes, trust: Trust | None = None) -> Report:
    done = examine(io.BytesIO(octets), "x.wacz", SOFTWARE, trust or trusting(OURS))
    assert not [p for one in done.checks for p in one.problems if p.rule == "unexpected"], done
    return done


def failed(octets: bytes) -> str | None:
    return next((one.name for one in report(octets).checks if one.status == "failed"), None)


@pytest.mark.parametrize("state", STATES)
def test_signed_by_a_trusted_key_is_verified(state: str) -> None:
    octets = signed_package(state)
    done = report(octets)
    assert (done.verdict, int(done.exit)) == ("verified", 0)
    listed = tuple(name for name in CHECK_NAMES if name != "handshakes")
    assert tuple(one.name for one in done.checks if one.name != "handshakes") == listed
    assert done.id == report(package(state)).id
    digest = json.loads(opened(octets)[DIGEST])
    assert faults(digest, "datapackage-digest.schema.json") == ()
    assert set(digest) == {"hash", "path", "signedData"}
    assert set(digest["signedData"]) == {
        *("created", "hash", "publicKey", "signature", "software", "version")
    }


@pytest.mark.parametrize("state", STATES)
def test_same_package_same_key_same_octets_and_off_again(state: str) -> None:
    signed_package.cache_clear()
    once = signed_package(state)
    signed_package.cache_clear()
    assert signed_package(state) == once
    files = document(opened(once), DIGEST, lambda one: one.pop("signedData"))
    assert zipped(files) == package(state)


@pytest.mark.parametrize(
    ("trust", "cause", "words"),
    [
        (trusting(OURS), None, "Signer: your own key us, sha256:"),
        (trusting(OURS, own=False), None, "Signer: us, whose key sha256:"),
        (trusting(THEIRS), "unknown_key", "Signer: unknown key sha256:"),
        (Trust(), "unknown_key", "Signer: unknown key sha256:"),
        (
            Trust(
                (
                    *trusting(OURS).known,
                    Known(
                        fingerprint=OURS.public.fingerprint,
                        name="x",
                        revoked=Revoked(since="2026-01-01T00:00:00Z", reason="stolen"),
                    ),
                )
            ),
            "revoked_key",
            "revoked since 2026-01-01T00:00:00Z: stolen",
        ),
    ],
)
def test_whose_key_it_is(trust: Trust, cause: str | None, words: str) -> None:
    done = report(SIGNED, trust)
    assert (done.verdict, done.cause) == ("untrusted" if cause else "verified", cause)
    sentence = verdict_sentence(done)
    assert words in sentence
    assert str(OURS.public.fingerprint) in sentence
    assert "anyone could have made" not in sentence
    assert "anyone could have made" in verdict_sentence(report(package("captured"), trust))


def test_another_versions_package_has_a_signer_and_is_not_rebuilt() -> None:
    built = replace(SCENES["captured"], software="archiver 9.9.9").built()
    listed = built.document(DATAPACKAGE)
    from archiver.attest.signed import signed_data

    out = io.BytesIO()
    built.with_signature(signed_data(built.id, listed or {}, OURS)).write(out)
    done = report(out.getvalue())
    assert (done.verdict, done.cause) == ("untrusted", "not_rebuilt")
    assert [one.standing for one in done.signers] == ["own"]


# --- A genuine signature on something else


def transplanted(forged: bytes, **members: Any) -> bytes:
    """A forged package with our genuine signature of the right one."""
    data = json.loads(opened(SIGNED)[DIGEST])["signedData"] | members
    return zipped(document(opened(forged), DIGEST, lambda one: one.update(signedData=data)))


@pytest.mark.parametrize("path", sorted({*MEDIA_TYPES, DATAPACKAGE} & set(opened(SIGNED))))
def test_on_no_package_with_one_file_edited(path: str) -> None:
    """One octet of each content file, every digest made right, the signature kept."""
    files = opened(SIGNED)
    octets = files[path]
    for at in {0, len(octets) // 3, len(octets) // 2, len(octets) - 2}:
        changed = octets[:at] + bytes([octets[at] ^ 1]) + octets[at + 1 :]
        for forged in _made_right(files | {path: changed}):
            if forged == package("captured"):
                continue  # the list of digests made anew is the genuine one
            moved = transplanted(forged)
            assert report(moved).verdict == "refused"
            for member in ({"hash": str(identity(moved))}, {"created": "2026-03-14T12:00:01Z"}):
                assert report(transplanted(forged, **member)).verdict == "refused"


def _made_right(files: Files) -> list[bytes]:
    """The manifests made anew, as far as they can still be read."""
    from contextlib import suppress

    made = [zipped(files)]
    with suppress(ValueError):
        made.append(sealed(files))
    return made


# Those that forge nothing but the signature are whole again with a genuine one.
UNSIGNED = [one for one in FORGERIES if one not in ("signature", "digest-empty-signature")]


@pytest.mark.parametrize("name", UNSIGNED)
def test_on_no_forgery(name: str) -> None:
    state, _, forge = FORGERIES[name]
    forged = forge(opened(package(state)))
    data = json.loads(opened(signed_package(state))[DIGEST])["signedData"]
    try:
        moved = document(opened(forged), DIGEST, lambda one: one.update(signedData=data))
    except (ValueError, KeyError):
        return  # no second manifest that a signature could stand in
    assert report(zipped(moved)).verdict == "refused"
    if DATAPACKAGE not in moved:
        return  # then there is no id that could be signed
    right = data | {"hash": str(identity(zipped(moved)))}
    moved = document(opened(forged), DIGEST, lambda one: one.update(signedData=right))
    assert report(zipped(moved)).verdict == "refused"


@pytest.mark.parametrize("state", [one for one in STATES if one != "captured"])
def test_on_no_other_genuine_package(state: str) -> None:
    moved = transplanted(package(state))
    assert failed(moved) == "signature"
    assert failed(transplanted(package(state), hash=str(identity(moved)))) == "signature"


def test_an_edit_that_leaves_all_else_right_is_an_unsigned_package_at_best() -> None:
    """Opinion is free to be anything: only the signature holds it."""
    files = document(
        opened(package("captured")), ASSESSED, lambda one: one["review"].update(state="second_read")
    )
    forged = sealed(files)
    assert report(forged).cause == "unsigned"
    assert failed(transplanted(forged)) == "signature"


# --- Everything that is nearly a signature

FILES = opened(SIGNED)
RAW = signature_of(SIGNED)
R, S = halves(RAW)
MESSAGE = str(identity(SIGNED)).encode()


def b64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


def by(curve: ec.EllipticCurve, hashed: hashes.HashAlgorithm, size: int) -> dict[str, str]:
    """A right signature by a key on a curve, with a hash."""
    from cryptography.hazmat.primitives import serialization

    secret = ec.derive_private_key(0xABC, curve)
    r, s = decode_dss_signature(secret.sign(MESSAGE, ec.ECDSA(hashed, deterministic_signing=True)))
    order = ORDER if isinstance(curve, ec.SECP384R1) else 1 << (8 * size + 1)
    spki = secret.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return {"publicKey": b64(spki), "signature": b64(joined(r, min(s, order - s), size))}


def over(message: bytes, hashed: str = "sha256") -> dict[str, str]:
    return {"signature": b64(OURS.sign(message, hashed))}


DOMAIN = {"domain": "x.example", "domainCert": "x", "timeSignature": "x", "timestampCert": "x"}
MEMBERS: dict[str, dict[str, Any]] = {
    "their key, our signature": {"publicKey": b64(THEIRS.public.spki)},
    "our key, their signature": {"signature": b64(THEIRS.sign(MESSAGE, "sha256"))},
    "DER": {"signature": b64(encode_dss_signature(R, S))},
    "the higher s": {"signature": b64(joined(R, ORDER - S))},
    "r is 0": {"signature": b64(joined(0, S))},
    "s is 0": {"signature": b64(joined(R, 0))},
    "r is n": {"signature": b64(joined(ORDER, S))},
    "s is n": {"signature": b64(joined(R, ORDER))},
    "zeros": {"signature": b64(bytes(96))},
    "cut": {"signature": b64(RAW[:-1])},
    "longer": {"signature": b64(RAW + b"\0")},
    "empty": {"signature": ""},
    "no text": {"signature": 1},
    "null": {"signature": ["x"]},
    "a list": {"signature": [b64(RAW)]},
    "base64 with a line feed": {"signature": b64(RAW) + "\n"},
    "base64 with a blank": {"signature": " " + b64(RAW)},
    "base64 without all its digits": {"signature": b64(RAW)[:-1]},
    "base64 for addresses": {"signature": base64.urlsafe_b64encode(b"\xff" * 96).decode()},
    "hex": {"signature": RAW.hex()},
    "not ASCII": {"signature": "é" * 128},
    "P-256": by(ec.SECP256R1(), hashes.SHA256(), 32),
    "P-521": by(ec.SECP521R1(), hashes.SHA256(), 66),
    "secp256k1": by(ec.SECP256K1(), hashes.SHA256(), 32),
    "brainpool": by(ec.BrainpoolP384R1(), hashes.SHA256(), 48),
    "SHA-384": by(ec.SECP384R1(), hashes.SHA384(), 48),
    "SHA-512": by(ec.SECP384R1(), hashes.SHA512(), 48),
    "SHA-1": by(ec.SECP384R1(), hashes.SHA1(), 48),
    "over the octets of the digest": over(bytes.fromhex(identity(SIGNED).hex)),
    "over the hex alone": over(identity(SIGNED).hex.encode()),
    "over datapackage.json": over(FILES[DATAPACKAGE]),
    "over the message and a line feed": over(MESSAGE + b"\n"),
    "over another id": over(str(Digest.of(b"x")).encode()),
    "over nothing": over(b""),
    "created later": {"created": "2026-03-14T12:00:01Z"},
    "created with a fraction": {"created": "2026-03-14T12:00:00.000Z"},
    "created elsewhere": {"created": "2026-03-14T12:00:00+00:00"},
    "no created": {"created": None},
    "another hash": {"hash": str(Digest.of(b"x"))},
    "hash without its prefix": {"hash": identity(SIGNED).hex},
    "hash in capitals": {"hash": str(identity(SIGNED)).upper()},
    "another software": {"software": "archiver 9.9.9"},
    "another version": {"version": "0.2.0"},
    "no version": {"version": None},
    "no key": {"publicKey": None},
    "no signature": {"signature": None},
    "an unknown member": {"note": "x"},
    "an algorithm": {"algorithm": "none"},
    "both forms": DOMAIN,
    "the domain form": {**DOMAIN, "publicKey": None},
    "one member of the other form": {"domain": "x.example"},
    **{f"key: {name}": {"publicKey": b64(octets)} for name, octets in WRONG_KEYS.items()},
}


@pytest.mark.parametrize("name", MEMBERS)
def test_nearly_a_signature(name: str) -> None:
    octets = resigned(FILES, **MEMBERS[name])
    done = report(octets, trusting(OURS, THEIRS, key(0xABC)))
    refused = next(one for one in done.checks if one.status == "failed")
    assert (done.verdict, refused.name) == ("refused", "signature")
    assert refused.problems[0].where.startswith("datapackage-digest.json signedData")
    assert done.signers == ()
    assert [one.status for one in done.checks if one.name == "warc"] == ["skipped"]


def whole(change: Callable[[dict[str, Any]], object]) -> bytes:
    return zipped(document(FILES, DIGEST, change))


DATA = json.loads(FILES[DIGEST])["signedData"]
OTHER_FORMS: dict[str, tuple[bytes, str]] = {
    "null": (whole(lambda one: one.update(signedData=None)), "signature"),
    "empty": (whole(lambda one: one.update(signedData={})), "signature"),
    "text": (whole(lambda one: one.update(signedData="x")), "signature"),
    "two of them": (whole(lambda one: one.update(signedData=[DATA, DATA])), "signature"),
    "a list of one": (whole(lambda one: one.update(signedData=[DATA])), "signature"),
    "a second beside it": (whole(lambda one: one.update(signedData2=DATA)), "manifest"),
    "flat": (whole(lambda one: one.update(one.pop("signedData"))), "manifest"),
    "twice in JSON": (
        zipped(
            FILES
            | {
                DIGEST: FILES[DIGEST].replace(
                    b'  "signedData"', b'  "signedData": {},\n  "signedData"'
                )
            }
        ),
        "manifest",
    ),
    "on one line": (
        zipped(FILES | {DIGEST: json.dumps(json.loads(FILES[DIGEST])).encode()}),
        "manifest",
    ),
    "hash of another": (whole(lambda one: one.update(hash=str(Digest.of(b"x")))), "manifest"),
    "path of another": (whole(lambda one: one.update(path="x.json")), "manifest"),
}


@pytest.mark.parametrize("name", OTHER_FORMS)
def test_another_form_of_the_file(name: str) -> None:
    octets, check = OTHER_FORMS[name]
    assert failed(octets) == check


def test_every_flipped_bit_of_the_signed_manifest() -> None:
    """And so of the signature and the key in it."""
    where = SIGNED.rindex(FILES[DIGEST])
    for at in range(where, where + len(FILES[DIGEST])):
        for bit in range(0, 8, 3):
            octets = bytearray(SIGNED)
            octets[at] ^= 1 << bit
            assert report(bytes(octets)).verdict == "refused"
            # And with the ZIP's own sums made right.
            content = bytes(octets[where : where + len(FILES[DIGEST])])
            assert report(zipped(FILES | {DIGEST: content})).verdict == "refused"
