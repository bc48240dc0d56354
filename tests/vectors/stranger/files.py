"""Checks 1, 2 and 5: the container, the manifests, the documents (docs/format.md §2–4, §8)."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Any

NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)?")
LAST = ("datapackage.json", "datapackage-digest.json")
JSON, TEXT = "application/json", "text/plain"
MEDIA_TYPES = {
    "archive/data.warc": "application/warc",
    "evidence/assessed.json": JSON,
    "evidence/capture.json": JSON,
    "evidence/case.jsonschema.json": "application/schema+json",
    "evidence/claimed.json": JSON,
    "evidence/comparison.json": JSON,
    "evidence/manifest-sha256.txt": TEXT,
    "evidence/outcome.json": JSON,
    "evidence/seed.json": JSON,
    "evidence/seed.txt": TEXT,
    "indexes/index.cdx": "text/x-cdxj",
    "pages/pages.jsonl": "application/jsonl",
}
OPTIONAL = {"evidence/seed.json", "evidence/seed.txt"}
SCHEMAS = {
    "datapackage.json": "datapackage",
    "datapackage-digest.json": "datapackage-digest",
    **{
        f"evidence/{name}.json": name
        for name in ("capture", "claimed", "assessed", "comparison", "outcome", "seed")
    },
}
Document = dict[str, Any]


class Wrong(Exception):
    """What ends a check."""


def digest(octets: bytes) -> str:
    return "sha256:" + sha256(octets).hexdigest()


# 2. The container


def container(octets: bytes) -> dict[str, bytes]:
    """The files, in their order."""
    files: dict[str, bytes] = {}
    directory, at, last = bytearray(), 0, ""
    while octets[at : at + 4] == b"PK\3\4" and len(octets) >= at + 30:
        crc, _, size, length = struct.unpack("<IIIH", octets[at + 14 : at + 28])
        name = octets[at + 30 : at + 30 + length].decode("latin-1")
        if length > 200 or not NAME.fullmatch(name):
            raise Wrong("a name that is not allowed")
        common = struct.pack("<HHHHHIII", 20, 0, 0, 0, 0x21, crc, size, size)
        header = struct.pack("<I", 0x04034B50) + common + struct.pack("<HH", length, 0)
        header += name.encode()
        body = octets[at + len(header) : at + len(header) + size]
        if octets[at : at + len(header)] != header or len(body) != size or zlib.crc32(body) != crc:
            raise Wrong(f"the entry {name}")
        if last and order(last) >= order(name):
            raise Wrong("entries out of order")
        last = name
        directory += struct.pack("<IH", 0x02014B50, 0x0314) + common
        directory += struct.pack("<HHHHHII", length, 0, 0, 0, 0, 0x81A40000, at) + name.encode()
        files[name] = body
        at += len(header) + size
    many = len(files)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, many, many, len(directory), at, 0)
    if octets[at:] != bytes(directory + end) or len(octets) > 4294967294 or many > 4096:
        raise Wrong("the directory")
    if files.keys() - OPTIONAL != {*MEDIA_TYPES, *LAST} - OPTIONAL:
        raise Wrong("other files")
    return files


def order(name: str) -> tuple[int, str]:
    return (LAST.index(name) + 1 if name in LAST else 0), name


# 3. JSON


def strict(octets: bytes) -> Document:
    if len(octets) > 33554432 or sum(map(octets.count, (b",", b"[", b"{"))) > 1 << 22:
        raise Wrong("a document that is too large")
    try:
        value = json.loads(
            octets.decode(),
            object_pairs_hook=unique,
            parse_float=no_number,
            parse_constant=no_number,
            parse_int=integer,
        )
        level, many = [value], 0
        for _ in range(65):
            many += len(level)
            level = [inner for one in level for inner in members(one)]
    except (ValueError, RecursionError) as fault:
        raise Wrong(f"no strict JSON: {fault}") from None
    if level or many > 1048576 or not isinstance(value, dict):
        raise Wrong("too deep, too many values, or no object")
    return value


def members(value: Any) -> list[Any]:
    if isinstance(value, str):
        value.encode()  # half a surrogate pair is no UTF-8
    for key in value if isinstance(value, dict) else ():
        key.encode()
    return list(value.values()) if isinstance(value, dict) else value if type(value) is list else []


def unique(pairs: list[tuple[str, Any]]) -> Document:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def no_number(spelling: str) -> None:
    raise ValueError(f"{spelling[:20]} is no integer")


def integer(spelling: str) -> int:
    if len(spelling) > 17 or abs(int(spelling)) > 2**53 - 1:
        raise ValueError("too large an integer")
    return int(spelling)


def spelled(value: Document) -> bytes:
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def line(value: Any) -> bytes:
    compact = (",", ":")
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=compact).encode()


def is_moment(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9]Z", text):
        return False
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007
    except ValueError:
        return False
    return True


# 10.2 manifest


def manifest(files: dict[str, bytes]) -> Iterator[str]:
    found = {name: strict(files[name]) for name in LAST}
    for name in LAST:
        if spelled(found[name]) != files[name]:
            yield f"{name} is not in its form"
    expected = {"hash": digest(files[LAST[0]]), "path": LAST[0]}
    if {name: said for name, said in found[LAST[1]].items() if name != "signedData"} != expected:
        yield "the digest of another manifest, or more than a signature"
    resources = [
        {
            "bytes": len(files[path]),
            "hash": digest(files[path]),
            "mediatype": MEDIA_TYPES[path],
            "name": path.replace("/", "-"),
            "path": path,
        }
        for path in sorted(files.keys() - {*LAST})
    ]
    if found[LAST[0]].get("resources") != resources:
        yield "resources are not these files"
    sums = "".join(
        f"{one['hash'][7:]}  {one['path']}\n"  # type: ignore[index]
        for one in resources
        if one["path"] != "evidence/manifest-sha256.txt"
    )
    if files["evidence/manifest-sha256.txt"] != sums.encode():
        yield "the list of sums is not that of these files"


# 10.5 documents


def documents(files: dict[str, bytes], schemas: dict[str, bytes], ours: str) -> Iterator[str]:
    found = {path: strict(files[path]) for path in SCHEMAS if path in files}
    for path, document in found.items():
        if spelled(document) != files[path]:
            yield f"{path} is not in its form"
        if not valid(json.loads(schemas[SCHEMAS[path]]), document):
            yield f"{path} is not valid by its schema"
            return
    seen = found["evidence/capture.json"]
    moments = [found[LAST[0]]["created"], seen["started"], seen["ended"]]
    if not all(map(is_moment, [*moments, *(one["date"] for one in seen["exchanges"])])):
        yield "a moment that is none"
    embedded = files["evidence/case.jsonschema.json"]
    if seen["software"] == ours and embedded != schemas["case"]:
        yield "the schema of cases is another one"
    strict(embedded)
    case = {**found["evidence/claimed.json"], **found["evidence/assessed.json"]}
    case = {key: value for key, value in case.items() if key not in ("format", "case")}
    if not valid(json.loads(schemas["case"]), case):
        yield "claims and opinions are no valid case"


TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


def valid(schema: Any, value: Any) -> bool:
    """JSON Schema 2020-12, as far as these schemas use it."""
    if isinstance(schema, bool):
        return schema
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not any(is_a(name, value) for name in names):
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "if" in schema:
        branch = "then" if valid(schema["if"], value) else "else"
        if not valid(schema.get(branch, True), value):
            return False
    if isinstance(value, str):
        return valid_text(schema, value)
    if type(value) is int:
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        return bool(low <= value <= high)
    if isinstance(value, list):
        return within(schema, "Items", value) and all(
            valid(schema.get("items", True), one) for one in value
        )
    return not isinstance(value, dict) or valid_object(schema, value)


def is_a(name: str, value: Any) -> bool:
    return value is None if name == "null" else type(value) is TYPES[name]


def within(schema: Document, what: str, value: Any) -> bool:
    size = len(value)
    return bool(schema.get(f"min{what}", 0) <= size <= schema.get(f"max{what}", size))


def valid_text(schema: Document, value: str) -> bool:
    right = within(schema, "Length", value) and re.search(schema.get("pattern", ""), value)
    return bool(right) and FORMATS.get(schema.get("format", ""), lambda _: True)(value)


def valid_object(schema: Document, value: Document) -> bool:
    if not set(schema.get("required", ())) <= value.keys():
        return False
    for name, inner in value.items():
        fitting = [
            one
            for form, one in schema.get("patternProperties", {}).items()
            if re.search(form, name)
        ]
        if name in schema.get("properties", {}):
            fitting.append(schema["properties"][name])
        if not all(
            valid(one, inner) for one in fitting or [schema.get("additionalProperties", True)]
        ):
            return False
    return True


CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})(:([0-9]{2})(\.[0-9]{1,9})?)?(Z|([+-])(..):(..))?")


def is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9-]{10}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_time(text: str, *, whole: bool) -> bool:
    day, _, clock = text.partition("T")
    match = CLOCK.fullmatch(clock)
    if match is None or not is_day(day) or (whole and not (match[3] and match[6])):
        return False
    numbers = zip((1, 2, 4, 8, 9), (23, 59, 60, 14, 59), strict=True)
    return all(match[n] is None or (match[n].isdigit() and int(match[n]) <= m) for n, m in numbers)


def is_published(text: str) -> bool:
    first = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    return text == "unknown" or is_day(first) or ("T" in text and is_time(text, whole=False))


# The tables of ISO codes are not in Python's library: of codes only the form is looked at.
FORMATS = {
    "date": is_day,
    "archiver-day-or-time": lambda text: is_day(text) or is_time(text, whole=True),
    "archiver-published": is_published,
}
