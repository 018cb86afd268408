"""A part of a network: around some things, of some classes, from some time, and never more than a page bears."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx as nx
import numpy as np

from koopgraph.errors import QueryError
from koopgraph.model import EntityType
from koopgraph.network.finding import find_thing
from koopgraph.network.measures import centrality
from koopgraph.rdf.dates import days

MOST_THINGS = 20_000
"""Up to here the page opens in about a second on two cores (``tests/benchmarks/bench_explorer.py``)."""


MOST_PASSAGES = 200_000
"""Sentences under things and statements, counted under each: as a page holds them, some 30 MB."""


@dataclass(frozen=True, slots=True)
class Part:
    """What to show of a network; at rest all of it.

    ``focus`` are things by IRI or name: only they are shown and what is at most ``depth`` statements away from one of
    them. ``classes`` (of :class:`EntityType`) and the days ``since`` and ``until`` (``YYYY``, ``YYYY-MM`` or
    ``YYYY-MM-DD``) leave out everything else but the focus. Of more than ``most`` things the nearest to the focus
    stay, of those the most central. Of more than ``passages`` sentences each thing and each statement keeps its first
    ones, so many that all together are no more (but each keeps one).
    """

    focus: tuple[str, ...] = ()
    depth: int = 2
    classes: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""
    most: int = MOST_THINGS
    passages: int = MOST_PASSAGES

    @property
    def narrow(self) -> bool:
        """Tell whether anything but the number of things decides."""
        return bool(self.focus or self.classes or self.since or self.until)


WHOLE = Part()
"""What a page shows where nobody asks for less."""


def part_of(graph: nx.MultiDiGraph[str], part: Part) -> nx.MultiDiGraph[str]:
    """Return the part of ``graph`` (as ``to_networkx`` makes it), itself where that is all of it.

    Nodes and edges keep their order and attributes; articles that nothing refers to any more are left out.
    ``graph["left_out"]`` counts the ``things`` and ``statements`` that ``most`` left out, and the ``passages`` that
    there were too many of. A thing with dates is in
    time by these, any other by the articles that name it, as in the page's own filter.
    Raises :class:`QueryError` for a focus that is nothing or several things, and for what is no class or day.
    """
    check(part)
    focus = [find_thing(graph, text) for text in part.focus]
    distance = _distances(graph, focus, part.depth) if focus else dict.fromkeys(graph, 0)
    wanted = [iri for iri in graph if iri in distance and (iri in focus or _passes(graph, iri, part))]
    kept = _nearest(graph, wanted, distance, part.most)
    if len(kept) == len(graph):
        return _shortened(graph, part.passages)
    shown = _subgraph(graph, kept)
    if len(kept) < len(wanted):
        asked = _subgraph(graph, set(wanted))
        left_out = {"things": len(wanted) - len(kept), "statements": statements(asked) - statements(shown)}
        shown.graph["left_out"] = left_out
    return _shortened(shown, part.passages)


def fitting_length(lengths: Collection[int], most: int) -> int:
    """Return the length to which lists are cut so that they hold ``most`` together; none is cut to less than one.

    >>> fitting_length([1, 2, 50, 9], 13), fitting_length([1, 2], 13), fitting_length([5, 5], 1)
    (5, 2, 1)
    """
    longest, array = max(lengths, default=0), np.array([*lengths], dtype=np.int64)
    return max(1, bisect_right(range(longest + 1), most, key=lambda length: int(np.minimum(array, length).sum())) - 1)


def check(part: Part) -> None:
    """Raise :class:`QueryError` for what is no class or day, or cannot be shown."""
    known = [kind.value for kind in EntityType]
    if unknown := sorted(part.classes - set(known)):
        raise QueryError(f"{unknown[0]!r} is no class. Known are: {', '.join(known)}.")
    for text in (part.since, part.until):
        if text and days(text) is None:
            raise QueryError(f"{text!r} is no day, month or year. Write it as 2015, 2015-09 or 2015-09-16.")
    if part.depth < 0 or part.most < 1:
        raise QueryError("the depth is 0 or more steps, and at least one thing must be shown.")


def _distances(graph: nx.MultiDiGraph[str], focus: Iterable[str], depth: int) -> dict[str, int]:
    """Return the steps from the nearest of ``focus``, against the direction of statements as well."""
    distance = dict.fromkeys(focus, 0)
    rim = list(distance)
    for step in range(1, depth + 1):
        reached = [other for iri in rim for other in (*graph.successors(iri), *graph.predecessors(iri))]
        rim = [iri for iri in dict.fromkeys(reached) if iri not in distance]
        distance.update(dict.fromkeys(rim, step))
    return distance


def _passes(graph: nx.MultiDiGraph[str], iri: str, part: Part) -> bool:
    data = graph.nodes[iri]
    if part.classes and data["type"] not in part.classes:
        return False
    if not part.since and not part.until:
        return True
    dated = [span for text in data.get("date", ()) if (span := _span(text))]
    if dated:
        return any(_overlaps(span, part) for span in dated)
    records = graph.graph.get("articles", {})
    issued = {records[article]["issued"] for article in _cited(graph, iri) if article in records}
    return any(_overlaps(span, part) for text in issued if (span := _span(text)))


def _span(edtf: str) -> tuple[date, date] | None:
    """Return the first and the last day of a date; None where no year is known."""
    start, slash, end = edtf.partition("/")
    first, last = days(start), days(end if slash else start)
    if any(found and found.yearless for found in (first, last)) or not (first or last):
        return None
    return first.first if first else date.min, last.last if last else date.max


def _overlaps(span: tuple[date, date], part: Part) -> bool:
    since, until = days(part.since), days(part.until)
    return (until is None or span[0] <= until.last) and (since is None or span[1] >= since.first)


def _cited(graph: nx.MultiDiGraph[str], iri: str) -> set[str]:
    """Return the articles that name a thing, or state something of it."""
    data = graph.nodes[iri]
    evidence = [*data["mentions"], *(passage for value in data["values"] for passage in value["evidence"])]
    for _, _, edge in (*graph.out_edges(iri, data=True), *graph.in_edges(iri, data=True)):
        evidence += edge["evidence"]
    return {passage["article"] for passage in evidence}


def _nearest(graph: nx.MultiDiGraph[str], wanted: list[str], distance: dict[str, int], most: int) -> set[str]:
    if len(wanted) <= most:
        return set(wanted)
    rank = centrality(graph)
    return set(sorted(wanted, key=lambda iri: (distance[iri], -rank[iri], iri))[:most])


def _subgraph(graph: nx.MultiDiGraph[str], kept: set[str], longest: int | None = None) -> nx.MultiDiGraph[str]:
    """Return the things ``kept`` and what is between them, each with at most ``longest`` sentences."""
    # Not graph.subgraph(): its nodes stand in the order of a set.
    shown: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    shown.add_nodes_from((iri, _cut(data, longest)) for iri, data in graph.nodes(data=True) if iri in kept)
    for subject, other, key, data in graph.edges(keys=True, data=True):
        if subject in kept and other in kept:
            shown.add_edge(subject, other, key=key, **_cut(data, longest))
    cited = {article for iri in shown for article in _cited(shown, iri)}
    articles = graph.graph.get("articles", {})
    held = {iri: record for iri, record in articles.items() if iri in cited or kept & set(record["authors"])}
    shown.graph.update({**graph.graph, "articles": held})
    return shown


def _cut(data: dict[str, Any], longest: int | None) -> dict[str, Any]:
    if longest is None:
        return data
    cut: dict[str, Any] = {name: data[name][:longest] for name in ("mentions", "evidence") if name in data}
    if "values" in data:
        cut["values"] = [{**value, "evidence": value["evidence"][:longest]} for value in data["values"]]
    return data | cut


def _shortened(graph: nx.MultiDiGraph[str], most: int) -> nx.MultiDiGraph[str]:
    lengths = [length for _, data in graph.nodes(data=True) for length in _lengths(data)]
    lengths += [length for *_, data in graph.edges(data=True) for length in _lengths(data)]
    if sum(lengths) <= most:
        return graph
    longest = fitting_length(lengths, most)
    shown = _subgraph(graph, set(graph), longest)
    gone = sum(max(0, length - longest) for length in lengths)
    shown.graph["left_out"] = {**graph.graph.get("left_out", {}), "passages": gone}
    return shown


def _lengths(data: dict[str, Any]) -> list[int]:
    told = [data[name] for name in ("mentions", "evidence") if name in data]
    return [len(passages) for passages in (*told, *(value["evidence"] for value in data.get("values", ())))]


def statements(graph: nx.MultiDiGraph[str]) -> int:
    """Count the statements of a network: those between things and those of a thing and a text."""
    return graph.number_of_edges() + sum(len(values) for _, values in graph.nodes(data="values"))
