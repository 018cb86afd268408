"""Judgements applied to articles' graphs: some before resolution, which then knows of them, the others after it.

1. :func:`before`: things get their class and their authority; things and statements are added.
2. :func:`koopgraph.curation.constraints.constraints`: pairs that are one, or are not.
3. :func:`after`, on graphs with final IRIs: statements are right or wrong, things get their name and authority.

All are pure functions; applied twice they give what they give once, and the order of the graphs plays no part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from koopgraph.curation.additions import Additions
from koopgraph.curation.applied import Applied, CuratedThing, curator_of
from koopgraph.curation.classes import judged_classes, retyped
from koopgraph.curation.judgements import (
    AddedStatement,
    AddedThing,
    AuthorityJudgement,
    Curation,
    Rename,
    Retype,
    StatementJudgement,
)
from koopgraph.curation.names import judged_authorities, judged_names, links_of, renamed, with_authority
from koopgraph.curation.place import FILE_NAME
from koopgraph.curation.things import Things
from koopgraph.curation.verdicts import Verdicts
from koopgraph.model import ArticleGraph, EntityType
from koopgraph.rdf.iris import article_iri
from koopgraph.resolve.records import Node

_BEFORE = (Retype, AddedThing, AddedStatement, AuthorityJudgement)
_AFTER = (StatementJudgement, Rename, AuthorityJudgement)


def before(graphs: Sequence[ArticleGraph], curation: Curation, *, base: str) -> Applied:
    """Apply what resolution has to know: classes, authorities, added things and statements.

    What has its source outside the corpus becomes a graph of its own, whose article is the file of judgements.
    ``applied`` holds judgements on classes and additions; those on authorities count in :func:`after`.
    """
    if not any(isinstance(judgement, _BEFORE) for judgement in curation.judgements):
        return Applied(tuple(graphs))
    own = article_iri(base, FILE_NAME)
    articles = [graph for graph in graphs if graph.iri != own]
    things = Things(articles, curation.judgements)
    classes, applied = judged_classes(curation.judgements, things)
    curated: list[CuratedThing] = []
    dropped = 0
    for number, graph in enumerate(articles if classes else ()):
        articles[number], new_iris, lost = retyped(graph, _of(classes, graph), base=base)
        dropped += lost
        for old, new in new_iris.items():
            judgement = curation.judgements[classes[graph.iri, old][1]]
            curated.append(((graph.iri, new), curator_of(judgement.made)))
    if classes:
        things = Things(articles, curation.judgements)
    authorities, _ = judged_authorities(curation, things.nodes)
    articles = [_with_authorities(graph, authorities) for graph in articles]
    additions = Additions({g.article.source: g for g in articles}, curation, things, base=base)
    grown = {graph.iri: graph for graph in additions.graphs()}
    return Applied(
        graphs=(*(grown.pop(graph.iri, graph) for graph in articles), *grown.values()),
        applied=frozenset(applied | additions.applied),
        problems=tuple(additions.problems),
        curated=tuple(sorted({*curated, *additions.curated})),
        joined=tuple(sorted(additions.joined)),
        dropped=dropped,
    )


def _of(classes: Mapping[Node, tuple[EntityType, int]], graph: ArticleGraph) -> dict[Node, EntityType]:
    nodes = ((graph.iri, entity.iri) for entity in graph.entities)
    return {node: classes[node][0] for node in nodes if node in classes}


def _with_authorities(graph: ArticleGraph, judged: Mapping[Node, Mapping[str, AuthorityJudgement]]) -> ArticleGraph:
    if not judged:
        return graph
    entities = tuple(with_authority(e, judged.get((graph.iri, e.iri), {})) for e in graph.entities)
    return graph if entities == graph.entities else replace(graph, entities=entities)


def after(graphs: Sequence[ArticleGraph], curation: Curation, *, base: str) -> Applied:
    """Apply what people say of things and statements under their final IRIs: verdicts, names, authorities."""
    if not any(isinstance(judgement, _AFTER) for judgement in curation.judgements):
        return Applied(tuple(graphs))
    things = Things(graphs, curation.judgements)
    verdicts = Verdicts(curation, things)
    names, renaming = judged_names(curation, things)
    authorities, linking = judged_authorities(curation, things.iris)
    curated: list[CuratedThing] = []
    found = []
    for graph in graphs:
        graph = verdicts.judged(graph)
        entities = []
        for entity in graph.entities:
            changed = with_authority(entity, authorities.get(entity.iri, {}))
            if entity.iri in names:
                rename = names[entity.iri]
                changed = renamed(changed, rename.name)
                curated.append(((graph.iri, entity.iri), curator_of(rename.made)))
            entities.append(changed)
        found.append(replace(graph, entities=tuple(entities)))
    return Applied(
        graphs=tuple(found),
        applied=frozenset(verdicts.applied | renaming | linking),
        curated=tuple(sorted(set(curated))),
        links=tuple(links_of(authorities)),
    )
