"""What a user holds: one object that is asked, walked, checked and written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib import Dataset, Graph, URIRef
from rdflib import Literal as RdflibLiteral

from koopgraph.errors import ExportError, StoreError
from koopgraph.graph import KnowledgeGraph
from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import assemble
from koopgraph.store import write_store

SAMPLE = Path(__file__).parent / "data" / "sample.trig"
KOOP = "https://w3id.org/koopgraph/ontology#"
KOOPSTADT = URIRef("https://w3id.org/koopgraph/id/project/koopstadt")


@pytest.fixture
def built(tmp_path: Path, sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> Path:
    """Return the folder of a build: a store and a report."""
    write_store(tmp_path, assemble(sample_graphs, base=sample_base), sample_graphs)
    (tmp_path / "report.json").write_text('{"counts": {"articles": 2}}', encoding="utf-8")
    return tmp_path


def test_a_build_is_asked_by_name_and_in_sparql(built: Path) -> None:
    graph = KnowledgeGraph.open(str(built))
    assert graph.query("awards").rows[0]["givers"] == "UNU"
    assert graph.query("SELECT ?b { $project koop:budget ?b }", project="project:koopstadt").rows == (
        {"b": "1200000 EUR"},
    )


def test_a_build_and_its_file_answer_alike(built: Path) -> None:
    question = "evidence"
    answers = {KnowledgeGraph.open(path).query(question, entity="koopstadt").to_text("csv") for path in (built, SAMPLE)}
    assert len(answers) == 1


def test_the_articles_are_the_texts_that_the_passages_quote(built: Path) -> None:
    graph = KnowledgeGraph.open(built)
    texts = {stored.iri: stored.article.text for stored in graph.articles}
    passages = graph.query(
        """SELECT ?article ?begin ?end ?quote {
            GRAPH ?g {
                ?p nif:referenceContext ?article ; nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end
            }
        }"""
    )
    assert len(passages) > 5
    assert all(texts[row["article"]][row["begin"] : row["end"]] == row["quote"] for row in passages)


def test_a_graph_from_a_file_has_neither_articles_nor_a_report() -> None:
    graph = KnowledgeGraph.open(SAMPLE)
    assert graph.articles == ()
    assert graph.report == {}


def test_the_report_is_the_builds(built: Path) -> None:
    assert KnowledgeGraph.open(built).report["counts"] == {"articles": 2}


def test_a_broken_report_says_what_to_do(built: Path) -> None:
    (built / "report.json").write_text("{", encoding="utf-8")
    graph = KnowledgeGraph.open(built)
    with pytest.raises(StoreError, match="koopgraph build again"):
        _ = graph.report


def test_an_open_graph_is_not_changed_by_a_later_build(built: Path, sample_graphs: tuple[ArticleGraph, ...]) -> None:
    graph = KnowledgeGraph.open(built)
    before = len(graph)
    write_store(built, ())
    assert len(graph) == before > 0
    assert len(KnowledgeGraph.open(built)) == 0
    assert [stored.article for stored in graph.articles] == [found.article for found in sample_graphs]
    assert KnowledgeGraph.open(built).articles == ()


def test_a_folder_without_a_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="koopgraph build"):
        KnowledgeGraph.open(tmp_path)


def test_rdf_is_a_dataset_of_rdflib_whose_default_graph_is_merged(built: Path) -> None:
    dataset = KnowledgeGraph.open(built).rdf
    assert isinstance(dataset, Dataset)
    partners = list(dataset.objects(KOOPSTADT, URIRef(KOOP + "partnerCity")))
    assert sorted(partners) == [
        URIRef("https://w3id.org/koopgraph/id/city/bremen"),
        URIRef("https://w3id.org/koopgraph/id/city/leipzig"),
    ]
    rows = list(dataset.query("SELECT (COUNT(*) AS ?n) { project:koopstadt koop:partnerCity ?c }"))
    assert [int(row[0]) for row in rows] == [2]


def test_rdf_has_each_articles_graph_and_the_provenance(built: Path, sample_base: str) -> None:
    dataset = KnowledgeGraph.open(built).rdf
    names = {str(graph.identifier) for graph in dataset.graphs()}
    assert {f"{sample_base}article/three-cities-md", f"{sample_base}graph/provenance"} <= names
    english = dataset.graph(URIRef(f"{sample_base}article/three-cities-md"))
    assert list(english.objects(KOOPSTADT, URIRef(KOOP + "budget"))) == []


def test_rdf_refuses_changes_of_every_kind() -> None:
    graph = KnowledgeGraph.open(SAMPLE)
    triple = (KOOPSTADT, URIRef(KOOP + "motto"), RdflibLiteral("neu"))
    before = set(graph.store)
    for change in (
        lambda: graph.rdf.add(triple),
        lambda: graph.rdf.addN([(*triple, graph.rdf)]),
        lambda: graph.rdf.remove((None, None, None)),
        lambda: graph.rdf.remove_graph(URIRef("https://e.org/")),
        lambda: graph.rdf.update("CLEAR ALL"),
    ):
        with pytest.raises(StoreError, match="read only"):
            change()
    assert set(graph.store) == before


def test_a_copy_in_rdflibs_own_memory_takes_changes(built: Path) -> None:
    graph = KnowledgeGraph.open(built)
    copy = Graph() + graph.rdf.default_graph
    copy.add((KOOPSTADT, URIRef(KOOP + "motto"), RdflibLiteral("neu")))
    assert len(copy) == len(graph) + 1


def test_the_network_has_the_things_and_their_statements(built: Path) -> None:
    network = KnowledgeGraph.open(built).to_networkx()
    assert network.nodes[str(KOOPSTADT)]["label"] == "koopstadt"
    assert network.has_edge(str(KOOPSTADT), "https://w3id.org/koopgraph/id/city/bremen", key="partnerCity")


def test_a_whole_graph_holds_to_the_shapes(built: Path) -> None:
    assert KnowledgeGraph.open(built).validate().conforms


def test_export_takes_the_format_from_the_suffix(built: Path) -> None:
    graph = KnowledgeGraph.open(built)
    graph.export(built / "again.trig")
    assert set(KnowledgeGraph.open(built / "again.trig").store) == set(graph.store)
    with pytest.raises(ExportError, match="Known are: turtle"):
        graph.export(built / "graph.ttl", format="excel")


def test_a_graph_names_its_place() -> None:
    assert repr(KnowledgeGraph.open(SAMPLE)) == f"KnowledgeGraph({str(SAMPLE)!r})"
    assert repr(KnowledgeGraph(Store())) == "KnowledgeGraph(in memory)"


def test_asking_loads_none_of_the_heavy_libraries(built: Path) -> None:
    code = f"""
import json, sys
from koopgraph.graph import KnowledgeGraph
KnowledgeGraph.open({str(built)!r}).query("awards").to_text()
print(json.dumps(sorted(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert not {"rdflib", "networkx", "pyvis", "pyshacl", "numpy", "rich", "jinja2"} & set(json.loads(done.stdout))
