"""The file, its list and its documents, checked with the tools of any Unix and a few more."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.package.derive import (
    CAPTURE,
    CLAIMED,
    COMPARISON,
    DATAPACKAGE,
    DIGEST,
    MANIFEST,
    OUTCOME,
    SEED,
    SEED_TEXT,
)
from archiver.report.sealed import Sealed
from archiver.report.shell import Step, as_jq_prints, quoted

_NOT_WHO = "Who made it, when, or that what it says is true."
_LIST = '.resources[].path, "datapackage.json", "datapackage-digest.json"'  # the two are in no list


def of_file(sealed: Sealed) -> Iterator[Step]:
    """The octets of the file and of every exhibit."""
    exhibits = sealed.package.exhibits
    yield Step(
        title="The file",
        command="export LC_ALL=C && mkdir checked && "
        f"cp -- {quoted(sealed.name)} checked/package.wacz && cd checked && "
        "sha256sum < package.wacz",
        prints=f"{sealed.digest.hex}  -",
        proves="This is, octet for octet, the file that this page is about.",
        cannot=f"{_NOT_WHO} (It also makes the folder in which the other commands work.)",
    )
    yield Step(
        title="The ZIP is sound",
        command="unzip -tq package.wacz",
        prints="No errors detected in compressed data of package.wacz.",
        proves="Every entry can be read, and its CRC-32 is right.",
        cannot="That nothing was changed on purpose: a CRC is easily made right.",
    )
    yield Step(
        title="The package id",
        command="unzip -p package.wacz datapackage.json | sha256sum",
        prints=f"{sealed.package.id.hex}  -",
        proves="The list of exhibits is the one whose SHA-256 is the package id.",
        cannot="That it is the package that was made then. Only the same id, noted at that time "
        "somewhere else, shows it: compare it with that, not with this page.",
    )
    yield Step(
        title="The package says the same id",
        command="unzip -p package.wacz datapackage-digest.json | jq -r .hash",
        prints=str(sealed.package.id),
        proves="The two manifests agree.",
        cannot="Anything about a person: this file can be made anew by anyone.",
    )
    yield Step(
        title="These files and no others",
        command="unzip -Z1 package.wacz",
        prints="\n".join(exhibits),
        proves="The ZIP lists these files, each once, in this order.",
        cannot="That no octets hide between the entries; step 1 rules it out for the file that "
        "this page is about, `archiver verify` for any.",
    )
    yield Step(
        title="The list names all of them",
        command="unzip -q package.wacz -d opened && "
        f"jq -r '{_LIST}' opened/datapackage.json | sort | "
        "diff - <(unzip -Z1 package.wacz | sort) && echo the same list",
        prints="the same list",
        proves="No file is in the package that its list (and so its id) does not cover.",
        cannot="That the files are those of the list; that is the next step.",
    )


def of_exhibits(sealed: Sealed) -> Iterator[Step]:
    """Every exhibit against both lists of digests."""
    listed = [path for path in sealed.package.exhibits if path not in (DATAPACKAGE, DIGEST)]
    yield Step(
        title="Every file, by the list that makes the id",
        command="""jq -r '.resources[] | "\\(.hash[7:])  \\(.path)"' opened/datapackage.json | """
        "(cd opened && sha256sum --strict -c)",
        prints="\n".join(f"{path}: OK" for path in sorted(listed)),
        proves="Every exhibit has the SHA-256 that the list gives; with step 3, the id covers "
        "every octet of every exhibit.",
        cannot=_NOT_WHO,
    )
    listed.remove(MANIFEST)
    yield Step(
        title="Every file, by the plain list of digests",
        command=f"(cd opened && sha256sum --strict -c {MANIFEST})",
        prints="\n".join(f"{path}: OK" for path in sorted(listed)),
        proves="The same, without jq.",
        cannot=_NOT_WHO,
    )


def of_documents(sealed: Sealed) -> Iterator[Step]:
    """What was claimed, seen and concluded."""
    outcome, comparison = sealed.document(OUTCOME), sealed.document(COMPARISON)
    capture, claimed = sealed.document(CAPTURE), sealed.document(CLAIMED)
    yield Step(
        title="What was captured, and when",
        command=f"jq -ac '[.source, .started, .ended]' opened/{CAPTURE}",
        prints=as_jq_prints([capture["source"], capture["started"], capture["ended"]]),
        proves="The package says that this address was asked for between these moments (UTC).",
        cannot="The time: it is the clock of the machine that captured.",
    )
    yield Step(
        title="Each exchange",
        command="jq -ac '.exchanges[] | [.role, .url, .response.status, .fault.type]' "
        f"opened/{CAPTURE}",
        prints="\n".join(
            as_jq_prints(
                [
                    one["role"],
                    one["url"],
                    (one["response"] or {}).get("status"),
                    (one["fault"] or {}).get("type"),
                ]
            )
            for one in capture["exchanges"]
        ),
        proves="Of each address that was asked: the HTTP status that came, or the fault.",
        cannot="What others were told, or what is there now.",
    )
    yield Step(
        title="The outcome",
        command=f"jq -c '[.state, .reason]' opened/{OUTCOME}",
        prints=as_jq_prints([outcome["state"], outcome["reason"]]),
        proves=f"The package concludes this, by the rule {outcome['format']}.",
        cannot="That it follows from the exhibits: `archiver rebuild` derives it again.",
    )
    yield Step(
        title="The text against the page",
        command=f"jq -c '[.result, .reason, .found, .altered, .missing]' opened/{COMPARISON}",
        prints=as_jq_prints(
            [comparison[name] for name in ("result", "reason", "found", "altered", "missing")]
        ),
        proves="The package says so of the passages of the seed text, by the rule "
        f"{comparison['format']}.",
        cannot="That it follows from the exhibits: `archiver compare` compares again.",
    )
    published = claimed["claimed"]["published"]
    yield Step(
        title="What somebody claims",
        command="jq -ac '[.source.url, .claimed.published.date, .seed_text.sha256]' "
        f"opened/{CLAIMED}",
        prints=as_jq_prints(
            [
                claimed["source"]["url"],
                published["date"],
                claimed.get("seed_text", {}).get("sha256"),
            ]
        ),
        proves="Whoever made the case claims that a text with this digest was published at this "
        "address on this date (null: nothing is said).",
        cannot="That the claim is right.",
    )
    yield from _seed(sealed)
    yield Step(
        title="The claims keep to their schema",
        command=f"jq -s '(.[0] + .[1]) | del(.format, .case)' opened/{CLAIMED} "
        "opened/evidence/assessed.json > case.json && check-jsonschema --schemafile "
        "opened/evidence/case.jsonschema.json case.json",
        prints="ok -- validation done",
        proves="Claims and notes together are a case, as the schema in the package describes it.",
        cannot="That the schema is ours: compare it with schemas/case.schema.json of the version "
        "named in datapackage.json.",
    )


def _seed(sealed: Sealed) -> Iterator[Step]:
    exhibits = sealed.package.exhibits
    if SEED_TEXT in exhibits:
        yield Step(
            title="The seed text",
            command=f"sha256sum < opened/{SEED_TEXT}",
            prints=f"{exhibits[SEED_TEXT].digest.hex}  -",
            proves="The text in the package is the one of the claim, as it was given.",
            cannot="Where it is from.",
        )
        return
    if SEED not in exhibits:
        return
    raw = [one for one in sealed.document(SEED)["forms"] if one["form"] == "raw"]
    withheld = any("commitment" in one for one in raw)
    yield Step(
        title="The seed text, which is not in the package",
        command='jq -r \'.forms[] | select(.form == "raw") | '
        f"{'.commitment.value' if withheld else '.sha256'}' opened/{SEED}",
        prints="\n".join(one["commitment"]["value"] if withheld else one["sha256"] for one in raw),
        proves="Whoever has the text and the key can show that it is the one meant: `openssl dgst "
        "-sha256 -mac HMAC -macopt hexkey:KEY TEXT` must give this value."
        if withheld
        else "Whoever has the text can show that it is the one meant: `sha256sum TEXT` must give "
        "this value.",
        cannot="What the text says.",
    )
