"""Building: the same inputs give the same octets; what could not be read back is not sealed."""

from __future__ import annotations

import hashlib
import io
import json
import socket
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.capture.deadline import Deadline
from archiver.capture.exchange import Limits, RawExchange, perform
from archiver.errors import InvalidInput
from archiver.package import build as building
from archiver.package import container
from archiver.package.archive import read_archive
from archiver.package.container import exhibit
from archiver.package.derive import CAPTURE, DATAPACKAGE, MANIFEST, OUTCOME, SEED_TEXT, WARC
from archiver.package.readback import check_alike, read_back
from archiver.package.reading import open_package, primary_of
from tests.case.right_case import TEXT, URL
from tests.verify.forge import opened
from tests.verify.scenes import (
    DATE,
    SCENES,
    STATES,
    Scene,
    answer,
    asked,
    connected,
    package,
    request,
    verdict,
)

# The package id of the scene `captured`. It may change only together with the version, or
# before the first release: packages that were made must rebuild for ever.
GOLDEN = "sha256:2b5c966cf008771758b5a217e7e8e4342d2bc313534976a12c95d18ddac17303"


def test_golden() -> None:
    built = SCENES["captured"].built()
    assert str(built.id) == GOLDEN, "these octets are not those of before"


@pytest.mark.parametrize("state", STATES)
def test_twice_the_same(state: str) -> None:
    out = io.BytesIO()
    SCENES[state].built().write(out)
    assert out.getvalue() == package(state)


def test_the_id_is_the_digest_of_the_manifest() -> None:
    files = opened(package("captured"))
    digest = hashlib.sha256(files[DATAPACKAGE]).hexdigest()
    assert str(open_package(io.BytesIO(package("captured"))).id) == f"sha256:{digest}"
    assert digest in files["datapackage-digest.json"].decode()


def test_what_stands_where() -> None:
    paths = list(opened(package("captured")))
    assert paths == [*sorted(paths[:-2]), "datapackage.json", "datapackage-digest.json"]
    assert opened(package("captured"))[SEED_TEXT] == TEXT
    for state in ("redirected", "truncated", "blocked"):
        files = opened(package(state))
        assert SEED_TEXT not in files
        texts = [octets for path, octets in files.items() if path not in (WARC, MANIFEST)]
        assert not any(b"engineer of the old bridge,\\n" in octets for octets in texts)
    withheld = b"".join(
        octets for path, octets in opened(package("truncated")).items() if path != WARC
    )
    assert hashlib.sha256(TEXT).hexdigest().encode() not in withheld
    # No verdict among what was observed.
    assert b"captured" not in opened(package("captured"))[CAPTURE]
    assert json.loads(opened(package("captured"))[OUTCOME])["state"] == "captured"


def test_a_clock_that_was_set_back_gives_a_package_that_verifies() -> None:
    scene = SCENES["captured"]
    late = asked(URL, answer(), date="2026-03-14T12:00:09Z")
    out = io.BytesIO()
    scene.built([late]).write(out)
    report = verdict(out.getvalue())
    assert report.cause == "unsigned"
    assert json.loads(opened(out.getvalue())[DATAPACKAGE])["created"] == "2026-03-14T12:00:09Z"
    assert report.said is not None
    assert (report.said.observation.started, report.said.observation.ended) == (
        DATE,
        "2026-03-14T12:00:09Z",
    )


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    built = SCENES["captured"].built()
    out = io.BytesIO()
    size = len(package("captured"))
    monkeypatch.setattr(container, "MAX_SIZE", size)
    built.write(out)
    assert len(out.getvalue()) == size
    assert container.read(out)
    monkeypatch.setattr(container, "MAX_SIZE", size - 1)
    nothing = io.BytesIO()
    with pytest.raises(InvalidInput, match="4 GiB"):
        built.write(nothing)
    assert nothing.getvalue() == b""
    with pytest.raises(InvalidInput):
        container.read(out)


def test_a_file_that_ends_early_is_never_taken_for_whole() -> None:
    one = replace(exhibit("a/b", b"octets"), size=7)
    with pytest.raises(InvalidInput):
        one.octets()
    window = exhibit("a/b", b"octets").window()
    assert (window.read(3), window.read(), window.read()) == (b"oct", b"ets", b"")


