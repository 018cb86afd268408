"""From real articles to a graph: everything builds, every quote is the text, and the project's first article is read."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from koopgraph import KnowledgeGraph, build

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
FLOORS = ("0.60", "0.30")  # F1 of entities and relations that a build must reach

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Return the graph of the real articles."""
    return build([CORPUS / "real"], output=tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="session")
def dev(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Return the graph of the articles that quality is measured on."""
    return build([CORPUS / "dev"], output=tmp_path_factory.mktemp("dev"))


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Return the graph of the article that the project was asked for, built alone."""
    return build([CORPUS / "dev" / "dev-001.txt"], output=tmp_path_factory.mktemp("first"))


@pytest.fixture(params=["real", "dev"])
def built(request: pytest.FixtureRequest) -> KnowledgeGraph:
    """Return one of the large graphs after the other."""
    graph: KnowledgeGraph = request.getfixturevalue(request.param)
    return graph


def objects(graph: KnowledgeGraph, subject: str, relation: str) -> set[str]:
    """Return the names, or values, that what is called ``subject`` stands in ``relation`` to."""
    rows = graph.query(
        f"""SELECT DISTINCT ?name {{
            ?subject rdfs:label|skos:altLabel ?called ; koop:{relation} ?object . FILTER(STR(?called) = $wanted)
            OPTIONAL {{ ?object rdfs:label|skos:altLabel ?label }}
            BIND(STR(COALESCE(?label, ?object)) AS ?name)
        }}""",
        wanted=subject,
    ).rows
    return {str(row["name"]) for row in rows}


def types(graph: KnowledgeGraph, name: str) -> set[str]:
    """Return the classes of what is called ``name``."""
    rows = graph.query(
        "SELECT DISTINCT ?type { ?thing a ?type ; rdfs:label|skos:altLabel ?called . FILTER(STR(?called) = $wanted) }",
        wanted=name,
    ).rows
    return {re.split("[#/]", str(row["type"]))[-1] for row in rows}


def test_every_real_article_builds(real: KnowledgeGraph) -> None:
    assert real.report["problems"] == []
    assert real.report["counts"]["articles"] == len(list((CORPUS / "real").glob("*.txt")))
    assert all(article["entities"] for article in real.report["articles"])


def test_every_quote_is_the_stored_text_at_its_offsets(built: KnowledgeGraph) -> None:
    texts = {stored.iri: stored.article.text for stored in built.articles}
    rows = built.query(
        """SELECT ?article ?begin ?end ?quote { GRAPH ?g {
            ?passage a nif:String ; nif:referenceContext ?article ; nif:beginIndex ?begin ; nif:endIndex ?end ;
                     nif:anchorOf ?quote } }"""
    ).rows
    assert len(rows) > len(texts) > 1
    wrong = [
        row
        for row in rows
        if texts[str(row["article"])][int(str(row["begin"])) : int(str(row["end"]))] != str(row["quote"])
    ]
    assert wrong == []


def test_every_statement_has_a_passage_and_an_extractor(built: KnowledgeGraph) -> None:
    without = """SELECT ?s { GRAPH ?g { ?s a rdf:Statement
        FILTER NOT EXISTS { ?s prov:wasDerivedFrom/nif:anchorOf ?quote ; koop:extractor ?by ; koop:confidence ?c } } }"""
    assert built.query(without).rows == ()
    assert built.query("SELECT ?s { GRAPH ?g { ?s a rdf:Statement } } LIMIT 1").rows


def test_the_result_holds_to_the_shapes(built: KnowledgeGraph) -> None:
    report = built.validate()
    assert report.conforms, report.to_text()


def test_building_again_gives_the_same_bytes(real: KnowledgeGraph, tmp_path: Path) -> None:
    assert real.path is not None
    build([CORPUS / "real"], output=tmp_path)
    for name in ("graph.ttl", "dataset.trig", "network.html"):
        assert (tmp_path / name).read_bytes() == (real.path / name).read_bytes()


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_all_formats_of_one_graph_say_the_same(first: KnowledgeGraph, tmp_path: Path) -> None:
    for suffix in ("ttl", "nq", "jsonld", "trig"):
        first.export(tmp_path / f"graph.{suffix}")
    turtle = rdflib.Graph().parse(tmp_path / "graph.ttl", format="turtle")
    assert len(turtle) > 50
    for suffix, format in (("nq", "nquads"), ("jsonld", "json-ld"), ("trig", "trig")):
        dataset = rdflib.Dataset(default_union=False)
        dataset.parse(tmp_path / f"graph.{suffix}", format=format)
        assert isomorphic(turtle, dataset.default_graph), suffix


def test_all_formats_with_provenance_hold_the_same_quads(real: KnowledgeGraph, tmp_path: Path) -> None:
    quads = []
    for suffix in ("trig", "nq", "jsonld"):
        real.export(tmp_path / f"graph.{suffix}")
        quads.append(set(pyoxigraph.parse(path=str(tmp_path / f"graph.{suffix}"))))
    assert quads[0] == quads[1] == quads[2]
    assert real.path is not None
    assert quads[0] == set(pyoxigraph.parse(path=str(real.path / "dataset.trig")))


def test_quality_is_above_the_floors_and_no_article_is_missing(dev: KnowledgeGraph) -> None:
    scorer, gold, dataset = CORPUS / "score.py", CORPUS / "dev", f"{dev.path}/dataset.trig"
    command = [sys.executable, str(scorer), str(gold), dataset, "--fail-under", *FLOORS]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "articles without a graph" not in done.stdout


def test_koopstadt_is_a_project_with_three_partner_cities(first: KnowledgeGraph) -> None:
    assert types(first, "koopstadt") == {"Project"}
    assert objects(first, "koopstadt", "partnerCity") >= {"Bremen", "Leipzig", "Nürnberg"}
    assert all(types(first, city) == {"City"} for city in ("Bremen", "Leipzig", "Nürnberg"))


def test_the_congress_has_place_motto_and_date(first: KnowledgeGraph) -> None:
    congress = "9. Bundeskongress Nationale Stadtentwicklungspolitik"
    assert types(first, congress) == {"Event"}
    assert "Leipzig" in objects(first, congress, "takesPlaceIn")
    assert objects(first, congress, "motto") == {"Städtische Energien – Integration leben"}
    assert objects(first, congress, "date") == {"XXXX-09-16/XXXX-09-18"}


def test_elke_pahl_weber_belongs_to_the_tu_berlin(first: KnowledgeGraph) -> None:
    assert types(first, "Elke Pahl-Weber") == {"Person"}
    assert objects(first, "Elke Pahl-Weber", "affiliatedWith") == {"TU Berlin"}


def test_the_award_and_who_gave_it_are_known(first: KnowledgeGraph) -> None:
    award = "Outstanding Flagship Projekt"
    assert types(first, award) == {"Award"}
    assert award in objects(first, "koopstadt", "receives")
    assert objects(first, award, "awardedBy") >= {"United Nation University", "UNU"}


def test_the_author_of_the_first_article_is_known(first: KnowledgeGraph) -> None:
    (article,) = first.articles
    assert article.article.authors == ("Moritz Schefers",)
    assert "Moritz Schefers" in {
        str(row["name"]) for row in first.query("SELECT ?name { ?a dcterms:creator/rdfs:label ?name }").rows
    }
