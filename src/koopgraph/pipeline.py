"""The pipeline: sources in, a knowledge graph and its files out.

1. read each source, annotate it, extract statements, resolve them to entities, link its places (article by article,
   in several processes; what an earlier build read and has not changed is taken from its records);
2. unite the articles (which things of all articles are one, where they disagree), assemble the RDF dataset;
3. write Turtle, TriG, store, page and report, each complete or not at all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import msgspec

from koopgraph.build_outputs import write_build
from koopgraph.corpus import Corpus, unite
from koopgraph.curation.file import read_curation
from koopgraph.curation.judgements import Curation
from koopgraph.curation.place import curation_path
from koopgraph.errors import ExportError, SettingsError
from koopgraph.events import problem_event
from koopgraph.extract import Extractor
from koopgraph.files import atomic_write, remove_leftovers
from koopgraph.generations import root_of, writing
from koopgraph.kept import key_of
from koopgraph.last_build import LastBuild, made_of, note_build, read_last
from koopgraph.link.reconcile.links_file import LINKS, Link, Links, read_links
from koopgraph.link.reconcile.triples import unmatched
from koopgraph.model import ArticleGraph, Options, Problem
from koopgraph.outputs import unharmed
from koopgraph.progress import DONE, Progress, silent
from koopgraph.rdf import iris
from koopgraph.rdf.dataset_files import Group
from koopgraph.read import SourceFile, discover
from koopgraph.records import Record, Shelf, fingerprint, fingerprint_of_outputs
from koopgraph.report import REPORT, renewed, report_of, told
from koopgraph.resolve.rewrite import rewritten
from koopgraph.stream import Stream
from koopgraph.timings import Timings
from koopgraph.work.article_graph import chosen_extractors
from koopgraph.work.ledger import Ledger
from koopgraph.work.reading import read_all

if TYPE_CHECKING:
    from koopgraph.graph import KnowledgeGraph

GROUP = 32
"""Articles that are assembled together on average."""
_encode = msgspec.json.Encoder(order="sorted").encode
RECORDS = "records"
"""The folder beside a store's generations that keeps what was read of each article."""


