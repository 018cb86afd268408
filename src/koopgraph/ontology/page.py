"""The ontology as one self-contained page: no request leaves it, and it runs no script."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from koopgraph.ontology.terms import read_ontology, short

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the page may do: nothing but be shown with its own style."""


def ontology_page() -> str:
    """Return the page as HTML: each term with its labels, definitions, examples and alignments, in both languages.

    A term's anchor is its local name, so ``ontology.html#takesPlaceIn`` shows that relation; that of a theme has
    ``theme-`` before it.
    """
    environment = Environment(
        loader=PackageLoader("koopgraph.ontology"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    ontology = read_ontology()
    anchors = {term.iri: term.name for term in ontology.terms}
    return environment.get_template("ontology.html").render(
        ontology=ontology, anchors=anchors, colours=_colours(), policy=POLICY, short=short
    )


def _colours() -> str:
    """Return the style sheet of the explorer's colours, which all pages share."""
    return (files("koopgraph.explorer") / "static" / "colours.css").read_text("utf-8")
