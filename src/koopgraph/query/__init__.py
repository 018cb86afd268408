"""Questions to a graph: named ones, and SPARQL."""

from koopgraph.query.answer import GRAPH_FORMATS, SOLUTION_FORMATS, Request, write_answer
from koopgraph.query.binding import BindingValue
from koopgraph.query.catalogue import Parameter, Question, find_question, list_questions
from koopgraph.query.result import FORMATS, Result
from koopgraph.query.runner import base_of, prefixes_of, run, written_out
from koopgraph.query.syntax import QuerySyntaxError

__all__ = [
    "FORMATS",
    "GRAPH_FORMATS",
    "SOLUTION_FORMATS",
    "BindingValue",
    "Parameter",
    "QuerySyntaxError",
    "Question",
    "Request",
    "Result",
    "base_of",
    "find_question",
    "list_questions",
    "prefixes_of",
    "run",
    "write_answer",
    "written_out",
]
