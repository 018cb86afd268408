"""Make articles for benchmarks: 10⁴ to 10⁶ of about 600 words, as text files or as one file of lines.

    python tests/benchmarks/make_articles.py FOLDER --articles 10000 [--first K] [--seed N] [--jobs N]
    python tests/benchmarks/make_articles.py FILE.jsonl --articles 1000000 --jobs 2
    python tests/benchmarks/make_articles.py FOLDER --changed 17
    python tests/benchmarks/make_articles.py --report [--like FOLDER]

Article n depends on the seed and n alone. ``--changed`` writes only the named articles, in a changed version; into a
file of lines it writes all of them. ``--report`` makes none, but compares generated articles with those of a folder
(by default the sample articles): what koopgraph finds in 600 words, and how the vocabulary grows.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path

import likeness
from articles import Article, article
from rich.console import Console
from things import World

from koopgraph import model

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "articles"
PART = 1000  # articles made at a time; also how many files a folder holds
DEFAULT_SEED = 1


def path_of(folder: Path, number: int) -> Path:
    """Return where article ``number`` stands: in a folder of :data:`PART` articles."""
    return folder / f"{number // PART:04}" / f"article-{number:07}.txt"


@cache
def world_of(seed: int) -> World:
    """Return the things of that seed; made once a process."""
    return World(seed)


def made(seed: int, first: int, count: int, changed: Collection[int] = ()) -> Iterator[Article]:
    """Yield ``count`` articles from number ``first`` on; those in ``changed`` in their version 1."""
    for number in range(first, first + count):
        yield article(world_of(seed), seed, number, int(number in changed))


def line_of(one: Article) -> str:
    """Return the article as a line of JSON."""
    record = {"id": f"article-{one.number:07}", "title": one.title, "language": one.language, "text": one.text}
    return json.dumps(record, ensure_ascii=False) + "\n"


def write_articles(folder: Path, count: int, *, seed: int = DEFAULT_SEED, first: int = 0, jobs: int = 1) -> None:
    """Write ``count`` articles as text files below ``folder``."""
    for _ in _parts(partial(_write_part, folder, seed), first, count, jobs):
        pass


def write_changed(folder: Path, numbers: Collection[int], *, seed: int = DEFAULT_SEED) -> None:
    """Write the articles of those numbers in a changed version, in place of what stands in ``folder``."""
    for number in numbers:
        one = article(world_of(seed), seed, number, version=1)
        path = path_of(folder, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text, encoding="utf-8", newline="\n")


def write_lines(
    path: Path, count: int, *, seed: int = DEFAULT_SEED, first: int = 0, jobs: int = 1, changed: Collection[int] = ()
) -> None:
    """Write ``count`` articles to one file, an article a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for lines in _parts(partial(_lines_of_part, frozenset(changed), seed), first, count, jobs):
            file.write(lines)


def _write_part(folder: Path, seed: int, first: int, count: int) -> str:
    for one in made(seed, first, count):
        path = path_of(folder, one.number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text, encoding="utf-8", newline="\n")
    return ""


def _lines_of_part(changed: frozenset[int], seed: int, first: int, count: int) -> str:
    return "".join(map(line_of, made(seed, first, count, changed)))


def _parts(make: partial[str], first: int, count: int, jobs: int) -> Iterator[str]:
    """Yield what ``make`` returns for each part, in the order of the articles."""
    starts = range(first, first + count, PART)
    sizes = [min(PART, first + count - start) for start in starts]
    if jobs == 1:
        yield from map(make, starts, sizes)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(make, starts, sizes)


def report(console: Console, like: Path, count: int, seed: int) -> None:
    """Print how like the articles of ``like`` the generated ones are."""
    generated = (model.Article(f"article-{a.number}.txt", a.text, a.title) for a in made(seed, 0, count))
    columns = [likeness.measure(like.name, likeness.texts_of(like))]
    if like != SAMPLES:
        columns.append(likeness.measure("samples", likeness.texts_of(SAMPLES)))
    columns.append(likeness.measure("made", generated))
    console.print(likeness.density_table(columns))
    console.print(likeness.vocabulary_table(columns))


def main() -> None:
    """Read the arguments; write articles, or report on them."""
    parser = argparse.ArgumentParser(description="Make articles for benchmarks.")
    parser.add_argument("target", nargs="?", type=Path, help="a folder, or a file whose name ends in .jsonl")
    parser.add_argument("--articles", type=int, metavar="N", help="how many (default: 1000; for --report 200)")
    parser.add_argument("--first", type=int, default=0, metavar="K", help="the number of the first one (default: 0)")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, metavar="N", help="another seed, other articles")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default: 1)")
    parser.add_argument("--changed", type=int, nargs="+", default=(), metavar="K", help="articles to change")
    parser.add_argument("--report", action="store_true", help="compare with real articles; write nothing")
    parser.add_argument("--like", type=Path, default=SAMPLES, metavar="FOLDER", help="the articles to compare with")
    arguments = parser.parse_args()
    count = arguments.articles or (200 if arguments.report else 1000)
    if count < 1 or arguments.first < 0 or arguments.jobs < 1 or not (arguments.report or arguments.target):
        parser.error("name a FOLDER or FILE.jsonl (or --report); N must be at least 1 and K at least 0")
    started = time.perf_counter()
    options = {"seed": arguments.seed, "first": arguments.first, "jobs": arguments.jobs}
    if arguments.report:
        report(Console(), arguments.like, count, arguments.seed)
        return
    if arguments.target.suffix == ".jsonl":
        write_lines(arguments.target, count, changed=arguments.changed, **options)
    elif arguments.changed:
        write_changed(arguments.target, arguments.changed, seed=arguments.seed)
        count = len(arguments.changed)
    else:
        write_articles(arguments.target, count, **options)
    seconds = time.perf_counter() - started
    Console().print(f"{count:,} articles in {seconds:.1f} s, {count / seconds:,.0f} a second")


if __name__ == "__main__":
    main()
