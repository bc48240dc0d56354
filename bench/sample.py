"""The capture that `package.py` packs: made by our own rules, the same octets each time.

`sample.py make FOLDER MIB many|few` writes a WARC and the documents that belong to it;
`sample.py small FOLDER COUNT` writes so many small packages.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pack import pack

from archiver import canonical
from archiver.capture.connection import Connection
from archiver.capture.deadline import Deadline
from archiver.capture.exchange import Limits, RawExchange, perform
from archiver.capture.recording import Frame, record
from archiver.capture.settings import Settings, settings_document
from archiver.capture.transport import trust
from archiver.capturejson import to_document
from archiver.case.intake import Given
from archiver.case.model import Publish
from archiver.observation import Address, Person
from archiver.ownwords import ACCEPTED, SOFTWARE
from archiver.package.build import ASSESSED_FORMAT, CLAIMED_FORMAT, layer
from archiver.verbs.resolving import resolve
from archiver.verbs.sealing import claimed_layer

_DATE = "2026-03-14T12:00:00Z"
_ORIGIN = "http://news.example.org"
_URL = f"{_ORIGIN}/harbour/bridge-closed"
_IP = "93.184.216.34"
_PASSAGES = (
    "The harbour authority said on Friday that the old swing bridge will stay closed until "
    "autumn, after divers found cracks in two of its piers.",
    "Nobody was in danger at any time, the spokeswoman of the authority said. The first "
    "cracks had been reported in January.",
    "Some 4,200 people crossed the bridge on an ordinary day. They will have to take the "
    "ferry, which runs every twenty minutes and is free of charge for residents.",
)
_SEED = "date 2026-03-14 Harbour bridge will stay closed\n\n{}\n\n{}\n".format(
    "\n\n".join(_PASSAGES), _URL
)
_WORDS = "the quay ferry tide of a pilot and harbour lantern to rope mast in crane anchor".split()


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response as a server gives it."""

    path: str
    media_type: str
    body: bytes
    chunked: bool = False

    def octets(self) -> bytes:
        """Head and body as they go over the wire."""
        framing = "Transfer-Encoding: chunked" if self.chunked else f"Content-Length: {self.size}"
        head = (
            "HTTP/1.1 200 OK\r\nDate: Sat, 14 Mar 2026 12:00:00 GMT\r\nServer: quay/1.0\r\n"
            f"Content-Type: {self.media_type}\r\n{framing}\r\n"
            "Cache-Control: max-age=600\r\nVary: Accept-Encoding\r\nConnection: close\r\n\r\n"
        ).encode("ascii")
        if not self.chunked:
            return head + self.body
        step = 16 * 1024
        pieces = [self.body[at : at + step] for at in range(0, self.size, step)]
        chunks = (b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
        return b"".join((head, *chunks, b"0\r\n\r\n"))

    @property
    def size(self) -> int:
        """Octets of the body."""
        return len(self.body)


def _noise(random: Random, octets: int) -> Iterator[bytes]:
    """So many random octets; the generator cannot make hundreds of MiB at once."""
    while octets:
        piece = min(octets, 64 << 20)
        yield random.randbytes(piece)
        octets -= piece


def _answers(octets: int, many: bool) -> Iterator[_Answer]:
    """What is captured, the article first; of random octets, but the same each time.

    Many: a quarter in one film, a tenth in four more, the rest in small responses
    (median 24 KiB), of which a third is text in chunks. Few: one film and the article.
    """
    random = Random(7)
    filler = "".join(
        f"<p>{' '.join(random.choices(_WORDS, k=60))}.</p>\n<nav><a href='/{number}'>x</a></nav>\n"
        for number in range(200)
    )
    shown = "".join(f"<p>{passage}</p>\n" for passage in _PASSAGES)
    page = f"<!doctype html><title>The Quay</title><h1>Closed</h1>\n{filler}{shown}{filler}"
    yield _Answer("/harbour/bridge-closed", "text/html; charset=utf-8", page.encode("ascii"))
    if many:
        yield from _media(octets, random)
    else:
        yield _Answer("/film.mp4", "video/mp4", b"".join(_noise(random, octets)))


def _media(octets: int, random: Random) -> Iterator[_Answer]:
    text = " ".join(random.choices(_WORDS, k=1 << 18)).encode("ascii")
    left = octets
    for number, share in enumerate((4, 40, 40, 40, 40)):
        left -= octets // share
        yield _Answer(f"/film/{number}.mp4", "video/mp4", random.randbytes(octets // share))
    number = 0
    while left > 0:
        number += 1
        size = min(int(random.lognormvariate(10.1, 1.2)), 800 * 1024)
        left -= size + 1400  # and what stands around a body in a WARC
        if number % 3:
            yield _Answer(f"/image/{number}.jpg", "image/jpeg", random.randbytes(size))
        else:
            start = random.randrange(1 << 16)
            body = text[start : start + size]
            yield _Answer(f"/script/{number}.js", "text/javascript", body, chunked=True)


def _exchange(answer: _Answer) -> RawExchange:
    """The answer as our own network code takes it from a socket."""
    ours, theirs = socket.socketpair()

    def serve() -> None:
        with theirs:
            theirs.recv(4096)
            theirs.sendall(answer.octets())

    connection = Connection(
        phase="request",
        addresses=[Address(ip=_IP, port=80, result="connected")],
        ip=_IP,
        port=80,
        socket=ours,
    )
    url = f"{_ORIGIN}{answer.path}"
    role = "source" if url == _URL else "requisite"
    made = RawExchange(role=role, url=url, attempt=1, date=_DATE, connection=connection)
    fields = {"Host": "news.example.org", "User-Agent": "bench", **ACCEPTED, "Connection": "close"}
    lines = [f"GET {answer.path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    request = "\r\n".join([*lines, "", ""])
    serving = threading.Thread(target=serve)
    serving.start()
    limits = Limits(max_octets=1 << 31, seconds=600)
    perform(made, request.encode("ascii"), limits, Deadline(limits.seconds))
    serving.join()
    return made


def make(folder: Path, mib: int, *, many: bool) -> None:
    """Write `x.warc` and its documents into the folder."""
    _write(folder, _answers(mib << 20, many))


def _write(folder: Path, answers: Iterable[_Answer]) -> None:
    seed = folder / "seed.txt"
    seed.write_text(_SEED, encoding="utf-8")
    resolved = resolve(
        str(seed), archives=folder / "archives", text=None, given=Given(), new_key=bytes(32)
    )
    case = resolved.case
    exchanges = [_exchange(answer) for answer in answers]
    frame = Frame(
        case=case.id,
        source=case.source_url,
        started=_DATE,
        ended=_DATE,
        software=SOFTWARE,
        clock="given",
        previous=None,
        settings=settings_document(Settings(user_agent="bench", probe=False), trust(None)),
        person=Person(),
        stop=None,
    )
    with (folder / "x.warc").open("wb") as out:
        observation = record(frame, exchanges, out)
    for name, document in (
        ("capture", to_document(observation)),
        ("claimed", layer(CLAIMED_FORMAT, case.id, claimed_layer(case, Publish.INCLUDE))),
        ("assessed", layer(ASSESSED_FORMAT, case.id, case.assessed)),
    ):
        (folder / f"{name}.json").write_bytes(canonical.to_file(document))


def small(folder: Path, count: int) -> None:
    """Write so many small packages into `packages`, each of a page of its own and what it names."""
    random = Random(11)
    made = folder / "packages"
    made.mkdir()
    for number in range(count):
        story = " ".join(random.choices(_WORDS, k=200))
        words = f"<p>{story}</p>\n".join(f"<p>{passage}</p>\n" for passage in _PASSAGES)
        page = f"<!doctype html><title>The Quay {number}</title><h1>Closed</h1>\n{words}"
        answers = [_Answer("/harbour/bridge-closed", "text/html; charset=utf-8", page.encode())]
        for name, octets in (("a.css", 9000), ("b.js", 12_000), ("c.jpg", 15_000)):
            answers.append(_Answer(f"/{name}", "image/jpeg", random.randbytes(octets)))
        _write(folder, answers)
        pack(folder, made / f"{number:05}.wacz")


if __name__ == "__main__":
    verb, where, what, *how = sys.argv[1:]
    if verb == "make":
        make(Path(where), int(what), many=how == ["many"])
    else:
        small(Path(where), int(what))
