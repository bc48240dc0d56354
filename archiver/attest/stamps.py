"""What a time stamp is worth: every fault of a token, by numbered checks.

1. the authority granted it            2. the request's nonce, imprint and policy
3. versions, extensions, accuracy      4. it is over these very octets
5. its time: neither before the octets can have been there, nor ahead of the verifier
6. one signer, its certificate named in what it signed   7. algorithms and keys that hold
8. the signature                       9. the certificate is for time stamps alone
10. the chain to a root that the user chose, good at that time

Pure: octets, roots and moments are arguments. Only `judge` decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archiver.attest.chains import Leaf, Root, chain_faults, paths, read_leaf
from archiver.attest.tokens import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SIGNING_CERTIFICATE,
    SIGNING_CERTIFICATE_V2,
    TST_INFO,
    CertificateId,
    Response,
    Token,
    certificate_ids,
    read_response,
    subject_of,
)
from archiver.attest.tsp import SHA2, Info, Request, read_request
from archiver.der import OCTETS, OID, Element, oid
from archiver.errors import InvalidInput, Problem
from archiver.moment import is_spelled, seconds, spell

SKEW = 300  # seconds that two honest clocks may be apart
MAX_ACCURACY = 60  # seconds: a stamp that is less sure of itself is none
_GRANTED = (0, 1)
_RSA = {"1.2.840.113549.1.1.1": None, "1.2.840.113549.1.1.11": "sha256"}
_RSA |= {"1.2.840.113549.1.1.12": "sha384", "1.2.840.113549.1.1.13": "sha512"}
_ECDSA = {"1.2.840.10045.4.3.2": "sha256", "1.2.840.10045.4.3.3": "sha384"}
_ECDSA |= {"1.2.840.10045.4.3.4": "sha512"}

Digests = Callable[[str], bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """A sound stamp. `at` is the authority's time, `accuracy` how sure of it it is (in
    microseconds; None where it does not say). `authority` is the name under which the user
    chose its `root` (DER), None for one that the user did not choose: then it proves nothing.
    `subject` is what the certificate calls itself, which ends at `until`."""

    at: str
    accuracy: int | None
    authority: str | None
    root: bytes | None
    subject: str
    policy: str
    serial: int
    until: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """Seconds since 1970: before `earliest` the octets cannot have been there, `now` is the
    moment of verification."""

    earliest: int
    now: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """The stamp where it is sound, or what is wrong with it."""

    stamp: Stamp | None
    problems: tuple[Problem, ...] = ()


def judge(
    response: bytes,
    digests: Digests,
    roots: tuple[Root, ...],
    bounds: Bounds,
    request: bytes | None = None,
) -> Judged:
    """Judge an authority's answer, as it was received, over octets with these `digests`.

    `digests` gives their digest by an algorithm's name. Without the `request` its nonce and
    policy are not compared. Raises nothing for what the octets are.
    """
    try:
        answer = read_response(response)
        asked = None if request is None else read_request(request)
        token = _granted(answer)
        leaf = _signer_of(token)
        problems = tuple(_faults(token, leaf, digests, bounds, asked))
        if problems:
            return Judged(stamp=None, problems=problems)
        chosen, problems = _chosen(token, leaf, roots)
    except InvalidInput as fault:
        return Judged(stamp=None, problems=(_problem(fault.code, fault.what),))
    if problems:
        return Judged(stamp=None, problems=problems)
    at = _spelled(token.info)
    return Judged(
        stamp=Stamp(
            at=at,
            accuracy=token.info.accuracy,
            authority=None if chosen is None else chosen.name,
            root=None if chosen is None else chosen.der,
            subject=leaf.subject,
            policy=token.info.policy,
            serial=token.info.serial,
            until=leaf.until,
        )
    )


def _chosen(
    token: Token, leaf: Leaf, roots: tuple[Root, ...]
) -> tuple[Root | None, tuple[Problem, ...]]:
    """Check 10: the chosen root to which one way leads that holds."""
    problems: tuple[Problem, ...] = ()
    at = seconds(_spelled(token.info))
    for path in paths(leaf, token.certificates, roots):
        found = tuple(_problem("chain", one) for one in chain_faults(token, path, at))
        if not found:
            return path.root, ()
        problems = problems or found
    return None, problems


def _granted(answer: Response) -> Token:
    """Check 1."""
    if answer.status not in _GRANTED:
        said = f": {answer.words}" if answer.words else ""
        raise InvalidInput("status", f"the authority refused (status {answer.status}){said}")
    if answer.token is None:
        raise InvalidInput("status", "the authority granted it and sent no token")
    return answer.token


def _faults(
    token: Token, leaf: Leaf, digests: Digests, bounds: Bounds, asked: Request | None
) -> Iterator[Problem]:
    if asked is not None:
        yield from _asked(token.info, asked)
    yield from _info(token.info, digests, bounds)
    yield from _signer(token, leaf)
    yield from _signature(token, leaf)
    yield from _certificate(token.info, leaf)


def _asked(info: Info, asked: Request) -> Iterator[Problem]:
    """Check 2."""
    if info.nonce != asked.nonce:
        yield _problem("nonce", "the nonce is not that of the request")
    if info.imprint != asked.imprint:
        yield _problem("imprint", "another digest was stamped than the request named")
    if asked.policy is not None and info.policy != asked.policy:
        yield _problem("policy", f"the policy is {info.policy}, {asked.policy} was asked for")


def _info(info: Info, digests: Digests, bounds: Bounds) -> Iterator[Problem]:
    """Checks 3, 4 and 5."""
    if info.version != 1:
        yield _problem("version", f"the time stamp is of version {info.version}, not 1")
    for one in info.critical:
        yield _problem("extension", f"an extension must be understood, and is not ({one})")
    if info.accuracy is not None and info.accuracy > MAX_ACCURACY * 1_000_000:
        yield _problem("accuracy", f"its time may be wrong by more than {MAX_ACCURACY} s")
    name = SHA2.get(info.imprint.algorithm)
    if name is None:
        yield _problem(
            "imprint", f"the digest is by a weak or unknown rule ({info.imprint.algorithm})"
        )
    elif info.imprint.value != digests(name):
        yield _problem("imprint", "it is not over this file: the digest is another one")
    at = seconds(_spelled(info))
    if at < bounds.earliest - SKEW:
        said = f"{spell(at)}, but what it is over was made at {spell(bounds.earliest)}"
        yield _problem("time", f"its time is {said}: a clock is wrong, or the stamp is another's")
    if at > bounds.now + SKEW:
        said = f"{spell(at)}, ahead of {spell(bounds.now)}"
        yield _problem("time", f"its time is {said}, which is now by this machine's clock")


def _signer_of(token: Token) -> Leaf:
    """The one certificate that the token's signer names."""
    named = (token.issuer, token.serial)
    found = [one for one in token.certificates if subject_of(one)[:2] == named]
    if len(found) != 1:
        raise InvalidInput(
            "certificate", f"it brings its signer's certificate along {len(found)} times, not once"
        )
    return read_leaf(found[0])


