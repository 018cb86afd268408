"""The store: generations that are whole or not there, and the files that can stand in for one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from koopgraph.errors import StoreError
from koopgraph.generations import current_generation
from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import assemble
from koopgraph.store import (
    GRAPH_SUFFIXES,
    StoredArticle,
    change_store,
    open_generation,
    open_graph,
    open_store,
    read_articles,
    stored_quads,
    write_store,
)

NAME = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def quads(*names: str) -> Iterator[Quad]:
    """Yield one quad a name."""
    for name in names:
        yield Quad(NamedNode(f"https://example.org/{name}"), NAME, Literal(name))


def names(store: Store) -> set[str]:
    """Return the labels that the store holds."""
    return {quad.object.value for quad in store}


def generations(folder: Path) -> list[str]:
    """Return the names of the generations on the disk."""
    return sorted(path.name for path in (folder / "store").glob("generation-*"))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_store(tmp_path, quads("Leipzig", "Zürich"))
    assert names(open_store(tmp_path)) == {"Leipzig", "Zürich"}


def test_the_store_folder_opens_like_the_output_folder(tmp_path: Path) -> None:
    write_store(tmp_path, quads("Leipzig"))
    assert names(open_store(tmp_path / "store")) == {"Leipzig"}


def test_a_second_write_replaces_the_first_and_removes_its_files(tmp_path: Path) -> None:
    write_store(tmp_path, quads("Leipzig"))
    write_store(tmp_path, quads("Bremen"))
    assert names(open_store(tmp_path)) == {"Bremen"}
    assert len(generations(tmp_path)) == 1


def test_every_quad_of_a_build_survives_the_store(
    tmp_path: Path, sample_graphs: tuple[ArticleGraph, ...], sample_base: str
) -> None:
    assembled = set(assemble(sample_graphs, base=sample_base))
    write_store(tmp_path, assembled, sample_graphs)
    assert set(stored_quads(open_store(tmp_path))) == assembled


def test_whole_confidences_and_offsets_keep_their_written_form() -> None:
    text = """
        <https://e.org/s> <https://w3id.org/koopgraph/ontology#confidence> 1.0 .
        <https://e.org/p> <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex>
            "0"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger> ; <https://e.org/n> 1 .
    """
    written = set(parse(text, format=RdfFormat.TURTLE))
    store = Store()
    store.extend(written)
    assert set(store) != written, "the engine keeps numbers as they are now: stored_quads is no longer needed"
    assert set(stored_quads(store)) == written


def test_a_write_that_fails_in_its_midst_leaves_the_old_state(tmp_path: Path) -> None:
    def broken() -> Iterator[Quad]:
        yield from quads("Bremen")
        raise RuntimeError("power cut")

    write_store(tmp_path, quads("Leipzig"))
    with pytest.raises(RuntimeError, match="power cut"):
        write_store(tmp_path, broken())
    assert names(open_store(tmp_path)) == {"Leipzig"}
    assert len(generations(tmp_path)) == 1


def test_articles_that_fail_leave_the_old_graph_too(tmp_path: Path, sample_graphs: tuple[ArticleGraph, ...]) -> None:
    def broken() -> Iterator[ArticleGraph]:
        yield sample_graphs[0]
        raise RuntimeError("power cut")

    write_store(tmp_path, quads("Leipzig"), sample_graphs[1:])
    with pytest.raises(RuntimeError, match="power cut"):
        write_store(tmp_path, quads("Bremen"), broken())
    assert names(open_store(tmp_path)) == {"Leipzig"}
    assert [stored.article.source for stored in read_articles(tmp_path)] == ["three-cities.md"]


def test_a_killed_writer_leaves_a_store_that_opens_and_leftovers_that_the_next_write_removes(tmp_path: Path) -> None:
    write_store(tmp_path, quads("Leipzig"))
    killed = f"""
        import os
        from pathlib import Path
        from koopgraph.store import write_store
        def quads():
            os._exit(9)
            yield
        write_store(Path({str(tmp_path)!r}), quads())
    """
    assert subprocess.run([sys.executable, "-c", dedent(killed)], timeout=60, check=False).returncode == 9
    assert len(generations(tmp_path)) == 2
    assert names(open_generation(tmp_path).store) == {"Leipzig"}
    write_store(tmp_path, quads("Bremen"))
    assert names(open_store(tmp_path)) == {"Bremen"}
    assert len(generations(tmp_path)) == 1


def test_a_reader_keeps_its_generation_while_a_write_replaces_it(tmp_path: Path) -> None:
    write_store(tmp_path, quads("Leipzig"))
    reader = open_store(tmp_path)
    write_store(tmp_path, quads("Bremen"))
    assert names(reader) == {"Leipzig"}
    assert names(open_store(tmp_path)) == {"Bremen"}


def test_a_reader_during_a_write_sees_the_old_state_whole(tmp_path: Path) -> None:
    seen: list[set[str]] = []

    def watched() -> Iterator[Quad]:
        yield from quads("Bremen")
        seen.append(names(open_store(tmp_path)))
        yield from quads("Halle")

    write_store(tmp_path, quads("Leipzig"))
    write_store(tmp_path, watched())
    assert seen == [{"Leipzig"}]
    assert names(open_store(tmp_path)) == {"Bremen", "Halle"}


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    def nested() -> Iterator[Quad]:
        with pytest.raises(StoreError, match="another build is writing"):
            write_store(tmp_path, quads("Halle"))
        yield from quads("Bremen")

    write_store(tmp_path, nested())
    assert names(open_store(tmp_path)) == {"Bremen"}


def test_a_store_that_is_open_for_reading_refuses_changes(tmp_path: Path) -> None:
    write_store(tmp_path, quads("Leipzig"))
    with pytest.raises(RuntimeError):
        open_store(tmp_path).add(next(quads("Bremen")))


def test_what_is_being_read_is_removed_by_a_later_write(tmp_path: Path) -> None:
    write_store(tmp_path, quads("Leipzig"))
    reading = open_generation(tmp_path)
    write_store(tmp_path, quads("Bremen"))
    assert reading.folder.name in generations(tmp_path)
    assert names(reading.store) == {"Leipzig"}
    del reading
    write_store(tmp_path, quads("Halle"))
    assert len(generations(tmp_path)) == 1


def files(folder: Path) -> set[int]:
    """Return what tells the table files of the current generation apart on the disk, whatever their names."""
    return {path.stat().st_ino for path in open_generation(folder).folder.glob("graph/*.sst")}


def test_a_change_shares_the_files_of_what_it_does_not_touch(tmp_path: Path) -> None:
    write_store(tmp_path, quads("Leipzig", "Bremen"))
    before = files(tmp_path)
    change_store(tmp_path, quads("Leipzig", "never-there"), quads("Zürich"))
    assert names(open_generation(tmp_path).store) == {"Bremen", "Zürich"}
    assert before
    assert before <= files(tmp_path)


def test_one_article_is_replaced_in_one_transaction(
    tmp_path: Path, sample_graphs: tuple[ArticleGraph, ...], sample_base: str
) -> None:
    first, second = sample_graphs
    changed = replace(second, facts=second.facts[1:])
    old = set(assemble((first, second), base=sample_base))
    new = set(assemble((first, changed), base=sample_base))
    write_store(tmp_path, old, sample_graphs)
    reader = open_generation(tmp_path)
    change_store(tmp_path, old - new, new - old, (first, changed))
    assert {quad for quad in old - new if isinstance(quad.graph_name, NamedNode)}, "the article's graph differs"
    assert set(stored_quads(open_generation(tmp_path).store)) == new
    assert set(stored_quads(reader.store)) == old


def test_without_articles_a_change_keeps_the_stored_ones(
    tmp_path: Path, sample_graphs: tuple[ArticleGraph, ...]
) -> None:
    write_store(tmp_path, quads("Leipzig"), sample_graphs)
    change_store(tmp_path, (), quads("Bremen"))
    assert [stored.article for stored in read_articles(tmp_path)] == [graph.article for graph in sample_graphs]


def test_where_there_is_no_store_there_is_nothing_to_change(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Run koopgraph build first"):
        change_store(tmp_path, (), quads("Bremen"))
    assert generations(tmp_path) == []


HOSTILE = st.one_of(
    st.sampled_from(['"', "\\", "} ; DROP ALL #", "\n\r\t", "\u2028", "äöüß\U0001f3d9", "<urn:x>", "\x00\x01"]),
    st.text(st.characters(codec="utf-8"), max_size=9),
)
ANY_QUAD = st.builds(
    Quad,
    st.builds(lambda n: NamedNode(f"https://e.org/{n}"), st.integers(0, 9)),
    st.just(NAME),
    st.one_of(
        st.builds(Literal, HOSTILE),
        st.builds(lambda text: Literal(text, language="de"), HOSTILE),
        st.builds(lambda text: Literal(text, datatype=NamedNode("https://e.org/type")), HOSTILE),
        st.just(NamedNode("https://e.org/ü")),
    ),
    st.sampled_from([DefaultGraph(), NamedNode("https://e.org/a"), NamedNode("https://e.org/b")]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(ANY_QUAD), st.sets(ANY_QUAD))
def test_a_changed_store_holds_what_a_filled_one_does(tmp_path: Path, old: set[Quad], new: set[Quad]) -> None:
    write_store(tmp_path, old)
    change_store(tmp_path, old - new, new - old)
    assert set(open_generation(tmp_path).store) == new


def test_a_writer_that_is_killed_after_a_change_leaves_the_old_state(tmp_path: Path) -> None:
    write_store(tmp_path, quads("Leipzig", "Bremen"))
    killed = f"""
        import os
        from pathlib import Path
        from koopgraph.store import change_store, open_store
        def articles():
            os._exit(9)
            yield
        change_store(Path({str(tmp_path)!r}), list(open_store(Path({str(tmp_path)!r}))), (), articles())
    """
    assert subprocess.run([sys.executable, "-c", dedent(killed)], timeout=60, check=False).returncode == 9
    assert names(open_generation(tmp_path).store) == {"Leipzig", "Bremen"}
    change_store(tmp_path, quads("Leipzig"), ())
    assert names(open_generation(tmp_path).store) == {"Bremen"}
    assert len(generations(tmp_path)) == 1


@pytest.mark.parametrize("pointer", [None, "", "../elsewhere\n", "generation-7\n"])
def test_a_folder_without_a_whole_store_says_what_to_do(tmp_path: Path, pointer: str | None) -> None:
    (tmp_path / "store").mkdir()
    if pointer is not None:
        (tmp_path / "store" / "current").write_text(pointer, encoding="utf-8")
    with pytest.raises(StoreError, match="koopgraph build"):
        open_store(tmp_path)


def test_the_articles_come_back_as_they_were(tmp_path: Path, sample_graphs: tuple[ArticleGraph, ...]) -> None:
    write_store(tmp_path, (), sample_graphs)
    assert list(read_articles(tmp_path)) == [StoredArticle(graph.iri, graph.article) for graph in sample_graphs]


def test_the_articles_of_an_open_graph_are_never_those_of_a_later_build(
    tmp_path: Path, sample_graphs: tuple[ArticleGraph, ...]
) -> None:
    write_store(tmp_path, (), sample_graphs[:1])
    generation = current_generation(tmp_path)
    reading = read_articles(generation)
    write_store(tmp_path, (), sample_graphs[1:])
    assert [stored.article for stored in reading] == [sample_graphs[0].article]
    with pytest.raises(StoreError, match="built again"):
        read_articles(generation)


def test_the_same_input_stores_the_same_articles_byte_for_byte(
    tmp_path: Path, sample_graphs: tuple[ArticleGraph, ...]
) -> None:
    contents = set()
    for folder in (tmp_path / "a", tmp_path / "b"):
        write_store(folder, (), sample_graphs)
        contents.add((current_generation(folder) / "articles.jsonl").read_bytes())
    assert len(contents) == 1


@pytest.mark.parametrize("suffix", sorted(GRAPH_SUFFIXES))
def test_a_file_of_rdf_opens_as_a_graph(tmp_path: Path, suffix: str) -> None:
    formats = {
        ".jsonld": RdfFormat.JSON_LD,
        ".nq": RdfFormat.N_QUADS,
        ".nt": RdfFormat.N_TRIPLES,
        ".trig": RdfFormat.TRIG,
        ".ttl": RdfFormat.TURTLE,
    }
    store = Store()
    store.extend(quads("Zürich"))
    file = tmp_path / f"graph{suffix}"
    content = store.dump(format=formats.get(suffix, RdfFormat.RDF_XML), from_graph=next(iter(store)).graph_name)
    file.write_bytes(content or b"")
    assert names(open_graph(file)) == {"Zürich"}


def test_a_folder_opens_as_a_graph(tmp_path: Path) -> None:
    write_store(tmp_path, quads("Leipzig"))
    assert names(open_graph(tmp_path)) == {"Leipzig"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("graph.ttl", "<https://e.org/a> <https://e.org/b> .", "line 1"),
        ("graph.txt", "", "not a graph's file"),
        ("graph.ttl", None, "no such file"),
        ("graph.nt", "\udcff", "malformed"),
    ],
)
def test_a_file_that_is_no_graph_says_so(tmp_path: Path, name: str, content: str | None, says: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(StoreError, match=says):
        open_graph(tmp_path / name)
