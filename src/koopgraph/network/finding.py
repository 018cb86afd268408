"""Finding a thing of a network by what people call it: IRI, prefixed name, or any of its names."""

from __future__ import annotations

import networkx as nx

from koopgraph.errors import QueryError
from koopgraph.link.forms import fold

SUGGESTED = 5


def find_thing(graph: nx.MultiDiGraph[str], text: str) -> str:
    """Return the IRI of the node that ``text`` means: an IRI, ``city:bremen``, or a name in any spelling.

    A name that is somebody's preferred one goes before the same as another's other form. Raises :class:`QueryError`
    with the candidates where it means several, and with the nearest names where it means none.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("https://example.org/id/city/koeln", label="Köln", names=["Köln", "Cologne"])
    >>> find_thing(graph, "cologne") == find_thing(graph, "city:koeln") == "https://example.org/id/city/koeln"
    True
    """
    if text in graph:
        return text
    wanted = fold(text)
    prefix, colon, local = text.partition(":")
    tiers = (
        [iri for iri in graph if colon and iri.endswith(f"/{prefix}/{local}")],
        [iri for iri, data in graph.nodes(data=True) if fold(data["label"]) == wanted],
        [iri for iri, data in graph.nodes(data=True) if any(fold(name) == wanted for name in data["names"])],
    )
    found = next(filter(None, tiers), [])
    if len(found) == 1:
        return found[0]
    if found:
        raise QueryError(f"{text!r} may be any of: {', '.join(sorted(found)[:SUGGESTED])}. Name one by its IRI.")
    raise QueryError(f"nothing here is called {text!r}. {_nearest(graph, text)}")


def _nearest(graph: nx.MultiDiGraph[str], text: str) -> str:
    from rapidfuzz import fuzz, process

    labels = sorted({str(data["label"]) for _, data in graph.nodes(data=True)})
    near = process.extract(text, labels, scorer=fuzz.ratio, processor=fold, limit=SUGGESTED, score_cutoff=60)
    names = ", ".join(repr(name) for name, _, _ in near)
    return f"The nearest names are: {names}." if names else "Look it up in network.html, or with koopgraph query."
