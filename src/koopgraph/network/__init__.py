"""RDF → networkx, measures, layout, GraphML and GEXF.

>>> from koopgraph.network.convert import to_networkx
>>> to_networkx([]).number_of_nodes()
0
"""
