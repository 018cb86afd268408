"""Whatever a graph holds comes back from every RDF format, by pyoxigraph and by rdflib, to the letter."""

from __future__ import annotations

from decimal import Decimal

import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, parse
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from koopgraph.rdf.iris import data_prefixes
from koopgraph.rdf.serialise import FORMATS, to_bytes
from koopgraph.rdf.vocabulary import EDTF, KOOP, PREFIXES, RDF, RDFS, SCHEMA, SKOS, XSD

BASE = "https://example.org/straße/"
RDFLIB = {name: name for name in ("turtle", "trig", "nquads", "json-ld")} | {"ntriples": "nt", "rdf-xml": "xml"}
KNOWN = {**PREFIXES, **data_prefixes(BASE)}

# Not XML's: what that cannot hold is another test's business (test_rdf_serialise.py). Nor Unicode's noncharacters.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\ufffe\uffff", min_codepoint=0x20),
    max_size=20,
) | st.sampled_from(["", " ", "\n", "\t\r\n", '"""', "\\", "\\u0041", "a\u2028b", "<&>]]>", " .\n}", "Ü\u0308", "😀"])
languages = st.sampled_from(["de", "en", "de-ch", "gsw", "zh-hans"])
typed = st.sampled_from(
    [
        *((number, XSD.decimal) for number in ("0.85", "1", "1.0", "1.50", "-0.0", "00.5", "12345678901234567890.1")),
        *((number, XSD.integer) for number in ("0", "616093", "-7", "007", "+5", "123456789012345678")),
        *((number, XSD.nonNegativeInteger) for number in ("0", "120", "0120")),
        *((date, EDTF) for date in ("2007/..", "XXXX-09-16", "2015-09-16/2015-09-18")),
        *((date, XSD.date) for date in ("2015-09-16", "2015-09-16Z", "not a date")),
        *(("2015", XSD.gYear), ("--09-16", XSD.gMonthDay), ("true", XSD.boolean), ("1", XSD.boolean)),
        *(("1.0E0", f"{XSD.iri}double"), ("NaN", f"{XSD.iri}double"), ("x y", XSD.anyURI), ("x", "urn:t")),
    ]
)
# No name that ends in a full stop (rdflib does not read the escape that Turtle needs for it): no slug does.
iris = st.sampled_from(
    [
        *(f"{BASE}{local}" for local in ("city/köln", "city/koeln", "project/a.b", "a/b/c")),
        *(
            "https://sws.geonames.org/2879139/",
            "https://sws.geonames.org/2879139",
            "https://w3id.org/koopgraph/themes/energy",
            "urn:isbn:3-86859-1",
        ),
        *("https://example.org/?q=1&x=a%20b#straße", "geo:51.3,12.4", "org:x", "mailto:a@b.de", KOOP.City, KOOP.date),
    ]
)
nodes = iris.map(NamedNode)
literals = (
    texts.map(Literal)
    | st.builds(lambda text, tag: Literal(text, language=tag), texts, languages)
    | typed.map(lambda pair: Literal(pair[0], datatype=NamedNode(pair[1])))
)
predicates = st.sampled_from(
    [
        *(RDF.type, RDF.predicate, RDFS.label, SKOS.altLabel, SCHEMA.startDate, "https://example.org/ns#größe"),
        *(KOOP.date, KOOP.confidence, KOOP.partnerCity, KOOP.budget, KOOP.theme),
    ]
).map(NamedNode)
quads = st.builds(
    Quad,
    nodes,
    predicates,
    nodes | literals,
    st.sampled_from([DefaultGraph(), NamedNode(f"{BASE}article/a-txt"), NamedNode("urn:graph")]),
)


def by_rdflib(content: bytes, format: str) -> set[Quad]:
    """Return what rdflib reads, its terms made pyoxigraph's."""
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=content, format=RDFLIB[format])
    found = set()
    for subject, predicate, thing, graph in dataset.quads():
        name = DefaultGraph() if graph == DATASET_DEFAULT_GRAPH_ID else NamedNode(str(graph))
        found.add(Quad(NamedNode(str(subject)), NamedNode(str(predicate)), _term(thing), name))
    return found


def _term(term: object) -> NamedNode | Literal:
    if not isinstance(term, rdflib.Literal):
        return NamedNode(str(term))
    if term.language:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype or XSD.string)))


def by_value(quad: Quad) -> Quad:
    """Return the quad with its number as rdflib takes it from Turtle, where 00.5 is 0.5."""
    number = quad.object
    if not isinstance(number, Literal) or number.datatype.value not in {XSD.decimal, XSD.integer}:
        return quad
    value = Decimal(number.value).normalize() + 0
    return Quad(quad.subject, quad.predicate, Literal(f"{value:f}", datatype=number.datatype), quad.graph_name)


@pytest.fixture(autouse=True)
def _as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rdflib from turning 1.50 into 1.5 while it reads."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_whatever_a_graph_holds_comes_back(format: str) -> None:
    @settings(max_examples=120)
    @example([Quad(NamedNode("urn:a"), NamedNode(RDF.type), Literal("x"), DefaultGraph())])
    @example([Quad(NamedNode("urn:a"), NamedNode(RDF.type), NamedNode("https://a.org/1?b&c/"), DefaultGraph())])
    @given(st.lists(quads, max_size=8))
    def check(made: list[Quad]) -> None:
        content = to_bytes(made, format=format, prefixes=KNOWN)
        dataset = FORMATS[format].supports_datasets
        expected = {quad for quad in made if dataset or quad.graph_name == DefaultGraph()}
        assert set(parse(content, FORMATS[format])) == expected
        assert {by_value(quad) for quad in by_rdflib(content, format)} == {by_value(quad) for quad in expected}
        assert content == to_bytes(reversed(made), format=format, prefixes=KNOWN)

    check()
