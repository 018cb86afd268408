"""Whatever people judge of the things that articles name: a build goes through, and says what it could not do."""

from __future__ import annotations

import random

import pytest

from koopgraph.corpus import unite
from koopgraph.curation.file import parse_curation
from koopgraph.model import ArticleGraph, EntityType, Value
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.vocabulary import RELATIONS

BASE = "https://w3id.org/koopgraph/id/"


def judgements(graphs: tuple[ArticleGraph, ...], chance: random.Random, number: int) -> str:
    """Return entries on things and statements of few articles, so that many are about the same."""

    def thing(kind: EntityType | None = None) -> tuple[EntityType, str]:
        graph = chance.choice(graphs)
        entity = chance.choice([e for e in graph.entities if kind in (None, e.type)] or graph.entities)
        article = f", article: '{graph.article.source}'" if chance.random() < 0.4 else ""
        return entity.type, f"{{class: {kind or entity.type}, name: '{chance.choice(entity.names)}'{article}}}"

    def source() -> str:
        graph = chance.choice(graphs)
        quote = f"{{article: '{graph.article.source}', quote: '{graph.article.title}'}}"
        return chance.choice([quote, "{citation: Amtsblatt}"])

    entries = []
    while len(entries) < number:
        kind, one = thing()
        verb = chance.choice(["same", "different", "rename", "retype", "retype", "add", "state", "verdict", "link"])
        if verb in ("same", "different"):
            entries.append(f"- {verb}: [{one}, {thing(kind)[1]}]")
        elif verb == "rename":
            entries.append(f"- rename: {one}\n  to: {chance.choice(['Neu', 'Alt', 'Leipzig', 'Bund'])}")
        elif verb == "retype":
            entries.append(f"- retype: {one}\n  to: {chance.choice(list(EntityType))}")
        elif verb == "add":
            entries.append(f"- add: {one.split(', article')[0].rstrip('}')}}}\n  source: {source()}")
        elif verb == "link":
            entries.append(f"- link: {one}\n  to: https://sws.geonames.org/{chance.randrange(3)}/")
        elif verb == "state":
            relation = chance.choice([r for r in RELATIONS.values() if r.value is None and kind in r.domain] or [None])
            allowed = [k for k in EntityType if relation and relation.allows(kind, k)]
            if relation and allowed:
                other = thing(chance.choice(allowed))[1]
                entries.append(
                    f"- state: {{subject: {one}, relation: {relation.name}, object: {other}}}\n  source: {source()}"
                )
        else:
            graph = chance.choice([g for g in graphs if g.facts])
            names = {e.iri: (e.type, e.name) for e in graph.entities}
            fact = chance.choice(graph.facts)
            if not isinstance(fact.object, Value):
                (a, subject), (b, target) = names[fact.subject], names[fact.object]
                keys = f"subject: {{class: {a}, name: '{subject}'}}, relation: {fact.relation}, object: {{class: {b}, name: '{target}'}}"
                entries.append(f"- {chance.choice(['accept', 'reject', 'unsure'])}: {{{keys}}}")
    return "\n".join(entries) + "\n"


def _told_apart(entry: str) -> bool:
    """Whether the entry is not one that the file itself refuses: the same thing twice."""
    try:
        parse_curation(entry, "c.yaml")
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("seed", range(12))
def test_any_judgements_go_through(graphs: tuple[ArticleGraph, ...], seed: int) -> None:
    some = tuple(g for g in graphs if "'" not in g.article.title)[seed % 5 :: 2]
    written = judgements(some, random.Random(seed), 60).removeprefix("- ").split("\n- ")
    entries = [entry for entry in (f"- {text.rstrip()}\n" for text in written) if _told_apart(entry)]
    assert len(entries) > 40
    curation = parse_curation("".join(entries), "c.yaml")
    corpus = unite(some, base=BASE, curation=curation)
    quads = list(assemble(corpus.graphs, base=BASE, findings=corpus.findings))
    shuffled = list(some)
    random.Random(seed).shuffle(shuffled)
    again = unite(shuffled, base=BASE, curation=curation)
    assert set(assemble(again.graphs, base=BASE, findings=again.findings)) == set(quads)
    assert again.problems == corpus.problems