def build(
    sources: Iterable[str | Path],
    *,
    output: str | Path = "output",
    options: Options | None = None,
    stdin: TextIO | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
) -> KnowledgeGraph:
    """Build a knowledge graph from ``sources`` and write it to the folder ``output``.

    ``sources`` are files, folders (walked, sorted) and '-' (paths on ``stdin``). A source that cannot be
    read becomes a problem in ``report.json``; the others still build. What an earlier build into the folder read of
    articles that are as they were is not read again. ``progress`` is called with the stage, the steps done, their
    number and how many failed. ``jobs`` processes read articles; None means as many as there are processors, where
    there is enough to read. ``cluster`` is the address of a Dask cluster that reads them instead: 'local',
    'tcp://host:port', or a scheduler file. Raises :class:`KoopgraphError` for wrong options or missing sources, and
    where another build is writing into the folder.

    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("Richtfest\\n\\nIn Leipzig fand das Richtfest statt.", encoding="utf-8")
    >>> graph = build([folder / "a.txt"], output=folder / "out")
    >>> graph.report["counts"]["articles"]
    1
    """
    from koopgraph.graph import KnowledgeGraph

    options = options or Options()
    iris.check_base(options.base)
    if jobs is not None and jobs < 1:
        raise SettingsError(f"jobs is {jobs}. Give the number of processes, 1 or more.")
    extractors = chosen_extractors(options)
    sources = [sources] if isinstance(sources, str | Path) else list(sources)
    judgements = curation_path(sources, Path(options.curation) if options.curation else None)
    curation = read_curation(judgements, needed=options.curation is not None)
    files = discover(sources, stdin=stdin)
    folder = _output_folder(Path(output))
    links = read_links(Path(options.links) if options.links else folder / LINKS)
    root = root_of(folder)
    with unharmed(folder), writing(root):
        for killed in (folder, root):
            remove_leftovers(killed)
        shelf = Shelf(root / RECORDS)
        work = _Work(folder, shelf, extractors, options, progress or silent)
        ledger = work.read(files, jobs, cluster)
        told_options = {**told(options, extractors), "curation": _from(folder, judgements)}
        mark = fingerprint_of_outputs(fingerprint(extractors, options))
        inputs = made_of(mark, ledger.keys, curation, links, told_options)
        last = read_last(folder)
        if last and last.inputs == inputs and ledger.reused == len(ledger.keys) and last.stands(folder):
            report = work.again(ledger, last)
            problems = last.problems
        else:
            report, problems = work.write(ledger, curation, links, _from(folder, judgements), last, mark)
        with atomic_write(folder / REPORT) as file:
            file.write((json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
        note_build(folder, inputs, problems)
        shelf.keep(ledger.keys)
    return KnowledgeGraph.open(folder)


class _Work:
    """The steps of one build into one folder."""

    def __init__(
        self, folder: Path, shelf: Shelf, extractors: Sequence[Extractor], options: Options, tell: Progress
    ) -> None:
        self._folder, self._shelf, self._extractors = folder, shelf, extractors
        self._options, self._tell = options, tell
        self._before = len(shelf)
        self.timings = Timings()

    def read(self, files: Sequence[SourceFile | Problem], jobs: int | None, cluster: str | None) -> Ledger:
        """Read what is new or has changed."""
        return read_all(
            files,
            self._shelf,
            self._extractors,
            self._options,
            timings=self.timings,
            tell=self._tell,
            jobs=jobs,
            cluster=cluster,
        )

    def write(
        self,
        ledger: Ledger,
        curation: Curation,
        links: Links,
        judgements: str,
        last: LastBuild | None,
        mark: bytes,
    ) -> tuple[dict[str, object], tuple[Problem, ...]]:
        """Unite the articles and write all outputs but the report; return that, and the problems of all together.

        ``judgements`` is the way to their file, ``last`` what is noted of the last build, ``mark`` tells the code.
        """
        base, timings, keys = self._options.base, self.timings, ledger.keys
        graphs = Stream(lambda: (record.graph for record in self._shelf.read(keys)))
        self._tell("resolving names", 0, 1)
        with timings.of("unite"):
            corpus = unite(graphs, base=base, curation=curation)
        things = write_build(
            self._folder,
            self._groups(keys, corpus),
            corpus.findings,
            links,
            articles=len(keys),
            infer=self._options.infer,
            base=base,
            mark=mark,
            dataset_stands=last is not None and last.dataset_stands(self._folder),
            timings=timings,
            tell=self._tell,
        )
        problems = (*corpus.problems, *(_lost(link) for link in unmatched(links, things)))
        for problem in problems:
            problem_event(problem)
        report = report_of(
            corpus,
            [*ledger.problems, *problems],
            self._extractors,
            self._options,
            timings,
            curation=judgements,
            cache=self.reuse(ledger),
            notes=ledger.notes,
        )
        return report, problems

    def _groups(self, keys: Sequence[bytes], corpus: Corpus) -> Iterator[Group]:
        """Yield the articles of the corpus in groups that change little where some articles come or go."""
        if corpus.renamed is None:
            yield Group(None, lambda: corpus.graphs)
            return
        renamed = corpus.renamed
        for some in _parted(keys):
            records = list(self._shelf.read(some))
            told = [part for record in records for part in (record.content, _encode(dict(renamed(record.iri))))]
            yield Group(key_of(b"articles", *told), partial(_united, records, renamed))

    def again(self, ledger: Ledger, last: LastBuild) -> dict[str, object]:
        """Return the report of a build of what the last one was made of, whose outputs stay as they are."""
        for problem in last.problems:
            problem_event(problem)
        self._tell(DONE, 1, 1)
        earlier = json.loads((self._folder / REPORT).read_bytes())
        problems = [*ledger.problems, *last.problems]
        cache, notes = self.reuse(ledger), ledger.notes
        return renewed(earlier, problems, self._extractors, self.timings, cache=cache, notes=notes)

    def reuse(self, ledger: Ledger) -> dict[str, int]:
        """Return how many articles had a record, how many were read, and how many records are of no more use."""
        read = len(ledger.keys) - ledger.reused
        return {"reused": ledger.reused, "read": read, "removed": self._before - ledger.reused}


def _parted(keys: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield the keys in groups, each but the last ended by a key that says so itself."""
    some: list[bytes] = []
    for key in keys:
        some.append(key)
        if key[0] % GROUP == 0:
            yield some
            some = []
    if some:
        yield some


def _united(records: Iterable[Record], renamed: Callable[[str], Mapping[str, str]]) -> Iterator[ArticleGraph]:
    return (rewritten(record.graph, renamed(record.iri)) for record in records)


def _from(folder: Path, path: Path) -> str:
    """Return the way from the output folder to the file, which holds wherever both are moved together."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on Windows, where they are on two drives
        return path.name


def _lost(link: Link) -> Problem:
    remedy = "Run koopgraph link again, or remove its line."
    return Problem(LINKS, f"{link.thing} ({link.label}) is not in the graph any more", remedy, "link")


def _output_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"{folder}: cannot be made a folder ({error.strerror}). Name another output folder."
        ) from error
    return folder
