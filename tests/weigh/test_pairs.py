"""Candidates: what the ontology allows between two things, and their closest occurrences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from koopgraph.model import Annotated, EntityType
from koopgraph.rdf.vocabulary import RELATIONS, relation_allowed
from koopgraph.weigh.pairs import RELATION_NAMES, allowed, candidates_of
from koopgraph.weigh.scene import KINDS, Scene, make_scene

Mark = Callable[..., Annotated]
TEXT = (
    "[Project|Uferband] in [City|Gera] mit [City|Jena] und [Organisation|Bauamt].\n"
    "[Person|Uta Lenz] vom [Organisation|Umweltamt] sprach [time=2015|2015] in [City|Jena]."
)


def asked(scene: Scene) -> list[tuple[str, str, str]]:
    found = candidates_of(scene)
    names = [t.name for t in scene.things]
    return [
        (names[found.pairs.subject[p]], RELATION_NAMES[r], names[found.pairs.object[p]])
        for p, r in zip(found.pair, found.relation, strict=True)
    ]


def test_all_that_the_ontology_allows_is_asked_and_nothing_else(mark: Mark) -> None:
    scene = make_scene(mark(TEXT), ())
    wanted = {
        (one.name, relation, other.name)
        for one in scene.things
        for other in scene.things
        for relation in RELATIONS
        if one is not other
        and isinstance(kind := KINDS[one.kind], EntityType)
        and relation_allowed(relation, kind, KINDS[other.kind])
    }
    found = asked(scene)
    assert len(found) == len(set(found))
    assert {c for c in found if c[1] != "cooperatesWith"} == {c for c in wanted if c[1] != "cooperatesWith"}


def test_cooperation_is_asked_once_with_the_first_thing_as_its_subject(mark: Mark) -> None:
    pairs = [(one, other) for one, relation, other in asked(make_scene(mark(TEXT), ())) if relation == "cooperatesWith"]
    assert ("Gera", "Jena") in pairs
    assert ("Jena", "Gera") not in pairs
    assert ("Bauamt", "Umweltamt") in pairs
    assert not {(b, a) for a, b in pairs} & set(pairs)


def test_values_are_nobodys_subject() -> None:
    for number, kind in enumerate(KINDS):
        assert isinstance(kind, EntityType) or not allowed()[number].any()


def test_the_closest_occurrences_of_a_pair_stand_in_the_fewest_sentences(mark: Mark) -> None:
    annotated = mark("[City|Gera] ruft.\n[Project|Uferband] wächst in [City|Gera] und bleibt.\n[City|Gera] zahlt.")
    scene = make_scene(annotated, ())
    found = candidates_of(scene)
    (row,) = (n for n, c in enumerate(asked(scene)) if c == ("Uferband", "locatedIn", "Gera"))
    pair = found.pair[row]
    near = scene.start[found.pairs.near_subject[pair]], scene.start[found.pairs.near_object[pair]]
    assert near == (annotated.mentions[1].start, annotated.mentions[2].start)


def test_chunks_are_the_candidates_in_their_order(mark: Mark) -> None:
    whole = candidates_of(make_scene(mark(TEXT), ()))
    for size in (1, 7, 10**6):
        chunks = list(whole.chunks(size))
        assert all(len(c.pair) <= size for c in chunks)
        assert np.concatenate([c.relation for c in chunks]).tolist() == whole.relation.tolist()
        for column in ("subject", "object", "near_subject", "near_object"):
            rows = np.concatenate([getattr(c.pairs, column)[c.pair] for c in chunks])
            assert rows.tolist() == getattr(whole.pairs, column)[whole.pair].tolist()
