"""What one article knows of one thing: its key, its other forms, and the company that it is in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from koopgraph.model import ArticleGraph, EntityType
from koopgraph.resolve.company import role_words
from koopgraph.resolve.context import Context
from koopgraph.resolve.records import Record, Records

Told = Callable[..., ArticleGraph]
Recorded = Callable[[ArticleGraph], dict[str, Record]]

LEIPZIG, KIEL = "https://sws.geonames.org/2879139/", "https://sws.geonames.org/2891122/"


def test_every_thing_has_a_record(told: Told, recorded: Recorded) -> None:
    graph = told("a.txt", "[Person|Eva Kern] plant.", "[Person=Eva Kern|Kern] baut.", published="2021-05-03")
    record = recorded(graph)["Eva Kern"]
    assert (record.type, record.key) == (EntityType.PERSON, "eva kern")
    assert record.node == (graph.iri, graph.entities[0].iri)


def test_undated_articles_come_after_all_dated_ones(told: Told) -> None:
    undated = told("a.txt", "[Person|Eva Kern] plant.")
    dated = told("z.txt", "[Person|Eva Kern] plant.", published="2021-05-03")
    found = Records([undated, dated])
    assert [record.source for record in found] == ["z.txt", "a.txt"]
    assert list(found.places) == [1, 0]


def test_other_forms_have_keys_of_their_own_but_a_surname_alone_is_anybodys(told: Told, recorded: Recorded) -> None:
    graph = told(
        "a.txt",
        "[Organisation|Wohnbau Gera] und [Person|Eva Kern]",
        also={"Wohnbau Gera": ("WBG", "Wohnbau  Gera"), "Eva Kern": ("Kern", "E. Kern")},
    )
    assert recorded(graph)["Wohnbau Gera"].forms == (("wbg", "WBG"),)
    assert recorded(graph)["Eva Kern"].forms == (("e kern", "E. Kern"),)


def test_cities_of_statements_are_surer_than_the_articles_and_those_than_the_sentences(
    told: Told, recorded: Recorded
) -> None:
    graph = told(
        "a.txt",
        "In [City|Leipzig] wird gebaut.",
        "Der [Project|Uferpark] ist in [City|Kiel] geplant.",
        "Das [Project|Hafenband] kommt.",
        facts=[("Uferpark", "locatedIn", "Kiel")],
    )
    park, band = recorded(graph)["Uferpark"].context, recorded(graph)["Hafenband"].context
    assert park.cities == park.located == park.stated == park.near == {KIEL}
    assert park.all_cities == {KIEL, LEIPZIG}
    assert band.cities == band.home == {LEIPZIG}
    assert not band.own_cities


def test_an_article_is_about_the_city_of_its_title_and_place_line(told: Told, recorded: Recorded) -> None:
    graph = told(
        "a.txt",
        "Neues aus [City|Kiel]",
        "Der [Project|Uferpark] wird wie viele andere Anlagen dieser Art sehr schön werden.",
        "[City|Leipzig] hat einen.",
        "Und [City|Leipzig] plant noch einen.",
    )
    assert recorded(graph)["Uferpark"].context.home == {KIEL}


def test_company_is_tied_by_statements_or_stands_in_the_same_sentence(told: Told, recorded: Recorded) -> None:
    graph = told(
        "a.txt",
        "[Person|Eva Kern] spricht mit [Organisation|Wohnbau Gera].",
        "Die [Project|HafenCity] wächst.",
        facts=[("Eva Kern", "leads", "HafenCity")],
    )
    context = recorded(graph)["Eva Kern"].context
    assert context.tied == {"Project:hafencity"}
    assert context.beside == {"Organisation:wohnbaugera"}
    assert context.company == context.tied | context.beside


def test_a_local_thing_in_company_is_that_of_the_articles_town(told: Told, recorded: Recorded) -> None:
    kiel, leipzig = (
        recorded(told("a.txt", f"Aus [City|{town}]", "[Person|Eva Kern] leitet das [Organisation|Bauamt]."))
        for town in ("Kiel", "Leipzig")
    )
    assert kiel["Eva Kern"].context.beside.isdisjoint(leipzig["Eva Kern"].context.beside)


def test_local_things_of_articles_without_a_town_are_nobodys_common_company(told: Told, recorded: Recorded) -> None:
    one, other = (recorded(told(f"{n}.txt", "[Person|Eva Kern] lobt den [Organisation|Stadtrat].")) for n in "ab")
    assert one["Eva Kern"].context.beside.isdisjoint(other["Eva Kern"].context.beside)


def test_offices_count_that_a_statement_gives_or_that_stand_beside_the_name(told: Told, recorded: Recorded) -> None:
    graph = told(
        "a.txt",
        "Die Architektin [Person|Eva Kern] plant.",
        "[Person|Paul Roth] gehört zum [Organisation|Bauamt].",
        facts=[("Paul Roth", "affiliatedWith", "Bauamt", "Baubürgermeister")],
    )
    assert recorded(graph)["Eva Kern"].context.roles == {"architekt"}
    assert recorded(graph)["Paul Roth"].context.roles == {"baubuergermeister"}


def test_an_office_far_from_the_name_is_somebody_elses(told: Told, recorded: Recorded) -> None:
    graph = told("a.txt", "[Person|Eva Kern] lobte gestern vor vielen Gästen im Saal lange die Architektin.")
    assert recorded(graph)["Eva Kern"].context.roles == frozenset()


def test_women_and_men_of_one_office_have_the_same_one() -> None:
    assert role_words("Stadträtin", "de") == role_words("„Stadträtin“,", "de")
    assert role_words("Architektin", "de") == role_words("Architekt", "de")


def test_years_are_those_of_statements_and_of_the_article(told: Told, recorded: Recorded) -> None:
    graph = told(
        "a.txt", "Das [Event|Stadtfest] kommt.", published="2020-12-01", facts=[("Stadtfest", "date", "2021-06")]
    )
    context = recorded(graph)["Stadtfest"].context
    assert (context.years, context.published) == ({"2021"}, {"2020"})


def test_contexts_add_up() -> None:
    one = Context(tied=frozenset({"a"}), stated=frozenset({"Kiel"}))
    both = Context.of_all([one, Context(tied=frozenset({"b"}), roles=frozenset({"architekt"}))])
    assert (both.tied, both.stated, both.roles) == ({"a", "b"}, {"Kiel"}, {"architekt"})


def test_identities_are_renamed_in_all_contexts_and_it_is_told_in_which(told: Told) -> None:
    graph = told("a.txt", "[Person|Eva Kern] spricht mit der [Organisation|GEWOBA].", "Die [Project|HafenCity] wächst.")
    records = Records([graph])
    number_of = {record.identity: records.identity[record.number] for record in records}
    renamed = np.arange(len(records.strings.texts), dtype=np.int32)
    renamed[number_of["Organisation:gewoba"]] = number_of["Project:hafencity"]
    changed = records.rename(renamed)
    assert [records[int(number)].name for number in changed] == ["Eva Kern"]
    assert records[int(changed[0])].context.beside == {"Project:hafencity"}


def test_records_of_several_articles_are_numbered_by_date_source_and_thing(told: Told) -> None:
    texts = ("[Project|Beta] und [Project|Alpha] in [City|Kiel].", "[Project|Gamma] von [Person|Eva Kern].")
    graphs = [told(f"{n}.txt", text, published=f"20{20 - n}") for n, text in enumerate(texts)]
    records, backwards = Records(graphs), Records(graphs[::-1])
    assert [record.node for record in records] == sorted(
        ((g.iri, e.iri) for g in graphs for e in g.entities), key=lambda node: (node[0] == graphs[0].iri, node)
    )
    for one, other in zip(records, backwards, strict=True):
        assert (one.node, one.identity, one.context) == (other.node, other.identity, other.context)


def test_an_article_without_things_has_no_records(told: Told, recorded: Recorded) -> None:
    assert recorded(told("a.txt", "Nichts Neues.")) == {}
    assert recorded(told("a.txt")) == {}
    assert list(Records([])) == []
