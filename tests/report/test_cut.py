"""The command that `show` prints cuts every found passage out of the package, without us."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from archiver.judge.normal import stripped
from archiver.report.cut import MOST_SPANS, cut_command
from tests.case.right_case import SEED, URL
from tests.verify.scenes import PAGE, Scene

TYPE = "text/html; charset=utf-8"


def answer(body: bytes, declared: str = TYPE, extra: str = "", *, length: bool = True) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {declared}\r\n{extra}"
    if length:
        head += f"Content-Length: {len(body)}\r\n"
    return f"{head}\r\n".encode() + body


def chunked(body: bytes, last: bytes = b"0\r\n\r\n") -> bytes:
    pieces = [body[at : at + 70] for at in range(0, len(body), 70)]
    return b"".join(b"%X;x=y\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + last


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


OCTETS = PAGE.encode()
ENTITIES = "".join(f"<p>{''.join(f'&#{ord(char)};' for char in one)}</p>" for one in SEED.passages)
FEED = f"<rss><item><description>{html.escape(PAGE[15:])}</description></item></rss>".encode()
CHUNKED = "Transfer-Encoding: chunked\r\n"
GZIP = "Content-Encoding: gzip\r\n"
ANSWERS = {
    "plain": answer(OCTETS),
    "until the end": answer(OCTETS, length=False),
    "chunked": answer(chunked(OCTETS), extra=CHUNKED, length=False),
    "chunked, cut": answer(chunked(OCTETS, b"ffff\r\n<p>"), extra=CHUNKED, length=False),
    "gzip": answer(gzip.compress(OCTETS), extra=GZIP),
    "gzip in chunks": answer(chunked(gzip.compress(OCTETS)), extra=GZIP + CHUNKED, length=False),
    "deflate": answer(zlib.compress(OCTETS), extra="Content-Encoding: deflate\r\n"),
    "raw deflate": answer(raw_deflate(OCTETS), extra="Content-Encoding: deflate\r\n"),
    "twice": answer(
        gzip.compress(zlib.compress(OCTETS)), extra="Content-Encoding: deflate, gzip\r\n"
    ),
    "windows-1252": answer(PAGE.encode("cp1252"), "text/html; charset=iso-8859-1"),
    "UTF-16": answer(b"\xff\xfe" + PAGE.encode("utf-16-le")),
    "UTF-8 with a mark": answer(b"\xef\xbb\xbf" + OCTETS),
    "references": answer(ENTITIES.encode()),
    "plain text": answer("\n\n".join(SEED.passages).encode(), "text/plain; charset=utf-8"),
    "JSON": answer(json.dumps({"html": PAGE}, ensure_ascii=False).encode(), "application/json"),
    "a feed": answer(FEED, "application/rss+xml"),
    "more than was declared": answer(OCTETS) + b"HTTP/1.1 200 OK\r\n\r\nmore",
}


@pytest.mark.parametrize("answered", ANSWERS.values(), ids=ANSWERS.keys())
def test_the_command_shows_every_found_passage(tmp_path: Path, answered: bytes) -> None:
    package = tmp_path / "a package's file.wacz"
    with package.open("wb") as out:
        Scene(hops=((URL, answered),)).built().write(out)
    comparison = comparison_of(package)
    assert comparison["found"] == len(SEED.passages)
    command = cut_command(str(package), comparison)
    assert command is not None
    here = f"python3() {{ '{sys.executable}' -I \"$@\"; }}\n"
    done = subprocess.run(
        ["sh", "-c", here + command],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    shown = re.split(r"^[0-9]+-[0-9]+ ", done.stdout, flags=re.M)[1:]
    assert len(shown) == len(SEED.passages)
    for cut, passage in zip(shown, SEED.passages, strict=True):
        text = html.unescape(cut.replace("\\n", "\n"))  # as JSON spells it
        assert stripped(text, "typographic") == stripped(passage, "typographic")


def comparison_of(package: Path) -> dict[str, object]:
    made: dict[str, object] = json.loads(zipfile.ZipFile(package).read("evidence/comparison.json"))
    return made


def test_nothing_found_is_no_command() -> None:
    out = io.BytesIO()
    Scene(hops=((URL, answer(b"<p>Nothing of it.")),)).built().write(out)
    comparison = json.loads(zipfile.ZipFile(out).read("evidence/comparison.json"))
    assert cut_command("x", comparison) is None


def test_a_long_text_does_not_make_a_command_without_end() -> None:
    found = [{"status": "found", "octets": [at, at + 1]} for at in range(1000)]
    page = {"record": "urn:uuid:x", "charset": "utf-8"}
    command = cut_command("x", {"page": page, "passages": found})
    assert command is not None
    assert command.endswith(f" {MOST_SPANS - 1}-{MOST_SPANS}")


def test_what_could_harm_a_terminal_is_not_printed(tmp_path: Path) -> None:
    passage = SEED.passages[0]
    evil = PAGE.replace(passage, passage[:9] + "<!--\x1b[31m\u202e-->" + passage[9:])
    package = tmp_path / "x.wacz"
    with package.open("wb") as out:
        Scene(hops=((URL, answer(evil.encode())),)).built().write(out)
    command = cut_command(str(package), comparison_of(package))
    assert command is not None
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert "?[31m?" in done.stdout
    assert not {"\x1b", "\u202e"} & set(done.stdout)
