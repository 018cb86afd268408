"""The pipeline that a user would write in an afternoon, to compare koopgraph's build with.

    python tests/benchmarks/straightforward.py FOLDER OUTPUT

1. spaCy's blank tokeniser and sentencizer; an entity ruler with the gazetteer's cities, first names and name heads;
2. two names in a sentence with a trigger word are a statement (``straightforward.toml``), with the sentence beside it;
3. an rdflib dataset: one node a name, one graph an article; rdflib's own Turtle and TriG;
4. pyvis: ``add_node``, ``add_edge`` and its stock page.

Nothing is resolved, weighed, linked, negated or laid out, so it does less; it is written as the libraries' own examples
are. ``report.json`` has counts and the seconds of each stage, named as in koopgraph's own.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import spacy
from pyvis.network import Network
from rdflib import RDF, RDFS, Dataset, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from spacy.language import Language
from spacy.tokens import Doc

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.annotate.lexicon import load_lexicon

TABLE = tomllib.loads(Path(__file__).with_name("straightforward.toml").read_text(encoding="utf-8"))
ONTOLOGY = Namespace("https://example.org/ontology#")
BASE = "https://example.org/id/"
COUNTRIES = ("DE", "AT", "CH")
LARGE = 100_000  # inhabitants from which a city of another country is looked for


class Statement(NamedTuple):
    """Two names of one sentence, and how they are related."""

    subject: str
    subject_class: str
    relation: str
    object: str
    object_class: str
    sentence: str


def make_nlp() -> Language:
    """Return a blank German pipeline that splits sentences and finds names by lists and patterns."""
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    gazetteer = Gazetteer.load()
    cities = sorted(
        name
        for name in gazetteer.city_names()
        if any(p.country in COUNTRIES or p.population >= LARGE for p in gazetteer.cities(name))
    )
    patterns: list[dict[str, object]] = [{"label": "CITY", "pattern": name} for name in cities]
    first_names = sorted(load_lexicon("de").first_names)
    patterns.append({"label": "PERSON", "pattern": [{"TEXT": {"IN": first_names}}, {"IS_TITLE": True}]})
    for label, ending in TABLE["heads"].items():
        head = {"TEXT": {"REGEX": ending}, "IS_TITLE": True}
        patterns.append({"label": label, "pattern": [head, {"IS_TITLE": True, "OP": "*"}]})
        patterns.append({"label": label, "pattern": [{"IS_TITLE": True}, head]})
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
    return nlp


def read(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (text, name) of the articles of ``folder``: text files, or files with a JSON object a line."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".txt":
            yield path.read_text(encoding="utf-8"), path.stem
        elif path.suffix == ".jsonl":
            with path.open(encoding="utf-8") as lines:
                yield from ((record["text"], record["id"]) for record in map(json.loads, lines))


def statements(doc: Doc) -> Iterator[Statement]:
    """Yield a statement for every two names of a sentence that has a trigger word of a relation between their classes."""
    for sentence in doc.sents:
        if len(sentence.ents) < 2:
            continue
        words = [token.lower_ for token in sentence]
        for relation in TABLE["relation"]:
            if not any(word.startswith(trigger) for word in words for trigger in relation["words"]):
                continue
            first, second = relation["between"]
            for one in sentence.ents:
                for other in sentence.ents:
                    if one.label_ == first and other.label_ == second:
                        yield Statement(one.text, first, relation["name"], other.text, second, sentence.text)


def node(kind: str, name: str) -> URIRef:
    """Return the one node of that name."""
    return URIRef(f"{BASE}{kind.lower()}/{quote(name.replace(' ', '-'))}")


def add(dataset: Dataset, article: str, found: Iterator[Statement]) -> None:
    """Add the statements of one article to its graph, each with its sentence."""
    graph = dataset.graph(URIRef(f"{BASE}article/{article}"))
    graph.add((graph.identifier, RDF.type, ONTOLOGY.Article))
    graph.add((graph.identifier, DCTERMS.source, Literal(article)))
    for number, one in enumerate(found):
        subject, target = node(one.subject_class, one.subject), node(one.object_class, one.object)
        graph.add((subject, ONTOLOGY[one.relation], target))
        for thing, name, kind in ((subject, one.subject, one.subject_class), (target, one.object, one.object_class)):
            graph.add((thing, RDF.type, ONTOLOGY[kind.title()]))
            graph.add((thing, RDFS.label, Literal(name)))
        evidence = URIRef(f"{graph.identifier}/statement/{number}")
        graph.add((evidence, RDF.type, RDF.Statement))
        graph.add((evidence, RDF.subject, subject))
        graph.add((evidence, RDF.predicate, ONTOLOGY[one.relation]))
        graph.add((evidence, RDF.object, target))
        graph.add((evidence, ONTOLOGY.sentence, Literal(one.sentence)))


def draw(dataset: Dataset, path: Path) -> None:
    """Write the page: a node for each thing, an edge for each statement between two."""
    network = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    labels = {str(thing): str(label) for thing, label in dataset.subject_objects(RDFS.label)}
    for iri, label in labels.items():
        network.add_node(iri, label=label, title=iri)
    for subject, relation, target in dataset.triples((None, None, None)):
        if str(relation).startswith(ONTOLOGY) and str(subject) in labels and str(target) in labels:
            network.add_edge(str(subject), str(target), title=str(relation).removeprefix(ONTOLOGY))
    path.write_text(network.generate_html(), encoding="utf-8")


def build(folder: Path, output: Path) -> None:
    """Do the whole job."""
    output.mkdir(parents=True, exist_ok=True)
    times = [("", time.perf_counter())]
    nlp = make_nlp()
    times.append(("load", time.perf_counter()))
    dataset = Dataset(default_union=True)
    dataset.bind("o", ONTOLOGY)
    for doc, article in nlp.pipe(read(folder), as_tuples=True):
        add(dataset, article, statements(doc))
    times.append(("read, annotate, extract, add", time.perf_counter()))
    dataset.serialize(output / "graph.ttl", format="turtle")
    times.append(("graph.ttl", time.perf_counter()))
    dataset.serialize(output / "dataset.trig", format="trig")
    times.append(("dataset.trig", time.perf_counter()))
    draw(dataset, output / "network.html")
    times.append(("network.html", time.perf_counter()))
    timings = {name: round(end - begin, 3) for (_, begin), (name, end) in itertools.pairwise(times)}
    report = {"counts": counts(dataset), "timings": timings}
    (output / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def counts(dataset: Dataset) -> dict[str, int]:
    """Return how many articles, things and distinct statements the dataset has."""
    things = set(dataset.subjects(RDFS.label))
    statements = {(s, p, o) for s, p, o in dataset.triples((None, None, None)) if s in things and o in things}
    articles = sum(1 for _ in dataset.subjects(RDF.type, ONTOLOGY.Article))
    return {"articles": articles, "entities": len(things), "statements": len(statements)}


def main() -> None:
    """Read the arguments, build."""
    parser = argparse.ArgumentParser(description="Build a graph the straightforward way.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    build(arguments.folder, arguments.output)


if __name__ == "__main__":
    main()
