"""The page as a text: self-contained, deterministic, and proof against hostile data."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import Quad, RdfFormat, Store, parse

from koopgraph.explorer import page
from koopgraph.explorer.embedding import source_hash
from koopgraph.explorer.page import render, translations, write_page
from koopgraph.explorer.picture import picture
from koopgraph.explorer.script import page_script, page_style, vis_network
from koopgraph.model import Article, EntityType
from koopgraph.network.convert import to_networkx
from koopgraph.network.layout import arrange
from koopgraph.network.part import Part
from koopgraph.rdf.vocabulary import RELATIONS
from koopgraph.store import StoredArticle

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
HOSTILE = "</script><script>window.hit=1</script><img src=x onerror=alert(1)>\u2028&lt;"


class Parts(HTMLParser):
    """Collects a page's elements, and the content of its scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open = tag in ("script", "style")
        if self.open:
            self.inside.append("")

    def handle_endtag(self, tag: str) -> None:
        self.open = False

    def handle_data(self, data: str) -> None:
        if self.open:
            self.inside[-1] += data


def parts_of(page: str) -> Parts:
    parts = Parts()
    parts.feed(page)
    return parts


def data_of(page: str, name: str) -> dict[str, object]:
    match = re.search(rf'<script type="application/json" id="{name}-data">(.*?)</script>', page, re.DOTALL)
    assert match
    found: dict[str, object] = json.loads(match[1])
    return found


@pytest.fixture(scope="module")
def sample_quads() -> tuple[Quad, ...]:
    return tuple(parse(SAMPLE.read_bytes(), format=RdfFormat.TRIG))


@pytest.fixture(scope="module")
def sample_page(sample_quads: tuple[Quad, ...]) -> str:
    return render(sample_quads, title="Drei Städte")


def test_the_same_graph_gives_the_same_bytes(sample_quads: tuple[Quad, ...], sample_page: str, tmp_path: Path) -> None:
    write_page(reversed(sample_quads), tmp_path / "network.html", title="Drei Städte")
    assert (tmp_path / "network.html").read_bytes() == sample_page.encode()
    store = Store(str(tmp_path / "store"))
    store.extend(sample_quads)
    write_page(store, tmp_path / "stored.html", title="Drei Städte")
    assert (tmp_path / "stored.html").read_bytes() == sample_page.encode()