def test_a_warc_that_warcio_reads_otherwise_is_not_sealed() -> None:
    archive = open_package(io.BytesIO(package("captured"))).window(WARC)
    records, _ = read_archive(archive)
    theirs = read_back(archive)
    check_alike(records, theirs)
    for other in (theirs[:-1], theirs[::-1], [*theirs, theirs[0]], []):
        with pytest.raises(InvalidInput, match="other records"):
            check_alike(records, other)


def test_a_warc_that_warcio_cannot_read_is_not_sealed() -> None:
    with pytest.raises(InvalidInput, match="it stops"):
        read_back(io.BytesIO(b"nonsense\r\n"))


def test_layers_keep_their_names() -> None:
    with pytest.raises(InvalidInput):
        building.layer("x", "case", {"format": 1})
    with pytest.raises(InvalidInput):
        building.layer("x", "case", {"case": 1})


def test_primary_exhibits_come_back() -> None:
    primary = primary_of(open_package(io.BytesIO(package("redirected"))))
    assert primary.seed is None
    assert primary.seed_document is not None
    assert next(one.url for one in primary.observation.of_source()) == URL
    with pytest.raises(InvalidInput, match="lacks"):
        open_package(io.BytesIO(package("redirected"))).octets("evidence/none.json")


HEADS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.0 404 x\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 204 No\r\n",
        b"HTTP/2 200\r\n",
        b"http/1.1 200 OK\r\n",
        b"HTTP/1.1 abc\r\n",
        b"ICY 200 OK\r\n",
        b"HTTP/1.1 101 Switching\r\n",
        b"",
    ]
)
FIELDS = st.sampled_from(
    [
        b"Content-Type: text/html; charset=\xff\r\n",
        b"Content-Type:\ttext/plain\x00\x85\r\n",
        b"Content-Type: " + b"x" * 9000 + b"\r\n",
        b"Content-Length: 5\r\n",
        b"Content-Length: 5, 6\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Location: /x\r\n",
        b"X: folded\r\n\tline\r\n",
        b"no colon\r\n",
        b"Na\xefme: x\n",
        b"WARC-Type: response\r\n",
    ]
)
BODIES = st.sampled_from(
    [
        b"",
        b"hello",
        b"hello there",
        b"5\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhel",
        b"\r\n\r\nWARC/1.1\r\n",
    ]
) | st.binary(max_size=30)
ANSWERS = st.builds(
    lambda head, fields, end, body: head + b"".join(fields) + end + body,
    HEADS,
    st.lists(FIELDS, max_size=4),
    st.sampled_from([b"\r\n", b"\n", b""]),
    BODIES,
)


@settings(max_examples=250, deadline=2000)
@given(ANSWERS)
def test_whatever_a_server_sends_is_sealed_and_verifies(answered: bytes) -> None:
    exchange: RawExchange = asked(URL, answered)
    named = Scene(hops=()).frame().settings["controls"] if exchange.fault else []
    controls = [asked(url, answer("up"), role="control") for url in named]
    out = io.BytesIO()
    Scene(hops=()).built([exchange, *controls]).write(out)
    report = verdict(out.getvalue())
    assert (report.verdict, report.cause) == ("untrusted", "unsigned"), report


def test_an_answer_to_a_request_that_did_not_get_out() -> None:
    """The server answers, and closes before it is asked: that is no whole answer."""
    ours, theirs = socket.socketpair()
    one = RawExchange(role="source", url=URL, attempt=1, date=DATE, connection=connected(URL, ours))
    theirs.sendall(answer())
    theirs.close()
    perform(one, request(URL), Limits(max_octets=1 << 20, seconds=5), Deadline(5))
    assert (one.request, one.status, one.truncated) == (b"", 200, "unspecified")
    out = io.BytesIO()
    SCENES["captured"].built([one]).write(out)
    report = verdict(out.getvalue())
    assert report.said is not None
    assert report.said.outcome.reason == "http.truncated"
