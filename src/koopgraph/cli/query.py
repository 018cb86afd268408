"""``koopgraph query``: SPARQL and named questions."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from koopgraph.cli.options import from_option

if TYPE_CHECKING:
    from koopgraph.query import Question, Request, Result

DEFAULT_SECONDS = 300.0
"""A person at a terminal gives up sooner; a script may take the time for a large graph."""
FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "json-ld", "rdf-xml", "parquet")
_SUFFIXES: Mapping[str, str] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".srx": "xml",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".jsonld": "json-ld",
    ".rdf": "rdf-xml",
    ".parquet": "parquet",
}


@click.command(short_help="Ask a built graph: SPARQL or a named question.")
@click.argument("question", required=False, metavar="[NAME|SPARQL|FILE.rq|-]")
@click.option("--list", "listing", is_flag=True, help="List the named questions and what each needs.")
@click.option("--describe", metavar="NAME", help="Show a named question: parameters, an example result, its SPARQL.")
@click.option("--bind", "bindings", multiple=True, metavar="NAME=VALUE", help="Give a variable a text, IRI or CURIE.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="How to write the answer; turtle and what follows it, but parquet, are for CONSTRUCT and DESCRIBE."
    "  [default: by the output's suffix, or table]",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file, whole or not at all."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=DEFAULT_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="Give up after so long (exit code 124); 0 for never.",
)
@click.option("--allow-service", "services", multiple=True, metavar="IRI", help="Let SERVICE ask this endpoint.")
@click.option("--infer", is_flag=True, help="Answer from what follows by the ontology too: who moderates participates.")
@from_option
def query(
    question: str | None,
    listing: bool,
    describe: str | None,
    bindings: Sequence[str],
    format_: str | None,
    output: Path | None,
    timeout: float,
    services: Sequence[str],
    infer: bool,
    folder: Path,
) -> None:
    """Ask a built graph a named question, or one in SPARQL.

    The question is a name (see --list), SPARQL, a file that holds it, or - for standard input. The usual prefixes
    (koop:, rdfs:, city: …) need no PREFIX line. CSV is the SPARQL standard's: cells are not made safe for
    spreadsheets (koopgraph export --format csv does that). SERVICE asks no server that --allow-service does not name.

    Example: koopgraph query evidence --bind entity=koopstadt
    """
    if listing:
        return _list()
    if describe is not None:
        return _describe(describe)
    if question is None:
        raise click.UsageError("name a question (koopgraph query --list), or give SPARQL.")
    from koopgraph.query import Request
    from koopgraph.query.deadline import within

    format_ = format_ or (_SUFFIXES.get(output.suffix.lower(), "table") if output else "table")
    if format_ == "parquet" and output is None:
        raise click.UsageError("Parquet is written to a file: add --output FILE.parquet.")
    values = dict(_pair(binding) for binding in bindings)
    request = Request(_text(question), values, format_, infer=infer)
    if output is None:
        within(timeout, lambda: _show(folder, request, services))
        return None
    from koopgraph.files import atomic_write

    with atomic_write(output) as file:
        within(timeout, lambda: _write(folder, request, services, file))
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


def _show(folder: Path, request: Request, services: Sequence[str]) -> None:
    """Write the answer to standard output: a table for a terminal or a pipe, or bytes as they are found."""
    from koopgraph.cli.output import write_table, write_text

    if request.format != "table":
        sys.stdout.flush()
        _write(folder, request, services, sys.stdout.buffer)
        return
    from koopgraph.query.table import cells, count, header

    result = _whole(folder, request, services)
    if result.kind == "ask":
        write_text(result.to_text())
    else:
        write_table(header(result), cells(result), count(result))


def _write(folder: Path, request: Request, services: Sequence[str], file: IO[bytes]) -> None:
    if request.format == "table":
        file.write(_whole(folder, request, services).to_text().encode("utf-8"))
    elif request.format == "parquet":
        from koopgraph.query.frames import write_parquet

        write_parquet(_whole(folder, request, services), file)
    else:
        from koopgraph.cli.output import LineEnd
        from koopgraph.query import write_answer
        from koopgraph.store import open_graph

        with LineEnd(file) as ended:
            write_answer(open_graph(folder), request, ended, services=services)
    file.flush()


def _whole(folder: Path, request: Request, services: Sequence[str]) -> Result:
    from koopgraph.query import run
    from koopgraph.store import open_graph

    return run(open_graph(folder), request.text, request.bindings, infer=request.infer, services=services)


def _list() -> None:
    from koopgraph.cli.output import write_text
    from koopgraph.query import list_questions

    write_text("\n".join(_described(question) for question in list_questions()))


def _describe(name: str) -> None:
    from koopgraph.cli.output import write_text
    from koopgraph.query import find_question
    from koopgraph.query.pages import described

    write_text(described(find_question(name)))


def _described(question: Question) -> str:
    lines = [question.name, *(f"    {question.titles[language]}" for language in ("en", "de"))]
    lines += (f"    --bind {p.name}={_quoted(p.example)}  {p.description} ({p.need})" for p in question.parameters)
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    return value if value.isalnum() else f'"{value}"'
