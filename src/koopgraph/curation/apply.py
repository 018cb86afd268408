"""Judgements applied to articles' graphs: some before resolution, which then knows of them, the others after it.

1. :func:`before`: things get their class and their authority; things and statements are added.
2. :func:`koopgraph.curation.constraints.constraints`: pairs that are one, or are not.
3. :func:`after`, on graphs with final IRIs: statements are right or wrong, things get their name and authority.

All are pure functions of streams: they go through the graphs to find what the judgements mean and hold that alone;
what they return is changed graph by graph when somebody goes through it. Applied twice they give what they give once,
and the order of the graphs plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from koopgraph.curation.additions import Additions, sources_of
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
from koopgraph.stream import Stream

_BEFORE = (Retype, AddedThing, AddedStatement, AuthorityJudgement)
_AFTER = (StatementJudgement, Rename, AuthorityJudgement)


def before(graphs: Iterable[ArticleGraph], curation: Curation, *, base: str) -> Applied:
    """Apply what resolution has to know: classes, authorities, added things and statements.

    What has its source outside the corpus becomes a graph of its own, whose article is the file of judgements.
    ``applied`` holds judgements on classes and additions; those on authorities count in :func:`after`.
    """
    if not any(isinstance(judgement, _BEFORE) for judgement in curation.judgements):
        return Applied(graphs)
    own = article_iri(base, FILE_NAME)
    articles = Stream(lambda: (graph for graph in graphs if graph.iri != own))
    sources = sources_of(curation.judgements)
    growing: dict[str, ArticleGraph] = {}
    things = Things(_remembered(articles, sources, growing), curation.judgements)
    classes, applied = judged_classes(curation.judgements, things)
    retyping = _Retyping(classes, curation, base)
    if classes:
        things = Things(_remembered(map(retyping.noted, articles), sources, growing), curation.judgements)
    authorities, _ = judged_authorities(curation, things.nodes)
    held = {source: _with_authorities(graph, authorities) for source, graph in growing.items()}
    additions = Additions(held, curation, things, base=base)
    added = {graph.iri: graph for graph in additions.graphs()}

    def changed() -> Iterator[ArticleGraph]:
        for graph in articles:
            yield added.get(graph.iri) or _with_authorities(retyping.of(graph), authorities)
        if own in added:
            yield added[own]

    return Applied(
        graphs=Stream(changed),
        applied=frozenset(applied | additions.applied),
        problems=tuple(additions.problems),
        curated=tuple(sorted({*retyping.curated, *additions.curated})),
        joined=tuple(sorted(additions.joined)),
        dropped=retyping.dropped,
    )


def _remembered(
    graphs: Iterable[ArticleGraph], sources: Collection[str], found: dict[str, ArticleGraph]
) -> Iterator[ArticleGraph]:
    """Yield the graphs, and put those of the ``sources`` into ``found``."""
    for graph in graphs:
        if graph.article.source in sources:
            found[graph.article.source] = graph
        yield graph


class _Retyping:
    """Gives things their judged classes; what was :meth:`noted` stands in the attributes."""

    def __init__(self, classes: Mapping[Node, tuple[EntityType, int]], curation: Curation, base: str) -> None:
        self._curation = curation
        self._base = base
        self._classes: dict[str, dict[str, tuple[EntityType, int]]] = defaultdict(dict)
        for (article, iri), judged in classes.items():
            self._classes[article][iri] = judged
        self.curated: list[CuratedThing] = []
        self.dropped = 0

    def of(self, graph: ArticleGraph) -> ArticleGraph:
        """Return the graph with the judged classes."""
        return self._retyped(graph)[0]

    def noted(self, graph: ArticleGraph) -> ArticleGraph:
        """Return the graph with the judged classes, and note who judged and what had to go."""
        changed, new_iris, lost = self._retyped(graph)
        self.dropped += lost
        for old, new in new_iris.items():
            judgement = self._curation.judgements[self._classes[graph.iri][old][1]]
            self.curated.append(((graph.iri, new), curator_of(judgement.made)))
        return changed

    def _retyped(self, graph: ArticleGraph) -> tuple[ArticleGraph, dict[str, str], int]:
        if graph.iri not in self._classes:
            return graph, {}, 0
        kinds = {iri: kind for iri, (kind, _) in self._classes[graph.iri].items()}
        return retyped(graph, kinds, base=self._base)


def _with_authorities(graph: ArticleGraph, judged: Mapping[Node, Mapping[str, AuthorityJudgement]]) -> ArticleGraph:
    if not judged:
        return graph
    entities = tuple(with_authority(e, judged.get((graph.iri, e.iri), {})) for e in graph.entities)
    return graph if entities == graph.entities else replace(graph, entities=entities)


def after(graphs: Iterable[ArticleGraph], curation: Curation, *, base: str) -> Applied:
    """Apply what people say of things and statements under their final IRIs: verdicts, names, authorities."""
    if not any(isinstance(judgement, _AFTER) for judgement in curation.judgements):
        return Applied(graphs)
    things = Things(graphs, curation.judgements)
    verdicts = Verdicts(curation, things)
    names, renaming = judged_names(curation, things)
    authorities, linking = judged_authorities(curation, things.iris)

    def changed(graph: ArticleGraph) -> ArticleGraph:
        graph = verdicts.judged(graph)
        iris = {entity.iri for entity in graph.entities}
        if iris.isdisjoint(names) and iris.isdisjoint(authorities):
            return graph
        entities = []
        for entity in graph.entities:
            further = with_authority(entity, authorities.get(entity.iri, {}))
            entities.append(renamed(further, names[entity.iri].name) if entity.iri in names else further)
        return replace(graph, entities=tuple(entities))

    curated: set[CuratedThing] = set()
    for graph in graphs if verdicts or names else ():
        verdicts.judged(graph)  # which notes the judgements that any fact is found for
        judged = (entity.iri for entity in graph.entities if entity.iri in names)
        curated.update(((graph.iri, iri), curator_of(names[iri].made)) for iri in judged)
    return Applied(
        graphs=Stream(lambda: map(changed, graphs)),
        applied=frozenset(verdicts.applied | renaming | linking),
        curated=tuple(sorted(curated)),
        links=tuple(links_of(authorities)),
    )
