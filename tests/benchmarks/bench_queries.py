"""How long the named questions take on a store of a million triples, and what else people wait for.

    python tests/benchmarks/bench_queries.py [--triples N] [--store FOLDER] [--seed N]

makes a dataset of N quads (``triples.py``; all graphs count), writes it as a build's store and prints two tables: every
named question with its required values alone and with each optional one (rows, median and slowest of five runs), and the
start of ``koopgraph query`` as a process, Turtle by koopgraph against rdflib's writer, and validation of a tenth of
the dataset. Values are names that occur most often. Nothing here is a test: the numbers depend on the machine.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import triples
from pyoxigraph import DefaultGraph, Quad, Store
from rich.console import Console
from rich.table import Table

from koopgraph.query import Question, list_questions, run
from koopgraph.query.runner import evaluate
from koopgraph.rdf.serialise import to_bytes
from koopgraph.store import open_store
from koopgraph.validate import validate

REPEATS = 5
SLOW = 1.0  # seconds; the median of no question should be above
_OFTEN = "SELECT ?name WHERE {{ {} ?thing rdfs:label ?name }} GROUP BY ?name ORDER BY DESC(COUNT(*)) ?name LIMIT 1"
# What is asked about: the name of the thing that most statements of a kind are about.
BUSIEST: Mapping[str, str] = {
    "city": "?any koop:partnerCity ?thing .",
    "entity": "?any koop:partnerCity ?thing .",
    "event": "?any koop:speaksAt ?thing .",
    "funder": "?any koop:fundedBy ?thing .",
    "leader": "?thing koop:leads ?any .",
    "name": "?thing koop:affiliatedWith ?any .",
    "organisation": "?any koop:affiliatedWith ?thing . ?thing a koop:Organisation .",
    "person": "?thing koop:affiliatedWith ?any .",
    "place": "?any koop:takesPlaceIn ?thing .",
    "programme": "?any koop:partOf ?thing . ?thing a koop:Programme .",
    "project": "?any koop:leads ?thing . ?any a koop:Person .",
}
PLAIN: Mapping[str, str] = {"article": "article-7.txt"}


@dataclass(frozen=True, slots=True)
class Timing:
    """One question with its values: how many rows it gave, and the seconds of each run."""

    question: str
    asked: str
    rows: int
    seconds: tuple[float, ...]


def values_of(store: Store) -> dict[str, str]:
    """Return a value for every parameter that names a thing."""
    found = {name: run(store, _OFTEN.format(pattern)).rows for name, pattern in BUSIEST.items()}
    return {**PLAIN, **{name: str(rows[0]["name"]) for name, rows in found.items() if rows}}


def timings(store: Store, repeats: int = REPEATS) -> Iterator[Timing]:
    """Ask every question with its required values alone, then with each optional one."""
    values = values_of(store)
    for question in list_questions():
        for asked in _bindings(question, values):
            yield _timed(store, question.name, asked, repeats)


def _bindings(question: Question, values: Mapping[str, str]) -> Iterator[dict[str, str]]:
    known = {p.name: values.get(p.name, p.example) for p in question.parameters}
    needed = {p.name: known[p.name] for p in question.parameters if not p.optional and p.default is None}
    yield needed
    for parameter in question.parameters:
        if parameter.optional:
            yield {**needed, parameter.name: known[parameter.name]}


def _timed(store: Store, name: str, bindings: Mapping[str, str], repeats: int) -> Timing:
    seconds, rows = [], 0
    for _ in range(repeats):
        begin = time.perf_counter()
        rows = sum(1 for _ in evaluate(store, name, bindings))  # type: ignore[arg-type, union-attr]
        seconds.append(time.perf_counter() - begin)
    return Timing(name, ", ".join(f"{key}={value}" for key, value in bindings.items()), rows, tuple(seconds))


def clocked(work: Callable[[], object]) -> float:
    """Return the seconds that the work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def start_up(folder: Path) -> float:
    """Return the median seconds of ``koopgraph query`` as a process with a question that takes no time itself."""
    code = "import sys; from koopgraph.cli import main; sys.argv[0] = 'koopgraph'; main()"
    command = [sys.executable, "-c", code, "query", "ASK {}", "--from", str(folder)]
    return median(clocked(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(REPEATS))


def turtle(quads: list[Quad]) -> tuple[float, float]:
    """Return the seconds that koopgraph and rdflib take to write the default graph's triples as Turtle."""
    import rdflib

    plain = [quad for quad in quads if quad.graph_name == DefaultGraph()]
    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=to_bytes(plain, format="ntriples", prefixes={}), format="nt")
    ours = clocked(lambda: to_bytes(plain, format="turtle", prefixes={}))
    return ours, clocked(lambda: graph.serialize(format="turtle"))


def validation(count: int, seed: int) -> tuple[float, bool]:
    """Return the seconds that a dataset of ``count`` quads takes to be validated, and whether it conforms."""
    store = Store()
    store.bulk_extend(triples.generate(count, seed=seed))
    begin = time.perf_counter()
    report = validate(store)
    return time.perf_counter() - begin, report.conforms


def questions_table(found: list[Timing], size: int) -> Table:
    """Tabulate the questions; an exclamation mark stands at those that are slower than they should be."""
    table = Table(title=f"Named questions on {size:,} quads from disk, {REPEATS} runs", title_justify="left")
    for name in ("question", "with", "rows", "median", "slowest"):
        table.add_column(name, justify="left" if name in ("question", "with") else "right")
    for one in found:
        middle = median(one.seconds)
        mark = "! " if middle > SLOW else ""
        row = (one.question, one.asked, f"{one.rows:,}", f"{mark}{middle:.3f} s", f"{max(one.seconds):.3f} s")
        table.add_row(*row)
    return table


def others_table(folder: Path, size: int, seed: int) -> Table:
    """Tabulate start-up, Turtle and validation."""
    ours, rdflibs = turtle(list(open_store(folder)))
    seconds, conforms = validation(max(1, size // 10), seed)
    table = Table(title="Besides", title_justify="left")
    table.add_column("")
    table.add_column("", justify="right")
    table.add_row("koopgraph query, a process from start to end", f"{start_up(folder):.3f} s")
    table.add_row("default graph as Turtle, koopgraph", f"{ours:.3f} s")
    table.add_row("default graph as Turtle, rdflib", f"{rdflibs:.3f} s ({rdflibs / ours:.0f} ×)")
    table.add_row(f"validation of {size // 10:,} quads", f"{seconds:.1f} s, {'conforms' if conforms else 'FINDINGS'}")
    return table


def main() -> None:
    """Read the arguments, make the store, measure, print."""
    parser = argparse.ArgumentParser(description="Measure named questions, exports and validation.")
    parser.add_argument("--triples", type=int, default=1_000_000, metavar="N", help="quads of all graphs together")
    parser.add_argument("--store", type=Path, metavar="FOLDER", help="keep the store here, or use the one that is here")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed gives other articles")
    arguments = parser.parse_args()
    if arguments.triples < 1:
        parser.error("N must be at least 1")
    with tempfile.TemporaryDirectory() as work:
        folder = arguments.store or Path(work)
        if not (folder / "store").is_dir():
            triples.write_store(folder, arguments.triples, seed=arguments.seed)
        store = open_store(folder)
        console = Console(width=150)
        console.print(questions_table(list(timings(store)), len(store)))
        console.print(others_table(folder, arguments.triples, arguments.seed))


if __name__ == "__main__":
    main()
