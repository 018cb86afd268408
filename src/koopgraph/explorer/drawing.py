"""The network as a drawing for print: one SVG file on white, with the page's shapes and colours, names and a legend.

Any program that reads SVG 1.1 can open it: there is no style sheet, no script and nothing outside the file, and text
stays text. The same graph gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import networkx as nx
import numpy as np
from markupsafe import escape
from numpy.typing import NDArray

from koopgraph.explorer.look import OTHER, light_colours, shapes
from koopgraph.explorer.naming import LINE, Named, named, text_width
from koopgraph.explorer.page import PageLanguage, translations
from koopgraph.explorer.picture import LARGEST, SMALLEST
from koopgraph.network.graphfiles import xml_text
from koopgraph.network.layout import arrange
from koopgraph.network.measures import centrality

WIDTH = 1600.0
MARGIN, SIDES = 40.0, 90.0
"""Room around the drawing, and for names beside it, in its own units (about pixels)."""

HEAD, LEGEND_ROW = 96.0, 26.0
NAME_SIZE, LEGEND_SIZE = 12.0, 13.0
CLOSEST = 1.3
"""How far a small network is enlarged at most."""

LARGE = 2000
"""Above this many things single ones have no tooltip, and fewer names are drawn."""

MOST_NAMES, MOST_NAMES_OF_LARGE = 200, 60
LEAST_RADIUS = 1.2
THIN, THINNEST = 1.2, 0.6
MANY_LINES = 5000
"""More of them would be a grey ground: they are drawn paler."""

_DESCRIPTIONS = {
    "de": "Jedes Zeichen ist ein Ding, jede Linie mindestens eine Aussage über zwei; breite Linien sind mehrere.",
    "en": "Each symbol is a thing, each line at least one statement about two; wide lines are several.",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a drawing is told: its heading, the language of its legend, and places of things that a page has already."""

    title: str | None = None
    language: PageLanguage = "de"
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def draw(graph: nx.MultiDiGraph[str], drawing: Drawing = Drawing()) -> str:
    """Return the network (as ``to_networkx`` makes it) as an SVG document.

    >>> draw(nx.MultiDiGraph(), Drawing(title="Nothing <yet>")).splitlines()[2]
    '<title>Nothing &lt;yet&gt;</title>'
    """
    return "\n".join(_Sheet(graph, drawing).lines()) + "\n"


