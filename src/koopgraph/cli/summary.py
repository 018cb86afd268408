"""What ``koopgraph build`` says at the end: problems, what was found, how long it took, and what to open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from koopgraph.cli.logs import Talk, say, says_json
from koopgraph.events import duration

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 20
"""Problems that are named, so that what was found stays on the screen. All of them are in ``report.json``."""

_KINDS = {
    "unreadable": "could not be read",
    "limit": "beyond a limit",
    "failed": "koopgraph failed",
    "extractor": "an extractor failed",
    "curation": "judgements without effect",
    "link": "links without effect",
}

_BY_ARTICLE = frozenset({"read", "annotate", "extract", "resolve", "records"})
"""Stages that only the articles go through that are read in this build; the others have them all."""

_MEASURABLE = 0.01
"""Seconds from which on a rate says anything."""

_FILES = (
    ("network.html", "open it in a browser: the interactive network"),
    ("graph.ttl", "what the articles state, as Turtle"),
    ("dataset.trig", "the same an article at a time, with the sentence behind every statement"),
    ("report.json", "counts, problems, timings"),
)


def summarise(report: Mapping[str, Any], output: Path, talk: Talk) -> None:
    """Say on standard error what the report of a build into ``output`` says, as fully as ``talk`` asks for."""
    counts, problems = report["counts"], report["problems"]
    told = f"{output}: built in {duration(report['wall'])}"
    fields = {**counts, "problems": len(problems), "seconds": report["wall"]}
    if says_json():
        say(told, event="built", output=str(output), **fields)
        return
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    _name_problems(console, problems, output)
    _show_counts(console, counts, problems)
    if talk.verbose:
        _show_stages(console, report)
    console.print(_taken(report), soft_wrap=True)
    from rich.markup import escape

    for name, purpose in _FILES:
        console.print(f"[bold]{escape(str(output / name))}[/]  {purpose}", soft_wrap=True)


def _name_problems(console: Console, problems: Sequence[Mapping[str, str]], output: Path) -> None:
    from rich.markup import escape

    from koopgraph.query.table import printable

    named = list(_first_of_each(problems))
    for problem in named:
        source, reason, remedy = (escape(printable(problem[part])) for part in ("source", "reason", "remedy"))
        console.print(f"[yellow]{source}[/]: {reason}. {remedy}", soft_wrap=True)
    if more := len(problems) - len(named):
        console.print(f"and {more:,} more problems: all are in {escape(str(output / 'report.json'))}", soft_wrap=True)


def _first_of_each(problems: Sequence[Mapping[str, str]]) -> Iterator[Mapping[str, str]]:
    """Yield the problems if they are few, else the first ones of each kind, as many of one as of another."""
    if len(problems) <= SHOWN:
        yield from problems
        return
    share = SHOWN // len({problem["kind"] for problem in problems})
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem["kind"]] += 1
        if seen[problem["kind"]] <= share:
            yield problem


def _show_counts(console: Console, counts: Mapping[str, int], problems: Sequence[Mapping[str, str]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("found")
    table.add_column("number", justify="right")
    for name in ("articles", "entities", "statements"):
        table.add_row(name, f"{counts[name]:,}")
    table.add_row("problems", f"{len(problems):,}", style="yellow" if problems else None)
    kinds = Counter(problem["kind"] for problem in problems)
    for kind, told in _KINDS.items():
        if kinds[kind]:
            table.add_row(f"  {told}", f"{kinds[kind]:,}")
    console.print(table)


def _show_stages(console: Console, report: Mapping[str, Any]) -> None:
    from rich.table import Table

    spent: Mapping[str, float] = report["timings"]
    whole = sum(spent.values())
    table = Table(box=None, pad_edge=False)
    table.add_column("stage")
    for name in ("seconds", "share", "articles/s"):
        table.add_column(name, justify="right")
    for stage, seconds in spent.items():
        articles = report["cache"]["read"] if stage in _BY_ARTICLE else report["counts"]["articles"]
        rate = f"{articles / seconds:,.1f}" if articles and seconds >= _MEASURABLE else ""
        table.add_row(stage, f"{seconds:,.2f}", f"{seconds / whole:.0%}" if whole else "", rate)
    table.add_row("all stages", f"{whole:,.2f}", "", "", style="bold")
    console.print(table)


def _taken(report: Mapping[str, Any]) -> str:
    """Return in one line how long the build took."""
    wall, processes, cache = report["wall"], report["processes"], report["cache"]
    articles = report["counts"]["articles"]
    told = f"{articles:,} articles in {duration(wall)}"
    if articles and wall:
        told += f", {articles / wall:,.1f} a second"
    if processes > 1:
        told += f", {processes} processes"
    if cache["reused"] or cache["removed"]:
        told += f"; {cache['reused']:,} as they were, {cache['read']:,} read, {cache['removed']:,} removed"
    return told
