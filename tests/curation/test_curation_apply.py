"""Judgements on the graphs of real articles: each kind has its effect, where its keys say, and is told of where not."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from koopgraph.curation.applied import UNNAMED, AuthorityLink, curated_things, unmatched
from koopgraph.curation.apply import after, before
from koopgraph.curation.constraints import constraints
from koopgraph.curation.file import parse_curation
from koopgraph.curation.judgements import Curation
from koopgraph.model import ArticleGraph, Entity, EntityType, Fact, Value
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.curators import curator_triples
from koopgraph.resolve.corpus import resolve_corpus
from koopgraph.resolve.rewrite import rewritten

BASE = "https://w3id.org/koopgraph/id/"
Graphs = tuple[ArticleGraph, ...]
KOOPSTADT, CHARTA, CHEMNITZ = "koopstadt-bilanz.txt", "neue-leipzig-charta.txt", "chemnitz-2025.md"


def curation(text: str) -> Curation:
    return parse_curation(text, "folder/curation.yaml")


def of(graphs: Sequence[ArticleGraph], source: str) -> ArticleGraph:
    (graph,) = (graph for graph in graphs if graph.article.source == source)
    return graph


def named(graph: ArticleGraph, name: str, kind: EntityType) -> Entity:
    (entity,) = (e for e in graph.entities if e.name == name and e.type is kind)
    return entity


def facts(graph: ArticleGraph, subject: str, relation: str, target: str) -> list[Fact]:
    names = {e.iri: e.name for e in graph.entities}
    return [
        f
        for f in graph.facts
        if (names[f.subject], f.relation) == (subject, relation)
        and (f.object.text if isinstance(f.object, Value) else names[f.object]) == target
    ]


def resolved(graphs: Sequence[ArticleGraph], judgements: Curation) -> tuple[Graphs, Callable[[tuple[str, str]], str]]:
    asked = constraints(graphs, judgements)
    found = resolve_corpus(graphs, base=BASE, must_link=asked.must_link, cannot_link=asked.cannot_link)
    return tuple(rewritten(graph, found.of(graph.iri)) for graph in graphs), found.iri


def check_evidence(graphs: Sequence[ArticleGraph]) -> None:
    for graph in graphs:
        known = {e.iri for e in graph.entities}
        for fact in graph.facts:
            assert graph.article.text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
            assert fact.subject in known
            assert isinstance(fact.object, Value) or fact.object in known
    assert list(assemble(graphs, base=BASE))


def test_no_judgement_changes_nothing(graphs: Graphs) -> None:
    empty = curation("")
    assert all(a is b for a, b in zip(before(graphs, empty, base=BASE).graphs, graphs, strict=True))
    assert all(a is b for a, b in zip(after(graphs, empty, base=BASE).graphs, graphs, strict=True))
    assert constraints(graphs, empty).must_link == ()


RETYPE = """\
- retype: {class: Place, name: Bremen, article: neue-leipzig-charta.txt}
  to: City
  by: Jana Muster
- retype: {class: City, name: Chemnitz}
  to: Organisation
