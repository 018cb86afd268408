"""From article graphs to the dataset that ``docs/graph.md`` describes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from koopgraph.errors import KoopgraphError, OntologyError
from koopgraph.model import Article, ArticleGraph, Entity, EntityType, Evidence, Fact, Language, Value, ValueKind
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.iris import article_iri, entity_iri, provenance_graph_iri
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, PREFIXES, RDF, RDFS, SCHEMA, SKOS

BASE = "https://example.org/id/"
QUERY_PREFIXES = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items())
Graphs = tuple[ArticleGraph, ...]


def article(source: str, text: str, language: Language = "de") -> Article:
    return Article(source=source, text=text, title=text.split(".")[0], language=language)


def graph_of(article: Article, entities: tuple[Entity, ...], facts: tuple[Fact, ...] = ()) -> ArticleGraph:
    return ArticleGraph(article_iri(BASE, article.source), article, entities, facts)


def thing(type_: EntityType, name: str, *others: str, key: str = "", language: Language = "de") -> Entity:
    return Entity(entity_iri(BASE, type_, key or name), type_, name, (name, *others), language)


def named(number: int, name: str, *others: str, language: Language = "de") -> ArticleGraph:
    """An article that names one and the same city."""
    city = thing(EntityType.CITY, name, *others, key="stadt", language=language)
    return graph_of(article(f"a-{number}.txt", "Text.", language), (city,))


def stated(
    number: int, relation: str, object_: str | Value, confidence: float = 0.5, role: str | None = None
) -> ArticleGraph:
    """An article whose whole text states one fact about one person."""
    source = article(f"a-{number}.txt", f"Satz {number}.")
    evidence = Evidence.of(source, 0, len(source.text))
    person = thing(EntityType.PERSON, "Ada")
    fact = Fact(person.iri, relation, object_, evidence, f"x{number}", confidence, role)
    return graph_of(source, (person,), (fact,))


def store_of(*graphs: ArticleGraph, base: str = BASE) -> Store:
    store = Store()
    store.extend(assemble(graphs, base=base))
    return store


def ask(store: Store, pattern: str) -> bool:
    return bool(store.query(f"{QUERY_PREFIXES} ASK {{ {pattern} }}"))


def objects(store: Store, subject: str, predicate: str, graph: str | None = None) -> list[str]:
    name = NamedNode(graph) if graph else DefaultGraph()
    found = store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, name)
    return sorted(str(quad.object) for quad in found)


CITY = f"{BASE}city/stadt"
ADA = f"{BASE}person/ada"
EVENT = f"{BASE}event/kongress"
TU = f"{BASE}organisation/tu"


def test_there_are_three_kinds_of_graphs(sample_graphs: Graphs, sample_base: str) -> None:
    names = {str(quad.graph_name) for quad in assemble(sample_graphs, base=sample_base)}

    assert names == {"DEFAULT", f"<{provenance_graph_iri(sample_base)}>"} | {f"<{g.iri}>" for g in sample_graphs}


def test_a_fact_of_two_articles_stands_once_in_the_default_graph_with_both_passages(
    sample_graphs: Graphs, sample_base: str
) -> None:
    store = store_of(*sample_graphs, base=sample_base)
    rows = store.query(
        f"""{QUERY_PREFIXES} SELECT ?quote ?confidence WHERE {{
        <{sample_base}project/koopstadt> koop:partnerCity <{sample_base}city/leipzig> .
        GRAPH <{sample_base}graph/provenance> {{
            ?statement rdf:subject <{sample_base}project/koopstadt> ; rdf:predicate koop:partnerCity ;
                rdf:object <{sample_base}city/leipzig> ; koop:confidence ?confidence ;
                prov:wasDerivedFrom ?passage .
            ?passage nif:anchorOf ?quote }} }}"""
    )

    assert sorted((str(row[0]), row[1].value) for row in rows) == [
        ('"Bremen und Leipzig sind Partnerstädte im Projekt koopstadt."@de', "0.9"),
        ('"Leipzig is a partner city of koopstadt, which was planned from 2007 on."@en', "0.9"),
    ]


def test_every_passage_quotes_the_text_of_its_article_at_its_offsets(sample_graphs: Graphs, sample_base: str) -> None:
    texts = {graph.iri: graph.article.text for graph in sample_graphs}
    rows = list(
        store_of(*sample_graphs, base=sample_base).query(
            f"""{QUERY_PREFIXES} SELECT ?article ?begin ?end ?quote WHERE {{ GRAPH ?provenance {{
            ?passage nif:referenceContext ?article ; nif:beginIndex ?begin ; nif:endIndex ?end ;
                nif:anchorOf ?quote }} }}"""
        )
    )

    assert len(rows) == 10
    for article_, begin, end, quote in rows:
        assert texts[article_.value][int(begin.value) : int(end.value)] == quote.value


def test_an_article_graph_holds_what_that_article_states_and_nothing_of_the_other(
    sample_graphs: Graphs, sample_base: str
) -> None:
    store = store_of(*sample_graphs, base=sample_base)
    english = sample_graphs[1].iri
    koopstadt = f"{sample_base}project/koopstadt"

    assert objects(store, koopstadt, KOOP.partnerCity, english) == [f"<{sample_base}city/leipzig>"]
    assert objects(store, koopstadt, KOOP.budget, english) == []
    assert objects(store, english, DCTERMS.source, english) == ['"three-cities.md"']
    assert objects(store, sample_graphs[0].iri, DCTERMS.source, english) == []


def test_the_articles_metadata_stand_as_known_and_only_where_known(sample_graphs: Graphs, sample_base: str) -> None:
    store = store_of(*sample_graphs, base=sample_base)
    german, english = (graph.iri for graph in sample_graphs)

    assert objects(store, german, DCTERMS.issued) == ['"2015-09-21"^^<http://id.loc.gov/datatypes/edtf>']
    assert objects(store, german, DCTERMS.creator) == [f"<{sample_base}person/jana-muster>"]
    assert objects(store, german, KOOP.contentHash) == [f'"{sample_graphs[0].article.content_hash}"']
    assert [objects(store, english, p) for p in (DCTERMS.issued, DCTERMS.creator, SCHEMA.url)] == [[], [], []]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//x.example"])
def test_an_address_that_is_not_of_the_web_is_left_out(url: str) -> None:
    graph = named(1, "Stadt")
    store = store_of(replace(graph, article=replace(graph.article, url=url)))

    assert objects(store, graph.iri, SCHEMA.url) == []


def test_the_label_is_the_name_that_most_articles_prefer_and_the_rest_are_other_names() -> None:
    store = store_of(named(1, "Hamburg"), named(2, "Freie und Hansestadt Hamburg", "Hamburgs"), named(3, "Hamburg"))

    assert objects(store, CITY, RDFS.label) == ['"Hamburg"@de']
    assert objects(store, CITY, SKOS.altLabel) == ['"Freie und Hansestadt Hamburg"@de', '"Hamburgs"@de']


def test_of_names_that_equally_many_prefer_the_longest_then_the_first_by_alphabet_is_the_label() -> None:
    assert objects(store_of(named(1, "Halle"), named(2, "Halle (Saale)")), CITY, RDFS.label) == ['"Halle (Saale)"@de']
    assert objects(store_of(named(1, "Bozen"), named(2, "Bosen")), CITY, RDFS.label) == ['"Bosen"@de']


def test_a_name_is_tagged_with_the_language_of_most_articles_that_use_it() -> None:
    english = named(1, "Cologne", "Köln", language="en")
    store = store_of(english, named(2, "Köln"), named(3, "Köln"))

    assert objects(store, CITY, RDFS.label) == ['"Köln"@de']
    assert objects(store, CITY, SKOS.altLabel) == ['"Cologne"@en']
    assert objects(store, CITY, RDFS.label, english.iri) == ['"Cologne"@en']


def test_words_of_unknown_language_carry_no_tag() -> None:
    store = store_of(named(1, "Leipzig", language="und"))

    assert objects(store, CITY, RDFS.label) == ['"Leipzig"']
    assert objects(store, f"{BASE}article/a-1-txt", DCTERMS.language) == ['"und"']


def test_a_statement_keeps_its_best_confidence_and_all_extractors_and_roles() -> None:
    first, second = (
        stated(1, "affiliatedWith", TU, 0.3, "Rektorin"),
        stated(2, "affiliatedWith", TU, 0.71239, "Professorin"),
    )
    store = store_of(first, second)
    statement = next(iter(store.quads_for_pattern(None, NamedNode(RDF.object), NamedNode(TU), None))).subject.value
    provenance = provenance_graph_iri(BASE)

    assert objects(store, statement, KOOP.confidence, provenance) == [
        '"0.7124"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    ]
    assert objects(store, statement, KOOP.extractor, provenance) == ['"x1"', '"x2"']
    assert objects(store, statement, KOOP.role, provenance) == ['"Professorin"@de', '"Rektorin"@de']
    for graph, roles in (("", '"Professorin"@de, "Rektorin"@de'), (first.iri, '"Rektorin"@de')):
        where = f"?m a org:Membership ; org:member <{ADA}> ; org:organization <{TU}> ; koop:role {roles} ."
        assert ask(store, f"GRAPH <{graph}> {{ {where} }}" if graph else where)


def test_certainty_is_written_as_a_decimal_too() -> None:
    quads = assemble([stated(1, "moderates", EVENT, 1.0)], base=BASE)
    confidences = {quad.object.value for quad in quads if quad.predicate.value == KOOP.confidence}

    assert confidences == {"1.0"}


def test_a_role_hangs_on_affiliations_alone() -> None:
    quads = list(assemble([stated(1, "moderates", EVENT, role="Moderatorin")], base=BASE))

    assert KOOP.role not in {quad.predicate.value for quad in quads}


def test_a_symmetric_relation_is_recorded_once_whichever_way_articles_put_it() -> None:
    graphs = []
    for number, (subject, object_) in enumerate([("Ulm", "Aalen"), ("Aalen", "Ulm")]):
        source = article(f"a-{number}.txt", "Sie kooperieren.")
        one, other = thing(EntityType.CITY, subject), thing(EntityType.CITY, object_)
        fact = Fact(one.iri, "cooperatesWith", other.iri, Evidence.of(source, 0, 4), "x", 0.5)
        graphs.append(graph_of(source, (one, other), (fact,)))
    store = store_of(*graphs)

    assert objects(store, f"{BASE}city/aalen", KOOP.cooperatesWith) == [f"<{BASE}city/ulm>"]
    assert objects(store, f"{BASE}city/ulm", KOOP.cooperatesWith) == []


def test_taking_part_is_not_asserted_beside_moderating_but_keeps_its_evidence() -> None:
    plain, special = stated(1, "participatesIn", EVENT), stated(2, "moderates", EVENT)
    store = store_of(plain, special)

    assert objects(store, ADA, KOOP.participatesIn) == []
    assert objects(store, ADA, KOOP.moderates) == [f"<{EVENT}>"]
    assert objects(store, ADA, KOOP.participatesIn, plain.iri) == [f"<{EVENT}>"]
    assert ask(
        store,
        f"GRAPH <{provenance_graph_iri(BASE)}> {{ ?s rdf:predicate koop:participatesIn ; prov:wasDerivedFrom ?p }}",
    )


def test_a_date_brings_its_bounds_and_a_theme_its_labels() -> None:
    store = store_of(
        stated(1, "date", Value(ValueKind.DATE, "2019/..")), stated(2, "theme", Value(ValueKind.THEME, "city-centre"))
    )

    assert objects(store, ADA, SCHEMA.startDate) == ['"2019"^^<http://www.w3.org/2001/XMLSchema#gYear>']
    assert objects(store, ADA, SCHEMA.endDate) == []
    theme = "https://w3id.org/koopgraph/themes/city-centre"
    assert objects(store, ADA, KOOP.theme) == [f"<{theme}>"]
    assert objects(store, theme, SKOS.prefLabel) == ['"Innenstadt"@de', '"city centre"@en']


def test_an_entity_points_to_its_first_sentence_in_each_article(sample_graphs: Graphs, sample_base: str) -> None:
    store = store_of(*sample_graphs, base=sample_base)
    found = store.query(
        f"""{QUERY_PREFIXES} SELECT ?quote WHERE {{ GRAPH ?g {{
        <{sample_base}city/bremen> prov:wasDerivedFrom [ nif:anchorOf ?quote ] }} }}"""
    )

    assert sorted(row[0].value for row in found) == [
        "Bremen und Leipzig sind Partnerstädte im Projekt koopstadt.",
        "Leipzig works together with Bremen on housing.",
    ]


def test_a_quote_that_the_article_does_not_have_is_refused() -> None:
    graph = stated(1, "moderates", EVENT)
    shifted = replace(graph.facts[0], evidence=Evidence(0, 4, "satz"))

    with pytest.raises(KoopgraphError, match=r"a-1\.txt: characters 0–4 are not 'satz'"):
        store_of(replace(graph, facts=(shifted,)))


def test_two_articles_of_one_name_are_refused() -> None:
    with pytest.raises(KoopgraphError, match="two articles"):
        store_of(named(1, "A"), named(1, "B"))


def test_one_iri_for_two_classes_is_refused() -> None:
    graph = named(1, "A")
    place = replace(graph.entities[0], type=EntityType.PLACE)

    with pytest.raises(KoopgraphError, match="both City and Place"):
        store_of(graph, replace(named(2, "A"), entities=(place,)))


def test_an_unknown_relation_or_theme_is_refused() -> None:
    with pytest.raises(OntologyError, match="'knows'"):
        store_of(stated(1, "knows", EVENT))
    with pytest.raises(KoopgraphError, match="'sports'"):
        store_of(stated(1, "theme", Value(ValueKind.THEME, "sports")))


def test_no_articles_make_no_quads() -> None:
    assert list(assemble([], base=BASE)) == []


names = st.sampled_from(["Ulm", "Stadt Ulm", "Ulms", "ULM", "Ülm"])
cities = st.tuples(names, st.lists(names, max_size=3), st.sampled_from(["de", "en", "und"]))


@given(st.lists(cities, max_size=6), st.randoms(use_true_random=False))
def test_the_dataset_does_not_depend_on_the_order_of_the_articles(
    articles: list[tuple[str, list[str], Language]], random: object
) -> None:
    graphs = [named(i, name, *others, language=language) for i, (name, others, language) in enumerate(articles)]
    graphs += [
        stated(10, "affiliatedWith", TU, 0.2, "Rektorin"),
        stated(11, "affiliatedWith", TU, 0.9),
        stated(12, "moderates", EVENT),
        stated(13, "participatesIn", EVENT),
    ]
    shuffled = graphs.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert set(assemble(graphs, base=BASE)) == set(assemble(shuffled, base=BASE))


HOSTILE = ['"@en .', "<script>alert(1)</script>", "a\nb\r\tc", "\\", '\\"', "'''", '"""', "x> <y", "{}^`|"]
HOSTILE += ["\u202eright to left", "\u05e9\u05dc\u05d5\u05dd", "👩\u200d👩\u200d👧", "\x00", "\ufeff"]


@settings(max_examples=50)
@given(st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=20))
def test_a_hostile_name_is_a_name_and_nothing_else(name: str) -> None:
    city = thing(EntityType.CITY, name)
    store = store_of(graph_of(article("a.txt", name), (city,)))

    labels = {q for q in store if q.predicate.value == RDFS.label}
    assert {q.object for q in labels} == {Literal(name, language="de")}
    assert Quad(NamedNode(city.iri), NamedNode(RDF.type), NamedNode(KOOP.City)) in store
