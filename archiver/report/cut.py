"""The one command with which anybody cuts the found passages out of a package and sees them."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

MOST_SPANS = 40
# Python's standard library and nothing of ours: the record from the WARC, its transfer and
# content codings undone, a byte order mark left out, and then octets by their numbers.
_SCRIPT = r"""
import re, sys, zipfile, zlib
package, record, charset, *spans = sys.argv[1:]
warc = zipfile.ZipFile(package).read("archive/data.warc")
head, block = warc.split(b"WARC-Record-ID: <%s>\r\n" % record.encode(), 1)[1].split(b"\r\n\r\n", 1)
block = block[:int(re.search(rb"Content-Length: (\d+)", head)[1])]
head, body = re.split(rb"\r?\n\r?\n", block, maxsplit=1)
field = lambda name: b",".join(re.findall(rb"(?im)^%s[ \t]*:(.*)$" % name, head)).lower()
sizes = set(re.findall(rb"\d+", field(b"content-length")))
if b"chunked" in field(b"transfer-encoding"):
    rest, body = body, b""
    while chunk := re.match(rb"\s*([0-9A-Fa-f]+)[^\n]*\n", rest):
        end = chunk.end() + int(chunk[1], 16)
        body, rest = body + rest[chunk.end():end], rest[end:] if int(chunk[1], 16) else b""
elif len(sizes) == 1:
    body = body[:int(min(sizes))]
codings = field(b"content-encoding") + field(b"transfer-encoding")
for coding in re.findall(rb"gzip|deflate", codings):
    body = zlib.decompressobj(47 if body[0] & 15 in (8, 15) else -15).decompress(body)
body = re.sub(rb"\A(\xef\xbb\xbf|\xff\xfe|\xfe\xff)", b"", body)
for span in spans:
    start, end = map(int, span.split("-"))
    text = body[start:end].decode(charset, "replace")
    # What could move the cursor or turn the direction of writing is not printed.
    hostile = "[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
    print(span, re.sub(hostile, "?", text))
"""


def cut_command(package: str, comparison: Mapping[str, Any]) -> str | None:
    """The command, for the passages that a `comparison.json` says are found.

    None where none is. It prints each with the markup that stands inside it.
    """
    page = comparison["page"]
    found = [one["octets"] for one in comparison["passages"] if one["status"] == "found"]
    if page is None or not found:
        return None
    spans = [f"{start}-{end}" for start, end in found[:MOST_SPANS]]
    words = [package, page["record"], page["charset"], *spans]
    return f"python3 -c '{_SCRIPT}' {' '.join(map(shlex.quote, words))}"
