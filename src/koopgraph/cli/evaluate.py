"""``koopgraph evaluate``: what is right and wrong, measured against gold articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from koopgraph.cli.options import talk_options
from koopgraph.model import Options

if TYPE_CHECKING:
    from koopgraph.cli.logs import Talk
    from koopgraph.evaluate import Evaluation


@click.command(short_help="Measure against gold articles.")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--dataset",
    type=click.Path(path_type=Path),
    help="Measure this build (its folder, or dataset.trig) instead of reading the articles anew.",
)
@click.option("--errors", is_flag=True, help="List what is wrong too, worst first, with the sentence.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    help="Leave out statements below this confidence; as a build by default.",
)
@click.option("--model", help="A folder that koopgraph train wrote; the shipped model by default.")
@click.option("--floors", type=click.Path(path_type=Path), help="Exit with 1 where a figure is below its floor there.")
@click.option("--update-floors", is_flag=True, help="Raise the floors to what was measured; lower none.")
@click.option("--allow-lower", is_flag=True, help="Let --update-floors lower floors and accept another gold.")
@talk_options
@click.pass_context
def evaluate(
    context: click.Context,
    gold: Path,
    dataset: Path | None,
    errors: bool,
    as_json: bool,
    min_confidence: float | None,
    model: str | None,
    floors: Path | None,
    update_floors: bool,
    allow_lower: bool,
    talk: Talk,
) -> None:
    """Measure on a folder of gold articles (ID.txt and ID.json): precision, recall and F1, strictly.

    Says how far the evidence overlaps the gold's, and whether confidences mean what they say. Exit codes: 0 fine,
    1 a figure is below its floor (a line each), 2 the gold, the dataset or the floors cannot be read.

    Example: koopgraph evaluate my-gold/ --errors
    """
    if update_floors and floors is None:
        raise click.UsageError("--update-floors needs --floors FILE.")
    if allow_lower and not update_floors:
        raise click.UsageError("--allow-lower goes with --update-floors.")
    from koopgraph.cli.progress import progress_bar
    from koopgraph.evaluate import evaluate as measure

    options = Options(min_confidence=min_confidence, model=model)
    with progress_bar(talk=talk) as progress:
        result = measure(gold, dataset=dataset, options=options, progress=progress)
    _show(result, errors=errors, as_json=as_json)
    if floors is not None and _falls(result, floors, update=update_floors, allow_lower=allow_lower):
        context.exit(1)


def _show(result: Evaluation, *, errors: bool, as_json: bool) -> None:
    import json

    from koopgraph.cli.output import write_table, write_text
    from koopgraph.evaluate.report import mistake_tables, tables, to_dict
    from koopgraph.query.table import printable

    if as_json:
        write_text(json.dumps(to_dict(result, mistakes=errors), ensure_ascii=False, indent=1) + "\n")
        return
    for table in (*tables(result), *(mistake_tables(result) if errors else ())):
        rows = [[printable(cell) for cell in row] for row in table.rows]
        write_table(table.header, rows, f"{printable(table.caption)}\n")


def _falls(result: Evaluation, file: Path, *, update: bool, allow_lower: bool) -> bool:
    """Check or update the floors; say each figure that is below its floor, and whether there is any."""
    from koopgraph.cli.logs import complain
    from koopgraph.evaluate import floors

    falls = floors.update(result, file, allow_lower=allow_lower) if update else floors.check(result, file)
    for fall in falls:
        complain(str(fall))
    if update and falls:
        complain(f"{file} is unchanged; --allow-lower would lower these floors")
    return bool(falls)
