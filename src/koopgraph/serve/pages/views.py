"""What a thing's page shows, read from its quads: names, facts, statements with their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Triple

from koopgraph.network.statements import Passage, StatementIndex, text_of
from koopgraph.ontology.terms import short
from koopgraph.rdf.vocabulary import DCTERMS, FOAF, GN, KOOP, RDF, RDFS, SCHEMA, SKOS
from koopgraph.serve.pages.quads import Described
from koopgraph.serve.pages.rendering import Language

_FACTS = (
    *(DCTERMS.source, DCTERMS.creator, DCTERMS.publisher, DCTERMS.issued, SCHEMA.url, DCTERMS.language),
    *(SKOS.exactMatch, GN.population, SCHEMA.latitude, SCHEMA.longitude, KOOP.ags, KOOP.contentHash),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, and who wrote it when."""

    text: str
    article: str
    title: str
    authors: str
    issued: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a thing is related to (``iri`` is empty for a value), how surely, and the sentences that say so.

    ``subject`` is filled where the statement is another thing's, on the page of an article.
    """

    name: str
    iri: str
    relation: str
    confidence: int | None
    roles: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    subject: str = ""
    subject_iri: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A thing as its page shows it: ``groups`` are statements under a heading in words, ``facts`` rows of a table."""

    iri: str
    name: str
    kind: str
    names: tuple[str, ...]
    facts: tuple[tuple[str, str, str], ...]
    groups: tuple[tuple[str, tuple[Statement, ...]], ...]
    mentions: tuple[Sentence, ...]


def view_of(described: Described, language: Language, words: Mapping[str, str]) -> View:
    """Return the view of a thing's quads in that language."""
    reader = _Reader(StatementIndex.of(described.quads), language, words)
    iri = described.iri
    kinds = [value.removeprefix(KOOP.iri) for value in reader.index.values(iri, RDF.type)]
    kind = next((kind for kind in kinds if f"class.{kind}" in words), "")
    return View(
        iri=iri,
        name=reader.name(iri),
        kind=kind,
        names=tuple(reader.index.values(iri, SKOS.altLabel)),
        facts=tuple(reader.facts(iri, all_=not kind)),
        groups=tuple(reader.groups(iri, described.statements)),
        mentions=tuple(reader.sentence(passage) for passage in reader.index.mentions(iri)),
    )


class _Reader:
    def __init__(self, index: StatementIndex, language: Language, words: Mapping[str, str]) -> None:
        self.index = index
        self._language = language
        self._words = words

    def name(self, iri: str) -> str:
        """Return what a thing is called: its label, of a theme that in the page's language, of an article its title."""
        for predicate in (RDFS.label, SKOS.prefLabel, DCTERMS.title, FOAF.name):
            terms = self.index.asserted.get(iri, {}).get(predicate, [])
            labels = sorted((term for term in terms if isinstance(term, Literal)), key=self._by_language)
            if labels:
                return labels[0].value
        return short(iri)

    def _by_language(self, label: Literal) -> tuple[bool, str]:
        return (label.language != self._language, label.value)

    def facts(self, iri: str, *, all_: bool) -> Iterator[tuple[str, str, str]]:
        """Yield what, the value, and its IRI where it has one; of what is no thing of ours everything."""
        properties = {**self.index.provenance.get(iri, {}), **self.index.asserted.get(iri, {})}
        known = [predicate for predicate in _FACTS if predicate in properties]
        for predicate in sorted(properties) if all_ else known:
            for term in sorted(properties[predicate], key=str):
                linked = term.value if isinstance(term, NamedNode) else ""
                if predicate == SCHEMA.url:
                    linked = text_of(term)
                value = self.name(linked) if linked in self.index.asserted else text_of(term)
                yield self._words.get(f"fact.{short(predicate)}", short(predicate)), value, linked

    def groups(self, iri: str, triples: tuple[Triple, ...]) -> Iterator[tuple[str, tuple[Statement, ...]]]:
        """Yield statements of the thing by relation, then those to it; of an article by sentence, in its order."""
        groups: dict[tuple[int, str], list[Statement]] = defaultdict(list)
        order: dict[str, int] = {}
        for triple in triples:
            statement = self._statement(iri, triple)
            if statement.subject_iri:
                said = next((sentence.text for sentence in statement.sentences if sentence.article == iri), "")
                # The sentence is the heading: it need not stand beneath again.
                groups[order.setdefault(said, len(order)), said].append(replace(statement, sentences=()))
            else:
                groups[int(statement.iri == text_of(triple.subject)), statement.relation].append(statement)
        for (_, heading), statements in sorted(groups.items(), key=lambda item: item[0]):
            yield heading, tuple(statements)

    def _statement(self, iri: str, triple: Triple) -> Statement:
        subject, object_ = text_of(triple.subject), triple.object
        grounds = self.index.grounds(subject, triple.predicate.value, object_)
        object_iri = object_.value if isinstance(object_, NamedNode) else ""
        direction, linked = ("inverse", subject) if object_iri == iri else ("relation", object_iri)
        others = iri not in {subject, object_iri}
        return Statement(
            name=self.name(linked) if linked else text_of(object_),
            iri=linked,
            relation=self._words[f"{direction}.{triple.predicate.value.removeprefix(KOOP.iri)}"],
            confidence=round(100 * grounds["confidence"]) if grounds["extractors"] or grounds["evidence"] else None,
            roles=tuple(grounds["roles"]),
            sentences=tuple(self.sentence(passage) for passage in grounds["evidence"]),
            subject=self.name(subject) if others else "",
            subject_iri=subject if others else "",
        )

    def sentence(self, passage: Passage) -> Sentence:
        """Return a sentence with what is known of its article."""
        article = passage["article"]
        authors = [self.name(creator) for creator in self.index.values(article, DCTERMS.creator)]
        issued = self.index.first(article, DCTERMS.issued)
        return Sentence(passage["sentence"], article, self.name(article), ", ".join(authors), issued)
