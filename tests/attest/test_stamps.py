"""Time stamps: every bad answer refused, every good one accepted, with `openssl ts` beside."""

from __future__ import annotations

import datetime
import hashlib
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier

from archiver import der
from archiver.attest.chains import Root
from archiver.attest.stamps import Bounds, Judged, judge
from archiver.attest.tsp import MAX_OCTETS, write_request
from tests.tsa import (
    DAY,
    NOW,
    OIDS,
    TIME_STAMPING,
    YEAR,
    Issued,
    Reply,
    accuracy,
    algorithm,
    answering,
    attribute,
    by_sha1,
    chosen,
    clock,
    extension,
    issued,
    issuer_serial,
    key,
    leaf,
    name,
    revoking,
    root,
    signing_v1,
    signing_v2,
)

FILE = b"a sealed package"
NONCE = 0x7A11_5EED_0123_4567
REQUEST = write_request(hashlib.sha256(FILE).digest(), NONCE)
THEN = int(NOW.timestamp())
BOUNDS = Bounds(earliest=THEN - 60, now=THEN + 60)
SECOND = datetime.timedelta(seconds=1)
UNKNOWN = x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")


def digests(name: str) -> bytes:
    return hashlib.new(name, FILE).digest()


def judged(
    response: bytes,
    roots: tuple[Root, ...] | None = None,
    request: bytes | None = REQUEST,
    bounds: Bounds = BOUNDS,
) -> Judged:
    return judge(response, digests, chosen() if roots is None else roots, bounds, request)


def asked(rule: str, **more: bytes) -> bytes:
    """A request by other words than ours."""
    imprint = der.write(
        der.SEQUENCE, algorithm(OIDS[rule], null=False), der.write(der.OCTETS, digests(rule))
    )
    return der.write(der.SEQUENCE, der.write_integer(1), imprint, *more.values())


def between(**how: object) -> Issued:
    given = {"ca": True, "key_usage": ("key_cert_sign",), **how}
    return issued("Test Between", key("p256", 5), root(), **given)  # type: ignore[arg-type]


def through(middle: Issued) -> Reply:
    """A signer below an intermediate authority."""
    signer = leaf(by=middle)
    return Reply(signer=signer, brought=(signer.der, middle.der))


def with_root() -> Reply:
    signer = leaf()
    return Reply(signer=signer, brought=(root().der, signer.der))


def both_names() -> Reply:
    signer = leaf()
    return Reply(signer=signer, signing=signing_v1, more_attributes=(signing_v2(signer),))


GOOD: dict[str, Callable[[], Reply]] = {
    "plain": Reply,
    "rsa": lambda: Reply(signer=leaf("rsa2048")),
    "rsa, by the key's own name": lambda: Reply(
        signer=leaf("rsa2048"), signature_oid="1.2.840.113549.1.1.1"
    ),
    "rsa 3072, sha512": lambda: Reply(signer=leaf("rsa3072"), digest="sha512"),
    "p384, sha384": lambda: Reply(signer=leaf("p384"), digest="sha384"),
    "sha512": lambda: Reply(digest="sha512"),
    "an intermediate": lambda: through(between()),
    "an intermediate for time stamps": lambda: through(between(usage=TIME_STAMPING)),
    "the root comes along, first": with_root,
    "accuracy of a second": lambda: Reply(accuracy=accuracy(1)),
    "accuracy in millis": lambda: Reply(accuracy=accuracy(None, 500)),
    "accuracy of a minute": lambda: Reply(accuracy=accuracy(60)),
    "in order": lambda: Reply(ordering=der.write(der.BOOLEAN, b"\xff")),
    "fractions of a second": lambda: Reply(time=clock(NOW)[:-1] + b".125Z"),
    "the authority names itself": lambda: Reply(
        named=der.write(0xA0, der.write(0xA4, name("Test Stamps").public_bytes()))
    ),
    "an extension that need not be understood": lambda: Reply(
        extensions=extension("1.2.3.4.9", critical=False)
    ),
    "granted with changes": lambda: Reply(status=1),
    "the old name of the certificate": lambda: Reply(signing=signing_v1),
    "both names of the certificate": both_names,
    "sha512 name of the certificate": lambda: Reply(signing=lambda one: signing_v2(one, "sha512")),
    "the certificate's issuer and number": lambda: Reply(
        signing=lambda one: signing_v2(one, where=issuer_serial(one))
    ),
    "a signing time": lambda: Reply(
        more_attributes=(attribute("1.2.840.113549.1.9.5", der.write(0x17, b"261124120000Z")),)
    ),
    "something that is not signed": lambda: Reply(
        unsigned=der.write(0xA1, attribute("1.2.3.4.10", b"\x05\x00"))
    ),
    "no key usage": lambda: Reply(signer=leaf(key_usage=None)),
    "key usage for commitments": lambda: Reply(signer=leaf(key_usage=("content_commitment",))),
    "a little before the capture's end": lambda: Reply(time=clock(NOW - 200 * SECOND)),
    "a little ahead of us": lambda: Reply(time=clock(NOW + 200 * SECOND)),
}


