"""GraphML and GEXF."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from koopgraph.errors import ExportError
from koopgraph.network.graphfiles import flattened, write_gexf, write_graphml

Writer = Callable[[nx.MultiDiGraph, Path], None]


def test_graphml_read_back_is_the_flattened_graph(sample_network: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    write_graphml(sample_network, tmp_path / "network.graphml")
    read, flat = nx.read_graphml(tmp_path / "network.graphml", force_multigraph=True), flattened(sample_network)
    assert dict(read.nodes(data=True)) == dict(flat.nodes(data=True))
    assert sorted(read.edges(keys=True)) == sorted(flat.edges(keys=True))
    for edge in flat.edges(keys=True):
        assert read.edges[edge] == flat.edges[edge]


def test_gexf_read_back_is_the_flattened_graph(sample_network: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    write_gexf(sample_network, tmp_path / "network.gexf")
    read, flat = nx.read_gexf(tmp_path / "network.gexf"), flattened(sample_network)
    assert dict(read.nodes(data=True)) == dict(flat.nodes(data=True))
    found = {(a, b, data["relation"]): data for a, b, data in read.edges(data=True)}
    assert set(found) == set(flat.edges(keys=True))
    for edge, data in found.items():
        assert {name: data[name] for name in flat.edges[edge]} == flat.edges[edge]


@pytest.mark.parametrize("writer", [write_graphml, write_gexf])
def test_two_writes_give_the_same_bytes_without_a_date(
    writer: Writer, sample_network: nx.MultiDiGraph[str], tmp_path: Path
) -> None:
    for name in ("a", "b"):
        writer(sample_network, tmp_path / name)
    first = (tmp_path / "a").read_bytes()
    assert first == (tmp_path / "b").read_bytes()
    assert b"lastmodifieddate" not in first
    assert "Städtische Energien".encode() in first


@pytest.mark.parametrize("writer", [write_graphml, write_gexf])
def test_texts_that_xml_forbids_do_not_break_the_file(writer: Writer, tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label="bell \x07 <&> ]]>", names=["x"], mentions=[{"sentence": "\ufffe"}])
    writer(graph, tmp_path / "hostile.xml")
    read = nx.read_graphml if writer is write_graphml else nx.read_gexf
    assert read(tmp_path / "hostile.xml").nodes["a"]["label"] == "bell \ufffd <&> ]]>"


@pytest.mark.parametrize("writer", [write_graphml, write_gexf])
def test_an_empty_graph_is_a_readable_file(writer: Writer, tmp_path: Path) -> None:
    writer(nx.MultiDiGraph(), tmp_path / "empty.xml")
    read = nx.read_graphml if writer is write_graphml else nx.read_gexf
    assert len(read(tmp_path / "empty.xml")) == 0


def test_a_folder_that_does_not_exist_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        write_gexf(nx.MultiDiGraph(), tmp_path / "missing" / "network.gexf")


@pytest.fixture
def parallel() -> nx.MultiDiGraph[str]:
    """Return two statements from one thing to another, one back, lists and numbers of each kind."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("https://e.org/ä", label="Ä", names=["Ä", "A | B"], mentions=[{"begin": 3}], date=["2015", "2016"])
    graph.add_node("https://e.org/b", label="B", names=["B"], mentions=[])
    for key, confidence in (("leads", 0.5), ("organises", 1.0)):
        graph.add_edge("https://e.org/ä", "https://e.org/b", key=key, relation=key, confidence=confidence)
    graph.add_edge("https://e.org/b", "https://e.org/ä", key="leads", relation="leads", confidence=0.25)
    return graph


@pytest.mark.parametrize("writer", [write_graphml, write_gexf])
def test_parallel_edges_lists_and_numbers_come_back_with_their_types(
    writer: Writer, parallel: nx.MultiDiGraph[str], tmp_path: Path
) -> None:
    writer(parallel, tmp_path / "network.xml")
    if writer is write_graphml:
        read = nx.read_graphml(tmp_path / "network.xml", force_multigraph=True)
    else:
        read = nx.read_gexf(tmp_path / "network.xml")
    edges = sorted((a[-1], b[-1], data["relation"], data["confidence"]) for a, b, data in read.edges(data=True))
    assert edges == [("b", "ä", "leads", 0.25), ("ä", "b", "leads", 0.5), ("ä", "b", "organises", 1.0)]
    node = read.nodes["https://e.org/ä"]
    assert (node["label"], node["names"], node["date"]) == ("Ä", "Ä|A | B", "2015|2016")
    assert (node["mentions"], node["degree"]) == ('[{"begin": 3}]', 3)
    assert [type(node[name]) for name in ("degree", "centrality")] == [int, float]


def test_every_attribute_is_one_column_with_one_type(sample_network: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    write_graphml(sample_network, tmp_path / "network.graphml")
    write_gexf(sample_network, tmp_path / "network.gexf")
    keys = re.findall(r'<key [^>]*for="(\w+)" attr.name="(\w+)"', (tmp_path / "network.graphml").read_text("utf-8"))
    columns = re.findall(r'<attribute id="\w+" title="(\w+)"', (tmp_path / "network.gexf").read_text("utf-8"))
    assert len(keys) == len(set(keys)) > 10
    assert len(columns) > 10


def test_gephi_finds_the_labels_where_it_looks_for_them(sample_network: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    write_gexf(sample_network, tmp_path / "network.gexf")
    assert '<node id="https://w3id.org/koopgraph/id/city/bremen" label="Bremen">' in (
        tmp_path / "network.gexf"
    ).read_text(encoding="utf-8")
