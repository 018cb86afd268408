"""koopgraph review: what is doubtful in a built graph, judged by a person on the terminal or in a spreadsheet."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koopgraph.model import EntityType

if TYPE_CHECKING:
    from koopgraph.review.queue import Queue
    from koopgraph.review.session import Session


@click.command(short_help="Judge duplicates and uncertain statements, one key a decision.")
@click.argument("output", type=click.Path(path_type=Path), default="output")
@click.option(
    "--curation",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of judgements; by default the one that the build read, or looked for, beside the articles.",
)
@click.option(
    "--class",
    "classes",
    multiple=True,
    type=click.Choice([kind.value for kind in EntityType], case_sensitive=False),
    help="Ask about things of this class alone (repeatable).",
)
@click.option("--article", metavar="SOURCE", help="Ask only what this article says, e.g. a.txt.")
@click.option("--by", metavar="NAME", help="Who judges; the name of the system's user by default.")
@click.option(
    "--language",
    type=click.Choice(["en", "de"]),
    default="en",
    show_default=True,
    help="The language of the screen and of relations.",
)
@click.option(
    "--export",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the questions as CSV with a column for decisions, instead of asking them.",
)
@click.option(
    "--import",
    "decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take in the decisions of such a table: all of them, or none where a row is wrong.",
)
def review(
    output: Path,
    curation: Path | None,
    classes: tuple[str, ...],
    article: str | None,
    by: str | None,
    language: str,
    table: Path | None,
    decisions: Path | None,
) -> None:
    """Judge what is doubtful in the graph in OUTPUT: whether two things are one, whether a statement is right.

    Shows the sentences behind each question, those first where the graph is most likely wrong. Every answer is in the
    file of judgements at once; what the file answers is not asked again. Needs koopgraph[review], but for --export and
    --import. Exit codes: 0 fine, 2 the graph, the file of judgements or the table cannot be used.

    Example: koopgraph review output --curation curation.yaml --class Organisation
    """
    if table is not None and decisions is not None:
        raise click.UsageError("--export and --import do not go together.")
    from koopgraph.curation.file import CurationFile
    from koopgraph.review.session import Filters, Session

    if table is None and decisions is None:
        _require_terminal()
        click.echo("reading the graph …", err=True)
    path = curation or _beside_the_articles(output)
    file = CurationFile(path)
    queue = _queue(output)
    filters = Filters(classes=frozenset(map(EntityType, classes)), article=article)
    if article is not None and not queue.nodes_of(article):
        raise click.UsageError(f"--article {article}: nothing is to be judged there; name an article's source.")
    name = by or _user()
    if decisions is not None:
        _import(queue, path, decisions, name)
        return
    session = Session(queue, file, by=name, filters=filters)
    if table is not None:
        _export(queue, session, table)
    else:
        _ask(session, language, path)


def _beside_the_articles(output: Path) -> Path:
    """Return the file of judgements that the build's report names: there the next build finds it."""
    import json

    from koopgraph.curation.place import FILE_NAME

    try:
        report = json.loads((output / "report.json").read_text(encoding="utf-8"))
        return Path(os.path.normpath(output / str(report["curation"]["file"])))
    except (OSError, ValueError, KeyError, TypeError):
        return Path(FILE_NAME)


def _queue(output: Path) -> Queue:
    from koopgraph.review.queue import Queue
    from koopgraph.review.texts import Texts
    from koopgraph.store import open_generation, open_graph

    if not output.is_dir():
        return Queue(open_graph(output))
    generation = open_generation(output)
    return Queue(generation.store, Texts(generation))


def _require_terminal() -> None:
    """Refuse where the screen cannot be shown, before the graph is read."""
    import sys
    from importlib.util import find_spec

    if find_spec("textual") is None:
        raise click.UsageError("the screen needs Textual: pip install 'koopgraph[review]' (or use --export).")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("this is no terminal; use --export and --import.")


def _ask(session: Session, language: str, curation: Path) -> None:
    from koopgraph.review.screen import ReviewApp
    from koopgraph.review.words import Words

    ReviewApp(session, Words("de" if language == "de" else "en"), file=str(curation)).run()
    click.echo(f"{session.decisions} judgements of this session are in {curation}", err=True)


def _export(queue: Queue, session: Session, table: Path) -> None:
    from koopgraph.review.tables import write_queue

    count = write_queue(queue, session.left, table)
    click.echo(f"{count:,} questions are in {table}; decide in its first column, then --import it", err=True)


def _import(queue: Queue, curation: Path, decisions: Path, name: str) -> None:
    from datetime import date

    from koopgraph.curation.file import read_curation
    from koopgraph.curation.judgements import Made
    from koopgraph.review.tables import add_all, read_decisions

    known = read_curation(curation).judgements
    found = read_decisions(decisions, queue, known, Made(by=name, on=date.today().isoformat()))
    add_all(curation, found)
    click.echo(f"{len(found):,} new judgements are in {curation}", err=True)


def _user() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return "curator"
