"""How many articles of 600 words one core reads a second, once koopgraph has started.

    python tests/benchmarks/bench_reading.py [FOLDER] [--articles N]

times annotation, extraction (rules and context) and resolution of N generated articles (``make_articles.py``), or of the
texts of FOLDER put together to articles of 600 words, in this process, on one thread. Nothing here is a test: the
numbers depend on the machine.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: one core is what is measured

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from make_articles import DEFAULT_SEED, made
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
    """Yield texts of :data:`WORDS` words each, made of the paragraphs of the texts in ``folder``, each taken once."""
    held: list[str] = []
    count = 0
    for path in sorted(path for path in folder.iterdir() if path.suffix == ".txt"):
        for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
            held.append(paragraph)
            count += len(paragraph.split())
            if count >= WORDS:
                yield "\n\n".join(held)
                held, count = [], 0


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
    parser = argparse.ArgumentParser(description="Measure how fast koopgraph reads articles.")
    parser.add_argument("folder", nargs="?", type=Path, help="texts to use (default: generated articles)")
    parser.add_argument("--articles", type=int, default=60, metavar="N", help="articles to read (default: 60)")
    arguments = parser.parse_args()
    wanted = arguments.articles + WARM
    if arguments.folder is None:
        chosen = [one.text for one in made(DEFAULT_SEED, 0, wanted)]
    else:
        chosen = list(islice(texts(arguments.folder), wanted))
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
