"""What one article knows of one thing: its key, its other forms, and the company that it is in."""

from __future__ import annotations

from collections.abc import Callable

from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.model import ArticleGraph, EntityType
from koopgraph.resolve.records import Context, Record, role_words

Told = Callable[..., ArticleGraph]
Recorded = Callable[[ArticleGraph], dict[str, Record]]

LEIPZIG, KIEL = "https://sws.geonames.org/2879139/", "https://sws.geonames.org/2891122/"


def test_every_thing_has_a_record_with_its_first_sentence(told: Told, recorded: Recorded) -> None:
    graph = told("a.txt", "[Person|Eva Kern] plant.", "[Person=Eva Kern|Kern] baut.", published="2021-05-03")
    record = recorded(graph)["Eva Kern"]
    assert (record.type, record.key) == (EntityType.PERSON, "eva kern")
    assert record.naming.evidence is not None
    assert record.naming.evidence.quote == "Eva Kern plant."
    assert record.node == (graph.iri, graph.entities[0].iri)


def test_undated_articles_come_after_all_dated_ones(told: Told, recorded: Recorded) -> None:
    dated = recorded(told("z.txt", "[Person|Eva Kern] plant.", published="2021-05-03"))["Eva Kern"]
    undated = recorded(told("a.txt", "[Person|Eva Kern] plant."))["Eva Kern"]
    assert dated.order < undated.order


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
    assert role_words("Stadträtin", load_lexicon("de")) == role_words("„Stadträtin“,", load_lexicon("de"))
    assert role_words("Architektin", load_lexicon("de")) == role_words("Architekt", load_lexicon("de"))


def test_years_are_those_of_statements_and_of_the_article(told: Told, recorded: Recorded) -> None:
    graph = told(
        "a.txt", "Das [Event|Stadtfest] kommt.", published="2020-12-01", facts=[("Stadtfest", "date", "2021-06")]
    )
    context = recorded(graph)["Stadtfest"].context
    assert (context.years, context.published) == ({"2021"}, {"2020"})


def test_contexts_add_up_and_take_on_new_identities() -> None:
    one = Context(tied=frozenset({"a"}), stated=frozenset({"Kiel"}))
    both = Context.of_all([one, Context(tied=frozenset({"b"}), roles=frozenset({"architekt"}))])
    assert (both.tied, both.stated, both.roles) == ({"a", "b"}, {"Kiel"}, {"architekt"})
    assert both.renamed({"b": "a"}).tied == {"a"}
    assert both.renamed({"c": "a"}) is both


def test_an_article_without_things_has_no_records(told: Told, recorded: Recorded) -> None:
    assert recorded(told("a.txt", "Nichts Neues.")) == {}
    assert recorded(told("a.txt")) == {}
