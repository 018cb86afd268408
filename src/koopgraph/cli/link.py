"""koopgraph link: the things of a built graph linked to Wikidata, GND or another authority."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from koopgraph.cli.options import talk_options
from koopgraph.model import EntityType

if TYPE_CHECKING:
    from koopgraph.cli.logs import Talk
    from koopgraph.link.reconcile.links_file import Link
    from koopgraph.link.reconcile.run import LinkOptions, Outcome

ROWS = 30
"""Doubtful links shown on a terminal; a pipe gets them all."""

_HEADER = ("class", "thing", "score", "candidate", "description", "entry")


@click.command(short_help="Link a built graph to Wikidata, GND or another authority.")
@click.argument("output", type=click.Path(path_type=Path), default="output")
@click.option("--service", required=True, help="wikidata, lobid-gnd, or the address of a reconciliation service.")
@click.option(
    "--class",
    "classes",
    multiple=True,
    type=click.Choice([kind.value for kind in EntityType], case_sensitive=False),
    help="Link things of this class alone (repeatable); of all classes by default.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.9,
    show_default=True,
    help="Link automatically from this score on; what is below becomes a proposal.",
)
@click.option(
    "--candidates",
    type=click.IntRange(1, 10),
    default=5,
    show_default=True,
    help="Candidates kept for each thing.",
)
@click.option("--batch", type=click.IntRange(1, 500), default=20, show_default=True, help="Queries in one request.")
@click.option(
    "--cache", type=click.Path(path_type=Path), help="Folder for answers; by default, one in the user's cache."
)
@click.option(
    "--config", type=click.Path(path_type=Path), help="TOML file with services of your own, as docs/reconcile.md shows."
)
@click.option("--links", type=click.Path(path_type=Path), help="File of links; OUTPUT/links.jsonl by default.")
@click.option("--dry-run", is_flag=True, help="Print what would be sent, a JSON object a line; send and write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@talk_options
@click.pass_context
def link(
    context: click.Context,
    output: Path,
    service: str,
    classes: tuple[str, ...],
    threshold: float,
    candidates: int,
    batch: int,
    cache: Path | None,
    config: Path | None,
    links: Path | None,
    dry_run: bool,
    quiet: bool,
    talk: Talk,
) -> None:
    """Link the things of the graph in OUTPUT to an authority by its reconciliation service, over the network.

    Sends names, classes and a little context (a person's organisation, an organisation's city), no sentences. Writes
    links.jsonl, and the graph's files again with the links. Exit codes: 0 fine, 1 some things got no answer (run it
    again: what was answered is kept), 2 the service or the graph cannot be used.

    Example: koopgraph link output --service wikidata --class City
    """
    from koopgraph.answer_cache import user_cache
    from koopgraph.link.reconcile.links_file import LINKS
    from koopgraph.link.reconcile.run import LinkOptions

    options = LinkOptions(
        service=service,
        classes=tuple(map(EntityType, classes)),
        threshold=threshold,
        candidates=candidates,
        cache=str(cache or user_cache("link")),
        batch=batch,
        config=config,
    )
    if dry_run:
        _print_queries(output, options)
        return
    outcome = _run(output, links or output / LINKS, options, talk, quiet=quiet)
    if not quiet:
        _show(outcome)
    context.exit(1 if outcome.unanswered else 0)


def _run(output: Path, file: Path, options: LinkOptions, talk: Talk, *, quiet: bool) -> Outcome:
    from koopgraph.cli.logs import complain
    from koopgraph.cli.progress import progress_bar
    from koopgraph.link.reconcile.run import link as run

    with progress_bar(quiet=quiet, talk=talk) as progress:
        outcome = run(output, file, options, tell=progress)
    if outcome.unanswered:
        complain(
            f"{outcome.unanswered} of {outcome.asked} things got no answer: the service {outcome.reason}. "
            "Run the command again; what was answered is kept.",
            unanswered=outcome.unanswered,
        )
    return outcome


def _print_queries(output: Path, options: LinkOptions) -> None:
    import json

    from koopgraph.cli.output import write_text
    from koopgraph.link.reconcile.run import queries_for

    lines = (json.dumps(query.body(), ensure_ascii=False) for query in queries_for(output, options))
    write_text("".join(f"{line}\n" for line in lines))


def _show(outcome: Outcome) -> None:
    import sys

    from koopgraph.cli.logs import say
    from koopgraph.cli.output import write_table
    from koopgraph.link.reconcile.links_file import doubtful

    records = outcome.links.records
    accepted = sum(record.accepted is not None for record in records)
    open_ones = list(doubtful(outcome.links))
    say(
        f"{accepted:,} of {len(records):,} things are linked, {len(open_ones):,} have proposals; "
        f"asked about {outcome.asked:,}, {outcome.from_cache:,} of them answered earlier",
        linked=accepted,
        asked=outcome.asked,
    )
    for record in outcome.unmatched:
        say(f"no effect: {record.thing} is not in the graph", thing=record.thing)
    if open_ones:
        shown = open_ones[:ROWS] if sys.stdout.isatty() else open_ones
        write_table(_HEADER, [_row(record) for record in shown], f"{len(open_ones)} to judge by hand")


def _row(record: Link) -> list[str]:
    from koopgraph.query.table import printable

    best = record.candidates[0]
    cells = (record.type.value, record.label, f"{best.score:.2f}", best.name, best.description, best.iri)
    return [printable(cell) for cell in cells]
