"""The build: all outputs or none, the same bytes for the same input, and no input that ends it."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from koopgraph.errors import KoopgraphError, ReadError, UnknownExtractorError
from koopgraph.graph import KnowledgeGraph
from koopgraph.model import Options
from koopgraph.pipeline import build

OUTPUTS = {"layout.json", "graph.ttl", "dataset.trig", "network.html", "report.json", "store"}
SAME_BYTES = ("graph.ttl", "dataset.trig", "network.html")
GERA = "Neues aus Gera\n\nIn Gera baut die Nordlicht Wohnbau GmbH das Projekt „Uferpark“. Es kostet 5 Mio. Euro."
JENA = "Neues aus Jena\n\nDas Projekt „Uferpark“ wird von der Städtebauförderung bezahlt. Anna Müller lobt Jena."
PLUGIN = """
from koopgraph.errors import ExtractionError
from koopgraph.extract import Extractor, ExtractorFactory
from koopgraph.model import EntityType, Evidence, Mention, Statement, Value, ValueKind

def make(settings):
    read = []
    def mentions(annotated):
        if settings["refuses"] in annotated.article.text:
            raise ExtractionError("guest", "is not in the mood", "Ask again")
        read.append(annotated.article.source)
        at = annotated.article.text.index("Neues")
        return [Mention(at, at + 5, "Neues", EntityType.DOCUMENT, "Neues", "guest", 0.9)]
    return Extractor("guest", lambda annotated: (), version="3", mentions=mentions, notes=lambda: {"read": len(read)})

guest = ExtractorFactory("guest", make)

def invents(annotated):
    project = next(m for m in annotated.mentions if m.type is EntityType.PROJECT)
    theme = "housing" if "Jena" in annotated.article.text else "dragons"
    evidence = Evidence.of(annotated.article, project.start, project.end)
    yield Statement(project, "theme", Value(ValueKind.THEME, theme), evidence, "inventive", 0.9)

def fails(annotated):
    if "Gera" in annotated.article.text:
        raise RuntimeError("out of ideas")
    return ()
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with two good articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "gera.txt").write_text(GERA, encoding="utf-8")
    (folder / "jena.txt").write_text(JENA, encoding="utf-8")
    return folder