"""


def test_a_thing_gets_its_class_and_loses_what_that_forbids(graphs: Graphs) -> None:
    done = before(graphs, curation(RETYPE), base=BASE)
    bremen = named(of(done.graphs, CHARTA), "Bremen", EntityType.CITY)
    assert bremen.iri == f"{BASE}city/bremen"
    old = of(graphs, CHARTA)
    assert facts(old, "Bremen", "locatedIn", "Leipzig")
    assert not facts(of(done.graphs, CHARTA), "Bremen", "locatedIn", "Leipzig")
    chemnitz = of(done.graphs, CHEMNITZ)
    assert facts(chemnitz, "Sven Schulze", "affiliatedWith", "Chemnitz")
    assert not facts(chemnitz, "Opernhaus", "locatedIn", "Chemnitz")
    before_number = sum(len(g.facts) for g in graphs)
    assert done.dropped == before_number - sum(len(g.facts) for g in done.graphs) > 3
    assert done.applied == {0, 1}
    assert ((of(graphs, CHARTA).iri, bremen.iri), "Jana Muster") in done.curated
    assert {curator for _, curator in done.curated} == {"Jana Muster", UNNAMED}
    check_evidence(done.graphs)


def test_a_later_class_wins_whichever_class_it_names(graphs: Graphs) -> None:
    for key in ("Place", "City"):
        text = RETYPE.split("- retype: {class: City")[0] + f"- retype: {{class: {key}, name: Bremen}}\n  to: Event\n"
        done = before(graphs, curation(text), base=BASE)
        assert named(of(done.graphs, CHARTA), "Bremen", EntityType.EVENT)
        assert done.applied == {0, 1}


def test_the_old_class_still_names_the_thing(graphs: Graphs) -> None:
    text = (
        RETYPE
        + "- different: [{class: Place, name: Bremen, article: neue-leipzig-charta.txt}, {class: City, name: Leipzig}]\n"
    )
    judgements = curation(text)
    done = before(graphs, judgements, base=BASE)
    asked = constraints(done.graphs, judgements)
    assert asked.applied == {2}
    assert asked.cannot_link


ADD = """\
- add: {class: Person, name: Martin zur Nedden, names: [zur Nedden]}
  source: {article: koopstadt-bilanz.txt, quote: "QUOTE"}
  by: Jana Muster
