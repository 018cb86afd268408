"""How long it takes to tell which of a million mentioned things are one, how much memory, and how well.

    python tests/benchmarks/bench_resolution.py [--sizes 10000 100000 1000000] [--seed N]

makes articles with so many things between them (``mentions.py``), resolves each size in a process of its own and
prints a table. The seconds are those of resolution alone; making the articles is timed beside it. The peak is that of
the whole process: articles are handed over one by one, so it holds what resolution keeps of them. Nothing here is a
test: the numbers depend on the machine.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from mentions import BASE, graphs, labelled
from rich.console import Console
from rich.table import Table

from koopgraph.evaluate.clusters import bcubed, pairwise
from koopgraph.model import ArticleGraph
from koopgraph.resolve.corpus import Resolution, resolve_corpus

SIZES = (10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Run:
    """One size resolved: ``records`` are things of single articles, ``clusters`` what they were found to be."""

    records: int
    mentions: int
    articles: int
    made: float
    resolved: float
    processor: float
    peak_bytes: int
    clusters: int
    things: int
    merges: int
    proposals: int
    bcubed: tuple[float, float, float]
    pairwise: tuple[float, float, float]


class Making:
    """Articles one by one, made anew in each round, and how long that took, by the clock and by the processor."""

    def __init__(self, count: int, seed: int) -> None:
        self._count = count
        self._seed = seed
        self.seconds = self.busy = 0.0
        self.articles = self.records = self.mentions = 0

    def __iter__(self) -> Iterator[ArticleGraph]:
        made = graphs(self._count, seed=self._seed)
        self.articles = self.records = self.mentions = 0
        while True:
            begin, busy = time.perf_counter(), time.process_time()
            graph = next(made, None)
            self.seconds += time.perf_counter() - begin
            self.busy += time.process_time() - busy
            if graph is None:
                return
            self.articles += 1
            self.records += len(graph.entities)
            self.mentions += sum(len(entity.mentions) for entity in graph.entities)
            yield graph


def measure(count: int, seed: int) -> Run:
    """Resolve ``count`` things in this process; the peak is taken before anything is scored."""
    making = Making(count, seed)
    begin, busy = time.perf_counter(), time.process_time()
    resolution = resolve_corpus(making, base=BASE)
    seconds = time.perf_counter() - begin - making.seconds
    busy = time.process_time() - busy - making.busy
    # Linux counts kilobytes here, macOS bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    gold, found = judged(resolution, count, seed)
    return Run(
        records=making.records,
        mentions=making.mentions,
        articles=making.articles,
        made=making.seconds,
        resolved=seconds,
        processor=busy,
        peak_bytes=peak,
        clusters=len(set(found.values())),
        things=len(set(gold.values())),
        merges=len(resolution.merges),
        proposals=len(resolution.proposals),
        bcubed=tuple(bcubed(gold, found).figures().values()),
        pairwise=tuple(pairwise(gold, found).figures().values()),
    )


def judged(resolution: Resolution, count: int, seed: int) -> tuple[dict[int, str], dict[int, str]]:
    """Return what each thing of each article truly is, and what it was found to be; the articles are made again."""
    gold: dict[int, str] = {}
    found: dict[int, str] = {}
    for graph, keys in labelled(count, seed=seed):
        for entity, key in zip(graph.entities, keys, strict=True):
            found[len(gold)] = resolution.iri((graph.iri, entity.iri))
            gold[len(gold)] = key
    return gold, found


def in_a_process_of_its_own(count: int, seed: int) -> Run:
    """Return :func:`measure` of a fresh process: memory of another size does not count."""
    command = [sys.executable, __file__, "--one", str(count), "--seed", str(seed)]
    process = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Run(**json.loads(process.stdout))


def table_of(runs: list[Run], seed: int) -> Table:
    """Tabulate the sizes, one a column."""
    table = Table(title=f"Resolution across articles, seed {seed}", title_justify="left")
    table.add_column("")
    for run in runs:
        table.add_column(f"{run.records:,}", justify="right")
    figures = {
        "mentions": [f"{run.mentions:,}" for run in runs],
        "articles": [f"{run.articles:,}" for run in runs],
        "making them": [f"{run.made:.1f} s" for run in runs],
        "resolving": [f"{run.resolved:.1f} s" for run in runs],
        "processor's time": [f"{run.processor:.1f} s" for run in runs],
        "things a second": [f"{run.records / run.resolved:,.0f}" for run in runs],
        "peak memory": [f"{run.peak_bytes / 1e6:,.0f} MB" for run in runs],
        "things found": [f"{run.clusters:,}" for run in runs],
        "things there are": [f"{run.things:,}" for run in runs],
        "merges": [f"{run.merges:,}" for run in runs],
        "proposals": [f"{run.proposals:,}" for run in runs],
        "B-cubed P R F1": [" ".join(f"{figure:.3f}" for figure in run.bcubed) for run in runs],
        "pairwise P R F1": [" ".join(f"{figure:.3f}" for figure in run.pairwise) for run in runs],
        "time of 10 times as many": ["–", *(growth(*pair) for pair in itertools.pairwise(runs))],
    }
    for name, row in figures.items():
        table.add_row(name, *row)
    return table


def growth(smaller: Run, larger: Run) -> str:
    """Return how many times the processor's time the larger size took, brought to ten times as many; 10 is linear."""
    return f"{larger.processor / smaller.processor * 10 * smaller.records / larger.records:.1f} ×"


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description="Measure resolution across articles.")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="N", help="things to resolve")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another seed gives other articles (default: 1)"
    )
    parser.add_argument("--one", type=int, metavar="N", help=argparse.SUPPRESS)  # for the processes of the sizes
    arguments = parser.parse_args()
    if min(arguments.sizes) < 1:
        parser.error("N must be at least 1")
    if arguments.one:
        sys.stdout.write(json.dumps(asdict(measure(arguments.one, arguments.seed))))
        return
    runs = [in_a_process_of_its_own(count, arguments.seed) for count in sorted(arguments.sizes)]
    Console().print(table_of(runs, arguments.seed))


if __name__ == "__main__":
    main()
