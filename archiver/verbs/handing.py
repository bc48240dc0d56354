"""`handover`: a package with all that a stranger needs to check it, in a new folder."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeAlias

from archiver.attest import keyforms, sshsig, tlog
from archiver.attest.p384 import PublicKey, public_key
from archiver.attest.trust import Trust
from archiver.attest.tsp import MAX_OCTETS as MAX_STAMP
from archiver.case.files import read_regular
from archiver.custody.disk import Writer, names_in, write_folder
from archiver.digest import Digest
from archiver.errors import InvalidInput, StorageFailed
from archiver.openfile import OpenFile
from archiver.package.container import measured
from archiver.package.derive import DIGEST
from archiver.report.checklist import checklist
from archiver.report.html.page import report as page_of
from archiver.report.letter import CHECKLIST, REPORT, SUMS, VERIFIER, as_page, as_text, letter
from archiver.report.sealed import LedgerProof
from archiver.report.subject import Subject
from archiver.verbs.chronicle import archives_around, chronicle
from archiver.verbs.proving import proof_beside, proof_of
from archiver.verbs.reading import Believed, believed
from archiver.verbs.reporting import subject_of
from archiver.verbs.sidecars import REQUEST, STAMP
from archiver.verbs.trusting import Named, trusted
from archiver.verbs.verifier import verifier_page
from archiver.verify import amendments

LETTER, LETTER_TEXT, PDF = "letter.html", "letter.txt", "report.pdf"
_PACKAGE, _LETTER = "the package: all that was recorded", "this letter"
_DIGESTS = "the digests of all files, as sha256sum reads them"
_MODE = 0o666
_PROOF = "the proof that a ledger lists the package"
_SIGNATURE, _AMENDED = r"\.[0-9a-f]{16}\.sig", r"\.amend-[1-9][0-9]{0,3}\.json"
# What may stand beside a package: the name behind the package's, what it is, its largest size.
_BESIDE = tuple(
    (re.compile(name, re.DOTALL), what, most)
    for name, what, most in (
        (_SIGNATURE, "a signature over the package file", sshsig.MAX_OCTETS),
        (_AMENDED, "claims and notes of a later day", amendments.MAX_OCTETS),
        (_AMENDED + _SIGNATURE, "the signature over these", sshsig.MAX_OCTETS),
        (rf"\..*{re.escape(STAMP)}", "a time stamp", MAX_STAMP),
        (rf"\..*{re.escape(REQUEST)}", "what the time stamp was asked for", MAX_STAMP),
        (re.escape(tlog.SUFFIX), _PROOF, tlog.MAX_OCTETS),
    )
)
_Made: TypeAlias = tuple[str, bytes]  # what a file is, and its octets


@dataclass(frozen=True, kw_only=True, slots=True)
class Handed:
    """A file that is handed over, and what it is."""

    name: str
    what: str
    size: int
    sha256: Digest


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedOver:
    """What was written for the package with this id. `keys` are the fingerprints of whoever
    signed; `written` is False where the folder stood there already, with these very files."""

    package: str
    id: str
    to: Path
    keys: tuple[Digest, ...]
    files: tuple[Handed, ...]
    written: bool


def handover(
    package: Path | str,
    to: Path | str,
    *,
    trust: Trust | Named = (),
    pdf: bool = False,
    browser: Path | None = None,
) -> HandedOver:
    """Write the package, what stands beside it, the keys' public halves, its proof from the ledger
    in whose archives folder it stands, a report, a letter, the checklist, `verify.html` and a
    list of digests into a new folder: all of it, or nothing.

    `trust` as for `verify`; `pdf` makes a PDF of the report by `browser`, or the Chromium that is
    installed. Raises `Refused` where the package does not verify, `InvalidInput` for what is no
    package, `ServiceFailed` where no PDF can be made, `StorageFailed` where the folder cannot be
    written or has other files in it.
    """
    path, folder = Path(package), Path(to)
    believing = trusted(trust)
    with believed(path, believing) as found:
        subject = _subject(found, path)
        beside = {**dict(_beside(path)), **dict(_listed(subject, path))}
        keys = tuple(_keys(found, beside))
        made = {**beside, **dict(_key_files(keys)), **dict(_pages(subject, pdf, browser))}
        fingerprints = tuple(key.fingerprint for key in keys)
        listed = [(path.name, _PACKAGE), *((name, what) for name, (what, _) in made.items())]
        said = letter(subject, fingerprints, [*listed, (SUMS, _DIGESTS)])
        made |= {LETTER: (_LETTER, as_page(said)), LETTER_TEXT: (_LETTER, as_text(said))}
        sealed = subject.sealed
        whole = Handed(name=path.name, what=_PACKAGE, size=sealed.size, sha256=sealed.digest)
        files = (whole, *(_handed(name, *one) for name, one in made.items()))
        sums = "".join(f"{one.sha256.hex}  {one.name}\n" for one in files).encode()
        made[SUMS] = (_DIGESTS, sums)
        files = (*files, _handed(SUMS, _DIGESTS, sums))
        writers: dict[str, tuple[Writer, int]] = {path.name: (partial(_copy, found.source), _MODE)}
        writers |= {name: (partial(_write, octets), _MODE) for name, (_, octets) in made.items()}
        written = _put(folder, files, writers)
        identity = str(found.package.id)
    return HandedOver(
        package=str(package),
        id=identity,
        to=folder,
        keys=fingerprints,
        files=files,
        written=written,
    )


def _subject(found: Believed, path: Path) -> Subject:
    """The package as its report tells of it, with its proof from the ledger around it."""
    archives = archives_around(path)
    ledger = chronicle(archives)
    subject = subject_of(found, path, ledger)
    if archives is None or ledger is None:
        return subject
    sealed = subject.sealed
    try:
        key, proof = proof_of(archives, path, sealed.digest)
    except InvalidInput as fault:
        if fault.code == "ledger.unknown":  # so the report says already
            return subject
        gap = f"The ledger proves nothing of this file: {fault.what}."
        return replace(subject, gaps=(*subject.gaps, gap))
    return replace(subject, sealed=replace(sealed, listed=LedgerProof(key=key, proof=proof)))


def _listed(subject: Subject, path: Path) -> Iterator[tuple[str, _Made]]:
    """The proof from the ledger, and the line of the key that it is checked by."""
    listed = subject.sealed.listed
    if listed is not None:
        yield proof_beside(path).name, (_PROOF, listed.proof.octets())
        vkey = f"{listed.key.vkey}\n".encode("ascii")
        yield f"ledger-{listed.key.id}.vkey", ("the public key of that ledger", vkey)


def _key_files(keys: tuple[PublicKey, ...]) -> Iterator[tuple[str, _Made]]:
    for key in keys:
        name = f"key-{key.fingerprint.hex[:16]}.pem"
        yield name, ("the public half of a key that signed", keyforms.write_public(key))


def _pages(subject: Subject, pdf: bool, browser: Path | None) -> Iterator[tuple[str, _Made]]:
    report = page_of(subject)
    yield REPORT, ("what the package says, for people", report)
    if pdf:
        from archiver.verbs.printing import pdf_of

        yield PDF, ("the same, on paper", pdf_of(report, browser))
    yield VERIFIER, ("checks the package in your browser", verifier_page())
    commands = checklist(subject.sealed).encode("ascii")
    yield CHECKLIST, ("the commands that check it with common tools", commands)


def _handed(name: str, what: str, octets: bytes) -> Handed:
    return Handed(name=name, what=what, size=len(octets), sha256=Digest.of(octets))


def _beside(package: Path) -> Iterator[tuple[str, _Made]]:
    """What stands beside a package and belongs to it, by name: what it is, and its octets."""
    for name in sorted(names_in(package.parent)):
        kind = _kind(name, package.name)
        if kind is not None:
            what, most = kind
            yield name, (what, read_regular(package.with_name(name), most, what))


def _kind(name: str, file: str) -> tuple[str, int] | None:
    """What a file with this name is to the package, and how large it may be."""
    if not name.startswith(file):
        return None
    found = (one for one in _BESIDE if one[0].fullmatch(name, len(file)))
    return next(((what, most) for _, what, most in found), None)


def _keys(found: Believed, beside: dict[str, _Made]) -> Iterator[PublicKey]:
    """The key of every signature, each once: the package's own first."""
    known = []
    signed = found.package.document(DIGEST).get("signedData")
    if signed is not None:
        known.append(public_key(base64.b64decode(signed["publicKey"])))
    known += [
        sshsig.key_of(octets) for name, (_, octets) in beside.items() if name.endswith(".sig")
    ]
    yield from dict.fromkeys(known)


def _write(octets: bytes, file: BinaryIO) -> None:
    file.write(octets)


def _copy(source: OpenFile, file: BinaryIO) -> None:
    """The very file that was verified, whatever has its name by now."""
    for piece in source.pieces(0, source.size()):
        file.write(piece)


def _put(folder: Path, files: tuple[Handed, ...], writers: dict[str, tuple[Writer, int]]) -> bool:
    """Write the folder, or find that it is there with these very files."""
    there = folder.exists() or folder.is_symlink()
    if there and _is_there_already(folder, files):
        return False
    if there or not write_folder(folder, writers):
        raise StorageFailed(
            "storage.exists",
            "something else stands there, and is never written over",
            where=str(folder),
            hint="name a new folder with --to",
        )
    return True


def _is_there_already(folder: Path, files: tuple[Handed, ...]) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return False
    due = {one.name: one for one in files}
    if sorted(names_in(folder)) != sorted(due):
        return False
    return all(_is_same(folder / name, one) for name, one in due.items())


def _is_same(path: Path, due: Handed) -> bool:
    if path.is_symlink() or not path.is_file() or path.stat().st_size != due.size:
        return False
    with path.open("rb") as file:
        return measured("", OpenFile(file), 0, due.size).digest == due.sha256
