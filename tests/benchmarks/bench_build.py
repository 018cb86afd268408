"""How fast a build is, and how much memory it takes.

    python tests/benchmarks/bench_build.py [FOLDER] [--articles N]

builds N articles (varied copies of those in FOLDER, by default of the sample articles) and one article
of 600 words, each in a fresh process from the command line, and prints three tables. Nothing here is
a test: the numbers depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "articles"
REPEATS = 5
WORDS_OF_ONE_ARTICLE = 600

# Copies trade these names among each other, so that a large build has many projects in many cities and
# not one project a thousand times over.
CITIES = ("Bremen", "Leipzig", "Nürnberg", "Hamburg", "Essen", "Freiburg", "Chemnitz", "Hannover", "Dortmund", "Bochum")
PROJECTS = (
    "koopstadt",
    "Bilbao Ría 2000",
    "Bundespreis Stadtgrün",
    "IBA Emscher Park",
    "IBA Hamburg",
    "King's Cross",
    "New European Bauhaus",
    "Seestadt Aspern",
    "Superilla Barcelona",
    "Tempelhofer Feld",
    "Vauban",
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command line: wall time in seconds, and peak memory in bytes where it is known."""

    seconds: float
    peak_bytes: int | None


def variant(text: str, number: int) -> str:
    """Return ``text`` with its cities rotated by ``number`` and its projects numbered; 0 changes nothing."""
    if number == 0:
        return text
    rotated = dict(zip(CITIES, CITIES[number % len(CITIES) :] + CITIES[: number % len(CITIES)], strict=True))
    names = {**rotated, **{project: f"{project} {number}" for project in PROJECTS}}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.sub("|".join(map(re.escape, longest_first)), lambda match: names[match.group()], text)


def write_copies(samples: Path, folder: Path, count: int) -> int:
    """Write ``count`` varied copies of the files in ``samples`` to ``folder``; return the bytes written."""
    files = sorted(path for path in samples.iterdir() if path.is_file())
    written = 0
    for number, path in enumerate(islice(cycle(files), count)):
        text = variant(path.read_text(encoding="utf-8"), number // len(files))
        written += (folder / f"{path.stem}-{number:05d}{path.suffix}").write_text(text, encoding="utf-8")
    return written


def write_one_article(samples: Path, folder: Path) -> Path:
    """Write one plain-text article of :data:`WORDS_OF_ONE_ARTICLE` words, taken from the samples' paragraphs."""
    paragraphs: list[str] = []
    words = 0
    for path in sorted(samples.glob("*.txt")):
        for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
            room = WORDS_OF_ONE_ARTICLE - words
            paragraphs.append(paragraph if len(paragraph.split()) <= room else " ".join(paragraph.split()[:room]))
            words += min(room, len(paragraph.split()))
            if words == WORDS_OF_ONE_ARTICLE:
                article = folder / "one-article.txt"
                article.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
                return article
    raise SystemExit(f"{samples} holds fewer than {WORDS_OF_ONE_ARTICLE} words of plain text")


def run(*command: str) -> Run:
    """Run ``command`` to its end in a fresh process; end this program where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    messages = process.stderr.read()
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        # Linux counts kilobytes here, macOS bytes.
        peak: int | None = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    else:
        process.wait()
        peak = None
    seconds = time.perf_counter() - started
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{messages}")
    return Run(seconds, peak)


def repeat(*command: str) -> Run:
    """Run ``command`` :data:`REPEATS` times; return the median time and the highest memory."""
    runs = [run(*command) for _ in range(REPEATS)]
    peaks = [one.peak_bytes for one in runs if one.peak_bytes is not None]
    return Run(median(one.seconds for one in runs), max(peaks, default=None))


def command_line() -> str:
    """Return the path of the ``koopgraph`` command that belongs to this Python."""
    found = shutil.which("koopgraph", path=str(Path(sys.executable).parent)) or shutil.which("koopgraph")
    if found is None:
        raise SystemExit("no koopgraph command: install the package into this environment first")
    return found


def megabytes(size: int | None) -> str:
    """Return ``size`` in MB for people, or a dash where it is unknown."""
    return "–" if size is None else f"{size / 1e6:,.0f} MB"


def stage_rows(timings: dict[str, float], articles: int) -> Iterator[tuple[str, str, str]]:
    """Yield name, seconds and articles per second of each stage that the report times."""
    for stage, seconds in timings.items():
        yield stage, f"{seconds:.2f} s", f"{articles / seconds:,.0f}" if seconds > 0 else "–"


def table_of(title: str, header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Table:
    """Make a table whose first column is text and whose others are numbers."""
    table = Table(title=title, title_justify="left")
    for number, name in enumerate(header):
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    return table


def many_articles(koopgraph: str, samples: Path, work: Path, count: int) -> Table:
    """Build ``count`` articles and tabulate the stages."""
    folder = work / "many"
    folder.mkdir()
    size = write_copies(samples, folder, count)
    whole = run(koopgraph, "build", str(folder), "-o", str(work / "many-out"))
    report = json.loads((work / "many-out" / "report.json").read_text(encoding="utf-8"))

    def rows() -> Iterator[tuple[str, ...]]:
        yield from stage_rows(report["timings"], count)
        yield "whole command", f"{whole.seconds:.2f} s", f"{count / whole.seconds:,.1f}"
        yield "peak memory", megabytes(whole.peak_bytes), ""

    title = f"{count} files, {size / 1e6:.1f} million characters"
    return table_of(title, ("stage", "time", "files a second"), rows())


def single_runs(koopgraph: str, samples: Path, work: Path) -> Table:
    """Measure what a person waits for: the import, the command's start, one article from the shell."""
    article = write_one_article(samples, work)
    fresh = iter(range(REPEATS))
    runs = [run(koopgraph, "build", str(article), "-o", str(work / f"one-{number}")) for number in fresh]
    bare = repeat(sys.executable, "-c", "pass")
    imported = repeat(sys.executable, "-c", "import koopgraph")
    version = repeat(koopgraph, "--version")

    def rows() -> Iterator[tuple[str, ...]]:
        yield "import koopgraph", f"{max(0.0, imported.seconds - bare.seconds):.3f} s", megabytes(imported.peak_bytes)
        yield "koopgraph --version", f"{version.seconds:.3f} s", megabytes(version.peak_bytes)
        peaks = [one.peak_bytes for one in runs if one.peak_bytes is not None]
        yield "koopgraph build", f"{median(one.seconds for one in runs):.3f} s", megabytes(max(peaks, default=None))

    title = f"Fresh processes, median of {REPEATS}; one article of {WORDS_OF_ONE_ARTICLE} words"
    return table_of(title, ("command", "time", "peak memory"), rows())


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description="Measure how fast koopgraph builds.")
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES, help="articles to copy (default: the samples)")
    parser.add_argument("--articles", type=int, default=140, metavar="N", help="files to build (default: 140)")
    arguments = parser.parse_args()
    if arguments.articles < 1 or not arguments.folder.is_dir():
        parser.error("FOLDER must be a folder and N at least 1")
    koopgraph = command_line()
    console = Console()
    with tempfile.TemporaryDirectory() as work:
        console.print(single_runs(koopgraph, SAMPLES, Path(work)))
        console.print(many_articles(koopgraph, arguments.folder, Path(work), arguments.articles))


if __name__ == "__main__":
    main()
