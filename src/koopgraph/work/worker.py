"""A worker: does batches of articles, one article after the other, and writes their records into a shard."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from koopgraph.collector import collector_off
from koopgraph.errors import ClusterError
from koopgraph.model import ArticleGraph, Problem
from koopgraph.read import SourceFile
from koopgraph.records import Record, fingerprint, write_shard
from koopgraph.timings import Timings
from koopgraph.work.article_graph import article_graph, articles_of, chosen_extractors
from koopgraph.work.job import Batch, Done, Job, Task


class Worker:
    """Does the articles of one job; its models are loaded once."""

    def __init__(self, job: Job) -> None:
        """Load what the job's options ask for.

        Raises :class:`KoopgraphError` where that cannot be, :class:`ClusterError` where another koopgraph asks for it.
        """
        self._job = job
        self._extractors = chosen_extractors(job.options)
        if fingerprint(self._extractors, job.options) != job.mark:
            raise ClusterError(
                f"a worker on {platform.node()} would read articles in another way than this koopgraph: its version, "
                "its models or a package differ. Install the same on all machines."
            )

    def do(self, batch: Batch, folder: Path | None = None) -> Done:
        """Do every article of the batch. What is wrong with one is a problem of its own.

        The shard is written into ``folder``; None means the job's.

        Raises :class:`OSError` or :class:`koopgraph.errors.ExportError` where the shard cannot be written.
        """
        timings = Timings()
        records: list[Record] = []
        keys: dict[int, bytes] = {}
        problems: list[tuple[int, Problem]] = []
        # An article makes few circles, and those of a batch can wait: a tenth of the time was looking for them.
        with collector_off():
            for task in batch:
                graph, failed = self._results(task, timings)
                problems += [(task.number, problem) for problem in failed]
                if graph is not None:
                    records.append(Record.of(task.key, graph, tuple(failed)))
                    keys[task.number] = task.key
        with timings.of("records"):
            shard = write_shard(folder or self._job.shards, records) if records else None
        notes = {one.name: told for one in self._extractors if (told := one.notes())}
        name = f"{platform.node()}:{os.getpid()}"
        return Done(len(batch), shard, keys, tuple(problems), dict(timings.seconds), name, notes)

    def _results(self, task: Task, timings: Timings) -> tuple[ArticleGraph | None, list[Problem]]:
        """Return what the task's article states, None where there is none, and what failed."""
        graph: ArticleGraph | None = None
        problems: list[Problem] = []
        if isinstance(task.item, SourceFile):
            with timings.of("read"):
                items = list(articles_of(task.item, self._job.options.limits))
        else:
            items = [task.item]
        for item in items:
            results = (
                (item,)
                if isinstance(item, Problem)
                else article_graph(item, self._extractors, self._job.options, timings)
            )
            for result in results:
                if isinstance(result, Problem):
                    problems.append(result)
                else:
                    graph = result
        return graph, problems
