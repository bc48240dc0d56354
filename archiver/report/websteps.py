"""The web archive: its records, the page in it, certificates and answers of name servers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.digest import Digest
from archiver.observation import Exchange
from archiver.package.derive import COMPARISON, WARC, page_record
from archiver.pem import from_pem, to_pem
from archiver.report.pagebody import page_body
from archiver.report.sealed import Sealed
from archiver.report.shell import Step, as_jq_prints, stretch
from archiver.warc import Record

_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([0-9]{3})[ \r\n]")
_FOUND = (
    '.passages[] | select(.status == "found") | "\\(.octets[0] + {}) \\(.octets[1] - .octets[0])"'
)
_RECORDED = "That the server sent them: TLS gives no receipt, and a WARC can be written by anyone."


def of_archive(sealed: Sealed) -> Iterator[Step]:
    """The WARC file as a whole."""
    yield Step(
        title="The digests in the web archive",
        command=f"warcio check opened/{WARC} && echo every digest is right",
        prints="every digest is right",
        proves="Every record has the block digest, and where stated the payload digest, that its "
        "head gives.",
        cannot="Anything about the heads themselves (address, date): no digest in a WARC covers "
        "them, only the id of the package does.",
    )
    yield Step(
        title="The records of the web archive",
        command=f"warcio index -f offset,warc-type,warc-target-uri opened/{WARC} | jq -ac .",
        prints="\n".join(as_jq_prints(_indexed(one)) for one in sealed.primary.records),
        proves="These records, at these octets, and no others.",
        cannot=_RECORDED,
    )


def _indexed(record: Record) -> dict[str, str]:
    line = {"offset": str(record.offset), "warc-type": record.type}
    return line if record.uri is None else {**line, "warc-target-uri": record.uri}


def of_page(sealed: Sealed) -> Iterator[Step]:
    """The final response, its body, and the passages found in it."""
    record = page_record(sealed.primary)
    if record is None:
        return
    yield Step(
        title="The final response",
        command=f"{stretch(record.block, record.length)} | sha256sum",
        prints=f"{record.block_digest.hex}  -",
        proves=f"The octets of the response, status line and all, stand in {WARC} from octet "
        f"{record.block} on; put `less` in the place of `sha256sum` to read them.",
        cannot=_RECORDED,
    )
    line = _STATUS_LINE.match(sealed.start(record, 13))
    if line is not None:
        yield Step(
            title="Its status",
            command=f"{stretch(record.block + 9, 3)}; echo",
            prints=line[1].decode("ascii"),
            proves="This is the HTTP status in the recorded octets.",
            cannot="Why the server said so.",
        )
    body = page_body(sealed, record)
    if body is None:
        return
    yield Step(
        title="The body of the page",
        command=f"{body.command} > body && sha256sum < body",
        prints=f"{Digest.of(body.octets).hex}  -",
        proves="This is the page as a browser gets it, without its transfer and content codings.",
        cannot="How a browser would show it.",
    )
    found = [one for one in sealed.document(COMPARISON)["passages"] if one["status"] == "found"]
    if not found:
        return
    spans = [(body.skip + one["octets"][0], body.skip + one["octets"][1]) for one in found]
    first, end = spans[0]
    yield Step(
        title="The passages that were found",
        command=f"jq -r '{_FOUND.format(body.skip + 1)}' opened/{COMPARISON} | while read -r at "
        'length; do tail -c "+$at" body | head -c "$length" | sha256sum; done',
        prints="\n".join(f"{Digest.of(body.octets[a:b]).hex}  -" for a, b in spans),
        proves="Each found passage stands at its place in the page, with the page's own markup. "
        f"To read the first: `tail -c +{first + 1} body | head -c {end - first} | less`.",
        cannot="That it was shown: `archiver compare` reads the page as a browser would.",
    )


def of_certificates(sealed: Sealed) -> Iterator[Step]:
    """Each certificate that the source presented, against `capture.json`."""
    for hop, one in enumerate(sealed.primary.observation.of_source(), start=1):
        record = None if one.tls is None else sealed.record(one.tls.certificates)
        if record is not None:
            yield from _chain(sealed, hop, one, record)


def _chain(sealed: Sealed, hop: int, one: Exchange, record: Record) -> Iterator[Step]:
    start = record.block
    verified = one.tls is not None and one.tls.verified
    doubt = "" if verified else " This connection did not verify: the server proved nothing."
    for number, der in enumerate(from_pem(sealed.block(record)) or (), start=1):
        length = len(to_pem((der,)))
        yield Step(
            title=f"Exchange {hop} with the source: certificate {number}",
            command=f"{stretch(start, length)} | openssl x509 -outform DER | sha256sum",
            prints=f"{Digest.of(der).hex}  -",
            proves="The server presented this certificate, and capture.json gives this digest of "
            "it; put `openssl x509 -noout -text` in the place of what follows `head` to read it.",
            cannot="That a root which you trust vouches for it (`openssl verify` tells), or that "
            f"its holder sent the page.{doubt}",
        )
        start += length


def of_names(sealed: Sealed) -> Iterator[Step]:
    """The response code in each name server's answer about the source."""
    for hop, one in enumerate(sealed.primary.observation.of_source(), start=1):
        for number, asked in enumerate(one.lookups, start=1):
            record = sealed.record(asked.answer)
            if record is None or record.length < 4:
                continue
            yield Step(
                title=f"Exchange {hop} with the source: answer {number} of a name server",
                command=f"{stretch(record.block + 3, 1)} | od -An -tx1 | cut -c 3",
                prints=f"{sealed.start(record, 4)[3] & 15:x}",
                proves="This is the response code in the recorded answer (RFC 1035, section "
                "4.1.1): 0 no error, 2 server failure, 3 no such name, 5 refused.",
                cannot="That the answer came from where it says, unless it was signed (DNSSEC).",
            )
