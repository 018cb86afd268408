"""Cities and regions of one article get the IRI under which GeoNames knows them.

1. Regions (countries, Länder, Kantone, states) have theirs by name.
2. A city whose name one place alone bears is that place.
3. Of several namesakes the one is taken that fits the article best (:mod:`koopgraph.link.scene`), if it is surely
   the best; the cities that are certain by themselves come first and help with the others.
4. Where it cannot be told there is no link: :func:`candidates` gives the places for a person to choose from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from koopgraph.annotate.gazetteer import Gazetteer, GeoPlace
from koopgraph.link.areas import Area, Areas
from koopgraph.link.authorities import GERMAN_SPEAKING, authority_of, place_of, slug_name
from koopgraph.link.forms import PlaceForms
from koopgraph.link.scene import Scene, places_of, sentences_of
from koopgraph.model import ArticleGraph, Entity, EntityType

__all__ = ["Candidate", "authority_of", "candidates", "link_places", "names_of", "place_of", "slug_name"]

SURE = 0.8
"""Least share of the best of several namesakes: alone by inhabitants it takes four times as many as all others.

On the training articles every link of a namesake is right from 0.8 to 0.9, and 0.8 gives the most."""
CERTAIN = 0.99
"""Least share of the best where it shall help with the others."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant; ``score`` (0–1) are the shares of all candidates of one name."""

    authority: str
    place: GeoPlace
    score: float


def link_places(graph: ArticleGraph) -> ArticleGraph:
    """Return ``graph`` with ``authority`` on its cities and regions, as far as they are known.

    Only the article itself counts, so the result does not depend on other articles. An authority that an entity
    has already stays.
    """
    areas = _areas(graph)
    scene, known = _scene(graph, areas, _cities(graph))
    rest = _best([city for city in _cities(graph) if city.iri not in known], scene, SURE)
    linked: dict[str, GeoPlace | Area] = {**areas, **known, **rest}
    return replace(graph, entities=tuple(_with_authority(entity, linked) for entity in graph.entities))


def candidates(name: str, graph: ArticleGraph | None = None) -> tuple[Candidate, ...]:
    """Return the places that ``name`` may mean, the likeliest first; with ``graph``, in that article.

    >>> [(one.place.name, one.score > 0.8) for one in candidates("Frankfurt")][:2]
    [('Frankfurt am Main', True), ('Frankfurt (Oder)', False)]
    """
    scene = Scene("", "und")
    sentences: tuple[str, ...] = ()
    if graph is not None:
        others = [city for city in _cities(graph) if name not in names_of(city)]
        scene, _ = _scene(graph, _areas(graph), others)
        sentences = tuple(s for e in graph.entities if name in names_of(e) for s in sentences_of(e))
    return _candidates((name,), sentences, scene)


def names_of(entity: Entity) -> tuple[str, ...]:
    """Return the names by which an entity is looked up: its base forms, the preferred one first."""
    return tuple(dict.fromkeys((entity.name, *(entity.forms or entity.names))))


def _cities(graph: ArticleGraph) -> list[Entity]:
    return [entity for entity in graph.entities if entity.type is EntityType.CITY]


def _areas(graph: ArticleGraph) -> dict[str, Area]:
    """Return the regions of the article that are known, by IRI."""
    places = (entity for entity in graph.entities if entity.type is EntityType.PLACE)
    return {entity.iri: area for entity in places if (area := _area(entity)) is not None}


def _scene(
    graph: ArticleGraph, areas: Mapping[str, Area], cities: Iterable[Entity]
) -> tuple[Scene, dict[str, GeoPlace]]:
    """Return the scene with the regions and with those of the cities that are certain by themselves, and the latter."""
    scene = Scene(graph.article.text, graph.article.language)
    for area in areas.values():
        scene.add(area)
    known = _best(cities, scene, CERTAIN)
    for place in known.values():
        scene.add(place)
    return scene, known


def _with_authority(entity: Entity, linked: Mapping[str, GeoPlace | Area]) -> Entity:
    place = linked.get(entity.iri)
    return entity if entity.authority or place is None else replace(entity, authority=authority_of(place))


def _best(cities: Iterable[Entity], scene: Scene, least: float) -> dict[str, GeoPlace]:
    """Return the place of every city whose best candidate has at least the share ``least``, by IRI."""
    found = {}
    for city in cities:
        ranked = _candidates(names_of(city), sentences_of(city), scene)
        if ranked and ranked[0].score >= least:
            found[city.iri] = ranked[0].place
    return found


def _candidates(names: Iterable[str], sentences: Iterable[str], scene: Scene) -> tuple[Candidate, ...]:
    places, heads = places_of(names)
    fits = {places[0]: 0.0} if len(places) == 1 else scene.fits(places, heads, sentences)
    top = max(fits.values(), default=0.0)
    weights = {place: math.exp(fit - top) for place, fit in fits.items()}
    total = sum(weights.values())
    found = [
        Candidate(authority, place, weight / total)
        for place, weight in weights.items()
        if (authority := authority_of(place)) is not None
    ]
    return tuple(sorted(found, key=lambda c: (-c.score, c.authority)))


def _area(entity: Entity) -> Area | None:
    """Return the country, state or continent that the entity is, by name."""
    gazetteer, areas, words = Gazetteer.load(), Areas.load(), PlaceForms.load()
    for name in names_of(entity):
        region = gazetteer.region(name)
        if region is not None and region.german not in words.doubtful_regions:
            return areas.of_region(region)
        bare = words.area_titles.sub("", name, count=1) if words.area_titles.match(name) else ""
        for country in GERMAN_SPEAKING if bare else ():
            state = areas.state(country, bare)
            if state is not None:
                return state
    return None
