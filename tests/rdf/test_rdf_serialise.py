"""Quads to files: sorted, readable, equivalent in all formats."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from koopgraph.errors import ExportError
from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.iris import data_prefixes
from koopgraph.rdf.serialise import FORMATS, to_bytes, write
from koopgraph.rdf.vocabulary import KOOP, PREFIXES, RDF

DATASETS = [name for name, known in FORMATS.items() if known.supports_datasets]
RDFLIB = {name: name for name in ("turtle", "trig", "nquads", "json-ld")} | {"ntriples": "nt", "rdf-xml": "xml"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SUBJECT, PREDICATE = NamedNode("https://example.org/s"), NamedNode("https://example.org/p")


@pytest.fixture(scope="module")
def quads(sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> set[Quad]:
    return set(assemble(sample_graphs, base=sample_base))


@pytest.fixture(scope="module")
def prefixes(sample_base: str) -> dict[str, str]:
    return {**PREFIXES, **data_prefixes(sample_base)}


def read_back(content: bytes, format: str) -> set[Quad]:
    return set(parse(content, FORMATS[format]))


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_holds_the_same_statements(quads: set[Quad], prefixes: dict[str, str], format: str) -> None:
    expected = quads if format in DATASETS else {q for q in quads if q.graph_name == DefaultGraph()}

    assert read_back(to_bytes(quads, format=format, prefixes=prefixes), format) == expected


def test_rdflib_reads_the_same_default_graph_from_every_format(quads: set[Quad], prefixes: dict[str, str]) -> None:
    graphs = []
    for format, name in RDFLIB.items():
        dataset = Dataset()
        dataset.parse(data=to_bytes(quads, format=format, prefixes=prefixes), format=name)
        graph = Graph()
        graph += dataset.default_graph
        graphs.append(graph)

    assert len(graphs[0]) > 50
    assert all(isomorphic(graphs[0], graph) for graph in graphs[1:])


@pytest.mark.parametrize("format", FORMATS)
def test_the_bytes_do_not_depend_on_the_order_of_the_quads(
    quads: set[Quad], prefixes: dict[str, str], format: str
) -> None:
    ordered = sorted(quads, key=str)

    forth = to_bytes(ordered, format=format, prefixes=prefixes)
    back = to_bytes([*reversed(ordered), ordered[0]], format=format, prefixes=dict(reversed(prefixes.items())))

    assert forth == back


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    sample = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
    code = (
        "import sys, pathlib, pyoxigraph as p; from koopgraph.rdf.serialise import FORMATS, to_bytes\n"
        "quads = list(p.parse(path=sys.argv[1]))\n"
        "for f in FORMATS: pathlib.Path(sys.argv[2], f).write_bytes(to_bytes(quads, format=f))"
    )
    for run in ("1", "2"):
        (tmp_path / run).mkdir()
        subprocess.run([sys.executable, "-c", code, str(sample), str(tmp_path / run)], check=True)

    for format in FORMATS:
        assert (tmp_path / "1" / format).read_bytes() == (tmp_path / "2" / format).read_bytes(), format


def test_turtle_groups_subjects_and_predicates_and_uses_prefixes(quads: set[Quad], prefixes: dict[str, str]) -> None:
    text = to_bytes(quads, format="turtle", prefixes=prefixes).decode()
    head, _, body = text.partition("\n\n")

    assert head.splitlines() == [f"@prefix {p}: <{prefixes[p]}> ." for p in sorted(prefixes)]
    assert (
        "\n\nevent:9-bundeskongress-nationale-stadtentwicklungspolitik a koop:Event ;\n"
        '\trdfs:label "9. Bundeskongress Nationale Stadtentwicklungspolitik"@de ;\n'
        '\tskos:altLabel "Bundeskongress"@de ;\n'
        '\tschema:endDate "2015-09-18"^^xsd:date ;\n'
    ) in text
    assert "\tkoop:takesPlaceIn city:leipzig , place:kongresshalle-am-zoo .\n\n" in text
    assert "<http" not in body
    assert text.endswith(" .\n")


def test_a_file_is_written_as_the_bytes_are(quads: set[Quad], tmp_path: Path) -> None:
    write(quads, tmp_path / "graph.nq", format="nquads")

    assert (tmp_path / "graph.nq").read_bytes() == to_bytes(quads, format="nquads")


def test_an_unknown_format_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"'n3'.*turtle, trig, ntriples"):
        write([], tmp_path / "graph.n3", format="n3")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_graph_is_a_valid_file(format: str) -> None:
    assert read_back(to_bytes([], format=format), format) == set()


any_text = st.text(max_size=30)
literals = any_text.map(Literal) | any_text.map(lambda text: Literal(text, language="de"))


@settings(max_examples=60)
@given(st.lists(literals, max_size=4))
def test_any_text_comes_back_unchanged_from_every_format_but_xml(texts: list[Literal]) -> None:
    quads = {Quad(SUBJECT, PREDICATE, text) for text in texts}

    for format in FORMATS.keys() - {"rdf-xml"}:
        assert read_back(to_bytes(quads, format=format), format) == quads, format


def test_text_that_looks_like_the_end_of_a_subject_is_not_torn_apart() -> None:
    quads = {Quad(SUBJECT, PREDICATE, Literal(text)) for text in (" .\n", "x .\n}\n", "@prefix a: <b> .\n")}

    for format in ("turtle", "trig"):
        assert read_back(to_bytes(quads, format=format), format) == quads


@settings(max_examples=60)
@example("a\r\nb\rc \x01\x1f\ufffe")
@given(any_text)
def test_rdf_xml_is_well_formed_whatever_the_text_and_marks_what_xml_cannot_hold(text: str) -> None:
    content = to_bytes([Quad(SUBJECT, PREDICATE, Literal(text, language="de"))], format="rdf-xml")

    elements = ElementTree.fromstring(content).iter()  # noqa: S314 -- what was just written
    (value,) = (element.text or "" for element in elements if element.get(LANGUAGE))

    assert len(value) == len(text)
    assert all(a == b or a == "\ufffd" for a, b in zip(value, text, strict=True))


@pytest.mark.parametrize("iri", ["https://example.org/ns/", "https://example.org/1", KOOP.iri])
def test_rdf_xml_tells_a_class_without_a_name_and_refuses_such_a_predicate(iri: str) -> None:
    named = Quad(SUBJECT, NamedNode(RDF.type), NamedNode(iri))

    assert set(parse(to_bytes([named], format="rdf-xml"), RdfFormat.RDF_XML)) == {named}
    with pytest.raises(ExportError, match=f"no name for the predicate <{iri}>"):
        to_bytes([Quad(SUBJECT, NamedNode(iri), Literal("x"))], format="rdf-xml")
