"""Tables: nodes, edges and values with their sentences, harmless in a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from koopgraph.errors import ExportError
from koopgraph.export.tables import EDGE_COLUMNS, NODE_COLUMNS, VALUE_COLUMNS, write_tables
from koopgraph.store import open_graph

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
BASE = "https://w3id.org/koopgraph/id/"


def rows(file: Path) -> list[dict[str, str]]:
    """Read a table."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample's tables."""
    made = tmp_path_factory.mktemp("tables") / "new"
    write_tables(open_graph(SAMPLE), made)
    return made


def test_the_tables_have_their_columns(folder: Path) -> None:
    for name, columns in (("nodes", NODE_COLUMNS), ("edges", EDGE_COLUMNS), ("values", VALUE_COLUMNS)):
        assert (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0] == ",".join(columns)


def test_a_node_has_its_names_and_class(folder: Path) -> None:
    congress = next(row for row in rows(folder / "nodes.csv") if row["class"] == "Event")
    assert congress["label"] == "9. Bundeskongress Nationale Stadtentwicklungspolitik"
    assert (congress["other_names"], congress["language"]) == ("Bundeskongress", "de")


def test_every_edge_joins_two_nodes(folder: Path) -> None:
    nodes = {row["id"] for row in rows(folder / "nodes.csv")}
    edges = rows(folder / "edges.csv")
    assert len(edges) == 13
    assert all({row["source"], row["target"]} <= nodes for row in edges)


def test_a_statement_of_two_articles_has_a_row_for_each(folder: Path) -> None:
    found = [
        row
        for row in rows(folder / "edges.csv")
        if (row["source"], row["target"]) == (f"{BASE}project/koopstadt", f"{BASE}city/leipzig")
    ]
    assert [(row["article"], row["begin"], row["end"]) for row in found] == [
        ("bundeskongress.txt", "245", "304"),
        ("three-cities.md", "27", "98"),
    ]
    assert found[0]["sentence"] == "Bremen und Leipzig sind Partnerstädte im Projekt koopstadt."
    assert {row["confidence"] for row in found} == {"0.9"}


def test_a_role_stands_beside_its_statement(folder: Path) -> None:
    (edge,) = (row for row in rows(folder / "edges.csv") if row["relation"] == "affiliatedWith")
    assert (edge["source_label"], edge["role"], edge["target_label"]) == ("Elke Pahl-Weber", "Professorin", "TU Berlin")


def test_dates_budgets_and_mottos_are_values(folder: Path) -> None:
    values = {(row["node_label"], row["relation"]): row["value"] for row in rows(folder / "values.csv")}
    assert values["koopstadt", "budget"] == "1200000 EUR"
    assert values["koopstadt", "date"] == "2007/.."
    assert {relation for _, relation in values} == {"budget", "date", "motto"}


def test_a_graph_without_provenance_has_its_edges_without_sentences(tmp_path: Path) -> None:
    store = Store()
    store.load(
        """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix koop: <https://w3id.org/koopgraph/ontology#> .
        <https://e.org/a> a koop:City ; rdfs:label "A" ; koop:cooperatesWith <https://e.org/b> .
        <https://e.org/b> a koop:City ; rdfs:label "B" .""",
        format=RdfFormat.TURTLE,
    )
    write_tables(store, tmp_path)
    (edge,) = rows(tmp_path / "edges.csv")
    assert (edge["source_label"], edge["target_label"], edge["sentence"]) == ("A", "B", "")


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(tmp_path: Path, name: str) -> None:
    store = Store()
    escaped = name.replace("\t", "\\t").replace("\r", "\\r")
    store.load(
        f"""@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix koop: <https://w3id.org/koopgraph/ontology#> .
        <https://e.org/a> a koop:City ; rdfs:label "{escaped}" ; koop:motto "{escaped}" .""",
        format=RdfFormat.TURTLE,
    )
    write_tables(store, tmp_path)
    assert rows(tmp_path / "nodes.csv")[0]["label"] == f"'{name}"
    assert rows(tmp_path / "values.csv")[0]["value"] == f"'{name}"


def test_the_same_graph_makes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_tables(open_graph(SAMPLE), tmp_path)
    for name in ("nodes.csv", "edges.csv", "values.csv"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_a_file_in_the_folders_place_says_so(tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="Choose another name"):
        write_tables(open_graph(SAMPLE), tmp_path / "tables")