def test_a_store_with_too_many_things_gives_the_page_of_the_most_central(
    sample_quads: tuple[Quad, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = Part(most=7, passages=12)
    monkeypatch.setattr(page, "WHOLE", fewer)
    store = Store()
    store.extend(sample_quads)
    write_page(store, tmp_path / "stored.html")
    text = (tmp_path / "stored.html").read_text("utf-8")
    assert text == render(to_networkx(sample_quads))
    left_out = data_of(text, "context")["left_out"]
    assert isinstance(left_out, dict)
    assert min(left_out[name] for name in ("things", "statements", "passages")) > 0


def test_the_page_refers_to_nothing_outside_itself(sample_page: str) -> None:
    for tag, attributes in parts_of(sample_page).elements:
        assert tag not in ("link", "iframe", "object", "embed", "img", "base")
        assert not {"src", "href", "srcset", "action"} & attributes.keys()


def test_the_policy_allows_exactly_the_scripts_and_the_style_that_are_there(sample_page: str) -> None:
    parts = parts_of(sample_page)
    policy = next(str(a["content"]) for tag, a in parts.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    for text in (vis_network(), page_script(), page_style()):
        assert source_hash(text) in policy
        assert text in parts.inside
        assert "\r" not in text


def test_no_element_has_a_script_or_a_style_of_its_own(sample_page: str) -> None:
    for _, attributes in parts_of(sample_page).elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_the_page_has_doctype_language_title_and_one_heading(sample_page: str) -> None:
    assert sample_page.startswith('<!doctype html>\n<html lang="de">')
    assert sample_page.count("<title>Drei Städte</title>") == 1
    assert sample_page.count("<h1>Drei Städte</h1>") == 1
    assert '<html lang="en">' in render([], language="en")


def test_hostile_texts_stay_inside_the_data() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node(HOSTILE, label=HOSTILE, type="Person", language="de", names=[HOSTILE], values=[], mentions=[])
    page = render(graph, title=HOSTILE)
    clean = parts_of(render(nx.MultiDiGraph(), title="T"))
    assert [tag for tag, _ in parts_of(page).elements] == [tag for tag, _ in clean.elements]
    assert data_of(page, "nodes")["columns"]["label"] == {"all": HOSTILE}  # type: ignore[index]


def test_an_empty_graph_is_a_page_too() -> None:
    assert data_of(render([]), "nodes") == {"count": 0, "columns": {}}


def test_every_statement_keeps_its_sentences(sample_quads: tuple[Quad, ...]) -> None:
    graph = to_networkx(sample_quads)
    network, context, _ = picture(graph, arrange(graph), title="T")
    assert [node["label"] for node in network.nodes] == [graph.nodes[iri]["label"] for iri in graph]
    assert network.directed
    assert len(network.edges) == graph.number_of_edges()
    for edge, (_, _, data) in zip(network.edges, graph.edges(data=True), strict=True):
        sentences = [context["passages"][number]["sentence"] for number in edge["evidence"]]
        assert sentences == [passage["sentence"] for passage in data["evidence"]] != []


def test_passages_are_kept_once_and_know_their_article(sample_quads: tuple[Quad, ...]) -> None:
    graph = to_networkx(sample_quads)
    _, context, _ = picture(graph, arrange(graph), title="T")
    sentences = [row["sentence"] for row in context["passages"]]
    assert len(sentences) == len(set(sentences))
    titles = {context["articles"][int(str(row["article"]))]["title"] for row in context["passages"]}
    assert titles == {"koopstadt zieht in Leipzig Bilanz", "Three cities, one project"}


def test_a_sentence_of_a_held_text_is_a_piece_of_it(sample_quads: tuple[Quad, ...]) -> None:
    graph = to_networkx(sample_quads)
    sentences = {
        (passage["article"], passage["begin"]): passage["sentence"]
        for _, data in graph.nodes(data=True)
        for passage in data["mentions"]
    }
    article, _ = min(sentences)
    text = ""
    for (iri, begin), sentence in sorted(sentences.items()):
        if iri == article:
            text = text.ljust(begin, "😀") + sentence

    held = StoredArticle(article, Article("a.txt", text, "T"))
    _, context, texts = picture(graph, arrange(graph), title="T", articles=[held])

    (at,) = texts
    units = texts[at].encode("utf-16-le")
    for row in context["passages"]:
        begin, length = int(str(row["begin"])), int(str(row["length"]))
        if row["sentence"] == "":
            assert row["article"] == at
            assert units[2 * begin : 2 * (begin + length)].decode("utf-16-le") in sentences.values()
    assert {row["sentence"] == "" for row in context["passages"]} == {True, False}
    assert context["left_out"]["texts"] == 1


def test_a_city_is_reached_by_a_short_address(sample_quads: tuple[Quad, ...]) -> None:
    graph = to_networkx(sample_quads)
    network, context, _ = picture(graph, arrange(graph), title="T")
    assert context["base"] == "https://w3id.org/koopgraph/id/"
    assert "city/leipzig" in {node["iri"] for node in network.nodes}


def test_both_languages_have_the_same_words() -> None:
    german, english = translations()["de"], translations()["en"]
    assert german.keys() == english.keys()
    assert all(german.values())
    assert all(english.values())
    fields = re.compile(r"\{(\w+)\}")
    for key, text in german.items():
        assert sorted(fields.findall(text)) == sorted(fields.findall(english[key])), key


def test_every_class_and_relation_has_words_both_ways() -> None:
    words = translations()["de"]
    for kind in EntityType:
        assert {f"class.{kind}", f"classes.{kind}"} <= words.keys()
        assert f"--{kind}:" in page_style()
    for name, relation in RELATIONS.items():
        assert f"relation.{name}" in words
        assert relation.value is not None or f"inverse.{name}" in words


def test_every_word_that_the_script_and_the_template_ask_for_exists() -> None:
    template = (files("koopgraph.explorer") / "templates" / "network.html").read_text("utf-8")
    asked = re.findall(r'say\(\s*"([\w.]+)"', page_script()) + re.findall(
        r'data-(?:text|name|placeholder)="([\w.]+)"', template
    )
    assert len(asked) > 25
    assert not [key for key in asked if key not in translations()["de"]]


def test_vis_network_is_the_file_that_was_looked_at() -> None:
    """A change of this file in pyvis's wheel changes what every page runs: look at it, then change the hash."""
    assert "@version 9.1.2" in vis_network()[:400]
    assert (
        sha256(vis_network().encode()).hexdigest() == "c539ad1086f6ccd49189d57265de65cff062b65ed5c4867851558bc451e6505b"
    )


def test_the_package_is_imported_without_pyvis() -> None:
    program = "import koopgraph.explorer.page, sys; sys.exit('pyvis' in sys.modules or 'IPython' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
