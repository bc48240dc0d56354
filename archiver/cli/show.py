"""`archiver show`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.amended import amended_lines, amendment_json, as_of
from archiver.cli.output import print_json, print_lines, rows, seed_json
from archiver.errors import InvalidInput
from archiver.judge.clock import clock_offset
from archiver.report.cut import MOST_SPANS, cut_command
from archiver.report.escape import terminal
from archiver.report.why import history_sentence, why
from archiver.report.words import (
    claim_rows,
    clock_words,
    comparison_words,
    reason_sentence,
    verdict_sentence,
)

if TYPE_CHECKING:
    from archiver.verbs.reading import Shown


@click.command(
    "show",
    short_help="Show what a package says.",
    epilog="Example: archiver show archives/CASE/packages/PACKAGE.wacz",
)
@options.package
@click.option(
    "--why",
    "only_why",
    is_flag=True,
    help="Only the way from what was seen to the outcome, signal by signal.",
)
@click.option(
    "--cut",
    "only_cut",
    is_flag=True,
    help="Only a command that cuts the found passages out of the package without this tool.",
)
@options.as_json
def command(package: Path, only_why: bool, only_cut: bool, as_json: bool) -> int:
    """Show what PACKAGE says: what was claimed, what was seen, what follows from both.

    It is verified first; a package that is refused is not shown.
    """
    from archiver.verbs.reading import show

    if only_why and only_cut:
        raise click.UsageError("--why and --cut exclude each other.")
    said = show(package)
    if as_json:
        print_json(
            {
                "package": said.report.package,
                "id": said.report.id,
                "verdict": said.report.verdict,
                "case": said.capture["case"],
                "source": said.capture["source"],
                "captured": {"started": said.capture["started"], "ended": said.capture["ended"]},
                "clock_offset": _clock_json(said),
                "claimed": said.claimed,
                "assessed": said.assessed,
                "outcome": said.outcome,
                "comparison": said.comparison,
                "capture": said.capture,
                "cut": cut_command(said.report.package, said.comparison),
                "why": _why_json(said),
                "amendments": [amendment_json(one) for one in said.report.amendments],
                "exit": 0,
            }
        )
    elif only_cut:
        print_lines(_cut_lines(said))
    else:
        print_lines(_why_lines(said) if only_why else _lines(said))
    return 0


def _cut_lines(said: Shown) -> list[str]:
    command = cut_command(said.report.package, said.comparison)
    if command is None:
        raise InvalidInput(
            "show.nothing_to_cut",
            "no passage of the seed text was found on its page",
            where=said.report.package,
            hint="archiver compare shows what became of each",
        )
    return [terminal(line) for line in command.split("\n")]


def _why_json(said: Shown) -> dict[str, Any]:
    outcome = said.outcome
    return {
        "sentence": reason_sentence(outcome["state"], outcome["reason"]),
        "signals": why(outcome),
        "history": history_sentence(outcome["state"], said.capture["previous"]),
    }


def _why_lines(said: Shown) -> list[str]:
    """From what was seen to the verdict: a line a signal, with the record that holds it."""
    outcome, told = said.outcome, _why_json(said)
    seen = []
    for one in told["signals"]:
        weight = ", a hint only" if one["weak"] else ""
        seen.append((one["name"], f"{one['sentence']} (speaks for {one['speaks_for']}{weight})"))
        if one["record"] is not None:
            seen.append(("", f"in record {one['record']}"))
    return [
        f"seen of {terminal(said.capture['source'])}, from {said.capture['started']}",
        *_indented(seen),
        f"follows from it (by {outcome['format']})",
        *_indented(
            [
                ("outcome", f"{outcome['state']} / {outcome['reason']}: {told['sentence']}"),
                ("history", told["history"]),
                (said.report.verdict, verdict_sentence(said.report)),
            ]
        ),
    ]


def _lines(said: Shown) -> list[str]:
    outcome, comparison = said.outcome, said.comparison
    now = as_of(said.report.amendments)
    return [
        f"claimed (by a person){now}",
        *_indented(_claimed(said)),
        "observed (by this tool)",
        *_indented(_observed(said)),
        "follows from both (by versioned rules)",
        *_indented(
            [
                ("outcome", f"{outcome['state']} / {outcome['reason']} ({outcome['format']})"),
                *[
                    ("signal", f"{one['name']} {one['value']} (speaks for {one['speaks_for']})")
                    for one in outcome["signals"]
                ],
                (
                    "text",
                    f"{comparison['result']}: "
                    f"{comparison_words(comparison['result'], comparison['reason'])}"
                    f"{_counts(comparison)} ({comparison['format']})",
                ),
                *claim_rows(comparison["claims"]),
            ]
        ),
        f"assessed (opinion){now}",
        *_indented(_assessed(said)),
        *amended_lines(said.report.amendments),
        "package",
        *_indented(
            [
                ("file", said.report.package),
                ("id", str(said.report.id)),
                (said.report.verdict, verdict_sentence(said.report)),
            ]
        ),
        *_places(said),
    ]


def _places(said: Shown) -> list[str]:
    """Where the found passages stand."""
    found = [one for one in said.comparison["passages"] if one["status"] == "found"]
    if not found:
        return []
    places = [("record", said.comparison["page"]["record"])]
    for one in found[:MOST_SPANS]:
        characters, octets = ("-".join(map(str, one[unit])) for unit in ("characters", "octets"))
        where = f"characters {characters} of the page's text, octets {octets} of its decoded body"
        places.append((f"passage {one['number']}", where))
    if len(found) > MOST_SPANS:
        places.append(("and more", f"{len(found) - MOST_SPANS}, in evidence/comparison.json"))
    places.append(("to see them", "without this tool, by the command that --cut prints"))
    return ["where the found passages stand", *_indented(places)]


def _counts(comparison: Mapping[str, Any]) -> str:
    if comparison["result"] == "not-comparable":
        return ""
    found, altered, missing = (comparison[word] for word in ("found", "altered", "missing"))
    within = f", {comparison['within']} within a longer paragraph" if comparison["within"] else ""
    beside = f"; embedded data: {comparison['embedded']}" if comparison["embedded"] else ""
    hint = " (archiver compare shows the words)" if altered else ""
    return f"; {found} found{within}, {altered} altered{hint}, {missing} missing{beside}"


def _indented(pairs: list[tuple[str, str]]) -> list[str]:
    return [f"  {row}" for row in rows(pairs)]


def _claimed(said: Shown) -> list[tuple[str, str]]:
    claimed = said.now.claimed
    published = claimed["claimed"]["published"]
    seed = seed_json(said.seed)
    zone = "" if published["zone"] == "unknown" else f" {published['zone']}"
    precision = published["precision"]
    unsaid = "" if precision == "unknown" else f", a {precision}"
    if not zone and precision != "unknown":
        unsaid += " of unknown zone"
    return [
        ("source", claimed["source"]["url"]),
        ("title", claimed["claimed"].get("title", "unknown")),
        ("published", f"{published['date']}{zone}{unsaid} (basis: {published['basis']})"),
        ("outlet", f"{claimed['outlet']['name']} ({claimed['outlet']['domain']})"),
        ("language", claimed["claimed"]["language"]),
        ("seed text", "none" if seed is None else str(seed.get("sha256") or seed["commitment"])),
        *([] if seed is None else [("published as", claimed["seed_text"]["publish"])]),
    ]


def _observed(said: Shown) -> list[tuple[str, str]]:
    capture = said.capture
    pairs = [
        ("started", capture["started"]),
        ("ended", capture["ended"]),
        *_clock(said),
        ("by", f"{capture['software']}, {_who(capture)}"),
        ("before it", capture["previous"] or "no capture: this is the first here"),
    ]
    if capture["settings"]["proxy"] is not None:
        pairs.append(("proxy", f"{capture['settings']['proxy']}: no address is known but its own"))
    tls: dict[int, Any] = {}
    for one in capture["exchanges"]:
        # What TLS showed stands with the first exchange over a connection.
        shown = one["tls"]
        if one["connection"] is not None:
            shown = tls.setdefault(one["connection"], shown)
        name = "asked" if one["role"] == "source" else one["role"]
        address = "" if one["ip"] is None else f" at {one['ip']} port {one['port']}"
        if one["proxy"] is not None:
            address = " through the proxy"
        for asked in one["lookups"]:
            found = ", ".join(asked["addresses"]) or asked["result"]
            if asked["soa"] is not None:
                found += f" by zone {asked['soa']['zone']} serial {asked['soa']['serial']}"
            what = f"{asked['server']} for {asked['name']} {asked['type']}: {found}"
            pairs.append(("name server", what))
        pairs.append((name, f"{one['url']}{address}: {_came_to(one, shown)}"))
    if capture["stop"] is not None:
        pairs.append(("stopped", capture["stop"]))
    return pairs


def _clock(said: Shown) -> list[tuple[str, str]]:
    offset = None if said.report.said is None else clock_offset(said.report.said.observation)
    if offset is None:
        return [("clock", "no server told its time")]
    each = ", ".join(f"{host} {seconds:+d}" for host, seconds in offset.hosts)
    return [("clock", f"{clock_words(offset)}: {each}")]


def _clock_json(said: Shown) -> dict[str, Any] | None:
    offset = None if said.report.said is None else clock_offset(said.report.said.observation)
    if offset is None:
        return None
    hosts = [{"host": host, "seconds": seconds} for host, seconds in offset.hosts]
    return {"seconds": offset.seconds, "alarming": offset.alarming, "hosts": hosts}


def _who(capture: Mapping[str, Any]) -> str:
    by, at = capture["collector"], capture["vantage"]
    person = ", ".join(part for part in (by["name"], by["organisation"]) if part != "unknown")
    place = ", ".join(part for part in at.values() if part != "unknown")
    return f"run by {person or 'nobody named'}, from {place or 'a place not named'}"


def _came_to(one: dict[str, Any], tls: dict[str, Any] | None) -> str:
    response, fault = one["response"], one["fault"]
    if fault is not None:
        return f"{fault['message']} ({fault['type']})"
    cut = "" if response["truncated"] is None else f", cut off ({response['truncated']})"
    secure = ", not encrypted"
    if tls is not None:
        proved = "verified" if tls["verified"] else "not verified"
        secure = f", {tls['version']}, server's identity {proved}"
    body = f"body {response['entity_digest']}, {response['entity']} octets"
    return f"HTTP {response['status']}{secure}; {body}{cut}"


def _assessed(said: Shown) -> list[tuple[str, str]]:
    assessed = said.now.assessed
    pairs = [("review", assessed["review"]["state"])]
    for note in assessed.get("stance", ()):
        by = f", {note['analyst']}" if "analyst" in note else ""
        pairs.append(("stance", f"{note['label']} ({note['scheme']}) on {note['target']}{by}"))
    if "sensitivity" in assessed:
        pairs.append(("TLP", assessed["sensitivity"].get("tlp", "unknown")))
    return pairs
