"""Written part by part, by way of the disk, the dataset has the bytes that it has when it is assembled in memory."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from koopgraph.errors import KoopgraphError
from koopgraph.kept import Memo, kept_at, not_kept
from koopgraph.model import Article, ArticleGraph, Entity, EntityType, Evidence, Fact, Value, ValueKind
from koopgraph.rdf import dataset_files
from koopgraph.rdf.assembly import Findings, assemble
from koopgraph.rdf.dataset_files import DatasetFiles, Group
from koopgraph.rdf.inference import closure
from koopgraph.rdf.iris import data_prefixes, inferred_graph_iri
from koopgraph.rdf.serialise import to_bytes
from koopgraph.rdf.vocabulary import PREFIXES

BASE = "https://w3id.org/koopgraph/id/"
PREFIXES_OF_DATA = {**PREFIXES, **data_prefixes(BASE)}
NAMES = ("Köln", "Talpark", 'a "b" \\ c', "Zürich\tSüd", "Ω\u2028x", "City")
KINDS = (EntityType.CITY, EntityType.PROJECT, EntityType.ORGANISATION)
VALUES = (Value(ValueKind.DATE, "2015-09"), Value(ValueKind.THEME, "housing"), Value(ValueKind.MOTTO, 'sagt: "ja"'))


def written(
    graphs: list[ArticleGraph], folder: Path, *, run: int, infer: bool = False, memo: Memo = not_kept
) -> tuple[bytes, bytes, bytes]:
    """Return Turtle, TriG, and all that was given to be loaded."""
    folder.mkdir()
    loaded: list[bytes] = []
    files = DatasetFiles(folder, Findings(), base=BASE, articles=len(graphs), load=loaded.append, memo=memo, run=run)
    list(files.take(Group(repr(graph).encode("utf-8"), lambda graph=graph: [graph]) for graph in graphs))  # type: ignore[misc]
    files.gather()
    files.write_others(infer=infer)
    turtle, trig = BytesIO(), BytesIO()
    files.write_turtle(turtle)
    turtle.seek(0)
    files.write_trig(trig, turtle)
    return turtle.getvalue(), trig.getvalue(), b"\n".join((files.head, *loaded))


def assert_as_in_memory(graphs: list[ArticleGraph], folder: Path, *, run: int, infer: bool = False) -> None:
    quads = list(assemble(graphs, base=BASE))
    if infer:
        quads += closure(quads, NamedNode(inferred_graph_iri(BASE)))
    turtle, trig, loaded = written(graphs, folder, run=run, infer=infer)
    assert turtle == to_bytes(quads, format="turtle", prefixes=PREFIXES_OF_DATA)
    assert trig == to_bytes(quads, format="trig", prefixes=PREFIXES_OF_DATA)
    assert set(parse(loaded, RdfFormat.TRIG)) == set(quads)


@st.composite
def corpora(draw: st.DrawFn) -> list[ArticleGraph]:
    """Return articles that share things, and say the same and other things of them."""
    graphs = []
    for number in range(draw(st.integers(0, 5))):
        text = f"Artikel {number}\n\nIn Köln, am Ort."
        article = Article(f"a{number}.txt", text, f"Artikel {number}", draw(st.sampled_from(["de", "en", "und"])))
        evidence = [Evidence.of(article, 0, 9), Evidence.of(article, 11, 18)]
        chosen = draw(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 2)), max_size=4, unique=True))
        entities = tuple(
            Entity(
                f"{BASE}{KINDS[k].lower()}/{NAMES.index(name)}", KINDS[k], name, (name, name.upper()), article.language,
                tuple(evidence[:shown]), authority="https://sws.geonames.org/2879139/" if name == "City" else None,
            )
            for (name, k), shown in ((one, draw(st.integers(0, 2))) for one in chosen)
        )  # fmt: skip
        objects = st.sampled_from([*VALUES, *(entity.iri for entity in entities)])
        facts = []
        for entity in entities:
            for said in draw(st.lists(objects, max_size=3)):
                relations = ["locatedIn", "partner", "affiliatedWith", "participatesIn", "moderates"]
                name = said.kind.value if isinstance(said, Value) else draw(st.sampled_from(relations))
                quoted, sure = draw(st.sampled_from(evidence)), draw(st.sampled_from([0.5, 0.33333, 1.0]))
                role = draw(st.sampled_from([None, "Leiterin"]))
                facts.append(Fact(entity.iri, name, said, quoted, "places", sure, role))
        graphs.append(ArticleGraph(f"{BASE}article/a{number}-txt", article, entities, tuple(facts)))
    return graphs


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs=corpora(), run=st.sampled_from([1, 7, 10_000]), parts=st.integers(1, 4), infer=st.booleans())
def test_any_corpus_in_any_parts(
    graphs: list[ArticleGraph],
    run: int,
    parts: int,
    infer: bool,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    monkeypatch.setattr(dataset_files, "PART", parts)
    monkeypatch.setattr("koopgraph.rdf.rendering.CHUNK", 5)
    assert_as_in_memory(graphs, tmp_path_factory.mktemp("dataset") / "scratch", run=run, infer=infer)


def test_the_sample(sample_graphs: tuple[ArticleGraph, ...], tmp_path: Path) -> None:
    assert_as_in_memory(list(sample_graphs), tmp_path / "scratch", run=50)


def test_nothing_is_two_empty_files(tmp_path: Path) -> None:
    assert written([], tmp_path / "scratch", run=10)[:2] == (b"", b"")


def test_the_order_of_the_articles_does_not_show(sample_graphs: tuple[ArticleGraph, ...], tmp_path: Path) -> None:
    one = written(list(sample_graphs), tmp_path / "one", run=20)
    other = written(list(reversed(sample_graphs)), tmp_path / "other", run=30)
    assert one[:2] == other[:2]


def test_two_articles_of_one_name_are_refused(sample_graphs: tuple[ArticleGraph, ...], tmp_path: Path) -> None:
    with pytest.raises(KoopgraphError, match="two articles are named"):
        written([sample_graphs[0], sample_graphs[0]], tmp_path / "scratch", run=10)


def test_a_quote_that_is_not_there_is_refused(sample_graphs: tuple[ArticleGraph, ...], tmp_path: Path) -> None:
    graph = sample_graphs[0]
    wrong = replace(graph, article=replace(graph.article, text=graph.article.text.replace("e", "ö")))
    with pytest.raises(KoopgraphError, match=r"are not .* Quote the stored text"):
        written([wrong], tmp_path / "scratch", run=10)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=corpora(), second=corpora(), both=corpora())
def test_what_is_kept_of_one_corpus_does_not_show_in_another(
    first: list[ArticleGraph],
    second: list[ArticleGraph],
    both: list[ArticleGraph],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("dataset")
    renamed = [replace(graph, iri=f"{graph.iri}-2") for graph in both]
    for number, graphs in enumerate(([*first, *renamed], [*second, *renamed])):
        quads = list(assemble(graphs, base=BASE))
        with kept_at(folder / "kept.pack") as kept:
            turtle, trig, _ = written(graphs, folder / str(number), run=100, memo=kept.get)
        assert turtle == to_bytes(quads, format="turtle", prefixes=PREFIXES_OF_DATA)
        assert trig == to_bytes(quads, format="trig", prefixes=PREFIXES_OF_DATA)
