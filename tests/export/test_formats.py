"""Exports: every format holds the graph, and a slip says which formats there are."""

from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from koopgraph.errors import ExportError
from koopgraph.export import FORMATS, SUFFIXES, export, export_bytes
from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.gazetteer import place_triples
from koopgraph.rdf.iris import data_prefixes
from koopgraph.rdf.serialise import write
from koopgraph.rdf.vocabulary import PREFIXES
from koopgraph.store import open_graph, open_store, stored_quads, write_store

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
WHOLE = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "json-ld": RdfFormat.JSON_LD}
MERGED = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdf-xml": RdfFormat.RDF_XML}


@pytest.fixture
def store() -> Store:
    """Return the sample's store."""
    return open_graph(SAMPLE)


@pytest.mark.parametrize("format", sorted(WHOLE))
def test_a_format_of_datasets_holds_every_graph(store: Store, format: str) -> None:
    assert set(parse(export_bytes(store, format), format=WHOLE[format])) == set(parse(path=str(SAMPLE)))


@pytest.mark.parametrize("format", sorted(MERGED))
def test_a_format_of_graphs_holds_the_merged_statements(store: Store, format: str) -> None:
    merged = {quad.triple for quad in stored_quads(store, DefaultGraph())}
    assert {quad.triple for quad in parse(export_bytes(store, format), format=MERGED[format])} == merged


@pytest.mark.parametrize("format", ["turtle", "trig"])
def test_an_export_of_a_build_has_the_bytes_of_the_build(
    tmp_path: Path, sample_graphs: tuple[ArticleGraph, ...], sample_base: str, format: str
) -> None:
    quads = list(assemble(sample_graphs, base=sample_base))
    write(quads, tmp_path / "built", format=format, prefixes={**PREFIXES, **data_prefixes(sample_base)})
    write_store(tmp_path, quads)
    export(open_store(tmp_path), tmp_path / "exported", format)
    assert (tmp_path / "exported").read_bytes() == (tmp_path / "built").read_bytes()


@pytest.mark.parametrize(("format", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_a_network_format_is_read_back(tmp_path: Path, store: Store, format: str, read: object) -> None:
    export(store, tmp_path / f"network.{format}")
    assert callable(read)
    labels = {data["label"] for _, data in read(tmp_path / f"network.{format}").nodes(data=True)}
    assert {"koopstadt", "Leipzig", "Elke Pahl-Weber"} <= labels
    assert export_bytes(store, format) == (tmp_path / f"network.{format}").read_bytes()


@pytest.mark.parametrize("suffix", sorted(SUFFIXES.keys() - {".zip"}))
def test_the_suffix_decides_the_format(tmp_path: Path, store: Store, suffix: str) -> None:
    export(store, tmp_path / f"graph{suffix.upper()}")
    assert (tmp_path / f"graph{suffix.upper()}").read_bytes() == export_bytes(store, SUFFIXES[suffix])


def test_every_format_but_tables_can_go_to_standard_output(store: Store) -> None:
    for format in set(FORMATS) - {"csv", "parquet", "ro-crate"}:
        assert export_bytes(store, format)
    with pytest.raises(ExportError, match="Name a folder"):
        export_bytes(store, "csv")


def test_an_unknown_format_or_suffix_is_answered_with_the_known_ones(tmp_path: Path, store: Store) -> None:
    with pytest.raises(
        ExportError,
        match="Known are: turtle, trig, ntriples, nquads, json-ld, rdf-xml, graphml, gexf, svg, csv, parquet, ro-crate, void",
    ):
        export_bytes(store, "excel")
    with pytest.raises(ExportError, match=r"says no format.*\.ttl"):
        export(store, tmp_path / "graph.xlsx")


@pytest.fixture
def located(tmp_path: Path) -> Store:
    """Return the sample's store with what the gazetteer knows of Leipzig."""
    leipzig = NamedNode("https://w3id.org/koopgraph/id/city/leipzig")
    known = place_triples(leipzig.value, "https://sws.geonames.org/2879139/")
    write_store(tmp_path, [*stored_quads(open_graph(SAMPLE)), *(Quad(*one, DefaultGraph()) for one in known)])
    return open_store(tmp_path)


@pytest.mark.parametrize("format", ["turtle", "trig", "ntriples", "nquads", "json-ld", "rdf-xml"])
def test_geometries_are_added_where_they_are_asked_for(tmp_path: Path, located: Store, format: str) -> None:
    plain, whole = export_bytes(located, format), export_bytes(located, format, geosparql=True)
    export(located, tmp_path / "written", format, geosparql=True)

    assert b"POINT(12.3713 51.3396)" not in plain
    assert whole.count(b"POINT(12.3713 51.3396)") == 1
    assert (tmp_path / "written").read_bytes() == whole


def test_a_graph_without_positions_has_no_geometries(store: Store) -> None:
    assert export_bytes(store, "turtle", geosparql=True) == export_bytes(store, "turtle")


def test_positions_and_keys_come_out_of_the_store_as_they_went_in(tmp_path: Path, located: Store) -> None:
    content = export_bytes(located, "turtle")
    (tmp_path / "again.ttl").write_bytes(content)

    assert b"schema:latitude 51.3396 ;" in content
    assert b"gn:population 616093 ;" in content
    assert export_bytes(open_graph(tmp_path / "again.ttl"), "turtle") == content


@pytest.mark.parametrize("format", ["csv", "parquet", "graphml", "gexf", "svg", "ro-crate", "void"])
def test_formats_that_are_no_rdf_refuse_geometries(tmp_path: Path, store: Store, format: str) -> None:
    with pytest.raises(ExportError, match=f"{format} has no place for GeoSPARQL geometries. Name one of turtle"):
        export(store, tmp_path / "out", format, geosparql=True)
    with pytest.raises(ExportError, match="no place"):
        export_bytes(store, format, geosparql=True)


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path, store: Store) -> None:
    with pytest.raises(ExportError):
        export(store, tmp_path / "none" / "graph.ttl")
