"""Running a query: a named question, a file's text or SPARQL of one's own, with values for its variables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from koopgraph.errors import QueryError
from koopgraph.model import Options
from koopgraph.query.binding import BindingValue, bind
from koopgraph.query.catalogue import Question, find_question, is_question_name
from koopgraph.query.result import Result
from koopgraph.query.syntax import check_by_engine, check_text
from koopgraph.query.tokens import tokenize
from koopgraph.rdf.iris import data_prefixes, inferred_graph_iri
from koopgraph.rdf.vocabulary import KOOP, PREFIXES, RDF

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

_PROVENANCE = "graph/provenance"
_ARTICLE = "article/"


def run(
    store: Store,
    text_or_name: str,
    bindings: Mapping[str, BindingValue] | None = None,
    *,
    infer: bool = False,
    services: Collection[str] = (),
) -> Result:
    """Answer a named question or a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE) from the default graph.

    ``bindings`` give values to variables by name; a question's head says which it needs. The prefixes of the
    ontologies and of the data (:func:`prefixes_of`) need no PREFIX line. ``infer`` answers from what follows by the
    ontology too (unless the query says FROM what). Raises :class:`QueryError` for an
    unknown question, a missing or unknown parameter, a malformed query (then :class:`QuerySyntaxError`, with
    line and column), an update, or SERVICE that asks an endpoint not among ``services``.
    """
    answered = evaluate(store, text_or_name, bindings, infer=infer, services=services)
    try:
        return Result.of(answered, prefixes_of(store))
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def evaluate(
    store: Store,
    text_or_name: str,
    bindings: Mapping[str, BindingValue] | None = None,
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    infer: bool = False,
    services: Collection[str] = (),
) -> QuerySolutions | QueryTriples | QueryBoolean:
    """Return what the engine answers, row by row as it finds them; see :func:`run` for the rest.

    ``default_graphs`` and ``named_graphs`` are IRIs of the graphs to ask in place of the query's own dataset;
    ``services`` are those of the endpoints that SERVICE may ask.
    """
    question = find_question(text_or_name.strip()) if is_question_name(text_or_name) else Question.parse(text_or_name)
    prefixes = prefixes_of(store)
    check_text(question.text, prefixes, services)
    bound = bind(question.text, _values(question, bindings or {}), prefixes)
    dataset = _dataset(default_graphs, named_graphs)
    if infer and not dataset and not any(token.keyword == "FROM" for token in tokenize(bound)):
        from pyoxigraph import DefaultGraph

        store, graph = inferring(store)
        dataset = {"default_graph": [DefaultGraph(), graph]}
    try:
        return store.query(bound, prefixes=dict(prefixes), **dataset)
    except SyntaxError as error:
        check_by_engine(question.text, prefixes)
        # The query is in order without its values: one of them went to a variable that the query sets itself.
        raise QueryError(f"the query cannot take these values: it sets one of {_names(bindings)} itself.") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def written_out(name: str, bindings: Mapping[str, BindingValue], prefixes: Mapping[str, str]) -> str:
    """Return a named question as SPARQL that any endpoint takes: values in their places, its prefixes declared.

    Raises :class:`QueryError` as :func:`run` does.
    """
    question = find_question(name)
    text = bind(question.sparql, _values(question, bindings), prefixes)
    used = {token.text.partition(":")[0] for token in tokenize(text) if token.kind == "name"}
    declared = [f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(prefixes.items()) if prefix in used]
    return "".join(declared) + text


def _dataset(default_graphs: Sequence[str], named_graphs: Sequence[str]) -> dict[str, Any]:
    if not default_graphs and not named_graphs:
        return {}
    from pyoxigraph import NamedNode

    try:
        return {
            "default_graph": [NamedNode(iri) for iri in default_graphs],
            "named_graphs": [NamedNode(iri) for iri in named_graphs],
        }
    except ValueError as error:
        raise QueryError(f"a graph's name is no IRI ({error}). Name graphs by their absolute IRIs.") from error


def prefixes_of(store: Store) -> dict[str, str]:
    """Return the prefixes that queries of this store know: the ontologies' and one for each kind of data."""
    return {**PREFIXES, **data_prefixes(base_of(store))}


def base_of(store: Store) -> str:
    """Return what the IRIs of the store's data begin with; the usual base where there is no data."""
    for query, ending in (
        (f"SELECT ?iri WHERE {{ GRAPH ?iri {{ ?s a <{RDF.Statement}> }} }} LIMIT 1", _PROVENANCE),
        (f"SELECT ?iri WHERE {{ ?iri a <{KOOP.Article}> }} LIMIT 1", _ARTICLE),
    ):
        for row in Result.of(store.query(query)):
            base, found, _ = str(row["iri"]).rpartition(ending)
            if found:
                return base
    return Options().base


def inferring(store: Store) -> tuple[Store, NamedNode]:
    """Return a store that also holds what follows by the ontology, and the graph of that: see ``docs/inference.md``."""
    from pyoxigraph import NamedNode

    from koopgraph.rdf.inference import with_inferred

    graph = NamedNode(inferred_graph_iri(base_of(store)))
    return with_inferred(store, graph), graph


def _values(question: Question, bindings: Mapping[str, BindingValue]) -> dict[str, BindingValue]:
    known = {parameter.name: parameter for parameter in question.parameters}
    if question.name and (unknown := sorted(bindings.keys() - known.keys())):
        parameters = ", ".join(known) or "none"
        raise QueryError(f"{question.name} has no parameter {unknown[0]!r}; it has: {parameters}.")
    values = {name: p.default for name, p in known.items() if p.default is not None} | dict(bindings)
    for name, parameter in known.items():
        if name not in values and parameter.required:
            raise QueryError(
                f"{question.name or 'the query'} needs a value for {name!r}: {parameter.description}. "
                f"For example: --bind {name}={parameter.example!r}."
            )
    return values


def _names(bindings: Mapping[str, BindingValue] | None) -> str:
    return ", ".join(f"?{name}" for name in sorted(bindings or {}))
