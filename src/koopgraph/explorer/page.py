"""The network as one self-contained page: no request leaves it, and no text in it can become markup or script.

pyvis's ``generate_html()`` renders our own template (its stock page asks CDNs, does not escape headings and ids,
and needs minutes of physics); the layout is computed beforehand, in Python.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import networkx as nx
from jinja2 import Environment, PackageLoader, StrictUndefined
from pyoxigraph import Quad, Store

from koopgraph.collector import collector_off
from koopgraph.explorer.embedding import columns, embedded_json, source_hash
from koopgraph.explorer.look import shapes
from koopgraph.explorer.picture import common_base, picture
from koopgraph.explorer.script import page_script, page_style, vis_network
from koopgraph.files import atomic_write
from koopgraph.network.convert import to_networkx
from koopgraph.network.layout import Arrangement, arrange
from koopgraph.network.part import WHOLE, part_of
from koopgraph.network.places import read_places, write_places
from koopgraph.network.stored import stored_part

if TYPE_CHECKING:
    from koopgraph.store import HasArticle

PageLanguage = Literal["de", "en"]

VIEWS = ("network", "list", "timeline", "map", "reader")
"""The views of the page in the order of their tabs."""


@collector_off()
def render(
    source: Store | Iterable[Quad] | nx.MultiDiGraph[str],
    *,
    title: str | None = None,
    language: PageLanguage = "de",
    articles: Iterable[HasArticle] = (),
) -> str:
    """Return the page of a graph as HTML.

    ``source`` is a ``pyoxigraph.Store``, an iterable of quads, or what ``to_networkx`` made of them. ``title`` is the
    page's heading; ``language`` that in which it opens (readers can switch); ``articles`` have the texts that its
    reader shows, without which it shows the sentences that are quoted. Of more things than a page bears
    (:data:`koopgraph.network.part.MOST_THINGS`) it holds the most central, and says so. The same graph gives the same
    text.

    >>> page = render([], title="Nothing yet", language="en")
    >>> "<title>Nothing yet</title>" in page
    True
    """
    graph = _network(source)
    return _rendered(graph, arrange(graph), title=title, language=language, articles=articles)


@collector_off()
def write_page(
    source: Store | Iterable[Quad] | nx.MultiDiGraph[str],
    path: Path,
    *,
    title: str | None = None,
    language: PageLanguage = "de",
    articles: Iterable[HasArticle] = (),
    places: Path | None = None,
) -> None:
    """Write :func:`render` to ``path`` in UTF-8, whole or not at all.

    Of a store with more things than a page bears only what the page shows is ever held; nor are ``articles`` that can
    be gone through twice (no iterator). ``places`` is a file that keeps where things stand: what an earlier page put
    somewhere stays there. Raises :class:`koopgraph.errors.ExportError` where one of the files cannot be written.
    """
    graph = _network(source)
    arrangement = arrange(graph, known=read_places(places) if places else None)
    text = _rendered(graph, arrangement, title=title, language=language, articles=articles)
    with atomic_write(path, "w") as file:
        file.write(text)
    if places:
        write_places(places, arrangement.places, base=common_base(list(graph)))


def _network(source: Store | Iterable[Quad] | nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    if isinstance(source, Store):
        return stored_part(source, WHOLE)
    return part_of(source if isinstance(source, nx.MultiDiGraph) else to_networkx(source), WHOLE)


def _rendered(
    graph: nx.MultiDiGraph[str],
    arrangement: Arrangement,
    *,
    title: str | None,
    language: PageLanguage,
    articles: Iterable[HasArticle],
) -> str:
    heading = title or translations()[language]["heading"]
    network, context, texts = picture(graph, arrangement, title=heading, articles=articles)
    network.templateEnv = _environment()
    network.templateEnv.globals.update(
        language=language,
        titled=title is not None,
        words=translations()[language],
        translations=translations(),
        context={**context, "passages": columns(context["passages"])},
        texts=texts,
        views=VIEWS,
        shapes=shapes(),
        outlines=_outlines(),
        vis=vis_network(),
        script=page_script(),
        style=page_style(),
        policy=_policy(),
    )
    network.path = "network.html"
    return str(network.generate_html())


@cache
def translations() -> dict[str, dict[str, str]]:
    """Return the page's words by language and key; both languages have the same keys."""
    text = (files("koopgraph.explorer") / "translations.json").read_text("utf-8")
    words: dict[str, dict[str, str]] = json.loads(text)
    return words


@cache
def _outlines() -> dict[str, object]:
    """Return the coasts and borders of the map; ``scripts/make_outlines.py`` says where they come from."""
    outlines: dict[str, object] = json.loads((files("koopgraph.explorer") / "outlines.json").read_text("utf-8"))
    return outlines


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("koopgraph.explorer"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["columns"] = columns
    environment.filters["embedded"] = embedded_json
    environment.filters["parsed"] = json.loads
    return environment


def _policy() -> str:
    scripts = f"{source_hash(vis_network())} {source_hash(page_script())}"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {source_hash(page_style())}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
