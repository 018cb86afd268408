"""What a research bundle says of itself: RO-Crate 1.2 for machines, README and CITATION.cff for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from koopgraph import __version__
from koopgraph.export.void import DESCRIPTIONS, RIGHTS, TITLES

METADATA = "ro-crate-metadata.json"
README = "README.md"
CITATION = "CITATION.cff"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_KOOPGRAPH = "#koopgraph"
_NO_LICENCE = "#rights"
NOBODY = "The makers of this dataset"
"""Who made it, where nobody is named."""

FILES: Mapping[str, tuple[str, str]] = {
    CITATION: ("text/yaml", "How to cite this dataset"),
    README: ("text/markdown", "What is in this bundle, in plain words"),
    "curation.yaml": ("text/yaml", "Judgements of people that the build applied"),
    "data/dataset.trig": ("application/trig", "The graph, each article's own statements, and the provenance of each"),
    "data/graph.ttl": ("text/turtle", "The graph: every statement once"),
    "ontology/context.jsonld": ("application/ld+json", "JSON-LD context with the ontology's terms"),
    "ontology/koopgraph.ttl": ("text/turtle", "The ontology: classes and relations, in German and English"),
    "ontology/shapes.ttl": ("text/turtle", "SHACL shapes that the graph can be checked against"),
    "ontology/themes.ttl": ("text/turtle", "The themes, a SKOS scheme"),
    "report.json": ("application/json", "What the build reported: counts, options, problems"),
    "sources.csv": ("text/csv", "The articles: file, title, authors, publisher, date, address, hash of the text"),
    "tables/edges.csv": ("text/csv", "Statements between things, with sentence, article and confidence"),
    "tables/nodes.csv": ("text/csv", "The things, with names, class and position"),
    "tables/values.csv": ("text/csv", "Statements with a text: dates, budgets, mottos"),
    "versions.json": ("application/json", "Versions of koopgraph, Python and its packages"),
    "void.ttl": ("text/turtle", "Description of the dataset (VoID, DCAT), with counts"),
}
"""Every file that a bundle can hold: media type, and what it is."""
_TEXT = ("text/plain", "The text of an article, to which the offsets of passages refer")

CREDITS: Mapping[str, tuple[str, str, str]] = {
    "https://www.geonames.org/": ("GeoNames", "Names, ids and positions of places", CC_BY),
    "https://www.destatis.de/": (
        "Gemeindeverzeichnis, © Statistisches Bundesamt (Destatis)",
        "Keys and inhabitants of German municipalities",
        "https://www.govdata.de/dl-de/by-2-0",
    ),
}
"""Data that ships with koopgraph and stands in the graph: name, what it gives, licence."""

_README = """# {title}

{description}

Made by [koopgraph](https://w3id.org/koopgraph/ontology) {version} from {articles} articles; published {date}.
It holds {nodes} things and {edges} rows of statements between them.

## What is where

{files}

## How to begin

- A spreadsheet, R or pandas: `tables/`, UTF-8. A row of `edges.csv` is a statement with the sentence that states it.
- SPARQL: load `data/dataset.trig` into any triple store, or `koopgraph query --from data/dataset.trig`.
- Machines find what is here in `{metadata}` (RO-Crate 1.2) and `void.ttl`.

Statements were found by programs. Each has a confidence and the sentence that states it: check it before you cite it.

## Rights

{licence}

{rights}

The ontology, shapes, themes and context are © the koopgraph developers, [CC BY 4.0]({cc_by}).
"""


def readme(files: Iterable[str], date: str, counts: Mapping[str, int], licence: str | None) -> str:
    """Return the bundle's README: what is in it, how to begin, who has which rights."""
    lines = [f"- `{name}`: {FILES[name][1]}" for name in files if name in FILES and name != README]
    if any(name.startswith("texts/") for name in files):
        lines.append(f"- `texts/`: {_TEXT[1].replace('The text of an article', 'The texts of the articles')}")
    chosen = f"The makers of this dataset chose the licence <{licence}> for what is theirs." if licence else NO_LICENCE
    return _README.format(
        **{name: counts[name] for name in ("articles", "nodes", "edges")},
        title=TITLES["en"],
        description=DESCRIPTIONS["en"],
        version=__version__,
        date=date,
        files="\n".join(lines),
        metadata=METADATA,
        licence=chosen,
        rights=RIGHTS["en"],
        cc_by=CC_BY,
    )


NO_LICENCE = "The makers of this dataset named no licence for it as a whole: ask them before you publish it again."


def citation(date: str, creators: Sequence[str], licence: str | None) -> str:
    """Return the bundle's CITATION.cff, which makes it citable as a dataset."""
    # A text in JSON is one in YAML too.
    names = [f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in creators or (NOBODY,)]
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use this dataset, please cite it, and the articles that you quote."',
        "type: dataset",
        f"title: {json.dumps(TITLES['en'], ensure_ascii=False)}",
        f"abstract: {json.dumps(DESCRIPTIONS['en'], ensure_ascii=False)}",
        "authors:",
        *names,
        f"date-released: {date}",
        *([f"license-url: {json.dumps(licence)}"] if licence else []),
    ]
    return "\n".join(lines) + "\n"


