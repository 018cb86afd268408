"""From the networkx graph to pyvis's ``Network``: every entity with its place, every statement with its sentences.

pyvis's lists are filled directly: its ``add_edge`` looks through all edges each time, which takes minutes at
20,000 nodes. Sentences are kept once, beside the network, and are referred to by their number; where the page holds the
article's text they are a piece of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

import networkx as nx

from koopgraph.explorer.texts import held_texts, in_units
from koopgraph.network.convert import ArticleRecord
from koopgraph.network.layout import Arrangement
from koopgraph.network.measures import centrality
from koopgraph.network.statements import Passage
from koopgraph.rdf.vocabulary import RELATIONS, themes

if TYPE_CHECKING:
    from pyvis.network import Network

    from koopgraph.store import HasArticle

SMALLEST = 6.0
LARGEST = 22.0
"""Radius of the least and the most central entity, in pixels at full size; between them area follows the rank."""

OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "tooltipDelay": 3_600_000,
        "keyboard": {"enabled": True, "bindToWindow": False, "autoFocus": False},
    },
    "nodes": {"font": {"size": 0}, "borderWidth": 0, "chosen": False},
    "edges": {
        "smooth": False,
        "arrows": {"to": {"scaleFactor": 0.45}, "from": {"scaleFactor": 0.45}},
        "font": {"size": 0},
        "hoverWidth": 0.5,
        "selectionWidth": 0.8,
    },
}
"""What vis-network is told: nothing moves, and names are drawn by the page's own script, without collisions."""


class Article(TypedDict):
    """An article as the page shows it; ``authors`` are numbers of nodes."""

    title: str
    source: str
    language: str
    issued: str
    publisher: str
    url: str
    authors: list[int]


class Context(TypedDict):
    """What stands beside the network: ``base`` begins every relative IRI; passages refer to articles by number.

    ``left_out`` says what is not on the page: ``things``, ``statements``, ``passages`` and ``texts`` (of articles) by
    number.
    """

    base: str
    articles: list[Article]
    passages: list[dict[str, object]]
    themes: dict[str, dict[str, str]]
    left_out: dict[str, int]


class _Passages:
    """Sentences by article and offsets, each kept once and numbered in the order in which it is first used."""

    def __init__(self, articles: list[str]) -> None:
        self._article = {iri: number for number, iri in enumerate(articles)}
        self._number: dict[tuple[str, int, int], int] = {}
        self._kept: list[Passage] = []

    def numbers(self, passages: list[Passage]) -> list[int]:
        return [self._add(passage) for passage in passages]

    def _add(self, passage: Passage) -> int:
        key = (passage["article"], passage["begin"], passage["end"])
        if key not in self._number:
            self._number[key] = len(self._kept)
            self._kept.append(passage)
        return self._number[key]

    def cited(self) -> Counter[str]:
        """Return the number of sentences of each article."""
        return Counter(passage["article"] for passage in self._kept)

    def rows(self, texts: dict[str, str]) -> list[dict[str, object]]:
        """Return the sentences; one that stands in ``texts`` is told by its offsets in UTF-16 units alone."""
        return [self._row(passage, texts.get(passage["article"])) for passage in self._kept]

    def _row(self, passage: Passage, text: str | None) -> dict[str, object]:
        begin, length = passage["begin"], passage["end"] - passage["begin"]
        sentence = passage["sentence"]
        if text is not None and text[begin : passage["end"]] == sentence:
            begin, length, sentence = in_units(text, begin), in_units(sentence, length), ""
        article = self._article.get(passage["article"], -1)
        return {"article": article, "begin": begin, "length": length, "sentence": sentence}


