"""Two files in TriG are told apart by their text, as their quads would be."""

from __future__ import annotations

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.difference import difference
from koopgraph.rdf.serialise import to_bytes
from koopgraph.rdf.vocabulary import KOOP

NAMES = [NamedNode(f"https://example.org/{name}") for name in ("a", "b", "c", "d")]
TEXTS = st.text(alphabet='a\n\t {}.;"\\@', max_size=6).map(Literal)
QUADS = st.builds(
    Quad,
    st.sampled_from(NAMES),
    st.sampled_from([NamedNode(KOOP.motto), NamedNode(KOOP.partOf)]),
    st.one_of(TEXTS, st.sampled_from(NAMES)),
    st.sampled_from([DefaultGraph(), *NAMES[:2]]),
)


def trig(quads: set[Quad]) -> BytesIO:
    return BytesIO(to_bytes(quads, format="trig"))


@given(old=st.sets(QUADS, max_size=12), new=st.sets(QUADS, max_size=12), kept=st.sets(QUADS, max_size=12))
def test_what_differs_is_what_one_file_alone_says(old: set[Quad], new: set[Quad], kept: set[Quad]) -> None:
    found = difference(trig(old | kept), trig(new | kept), most=100)
    assert found is not None
    assert found.removed == (old - new - kept)
    assert found.added == (new - old - kept)


def test_of_a_lot_that_differs_nothing_is_said(sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> None:
    quads = set(assemble(sample_graphs, base=sample_base))
    assert difference(trig(set()), trig(quads), most=3) is None
    assert difference(trig(quads), trig(quads), most=0) is not None


def test_the_same_text_under_other_prefixes_is_not_the_same() -> None:
    quads = {Quad(NAMES[0], NamedNode(KOOP.partOf), NAMES[1])}
    others = {Quad(NamedNode("urn:a"), NamedNode(KOOP.partOf), NamedNode("urn:b"))}
    one, other = (
        BytesIO(to_bytes(said, format="trig", prefixes={"koop": KOOP.iri, "x": namespace}))
        for said, namespace in ((quads, "https://example.org/"), (others, "urn:"))
    )
    assert one.getvalue().splitlines()[2:] == other.getvalue().splitlines()[2:]
    assert difference(one, other, most=100) is None
