"""koopgraph: from articles on urban development to a knowledge graph that cites its sentences.

>>> import koopgraph
>>> koopgraph.__version__
'0.1.0'

``koopgraph.build(sources, output=…)`` builds a graph, ``koopgraph.KnowledgeGraph.open(output)`` opens one.
Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from koopgraph.errors import KoopgraphError
    from koopgraph.graph import KnowledgeGraph
    from koopgraph.model import Options
    from koopgraph.pipeline import build

__version__ = "0.1.0"
__all__ = ["KnowledgeGraph", "KoopgraphError", "Options", "__version__", "build"]

_HOMES = {
    "KnowledgeGraph": "koopgraph.graph",
    "KoopgraphError": "koopgraph.errors",
    "Options": "koopgraph.model",
    "build": "koopgraph.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'koopgraph' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