def picture(
    graph: nx.MultiDiGraph[str], arrangement: Arrangement, *, title: str, articles: Iterable[HasArticle] = ()
) -> tuple[Network, Context, dict[int, str]]:
    """Return the pyvis network of ``graph`` (as ``to_networkx`` makes it), what the page needs beside it, and texts.

    ``arrangement`` says where each node stands (:func:`koopgraph.network.layout.arrange`). Nodes are numbered in the
    order of ``graph``; ``iri`` is relative to ``Context.base`` where it begins with it. Texts are those of
    ``articles``, as many as a page bears, by their number in ``Context.articles``.
    """
    # pyvis imports IPython, a quarter of a second that nobody should wait for who draws nothing.
    from pyvis.network import Network

    network = Network(directed=True, heading=title, cdn_resources="in_line")
    network.options = OPTIONS
    records: dict[str, ArticleRecord] = graph.graph.get("articles", {})
    passages = _Passages(list(records))
    base = common_base(list(graph))
    number = {iri: index for index, iri in enumerate(graph)}
    network.nodes = _nodes(graph, arrangement, base, passages)
    network.node_ids = list(number.values())
    network.edges = _edges(graph, number, passages)
    texts = held_texts(articles, passages.cited())
    context = Context(
        base=base,
        articles=[_article(record, number) for record in records.values()],
        passages=passages.rows(texts),
        themes={**{name: dict(words) for name, words in themes().items()}, **graph.graph.get("themes", {})},
        left_out={**graph.graph.get("left_out", {}), "texts": len(passages.cited()) - len(texts)},
    )
    return network, context, {at: texts[iri] for at, iri in enumerate(records) if iri in texts}


def _nodes(
    graph: nx.MultiDiGraph[str], arrangement: Arrangement, base: str, passages: _Passages
) -> list[dict[str, object]]:
    ranks = centrality(graph)
    nodes: list[dict[str, object]] = []
    for index, iri in enumerate(graph):
        data, (x, y) = graph.nodes[iri], arrangement.places[iri]
        node: dict[str, object] = {
            "id": index,
            "label": data["label"],
            "group": data["type"],
            "x": x,
            "y": y,
            "size": round(SMALLEST + (LARGEST - SMALLEST) * ranks[iri] ** 0.5, 1),
            "iri": iri.removeprefix(base),
            "names": data["names"][1:],
            "values": [
                [v["relation"], v["value"], v["confidence"], v["extractors"], passages.numbers(v["evidence"])]
                for v in data["values"]
            ],
            "mentions": passages.numbers(data["mentions"]),
            "place": [round(data["longitude"], 4), round(data["latitude"], 4)] if "longitude" in data else None,
            "same": data.get("same", []),
            "community": arrangement.community[iri],
        }
        nodes.append(node)
    return nodes


def _edges(graph: nx.MultiDiGraph[str], number: dict[str, int], passages: _Passages) -> list[dict[str, object]]:
    edges: list[dict[str, object]] = []
    for subject, other, data in graph.edges(data=True):
        edge: dict[str, object] = {
            "from": number[subject],
            "to": number[other],
            "arrows": "" if RELATIONS[data["relation"]].symmetric else "to",
            "relation": data["relation"],
            "confidence": data["confidence"],
            "extractors": data["extractors"],
            "role": data.get("role", ""),
            "evidence": passages.numbers(data["evidence"]),
        }
        edges.append(edge)
    return edges


def _article(record: ArticleRecord, number: dict[str, int]) -> Article:
    return Article(
        title=record["title"],
        source=record["source"],
        language=record["language"],
        issued=record["issued"],
        publisher=record["publisher"],
        url=record["url"],
        authors=[number[iri] for iri in record["authors"] if iri in number],
    )


def common_base(iris: list[str]) -> str:
    """Return what most IRIs begin with before ``class/slug``, so that links stay the same when a graph grows.

    >>> common_base(["https://example.org/id/city/ulm", "https://example.org/id/person/jana-muster"])
    'https://example.org/id/'
    """
    counts = Counter("".join(f"{part}/" for part in iri.split("/")[:-2]) for iri in iris)
    return min(counts, key=lambda base: (-counts[base], base), default="")
