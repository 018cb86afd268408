"""From sources to what has to be done: which articles there are, which the shelf has, and the others in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import file_digest
from itertools import islice

from koopgraph.limits import Limits
from koopgraph.model import Article, Problem
from koopgraph.read import SourceFile, holds_many
from koopgraph.records import Contents, Shelf, key_of_article, key_of_file
from koopgraph.work.article_graph import articles_of
from koopgraph.work.job import Batch, Task
from koopgraph.work.ledger import Ledger


class Plan:
    """Goes through the sources once, lazily: what is known goes to the ledger, what has to be done comes out."""

    def __init__(self, mark: bytes, shelf: Shelf, ledger: Ledger, limits: Limits) -> None:
        """Take the fingerprint of what reads the articles, the records that there are, the ledger, the bounds."""
        self._mark, self._shelf, self._ledger, self._limits = mark, shelf, ledger, limits

    def tasks(self, files: Iterable[SourceFile | Problem]) -> Iterator[Task]:
        """Yield what has to be done, and enter the rest: what the shelf has, and what cannot be read."""
        for file in files:
            if isinstance(file, Problem):
                self._ledger.fail(file)
                continue
            try:
                with file.open() as stream:
                    key = key_of_file(self._mark, file.name, file_digest(stream, "sha256").digest())
            except OSError:
                # Whoever reads it says why it cannot be read.
                yield from self._items(articles_of(file, self._limits))
                continue
            if holds_many(file):
                yield from self._container(file, key)
            elif key in self._shelf:
                self._ledger.reuse(key)
            else:
                yield Task(self._ledger.enter(), key, file)

    def _container(self, file: SourceFile, key: bytes) -> Iterator[Task]:
        """Yield the tasks of a file with many articles, which is not even read where all of them have records."""
        known = self._shelf.contents(key)
        if known is not None:
            for entry in known:
                if isinstance(entry, Problem):
                    self._ledger.fail(entry)
                else:
                    self._ledger.reuse(entry)
            return
        contents = Contents(key)
        for item in articles_of(file, self._limits):
            if isinstance(item, Problem):
                contents.add(item)
                self._ledger.fail(item)
            else:
                of_article = key_of_article(self._mark, item)
                contents.add(of_article)
                yield from self._article(item, of_article)
        self._shelf.note(contents, file.name)

    def _items(self, items: Iterable[Article | Problem]) -> Iterator[Task]:
        for item in items:
            if isinstance(item, Problem):
                self._ledger.fail(item)
            else:
                yield from self._article(item, key_of_article(self._mark, item))

    def _article(self, article: Article, key: bytes) -> Iterator[Task]:
        if key in self._shelf:
            self._ledger.reuse(key)
        else:
            yield Task(self._ledger.enter(), key, article)


def batches(tasks: Iterable[Task], size: int) -> Iterator[Batch]:
    """Yield the tasks in batches of ``size``, the last one smaller."""
    waiting = iter(tasks)
    while batch := tuple(islice(waiting, size)):
        yield batch
