"""What follows from statements by the ontology: more general classes and relations, and the other direction.

The ontology is small, so its closure is computed once: for each class all its superclasses, for each property all
that follow from it and in which direction. What follows from data is then one look-up a triple, and following again
adds nothing. These are the rules of RDFS and OWL 2 RL for ``rdfs:subClassOf`` (cax-sco), ``rdfs:subPropertyOf``
(prp-spo1), ``owl:inverseOf`` (prp-inv1, prp-inv2) and ``owl:SymmetricProperty`` (prp-symp), with the classes and
properties of other vocabularies that ours are aligned with; nothing is inferred from domains and ranges.
"""

from __future__ import annotations

import atexit
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from koopgraph.rdf.vocabulary import OWL, RDF, RDFS, ontology_triples

if TYPE_CHECKING:
    from pyoxigraph import Store

_Any = TypeVar("_Any")
_Node: TypeAlias = NamedNode | BlankNode
_Property: TypeAlias = tuple[NamedNode, bool]
"""A property, and whether it holds from the object to the subject."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The closure of an ontology: what follows from a class, and from a property in which direction."""

    classes: Mapping[NamedNode, tuple[NamedNode, ...]]
    properties: Mapping[NamedNode, tuple[_Property, ...]]

    def follow(self, triple: Triple) -> Iterator[Triple]:
        """Yield all that follows from one triple (which may be among it); a literal never becomes a subject."""
        subject, predicate, object_ = triple
        if predicate.value == RDF.type and isinstance(object_, NamedNode):
            for parent in self.classes.get(object_, ()):
                yield Triple(subject, predicate, parent)
        for implied, inverse in self.properties.get(predicate, ()):
            if not inverse:
                yield Triple(subject, implied, object_)
            elif isinstance(object_, NamedNode | BlankNode):
                yield Triple(object_, implied, subject)

    @property
    def predicates(self) -> set[NamedNode]:
        """The predicates of the triples from which anything follows, and of those that do."""
        implied = {name for found in self.properties.values() for name, _ in found}
        return {NamedNode(RDF.type), *self.properties, *implied}


@cache
def rules() -> Rules:
    """Return the rules of ``ontologies/koopgraph.ttl``."""
    return rules_of(ontology_triples("koopgraph.ttl"))


def rules_of(ontology: Iterable[Triple]) -> Rules:
    """Return the rules of an ontology; class expressions (restrictions, unions) are no rules.

    >>> from pyoxigraph import RdfFormat, parse
    >>> text = '@prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:knows> a owl:SymmetricProperty .'
    >>> known = rules_of(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))
    >>> known.properties
    {<NamedNode value=urn:knows>: ((<NamedNode value=urn:knows>, True),)}
    """
    parents: dict[_Node, set[_Node]] = defaultdict(set)
    steps: dict[tuple[_Node, bool], set[tuple[_Node, bool]]] = defaultdict(set)

    def step(start: _Node, end: _Node, *, inverse: bool) -> None:
        # Two inversions on the way are none.
        for turned in (False, True):
            steps[start, turned].add((end, turned != inverse))

    for subject, predicate, object_ in ontology:
        if isinstance(subject, Triple) or not isinstance(object_, NamedNode | BlankNode):
            continue
        if predicate.value == RDFS.subClassOf:
            parents[subject].add(object_)
        elif predicate.value == RDFS.subPropertyOf:
            step(subject, object_, inverse=False)
        elif predicate.value == OWL.inverseOf:
            # Where the subject is a blank node, it stands for 'the inverse of'.
            step(subject, object_, inverse=True)
            step(object_, subject, inverse=True)
        elif object_ == NamedNode(OWL.SymmetricProperty):
            step(subject, subject, inverse=True)
    classes = {name: _named((found, False) for found in _reached(name, parents)) for name in parents}
    properties = {name: _named(_reached((name, False), steps)) for name, turned in steps if not turned}
    return Rules(
        {name: tuple(parent for parent, _ in found) for name, found in _sorted(classes)}, dict(_sorted(properties))
    )


def inferred_quads(store: Store, graph: NamedNode) -> set[Quad]:
    """Return what follows from the store's default graph and is not in it, as quads of ``graph``."""
    default = DefaultGraph()
    return closure(
        (quad for predicate in rules().predicates for quad in store.quads_for_pattern(None, predicate, None, default)),
        graph,
    )


def closure(quads: Iterable[Quad], graph: NamedNode) -> set[Quad]:
    """Return what follows from the quads of the default graph and is not among them, as quads of ``graph``."""
    known, default = rules(), DefaultGraph()
    relevant = known.predicates
    asserted = {quad.triple for quad in quads if quad.predicate in relevant and quad.graph_name == default}
    implied = {following for triple in asserted for following in known.follow(triple)}
    return {Quad(new.subject, new.predicate, new.object, graph) for new in implied - asserted}


def with_inferred(store: Store, graph: NamedNode) -> Store:
    """Return a store that also holds what follows, as ``graph``: this one, where a build has put it there.

    Otherwise it is a copy: of a store on the disk by hard links where the folder for temporary files is on the same
    disk, so that it costs what follows. Its files are removed when the process ends.
    """
    if store.contains_named_graph(graph):
        return store
    copy = _copy(store)
    copy.bulk_extend(inferred_quads(store, graph))
    return copy


def _copy(store: Store) -> Store:
    from pyoxigraph import Store

    folder = Path(mkdtemp(prefix="koopgraph-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    try:
        store.backup(str(folder / "graph"))
    except (OSError, RuntimeError):
        # A store in memory.
        copy = Store()
        copy.bulk_extend(store)
        return copy
    return Store(str(folder / "graph"))


def _reached(start: _Any, steps: Mapping[_Any, set[_Any]]) -> set[_Any]:
    """Return what is reached in one step or more; ``start`` itself only where a way leads back in another state."""
    found: set[_Any] = set()
    open_ = [start]
    while open_:
        following = steps.get(open_.pop(), set()) - found
        found |= following
        open_ += following
    return found - {start}


def _named(found: Iterable[tuple[_Node, bool]]) -> tuple[_Property, ...]:
    return tuple(sorted(((node, turned) for node, turned in found if isinstance(node, NamedNode)), key=str))


def _sorted(found: Mapping[_Node, tuple[_Property, ...]]) -> list[tuple[NamedNode, tuple[_Property, ...]]]:
    named = [(name, implied) for name, implied in found.items() if isinstance(name, NamedNode) and implied]
    return sorted(named, key=str)
