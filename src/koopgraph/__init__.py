"""koopgraph: from articles on urban development to a knowledge graph that cites its sentences.

>>> import koopgraph
>>> koopgraph.__version__
'0.1.0'
"""

__version__ = "0.1.0"
