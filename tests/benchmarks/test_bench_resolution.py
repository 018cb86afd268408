"""The benchmark of resolution: its input is reproducible and realistic, and a small one is resolved well."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import bench_resolution as bench
import mentions
import pytest

from koopgraph.model import EntityType


def test_the_same_seed_gives_the_same_articles_and_another_one_others() -> None:
    first = list(mentions.labelled(500))
    assert first == list(mentions.labelled(500))
    assert first == list(islice(mentions.labelled(5000), len(first)))
    assert first[0] != next(mentions.labelled(500, seed=2))


def test_every_quote_stands_in_its_article_and_every_fact_is_between_its_things() -> None:
    for graph in mentions.graphs(500):
        iris = {entity.iri for entity in graph.entities}
        passages = [p for e in graph.entities for p in e.mentions] + [f.evidence for f in graph.facts]
        assert len(iris) == len(graph.entities)
        assert all(entity.mentions for entity in graph.entities)
        assert all(graph.article.text[p.start : p.end] == p.quote for p in passages)
        assert {f.subject for f in graph.facts} | {f.object for f in graph.facts if isinstance(f.object, str)} <= iris


def test_classes_are_as_frequent_as_in_the_training_articles_and_few_things_are_frequent() -> None:
    kinds: Counter[EntityType] = Counter()
    things: Counter[str] = Counter()
    for graph, keys in mentions.labelled(20_000):
        kinds.update(entity.type for entity in graph.entities)
        things.update(keys)
    total = sum(kinds.values())
    for kind, share in mentions.TABLE["shares"].items():
        assert kinds[EntityType(kind)] / total == pytest.approx(share, abs=0.03)
    assert sum(number == 1 for number in things.values()) > 0.6 * len(things)
    assert sum(number for _, number in things.most_common(len(things) // 100)) > 0.12 * total


def test_a_thing_has_several_forms_and_some_are_misspelt() -> None:
    names: dict[str, set[str]] = {}
    for graph, keys in mentions.labelled(5000):
        for entity, key in zip(graph.entities, keys, strict=True):
            names.setdefault(key, set()).add(entity.name)
    assert sum(len(forms) > 1 for forms in names.values()) > 100


def test_a_small_corpus_is_resolved_well() -> None:
    run = bench.measure(1000, seed=1)
    assert run.records >= 1000
    assert run.bcubed[2] > 0.95
    assert run.peak_bytes > 0


def test_the_table_tells_how_time_grows() -> None:
    small = bench.Run(100, 120, 5, 0.1, 1.1, 1.0, 10**8, 80, 81, 5, 2, (1.0, 1.0, 1.0), (1.0, 1.0, 1.0))
    large = bench.Run(1000, 1200, 50, 1.0, 15.0, 12.0, 10**8, 700, 710, 50, 20, (1.0, 1.0, 1.0), (1.0, 1.0, 1.0))
    assert bench.growth(small, large) == "12.0 ×"
    assert bench.table_of([small, large], seed=1).row_count == 14