class _Sheet:
    """The parts of the drawing, each as lines of SVG, and the places they share."""

    def __init__(self, graph: nx.MultiDiGraph[str], drawing: Drawing) -> None:
        self._graph, self._drawing = graph, drawing
        self._words, self._colours = translations()[drawing.language], light_colours()
        self._nodes = list(graph)
        ranks = centrality(graph)
        rank = np.array([ranks[node] for node in self._nodes])
        self._order = sorted(range(len(rank)), key=lambda number: (-rank[number], number))
        self._points, self._scale, self._height = _fitted(graph, drawing)
        self._radii = np.maximum((SMALLEST + (LARGEST - SMALLEST) * rank**0.5) * self._scale, LEAST_RADIUS)
        self._kinds = Counter(self._kind(node) for node in self._nodes)

    def lines(self) -> Iterator[str]:
        title = self._drawing.title or self._words["heading"]
        legend, bottom = self._legend(HEAD + self._height)
        size = f'width="{WIDTH:g}" height="{bottom:g}" viewBox="0 0 {WIDTH:g} {bottom:g}"'
        spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield f'<svg {spaces} xml:lang="{self._drawing.language}" role="img" {size} font-family="sans-serif">'
        yield f"<title>{_text(title)}</title>"
        yield f"<desc>{_text(_DESCRIPTIONS[self._drawing.language])} {_text(self._counts())}</desc>"
        yield f'<rect width="{WIDTH:g}" height="{bottom:g}" fill="#ffffff"/>'
        yield from self._definitions()
        yield f'<text x="{MARGIN:g}" y="44" font-size="24" font-weight="600" fill="{self._ink}">{_text(title)}</text>'
        counts = f"{self._counts()} · koopgraph"
        yield f'<text x="{MARGIN:g}" y="70" font-size="14" fill="{self._colours["soft"]}">{_text(counts)}</text>'
        yield from self._lines_between()
        yield from self._symbols()
        yield from self._names()
        yield from legend
        yield "</svg>"

    @property
    def _ink(self) -> str:
        return self._colours["ink"]

    def _kind(self, node: str) -> str:
        kind = str(self._graph.nodes[node]["type"])
        return kind if kind in shapes() else OTHER

    def _number(self, value: int) -> str:
        return f"{value:,}".replace(",", "." if self._drawing.language == "de" else ",")

    def _counts(self) -> str:
        values = sum(len(data.get("values", ())) for _, data in self._graph.nodes(data=True))
        return self._words["counts"].format(
            entities=self._number(len(self._nodes)),
            statements=self._number(self._graph.number_of_edges() + values),
            articles=self._number(len(self._graph.graph.get("articles", {}))),
        )

    def _definitions(self) -> Iterator[str]:
        yield "<defs>"
        for kind in sorted(self._kinds):
            yield f'<path id="{kind}" d="{shapes()[kind]}"/>'
        yield "</defs>"

    def _lines_between(self) -> Iterator[str]:
        """Yield the lines by their width: what joins the same two things is one line, wider the more it is."""
        at = {node: number for number, node in enumerate(self._nodes)}
        pairs = Counter(tuple(sorted((at[a], at[b]))) for a, b in self._graph.edges() if a != b)
        by_count: dict[int, list[str]] = {}
        for (one, other), count in sorted(pairs.items()):
            by_count.setdefault(min(count, 5), []).append(f"M{self._place(one)}L{self._place(other)}")
        opacity, thin = (0.9 if len(pairs) <= MANY_LINES else 0.35), max(THINNEST, min(self._scale, 1.0) * THIN)
        yield f'<g fill="none" stroke="{self._colours["edge"]}" stroke-opacity="{opacity}">'
        for count, paths in sorted(by_count.items()):
            width = thin * (1 + 0.5 * (count - 1))
            yield f'<path stroke-width="{width:.3g}" d="{"".join(paths)}"/>'
        yield "</g>"

    def _place(self, number: int) -> str:
        x, y = self._points[number]
        return f"{x:.1f} {y:.1f}"

    def _symbols(self) -> Iterator[str]:
        """Yield the things, the most central ones last, so that nothing covers them."""
        yield '<g stroke="#ffffff" stroke-width=".12" stroke-linejoin="round">'
        for number in reversed(self._order):
            node = self._nodes[number]
            kind = self._kind(node)
            use = (
                f'<use xlink:href="#{kind}" fill="{self._colours[kind]}" '
                f'transform="translate({self._place(number)})scale({self._radii[number]:.2f})"'
            )
            label = f"{self._graph.nodes[node]['label']} ({self._word(kind)})"
            yield f"{use}/>" if len(self._nodes) > LARGE else f"{use}><title>{_text(label)}</title></use>"
        yield "</g>"

    def _word(self, kind: str) -> str:
        return self._words.get(f"class.{kind}", "–")

    def _names(self) -> Iterator[str]:
        names = ((number, str(self._graph.nodes[self._nodes[number]]["label"])) for number in self._order)
        bounds = (8.0, HEAD - MARGIN / 2, WIDTH - 8.0, HEAD + self._height + MARGIN / 2)
        most = MOST_NAMES if len(self._nodes) <= LARGE else MOST_NAMES_OF_LARGE
        found = named(names, self._points, self._radii, bounds, size=NAME_SIZE, most=most)
        texts = [line for name in found for line in self._lines_of(name)]
        yield f'<g font-size="{NAME_SIZE:g}" text-anchor="middle" fill="{self._ink}">'
        # Not paint-order: programs that do not know it would draw the halo over the letters.
        yield '<g aria-hidden="true" stroke="#ffffff" stroke-width="3" stroke-linejoin="round" fill="#ffffff">'
        yield from texts
        yield "</g>"
        yield from texts
        yield "</g>"

    def _lines_of(self, name: Named) -> Iterator[str]:
        language = self._graph.nodes[self._nodes[name.number]].get("language")
        tag = f' xml:lang="{language}"' if language in ("de", "en") and language != self._drawing.language else ""
        for number, line in enumerate(name.lines):
            y = name.y + number * LINE * NAME_SIZE
            yield f'<text x="{name.x:.1f}" y="{y:.1f}"{tag}>{_text(line)}</text>'

    def _legend(self, top: float) -> tuple[list[str], float]:
        """Return the lines of the legend, each class with its count, and where the drawing ends below it."""
        x, y = MARGIN, top + MARGIN + LEGEND_ROW
        lines = [f'<g font-size="{LEGEND_SIZE:g}" fill="{self._ink}">']
        for kind, count in sorted(self._kinds.items(), key=lambda item: (-item[1], item[0])):
            words = f"{self._word(kind)} {self._number(count)}"
            width = 22 + text_width(words, LEGEND_SIZE) + 24
            if x + width > WIDTH - MARGIN:
                x, y = MARGIN, y + LEGEND_ROW
            at = f'transform="translate({x + 7:.1f} {y - 5:.1f})scale(7)"'
            symbol = f'<use xlink:href="#{kind}" fill="{self._colours[kind]}" {at}/>'
            lines += [symbol, f'<text x="{x + 22:.1f}" y="{y:.1f}">{_text(words)}</text>']
            x += width
        return [*lines, "</g>"], y + MARGIN


def _fitted(graph: nx.MultiDiGraph[str], drawing: Drawing) -> tuple[NDArray[np.float64], float, float]:
    """Return the places on the sheet, the scale they are drawn at, and the height that they take."""
    if not graph:
        return np.empty((0, 2)), 1.0, 0.0
    points = np.array(list(arrange(graph, known=drawing.places).places.values()))
    low, high = points.min(axis=0), points.max(axis=0)
    room = WIDTH - 2 * SIDES
    scale = min(room / max(float(high[0] - low[0]), 1.0), CLOSEST)
    height = float(high[1] - low[1]) * scale + 2 * MARGIN
    centre = (low + high) / 2
    return (points - centre) * scale + [WIDTH / 2, HEAD + height / 2], scale, height


def _text(text: str) -> str:
    return str(escape(xml_text(text)))
