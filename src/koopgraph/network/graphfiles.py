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
        flat.add_node(xml_text(node), **{name: _scalar(value) for name, value in measured.items()})
    for subject, other, key, attributes in graph.edges(keys=True, data=True):
        scalars = {name: _scalar(value) for name, value in attributes.items()}
        flat.add_edge(xml_text(subject), xml_text(other), key=xml_text(key), **scalars)
    return flat


def _scalar(value: object) -> str | int | float | bool:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        if all(isinstance(item, str) for item in value):
            return xml_text("|".join(value))
        return xml_text(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return xml_text(str(value))


def xml_text(text: str) -> str:
    """Return ``text`` with U+FFFD for every character that XML has no place for."""
    return _NOT_XML.sub("\ufffd", text)
