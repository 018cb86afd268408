"""All articles together: what is one thing, what is asked, and why; from an empty corpus to a hostile one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from koopgraph.corpus import unite
from koopgraph.model import ArticleGraph, EntityType
from koopgraph.resolve.corpus import resolve_corpus

Told = Callable[..., ArticleGraph]
United = Callable[..., Any]
Compared = Callable[..., str]
BASE = "https://example.org/id/"


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Person", "Jörg Weiß", "Joerg Weiss"),
        ("Person", "Prof. Dr. Eva Kern", "Eva Kern"),
        ("Person", "Hans Ebert", "Hans-Peter Ebert"),
        ("City", "Stadt Rostock", "Rostock"),
        ("City", "Hansestadt Rostock", "Rostock"),
        ("City", "Landeshauptstadt München", "Munich"),
        ("City", "Köln", "Cologne"),
        ("City", "Frankfurt (Oder)", "Frankfurt an der Oder"),
        ("Place", "Goethestr.", "Goethestraße"),
        ("Place", "Willy-Brandt-Platz", "Willy Brandt Platz"),
        ("Organisation", "GEWOBA AG", "Gewoba"),
        ("Organisation", "TU Berlin", "Technische Universität Berlin"),
        ("Organisation", "Uni Leipzig", "Universität Leipzig"),
        ("Organisation", "University of Leipzig", "Universität Leipzig"),
        ("Organisation", "BBSR", "Bundesinstitut für Bau-, Stadt- und Raumforschung"),
        ("Organisation", "Umweltbundesamt", "German Environment Agency"),
        ("Organisation", "Leipziger Volkshochschule", "Volkshochschule Leipzig"),
        ("Document", "Leipzig-Charta", "„Leipzig Charta“"),
        ("Project", "KielQuer", "KielQuer – Mobilität auf den letzten 800 Metern"),
        ("Project", "Uferpark Löbtau", "Uferprak Löbtau"),
    ],
)
def test_names_of_one_thing_become_one_in_common_company(compared: Compared, kind: str, one: str, other: str) -> None:
    assert compared(kind, one, other) == "one"
    assert compared(kind, other, one) == "one"


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Person", "Anna Meier", "Anna Meyer"),
        ("Person", "Eva Kern", "Emil Kern"),
        ("City", "Frankfurt (Oder)", "Frankfurt am Main"),
        ("City", "Halle (Saale)", "Halle (Westfalen)"),
        ("Place", "Bachstraße", "Buchstraße"),
        ("Organisation", "Universität Leipzig", "Institut für Geographie der Universität Leipzig"),
        ("Organisation", "Bauamt", "Stadtplanungsamt"),
        ("Document", "Leipzig-Charta", "Neue Leipzig-Charta"),
        ("Event", "8. Bundeskongress", "9. Bundeskongress"),
        ("Event", "Baukultur-Forum 2019", "Baukultur-Forum 2020"),
        ("Project", "Quartier 1", "Quartier 2"),
    ],
)
def test_names_of_different_things_stay_two_even_in_common_company(
    compared: Compared, kind: str, one: str, other: str
) -> None:
    assert compared(kind, one, other) == "two"


def test_a_project_and_a_programme_of_one_name_are_asked_never_joined(told: Told, united: United) -> None:
    graphs = [
        told("a.txt", "[City|Kiel] baut am Projekt [Project|Lebendige Fjorde]."),
        told("b.txt", "[City|Kiel] hat Geld vom Programm [Programme|Lebendige Fjorde]."),
    ]
    outcome = united(*graphs)
    assert outcome.verdict(("a.txt", "Lebendige Fjorde"), ("b.txt", "Lebendige Fjorde")) == "asked"
    (proposal,) = outcome.proposals
    assert proposal.rule == "same name, other class"
    assert proposal.shared == ("Kiel",)


def test_two_people_of_one_name_are_asked(told: Told, united: United) -> None:
    graphs = [
        told("a.txt", "In [City|Kiel] warb der Architekt [Person|Thomas Müller] für [Project|koopstadt]."),
        told("b.txt", "In [City|Jena] warb der Stadtrat [Person|Thomas Müller] für die [Project|HafenCity]."),
    ]
    outcome = united(*graphs)
    assert outcome.verdict(("a.txt", "Thomas Müller"), ("b.txt", "Thomas Müller")) == "asked"
    assert [p.rule for p in outcome.proposals] == ["same name, other company"]


def test_towns_of_one_name_that_the_gazetteer_knows_are_not_asked(told: Told, united: United) -> None:
    outcome = united(told("a.txt", "[City|Frankfurt (Oder)] plant."), told("b.txt", "[City|Frankfurt am Main] plant."))
    assert outcome.proposals == ()


def test_local_things_of_two_towns_are_not_asked(compared: Compared) -> None:
    assert compared("Organisation", "Bauamt", "Bauamt", towns=("Kiel", "Jena")) == "two"


def test_names_join_over_several_steps(told: Told, united: United) -> None:
    names = (
        "TU Berlin",
        "Technische Universität Berlin",
        "Technical University Berlin",
        "Berlin University of Technology",
    )
    graphs = [told(f"{n}.txt", f"Die [Organisation|{name}] lehrt in [City|Berlin].") for n, name in enumerate(names)]
    outcome = united(*graphs)
    assert len({outcome.iri[f"{n}.txt", name] for n, name in enumerate(names)}) == 1


def test_company_counts_under_any_of_its_names(told: Told, united: United) -> None:
    graphs = [
        told("a.txt", "[Person|Anna Müller] lehrt an der [Organisation|TU Berlin]."),
        told("b.txt", "[Person|A. Müller] lehrt an der [Organisation|Technische Universität Berlin]."),
    ]
    assert united(*graphs).verdict(("a.txt", "Anna Müller"), ("b.txt", "A. Müller")) == "one"


def test_a_merge_tells_the_rule_both_names_their_sentences_and_what_they_share(told: Told, united: United) -> None:
    graphs = [
        told("a.txt", "[Organisation|GEWOBA] plant [Project|KielQuer]."),
        told("b.txt", "[Organisation|Gewoba] baut [Project|KielQuer – Mobilität]."),
    ]
    merges = {m.rule: m for m in united(*graphs).merges}
    merge = merges["subtitle"]
    assert merge.entity == f"{BASE}project/kielquer"
    assert {n.form for n in merge.namings} == {"KielQuer", "KielQuer – Mobilität"}
    assert {n.evidence.quote for n in merge.namings} == {
        "GEWOBA plant KielQuer.",
        "Gewoba baut KielQuer – Mobilität.",
    }
    assert "GEWOBA" in merge.shared
    assert {n.form for n in merges["other spelling"].namings} == {"GEWOBA", "Gewoba"}


def test_a_name_that_several_articles_give_is_told_of_once(told: Told, united: United) -> None:
    graphs = [told(f"{n}.txt", "[Organisation|GEWOBA] plant.") for n in range(5)]
    assert [(m.rule, m.namings[0].form) for m in united(*graphs).merges] == [("same name", "GEWOBA")]


def test_the_order_of_articles_and_judgements_plays_no_part(told: Told, united: United) -> None:
    names = ("BUND", "Bund", "IBA Hamburg", "IBA", "IBA Thüringen", "Bauamt", "Bauamt Kiel")
    graphs = [told(f"{n}.txt", f"[Organisation|{name}] in [City|Kiel]") for n, name in enumerate(names)]
    assert united(*graphs) == united(*graphs[::-1])


def test_no_articles_and_articles_without_things_give_nothing(told: Told, united: United) -> None:
    assert united() == united(told("a.txt", "Nichts Neues."), told("b.txt"))
    assert tuple(unite([], base=BASE).graphs) == ()
    graph = told("a.txt", "Nichts Neues.")
    assert tuple(unite([graph], base=BASE).graphs) == (graph,)


@pytest.mark.parametrize("kind", ["Project", "Person", "City", "Place", "Organisation", "Event", "Award"])
def test_names_without_letters_are_things_of_their_own(told: Told, united: United, kind: str) -> None:
    names = ("–", "…", "123", "124", "🌳", "🏠", "?!", " ")
    outcome = united(told("a.txt", *(f"Da ist [{kind}|{name}]." for name in names)))
    assert len(set(outcome.iri.values())) == len(names)


@pytest.mark.parametrize(
    "name",
    [
        '„O"Brien“ <b>&amp;\\',
        "Hof\nund\nGarten",
        "\u202eשלום\u202c",
        "a" * 20_000,
        "Wort " * 2_000,
        "\u0000",
        "'; DROP",
    ],
)
@pytest.mark.parametrize("kind", ["Project", "Person", "Organisation"])
def test_hostile_and_very_long_names_are_names(told: Told, united: United, kind: str, name: str) -> None:
    begin = time.perf_counter()
    graphs = [told(f"{n}.txt", f"[{kind}|{name}] mit [Organisation|GEWOBA].") for n in "ab"]
    outcome = united(*graphs)
    assert outcome.iri["a.txt", name] == outcome.iri["b.txt", name]
    assert time.perf_counter() - begin < 10


@pytest.mark.slow
def test_ten_thousand_articles_on_one_name_are_resolved_soon(told: Told) -> None:
    graphs = [
        told(f"{n}.txt", f"Im [Organisation|Bauamt] von [City|{'Kiel' if n % 2 else 'Jena'}] sprach [Person|Kern].")
        for n in range(10_000)
    ]
    begin = time.perf_counter()
    resolution = resolve_corpus(graphs, base=BASE)
    assert time.perf_counter() - begin < 60
    assert {
        resolution.iri((g.iri, e.iri)) for g in graphs for e in g.entities if e.type is EntityType.ORGANISATION
    } == {f"{BASE}organisation/bauamt-{town}" for town in ("kiel", "jena")}


def test_what_people_call_different_is_not_proposed_again(told: Told, united: United) -> None:
    graphs = [
        told("a.txt", "[Person|Jana Schmidt] ist Pfarrerin in [City|Kiel]."),
        told("b.txt", "[Person|Jana Schmidt] ist Architektin in [City|Jena]."),
    ]
    ours, theirs = ("a.txt", "Jana Schmidt"), ("b.txt", "Jana Schmidt")
    assert united(*graphs).verdict(ours, theirs) == "asked"
    assert united(*graphs, different=[(ours, theirs)]).verdict(ours, theirs) == "two"


def test_articles_that_can_be_gone_through_once_are_refused(told: Told) -> None:
    graph = told("a.txt", "[City|Kiel] plant.")
    with pytest.raises(TypeError, match="several times"):
        resolve_corpus(iter([graph]), base=BASE)
    with pytest.raises(TypeError, match="several times"):
        unite(iter([graph]), base=BASE)


def test_the_graphs_of_a_corpus_are_made_anew_in_each_round(told: Told) -> None:
    graphs = [told(f"{n}.txt", "Das [Organisation|Bauamt] von [City|Kiel] plant.") for n in range(3)]
    corpus = unite(graphs, base=BASE)
    assert tuple(corpus.graphs) == tuple(corpus.graphs)
    assert {e.iri for g in corpus.graphs for e in g.entities} == {
        f"{BASE}city/kiel",
        f"{BASE}organisation/bauamt-kiel",
    }
