"""How like real articles generated ones are: what koopgraph finds in 600 words of them, and how many words are new.

Things, mentions and statements are counted with koopgraph itself, so that the comparison is of the work a build has,
not of what a person would find. Types by tokens are counted in each language alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.table import Table

from koopgraph.model import Article, ArticleGraph, EntityType, Options
from koopgraph.outputs import Timings
from koopgraph.read import discover, read_file
from koopgraph.work.article_graph import article_graph, chosen_extractors

WORDS = 600
STEPS = (500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
_TOKEN = re.compile(r"\w+")


@dataclass(slots=True)
class Likeness:
    """What was counted in some articles; ``types`` has, of each language, how many words were new by each step."""

    name: str
    articles: int = 0
    words: int = 0
    mentions: int = 0
    things: Counter[str] = field(default_factory=Counter)
    statements: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)
    types: dict[str, dict[int, int]] = field(default_factory=dict)

    def of_600_words(self, count: int) -> float:
        """Return how often something counted ``count`` times comes in :data:`WORDS` words."""
        return count * WORDS / self.words


def texts_of(folder: Path) -> Iterator[Article]:
    """Yield the readable articles of a folder, as a build reads them."""
    for file in discover([folder]):
        yield from (item for item in read_file(file) if isinstance(item, Article))


def measure(name: str, articles: Iterable[Article]) -> Likeness:
    """Count what koopgraph finds in ``articles``."""
    options = Options()
    extractors = chosen_extractors(options)
    found = Likeness(name)
    seen: dict[str, set[str]] = {}
    for article in articles:
        for graph in article_graph(article, extractors, options, Timings()):
            if not isinstance(graph, ArticleGraph):
                continue
            found.articles += 1
            found.words += len(article.text.split())
            found.mentions += sum(len(entity.mentions) for entity in graph.entities)
            found.things.update(entity.type.value for entity in graph.entities)
            found.statements.update(fact.relation for fact in graph.facts)
            _read_on(found, graph.article, seen)
    return found


def _read_on(found: Likeness, article: Article, seen: dict[str, set[str]]) -> None:
    language = str(article.language)
    words, steps = seen.setdefault(language, set()), found.types.setdefault(language, {})
    for token in _TOKEN.findall(article.text):
        words.add(token)
        found.tokens[language] += 1
        if found.tokens[language] in STEPS:
            steps[found.tokens[language]] = len(words)


def density_table(columns: list[Likeness]) -> Table:
    """Tabulate things and statements of 600 words; the last column is compared with the first."""
    table = Table(title=f"What koopgraph finds in {WORDS} words", title_justify="left")
    table.add_column("")
    for column in columns:
        table.add_column(column.name, justify="right")
    table.add_column(f"{columns[-1].name} / {columns[0].name}", justify="right")
    table.add_row("articles", *(f"{c.articles:,}" for c in columns), "")
    table.add_row("words", *(f"{c.words:,}" for c in columns), "", end_section=True)

    def row(name: str, counts: list[int]) -> None:
        rates = [c.of_600_words(count) for c, count in zip(columns, counts, strict=True)]
        share = f"{rates[-1] / rates[0]:.2f}" if rates[0] else "–"
        table.add_row(name, *(f"{rate:.2f}" for rate in rates), share)

    row("things", [c.things.total() for c in columns])
    row("mentions", [c.mentions for c in columns])
    row("statements", [c.statements.total() for c in columns])
    table.add_section()
    for kind in EntityType:
        if any(c.things[kind.value] for c in columns):
            row(kind.value, [c.things[kind.value] for c in columns])
    table.add_section()
    for relation in sorted({relation for c in columns for relation in c.statements}):
        row(relation, [c.statements[relation] for c in columns])
    return table


def vocabulary_table(columns: list[Likeness]) -> Table:
    """Tabulate how many different words there are among the first so many, by language."""
    table = Table(title="Different words among the first …", title_justify="left")
    table.add_column("words")
    kept = [(c, language) for language in ("de", "en") for c in columns if c.types.get(language)]
    for column, language in kept:
        table.add_column(f"{language} {column.name}", justify="right", no_wrap=True)
    for step in STEPS:
        counts = [column.types[language].get(step) for column, language in kept]
        if any(counts):
            table.add_row(f"{step:,}", *("–" if count is None else f"{count:,}" for count in counts))
    return table