def metadata(
    files: Mapping[str, bytes], date: str, *, creators: Sequence[str] = (), licence: str | None = None
) -> dict[str, Any]:
    """Return the RO-Crate metadata of these files, without the metadata file's own size."""
    makers = [{"@id": f"#maker-{number}"} for number, _ in enumerate(creators, 1)]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": TITLES["en"],
        "description": DESCRIPTIONS["en"],
        "datePublished": date,
        "license": {"@id": licence or _NO_LICENCE},
        "hasPart": [{"@id": name} for name in sorted(files)],
        "isBasedOn": [{"@id": address} for address in CREDITS],
        "mentions": {"@id": "#build"},
        **({"creator": makers} if makers else {}),
    }
    descriptor = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _SPECIFICATION},
        "about": {"@id": "./"},
    }
    people = [{**maker, "@type": "Person", "name": name} for maker, name in zip(makers, creators, strict=True)]
    data = [_file(name, content) for name, content in sorted(files.items())]
    graph = [descriptor, root, *data, *people, *_context(licence, files)]
    return {"@context": f"{_SPECIFICATION}/context", "@graph": graph}


def _file(name: str, content: bytes) -> dict[str, Any]:
    media_type, description = FILES.get(name, _TEXT)
    return {
        "@id": name,
        "@type": "File",
        "name": name.rsplit("/", 1)[-1],
        "description": description,
        "encodingFormat": media_type,
        "contentSize": str(len(content)),
        "sha256": sha256(content).hexdigest(),
        **({"license": {"@id": CC_BY}} if name.startswith("ontology/") else {}),
    }


def _context(licence: str | None, files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return the licences, the program, its run, and the data that it brought along."""
    licences = {CC_BY: "Creative Commons Attribution 4.0 International"}
    licences |= {address: address for _, _, address in CREDITS.values() if address not in licences}
    if licence:
        licences.setdefault(licence, licence)
    else:
        licences[_NO_LICENCE] = "No licence named"
    made = [{"@id": name} for name in sorted(files) if name.startswith(("data/", "tables/"))]
    works: list[dict[str, Any]] = [
        {"@id": address, "@type": "CreativeWork", "name": name, **_said(address)}
        for address, name in sorted(licences.items())
    ]
    for address, (name, gives, under) in CREDITS.items():
        works.append(
            {"@id": address, "@type": "CreativeWork", "name": name, "description": gives, "license": {"@id": under}}
        )
    program = {
        "@id": _KOOPGRAPH,
        "@type": "SoftwareApplication",
        "name": "koopgraph",
        "version": __version__,
        "url": "https://w3id.org/koopgraph/ontology",
    }
    run = {
        "@id": "#build",
        "@type": "CreateAction",
        "name": "Reading the articles and building the graph",
        "instrument": {"@id": _KOOPGRAPH},
        "object": {"@id": "sources.csv"},
        "result": made,
    }
    return [*works, program, run]


def _said(address: str) -> dict[str, str]:
    return {"description": f"{NO_LICENCE} {RIGHTS['en']}"} if address == _NO_LICENCE else {}