def _signer(token: Token, leaf: Leaf) -> Iterator[Problem]:
    """Check 6."""
    if token.versions != (3, 1):
        yield _problem("version", "its SignedData or signer is of another version")
    if token.digest not in token.digests:
        yield _problem("algorithm", "its list of digests lacks the signer's")
    if (kind := _one(token, CONTENT_TYPE)) is None or kind.tag != OID or oid(kind) != TST_INFO:
        yield _problem("attributes", "what is signed is not said to be a time stamp")
    named = 0
    for attribute, v2 in ((SIGNING_CERTIFICATE, False), (SIGNING_CERTIFICATE_V2, True)):
        if attribute not in token.attributes:
            continue
        value = _one(token, attribute)
        ids = () if value is None else certificate_ids(value, v2=v2)
        named += 1
        if not ids or not _names(ids[0], leaf, token):
            yield _problem("signer", "what is signed names another certificate than the signer's")
    if not named:
        yield _problem("signer", "what is signed does not name the signer's certificate")


def _one(token: Token, attribute: str) -> Element | None:
    """The one value of a signed attribute; None where it has none or several."""
    values = token.attributes.get(attribute, ())
    return values[0] if len(values) == 1 else None


def _names(one: CertificateId, leaf: Leaf, token: Token) -> bool:
    if not one.algorithm or hashlib.new(one.algorithm, leaf.der).digest() != one.value:
        return False
    return (one.issuer in (None, token.issuer)) and (one.serial in (None, token.serial))


def _signature(token: Token, leaf: Leaf) -> Iterator[Problem]:
    """Checks 7 and 8."""
    digest = SHA2.get(token.digest)
    if digest is None:
        yield _problem("algorithm", f"the digest is by a weak or unknown rule ({token.digest})")
        return
    allowed = _RSA if leaf.kind == "rsa" else _ECDSA
    if token.algorithm not in allowed or allowed[token.algorithm] not in (None, digest):
        yield _problem(
            "algorithm", f"the signature is by a rule that is not read here ({token.algorithm})"
        )
        return
    said = _one(token, MESSAGE_DIGEST)
    if (
        said is None
        or said.tag != OCTETS
        or said.content != hashlib.new(digest, token.content).digest()
    ):
        yield _problem("signature", "what is signed is not this time stamp")
    if not leaf.signed(token.signature, token.signed, digest):
        yield _problem("signature", "the signature is not that of the certificate's key")


def _certificate(info: Info, leaf: Leaf) -> Iterator[Problem]:
    """Check 9."""
    for what in leaf.faults:
        yield _problem("certificate", what)
    if not leaf.begins <= seconds(_spelled(info)) <= leaf.ends:
        span = f"{spell(leaf.begins)} to {spell(leaf.ends)}"
        yield _problem("certificate", f"the certificate was not valid then, only from {span}")


def _spelled(info: Info) -> str:
    """The authority's time in our one spelling. Raises `InvalidInput` for what is no moment."""
    year, rest = info.time[:4], [info.time[at : at + 2] for at in range(4, 14, 2)]
    spelling = f"{year}-{rest[0]}-{rest[1]}T{rest[2]}:{rest[3]}:{rest[4]}Z"
    if not is_spelled(spelling):
        raise InvalidInput("time", "its time is no moment")
    return spelling


def _problem(rule: str, what: str) -> Problem:
    return Problem(where="", rule=rule, what=what)