@pytest.fixture
def bad(articles: Path) -> Path:
    """Return the folder with four further files that are no articles."""
    (articles / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (articles / "broken.jsonl").write_text('{"text": "Titel\\n\\nIn Gera wird gebaut."}\n{"text": ', encoding="utf-8")
    (articles / "empty.txt").write_text(" \n", encoding="utf-8")
    (articles / "sheet.xlsx").write_bytes(b"PK\x03\x04")
    return articles


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a package of someone else with two extractors that fail on some articles."""
    folder = tmp_path / "site"
    info = folder / "koopgraph_moody-1.dist-info"
    info.mkdir(parents=True)
    (folder / "koopgraph_moody.py").write_text(PLUGIN, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: koopgraph-moody\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        "[koopgraph.extractors]\nmoody = koopgraph_moody:fails\ninventive = koopgraph_moody:invents\n"
        "guest = koopgraph_moody:guest\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(folder)
    yield
    sys.modules.pop("koopgraph_moody", None)


def problems(graph: KnowledgeGraph) -> dict[str, str]:
    return {problem["source"]: problem["reason"] for problem in graph.report["problems"]}


def test_all_outputs_are_written_and_nothing_else(articles: Path, tmp_path: Path) -> None:
    build([articles], output=tmp_path / "new" / "out")
    assert {path.name for path in (tmp_path / "new" / "out").iterdir()} == OUTPUTS


def test_the_graph_that_comes_back_is_the_one_in_the_folder(articles: Path, tmp_path: Path) -> None:
    graph = build([articles], output=tmp_path / "out")
    assert len(graph) == len(KnowledgeGraph.open(tmp_path / "out")) > 0
    assert [a.article.source for a in graph.articles] == ["gera.txt", "jena.txt"]


def test_building_twice_gives_the_same_bytes(articles: Path, tmp_path: Path) -> None:
    for name in ("one", "two", "two"):
        build([articles], output=tmp_path / name)
    for name in SAME_BYTES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_order_of_the_sources_does_not_change_the_graph(articles: Path, tmp_path: Path) -> None:
    build([articles / "gera.txt", articles / "jena.txt"], output=tmp_path / "one")
    build([articles / "jena.txt", articles / "gera.txt"], output=tmp_path / "two")
    assert (tmp_path / "one" / "graph.ttl").read_bytes() == (tmp_path / "two" / "graph.ttl").read_bytes()


def test_a_name_in_two_articles_is_one_thing(articles: Path, tmp_path: Path) -> None:
    (articles / "halle.txt").write_text(GERA.replace("Uferpark", "Lichtwerk"), encoding="utf-8")
    graph = build([articles], output=tmp_path / "out")
    answer = graph.query('SELECT ?thing { ?thing a koop:Organisation ; rdfs:label "Nordlicht Wohnbau GmbH"@de }')
    assert answer.rows == ({"thing": "https://w3id.org/koopgraph/id/organisation/nordlicht-wohnbau-gmbh"},)
    assert graph.report["counts"]["entities"] < sum(a["entities"] for a in graph.report["articles"])
    assert graph.report["resolution"]["merges"]["same name"] > 1


def test_what_every_town_may_have_is_one_thing_a_town(articles: Path, tmp_path: Path) -> None:
    graph = build([articles], output=tmp_path / "out")
    answer = graph.query('SELECT ?thing { ?thing a koop:Project ; rdfs:label "Uferpark"@de } ORDER BY ?thing')
    base = "https://w3id.org/koopgraph/id/project/"
    assert [row["thing"] for row in answer.rows] == [base + "uferpark-gera", base + "uferpark-jena"]


def test_what_is_no_article_becomes_a_problem_and_the_others_build(bad: Path, tmp_path: Path) -> None:
    graph = build([bad], output=tmp_path / "out")
    assert {name.split("#")[0] for name in problems(graph)} == {"binary.txt", "broken.jsonl", "empty.txt", "sheet.xlsx"}
    assert [a["source"] for a in graph.report["articles"]] == ["broken.jsonl#1", "gera.txt", "jena.txt"]
    assert graph.report["counts"]["articles"] == 3


def test_every_problem_says_what_is_wrong_and_what_to_do(bad: Path, tmp_path: Path) -> None:
    for problem in build([bad], output=tmp_path / "out").report["problems"]:
        assert problem.keys() == {"source", "reason", "remedy", "kind"}
        assert all(problem.values())


def test_a_file_that_may_not_be_read_is_a_problem(articles: Path, tmp_path: Path) -> None:
    (articles / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert "gone.txt" in problems(build([articles], output=tmp_path / "out"))


@pytest.mark.usefixtures("plugin")
def test_an_extractor_that_fails_makes_one_problem_of_that_article(
    articles: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        graph = build([articles], output=tmp_path / "out", options=Options(extractors=("moody", "places")))
    assert problems(graph) == {"gera.txt": "internal error: RuntimeError: out of ideas"}
    assert [a["source"] for a in graph.report["articles"]] == ["jena.txt"]


@pytest.mark.usefixtures("plugin")
def test_an_extractor_that_invents_a_theme_makes_one_problem_of_that_article(
    articles: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        graph = build([articles], output=tmp_path / "out", options=Options(extractors=("inventive",)))
    assert list(problems(graph)) == ["gera.txt"]
    assert "unknown theme 'dragons'" in problems(graph)["gera.txt"]
    assert graph.report["statements"] == {"theme": 1}


@pytest.mark.usefixtures("plugin")
def test_an_article_that_an_extractor_cannot_read_is_a_problem_of_that_extractor_alone(
    articles: Path, tmp_path: Path
) -> None:
    options = Options(extractors=("places", "undertakings", "guest"), settings={"guest": {"refuses": "Gera"}})
    graph = build([articles], output=tmp_path / "out", options=options)
    assert graph.report["problems"] == [
        {
            "source": "gera.txt",
            "reason": "extractor guest: is not in the mood",
            "remedy": "Ask again",
            "kind": "extractor",
        }
    ]
    counts = {a["source"]: (a["entities"], a["statements"]) for a in graph.report["articles"]}
    assert all(entities and statements for entities, statements in counts.values())


@pytest.mark.usefixtures("plugin")
def test_what_an_extractor_names_becomes_an_entity_and_its_notes_are_reported(articles: Path, tmp_path: Path) -> None:
    options = Options(extractors=("themes", "guest"), settings={"guest": {"refuses": "secret"}})
    graph = build([articles], output=tmp_path / "out", options=options)
    assert graph.report["entities"]["Document"] == 2  # each town has its news
    assert graph.report["extractors"] == {"themes": {"version": "1"}, "guest": {"version": "3", "read": 2}}
    assert "secret" not in (tmp_path / "out" / "report.json").read_text(encoding="utf-8")


def test_only_the_named_extractors_speak(articles: Path, tmp_path: Path) -> None:
    graph = build([articles], output=tmp_path / "out", options=Options(extractors=("themes",)))
    assert graph.report["options"]["extractors"] == ["themes"]
    assert set(graph.report["statements"]) <= {"theme"}


def test_statements_below_the_least_confidence_are_left_out(articles: Path, tmp_path: Path) -> None:
    everything = build([articles], output=tmp_path / "one").report["counts"]["statements"]
    nothing = build([articles], output=tmp_path / "two", options=Options(min_confidence=1.0))
    assert nothing.report["counts"]["statements"] == 0 < everything
    assert nothing.report["counts"]["entities"] > 0


def test_the_base_begins_every_iri_of_data(articles: Path, tmp_path: Path) -> None:
    build([articles], output=tmp_path / "out", options=Options(base="https://example.org/kg/"))
    written = (tmp_path / "out" / "dataset.trig").read_text(encoding="utf-8")
    assert "https://example.org/kg/" in written
    assert "https://w3id.org/koopgraph/id/" not in written


def test_paths_come_from_standard_input_where_the_source_is_a_hyphen(articles: Path, tmp_path: Path) -> None:
    listed = io.StringIO(f"{articles / 'jena.txt'}\n\n{articles / 'gera.txt'}\n")
    graph = build(["-"], output=tmp_path / "out", stdin=listed)
    assert [a["source"] for a in graph.report["articles"]] == ["jena.txt", "gera.txt"]


def test_one_path_is_taken_as_one_source(articles: Path, tmp_path: Path) -> None:
    assert build(str(articles), output=tmp_path / "out").report["counts"]["articles"] == 2


def test_no_article_at_all_is_an_empty_graph(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    graph = build([tmp_path / "empty"], output=tmp_path / "out")
    assert graph.report["counts"] == {"articles": 0, "entities": 0, "statements": 0}
    assert {path.name for path in (tmp_path / "out").iterdir()} == OUTPUTS


def test_progress_counts_up_to_the_end_of_each_stage(articles: Path, tmp_path: Path) -> None:
    steps: list[tuple[str, int, int | None]] = []
    build([articles], output=tmp_path / "out", progress=lambda *step: steps.append(step[:3]))
    reading = [step for step in steps if step[0] == "reading articles"]
    assert reading == [("reading articles", n, 2) for n in range(3)]
    assert steps[-1][1] == steps[-1][2]
    assert all(total is not None and 0 <= done <= total for _, done, total in steps)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (Options(extractors=("peple",)), UnknownExtractorError),
        (Options(base="no-iri"), KoopgraphError),
        (Options(base="https://example.org/without-end"), KoopgraphError),
    ],
)
def test_wrong_options_are_refused_before_anything_is_written(
    articles: Path, tmp_path: Path, options: Options, error: type[KoopgraphError]
) -> None:
    with pytest.raises(error):
        build([articles], output=tmp_path / "out", options=options)
    assert not (tmp_path / "out").exists()


def test_a_source_that_does_not_exist_is_refused_before_anything_is_written(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"nowhere\.txt: does not exist"):
        build([articles, tmp_path / "nowhere.txt"], output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_report_has_counts_articles_problems_and_timings(bad: Path, tmp_path: Path) -> None:
    build([bad], output=tmp_path / "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    wanted = {
        "koopgraph",
        "options",
        "counts",
        "entities",
        "statements",
        "languages",
        "articles",
        "extractors",
        "problems",
        "timings",
    }
    assert report.keys() >= wanted
    assert report["counts"]["entities"] == sum(report["entities"].values())
    assert report["counts"]["statements"] == sum(report["statements"].values())
    assert report["counts"]["articles"] == len(report["articles"]) == sum(report["languages"].values())
    assert all(article.keys() >= {"source", "iri", "entities", "statements"} for article in report["articles"])
    assert {"read", "annotate", "extract", "resolve", "assemble"} <= report["timings"].keys()
    assert all(seconds >= 0 for seconds in report["timings"].values())
    assert str(tmp_path) not in json.dumps(report)
