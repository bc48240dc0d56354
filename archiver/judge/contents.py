"""What the content of an answer makes of it: the part of `archiver-outcome-1` beyond status lines.

The rule, from the top; the first line that fits decides:

1. The whole seed text stands on the page: `captured`, whatever else is seen.
2. Some of it does: a beginning with a pay wall behind it is a teaser (`captured`); where
   signs agree that the page is another one they contradict the text: `inconclusive`;
   else `captured`.
3. Signs agree on one state: that state. Agreeing takes a strong sign and a second one of
   another family, or the seed text that is missing, or the probe that got the same page.
   For an absence it takes more: see `_AGREEING`.
4. Signs agree on two states: `inconclusive`, unless a maker's mark names a challenge.
5. Nothing to be seen without its scripts: `captured`, and not comparable.
6. A lone sign of weight: `inconclusive`, since either word would be false.
7. `captured`; weak signs are listed.
"""

from __future__ import annotations

from dataclasses import dataclass

from archiver.judge.signals.signs import Sign, Signs

# What the signs are signs of: the state and reason, the more telling first.
KINDS = {
    "challenge": ("blocked", "content.challenge"),
    "captive": ("inconclusive", "local.captive_portal"),
    "legal": ("blocked", "content.legal"),
    "geo": ("blocked", "content.geo"),
    "parked": ("absent", "content.parked"),
    "removed": ("absent", "content.removed"),
    "not_found": ("absent", "content.soft_404"),
    "home": ("absent", "redirect.home"),
    "section": ("absent", "redirect.section"),
    "maintenance": ("unreachable", "content.maintenance"),
    "pay": ("blocked", "content.pay_wall"),
    "login": ("blocked", "content.login_wall"),
    "consent": ("blocked", "content.consent_wall"),
    "denied": ("blocked", "content.challenge"),
    "script": ("captured", "content.needs_script"),
    "unclear": ("inconclusive", "signals.conflict"),
}
# What makes the signs of a kind agree, in any one of these ways: a `strong` one, signs of
# `two` families, the `same` page for a nonsense address or one that is `alike`, the seed
# text that is `missing`, a page that is `bare` of other prose or `clear` of words that say as
# little as "not available", `words` of it, however small, on a page with no other text.
_WORDS = "words bare same missing"
_TWO_OF = ("strong two", "strong same", "strong missing")
_AGREEING = {
    "not_found": ("strong same", "strong alike", _WORDS),
    "home": ("strong same",),
    "section": ("same",),
    "parked": ("strong two", "strong same", _WORDS),
    "removed": ("strong clear two", "strong clear same", "strong clear missing"),
    "legal": (*_TWO_OF, _WORDS),
    "geo": (*_TWO_OF, _WORDS),
    "pay": ("two", "strong same", "strong missing"),
    "login": (*_TWO_OF, "two bare missing"),
    "script": (),
    "unclear": (),
}
_CONFLICT = ("inconclusive", "signals.conflict")
_BARE = 120  # weight of a page's own prose under which a weak sign gains weight


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """What the comparison came to, as far as the outcome asks. `some`: some of the text stands
    there, as it is or altered; `teaser`: its beginning does, and only that; `missing`: nothing
    of it, on a page that could hold it; `withheld`: nobody can check."""

    result: str
    some: bool = False
    teaser: bool = False
    missing: bool = False
    withheld: bool = False


Verdict = tuple[str, str]


def page_verdict(signs: Signs, text: Text, otherwise: Verdict) -> Verdict:
    """State and reason of an answer with a status of success; `otherwise` by that alone."""
    if text.result == "contained":
        return otherwise
    agreed = [kind for kind in KINDS if _agreed(kind, signs, text)]
    if text.some:
        return _with_some(signs, text, agreed, otherwise)
    if agreed:
        return _with_agreement(signs, text, agreed)
    if signs.shell and not any(_weighty(one) for one in signs.found):
        return KINDS["script"]
    return _CONFLICT if _doubtful(signs, text) else otherwise


def _with_agreement(signs: Signs, text: Text, agreed: list[str]) -> Verdict:
    verdict = KINDS[agreed[0]]
    if len({KINDS[kind][0] for kind in agreed}) > 1:
        return KINDS["challenge"] if _named_challenge(signs) else _CONFLICT
    if text.withheld and verdict[0] == "absent":
        return "inconclusive", "signals.withheld"
    return verdict


def failure_verdict(signs: Signs, status: int, by_status: Verdict) -> Verdict:
    """State and reason of an answer with a status of failure, on which the text does not stand."""
    state = by_status[0]
    if state in ("blocked", "unreachable"):
        told = status in (403, 429, 503) and any(not one.weak for one in signs.of("challenge"))
        return KINDS["challenge"] if told or _named_challenge(signs) else by_status
    if state == "absent":
        if _named_challenge(signs):
            return KINDS["challenge"]
        others = {KINDS[one.kind][0] for one in signs.found if _weighty(one)}
        if others - {"absent", "inconclusive"} and not signs.of("not_found"):
            return _CONFLICT
    return by_status


def _named_challenge(signs: Signs) -> bool:
    """Whether a maker of such walls left its mark in the head or the structure."""
    return any(not one.weak and one.family != "words" for one in signs.of("challenge"))


def _agreed(kind: str, signs: Signs, text: Text) -> bool:
    """Whether independent signs agree that the answer is of this kind."""
    found = signs.of(kind)
    result = signs.beside.result if signs.beside else None
    seen = {
        "strong": any(not one.weak for one in found),
        "two": len({one.family for one in found}) > 1,
        "same": result == "same",
        "alike": result == "alike",
        "missing": text.missing,
        "words": any(one.family == "words" for one in found),
        "bare": signs.shape.own < _BARE and not signs.shape.article,
        "clear": not any(not one.weak for one in signs.of("unclear")),
    }
    ways = _AGREEING.get(kind, _TWO_OF)
    return bool(found) and any(all(seen[word] for word in way.split()) for way in ways)


def _with_some(signs: Signs, text: Text, agreed: list[str], otherwise: Verdict) -> Verdict:
    if text.teaser and any(one.family == "words" or not one.weak for one in signs.of("pay")):
        return "captured", "content.pay_wall"
    if any(KINDS[kind][0] != "captured" for kind in agreed if kind not in ("pay", "login")):
        return _CONFLICT
    return otherwise


def _weighty(one: Sign) -> bool:
    return not one.weak and one.kind != "script"


def _doubtful(signs: Signs, text: Text) -> bool:
    """Whether it would be false to call the answer the page without a word."""
    if any(_weighty(one) for one in signs.found):
        return True
    if text.missing and not signs.shape.lines:
        return True  # an empty page holds no text, whatever it was
    beside = signs.beside is not None and signs.beside.result
    if text.missing and beside == "together":
        return True  # everything is led there
    told = any(one.family in ("words", "redirect") and one.kind != "script" for one in signs.found)
    bare = not signs.shape.article
    alike = beside == "alike" and text.missing and bare
    if told and (alike or (beside == "same" and (text.missing or bare))):
        return True
    if not text.missing or signs.shape.article:
        return text.missing and bool(signs.of("section"))
    return beside == "same" or bool(signs.of("section")) or (told and signs.shape.own < _BARE)