RENEWED = x509.CRLReason(x509.ReasonFlags.superseded)
CLOSED = x509.CRLReason(x509.ReasonFlags.cessation_of_operation)
STOLEN = x509.CRLReason(x509.ReasonFlags.key_compromise)


def revoked(
    since: datetime.timedelta, by: Issued | None = None, why: tuple[x509.ExtensionType, ...] = ()
) -> Reply:
    signer = leaf()
    return Reply(signer=signer, crls=revoking(signer, by or root(), NOW + since, *why))


def answered(since: datetime.datetime | None, by: Issued | None = None) -> Reply:
    signer = leaf()
    return Reply(signer=signer, crls=answering(signer, by or root(), since))


GOOD |= {
    "renewed later": lambda: revoked(DAY, why=(RENEWED,)),
    "closed later": lambda: revoked(DAY, why=(CLOSED,)),
    "an answer that it is good": lambda: answered(None),
    "an answer that it is renewed later": lambda: answered(NOW + DAY),
    "an answer about somebody else": lambda: answered(NOW - DAY, root("Another Root", "p256")),
    "a form of answer that nobody knows": lambda: Reply(
        crls=der.write(0xA1, der.write(0xA1, der.write_oid("1.2.3"), der.write(der.NULL)))
    ),
    "revoked by somebody else": lambda: revoked(-DAY, root("Another Root")),
    "another revoked": lambda: Reply(crls=revoking(leaf(), root(), NOW - DAY)),
}


def ski(one: Issued) -> bytes:
    return der.write(0x80, hashlib.sha1(one.der).digest())


