"""The knowledge graph that a build leaves behind, as its user holds it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from koopgraph.errors import StoreError
from koopgraph.store import Generation, StoredArticle, open_generation, open_graph, read_articles

if TYPE_CHECKING:
    import networkx
    import pyoxigraph
    import rdflib

    from koopgraph.explorer.drawing import Drawing
    from koopgraph.explorer.frame import Frame
    from koopgraph.explorer.page import PageLanguage
    from koopgraph.export.bundle import Bundle
    from koopgraph.findings import Report
    from koopgraph.query import BindingValue, Result


class KnowledgeGraph:
    """A built graph: ask it, walk it, check it, write it in other formats.

    It shows one state, that of its opening: a later build into the same folder does not change it.

    >>> graph = KnowledgeGraph.open("tests/data/sample.trig")
    >>> graph.query("awards").rows[0]["givers"]
    'UNU'
    """

    def __init__(self, store: pyoxigraph.Store, path: Path | None = None, generation: Generation | None = None) -> None:
        """Take an open store, the folder or file that it came from, and its generation (where there are)."""
        self.store = store
        self.path = path
        self._generation = generation
        self._infers = False

    @classmethod
    def open(cls, path: str | Path = "output") -> KnowledgeGraph:
        """Open a build's output folder, or an RDF file (``.trig``, ``.ttl``, ``.nq``, ``.jsonld`` …).

        Raises :class:`StoreError` where nothing is there, or it is no graph.
        """
        path = Path(path)
        if not path.is_dir():
            return cls(open_graph(path), path)
        generation = open_generation(path)
        return cls(generation.store, path, generation)

    def query(self, text_or_name: str, **bindings: BindingValue) -> Result:
        """Answer SPARQL or a named question (``koopgraph query --list``); ``bindings`` give its variables values.

        Ask the graph that :meth:`infer` returns for answers from what follows by the ontology too.
        Raises :class:`QueryError` where the query is malformed, unknown, lacks a parameter, or would change things.

        >>> graph = KnowledgeGraph.open("tests/data/sample.trig")
        >>> [row["relation"] for row in graph.query("evidence", entity="Elke Pahl-Weber")]
        ['affiliatedWith', 'moderates']
        >>> graph.query("SELECT ?project { ?project koop:partnerCity $city }", city="city:bremen").rows
        ({'project': 'https://w3id.org/koopgraph/id/project/koopstadt'},)
        """
        from koopgraph.query import run

        return run(self.store, text_or_name, bindings, infer=self._infers)

    def infer(self) -> KnowledgeGraph:
        """Return this graph together with what follows from it by the ontology, in a graph of its own.

        That graph is ``{base}graph/inferred``; queries of the returned one are answered from both.

        >>> asserted = KnowledgeGraph.open("tests/data/sample.trig")
        >>> who = "SELECT ?person { ?person koop:participatesIn ?event }"
        >>> len(asserted.query(who)), asserted.infer().query(who).rows
        (0, ({'person': 'https://w3id.org/koopgraph/id/person/elke-pahl-weber'},))
        """
        from koopgraph.query.runner import inferring

        store, _ = inferring(self.store)
        graph = KnowledgeGraph(store, self.path, self._generation)
        graph._infers = True
        return graph

    @cached_property
    def rdf(self) -> rdflib.Dataset:
        """The graph as an rdflib ``Dataset`` over the same store, its default graph the merged statements.

        It refuses changes: ``rdflib.Graph() + graph.rdf.default_graph`` is a copy that takes them.

        >>> from rdflib import URIRef
        >>> koopstadt = URIRef("https://w3id.org/koopgraph/id/project/koopstadt")
        >>> graph = KnowledgeGraph.open("tests/data/sample.trig")
        >>> str(next(graph.rdf.objects(koopstadt, URIRef("https://w3id.org/koopgraph/ontology#budget"))))
        '1200000 EUR'
        """
        from koopgraph.dataset import dataset_of

        return dataset_of(self.store)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return the things as nodes and the statements between them as edges, each with its evidence.

        >>> network = KnowledgeGraph.open("tests/data/sample.trig").to_networkx()
        >>> network.nodes["https://w3id.org/koopgraph/id/city/bremen"]["label"]
        'Bremen'
        """
        from koopgraph.network.convert import to_networkx

        return to_networkx(self.store)

    def page(
        self,
        *,
        title: str | None = None,
        language: PageLanguage = "de",
        texts: bool = True,
        **part: Any,
    ) -> str:
        """Return the explorer as one HTML page: network, list, timeline, map and articles.

        ``part`` are the fields of :class:`koopgraph.network.part.Part`: ``focus`` (names or IRIs), ``depth``,
        ``classes``, ``since``, ``until``, ``most``, ``passages``. ``texts`` puts in the articles, as many as a page
        bears. Raises :class:`QueryError` for a focus that is nothing or several things.

        >>> page = KnowledgeGraph.open("tests/data/sample.trig").page(focus=("koopstadt",), depth=1)
        >>> "Bremen" in page, "Elke Pahl-Weber" in page
        (True, False)
        """
        from koopgraph.explorer.page import render
        from koopgraph.network.part import Part
        from koopgraph.network.stored import stored_part

        shown = stored_part(self.store, Part(**part))
        return render(shown, title=title, language=language, articles=self.articles if texts else ())

    def show(self, *focus: str, depth: int = 2, height: int = 640, language: PageLanguage = "de") -> Frame:
        """Return the explorer, or what is around ``focus`` (names or IRIs), to be shown in a notebook.

        ``height`` is in pixels. Raises :class:`QueryError` as :meth:`page` does.

        >>> KnowledgeGraph.open("tests/data/sample.trig").show("koopstadt", depth=1)
        Frame(height=640): shown in a notebook; elsewhere write KnowledgeGraph.page() to a file and open that
        """
        from koopgraph.explorer.frame import Frame

        return Frame(self.page(focus=focus, depth=depth, language=language), height)

    def export(
        self,
        path: str | Path,
        format: str | None = None,
        *,
        geosparql: bool = False,
        bundle: Bundle | None = None,
        drawing: Drawing | None = None,
    ) -> None:
        """Write the graph to ``path``, atomically, in one of the formats of :data:`koopgraph.export.FORMATS`.

        Without ``format`` the suffix of ``path`` decides. 'csv' and 'parquet' make ``path`` a folder of tables,
        'ro-crate' a folder or zip with everything, of which :meth:`bundle` says more; :meth:`drawing` says more of
        'svg'. ``geosparql`` adds a geometry to everything with a position, in RDF formats.
        Raises :class:`ExportError` for an unknown format, or a path that cannot be written.
        """
        from koopgraph.export import export, format_of

        path = Path(path)
        wanted = bundle or (self.bundle() if format_of(path, format) == "ro-crate" else None)
        drawn = drawing or (self.drawing() if format_of(path, format) == "svg" else None)
        export(self.store, path, format, geosparql=geosparql, bundle=wanted, drawing=drawn)

    def drawing(self, *, title: str | None = None, language: PageLanguage = "de") -> Drawing:
        """Return how the network is drawn ('svg'): its heading, the language of its legend ('de' or 'en').

        Things stand where the build's page has them.
        """
        from koopgraph.explorer.drawing import Drawing
        from koopgraph.network.places import read_places
        from koopgraph.outputs import PLACES

        folder = self.path if self.path is not None and self.path.is_dir() else None
        return Drawing(title, language, read_places(folder / PLACES) if folder else {})

    def bundle(
        self,
        *,
        date: str | None = None,
        licence: str | None = None,
        creators: Sequence[str] = (),
        texts: bool = False,
    ) -> Bundle:
        """Return what a research bundle ('ro-crate') holds beside the graph: report, judgements and what is said here.

        ``date`` is its YYYY-MM-DD (by default the newest article's), ``licence`` an address. ``texts`` puts in the
        articles, which their authors must have allowed. Raises :class:`ExportError` for a date or licence that is none.
        """
        from koopgraph.export.bundle import Bundle

        articles = self.articles if texts else ()
        return Bundle(date, licence, tuple(creators), articles, self.report or None, self._curation())

    def _curation(self) -> bytes | None:
        """Return the judgements that the build applied, where they still are."""
        named = (self.report.get("curation") or {}).get("file")
        if not named or self.path is None:
            return None
        file = (self.path if self.path.is_dir() else self.path.parent) / str(named)
        try:
            return file.read_bytes() if file.is_file() else None
        except OSError as error:
            raise StoreError(f"{file}: cannot be read ({error.strerror}). Make it readable.") from error

    def validate(self, shapes: Sequence[str | Path] = (), language: str = "en", *, engine: str = "auto") -> Report:
        """Check the graph against the ontology's shapes, and those of the files ``shapes`` as well.

        ``language`` ('de' or 'en') is that of the messages; ``engine`` 'reference' has pySHACL check everything,
        'auto' only what the faster engine does not know. Raises :class:`OntologyError` for a shapes file
        that cannot be read.
        """
        from koopgraph.validate import validate

        return validate(self.store, shapes=[Path(file) for file in shapes], language=language, engine=engine)

    @cached_property
    def articles(self) -> tuple[StoredArticle, ...]:
        """The stored texts that all offsets refer to, in the order of the build; none for a graph from a file.

        >>> KnowledgeGraph.open("tests/data/sample.trig").articles
        ()
        """
        return () if self._generation is None else tuple(read_articles(self._generation.folder))

    @cached_property
    def report(self) -> dict[str, Any]:
        """The build's report (counts, problems, timings); empty where no ``report.json`` is beside the graph."""
        if self.path is None:
            return {}
        file = (self.path if self.path.is_dir() else self.path.parent) / "report.json"
        try:
            report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise StoreError(f"{file}: cannot be read ({error}). Run koopgraph build again.") from error
        return report

    def __len__(self) -> int:
        """Count the statements of the default graph."""
        from koopgraph.query import run

        return int(str(run(self.store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0]["n"]))

    def __repr__(self) -> str:
        """Name the graph by its place."""
        return f"KnowledgeGraph({str(self.path)!r})" if self.path else "KnowledgeGraph(in memory)"
