"""From what a person names (a folder, a text, a URL) to a case, on disk or still a draft."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from archiver import canonical
from archiver.case.files import read_regular
from archiver.case.identity import distinct_case_id
from archiver.case.intake import Given, draft_from_text, draft_from_url
from archiver.case.model import Case, Publish
from archiver.case.reading import CASE_FILE, MAX_TEXT_OCTETS, case_from_document, load_case
from archiver.case.writing import to_toml
from archiver.custody.store import NewFile
from archiver.errors import InvalidInput, Problem
from archiver.judge import seed as seeds
from archiver.verbs.seedfile import like_a_url, seed_octets

KEY_FILE = "seed.key"
SEED_FILE = "seed.json"
_KEY_OCTETS = 32
_ONE_TEXT = "give the URL as SOURCE, or leave --text out"
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")
# What makes two captures one case: the URL of the source, and the digest of the text, if any.
Identity: TypeAlias = tuple[str, str | None]
_Made: TypeAlias = tuple[str, dict[str, Any], Any, tuple[Problem, ...]]
NOTHING: Mapping[str, Identity] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """A case and where it stands. `files` is what a new one is made of, None for an old one.

    `seed_document` is `seed.json` where the package does not get the text itself.
    """

    case: Case
    folder: Path
    files: Mapping[str, NewFile] | None
    warnings: tuple[Problem, ...]

    @property
    def identity(self) -> Identity:
        """What makes another capture one of the same case."""
        claimed = self.case.claimed.get("seed_text", {})
        return self.case.source_url, claimed.get("sha256")


def is_url(source: str) -> bool:
    """Whether SOURCE is meant as a URL: it begins with a scheme and is no file here."""
    # os.path, unlike pathlib, takes any text for the name of something that is not there.
    scheme = _SCHEME.match(source) is not None and not like_a_url(source)
    return scheme and not os.path.exists(source)  # noqa: PTH110


def resolve(
    source: str,
    *,
    archives: Path,
    text: Path | None,
    given: Given,
    new_key: bytes,
    promised: Mapping[str, Identity] = NOTHING,
) -> Resolved:
    """The case that SOURCE is, or the draft that it becomes. Writes nothing.

    `new_key` is the HMAC key of a new case whose text is withheld; `promised` are names of cases
    that others of a list are about to get. Raises `InvalidInput` naming what is wrong with
    SOURCE, the text or the case.
    """
    if not source:
        raise InvalidInput("source.empty", "SOURCE is empty", hint="archiver capture --help")
    path = Path(source)
    if is_url(source):
        made = _from_url(source, text, given)
        return _placed(made, archives, given, new_key, promised)
    if os.path.isdir(source) or path.name == CASE_FILE:  # noqa: PTH112
        return _from_folder(path, text, given)
    if text is not None:
        url = like_a_url(source) and not path.exists()
        raise InvalidInput(
            "source.two_texts",
            "is no URL" if url else "both SOURCE and --text name a seed text",
            where=source,
            hint=f"did you mean https://{source}?" if url else _ONE_TEXT,
        )
    if not path.exists() and (archives / path / CASE_FILE).exists():
        raise InvalidInput(
            "source.case",
            "no such file",
            where=source,
            hint=f"did you mean the case {archives / path}?",
        )
    octets = seed_octets(path)
    with _naming(path):
        made = draft_from_text(octets, source=None, given=given)
    return _placed(made, archives, given, new_key, promised)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """A fault of a text names its file, where it names no place yet."""
    try:
        yield
    except InvalidInput as fault:
        fault.where = fault.where or str(path)
        raise


def _from_folder(path: Path, text: Path | None, given: Given) -> Resolved:
    folder = path.parent if path.name == CASE_FILE else path
    if not os.path.lexists(folder / CASE_FILE):
        raise InvalidInput(
            "case.missing",
            f"holds no {CASE_FILE}, so it is no case",
            where=str(folder),
            hint="archiver new SEED_TEXT makes one",
        )
    octets = None if text is None else read_regular(text, MAX_TEXT_OCTETS, "the seed text")
    case = load_case(folder, octets)
    said = [name for name, told in _told(case).items() if getattr(given, name) not in (None, told)]
    warnings = tuple(
        Problem(
            where=f"--{name.replace('_', '-')}",
            rule="ignored",
            what=f"ignored: the case exists already, and what its {CASE_FILE} says counts",
            fix=f"edit {CASE_FILE}",
        )
        for name in said
    )
    return Resolved(
        case=case,
        folder=folder,
        files=None,
        warnings=(*case.warnings, *warnings),
    )


def _told(case: Case) -> dict[str, str | None]:
    """What the case says of what can be given on the command line."""
    claimed = case.claimed["claimed"]
    return {
        "title": claimed.get("title"),
        "date": claimed["published"]["date"],
        "outlet": case.claimed["outlet"]["name"],
        "language": claimed.get("language"),
        "case_id": case.id,
    }


def _from_url(url: str, text: Path | None, given: Given) -> _Made:
    if text is None:
        identity, document = draft_from_url(url, given)
        return identity, document, None, ()
    octets = seed_octets(text, option=True)
    with _naming(text):
        return draft_from_text(octets, source=url, given=given)


def _placed(
    made: _Made,
    archives: Path,
    given: Given,
    new_key: bytes,
    promised: Mapping[str, Identity],
) -> Resolved:
    """The same source with the same text is the same case; another one gets a name of its own."""
    identity, document, seed, warnings = made
    url = document["source"]["url"]
    digest = document.get("seed_text", {}).get("sha256")
    candidates = [identity, distinct_case_id(identity, url)]
    if digest is not None:
        candidates.append(distinct_case_id(identity, digest))
    for candidate in candidates:
        folder = archives / candidate
        if promised.get(candidate, (url, digest)) != (url, digest):
            if given.case_id is not None:
                break
            continue
        if not (folder / CASE_FILE).exists() and not folder.is_symlink():
            case = case_from_document(candidate, document, seed)
            files = new_files(case, document, new_key)
            return Resolved(
                case=case,
                folder=folder,
                files=files,
                warnings=tuple(dict.fromkeys((*warnings, *case.warnings))),
            )
        standing = (
            load_case(folder, None if seed is None else seed.octets)
            if is_of(folder, url, digest)
            else None
        )
        if standing is not None:
            return replace(
                _from_folder(folder, None, replace(given, case_id=None)),
                case=standing,
            )
        if given.case_id is not None:
            break
    raise InvalidInput(
        "case.taken",
        "this case id belongs to another source or another text",
        where=str(archives / identity),
        hint="name another with --case-id",
    )


def is_of(folder: Path, url: str, digest: str | None) -> bool:
    """Whether the case that stands there is of this source and this text."""
    from archiver.case.tomltext import read_toml

    octets = read_regular(folder / CASE_FILE, 1 << 20, CASE_FILE)
    document, _ = read_toml(octets, str(folder / CASE_FILE))
    source, text = document.get("source"), document.get("seed_text")
    return (
        isinstance(source, dict)
        and source.get("url") == url
        and (text.get("sha256") if isinstance(text, dict) else None) == digest
    )


def new_files(case: Case, document: dict[str, Any], key: bytes) -> dict[str, NewFile]:
    """The files of a new case folder. What must not be published is kept out of git."""
    files = {CASE_FILE: NewFile(to_toml(document).encode("utf-8"))}
    if case.seed is None:
        return files
    files[str(document["seed_text"]["file"])] = NewFile(case.seed.octets)
    match case.publish:
        case Publish.INCLUDE:
            pass
        case Publish.DIGEST:
            stated = seeds.document(case.seed, "digest", None)
            files[SEED_FILE] = NewFile(canonical.to_file(stated))
            files[".gitignore"] = NewFile(b"/seed.txt\n")
        case Publish.WITHHOLD:
            files[KEY_FILE] = NewFile(key.hex().encode("ascii") + b"\n", 0o600)
            files[".gitignore"] = NewFile(b"/seed.txt\n/seed.key\n")
    return files


def seed_document(resolved: Resolved, publish: Publish) -> dict[str, Any] | None:
    """`seed.json` where the text itself does not go into the package.

    Raises `InvalidInput` where neither the text nor a stated form of it is at hand.
    """
    case = resolved.case
    if "seed_text" not in case.claimed or publish is Publish.INCLUDE:
        return None
    if case.seed is not None:
        key = _key(resolved) if publish is Publish.WITHHOLD else None
        return seeds.document(case.seed, str(publish), key)
    return _stated(resolved)


def _key(resolved: Resolved) -> bytes:
    if resolved.files is not None and KEY_FILE in resolved.files:
        spelled = resolved.files[KEY_FILE].octets
    else:
        spelled = read_regular(resolved.folder / KEY_FILE, 1024, "the seed text's key")
    try:
        key = bytes.fromhex(spelled.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _KEY_OCTETS:
        raise InvalidInput(
            "seed.key",
            "the seed text's key is not 64 hex digits",
            where=str(resolved.folder / KEY_FILE),
        )
    return key


def _stated(resolved: Resolved) -> dict[str, Any]:
    """The digests of a text that is not here, as the case folder states them."""
    path = resolved.folder / SEED_FILE
    missing = InvalidInput(
        "seed.missing",
        "the seed text is not in the case folder, nor are its digests",
        where=str(path),
        hint="give the text: archiver capture CASE --text FILE",
    )
    try:
        stated = canonical.read(read_regular(path, MAX_TEXT_OCTETS, SEED_FILE), str(path))
    except InvalidInput as fault:
        raise (missing if fault.code == "file.missing" else fault) from None
    claimed = resolved.case.claimed["seed_text"]["sha256"]
    raw = seeds.raw_digest(stated)
    if raw is None or str(raw) != claimed:
        raise InvalidInput(
            "seed.other",
            "seed.json is of another text than case.toml",
            where=str(path),
            hint="give the text: archiver capture CASE --text FILE",
        )
    seeds.read_passages(stated)
    return stated
