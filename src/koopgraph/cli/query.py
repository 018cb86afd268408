"""``koopgraph query``: SPARQL and named questions."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koopgraph.cli.options import from_option

if TYPE_CHECKING:
    from koopgraph.query import Question, Result


@click.command(short_help="Ask a built graph: SPARQL or a named question.")
@click.argument("question", required=False, metavar="[NAME|SPARQL|FILE.rq|-]")
@click.option("--list", "listing", is_flag=True, help="List the named questions and what each needs.")
@click.option("--bind", "bindings", multiple=True, metavar="NAME=VALUE", help="Give a variable a text, IRI or CURIE.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "turtle"]),
    default="table",
    show_default=True,
    help="How to print the answer; turtle is for CONSTRUCT and DESCRIBE.",
)
@click.option("--infer", is_flag=True, help="Answer from what follows by the ontology too: who moderates participates.")
@from_option
def query(
    question: str | None, listing: bool, bindings: Sequence[str], format_: str, infer: bool, folder: Path
) -> None:
    """Ask a built graph a named question, or one in SPARQL.

    The question is a name (see --list), SPARQL, a file that holds it, or - for standard input. The usual prefixes
    (koop:, rdfs:, city: …) need no PREFIX line. CSV is the SPARQL standard's: cells are not made safe for
    spreadsheets (koopgraph export --format csv does that).

    Example: koopgraph query evidence --bind entity=koopstadt
    """
    if listing:
        return _list()
    if question is None:
        raise click.UsageError("name a question (koopgraph query --list), or give SPARQL.")
    from koopgraph.query import run
    from koopgraph.store import open_graph

    values = dict(_pair(binding) for binding in bindings)
    text = _text(question)
    _show(run(open_graph(folder), text, values, infer=infer), format_)
    return None


def _text(question: str) -> str:
    """Return the name or SPARQL text that the argument gives, be it in a file or on standard input."""
    from koopgraph.query.catalogue import find_question, is_question_name

    if question == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input")
    if question.endswith((".rq", ".sparql")):
        return _read(Path(question))
    if is_question_name(question):
        # Before the graph is opened: a slip in the name is said first.
        find_question(question)
    return question


def _read(file: Path) -> str:
    from koopgraph.errors import QueryError

    try:
        return _decoded(file.read_bytes(), str(file))
    except OSError as error:
        raise QueryError(f"{file}: cannot be read ({error.strerror}). Name a file that holds a query.") from error


def _decoded(content: bytes, place: str) -> str:
    from koopgraph.errors import QueryError

    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"{place}: not UTF-8 (byte {error.start + 1}). Save the query in UTF-8.") from error


def _pair(binding: str) -> tuple[str, str]:
    name, equals, value = binding.partition("=")
    name = name.strip().lstrip("?$")
    if not equals or not name:
        raise click.BadParameter(f"{binding!r} is not NAME=VALUE.", param_hint="--bind")
    return name, value


def _show(result: Result, format_: str) -> None:
    from koopgraph.cli.output import write_table, write_text

    if format_ != "table" or result.kind == "ask":
        write_text(result.to_text(format_))
        return
    from koopgraph.query.table import cells, count, header

    write_table(header(result), cells(result), count(result))


def _list() -> None:
    from koopgraph.cli.output import write_text
    from koopgraph.query import list_questions

    write_text("\n".join(_described(question) for question in list_questions()))


def _described(question: Question) -> str:
    lines = [question.name, *(f"    {question.titles[language]}" for language in ("en", "de"))]
    for p in question.parameters:
        need = f"default {p.default}" if p.default is not None else ("optional" if p.optional else "required")
        lines.append(f"    --bind {p.name}={_quoted(p.example)}  {p.description} ({need})")
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    return value if value.isalnum() else f'"{value}"'
