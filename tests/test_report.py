"""``report.json``: what its schema promises, what the page about it explains, and one pass over the articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from koopgraph.corpus import Corpus, unite
from koopgraph.distinct import Distinct
from koopgraph.extract import select
from koopgraph.model import ArticleGraph, EntityType, Language, Options, Problem, ProblemKind
from koopgraph.pipeline import build
from koopgraph.report import PASSING, SCHEMA, report_of, schema
from koopgraph.timings import Timings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "report.md"
GERA = "Neues aus Gera\n\nDas Projekt „Uferpark“ in Gera kostet {} Mio. Euro. Die Nordlicht Wohnbau GmbH baut in Gera."
CURATION = """
- reject: {subject: {class: Project, name: Nirgends}, relation: budget, value: 5000000 EUR}
  by: Jana Muster
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return the reports of two builds of the same articles, with problems, a contradiction and a judgement."""
    folder = tmp_path_factory.mktemp("report")
    articles = folder / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(GERA.format(5), encoding="utf-8")
    (articles / "b.txt").write_text(GERA.format(9), encoding="utf-8")
    (articles / "empty.txt").touch()
    (articles / "curation.yaml").write_text(CURATION, encoding="utf-8")
    for name in ("one", "two"):
        build([articles], output=folder / name)
    return [json.loads((folder / name / "report.json").read_bytes()) for name in ("one", "two")]


class Streamed:
    """Graphs that can be gone over and neither counted nor indexed; counts how often they were."""

    def __init__(self, graphs: tuple[ArticleGraph, ...]) -> None:
        self.graphs = graphs
        self.passes = 0

    def __iter__(self) -> Iterator[ArticleGraph]:
        self.passes += 1
        return iter(self.graphs)


def closed(part: Any) -> Any:
    """Return the schema with no other fields allowed than it describes."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {name: closed(one) for name, one in part.items()}
    if part.get("type") == "object" and "properties" in part:
        made.setdefault("additionalProperties", False)
    return made


def fields(part: Any) -> Iterator[tuple[str, str]]:
    """Yield every field that the schema describes, with its description."""
    if isinstance(part, dict):
        for name, one in part.get("properties", {}).items():
            yield name, one.get("description", "")
        for one in part.values():
            yield from fields(one)


def sample_report(graphs: tuple[ArticleGraph, ...], base: str) -> dict[str, Any]:
    corpus = unite(graphs, base=base)
    told = report_of(corpus, [], select(("themes",), {}), Options(base=base), Timings(), curation="curation.yaml")
    return json.loads(json.dumps(told))  # type: ignore[no-any-return]


def test_the_schema_is_one_and_names_itself() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == schema()["properties"]["schema"]["const"] == SCHEMA
    assert SCHEMA.startswith("https://w3id.org/koopgraph/")


def test_what_builds_report_is_what_the_schema_describes(reports: list[dict[str, Any]]) -> None:
    report = reports[0]
    assert {p["kind"] for p in report["problems"]} == {"unreadable", "curation"}
    assert report["contradictions"]["count"] == 1
    Draft202012Validator(schema()).validate(report)


def test_a_build_reports_nothing_that_the_schema_leaves_out(reports: list[dict[str, Any]]) -> None:
    strict = closed(deepcopy(schema()))
    strict["properties"]["extractors"]["additionalProperties"].pop("additionalProperties")  # what they note is theirs
    Draft202012Validator(strict).validate(reports[0])


def test_an_empty_build_reports_as_the_schema_says(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    Draft202012Validator(schema()).validate(build([tmp_path / "none"], output=tmp_path / "out").report)


def test_a_report_without_a_section_is_refused(reports: list[dict[str, Any]]) -> None:
    for section in set(reports[0]) - set(PASSING):  # those a bundle leaves out
        without = {name: value for name, value in reports[0].items() if name != section}
        assert not Draft202012Validator(schema()).is_valid(without), section


def test_the_schema_knows_what_the_model_knows() -> None:
    described = schema()["properties"]
    assert described["problems"]["items"]["properties"]["kind"]["enum"] == list(get_args(ProblemKind))
    assert described["entities"]["propertyNames"]["enum"] == [kind.value for kind in EntityType]
    assert described["languages"]["propertyNames"]["enum"] == list(get_args(Language))


def test_every_field_is_explained_in_the_schema_and_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert {name for name, description in fields(schema()) if not description} == set()
    assert {name for name, _ in fields(schema()) if f"`{name}`" not in page} == set()
    assert SCHEMA in page


def test_only_the_passing_sections_differ_between_builds_of_the_same_articles(reports: list[dict[str, Any]]) -> None:
    one, two = ({name: value for name, value in report.items() if name not in PASSING} for report in reports)
    assert one == two
    assert set(PASSING) < set(reports[0])


def test_the_graphs_are_gone_over_once(sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> None:
    united = unite(sample_graphs, base=sample_base)
    stream = Streamed(tuple(united.graphs))
    lazy: Any = stream
    corpus = Corpus(lazy, united.findings)
    report = report_of(corpus, [], (), Options(), Timings(), curation="curation.yaml")
    assert stream.passes == 1
    assert report["articles"] == sample_report(sample_graphs, sample_base)["articles"]


def test_things_and_statements_of_several_articles_count_once(
    sample_graphs: tuple[ArticleGraph, ...], sample_base: str
) -> None:
    report = sample_report(sample_graphs, sample_base)
    assert report["counts"] == {"articles": 2, "entities": 12, "statements": 16}
    assert report["entities"]["City"] == 2
    assert report["statements"]["partnerCity"] == 2
    assert sum(report["entities"].values()) == report["counts"]["entities"]
    assert sum(report["statements"].values()) == report["counts"]["statements"]
    assert report["languages"] == {"de": 1, "en": 1}


def test_a_contradiction_names_its_thing_and_both_values(reports: list[dict[str, Any]]) -> None:
    (found,) = reports[0]["contradictions"]["list"]
    assert (found["label"], found["relation"]) == ("Uferpark", "budget")
    assert {claim["value"] for claim in found["claims"]} == {"5000000 EUR", "9000000 EUR"}


def test_what_workers_tell_stands_in_the_report(sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> None:
    timings = Timings(processes=3)
    timings.merge({"read": 1.5})
    (themes,) = select(("themes",), {})
    problem = Problem("a.txt", "is empty", "Check it")
    report = report_of(
        unite(sample_graphs, base=sample_base),
        [problem, replace(problem, kind="failed")],
        [themes],
        Options(),
        timings,
        curation="curation.yaml",
        cache={"reused": 1, "read": 1, "removed": 4},
        notes={"themes": {"asked": 2}},
    )
    assert report["processes"] == 3
    assert report["timings"] == {"read": 1.5}
    assert report["cache"] == {"reused": 1, "read": 1, "removed": 4}
    assert report["extractors"] == {"themes": {"version": themes.version, "asked": 2}}
    Draft202012Validator(schema()).validate(json.loads(json.dumps(report)))


def test_distinct_texts_are_counted_and_an_empty_one_is_one() -> None:
    seen = Distinct()
    assert len(seen) == 0
    for text in ("", "ä", "a\u0308", "ä", "", "x" * 10_000):
        seen.add(text)
    assert len(seen) == 4
