"""Seed text against page text: rule `archiver-compare-1`."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from archiver.judge import claims as claimed
from archiver.judge.asides import ALL
from archiver.judge.claims import Claims, Stated
from archiver.judge.corpus import of_asides
from archiver.judge.elsewhere import Beside, Context, Elsewhere, contexts, embedded, struck
from archiver.judge.find import Exhausted, Haystack, Place
from archiver.judge.nearest import Index, Nearest
from archiver.judge.normal import LEVELS
from archiver.judge.page import NoText, Page
from archiver.judge.seed import Passage

FORMAT = "archiver-compare-1"
RESULTS = ("contained", "partial", "not-contained", "not-comparable")


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What is looked for. `absent` says why nothing is: `no_seed_text`, `text_withheld`."""

    passages: tuple[Passage, ...]
    stated: Stated = field(default_factory=Stated)
    absent: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What became of one passage: exactly one of place and nearest, or neither (missing).

    A passage that is not found may stand `elsewhere`. `compared` is False where the page
    has no text to compare, and only that is known.
    """

    passage: Passage
    place: Place | None = None
    context: Context | None = None
    nearest: Nearest | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    compared: bool = True

    @property
    def status(self) -> str:
        """`found`, `altered`, `missing` or `not-compared`."""
        if not self.compared:
            return "not-compared"
        if self.place is not None:
            return "found"
        return "missing" if self.nearest is None else "altered"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """The result, passage by passage. `reason` stands where nothing could be compared."""

    result: str
    reason: str | None
    findings: tuple[Finding, ...] = ()
    in_order: bool | None = None
    embedded: str | None = None
    embedded_whole: bool = True
    claims: Claims | None = None

    def count(self, status: str) -> int:
        """How many passages are `found`, `altered` or `missing`."""
        return sum(finding.status == status for finding in self.findings)

    @property
    def within(self) -> int:
        """How many found passages stand in a longer paragraph."""
        contexts = [one.context for one in self.findings if one.context is not None]
        return sum(bool(one.before or one.behind) for one in contexts)

    @property
    def title_found(self) -> bool | None:
        """Whether the claimed title stands anywhere on the page; None where none was sought."""
        if self.claims is None or self.claims.title is None:
            return None
        return bool(self.claims.title.where)

    @property
    def normalisation(self) -> str | None:
        """The strongest normalisation that any found passage needed."""
        levels = [one.place.level for one in self.findings if one.place is not None]
        return max(levels, key=LEVELS.index, default=None)


def compare(claim: Claim, page: Page | NoText, *, needs_script: bool = False) -> Comparison:
    """Look for every passage of the claim in the page's visible text.

    `needs_script` says that the page is a shell which a script would have filled: then
    none of the passages on it shows nothing.
    """
    if claim.absent is not None:
        return Comparison(result="not-comparable", reason=claim.absent)
    if isinstance(page, NoText):
        shell = needs_script and page.reason == "no_page_text"
        return _without_text(claim, "needs_script" if shell else page.reason, page.beside)
    if not claim.passages:
        return Comparison(result="not-comparable", reason="no_body")
    try:
        return _with_text(claim, page, needs_script)
    except Exhausted:
        return Comparison(result="not-comparable", reason="too_large")


def _with_text(claim: Claim, page: Page, needs_script: bool) -> Comparison:
    haystack = Haystack(page.text, page.struck)
    places = _places(claim.passages, haystack)
    found = [one for one in places if one is not None]
    if needs_script and not found:
        return _without_text(claim, "needs_script", page)
    in_order = all(one.end <= other.start for one, other in pairwise(found))
    # Only where something is not found is all looked through that is not on the screen.
    kinds = claimed.SEARCHED if len(found) == len(places) else ALL
    corpus = of_asides(page.source, page.asides, kinds)
    beside = Beside(page, corpus)
    findings = _findings(claim.passages, places, (page, haystack, beside))
    if not found:
        result = "not-contained"
    elif len(found) == len(findings) and in_order:
        result = "contained"
    else:
        result = "partial"
    return Comparison(
        result=result,
        reason=None,
        findings=findings,
        in_order=in_order if found else None,
        embedded=embedded(one.elsewhere for one in findings if one.place is None),
        embedded_whole=beside.whole,
        claims=claimed.claims(claim.stated, page, haystack, corpus),
    )


def _without_text(claim: Claim, reason: str, page: Page | None) -> Comparison:
    """Nothing to compare with; what stands beside the screen is told all the same."""
    if page is None or not page.asides or not claim.passages:
        return Comparison(result="not-comparable", reason=reason)
    beside = Beside(page, of_asides(page.source, page.asides, ALL))
    findings = tuple(
        Finding(passage=one, elsewhere=beside.find(one), compared=False) for one in claim.passages
    )
    return Comparison(
        result="not-comparable",
        reason=reason,
        findings=findings,
        embedded=embedded(one.elsewhere for one in findings),
        embedded_whole=beside.whole,
    )


def _places(passages: tuple[Passage, ...], haystack: Haystack) -> list[Place | None]:
    places: list[Place | None] = []
    after = 0
    for passage in passages:
        place = haystack.find(passage, after)
        places.append(place)
        after = after if place is None else place.end
    return places


def _findings(
    passages: tuple[Passage, ...],
    places: list[Place | None],
    where: tuple[Page, Haystack, Beside],
) -> tuple[Finding, ...]:
    page, haystack, beside = where
    pairs = list(zip(passages, places, contexts(page, places), strict=True))
    unfound = [one.text for one, place, _ in pairs if place is None and one.text is not None]
    index = Index(haystack, unfound) if unfound else None
    made = []
    for passage, place, context in pairs:
        if place is not None:
            made.append(Finding(passage=passage, place=place, context=context))
            continue
        likest = None
        if index is not None and passage.text is not None:
            likest = index.nearest(passage.text)
        elsewhere = struck(page, haystack, passage) + beside.find(passage)
        made.append(Finding(passage=passage, nearest=likest, elsewhere=elsewhere))
    return tuple(made)
