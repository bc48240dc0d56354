"""A forgery in one line each: what an insider changes, and how much is made right after it.

Three kinds of insider: one who makes the manifests right (`sealed`), one who also derives
again what is derived (`derived`), one who has our source code and makes every record, id
and document anew (`recorded`). What the last one may still say is what no check can know.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from archiver import canonical
from archiver.digest import Digest
from archiver.observation import Observation
from archiver.package.derive import ASSESSED, CLAIMED, DATAPACKAGE, DIGEST, MANIFEST, SEED_TEXT
from tests.case.right_case import TEXT
from tests.verify.forge import (
    Document,
    Files,
    Record,
    derived,
    document,
    exchange,
    in_warc,
    opened,
    recorded,
    sealed,
    set_field,
    zipped,
)
from tests.verify.scenes import failed, package, verdict
from tests.verify.words import kept, told

Forge = Callable[[Files], bytes]
# state of the package, check that must refuse it, forgery
Forgeries = dict[str, tuple[str, str, Forge]]


def check_refused(name: str, forgery: tuple[str, str, Forge]) -> None:
    """By the check that must refuse it, in the words that the list has for it."""
    state, check, forge = forgery
    octets = forge(opened(package(state)))
    assert octets != package(state)
    report = verdict(octets)
    assert failed(octets) == check, report
    assert int(report.exit) == 3
    assert not report.rebuilt
    assert told(report) == kept()[name], "python -m tests.verify.words"


def put(path: str, *keys: str | int, to: object, again: bool = False) -> Forge:
    """One value of a JSON file changed."""

    def change(value: Document) -> None:
        inner = value
        for key in keys[:-1]:
            inner = inner[key]  # type: ignore[index]
        inner[keys[-1]] = to  # type: ignore[index]

    def forge(files: Files) -> bytes:
        files = document(files, path, change)
        return sealed(derived(files) if again else files)

    return forge


def raw(path: str, change: Callable[[bytes], bytes]) -> Forge:
    """The octets of a file changed."""
    return lambda files: sealed(files | {path: change(files[path])})


def listed(key: str, to: object) -> Forge:
    """One value of datapackage.json changed, after all digests were made right."""
    return lambda files: sealed(files, lambda value: value.update({key: to}))


def resource(change: Callable[[list[Document]], object]) -> Forge:
    return lambda files: sealed(files, lambda value: change(value["resources"]))


def warc(change: Callable[[list[Record]], object]) -> Forge:
    """Records changed, lengths and block digests right, index and all else derived again."""
    return lambda files: sealed(derived(in_warc(files, change)))


def remade(change: Callable[[Observation], Observation]) -> Forge:
    """capture.json changed, and everything made anew after it."""
    return lambda files: sealed(recorded(files, change))


def at(number: int, **changed: object) -> Forge:
    return remade(lambda seen: exchange(seen, number, **changed))


def response(**changed: object) -> Forge:
    def change(seen: Observation) -> Observation:
        one = seen.exchanges[-1].response
        assert one is not None
        return exchange(seen, len(seen.exchanges) - 1, response=replace(one, **changed))  # type: ignore[arg-type]

    return remade(change)


def added(number: int) -> Callable[[list[Record]], None]:
    """A second copy of a record, under an id of its own."""

    def change(found: list[Record]) -> None:
        found.append(found[number])
        set_field(found, -1, "WARC-Record-ID", "<urn:uuid:00000000-0000-8000-8000-000000000001>")

    return change


def field(number: int, name: str, value: str) -> Callable[[list[Record]], None]:
    return lambda found: set_field(found, number, name, value)


def whole(**changed: object) -> Callable[[Observation], Observation]:
    return lambda seen: replace(seen, **changed)  # type: ignore[arg-type]


def block(number: int, old: bytes, new: bytes) -> Callable[[list[Record]], None]:
    def change(found: list[Record]) -> None:
        fields, octets = found[number]
        assert old in octets
        found[number] = (fields, octets.replace(old, new))

    return change


def concurrent_to_warcinfo(found: list[Record]) -> None:
    set_field(found, 2, "WARC-Concurrent-To", dict(found[0][0])["WARC-Record-ID"])


def bodies_exchanged(found: list[Record]) -> None:
    (first, one), (second, other) = found[1], found[3]
    found[1], found[3] = (first, other), (second, one)


def swapped(files: Files) -> bytes:
    return sealed(files | {CLAIMED: files[ASSESSED], ASSESSED: files[CLAIMED]})


def without_control(seen: Observation) -> Observation:
    return replace(seen, exchanges=seen.exchanges[:-1])


def setting(**changed: object) -> Callable[[Observation], Observation]:
    return lambda seen: replace(seen, settings={**seen.settings, **changed})


def at_another_time(seen: Observation) -> Observation:
    """The whole capture a second later: the probe is none that follows from it then."""
    later = "2026-03-14T12:00:01Z"
    moved = tuple(replace(one, date=later) for one in seen.exchanges)
    return replace(seen, started=later, ended=later, exchanges=moved)


def other_source(files: Files) -> bytes:
    """The page of one site under the name of another, all the way through."""
    url = "https://victim.example.org/page"
    files = document(files, CLAIMED, lambda value: value["source"].update(url=url))
    return sealed(recorded(files, lambda seen: replace(seen, source=url)))


def other_text(files: Files) -> bytes:
    """The text changed, and its digest in the claims with it."""
    octets = TEXT.replace(b"ten years", b"one year!")
    digest = str(Digest.of(octets))
    files = document(files, CLAIMED, lambda value: value["seed_text"].update(sha256=digest))
    return sealed(files | {SEED_TEXT: octets})


def signed(name: str) -> Forge:
    def forge(files: Files) -> bytes:
        done = opened(sealed(files))
        return zipped(document(done, DIGEST, lambda value: value.update({name: {"hash": "x"}})))

    return forge


def indented(octets: bytes) -> bytes:
    return json.dumps(json.loads(octets), indent=4, sort_keys=True).encode() + b"\n"


def reordered(octets: bytes) -> bytes:
    value = dict(reversed(json.loads(octets).items()))
    return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"


def spliced(new: bytes) -> Callable[[bytes], bytes]:
    """A member more in front of a JSON file."""
    return lambda octets: b"{\n  " + new + b",\n" + octets[2:]


def without(files: Files, *paths: str) -> bytes:
    return sealed({path: octets for path, octets in files.items() if path not in paths})


def resealed_sums(files: Files) -> bytes:
    """The list of sums names another digest; the manifest lists it as it is."""
    done = opened(sealed(files))
    sums = done[MANIFEST].replace(b"0", b"1", 1)
    value = json.loads(done[DATAPACKAGE])
    one = next(one for one in value["resources"] if one["path"] == MANIFEST)
    one |= {"hash": str(Digest.of(sums)), "bytes": len(sums)}
    done |= {MANIFEST: sums, DATAPACKAGE: canonical.to_file(value)}
    return zipped(done | {DIGEST: digest_file(done[DATAPACKAGE])})


def digest_file(datapackage: bytes) -> bytes:
    return canonical.to_file({"hash": str(Digest.of(datapackage)), "path": DATAPACKAGE})


def other_digest(files: Files) -> bytes:
    return zipped(files | {DIGEST: digest_file(b"another")})


def digest_says(**changed: object) -> Forge:
    """datapackage-digest.json with other members."""
    return lambda files: zipped(document(files, DIGEST, lambda value: value.update(changed)))


def manifest_octets(files: Files, change: Callable[[bytes], bytes]) -> bytes:
    datapackage = change(files[DATAPACKAGE])
    return zipped(files | {DATAPACKAGE: datapackage, DIGEST: digest_file(datapackage)})
