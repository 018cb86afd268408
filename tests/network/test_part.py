"""Parts of a network: around a focus, of classes, from a time, up to a number."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koopgraph.errors import QueryError
from koopgraph.network.finding import find_thing
from koopgraph.network.part import Part, part_of

BASE = "https://w3id.org/koopgraph/id/"
KOOPSTADT = f"{BASE}project/koopstadt"


def names(graph: nx.MultiDiGraph[str]) -> set[str]:
    return {label for _, label in graph.nodes(data="label")}


def test_at_rest_a_part_is_the_whole(sample_network: nx.MultiDiGraph[str]) -> None:
    assert part_of(sample_network, Part()) is sample_network


def test_a_focus_shows_what_is_so_many_steps_around_it(sample_network: nx.MultiDiGraph[str]) -> None:
    assert names(part_of(sample_network, Part(focus=("koopstadt",), depth=0))) == {"koopstadt"}
    near = names(part_of(sample_network, Part(focus=("koopstadt",), depth=1)))
    assert {"koopstadt", "Bremen", "Leipzig"} <= near
    assert "Elke Pahl-Weber" not in near
    assert "Elke Pahl-Weber" in names(part_of(sample_network, Part(focus=("koopstadt",), depth=3)))


def test_classes_leave_out_everything_but_the_focus(sample_network: nx.MultiDiGraph[str]) -> None:
    part = part_of(sample_network, Part(focus=(KOOPSTADT,), depth=1, classes=frozenset({"City"})))
    assert names(part) == {"koopstadt", "Bremen", "Leipzig"}


def test_time_counts_dates_first_and_articles_for_the_rest() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    article = {"issued": "2016-05-01", "authors": []}
    graph.graph["articles"] = {"id:a": article, "id:b": {**article, "issued": ""}}
    for name, dates, cited in (("old", ["1999"], "id:a"), ("open", ["2007/.."], "id:a"), ("named", [], "id:a"),
                               ("unknown", [], "id:b"), ("yearless", ["XXXX-09-16"], "id:b")):  # fmt: skip
        graph.add_node(
            name, label=name, names=[name], type="Event", date=dates, values=[], mentions=[{"article": cited}]
        )
    assert names(part_of(graph, Part(since="2016-05"))) == {"open", "named"}
    assert names(part_of(graph, Part(until="1999-12-31"))) == {"old"}
    assert set(part_of(graph, Part(since="2016-05")).graph["articles"]) == {"id:a"}


def test_of_too_many_the_nearest_and_most_central_stay_and_the_rest_is_counted(
    sample_network: nx.MultiDiGraph[str],
) -> None:
    part = part_of(sample_network, Part(focus=("koopstadt",), depth=9, most=3))
    whole = part_of(sample_network, Part(focus=("koopstadt",), depth=9))
    assert KOOPSTADT in part
    assert part.graph["left_out"]["things"] == len(whole) - 3
    assert part.graph["left_out"]["statements"] > 0


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part(focus=("Kopstadt",)), "The nearest names are: 'koopstadt'"),
        (Part(focus=("",)), "nothing here is called ''"),
        (Part(classes=frozenset({"Town"})), "'Town' is no class. Known are: Project,"),
        (Part(since="gestern"), "'gestern' is no day, month or year"),
        (Part(most=0), "at least one thing"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_line(sample_network: nx.MultiDiGraph[str], part: Part, said: str) -> None:
    with pytest.raises(QueryError, match=said) as raised:
        part_of(sample_network, part)
    assert "\n" not in str(raised.value)


def test_a_name_of_several_things_lists_them() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in ("id:/city/halle-saale", "id:/city/halle-westfalen"):
        graph.add_node(iri, label="Halle", names=["Halle"])
    with pytest.raises(QueryError, match="may be any of: id:/city/halle-saale, id:/city/halle-westfalen"):
        find_thing(graph, "HALLE")
    assert find_thing(graph, "city:halle-saale") == "id:/city/halle-saale"


NODES = st.integers(0, 12)
GRAPHS = st.lists(st.tuples(NODES, NODES), max_size=30)


@settings(max_examples=60)
@given(pairs=GRAPHS, depth=st.integers(0, 4), most=st.integers(1, 13))
def test_a_part_is_an_induced_part_that_grows_with_depth(pairs: list[tuple[int, int]], depth: int, most: int) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(13):
        graph.add_node(f"n{number}", label=f"n{number}", names=[], type="City", values=[], mentions=[])
    for one, other in pairs:
        graph.add_edge(f"n{one}", f"n{other}", evidence=[])
    part = part_of(graph, Part(focus=("n0",), depth=depth, most=most))
    assert "n0" in part
    assert len(part) <= most
    assert sorted(part.edges(keys=True)) == sorted(graph.subgraph(part).edges(keys=True))
    assert list(part) == [node for node in graph if node in part]
    assert set(part_of(graph, Part(focus=("n0",), depth=depth))) <= set(
        part_of(graph, Part(focus=("n0",), depth=depth + 1))
    )
