"""`archiver export --to prov`, read by an RDF library that is not ours."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, PROV, RDF

from archiver.observation import Observation, Person
from archiver.package.derive import CAPTURE, CLAIMED, OUTCOME, SEED_TEXT
from archiver.report.prov import uri
from archiver.verbs.exporting import export
from tests.case.right_case import URL
from tests.verify.forge import document, opened, recorded, sealed
from tests.verify.scenes import DATE, SCENES, STATES, package

# What the library says of itself while it parses JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

EVIL = "\"'</script><b>`\\ \n\t\x07\u202e@type http://x.example/> <http://y.example/"
PREVIOUS = "sha256:" + "ab" * 32
PREFIXES = """
    PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    PREFIX schema: <https://schema.org/>
"""


def graph_of(folder: Path, octets: bytes) -> rdflib.Graph:
    (folder / "x.wacz").write_bytes(octets)
    done = export(folder / "x.wacz", "prov")
    assert done.octets.isascii()
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", done.octets)
    return rdflib.Graph().parse(data=done.octets, format="json-ld")


def ask(graph: rdflib.Graph, query: str) -> list[tuple[Any, ...]]:
    return sorted(
        tuple(None if one is None else one.toPython() for one in row)
        for row in graph.query(PREFIXES + query)
    )


@pytest.mark.parametrize("state", STATES)
def test_every_exhibit_is_an_entity_with_its_digest(tmp_path: Path, state: str) -> None:
    graph = graph_of(tmp_path, package(state))
    found = ask(
        graph,
        """SELECT ?path ?digest ?size WHERE {
            ?package a prov:Collection; prov:hadMember ?one.
            ?one a prov:Entity; dcterms:title ?path;
                 schema:sha256 ?digest; schema:contentSize ?size }""",
    )
    files = opened(package(state))
    assert found == sorted((p, sha256(o).hexdigest(), len(o)) for p, o in files.items())
    ((whole,),) = ask(graph, "SELECT ?d WHERE { ?p a prov:Collection; schema:sha256 ?d }")
    assert whole == sha256(package(state)).hexdigest()


@pytest.mark.parametrize("state", STATES)
def test_every_node_has_a_name_and_a_type_and_every_term_is_known(
    tmp_path: Path, state: str
) -> None:
    graph = graph_of(tmp_path, package(state))
    nodes = {one for triple in graph for one in (triple[0], triple[2])}
    assert not [one for one in nodes if isinstance(one, rdflib.BNode)]
    named = {one for one in nodes if isinstance(one, rdflib.URIRef)}
    classes = set(graph.objects(None, RDF.type))
    formats = set(graph.objects(None, DCTERMS.conformsTo))
    assert {one for one in named - classes - formats if (one, RDF.type, None) not in graph} == set()
    for _, term, _ in graph:
        if term in PROV:
            assert getattr(PROV, term.fragment) == term
    for one in named:
        one.n3()  # raises where it is no IRI
    # Printed in another form and read again it is the same graph.
    again = rdflib.Graph().parse(data=graph.serialize(format="nt"), format="nt")
    assert isomorphic(graph, again)


def derivations(graph: rdflib.Graph) -> set[tuple[str, str]]:
    return {
        (str(made), str(source))
        for made, source in ask(
            graph,
            """SELECT ?made ?source WHERE {
                ?a prov:wasDerivedFrom ?b. ?a dcterms:title ?made. ?b dcterms:title ?source }""",
        )
    }


def test_what_is_derived_from_what(tmp_path: Path) -> None:
    found = derivations(graph_of(tmp_path, package("captured")))
    small = {pair for pair in found if "manifest" not in pair[0] and "datapackage" not in pair[0]}
    short = {(made.split("/")[-1], source.split("/")[-1]) for made, source in small}
    assert short == {
        ("seed.json", "seed.txt"),
        *(
            ("comparison.json", one)
            for one in ("data.warc", "capture.json", "claimed.json", "seed.txt", "seed.json")
        ),
        *(("outcome.json", one) for one in ("data.warc", "capture.json", "comparison.json")),
        ("index.cdx", "data.warc"),
        ("pages.jsonl", "data.warc"),
        ("pages.jsonl", "capture.json"),
    }
    listed = {source for made, source in found if made == "datapackage.json"}
    assert listed == set(opened(package("captured"))) - {
        "datapackage.json",
        "datapackage-digest.json",
    }


def test_digests_of_a_text_that_is_not_there_are_nobodys_derivation(tmp_path: Path) -> None:
    found = derivations(graph_of(tmp_path, package("redirected")))
    assert not [made for made, _ in found if made == "evidence/seed.json"]
    assert ("evidence/comparison.json", "evidence/seed.json") in found


@pytest.mark.parametrize("state", STATES)
def test_activities_generated_and_used(tmp_path: Path, state: str) -> None:
    graph = graph_of(tmp_path, package(state))
    capture = json.loads(opened(package(state))[CAPTURE])
    activity = rdflib.URIRef(capture["capture_id"])
    made = ask(
        graph, f"SELECT ?t WHERE {{ ?x prov:wasGeneratedBy <{activity}>; dcterms:title ?t }}"
    )
    assert made == [("archive/data.warc",), ("evidence/capture.json",)]
    start, end = graph.value(activity, PROV.startedAtTime), graph.value(activity, PROV.endedAtTime)
    assert isinstance(start, rdflib.Literal)
    assert isinstance(end, rdflib.Literal)
    assert start.datatype == end.datatype == rdflib.XSD.dateTime
    assert start.toPython() == end.toPython() == datetime.fromisoformat(DATE)
    names = ask(
        graph,
        f"SELECT ?n WHERE {{ <{activity}> prov:wasAssociatedWith ?a. "
        "?a a prov:SoftwareAgent; schema:name ?n }",
    )
    assert names == [(capture["software"],)]
    # A source that gave nothing was not used, and nothing has it as its source.
    answered = any(one["response"] for one in capture["exchanges"] if one["role"] == "source")
    used = ask(graph, f"SELECT ?s WHERE {{ <{activity}> prov:used ?s }}")
    source = ask(graph, "SELECT DISTINCT ?s WHERE { ?x prov:hadPrimarySource ?s }")
    assert used == source == ([(URL,)] if answered else [])
    # Nothing is used by an activity or derived before something made it or a person gave it.
    given = ask(
        graph,
        """SELECT ?t WHERE { ?p prov:hadMember ?x. ?x dcterms:title ?t.
            FILTER NOT EXISTS { ?x prov:wasGeneratedBy ?a } }""",
    )
    expected = {"evidence/assessed.json", "evidence/case.jsonschema.json", "evidence/claimed.json"}
    expected |= {"evidence/seed.txt"} if SCENES[state].publish == "include" else set()
    expected |= {"evidence/seed.json"} if SCENES[state].publish in ("digest", "withhold") else set()
    assert {one for (one,) in given} == expected


def test_the_verdicts_stand_with_their_rules(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, package("absent"))
    found = ask(
        graph, "SELECT ?t ?v ?r WHERE { ?x dcterms:title ?t; prov:value ?v; dcterms:conformsTo ?r }"
    )
    assert found == [
        ("evidence/comparison.json", "not-contained", "urn:archiver:format:archiver-compare-1"),
        ("evidence/outcome.json", "absent / http.404", "urn:archiver:format:archiver-outcome-1"),
    ]


def told(files: dict[str, bytes], person: Person, title: str) -> bytes:
    def change(seen: Observation) -> Observation:
        return replace(seen, person=person, previous=PREVIOUS)

    files = document(files, CLAIMED, lambda one: one["claimed"].update(title=title))
    return sealed(recorded(files, change))


def test_collector_vantage_and_the_capture_before(tmp_path: Path) -> None:
    person = Person(
        name="analyst-7", organisation="Desk", label="line", network="tor", country="NL"
    )
    graph = graph_of(tmp_path, told(opened(package("captured")), person, "T"))
    found = ask(
        graph,
        """SELECT ?name ?desk ?place ?network ?country WHERE {
            ?capture prov:wasAssociatedWith ?who; prov:atLocation ?where; prov:endedAtTime ?end.
            ?who schema:name ?name; prov:actedOnBehalfOf ?for. ?for a prov:Organization;
            schema:name ?desk. ?tool prov:actedOnBehalfOf ?who. ?tool a prov:SoftwareAgent.
            ?where a prov:Location; schema:name ?place; schema:category ?network;
            schema:addressCountry ?country }""",
    )
    assert found == [("analyst-7", "Desk", "line", "tor", "NL")]
    ((before,),) = ask(
        graph, "SELECT ?x WHERE { ?p a prov:Collection; dcterms:relation ?x. ?x a prov:Entity }"
    )
    assert before == "ni:///sha-256;" + "q6ur" * 10 + "q6s"


def test_nobody_declared_is_nobody(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, package("captured"))
    assert "unknown" not in graph.serialize(format="nt")
    agents = ask(graph, "SELECT ?a WHERE { ?a a prov:Agent }")
    assert len(agents) == 1
    only = told(opened(package("captured")), Person(organisation="Desk"), "T")
    graph = graph_of(tmp_path, only)
    assert ask(graph, "SELECT ?n WHERE { ?x a prov:Organization; schema:name ?n }") == [("Desk",)]


def test_hostile_words_stay_literals(tmp_path: Path) -> None:
    person = Person(name=EVIL, organisation=EVIL, label=EVIL)
    files = opened(package("captured"))
    graph = graph_of(tmp_path, told(files, person, "x" + EVIL))
    assert ask(graph, "SELECT ?t WHERE { ?p a prov:Collection; dcterms:title ?t }") == [
        ("x" + EVIL,)
    ]
    names = ask(graph, "SELECT ?n WHERE { ?x schema:name ?n }")
    assert names.count((EVIL,)) == 3
    iris = {str(one) for triple in graph for one in triple if isinstance(one, rdflib.URIRef)}
    assert not [one for one in iris if "x.example" in one or "y.example" in one]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/a?b=c&d#e", "https://x.example/a?b=c&d#e"),
        ('http://x.example/"<>\\^`{|}', "http://x.example/%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("http://x.example/%41%zz%", "http://x.example/%41%25zz%25"),
        ("http://x.example/Київ?ü", "http://x.example/%D0%9A%D0%B8%D1%97%D0%B2?%C3%BC"),
        ("http://[::1]:80/[a]?[b]#[c]#d", "http://[::1]:80/%5Ba%5D?%5Bb%5D#%5Bc%5D%23d"),
    ],
)
def test_addresses_become_uris(url: str, expected: str) -> None:
    assert uri(url) == expected
    assert uri(expected) == expected
    assert rdflib.URIRef(uri(url)).n3() == f"<{expected}>"


def test_nothing_is_fetched_for_the_context(tmp_path: Path) -> None:
    (tmp_path / "x.wacz").write_bytes(package("captured"))
    context = json.loads(export(tmp_path / "x.wacz", "prov").octets)["@context"]
    assert all(isinstance(one, str) and one[-1] in "#/" for one in context.values())


def test_it_is_the_same_for_the_same_package(tmp_path: Path) -> None:
    for name in ("x.wacz", "another name.wacz"):
        (tmp_path / name).write_bytes(package("captured"))
    one, other = (export(path, "prov") for path in sorted(tmp_path.iterdir()))
    assert one.octets == other.octets
    assert OUTCOME in one.octets.decode("ascii")
    assert SEED_TEXT in one.octets.decode("ascii")