# What is wrong, and the rule that must say so.
BAD: dict[str, tuple[str, Callable[[], Reply]]] = {
    # 1. the status
    "rejected, with a token": ("status", lambda: Reply(status=2)),
    "waiting": ("status", lambda: Reply(status=3, with_token=False)),
    "granted without a token": ("status", lambda: Reply(with_token=False)),
    "a status that is none": ("status", lambda: Reply(status=-1)),
    # 2. the request
    "another nonce": ("nonce", lambda: Reply(nonce=NONCE + 1)),
    "no nonce": ("nonce", lambda: Reply(nonce=None)),
    "the negative nonce": ("nonce", lambda: Reply(nonce=-NONCE)),
    # 3. the time stamp
    "version 2": ("version", lambda: Reply(version=2)),
    "version 0": ("version", lambda: Reply(version=0)),
    "a critical extension": (
        "extension",
        lambda: Reply(extensions=extension("1.2.3.4.9", critical=True)),
    ),
    "accuracy of ten years": ("accuracy", lambda: Reply(accuracy=accuracy(315_360_000))),
    "accuracy just too bad": ("accuracy", lambda: Reply(accuracy=accuracy(60, 1))),
    "a number below zero": ("der", lambda: Reply(serial=-4711)),
    "negative accuracy": ("der", lambda: Reply(accuracy=accuracy(-1))),
    "accuracy of 1000 millis": ("der", lambda: Reply(accuracy=accuracy(0, 1000))),
    "octets behind the time stamp": ("der", lambda: Reply(info_behind=b"\x05\x00")),
    # 4. the imprint
    "another file": ("imprint", lambda: Reply(imprint=hashlib.sha256(b"x").digest())),
    "a digest cut short": ("imprint", lambda: Reply(imprint=digests("sha256")[:31])),
    "a digest of another rule": (
        "imprint",
        lambda: Reply(imprint=digests("sha384"), imprint_algorithm=OIDS["sha384"]),
    ),
    "sha1 imprint": (
        "imprint",
        lambda: Reply(imprint=hashlib.sha1(FILE).digest(), imprint_algorithm=OIDS["sha1"]),
    ),
    "sha1 octets under the name of sha256": (
        "imprint",
        lambda: Reply(imprint=hashlib.sha1(FILE).digest()),
    ),
    # 5. the time
    "older than the capture": ("time", lambda: Reply(time=clock(NOW - 10 * SECOND * 60))),
    "years older than the capture": (
        "time",
        lambda: Reply(time=clock(NOW - 2 * YEAR), signer=leaf(begins=NOW - 9 * YEAR)),
    ),
    "ahead of us": ("time", lambda: Reply(time=clock(NOW + 10 * SECOND * 60))),
    "in 2034": (
        "time",
        lambda: Reply(time=clock(NOW + 8 * YEAR), signer=leaf(ends=NOW + 10 * YEAR)),
    ),
    "no such day": ("time", lambda: Reply(time=b"20261131120000Z")),
    "a time without zone": ("der", lambda: Reply(time=b"20261124120000")),
    "a time with an offset": ("der", lambda: Reply(time=b"20261124120000+0000")),
    "a time with a useless zero": ("der", lambda: Reply(time=b"20261124120000.10Z")),
    "a time without seconds": ("der", lambda: Reply(time=b"202611241200Z")),
    "a time that is a text": ("time", lambda: Reply(time=b"99999999999999Z")),
    # 6. the signer
    "two signers": ("signers", lambda: Reply(signers=2)),
    "no signer": ("signers", lambda: Reply(signers=0)),
    "no signed attributes": ("attributes", lambda: Reply(attributes=False)),
    "no certificate named": ("signer", lambda: Reply(signing=lambda _: b"")),
    "another certificate named": ("signer", lambda: Reply(signing=lambda _: signing_v2(leaf()))),
    "another certificate named, the old way": (
        "signer",
        lambda: Reply(signing=lambda _: signing_v1(leaf())),
    ),
    "one right name and a wrong one": (
        "signer",
        lambda: Reply(more_attributes=(signing_v1(leaf()),)),
    ),
    "another number of the certificate": (
        "signer",
        lambda: Reply(signing=lambda one: signing_v2(one, where=issuer_serial(one, 5))),
    ),
    "the certificate named by sha1, as the new way": (
        "signer",
        lambda: Reply(signing=lambda one: signing_v2(one, "sha1")),
    ),
    "no certificate": ("certificate", lambda: Reply(brought=())),
    "another's certificate": ("certificate", lambda: Reply(brought=(leaf().der,))),
    "its certificate twice": ("certificate", lambda: twice()),
    "no certificate, but a text": (
        "der",
        lambda: Reply(brought=(der.write(der.SEQUENCE, b"certificate"),)),
    ),
    "the signer named by its key": ("der", lambda: Reply(sid=ski(leaf()), signer_version=3)),
    "a signer of version 3": ("version", lambda: Reply(signer_version=3)),
    "a SignedData of version 1": ("version", lambda: Reply(cms_version=1)),
    "a content type of data": ("attributes", lambda: Reply(content_type="1.2.840.113549.1.7.1")),
    "no content type": ("attributes", lambda: Reply(content_type=None)),
    "a content that is data": ("kind", lambda: Reply(content_oid="1.2.840.113549.1.7.1")),
    "an attribute twice": (
        "attributes",
        lambda: Reply(more_attributes=(attribute("1.2.840.113549.1.9.3", der.write_oid("1.2")),)),
    ),
    "attributes out of order": ("der", lambda: Reply(ordered=False)),
    # 7. algorithms and keys
    "sha1 in the signature": ("algorithm", lambda: Reply(digest="sha1")),
    "sha1 in the signature alone": (
        "algorithm",
        lambda: Reply(signer=leaf("rsa2048"), signs_with="sha1"),
    ),
    "its digest is not listed": ("algorithm", lambda: Reply(listed_digests=("sha512",))),
    "sha512 said, sha256 signed": ("algorithm", lambda: Reply(signs_with="sha512")),
    "rsa of 1024 bits": ("certificate", lambda: Reply(signer=leaf("rsa1024"))),
    "p192": ("certificate", lambda: Reply(signer=leaf("p192"))),
    "ed25519": (
        "algorithm",
        lambda: Reply(signer=leaf("ed25519"), signature_oid="1.3.101.112"),
    ),
    "an rsa rule on a curve's key": (
        "algorithm",
        lambda: Reply(signature_oid="1.2.840.113549.1.1.11"),
    ),
    # 8. the signature
    "another digest in what is signed": ("signature", lambda: Reply(said_digest=bytes(32))),
    "one bit of the signature": ("signature", lambda: Reply(flip_signature=True)),
    "signed by another key": ("signature", lambda: Reply(signature_key=key("p256", 7))),
    "one bit of an rsa signature": (
        "signature",
        lambda: Reply(signer=leaf("rsa2048"), flip_signature=True),
    ),
    # 9. the certificate
    "for nothing in particular": ("certificate", lambda: Reply(signer=leaf(usage=None))),
    "for servers": (
        "certificate",
        lambda: Reply(signer=leaf(usage=[ExtendedKeyUsageOID.SERVER_AUTH])),
    ),
    "for time stamps and servers": (
        "certificate",
        lambda: Reply(signer=leaf(usage=[*TIME_STAMPING, ExtendedKeyUsageOID.SERVER_AUTH])),
    ),
    "for any purpose": (
        "certificate",
        lambda: Reply(signer=leaf(usage=[ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])),
    ),
    "for time stamps, not critical": ("certificate", lambda: Reply(signer=leaf(critical=False))),
    "a key for encryption": (
        "certificate",
        lambda: Reply(signer=leaf(key_usage=("key_encipherment",))),
    ),
    "a key for certificates too": (
        "certificate",
        lambda: Reply(signer=leaf(key_usage=("digital_signature", "key_cert_sign"))),
    ),
    "an authority over certificates": ("certificate", lambda: Reply(signer=leaf(ca=True))),
    "such an authority that says nothing of its key": (
        "certificate",
        lambda: Reply(signer=leaf(ca=True, key_usage=None)),
    ),
    "expired before": (
        "certificate",
        lambda: Reply(signer=leaf(begins=NOW - YEAR, ends=NOW - DAY)),
    ),
    "not valid yet": ("certificate", lambda: Reply(signer=leaf(begins=NOW + DAY))),
    # 10. the chain
    "a critical extension of the certificate": (
        "chain",
        lambda: Reply(signer=leaf(more=((UNKNOWN, True),))),
    ),
    "an intermediate that is no authority": ("chain", lambda: through(between(ca=False))),
    "an intermediate that may not issue": (
        "chain",
        lambda: through(between(key_usage=("digital_signature",))),
    ),
    "an intermediate that had expired": (
        "chain",
        lambda: through(between(begins=NOW - YEAR, ends=NOW - DAY)),
    ),
    "an intermediate for servers": (
        "chain",
        lambda: through(between(usage=[ExtendedKeyUsageOID.SERVER_AUTH])),
    ),
    "an intermediate with a short key": ("chain", lambda: through(weak_between())),
    "revoked before": ("chain", lambda: revoked(-DAY)),
    "renewed before": ("chain", lambda: revoked(-DAY, why=(RENEWED,))),
    # RFC 3161 §4: without a reason, or by one of the key's, no stamp by it is to be believed.
    "revoked later, nobody says why": ("chain", lambda: revoked(DAY)),
    "its key stolen later": ("chain", lambda: revoked(DAY, why=(STOLEN,))),
    "renewed later, but not valid since before": (
        "chain",
        lambda: revoked(DAY, why=(RENEWED, x509.InvalidityDate(NOW - DAY))),
    ),
    "the key in between stolen later": ("chain", lambda: revoked_between(DAY, STOLEN)),
    "a list that is not the issuer's": ("chain", lambda: revoked(DAY, same_name(), (RENEWED,))),
    "a list that cannot be read": ("chain", lambda: Reply(crls=der.write(0xA1, b"\x30\x00"))),
    "an answer that it was revoked before": ("chain", lambda: answered(NOW - DAY)),
    "revoked in between": ("chain", lambda: revoked_between()),
    "an intermediate below one that allows none": ("chain", lambda: too_long()),
    "an intermediate's critical extension": (
        "chain",
        lambda: through(between(more=((UNKNOWN, True),))),
    ),
}


