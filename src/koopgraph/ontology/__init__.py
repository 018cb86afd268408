"""The ontology as documentation: what each term means, in both languages, and how it fits other vocabularies."""

from koopgraph.ontology.page import ontology_page
from koopgraph.ontology.terms import Ontology, Term, read_ontology

__all__ = ["Ontology", "Term", "ontology_page", "read_ontology"]
