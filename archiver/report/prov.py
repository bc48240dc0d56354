"""`archiver export --to prov`: how a package came to be, as W3C PROV-O in JSON-LD.

Every node has a name, so that two exports of one package are the same graph: exhibits are
named by their digest (`ni:`, RFC 6920), all else after the capture. The context stands in the
document, so nobody fetches one. Who a person or a place is, is what they declared themselves.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from archiver.digest import Digest
from archiver.observation import Observation, Person
from archiver.package.container import Exhibit
from archiver.package.derive import (
    ASSESSED,
    CAPTURE,
    CLAIMED,
    COMPARISON,
    DATAPACKAGE,
    DIGEST,
    INDEX,
    MANIFEST,
    MEDIA_TYPES,
    OUTCOME,
    PAGES,
    SCHEMA,
    SEED,
    SEED_TEXT,
    WARC,
)
from archiver.report.sealed import Sealed

Node = dict[str, Any]

_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_OBSERVED = (WARC, CAPTURE)
_LAYERS = {
    WARC: "observed",
    CAPTURE: "observed",
    CLAIMED: "claimed by a person",
    SEED_TEXT: "claimed by a person",
    ASSESSED: "somebody's opinion",
}
# What each derived exhibit is derived from, as far as it is there.
_SOURCES = {
    SEED: (SEED_TEXT,),
    COMPARISON: (WARC, CAPTURE, CLAIMED, SEED_TEXT, SEED),
    OUTCOME: (WARC, CAPTURE, COMPARISON),
    INDEX: (WARC,),
    PAGES: (WARC, CAPTURE),
}
_MANIFESTS = (MANIFEST, DATAPACKAGE, DIGEST)
_WITH_FORMAT = (CAPTURE, CLAIMED, ASSESSED, SEED, COMPARISON, OUTCOME)
_AUTHORITY = re.compile(r"[^/?#]*//[^/?#]*")
_NOT_IN_A_URI = re.compile(r"%(?![0-9A-Fa-f]{2})|[^!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]")


def prov(sealed: Sealed) -> str:
    """The document, in ASCII."""
    graph = [*_activities(sealed), *_agents(sealed.primary.observation), *_entities(sealed)]
    document = {"@context": _CONTEXT, "@graph": graph}
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=True) + "\n"


def uri(url: str) -> str:
    """An address as a URI (RFC 3987 §3.1, RFC 3986), whatever characters it was typed with."""
    url = _NOT_IN_A_URI.sub(lambda found: quote(found[0], safe=""), url)
    start = _AUTHORITY.match(url)
    split = 0 if start is None else start.end()
    rest, mark, fragment = url[split:].partition("#")
    rest = rest.replace("[", "%5B").replace("]", "%5D")
    fragment = fragment.replace("[", "%5B").replace("]", "%5D").replace("#", "%23")
    return url[:split] + rest + mark + fragment


def _named(digest: Digest) -> str:
    value = base64.urlsafe_b64encode(bytes.fromhex(digest.hex)).decode("ascii")
    return f"ni:///sha-256;{value.rstrip('=')}"


def _to(*names: str) -> list[Node]:
    return [{"@id": name} for name in names]


def _moment(text: str) -> Node:
    return {"@type": "xsd:dateTime", "@value": text}


def _software(seen: Observation) -> str:
    return f"urn:archiver:software:{quote(seen.software, safe='')}"


def _part(seen: Observation, name: str) -> str:
    return f"{seen.capture_id}#{name}"


def _answered(seen: Observation) -> bool:
    return any(one.response is not None for one in seen.of_source())


def _declared(*words: str) -> bool:
    return any(word != "unknown" for word in words)


def _activities(sealed: Sealed) -> Iterator[Node]:
    seen = sealed.primary.observation
    exhibits, person = sealed.package.exhibits, seen.person
    software = _to(_software(seen))
    capture: Node = {
        "@id": seen.capture_id,
        "@type": "prov:Activity",
        "dcterms:title": f"capture of {seen.source}",
        "prov:startedAtTime": _moment(seen.started),
        "prov:endedAtTime": _moment(seen.ended),
        "prov:wasAssociatedWith": software,
    }
    if _answered(seen):
        capture["prov:used"] = _to(uri(seen.source))
    if _declared(person.name, person.organisation):
        capture["prov:wasAssociatedWith"] = [*software, *_to(_part(seen, "collector"))]
    if _declared(person.label, person.network, person.country):
        capture["prov:atLocation"] = _to(_part(seen, "vantage"))
    yield capture
    used = {path for sources in _SOURCES.values() for path in sources}
    yield {
        "@id": _part(seen, "derivation"),
        "@type": "prov:Activity",
        "dcterms:title": "outcome, comparison, index and page list by versioned rules",
        "prov:used": _to(*(_named(exhibits[path].digest) for path in sorted(used & {*exhibits}))),
        "prov:wasAssociatedWith": software,
    }
    yield {
        "@id": _part(seen, "packing"),
        "@type": "prov:Activity",
        "dcterms:title": "packing",
        "prov:endedAtTime": _moment(sealed.document(DATAPACKAGE)["created"]),
        "prov:used": _to(
            *(_named(one.digest) for path, one in exhibits.items() if path not in _MANIFESTS)
        ),
        "prov:wasAssociatedWith": software,
    }


def _agents(seen: Observation) -> Iterator[Node]:
    person = seen.person
    software: Node = {
        "@id": _software(seen),
        "@type": ["prov:Agent", "prov:SoftwareAgent"],
        "schema:name": seen.software,
    }
    if _declared(person.name, person.organisation):
        software["prov:actedOnBehalfOf"] = _to(_part(seen, "collector"))
        yield from _collector(seen, person)
    yield software
    if _declared(person.label, person.network, person.country):
        place: Node = {"@id": _part(seen, "vantage"), "@type": "prov:Location"}
        said = (("name", person.label), ("category", person.network))
        place |= {f"schema:{key}": value for key, value in said if _declared(value)}
        if _declared(person.country):
            place["schema:addressCountry"] = person.country
        yield place


def _collector(seen: Observation, person: Person) -> Iterator[Node]:
    collector: Node = {"@id": _part(seen, "collector"), "@type": "prov:Agent"}
    if _declared(person.name):
        # Not a prov:Person: the name may be a desk's.
        collector["schema:name"] = person.name
    if _declared(person.organisation):
        collector["prov:actedOnBehalfOf"] = _to(_part(seen, "organisation"))
        yield {
            "@id": _part(seen, "organisation"),
            "@type": ["prov:Agent", "prov:Organization"],
            "schema:name": person.organisation,
        }
    yield collector


def _entities(sealed: Sealed) -> Iterator[Node]:
    seen, exhibits = sealed.primary.observation, sealed.package.exhibits
    yield {
        "@id": uri(seen.source),
        "@type": "prov:Entity",
        "dcterms:identifier": seen.source,
        "dcterms:description": "what this address named at the time of the capture",
    }
    if seen.previous is not None:
        yield {
            "@id": _named(Digest.parse(seen.previous)),
            "@type": "prov:Entity",
            "dcterms:description": "the datapackage.json of the capture before",
        }
    for path, one in exhibits.items():
        yield _exhibit(sealed, path, one)
    listed = sealed.document(DATAPACKAGE)
    package: Node = {
        "@id": _named(sealed.digest),
        "@type": ["prov:Entity", "prov:Collection"],
        "dcterms:title": listed["title"],
        "dcterms:identifier": str(sealed.package.id),
        "schema:encodingFormat": "application/wacz",
        "schema:sha256": sealed.digest.hex,
        "schema:contentSize": sealed.size,
        "prov:generatedAtTime": _moment(listed["created"]),
        "prov:hadMember": _to(*(_named(one.digest) for one in exhibits.values())),
        "prov:wasGeneratedBy": _to(_part(seen, "packing")),
    }
    if seen.previous is not None:
        package["dcterms:relation"] = _to(_named(Digest.parse(seen.previous)))
    yield package


def _exhibit(sealed: Sealed, path: str, one: Exhibit) -> Node:
    seen = sealed.primary.observation
    node: Node = {
        "@id": _named(one.digest),
        "@type": "prov:Entity",
        "dcterms:title": path,
        "schema:encodingFormat": MEDIA_TYPES.get(path, "application/json"),
        "dcterms:description": _layer(sealed, path),
        "schema:sha256": one.digest.hex,
        "schema:contentSize": one.size,
    }
    if path in _WITH_FORMAT:
        form = sealed.document(path)["format"]
        node["dcterms:conformsTo"] = _to(f"urn:archiver:format:{form}")
    if path in _OBSERVED:
        node["prov:wasGeneratedBy"] = _to(seen.capture_id)
        if _answered(seen):
            node["prov:hadPrimarySource"] = _to(uri(seen.source))
    if path == SCHEMA:
        node["prov:wasAttributedTo"] = _to(_software(seen))
    return node | _value(sealed, path) | _derivation(sealed, path)


def _layer(sealed: Sealed, path: str) -> str:
    if path == SEED and SEED_TEXT not in sealed.package.exhibits:
        return _LAYERS[SEED_TEXT]
    return _LAYERS.get(path, "derived")


def _value(sealed: Sealed, path: str) -> Node:
    if path == OUTCOME:
        outcome = sealed.document(path)
        return {"prov:value": f"{outcome['state']} / {outcome['reason']}"}
    return {"prov:value": sealed.document(path)["result"]} if path == COMPARISON else {}


def _derivation(sealed: Sealed, path: str) -> Node:
    seen, exhibits = sealed.primary.observation, sealed.package.exhibits
    sources: tuple[str, ...] = _SOURCES.get(path, ())
    activity = "derivation"
    if path in _MANIFESTS:
        activity = "packing"
        sources = (DATAPACKAGE,) if path == DIGEST else tuple(exhibits)
        # Each manifest is of what stands before it.
        own = _MANIFESTS[_MANIFESTS.index(path) :]
        sources = tuple(one for one in sources if one not in own)
    sources = tuple(one for one in sources if one in exhibits)
    if not sources:
        return {}
    return {
        "prov:wasDerivedFrom": _to(*(_named(exhibits[one].digest) for one in sources)),
        "prov:wasGeneratedBy": _to(_part(seen, activity)),
    }