def twice() -> Reply:
    signer = leaf()
    return Reply(signer=signer, brought=(signer.der, signer.der))


def revoked_between(since: datetime.timedelta = -DAY, *why: x509.ExtensionType) -> Reply:
    middle = between()
    return replace(through(middle), crls=revoking(middle, root(), NOW + since, *why))


def weak_between() -> Issued:
    return issued("Short", key("rsa1024"), root(), ca=True, key_usage=("key_cert_sign",))


def too_long() -> Reply:
    upper = between(path_length=0)
    lower = issued("Lower", key("p256", 6), upper, ca=True, key_usage=("key_cert_sign",))
    signer = leaf(by=lower)
    return Reply(signer=signer, brought=(signer.der, lower.der, upper.der))


# Sound, but by nobody whom the user chose: no stamp, and no forgery of the package either.
STRANGERS: dict[str, Callable[[], Reply]] = {
    "another root": lambda: Reply(signer=leaf(by=root("Another Root"))),
    "another root by the same name": lambda: Reply(signer=leaf(by=same_name())),
    "by itself": lambda: Reply(signer=issued("Own", key("p256"), None, usage=TIME_STAMPING)),
    "by itself, under the root's name": lambda: Reply(
        signer=issued("Test Root", key("p256"), None, usage=TIME_STAMPING)
    ),
    "an intermediate that is missing": lambda: alone(),
}


