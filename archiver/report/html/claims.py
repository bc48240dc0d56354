"""What a person says: the claims, the opinion, and what was amended in either afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archiver.report.html.document import code, facts, isolated, joined
from archiver.report.html.markup import Content, Markup, element, foreign
from archiver.report.sentences import moment_words, signer_sentence, who
from archiver.report.subject import Subject
from archiver.verify.amendments import Amendment

_TEXT_WORDS = {
    "include": "The text is in the package.",
    "digest": "The package holds digests of the text and of its passages, not the text.",
    "withhold": "The text is withheld: the package holds commitments to it that tell nothing.",
}
_HOW = {
    "copied_from_page": "copied from the page",
    "screenshot_ocr": "read from a picture of the page",
    "tip": "a tip",
    "dataset": "from a data set",
    "archive_copy": "from another archive's copy",
    "translation": "a translation",
    "unknown": "how it was obtained is not said",
}


def claims(subject: Subject) -> Content:
    """Both layers, as of now."""
    count = len(subject.report.amendments)
    as_of = f" as of amendment {count}" if count else ""
    intro = (
        f"What follows is said by people{as_of}. It is no finding: nothing in it was checked but "
        "its form, and what the comparison tells."
    )
    return [
        element("p", intro, class_="note"),
        facts(_claimed(subject)),
        _opinion(subject.now.assessed),
    ]


def _claimed(subject: Subject) -> Iterator[tuple[str, Content]]:
    said = subject.claimed
    stated, outlet = said["claimed"], said["outlet"]
    published = stated["published"]
    yield "Address", element("bdi", said["source"]["url"])
    yield "Title", foreign("span", stated.get("title", "unknown"), stated["language"])
    yield "Published", _published(published)
    if stated.get("authors"):
        names: list[Content] = [
            [element("bdi", one["name"]), _role(one)] for one in stated["authors"]
        ]
        yield "By", joined(names)
    country = f", {outlet['country']}" if "country" in outlet else ""
    domain = element("bdi", outlet["domain"])
    yield "Outlet", [element("bdi", outlet["name"]), " (", domain, f"{country})"]
    yield "Language", stated["language"]
    yield "Text", _text(subject)
    for name in ("holder", "licence", "basis"):
        if name in said.get("rights", {}):
            yield f"Rights: {name}", element("bdi", said["rights"][name])
    for one in said.get("related", ()):
        yield one["rel"].replace("_", " ").capitalize(), element("bdi", one["ref"])


def _role(author: Mapping[str, Any]) -> str:
    return f" ({author['role']})" if "role" in author else ""


def _published(published: Mapping[str, Any]) -> str:
    if published["date"] == "unknown":
        return "unknown"
    zone = "zone unknown" if published["zone"] == "unknown" else f"zone {published['zone']}"
    basis = published["basis"].replace("_", " ")
    return f"{published['date']}, known to the {published['precision']}, {zone} (from: {basis})"


def _text(subject: Subject) -> Content:
    said = subject.claimed.get("seed_text")
    if said is None:
        return "none was given"
    origin = said.get("origin", {})
    how = _HOW[origin.get("how", "unknown")]
    excerpt = ", an excerpt" if origin.get("is_excerpt") else ""
    by = isolated(origin.get(name, "unknown") for name in ("obtained_by", "obtained_at"))
    digest: Content = None
    if "sha256" in said:
        digest = [" Its digest: ", code(said["sha256"]), "."]
    return [
        _TEXT_WORDS[said["publish"]],
        digest,
        f" Origin: {how}{excerpt}",
        [", obtained by ", by] if by.source else None,
        ".",
    ]


def _opinion(assessed: Mapping[str, Any]) -> Content:
    review = assessed["review"]
    state = review["state"].replace("_", " ")
    reviewed = (state, review.get("by", "unknown"), review.get("at", "unknown"))
    pairs: list[tuple[str, Content]] = [("Review", isolated(reviewed))]
    pairs += [("Stance", _stance(one)) for one in assessed.get("stance", ())]
    pairs += [
        ("Narrative", [element("bdi", one["label"]), f" ({one['scheme']})"])
        for one in assessed.get("narratives", ())
    ]
    for name in ("topics", "keywords"):
        if assessed.get(name):
            pairs.append((name.capitalize(), isolated(assessed[name])))
    for one in assessed.get("designations", ()):
        pairs.append(("Public list", isolated((one["list"], one["designated"], one["ref"]))))
    if assessed.get("sensitivity", {}).get("harm_note"):
        pairs.append(("Handle with care", element("bdi", assessed["sensitivity"]["harm_note"])))
    if assessed.get("notes"):
        pairs.append(("Notes", foreign("div", assessed["notes"])))
    return [element("h3", "Opinion and notes"), facts(pairs)]


def _stance(one: Mapping[str, Any]) -> Content:
    sure = f", confidence {one['confidence']}" if "confidence" in one else ""
    return [
        element(
            "p",
            element("bdi", one["label"]),
            f" ({one['scheme']}) on: ",
            isolated((one["target"], one.get("analyst", "unknown"))),
            sure,
        ),
        foreign("p", one["note"], class_="note") if "note" in one else None,
    ]


def amendments(made: Sequence[Amendment]) -> Content:
    """What was said after the sealing: who changed what, the latest last."""
    if not made:
        return None
    return [
        element("h3", "Amended after the sealing"),
        element(
            "p",
            "The package stays as it was sealed. Each amendment is a signed file beside it.",
            class_="note",
        ),
        [_amendment(one) for one in made],
    ]


def _amendment(one: Amendment) -> Markup:
    rows: list[tuple[str, Content]] = [
        (f"Amendment {one.number}", moment_words(one.created)),
        ("By", element("bdi", who(dict(one.by)) or "nobody named")),
        ("Signer", element("bdi", " ".join(map(signer_sentence, one.signers)))),
    ]
    if one.note:
        rows.append(("Why", foreign("span", one.note)))
    for change in one.changes:
        before, after = _value(change.before), _value(change.after)
        was, now = (element("span", word, class_="who") for word in ("was:", "now:"))
        differs: Content = [element("del", was, " ", before), " ", element("ins", now, " ", after)]
        rows.append((change.field, differs))
    return facts(rows, "small")


def _value(value: object) -> Markup:
    words = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return element("bdi", words if len(words) <= 1000 else f"{words[:1000]}…")
