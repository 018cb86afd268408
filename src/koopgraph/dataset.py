"""The graph as rdflib sees it: a ``Dataset`` over the same store, for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from oxrdflib import OxigraphStore
from rdflib import Dataset

from koopgraph.errors import StoreError
from koopgraph.query import prefixes_of

if TYPE_CHECKING:
    import pyoxigraph


class ReadOnlyStore(OxigraphStore):
    """A store of rdflib that answers and refuses every change."""

    def add_graph(self, graph: object) -> None:
        """Do nothing: ``Dataset.graph(name)`` announces a graph even where it is only read."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise StoreError(
            "the graph is read only. Copy it into one of rdflib's own: rdflib.Graph() + graph.rdf.default_graph"
        )

    add = addN = remove = remove_graph = update = _refuse


def dataset_of(store: pyoxigraph.Store) -> Dataset:
    """Return a dataset over the store; its default graph is the store's, and it knows the usual prefixes."""
    dataset = Dataset(store=ReadOnlyStore(store=store), default_union=False)
    for prefix, namespace in prefixes_of(store).items():
        dataset.bind(prefix, namespace)
    return dataset