def same_name() -> Issued:
    return issued("Test Root", key("p384", 3), None, ca=True, key_usage=("key_cert_sign",))


def alone() -> Reply:
    return Reply(signer=leaf(by=between()))


@pytest.mark.parametrize("what", GOOD)
def test_good_ones_are_accepted(what: str) -> None:
    response = GOOD[what]().to(REQUEST)
    found = judged(response)
    assert found.problems == ()
    assert found.stamp is not None
    assert found.stamp.authority == "ours"
    without = judged(response, request=None)
    assert without == found


@pytest.mark.parametrize("what", BAD)
def test_bad_ones_are_refused(what: str) -> None:
    rule, make = BAD[what]
    found = judged(make().to(REQUEST))
    assert found.stamp is None
    assert rule in {one.rule for one in found.problems}, found


@pytest.mark.parametrize("what", STRANGERS)
def test_strangers_are_told_as_such(what: str) -> None:
    found = judged(STRANGERS[what]().to(REQUEST))
    assert found.problems == ()
    assert found.stamp is not None
    assert found.stamp.authority is None


def test_there_are_enough_bad_ones() -> None:
    assert len(BAD) >= 35


def test_one_whose_certificate_has_expired_since_is_good() -> None:
    then = NOW - 3 * YEAR
    signer = leaf(begins=then - YEAR, ends=then + YEAR)
    response = Reply(signer=signer, time=clock(then)).to(REQUEST)
    bounds = Bounds(earliest=int(then.timestamp()) - 60, now=THEN)
    found = judged(response, bounds=bounds)
    assert found.stamp is not None
    assert found.stamp.authority == "ours"
    assert found.stamp.until == "2024-11-24T12:00:00Z"


def test_other_digests_of_the_file() -> None:
    for rule in ("sha384", "sha512"):
        request = asked(rule)
        assert judged(Reply(nonce=None).to(request), request=request).stamp is not None
        assert judged(Reply().to(request), request=request).stamp is not None
    weak = der.write(
        der.SEQUENCE, algorithm(OIDS["sha1"]), der.write(der.OCTETS, hashlib.sha1(FILE).digest())
    )
    request = der.write(der.SEQUENCE, der.write_integer(1), weak)
    assert judged(Reply().to(request), request=request).stamp is None


def test_the_policy_that_was_asked_for() -> None:
    request = asked("sha256", policy=der.write_oid("1.2.3.4.1"))
    assert judged(Reply().to(request), request=request).stamp is not None
    found = judged(Reply(policy="1.2.3.4.2").to(request), request=request)
    assert [one.rule for one in found.problems] == ["policy"]


def test_a_request_that_is_none() -> None:
    response = Reply().to(REQUEST)
    for request in (b"", b"x", REQUEST[:-1], REQUEST + b"\0", response):
        assert judged(response, request=request).stamp is None


def test_no_roots_no_authority() -> None:
    found = judged(Reply().to(REQUEST), roots=())
    assert found.stamp is not None
    assert found.stamp.authority is None


def test_a_later_root_of_the_same_name_does_not_hide_the_right_one() -> None:
    roots = (*chosen(same_name()), *chosen())
    found = judged(Reply().to(REQUEST), roots=roots)
    assert found.stamp is not None
    assert found.stamp.authority == "ours"


def test_a_bad_way_does_not_hide_a_good_one() -> None:
    """Cross-certificates: one has expired, the other holds."""
    old = between(begins=NOW - 2 * YEAR, ends=NOW - DAY)
    new = between()
    signer = leaf(by=new)
    for brought in ((signer.der, old.der, new.der), (signer.der, new.der, old.der)):
        found = judged(Reply(signer=signer, brought=brought).to(REQUEST))
        assert found.stamp is not None
        assert found.stamp.authority == "ours"


