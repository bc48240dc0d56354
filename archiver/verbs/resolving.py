"""From what a person names (a folder, a text, a URL) to a case, on disk or still a draft."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

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

KEY_FILE = "seed.key"
SEED_FILE = "seed.json"
_KEY_OCTETS = 32
# A host with a path, or one that nobody would give to a file: `nosuch.txt` is a missing file.
_LIKE_A_URL = re.compile(
    r"(?:www\.[A-Za-z0-9.-]+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|org|net))\Z"
    r"|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/"
)
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """A case and where it stands. `files` is what a new one is made of, None for an old one.

    `seed_document` is `seed.json` where the package does not get the text itself.
    """

    case: Case
    folder: Path
    files: Mapping[str, NewFile] | None
    warnings: tuple[Problem, ...]


def is_url(source: str) -> bool:
    """Whether SOURCE is meant as a URL: it begins with a scheme and is no file here."""
    # os.path, unlike pathlib, takes any text for the name of something that is not there.
    return _SCHEME.match(source) is not None and not os.path.exists(source)  # noqa: PTH110


def resolve(
    source: str,
    *,
    archives: Path,
    text: Path | None,
    given: Given,
    new_key: bytes,
) -> Resolved:
    """The case that SOURCE is, or the draft that it becomes. Writes nothing.

    `new_key` is the HMAC key of a new case whose text is withheld. Raises
    `InvalidInput` naming what is wrong with SOURCE, the text or the case.
    """
    if not source:
        raise InvalidInput("source.empty", "SOURCE is empty", hint="archiver capture --help")
    path = Path(source)
    if is_url(source):
        return _from_url(source, archives=archives, text=text, given=given, new_key=new_key)
    if os.path.isdir(source) or path.name == CASE_FILE:  # noqa: PTH112
        return _from_folder(path, text, given)
    if text is not None:
        raise InvalidInput(
            "source.two_texts",
            "both SOURCE and --text name a seed text",
            where=source,
            hint="give the URL as SOURCE, or leave --text out",
        )
    octets = _seed_octets(path)
    with _naming(path):
        made = draft_from_text(octets, source=None, given=given)
    return _placed(made, archives, given, new_key)


def _seed_octets(path: Path) -> bytes:
    try:
        octets = read_regular(path, MAX_TEXT_OCTETS, "the seed text")
    except InvalidInput as fault:
        if fault.code == "file.missing":
            fault.what = "no such file"
            fault.hint = "SOURCE is a case folder, a seed text file or a URL with http(s)://"
            if _LIKE_A_URL.match(str(path)):
                fault.hint = f"did you mean https://{path}?"
        raise
    if octets.startswith(b"PK\x03\x04"):
        raise InvalidInput(
            "seed.package",
            "this is a package or another ZIP file, not a seed text",
            where=str(path),
            hint="archiver verify and archiver show read packages",
        )
    return octets


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
    said = [
        name
        for name in ("title", "date", "outlet", "language", "case_id")
        if getattr(given, name) is not None
    ]
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


def _from_url(
    url: str, *, archives: Path, text: Path | None, given: Given, new_key: bytes
) -> Resolved:
    if text is None:
        identity, document = draft_from_url(url, given)
        return _placed((identity, document, None, ()), archives, given, new_key)
    octets = _seed_octets(text)
    with _naming(text):
        made = draft_from_text(octets, source=url, given=given)
    return _placed(made, archives, given, new_key)


def _placed(
    made: tuple[str, dict[str, Any], Any, tuple[Problem, ...]],
    archives: Path,
    given: Given,
    new_key: bytes,
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
            if _same(folder, url, digest)
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


def _same(folder: Path, url: str, digest: str | None) -> bool:
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
