"""The rows of the build benchmark: one way to build so many articles, measured in fresh processes.

A row is measured by itself, so that a long run may be cut and gone on with. Articles are made once a size and kept in
the working folder; so is the output that the rebuild begins with.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path

from make_articles import DEFAULT_SEED, path_of, write_articles, write_changed, write_lines
from processes import Failed, Run, command_line, run, size_of

from koopgraph.report import PASSING

ONE, TWO, CLUSTER, CHANGED, STRAIGHTFORWARD = (
    "1 process",
    "2 processes",
    "cluster of 2",
    "1 changed",
    "straightforward",
)
WAYS: Mapping[str, tuple[str, ...]] = {
    ONE: ("--jobs", "1"),
    TWO: ("--jobs", "2"),
    CLUSTER: ("--cluster", "local", "--jobs", "2"),
}
ALL = (ONE, TWO, CLUSTER, CHANGED, STRAIGHTFORWARD)
LAYOUT, REPORT = "layout.json", "report.json"
OUTPUTS = ("graph.ttl", "dataset.trig", "network.html", LAYOUT, REPORT)
STORE = "store"


@dataclass(frozen=True, slots=True)
class Row:
    """One way at one size. ``reason`` says why there are no figures, or why they are not of the whole job.

    Seconds are wall time, ``processor`` is seconds of all processes that were waited for; memory and sizes are bytes.
    ``full`` is the time of the build from scratch that a rebuild is compared with, ``unequal`` the outputs that differ
    from that build's.
    """

    way: str
    articles: int
    reason: str = ""
    seconds: float | None = None
    processor: float | None = None
    tree_bytes: int | None = None
    peak_bytes: int | None = None
    stages: Mapping[str, float] = field(default_factory=dict)
    outputs: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    full: float | None = None
    unequal: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the row as JSON knows it, with articles a second."""
        rate = None if self.seconds is None or self.reason else round(self.articles / self.seconds, 2)
        return {**asdict(self), "articles_a_second": rate}

    @classmethod
    def from_dict(cls, record: Mapping[str, object]) -> Row:
        """Return what :meth:`to_dict` was made of."""
        kept = {name: value for name, value in record.items() if name != "articles_a_second"}
        return cls(**{**kept, "unequal": tuple(kept.get("unequal", ()))})  # type: ignore[arg-type]


