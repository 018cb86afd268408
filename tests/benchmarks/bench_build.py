"""How fast builds are, how much memory they take, and what they write: on one process, two, and a cluster of two.

    python tests/benchmarks/bench_build.py [--sizes 1000 10000 100000] [--json FILE [--resume]] [--work FOLDER]

makes articles (``make_articles.py``), builds them in every way (``build_rows.py``), each in a fresh process from the
command line, and prints a line as soon as a way is measured and tables as soon as a size is. A way whose option the
installed koopgraph does not have gets a dash, and the reason. Nothing here is a test: the numbers depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from build_rows import ALL, CHANGED, OUTPUTS, STORE, Bench, Row
from make_articles import DEFAULT_SEED, made
from processes import Run, command_line, run
from rich.console import Console
from rich.table import Table

import koopgraph

SIZES = (1_000,)
TIMEOUT = 4 * 3600.0
STRAIGHTFORWARD_UP_TO = 10_000  # articles: pyvis and rdflib's writers take more than their share beyond
REPEATS = 5
NOTHING = "–"


def rate(row: Row) -> str:
    """Return articles a second."""
    return NOTHING if row.seconds is None or row.reason else f"{row.articles / row.seconds:,.1f}"


def megabytes(size: int | None) -> str:
    """Return ``size`` in MB for people, or a dash where it is unknown."""
    if size is None:
        return NOTHING
    return f"{size / 1e6:,.0f} MB" if size >= 1e8 else f"{size / 1e6:,.1f} MB"


def seconds(time: float | None) -> str:
    """Return ``time`` in seconds for people, or a dash where it is unknown."""
    return NOTHING if time is None else f"{time:,.2f} s"


def line(row: Row) -> str:
    """Return what is printed of a row as soon as it is measured."""
    figures = f"{seconds(row.seconds)}, {rate(row)} articles a second, {megabytes(row.tree_bytes)}"
    return f"{row.articles:,} articles, {row.way}: {row.reason or figures}"


def table_of(title: str, header: tuple[str, ...]) -> Table:
    """Make a table whose first column is text and whose others are numbers."""
    table = Table(title=title, title_justify="left")
    for number, name in enumerate(header):
        table.add_column(name, justify="right" if number else "left", no_wrap=not number)
    return table


def ways_table(rows: list[Row]) -> Table:
    """Tabulate the ways of one size: time, rate, memory of all processes and of the largest.

    A way that could not be measured has dashes, and the reason below.
    """
    header = ("", "time", "articles/s", "processor", "memory", "largest")
    table = table_of(f"{rows[0].articles:,} articles", header)
    for row in rows:
        measured = (seconds(row.seconds), rate(row), seconds(row.processor))
        table.add_row(row.way, *measured, megabytes(row.tree_bytes), megabytes(row.peak_bytes))
    reasons = [f"{row.way}: {row.reason}" for row in rows if row.reason]
    table.caption = "\n".join(reasons) or None
    return table


def columns_table(title: str, rows: list[Row], figures: Callable[[Row], dict[str, str]]) -> Table:
    """Tabulate named figures, a row each in the order in which they come, of the rows, a column each."""
    of = [figures(row) for row in rows]
    names = dict.fromkeys(name for one in of for name in one)
    table = table_of(title, ("", *(row.way for row in rows)))
    for name in names:
        table.add_row(name, *(one.get(name, NOTHING) for one in of))
    return table


def rebuild_table(row: Row) -> Table:
    """Tabulate the build after one changed article."""
    assert row.seconds is not None
    assert row.full is not None
    table = table_of(f"{row.articles:,} articles, 1 changed", ("", "figure"))
    table.add_row("build from scratch", seconds(row.full))
    table.add_row("build again", seconds(row.seconds))
    table.add_row("share", f"{100 * row.seconds / row.full:.1f} %")
    same = [name for name in OUTPUTS if name not in row.unequal]
    table.add_row("the same bytes as from scratch", ", ".join(same) or "none")
    table.add_row("other bytes", ", ".join(row.unequal) or "none")
    return table


def growth_table(rows: list[Row]) -> Table:
    """Tabulate what an article costs at each size, as a multiple of what it costs at the smallest."""
    sizes = sorted({row.articles for row in rows})
    table = table_of(f"Time of an article, {sizes[0]:,} = 1", ("", *(f"{size:,}" for size in sizes)))
    for way in ALL[: ALL.index(CHANGED)] + ALL[ALL.index(CHANGED) + 1 :]:
        of = {r.articles: r.seconds / r.articles for r in rows if r.way == way and r.seconds and not r.reason}
        if sizes[0] in of:
            table.add_row(way, *(f"{of[size] / of[sizes[0]]:.2f}" if size in of else NOTHING for size in sizes))
    return table


def tables(rows: list[Row]) -> Iterator[Table]:
    """Yield the tables of one size."""
    yield ways_table([row for row in rows if row.way != CHANGED])
    measured = [row for row in rows if row.seconds is not None and not row.reason]
    if measured:
        yield columns_table("Stages", measured, lambda row: {n: seconds(t) for n, t in row.stages.items()})
        order = (*OUTPUTS, STORE)
        yield columns_table(
            "Outputs", measured, lambda r: {n: megabytes(r.outputs[n]) for n in order if n in r.outputs}
        )
        yield columns_table("Found", measured, lambda row: {n: f"{count:,}" for n, count in row.counts.items()})
    yield from (rebuild_table(row) for row in measured if row.way == CHANGED)


def waiting_table(work: Path) -> Table:
    """Measure what a person waits for: the import, the command's start, one article from the shell."""
    article = work / "one-article.txt"
    article.write_text(next(made(DEFAULT_SEED, 0, 1)).text, encoding="utf-8")
    commands = {
        "python": (sys.executable, "-c", "pass"),
        "import koopgraph": (sys.executable, "-c", "import koopgraph"),
        "koopgraph --version": (*command_line(), "--version"),
        "koopgraph build, 1 article": (*command_line(), "build", str(article), "-o"),
    }
    table = table_of(f"Fresh processes, median of {REPEATS}", ("command", "time", "memory"))
    for name, command in commands.items():
        runs: list[Run] = []
        for number in range(REPEATS):
            output = (str(work / f"one-{number}"),) if command[-1] == "-o" else ()
            runs.append(run(*command, *output))
        table.add_row(name, f"{median(r.seconds for r in runs):.3f} s", megabytes(max(r.tree_bytes for r in runs)))
    return table


