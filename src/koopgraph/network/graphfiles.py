"""The network as GraphML and GEXF, for Gephi, Cytoscape, yEd, igraph and networkx itself.

Both formats know only single texts and numbers: a list of texts becomes one text joined by ``|``, and a
list of records (evidence, values) becomes JSON. Positions are left out: those programs lay out themselves.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import networkx as nx

from koopgraph.files import atomic_write
from koopgraph.network.measures import centrality, degrees

# Everything that XML 1.0 forbids, even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: nx.MultiDiGraph[str], path: Path) -> None:
    """Write ``graph`` (as :func:`koopgraph.network.convert.to_networkx` makes it) as GraphML.

    The file appears whole or not at all, and has the same bytes for the same graph. Raises
    :class:`koopgraph.errors.ExportError` where ``path`` cannot be written.
    """
    buffer = BytesIO()
    # Not write_graphml: that one is another writer where lxml is installed.
    nx.write_graphml_xml(flattened(graph), buffer, encoding="utf-8", prettyprint=True)
    _write(buffer.getvalue(), path)


def write_gexf(graph: nx.MultiDiGraph[str], path: Path) -> None:
    """Write ``graph`` as GEXF 1.2, without the date that networkx adds; otherwise as :func:`write_graphml`."""
    buffer = BytesIO()
    nx.write_gexf(flattened(graph), buffer, encoding="utf-8", prettyprint=True)
    _write(re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue(), count=1), path)


def _write(text: bytes, path: Path) -> None:
    with atomic_write(path) as file:
        file.write(text.rstrip(b"\n") + b"\n")


def flattened(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return a copy with scalar attributes only, and with ``degree`` and ``centrality`` (0–1) added.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("a", label="A", names=["A", "Ä"], mentions=[])
    >>> flattened(graph).nodes["a"]
    {'label': 'A', 'names': 'A|Ä', 'mentions': '', 'degree': 0, 'centrality': 1.0}
    """
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    degree, rank = degrees(graph), centrality(graph)
    for node, attributes in graph.nodes(data=True):
        measured = {**attributes, "degree": degree[node], "centrality": rank[node]}
        flat.add_node(_clean(node), **{name: _scalar(value) for name, value in measured.items()})
    for subject, other, key, attributes in graph.edges(keys=True, data=True):
        flat.add_edge(_clean(subject), _clean(other), key=_clean(key), **{n: _scalar(v) for n, v in attributes.items()})
    return flat


def _scalar(value: object) -> str | int | float | bool:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        if all(isinstance(item, str) for item in value):
            return _clean("|".join(value))
        return _clean(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return _clean(str(value))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
