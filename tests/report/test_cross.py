"""One fixture an objection: it is made, and its cure takes exactly it away."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from archiver.attest import signed
from archiver.attest.p384 import SigningKey
from archiver.attest.trust import Known, Revoked, Trust
from archiver.capture.exchange import RawExchange
from archiver.capture.recording import Frame
from archiver.capture.tls import Seen
from archiver.digest import Digest
from archiver.errors import Exit, InvalidInput
from archiver.moment import spell
from archiver.observation import DEFAULT_CONTROLS, Person
from archiver.package.derive import DATAPACKAGE
from archiver.verbs.crossing import Crossed, cross
from tests.attest.signers import OURS, THEIRS, key
from tests.case.right_case import SEED
from tests.custody.logbook import MOMENT, append, began, captured, log_in, note, sign
from tests.custody.logbook import key as log_key
from tests.report.reports import BOTH, amended, choosing, cosigned, stamped
from tests.verify.scenes import PAGE, REFUSED, SCENES, URL, Scene, answer, asked

ROOT = Path(__file__).parent.parent.parent
HERE = Person(name="analyst-7", organisation="Example Desk", label="office", country="NL")
AWAY = replace(HERE, label="home", country="CH")
DATED = "Date: Sat, 14 Mar 2026 12:00:01 GMT\r\n"


PUBLIC = "198.41.0.4"  # nobody needs leave to ask an address of this kind
DEFAULTS = {
    "requisites": True,
    "probe": True,
    "allow_private_addresses": False,
    "controls_given": False,
}


@dataclass(frozen=True)
class Bent(Scene):
    """A scene by somebody who has named themselves, with their own clock and the defaults."""

    person: Person = HERE
    clock: str = "system"
    at: str = "2026-03-14T12:00:00Z"
    settings: Mapping[str, Any] = field(default_factory=dict)
    claims: Callable[[dict[str, Any], dict[str, Any]], object] = lambda _, __: None
    connect: Callable[[RawExchange], object] = lambda _: None
    failing: str | None = None

    def frame(self) -> Frame:
        made = super().frame()
        settings = {**made.settings, **DEFAULTS, **self.settings}
        return replace(
            made,
            person=self.person,
            clock=self.clock,
            started=self.at,
            ended=self.at,
            settings=settings,
        )

    def layers(self) -> tuple[dict[str, Any], dict[str, Any]]:
        claimed, assessed = super().layers()
        self.claims(claimed, assessed)
        return claimed, assessed

    def exchanges(self) -> list[RawExchange]:
        made = super().exchanges()
        if self.failing is not None:
            made.insert(len(self.hops), asked(self.failing, REFUSED, role="requisite"))
        for one in made:
            one.date = self.at
            if not self.settings.get("allow_private_addresses"):
                in_public(one)
            self.connect(one)
        return made


def in_public(one: RawExchange) -> None:
    at = one.connection
    at.ip = at.ip and PUBLIC
    at.addresses = [replace(address, ip=PUBLIC) for address in at.addresses]


def bent(scene: str = "captured", **changed: Any) -> Bent:
    """A scene with these fields changed; where a page came, the probe is answered with a 404."""
    fields = {name: getattr(SCENES[scene], name) for name in Scene.__dataclass_fields__}
    fields |= {"clock": "system", "control_urls": DEFAULT_CONTROLS, **changed}
    hops = fields["hops"] or ((URL, answer()),)
    last = hops[-1][1]
    if isinstance(last, bytes) and last.startswith(b"HTTP/1.1 200") and "beside" not in changed:
        fields["beside"] = answer("<h1>Gone</h1>", "404 Not Found")
    return Bent(**fields)


def shown(body: str, extra: str = "", status: str = "200 OK", **changed: Any) -> Bent:
    """A capture of this page."""
    return bent(hops=((URL, answer(body, status, extra)),), **changed)


@dataclass(frozen=True)
class Made:
    """A package and what goes with it."""

    scene: Scene
    by: SigningKey | None = THEIRS
    trust: Trust = BOTH
    cosigned: SigningKey | None = None
    stamp: str | None = "20260314120500Z"
    amend: Callable[[dict[str, Any], dict[str, Any]], object] | None = None
    others: tuple[Scene, ...] = ()
    told: tuple[str, ...] = ()

    def crossed(self, folder: Path) -> Crossed:
        """With a ledger around it that tells of these lines."""
        packages = folder / "a-case" / "packages"
        packages.mkdir(parents=True)
        file = packages / "x.wacz"
        file.write_bytes(octets(self.scene, self.by))
        if self.told:
            lines = ledger_lines(Digest.of(file.read_bytes()))
            log = log_in(folder)
            for name in self.told:
                append(log, lines[name])
            sign(log)
        if self.cosigned is not None:
            cosigned(file, self.cosigned)
        if self.stamp is not None:
            stamped(file, self.stamp)
        if self.amend is not None:
            amended(file, self.amend)
        others = []
        for number, one in enumerate(self.others):
            others.append(packages / f"{number}.wacz")
            others[-1].write_bytes(octets(one, OURS))
        return cross(file, others, trust=self.trust)


def ledger_lines(file: Digest) -> dict[str, dict[str, Any]]:
    """Lines as they stand in the log in the order in which they are told here."""
    log = log_key().public.id
    gap = {"event": "gap", "case": "a-case", "note": "the disk was full", "time": spell(MOMENT)}
    return {
        "begin": began(),
        "capture": {**captured(0, 1), "file": str(file)},
        "gap": gap,
        "answer": {**note("it was full from 1 to 2"), "line": f"{log}/2"},
        "withdraw": {**note("the wrong page"), "event": "withdraw", "line": f"{log}/1"},
        "correct": {**note("the right page"), "event": "correct", "line": f"{log}/2"},
        "strange": {**captured(0, 2)},
    }


def octets(scene: Scene, by: SigningKey | None) -> bytes:
    built = scene.built()
    if by is not None:
        listed = built.document(DATAPACKAGE)
        assert listed is not None
        built = built.with_signature(signed.signed_data(built.id, listed, by))
    out = io.BytesIO()
    built.write(out)
    return out.getvalue()


def said(scene: Scene | Made, **changed: Any) -> Made:
    return replace(scene, **changed) if isinstance(scene, Made) else Made(scene, **changed)


def review(state: str) -> Callable[[dict[str, Any], dict[str, Any]], object]:
    def change(_: dict[str, Any], assessed: dict[str, Any]) -> None:
        assessed["review"] = {"state": state}

    return change


def origin(how: str) -> Callable[[dict[str, Any], dict[str, Any]], object]:
    def change(claimed: dict[str, Any], _: dict[str, Any]) -> None:
        claimed["seed_text"]["origin"] = {"how": how}

    return change


def claiming(**stated: Any) -> Callable[[dict[str, Any], dict[str, Any]], object]:
    def change(claimed: dict[str, Any], _: dict[str, Any]) -> None:
        published = claimed["claimed"]["published"]
        if "date" in stated:
            published["date"] = stated["date"]
        claimed["claimed"]["title"] = stated.get("title", claimed["claimed"]["title"])

    return change


def without_handshake(one: RawExchange) -> None:
    if one.connection.tls is not None:
        one.connection.tls = replace(one.connection.tls, seen=Seen())


def in_the_clear(one: RawExchange) -> None:
    one.connection.tls = None


GONE = Trust(
    (
        Known(
            fingerprint=OURS.public.fingerprint,
            name="us",
            revoked=Revoked(since="2026-03-01T00:00:00Z", reason="stolen"),
        ),
        *BOTH.known[1:],
    )
)
GOOD = shown(PAGE, DATED)
BY_US = Made(GOOD, by=OURS)
TOLD = ("begin", "capture")
ANSWERED = Made(GOOD, told=(*TOLD, "gap", "answer"))
ABSENT = bent("absent")
EARLIER = shown(PAGE, at="2026-03-01T12:00:00Z", beside=None, settings={"probe": False})
LATER = bent("absent", at="2026-03-16T12:00:00Z")
ELSEWHERE = shown(PAGE, person=AWAY)
FIRST, SECOND, THIRD = (f"<p>{one}</p>" for one in SEED.passages)
PLAIN = "\n\n".join(SEED.passages).encode()
AS_TEXT = (
    f"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {len(PLAIN)}"
    "\r\n\r\n"
).encode() + PLAIN
AS_PICTURE = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\n\x89PNG"
TITLE = "<title>The Harbour Bridge Opens</title>"
META = '<meta property="article:published_time" content="{}">'
OTHER_DATE = META.format("2024-06-01") + PAGE
STRAIGHT = PAGE.replace("“", '"').replace("”", '"')
UNREACHABLE = bent("unreachable", controls=(answer("up"), REFUSED, REFUSED))
DOWN = bent("unreachable", controls=(REFUSED, REFUSED, REFUSED))

# The code; what is objected to; what is not; and what else the cure takes away or brings.
PAIRS: list[tuple[str, Made, Made, set[str]]] = [
    ("signer.none", Made(GOOD, by=None), Made(GOOD), set()),
    ("signer.unknown", Made(GOOD, by=key(77)), Made(GOOD), set()),
    ("signer.revoked", said(BY_US, trust=GONE), said(BY_US, trust=GONE, cosigned=THEIRS), set()),
    ("signer.own_only", BY_US, said(BY_US, cosigned=THEIRS), set()),
    ("time.own_clock", Made(GOOD, stamp=None), Made(GOOD), set()),
    ("time.late_stamp", Made(GOOD, stamp="20260401120000Z"), Made(GOOD), set()),
    ("time.clock_set", Made(shown(PAGE, DATED, clock="SOURCE_DATE_EPOCH")), Made(GOOD), set()),
    ("time.clock_off", Made(shown(PAGE, DATED.replace("12:", "15:"))), Made(GOOD), set()),
    ("person.unnamed", Made(shown(PAGE, person=Person(label="office"))), Made(GOOD), set()),
    ("vantage.unnamed", Made(shown(PAGE, person=Person(name="x"))), Made(GOOD), set()),
    (
        "case.draft",
        Made(shown(PAGE, claims=review("draft"))),
        Made(shown(PAGE, claims=review("draft")), amend=review("second_read")),
        set(),
    ),
    ("package.other_version", Made(shown(PAGE, software="archiver 9")), Made(GOOD), set()),
    ("custody.none", Made(GOOD), Made(GOOD, told=TOLD), set()),
    ("custody.gap", Made(GOOD, told=(*TOLD, "gap")), Made(GOOD, told=TOLD), set()),
    ("custody.gap", Made(GOOD, told=(*TOLD, "gap")), ANSWERED, set()),
    ("custody.withdrawn", Made(GOOD, told=(*TOLD, "withdraw")), Made(GOOD, told=TOLD), set()),
    (
        "custody.withdrawn",
        Made(GOOD, told=(*TOLD, "withdraw")),
        Made(GOOD, told=(*TOLD, "withdraw", "correct")),
        set(),
    ),
    ("custody.gap", Made(GOOD, told=("begin", "strange")), Made(GOOD, told=TOLD), set()),
    ("custody.gap", Made(GOOD, told=(*TOLD, "begin")), Made(GOOD, told=TOLD), set()),
    (
        "outcome.inconclusive",
        Made(DOWN),
        Made(UNREACHABLE),
        {"control.none_answered"},
    ),
    (
        "control.none_answered",
        Made(DOWN),
        Made(UNREACHABLE),
        {"outcome.inconclusive"},
    ),
    ("answer.truncated", Made(bent(hops=((URL, answer()[:-5]),), beside=None)), Made(GOOD), set()),
    ("absence.first", Made(ABSENT), Made(ABSENT, others=(EARLIER,)), set()),
    ("absence.once", Made(ABSENT), Made(ABSENT, others=(LATER,)), set()),
    ("server.no_signature", Made(shown(PAGE, connect=without_handshake)), Made(GOOD), set()),
    ("server.cdn", Made(shown(PAGE, "CF-Ray: 8a\r\n")), Made(GOOD), set()),
    ("server.cdn", Made(shown(PAGE, "Server: AkamaiGHost\r\n")), Made(GOOD), set()),
    (
        "server.cdn",
        Made(shown(PAGE, "Via: 1.1 varnish\r\nX-Served-By: cache-fra\r\n")),
        Made(GOOD),
        set(),
    ),
    (
        "option.ca_file",
        Made(shown(PAGE, settings={"ca_file": str(SEED.sha256)})),
        Made(GOOD),
        set(),
    ),
    (
        "option.resolver",
        Made(bent("resolved", settings={"allow_private_addresses": True})),
        Made(GOOD),
        {"option.private"},
    ),
    ("option.control", Made(shown(PAGE, settings={"controls_given": True})), Made(GOOD), set()),
    ("option.requisites", Made(shown(PAGE, settings={"requisites": False})), Made(GOOD), set()),
    ("option.probe", Made(shown(PAGE, beside=None, settings={"probe": False})), Made(GOOD), set()),
    (
        "option.private",
        Made(shown(PAGE, settings={"allow_private_addresses": True})),
        Made(GOOD),
        set(),
    ),
    ("option.proxy", Made(bent("proxied")), Made(GOOD), set()),
    ("vantage.single", Made(GOOD), Made(GOOD, others=(ELSEWHERE,)), set()),
    (
        "vantage.disagrees",
        Made(GOOD, others=(bent("absent", person=AWAY),)),
        Made(GOOD, others=(ELSEWHERE,)),
        set(),
    ),
    ("page.media", Made(shown(PAGE, failing="https://news.example.org/a.css")), Made(GOOD), set()),
    ("page.no_picture", Made(GOOD), Made(bent(hops=((URL, AS_TEXT),))), {"claim.title"}),
    ("text.none", Made(bent(publish=None)), Made(GOOD), {"case.draft"}),
    ("text.withheld", Made(bent(publish="withhold")), Made(GOOD), set()),
    ("text.digest", Made(bent(publish="digest")), Made(GOOD), set()),
    ("text.not_compared", Made(bent(hops=((URL, AS_PICTURE),))), Made(GOOD), {"page.no_picture"}),
    ("text.missing", Made(shown(TITLE + FIRST + THIRD)), Made(GOOD), set()),
    ("text.altered", Made(shown(PAGE.replace("Friday", "Sunday"))), Made(GOOD), set()),
    ("text.letters", Made(shown(PAGE.replace("The mayor", "the mayor"))), Made(GOOD), set()),
    ("text.typography", Made(shown(STRAIGHT)), Made(GOOD), set()),
    ("text.order", Made(shown(TITLE + SECOND + FIRST + THIRD)), Made(GOOD), set()),
    (
        "text.within",
        Made(shown(PAGE.replace("<p>The mayor", "<p>It is false that so. The mayor"))),
        Made(GOOD),
        set(),
    ),
    (
        "text.off_screen",
        Made(shown(TITLE + FIRST + SECOND + THIRD.replace("<p>", "<p hidden>"))),
        Made(GOOD),
        {"text.missing"},
    ),
    ("claim.date", Made(shown(OTHER_DATE)), Made(GOOD), set()),
    (
        "claim.date",
        Made(shown(OTHER_DATE)),
        Made(shown(OTHER_DATE), amend=claiming(date="2024-06-01")),
        set(),
    ),
    ("claim.title", Made(shown(FIRST + SECOND + THIRD)), Made(GOOD), set()),
    (
        "claim.title",
        Made(shown(PAGE.replace("The Harbour Bridge Opens", "A Bridge"))),
        Made(
            shown(PAGE.replace("The Harbour Bridge Opens", "A Bridge")),
            amend=claiming(title="A Bridge"),
        ),
        set(),
    ),
    ("text.origin", Made(shown(PAGE, claims=origin("unknown"))), Made(GOOD), set()),
]


@pytest.fixture(autouse=True)
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choosing(monkeypatch, tmp_path)


def codes(made: Made, folder: Path) -> list[str]:
    return [one.code for one in made.crossed(folder).objections]


@pytest.mark.parametrize(
    ("code", "bad", "good", "also"), PAIRS, ids=[f"{n}-{one[0]}" for n, one in enumerate(PAIRS)]
)
def test_the_cure_takes_exactly_it_away(
    tmp_path: Path, code: str, bad: Made, good: Made, also: set[str]
) -> None:
    before, after = codes(bad, tmp_path / "bad"), codes(good, tmp_path / "good")
    assert before.count(code) == 1
    assert set(before) ^ set(after) == {code, *also}


def test_every_objection_has_its_fixture_and_its_words(tmp_path: Path) -> None:
    source = "".join(one.read_text() for one in (ROOT / "archiver/report/cross").glob("*.py"))
    known = set(re.findall(r'"([a-z]+\.[a-z_]+)"', source)) - {"redirect.loop"}
    apart = {"server.no_tls", "server.unverified"}  # by the command, below
    assert known == {one[0] for one in PAIRS} | apart
    for number, made in enumerate([Made(GOOD, by=None, stamp=None), Made(ABSENT), Made(DOWN)]):
        done = made.crossed(tmp_path / str(number))
        assert done.exit == Exit.CHANGED
        for one in done.objections:
            assert min(len(one.what), len(one.ground), len(one.cure)) > 15
            assert one.command is None or one.command.startswith("archiver ")


def test_a_witness_of_another_source_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.wacz").write_bytes(octets(GOOD, OURS))
    other = octets(replace(GOOD, hops=((URL, answer()),)), OURS)
    (tmp_path / "y.wacz").write_bytes(other)
    assert cross(tmp_path / "x.wacz", [tmp_path / "y.wacz"]).objections
    with pytest.raises(InvalidInput, match="not a regular file"):
        cross(tmp_path / "x.wacz", [tmp_path])


def test_the_package_itself_is_no_witness(tmp_path: Path) -> None:
    found = Made(ABSENT, others=(ABSENT,)).crossed(tmp_path / "a").objections
    assert {"absence.once", "absence.first", "vantage.single"} <= {one.code for one in found}


def test_no_objection_no_difference() -> None:
    assert Crossed(package="x", id="y", objections=()).exit == Exit.OK