class Results:
    """The rows measured so far, kept in a file as soon as each is there; ``path`` None keeps them nowhere."""

    def __init__(self, path: Path | None, *, resume: bool) -> None:
        self._path = path
        self.rows: list[Row] = []
        if resume and path is not None and path.exists():
            self.rows = [Row.from_dict(one) for one in json.loads(path.read_text(encoding="utf-8"))["rows"]]

    def find(self, way: str, articles: int) -> Row | None:
        """Return the row where it was measured already."""
        return next((r for r in self.rows if (r.way, r.articles) == (way, articles) and r.seconds is not None), None)

    def add(self, row: Row) -> None:
        """Keep the row, in place of an older one of its way and size."""
        self.rows = [r for r in self.rows if (r.way, r.articles) != (row.way, row.articles)] + [row]
        if self._path is not None:
            machine = {"platform": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
            document = {
                "koopgraph": koopgraph.__version__,
                "machine": machine,
                "rows": [r.to_dict() for r in self.rows],
            }
            self._path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@contextmanager
def working_folder(given: Path | None) -> Iterator[Path]:
    """Yield the folder for articles and outputs; a temporary one is removed in the end."""
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def measure(console: Console, bench: Bench, results: Results, sizes: list[int], ways: list[str], limit: int) -> None:
    """Measure and print all ways at all sizes, the smallest first."""
    for articles in sorted(sizes):
        of_size: list[Row] = []
        for way in ways:
            if way == ALL[-1] and articles > limit:
                continue
            row = results.find(way, articles)
            if row is None:
                row = bench.row(way, articles)
                results.add(row)
            console.print(line(row), highlight=False)
            of_size.append(row)
        for table in tables(of_size):
            console.print(table)
    measured = [row for row in results.rows if row.articles in sizes]
    if len(sizes) > 1:
        console.print(growth_table(measured))


def arguments_of(given: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure how koopgraph builds.")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="N", help="articles (default: 1000)")
    parser.add_argument("--ways", nargs="+", choices=ALL, default=ALL, metavar="WAY", help=f"of: {', '.join(ALL)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there, row by row")
    parser.add_argument("--resume", action="store_true", help="do not measure again what stands in that FILE")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="keep articles and outputs there")
    parser.add_argument("--lines", action="store_true", help="one file with an article a line, not a file an article")
    parser.add_argument("--seconds", type=float, default=TIMEOUT, metavar="N", help="end a build that takes longer")
    parser.add_argument("--limit", type=int, default=STRAIGHTFORWARD_UP_TO, metavar="N", help="straightforward up to N")
    parser.add_argument("--no-waiting", action="store_true", help="do not measure start and single articles")
    arguments = parser.parse_args(given)
    if min(arguments.sizes) < 1:
        parser.error("N must be at least 1")
    if arguments.resume and arguments.json is None:
        parser.error("--resume goes with --json FILE")
    return arguments


def main() -> None:
    """Read the arguments, measure, print."""
    arguments = arguments_of()
    console = Console()
    with working_folder(arguments.work) as work:
        if not arguments.no_waiting:
            console.print(waiting_table(work))
        bench = Bench(work, lines=arguments.lines, timeout=arguments.seconds)
        results = Results(arguments.json, resume=arguments.resume)
        measure(console, bench, results, list(arguments.sizes), list(arguments.ways), arguments.limit)


if __name__ == "__main__":
    main()
