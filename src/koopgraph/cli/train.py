"""koopgraph train: the models fitted again on gold articles of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from koopgraph.cli.options import talk_options

if TYPE_CHECKING:
    from koopgraph.cli.logs import Talk

_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("gold", nargs=-1, required=True, type=_FOLDER)
@click.option("-o", "--output", type=_FOLDER, required=True, help="Folder for the model.")
@click.option("--germeval", type=_FOLDER, help="Refit the general German model on this folder of GermEval 2014.")
@click.option("--wikigold", type=_FOLDER, help="Refit the general English model on this folder of wikigold.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@talk_options
def train(
    gold: tuple[Path, ...], output: Path, germeval: Path | None, wikigold: Path | None, quiet: bool, talk: Talk
) -> None:
    """Fit the models again on GOLD: folders with ID.txt (or .html, .md) and ID.json for each article.

    Writes a model that koopgraph build uses with --model. Figures come from cross-validation: every article
    is read by a model that was fitted without it. Needs python-crfsuite: pip install koopgraph[train]

    Example: koopgraph train gold/ -o model
    """
    from koopgraph.cli.logs import say
    from koopgraph.cli.progress import progress_bar
    from koopgraph.train.run import Sources
    from koopgraph.train.run import train as run

    with progress_bar(quiet=quiet, talk=talk) as progress:
        manifest = run(Sources(gold, germeval, wikigold), output, progress=progress)
    if not quiet:
        say(f"{output}: fitted on {len(gold)} folder(s)", output=str(output))
        figures = manifest["figures"]
        if isinstance(figures, dict):
            for part, values in figures.items():
                told = ", ".join(f"{name} {value:.3f}" for name, value in values.items())
                say(f"  {part}: {told}", part=part, figures=values)