- add: {class: Organisation, name: Amt für Statistik, names: [AfS]}
  source: {citation: "Amtsblatt 3/2015, S. 7", url: https://example.org/}
- state: {subject: {class: Person, name: Iris Reuther}, relation: leads, object: {class: Project, name: koopstadt}, role: Leiterin}
  source: {article: koopstadt-bilanz.txt, quote: "QUOTE"}
- state: {subject: {class: Organisation, name: BBSR}, relation: cooperatesWith, object: {class: Organisation, name: AfS}}
  source: {citation: "Amtsblatt 3/2015, S. 7"}
- state: {subject: {class: Project, name: koopstadt}, relation: budget, value: 5 EUR}
  source: {citation: "Haushaltsplan"}
  by: Max Beispiel
"""


def additions(graphs: Graphs, text: str = ADD) -> Curation:
    words = of(graphs, KOOPSTADT).article.text.split("\n\n")[2].split(". ")[0]
    assert not set('\n"') & set(words)
    return curation(text.replace("QUOTE", words))


def test_what_is_added_stands_in_the_article_that_says_so(graphs: Graphs) -> None:
    judgements = additions(graphs)
    done = before(graphs, judgements, base=BASE)
    assert (done.applied, done.problems) == ({0, 1, 2, 3, 4}, ())
    article = of(done.graphs, KOOPSTADT)
    person = named(article, "Martin zur Nedden", EntityType.PERSON)
    assert person.names == ("Martin zur Nedden", "zur Nedden")
    (stated,) = facts(article, "Iris Reuther", "leads", "koopstadt")
    assert person.mentions == (stated.evidence,)
    assert (stated.extractor, stated.confidence, stated.role) == ("curation", 1.0, "Leiterin")
    own = of(done.graphs, "curation.yaml")
    assert (own.article.title, own.article.text) == ("Kuratierung", judgements.text)
    (budget,) = facts(own, "koopstadt", "budget", "5 EUR")
    assert budget.evidence.quote.startswith("state: {subject: {class: Project, name: koopstadt}")
    assert budget.evidence.quote.endswith("by: Max Beispiel")
    assert budget.curator == "Max Beispiel"
    assert facts(own, "BBSR", "cooperatesWith", "Amt für Statistik")
    added = {node[1].removeprefix(BASE) for node, _ in done.curated}
    assert added == {"person/martin-zur-nedden", "organisation/amt-fuer-statistik"}  # articles name the others
    check_evidence(done.graphs)


def test_what_a_statement_names_is_the_thing_that_articles_name_so(graphs: Graphs) -> None:
    done = before(graphs, additions(graphs), base=BASE)
    found = resolve_corpus(done.graphs, base=BASE, must_link=done.joined)
    own, article = of(done.graphs, "curation.yaml"), of(done.graphs, KOOPSTADT)
    bbsr = named(own, "BBSR", EntityType.ORGANISATION)
    whole = named(article, "Bundesinstitut für Bau-, Stadt- und Raumforschung", EntityType.ORGANISATION)
    assert found.iri((own.iri, bbsr.iri)) == found.iri((article.iri, whole.iri))


def test_a_statement_may_name_a_thing_by_the_class_that_it_had(graphs: Graphs) -> None:
    text = RETYPE + (
        "- state: {subject: {class: Organisation, name: Amt}, relation: locatedIn, "
        "object: {class: Place, name: Bremen, article: neue-leipzig-charta.txt}}\n  source: {citation: Amtsblatt}\n"
    )
    judgements = curation(text)
    done = before(graphs, judgements, base=BASE)
    bremen = named(of(done.graphs, "curation.yaml"), "Bremen", EntityType.CITY)
    assert [second[1] for _, second in done.joined] == [bremen.iri]
    found = resolve_corpus(done.graphs, base=BASE, must_link=done.joined)
    check_evidence([rewritten(graph, found.of(graph.iri)) for graph in done.graphs])


def test_words_that_the_article_does_not_say_are_told_of(graphs: Graphs) -> None:
    judgements = curation(ADD)
    done = before(graphs, judgements, base=BASE)
    assert [p.source for p in done.problems] == ["curation.yaml, line 1", "curation.yaml, line 6"]
    assert "does not say" in done.problems[0].reason
    assert unmatched(judgements, done.applied) == []
    assert of(done.graphs, KOOPSTADT) == of(graphs, KOOPSTADT)


def test_an_article_that_is_gone_is_told_of(graphs: Graphs) -> None:
    judgements = curation(ADD.replace("koopstadt-bilanz.txt", "gone.txt"))
    done = before(graphs, judgements, base=BASE)
    told = unmatched(judgements, done.applied)
    assert [p.source for p in told] == ["curation.yaml, line 1", "curation.yaml, line 6"]
    assert "gone.txt" in told[0].reason


PAIRS = """\
- same:
    - {class: Organisation, name: BBSR}
    - {class: Organisation, name: Bundesministerium des Innern für Bau und Heimat}
  by: Jana Muster
- different:
    - {class: City, name: Leipzig, article: koopstadt-bilanz.txt}
    - {class: City, name: Leipzig}
- unsure: [{class: City, name: Bonn}, {class: City, name: Berlin}]
- same: [{class: City, name: Bonn}, {class: City, name: Atlantis}]
"""


def test_pairs_are_joined_and_kept_apart(graphs: Graphs) -> None:
    judgements = curation(PAIRS)
    asked = constraints(graphs, judgements)
    assert asked.applied == {0, 1, 2}
    told = unmatched(judgements, asked.applied)
    assert [(p.source, "Atlantis" in p.reason) for p in told] == [("curation.yaml, line 9", True)]
    _, iri_of = resolved(graphs, judgements)
    koopstadt, charta = of(graphs, KOOPSTADT), of(graphs, CHARTA)

    def iri(graph: ArticleGraph, name: str, kind: EntityType) -> str:
        return iri_of((graph.iri, named(graph, name, kind).iri))

    one = iri(koopstadt, "Bundesinstitut für Bau-, Stadt- und Raumforschung", EntityType.ORGANISATION)
    assert one == iri(charta, "Bundesministerium des Innern, für Bau und Heimat", EntityType.ORGANISATION)
    assert iri(koopstadt, "Leipzig", EntityType.CITY) != iri(charta, "Leipzig", EntityType.CITY)
    assert {pair.curator for pair in asked.joined} == {"Jana Muster"}
    assert {iri_of(node) for pair in asked.joined for node in pair.nodes} == {one}


SAME = "- same: [{class: City, name: Bonn}, {class: City, name: Berlin}]\n"
DIFFERENT = "- different: [{class: City, name: Berlin}, {class: City, name: Bonn}]\n"


def test_the_later_of_two_judgements_on_one_pair_wins(graphs: Graphs) -> None:
    parted = constraints(graphs, curation(SAME + DIFFERENT))
    assert (parted.must_link, bool(parted.cannot_link), parted.problems) == ((), True, ())
    joined = constraints(graphs, curation(DIFFERENT + SAME))
    assert (bool(joined.must_link), joined.cannot_link, joined.problems) == (True, (), ())
    assert joined.applied == {0, 1}
    unsure = constraints(graphs, curation(SAME + SAME.replace("same", "unsure")))
    assert (unsure.must_link, unsure.cannot_link) == ((), ())


def test_judgements_that_contradict_each_other_are_told_of(graphs: Graphs) -> None:
    chain = SAME + "- same: [{class: City, name: Berlin}, {class: City, name: Bremen}]\n"
    text = chain + "- different: [{class: City, name: Bremen}, {class: City, name: Bonn}]\n"
    asked = constraints(graphs, curation(text))
    assert [p.source for p in asked.problems] == ["curation.yaml, line 1"]
    assert "contradicts" in asked.problems[0].reason
    _, iri_of = resolved(graphs, curation(text))
    cities = {n: iri_of((of(graphs, KOOPSTADT).iri, f"{BASE}city/{n}")) for n in ("bonn", "berlin", "bremen")}
    assert cities["berlin"] == cities["bremen"] != cities["bonn"]


def test_what_one_article_names_by_both_names_cannot_be_parted(graphs: Graphs) -> None:
    text = (
        "- different: [{class: Organisation, name: BBSR}, "
        '{class: Organisation, name: "Bundesinstitut für Bau-, Stadt- und Raumforschung"}]\n'
    )
    asked = constraints(graphs, curation(text))
    assert KOOPSTADT in asked.problems[0].reason


AFTER = """\
- accept: {subject: {class: Person, name: Iris Reuther}, relation: affiliatedWith, object: {class: Organisation, name: Universität Kassel}}
  by: Jana Muster
- reject: {subject: {class: Project, name: koopstadt}, relation: partnerCity, object: {class: City, name: Bonn}, article: koopstadt-bilanz.txt}
- reject: {subject: {class: Project, name: koopstadt}, relation: partnerCity, object: {class: City, name: Leipzig}, article: other.txt}
- reject: {subject: {class: City, name: Nürnberg}, relation: cooperatesWith, object: {class: City, name: Leipzig}}
- accept: {subject: {class: Event, name: Stadträtetreffen}, relation: date, value: 2009-05}
- unsure: {subject: {class: Project, name: koopstadt}, relation: theme, value: energy}
- rename: {class: City, name: Leipzig}
  to: Leipzig (Sachsen)
  by: Max Beispiel
- link: {class: City, name: Leipzig (Sachsen)}
  to: https://sws.geonames.org/2879139/
- link: {class: Organisation, name: BBSR}
  to: https://www.wikidata.org/entity/Q1
- unlink: {class: Organisation, name: BBSR}
  from: https://www.wikidata.org/entity/Q1
"""


def test_statements_are_made_sure_or_removed(graphs: Graphs) -> None:
    judgements = curation(AFTER)
    final, _ = resolved(graphs, judgements)
    done = after(final, judgements, base=BASE)
    article = of(done.graphs, KOOPSTADT)
    (accepted,) = facts(article, "Iris Reuther", "affiliatedWith", "Universität Kassel")
    assert (accepted.confidence, accepted.curator) == (1.0, "Jana Muster")
    assert not facts(article, "koopstadt", "partnerCity", "Bonn")
    assert facts(article, "koopstadt", "partnerCity", "Leipzig (Sachsen)")
    charta = of(done.graphs, CHARTA)
    assert not facts(charta, "Leipzig (Sachsen)", "cooperatesWith", "Nürnberg")  # either direction
    (dated,) = facts(article, "Stadträtetreffen", "date", "2009-05")
    assert (dated.confidence, dated.curator) == (1.0, UNNAMED)
    (unsure,) = facts(article, "koopstadt", "theme", "energy")
    assert unsure.curator is None
    told = unmatched(judgements, done.applied)
    assert [p.source for p in told] == ["curation.yaml, line 4"]
    check_evidence(done.graphs)


def test_a_thing_gets_its_name_and_authority_everywhere(graphs: Graphs) -> None:
    judgements = curation(AFTER)
    final, _ = resolved(graphs, judgements)
    done = after(final, judgements, base=BASE)
    for source in (KOOPSTADT, CHARTA):
        leipzig = named(of(done.graphs, source), "Leipzig (Sachsen)", EntityType.CITY)
        assert "Leipzig" in leipzig.names
        assert leipzig.authority == "https://sws.geonames.org/2879139/"
    wikidata = "https://www.wikidata.org/entity/Q1"
    assert [(link.authority, link.accepted) for link in done.links if link.authority == wikidata] == [(wikidata, False)]
    assert AuthorityLink(f"{BASE}city/leipzig", "https://sws.geonames.org/2879139/", True, UNNAMED) in done.links


def test_a_place_that_people_link_is_known_to_resolution(graphs: Graphs) -> None:
    done = before(graphs, curation(AFTER), base=BASE)
    assert (
        named(of(done.graphs, KOOPSTADT), "Leipzig", EntityType.CITY).authority == "https://sws.geonames.org/2879139/"
    )


def test_later_verdicts_win(graphs: Graphs) -> None:
    key = "{subject: {class: Person, name: Iris Reuther}, relation: affiliatedWith, object: {class: Organisation, name: Universität Kassel}}"
    for last, left in (("accept", True), ("reject", False), ("unsure", True)):
        others = [v for v in ("accept", "reject", "unsure") if v != last]
        judgements = curation("".join(f"- {verdict}: {key}\n" for verdict in [*others, last]))
        done = after(graphs, judgements, base=BASE)
        assert bool(facts(of(done.graphs, KOOPSTADT), "Iris Reuther", "affiliatedWith", "Universität Kassel")) is left
        assert done.applied == {0, 1, 2}


@pytest.mark.parametrize("text", [RETYPE, ADD, PAIRS, AFTER, RETYPE + ADD + PAIRS + AFTER], ids=range(5))
def test_twice_is_once_and_order_plays_no_part(graphs: Graphs, text: str) -> None:
    judgements = additions(graphs, text)
    first = before(graphs, judgements, base=BASE)
    assert tuple(before(first.graphs, judgements, base=BASE).graphs) == tuple(first.graphs)
    asked = constraints(first.graphs, judgements)
    found = resolve_corpus(first.graphs, base=BASE, must_link=(*asked.must_link, *first.joined))
    final = tuple(rewritten(g, found.of(g.iri)) for g in tuple(first.graphs)[:3])
    done = after(final, judgements, base=BASE)
    assert tuple(after(done.graphs, judgements, base=BASE).graphs) == tuple(done.graphs)
    shuffled = list(graphs)
    random.Random(4).shuffle(shuffled)
    again = before(shuffled, judgements, base=BASE)
    assert set(again.graphs) == set(first.graphs)
    assert (again.applied, again.problems, again.curated) == (first.applied, first.problems, first.curated)
    assert again.joined == first.joined
    assert constraints(again.graphs, judgements) == asked
    other = after(list(reversed(final)), judgements, base=BASE)
    assert set(other.graphs) == set(done.graphs)
    assert other.links == done.links


def test_a_surname_alone_means_nobody_who_is_called_more(graphs: Graphs) -> None:
    text = "- rename: {class: Person, name: Martin}\n  to: Martin zur Nedden\n"
    done = after(graphs, curation(text), base=BASE)
    changed = [e for g, old in zip(done.graphs, graphs, strict=True) for e in set(g.entities) - set(old.entities)]
    assert [e.iri for e in changed] == [f"{BASE}person/martin"]


def test_people_are_named_in_the_provenance_graph(graphs: Graphs) -> None:
    judgements = curation(AFTER)
    final, iri_of = resolved(graphs, judgements)
    done = after(final, judgements, base=BASE)
    curated = curated_things(done.curated, iri_of)
    assert curated == {f"{BASE}city/leipzig": ("Max Beispiel",)}
    said = {
        (s.value, p.value.rpartition("#")[2], o.value) for s, p, o in curator_triples(done.graphs, curated, base=BASE)
    }
    assert (f"{BASE}city/leipzig", "wasAttributedTo", f"{BASE}curator/max-beispiel") in said
    assert (f"{BASE}curator/max-beispiel", "label", "Max Beispiel") in said
    assert (f"{BASE}curator/jana-muster", "type", "http://www.w3.org/ns/prov#Agent") in said
    assert sum(s.startswith(f"{BASE}statement/") for s, _, _ in said) == 2