@pytest.mark.parametrize("chosen_one", ["the one above", "the one that was vouched for"])
def test_the_root_that_another_one_vouched_for(chosen_one: str) -> None:
    """The service sends a cross-certificate of its own root, as the large ones do: either root
    may be the one that the user chose."""
    above, own = root("Older Root", "p256"), root()
    crossed = issued("Test Root", own.key, above, ca=True, key_usage=("key_cert_sign",))
    middle = between()
    signer = leaf(by=middle)
    reply = Reply(signer=signer, brought=(signer.der, middle.der, crossed.der))
    roots = chosen(above if chosen_one == "the one above" else own)
    found = judged(reply.to(REQUEST), roots=roots)
    assert found.stamp is not None
    assert found.stamp.authority == "ours"


def test_a_chain_by_sha1_leads_nowhere() -> None:
    """Where the library verifies such signatures at all, we refuse them."""
    found = judged(through(by_sha1(between(), root())).to(REQUEST))
    assert found.stamp is None or found.stamp.authority is None


def test_a_tangle_of_certificates_ends() -> None:
    """Authorities that all vouch for each other, and never lead to a root."""
    shared = key("p256", 9)
    tangle = [
        issued("Tangle", shared, None, ca=True, key_usage=("key_cert_sign",)) for _ in range(30)
    ]
    signer = leaf(by=tangle[0])
    reply = Reply(signer=signer, brought=(signer.der, *(one.der for one in tangle)))
    found = judged(reply.to(REQUEST))
    assert found.stamp is not None
    assert found.stamp.authority is None


@pytest.mark.parametrize("cut", ["front", "end"])
def test_every_truncation_is_refused(cut: str) -> None:
    response = Reply().to(REQUEST)
    for size in range(len(response)):
        part = response[:size] if cut == "end" else response[size + 1 :]
        assert judged(part).stamp is None


def test_octets_behind_it_are_refused() -> None:
    for behind in (b"\0", b"\x05\x00", Reply().to(REQUEST)):
        assert judged(Reply(behind=behind).to(REQUEST)).stamp is None
    assert judged(bytes(MAX_OCTETS + 1)).stamp is None


@pytest.mark.parametrize(("what", "bits"), [("plain", range(8)), ("an intermediate", (0,))])
def test_every_flip_is_refused(what: str, bits: tuple[int, ...]) -> None:
    """A stamp is either this one or none. Where the chain's own octets change, the stamp is
    nobody's whom the user chose."""
    response = GOOD[what]().to(REQUEST)
    right = judged(response)
    accepted = set()
    for position in range(len(response)):
        for bit in bits:
            changed = bytearray(response)
            changed[position] ^= 1 << bit
            found = judged(bytes(changed))
            if found.stamp is not None and found.stamp.authority is not None:
                assert found == right
                accepted.add((position, bit))
    # The status, 0, which is outside of what is signed: 1 is granted as well.
    assert accepted == {(response.index(b"\x30\x03\x02\x01\x00") + 4, 0)}


def test_every_flip_of_the_request_is_refused() -> None:
    response = Reply().to(REQUEST)
    for position in range(len(REQUEST)):
        for bit in range(8):
            changed = bytearray(REQUEST)
            changed[position] ^= 1 << bit
            assert judged(response, request=bytes(changed)).stamp is None, (position, bit)


def test_octets_at_random_never_raise() -> None:
    """Pieces cut out, doubled, moved and changed, with a fixed seed."""
    chance = random.Random(7)
    whole = [GOOD[what]().to(REQUEST) for what in ("plain", "rsa", "an intermediate")]
    right = [judged(one) for one in whole]
    for _ in range(4000):
        octets = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 3)):
            start = chance.randrange(len(octets))
            end = min(len(octets), start + chance.randint(1, 40))
            piece = octets[start:end]
            where = chance.randrange(len(octets))
            match chance.randrange(4):
                case 0:
                    del octets[start:end]
                case 1:
                    octets[where:where] = piece
                case 2:
                    octets[where : where + len(piece)] = piece
                case _:
                    octets[start] = chance.randrange(256)
        found = judged(bytes(octets))
        assert found.stamp is None or found.stamp.authority is None or found in right
