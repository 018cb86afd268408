"""How many articles of 600 words one core reads a second, once koopgraph has started.

    python tests/benchmarks/bench_reading.py [FOLDER] [--articles N]

puts the texts of FOLDER (by default the sample articles) together to N articles of 600 words, varied so that no two
are alike, and times annotation, extraction (rules and context) and resolution in this process, on one thread.
Nothing here is a test: the numbers depend on the machine.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: one core is what is measured

import importlib.util
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from koopgraph.annotate import annotate
from koopgraph.extract import gather, select
from koopgraph.model import Article
from koopgraph.resolve.article import resolve

WORDS = 600
WARM = 3  # articles read before the clock starts: what is loaded once is not measured
BASE = "https://w3id.org/koopgraph/id/"


def texts(folder: Path) -> Iterator[str]:
    """Yield varied texts of :data:`WORDS` words each, made of the paragraphs of the texts in ``folder``."""
    build = _sibling("bench_build")
    files = sorted(path for path in folder.iterdir() if path.suffix == ".txt")
    held: list[str] = []
    count = number = 0
    while files:
        for path in files:
            for paragraph in build.variant(path.read_text(encoding="utf-8"), number).split("\n\n"):
                held.append(paragraph)
                count += len(paragraph.split())
                if count >= WORDS:
                    yield "\n\n".join(held)
                    held, count = [], 0
        number += 1


def _sibling(name: str) -> object:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def measure(articles: list[Article]) -> dict[str, float]:
    """Return the seconds that each stage takes for all of ``articles`` but the first few."""
    extractors = select()
    spent = dict.fromkeys(("annotate", "extract and weigh", "resolve"), 0.0)
    for number, article in enumerate(articles):
        times = [time.perf_counter()]
        annotated = annotate(article)
        times.append(time.perf_counter())
        found = gather(annotated, extractors)
        times.append(time.perf_counter())
        resolve(found.annotated, found.statements, base=BASE)
        times.append(time.perf_counter())
        if number >= WARM:
            for stage, begin, end in zip(spent, times, times[1:], strict=False):
                spent[stage] += end - begin
    return spent


def main() -> None:
    """Read the arguments, measure, print."""
    samples = Path(__file__).resolve().parents[1] / "data" / "articles"
    parser = argparse.ArgumentParser(description="Measure how fast koopgraph reads articles.")
    parser.add_argument("folder", nargs="?", type=Path, default=samples, help="texts to use (default: the samples)")
    parser.add_argument("--articles", type=int, default=60, metavar="N", help="articles to read (default: 60)")
    arguments = parser.parse_args()
    chosen = list(islice(texts(arguments.folder), arguments.articles + WARM))
    if len(chosen) <= WARM:
        parser.error("FOLDER needs texts (.txt), and N must be at least 1")
    articles = [Article(f"{n}.txt", text, text.split("\n", 1)[0]) for n, text in enumerate(chosen)]
    spent = measure(articles)
    count = len(articles) - WARM
    words = sum(len(article.text.split()) for article in articles[WARM:]) / count
    table = Table(title=f"{count} articles of {words:.0f} words, one thread", title_justify="left")
    for number, name in enumerate(("stage", "an article", "articles a second")):
        table.add_column(name, justify="right" if number else "left")
    for stage, seconds in (*spent.items(), ("all", sum(spent.values()))):
        table.add_row(stage, f"{1000 * seconds / count:.1f} ms", f"{count / seconds:,.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