class Bench:
    """Measures rows below the folder ``work``; no row may take longer than ``timeout`` seconds."""

    def __init__(
        self, work: Path, *, lines: bool = False, timeout: float | None = None, seed: int = DEFAULT_SEED
    ) -> None:
        self._work, self._lines, self._timeout, self._seed = work, lines, timeout, seed

    def row(self, way: str, articles: int) -> Row:
        """Measure one way at one size; a way that fails or is not there yet gives a row that says so."""
        lacking = [option for option in WAYS.get(way, ()) if option.startswith("--") and option not in options()]
        if lacking and way != ONE:
            return Row(way, articles, f"koopgraph build has no {' and no '.join(lacking)}")
        try:
            if way == STRAIGHTFORWARD:
                return self._straightforward(articles)
            return self._rebuilt(articles) if way == CHANGED else self._built(way, articles)
        except Failed as error:
            return Row(way, articles, str(error))

    def source(self, articles: int) -> Path:
        """Return the articles of that number, made where they are not there yet."""
        folder = self._folder(articles)
        made, complete = folder / "articles", folder / "articles.made"
        if not complete.exists():
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir(parents=True)
            if self._lines:
                write_lines(made / "articles.jsonl", articles, seed=self._seed)
            else:
                write_articles(made, articles, seed=self._seed)
            complete.touch()
        return made

    def _folder(self, articles: int) -> Path:
        return self._work / f"{articles}{'-lines' if self._lines else ''}"

    def _built(self, way: str, articles: int) -> Row:
        output = self._fresh(articles, "out" if way == base() else "other-out")
        done = self._build(way, articles, output)
        if done.timed_out:
            return _cut(way, articles, done)
        row = _row(way, articles, done, output)
        if way == base():
            (output.parent / "full.json").write_text(json.dumps(round(done.seconds, 3)), encoding="utf-8")
        else:
            shutil.rmtree(output)
        return row

    def _build(self, way: str, articles: int, output: Path) -> Run:
        given = WAYS[way] if WAYS[way][0] in options() else ()
        command = (*command_line(), "build", str(self.source(articles)), "-o", str(output), "--quiet", *given)
        return run(*command, timeout=self._timeout)

    def _rebuilt(self, articles: int) -> Row:
        """Build again after a change of one article, and compare with a build of the changed articles from scratch.

        The layout of before goes into both: it is an input, which keeps things where they were in the picture.
        """
        folder = self._folder(articles)
        first, output = folder / "full.json", folder / "out"
        if not first.exists() and self._built(base(), articles).reason:
            return Row(CHANGED, articles, f"the build from scratch took longer than {self._timeout:,.0f} s")
        full = json.loads(first.read_text(encoding="utf-8"))
        first.unlink()  # the output will not be that of these articles any more
        scratch = self._fresh(articles, "other-out")
        scratch.mkdir()
        shutil.copy(output / LAYOUT, scratch)
        self._change(articles, version=1)
        try:
            again = self._build(base(), articles, output)
            other = self._build(base(), articles, scratch)
        finally:
            self._change(articles, version=0)
        if again.timed_out or other.timed_out:
            return _cut(CHANGED, articles, again)
        row = replace(_row(CHANGED, articles, again, output), full=full, unequal=tuple(unequal(output, scratch)))
        shutil.rmtree(scratch)
        return row

    def _change(self, articles: int, *, version: int) -> None:
        """Write the middle article in that version."""
        number, source = articles // 2, self.source(articles)
        if self._lines:
            changed = [number] if version else []
            write_lines(source / "articles.jsonl", articles, seed=self._seed, changed=changed)
        elif version:
            write_changed(source, [number], seed=self._seed)
        else:
            write_articles(source, 1, seed=self._seed, first=number)
        assert self._lines or path_of(source, number).exists()

    def _straightforward(self, articles: int) -> Row:
        output = self._fresh(articles, "straightforward-out")
        script = str(Path(__file__).with_name("straightforward.py"))
        done = run(sys.executable, script, str(self.source(articles)), str(output), timeout=self._timeout)
        if done.timed_out:
            return _cut(STRAIGHTFORWARD, articles, done)
        row = _row(STRAIGHTFORWARD, articles, done, output)
        shutil.rmtree(output)
        return row

    def _fresh(self, articles: int, name: str) -> Path:
        """Return the path of an output folder that is not there."""
        folder = self._folder(articles) / name
        shutil.rmtree(folder, ignore_errors=True)
        return folder


@cache
def options() -> frozenset[str]:
    """Return the options that the installed ``koopgraph build`` has."""
    printed = run(*command_line(), "build", "--help").printed
    return frozenset(word.strip(",") for word in printed.split() if word.startswith("--"))


def base() -> str:
    """Return the way whose output the rebuild begins with: the fastest on one machine."""
    return TWO if "--jobs" in options() else ONE


def sizes(output: Path) -> dict[str, int]:
    """Return the bytes of each output that is there."""
    return {name: size_of(output / name) for name in (*OUTPUTS, STORE) if (output / name).exists()}


def unequal(one: Path, other: Path) -> Iterator[str]:
    """Yield the names of the outputs that are not the same bytes in both folders; a report's seconds do not count."""
    for name in OUTPUTS:
        first, second = one / name, other / name
        if name == REPORT:
            if _untimed(first) != _untimed(second):
                yield name
        elif first.read_bytes() != second.read_bytes():
            yield name


def _untimed(path: Path) -> dict[str, object]:
    report = json.loads(path.read_text(encoding="utf-8"))
    return {name: value for name, value in report.items() if name not in PASSING}


def _row(way: str, articles: int, done: Run, output: Path) -> Row:
    """Return the row of a run that wrote ``output``, a report among it."""
    report = json.loads((output / REPORT).read_text(encoding="utf-8"))
    return Row(
        way,
        articles,
        seconds=round(done.seconds, 3),
        processor=None if done.processor is None else round(done.processor, 3),
        tree_bytes=done.tree_bytes,
        peak_bytes=done.peak_bytes,
        stages=report["timings"],
        outputs=sizes(output),
        counts=report["counts"],
    )


def _cut(way: str, articles: int, done: Run) -> Row:
    return Row(
        way,
        articles,
        f"ended after {done.seconds:,.0f} s",
        seconds=done.seconds,
        tree_bytes=done.tree_bytes,
        peak_bytes=done.peak_bytes,
    )
