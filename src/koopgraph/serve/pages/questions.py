"""The query page: named questions with fields for their parameters, and an editor for SPARQL of one's own."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from koopgraph.query import Question, list_questions, prefixes_of, written_out
from koopgraph.rdf.vocabulary import KOOP, RDFS
from koopgraph.serve.pages.rendering import POLICY, language, page
from koopgraph.serve.site import Site

# The editor sets the widths of its parts by styles in elements.
_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

_START = f"""PREFIX koop: <{KOOP.iri}>
PREFIX rdfs: <{RDFS.iri}>
SELECT ?name ?project WHERE {{
  ?project a koop:Project ; rdfs:label ?name .
}}
ORDER BY ?name
LIMIT 100
"""


def query_page(request: Request) -> Response:
    """Show the editor and the named questions."""
    questions = [_shown(question, language(request)) for question in list_questions()]
    return page(request, "query.html", policy=_POLICY, start=_START, questions=sorted(questions, key=_title))


def bound_question(request: Request) -> Response:
    """Return a named question as SPARQL, with the values that the request's parameters give."""
    site: Site = request.app.state.site
    values = {name: value for name, value in request.query_params.items() if value}
    prefixes = prefixes_of(site.graph().store)
    return PlainTextResponse(written_out(request.path_params["name"], values, prefixes))


def prefixes(request: Request) -> Response:
    """Return the prefixes that queries know, for the editor to complete."""
    site: Site = request.app.state.site
    return JSONResponse(prefixes_of(site.graph().store))


def _title(question: dict[str, object]) -> str:
    return str(question["title"])


def _shown(question: Question, language: str) -> dict[str, object]:
    parameters = [
        {
            "name": parameter.name,
            "description": parameter.description,
            "example": parameter.example,
            "value": parameter.default or "",
            "required": parameter.required,
        }
        for parameter in question.parameters
    ]
    return {"name": question.name, "title": question.titles[language], "parameters": parameters}
