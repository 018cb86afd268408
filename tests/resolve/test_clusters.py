"""From names to things: what joins, what contradicts, what is asked, and that judgements win over every rule."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from koopgraph.model import ArticleGraph
from koopgraph.resolve.clusters import MERGE, PROPOSE, Clusters
from koopgraph.resolve.judgements import Apart, split_by_judgement
from koopgraph.resolve.records import Records
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.variant import SCORES, SHORTENING, variant_of
from koopgraph.resolve.weighing import SUREST

Told = Callable[..., ArticleGraph]
United = Callable[..., Any]


def separate(*graphs: ArticleGraph) -> Senses:
    """Return a sense for each thing of each article."""
    records = Records(graphs)
    return Senses(records, np.arange(len(records), dtype=np.int32))


def organisations(told: Told, *names: str, **options: Any) -> Senses:
    graphs = [told(f"{n}.txt", f"Die [Organisation|{name}] baut.", **options) for n, name in enumerate(names)]
    return separate(*graphs)


def decided(senses: Senses, *pairs: tuple[int, int, str], apart: list[tuple[int, int]] | None = None) -> Clusters:
    clusters = Clusters(senses, apart or [])
    clusters.decide([variant_of(rule, a, b, (senses.text(a), senses.text(b))) for a, b, rule in pairs])
    return clusters


def test_every_sense_is_a_thing_of_its_own_until_something_joins_it(told: Told) -> None:
    clusters = decided(organisations(told, "GEWOBA", "Difu"))
    assert clusters.groups() == [[0], [1]]
    assert (clusters.links, clusters.proposals) == ([], [])
    assert Clusters(separate()).groups() == []


def test_what_is_joined_with_one_is_joined_with_all_that_are_one_with_it(told: Told) -> None:
    senses = organisations(told, "Alpha", "Beta", "Gamma", "Delta")
    pairs = [(0, 1, "same meaning"), (1, 2, "subtitle"), (2, 3, "legal form")]
    for order in permutations(pairs):
        assert decided(senses, *order).groups() == [[0, 1, 2, 3]]


def test_what_is_likely_but_not_enough_is_asked_and_what_is_unlikely_is_not(told: Told) -> None:
    senses = organisations(told, "Alpha", "Beta")
    for rule, score in SCORES.items():
        clusters = decided(senses, (0, 1, rule))
        assert bool(clusters.links) == (score >= MERGE)
        assert bool(clusters.proposals) == (PROPOSE <= score < MERGE)


def test_no_score_is_certain_however_much_company_is_shared(told: Told, united: United) -> None:
    graphs = [
        told(
            f"{n}.txt",
            f"In [City|Kiel] plant [Organisation|{name}] mit [Person|Tjark Petermöller] die [Project|HafenCity].",
        )
        for n, name in enumerate(("Uferlinie", "Uferlinie – Büro für Gärten"))
    ]
    outcome = united(*graphs)
    assert outcome.merges
    assert all(0 < merge.score <= SUREST for merge in outcome.merges)


def weight(told: Told, *texts: str, located: tuple[str, str] | None = None) -> float:
    """Return what company makes of two projects that a rule takes for one."""
    names = ("Morgenröte", "Abendstern")
    facts = [[(name, "locatedIn", town)] for name, town in zip(names, located, strict=True)] if located else [(), ()]
    graphs = [told(f"{n}.txt", text, facts=facts[n]) for n, text in enumerate(texts)]
    senses = separate(*graphs)
    one, other = (next(n for n in senses if senses.text(n) == name) for name in names)
    clusters = decided(senses, (one, other, "same meaning"))
    (link,) = clusters.links + clusters.proposals
    return link.weight


def test_shared_company_and_a_shared_city_speak_for_a_name_and_another_city_against_it(told: Told) -> None:
    plain = weight(told, "Die [Project|Morgenröte] wächst.", "Der [Project|Abendstern] wächst.")
    company = weight(
        told, "[Organisation|GEWOBA] und [Project|Morgenröte]", "[Organisation|Gewoba] und [Project|Abendstern]"
    )
    city = weight(told, "[Project|Morgenröte] in [City|Kiel]", "[Project|Abendstern] in [City|Kiel]")
    two = "[Project|Morgenröte] in [City|Kiel]", "[Project|Abendstern] in [City|Jena]"
    assert company > city > plain
    assert weight(told, *two, located=("Kiel", "Jena")) < plain


def test_a_short_name_joins_none_of_two_things_that_it_fits_alike_and_both_are_asked(told: Told) -> None:
    senses = organisations(told, "WGX", "Wohnbau Gera", "Wiener Gärtnerkreis")
    clusters = decided(senses, (0, 1, "acronym introduced"), (0, 2, "acronym introduced"))
    assert clusters.groups() == [[0], [1], [2]]
    assert {link.variant.senses for link in clusters.proposals} == {(0, 1), (0, 2)}


def test_a_short_name_of_two_forms_of_one_thing_joins_it(told: Told) -> None:
    senses = organisations(told, "WGX", "Wohnbau Gera", "Wohnbau Gera GmbH & Söhne")
    pairs = [(0, 1, "acronym introduced"), (0, 2, "acronym introduced"), (1, 2, "legal form")]
    for order in permutations(pairs):
        assert decided(senses, *order).groups() == [[0, 1, 2]]


def test_two_places_of_the_gazetteer_are_never_one(told: Told) -> None:
    graphs = [
        told("a.txt", "[City|Frankfurt] plant.", authority={"Frankfurt": "https://sws.geonames.org/2925535/"}),
        told("b.txt", "[City|Frankfurt/M.] plant.", authority={"Frankfurt/M.": "https://sws.geonames.org/2925533/"}),
    ]
    senses = separate(*graphs)
    for rule in SCORES.keys() - SHORTENING:
        assert decided(senses, (0, 1, rule)).groups() == [[0], [1]]


def test_two_given_names_do_not_meet_by_way_of_a_surname(told: Told) -> None:
    graphs = [told(f"{n}.txt", f"[Person|{name}] baut.") for n, name in enumerate(("Eva Kern", "Kern", "Emil Kern"))]
    senses = separate(*graphs)
    clusters = decided(senses, (1, 0, "same meaning"), (1, 2, "same meaning"))
    assert len(clusters.groups()) == 2


def test_editions_of_two_years_do_not_meet_by_way_of_a_shorter_name(told: Told) -> None:
    graphs = [
        told(f"{year}.txt", f"Der [Event|{name}] tagt.", published=year)
        for year, name in (("2019", "Baukongress Nord"), ("2020", "Baukongress Nord – Treffen"))
    ]
    senses = separate(*graphs)
    assert decided(senses, (0, 1, "subtitle")).groups() == [[0], [1]]


def test_spellings_that_an_article_sets_side_by_side_stay_apart(told: Told) -> None:
    graph = told("a.txt", "Der [Project|Uferpark Nord] und der [Project|Uferprak Nord] wachsen.")
    senses = separate(graph)
    assert decided(senses, (0, 1, "typing error")).groups() == [[0], [1]]


# ---------------------------------------------------------------- judgements

DIFFERENT = [("a.txt", "Uni Leipzig"), ("b.txt", "Universität Leipzig"), ("c.txt", "University of Leipzig")]


def universities(told: Told) -> list[ArticleGraph]:
    return [told(source, f"Die [Organisation|{name}] lehrt in [City|Leipzig].") for source, name in DIFFERENT]


def test_what_people_call_different_is_never_one_though_names_are_equal(told: Told, united: United) -> None:
    graphs, (a, b, c) = universities(told), DIFFERENT
    assert len({united(*graphs).iri[n] for n in DIFFERENT}) == 1
    for apart in ((a, b), (a, c), (b, c)):
        outcome = united(*graphs, different=[apart])
        assert outcome.verdict(*apart) == "two", apart
        assert len({outcome.iri[n] for n in DIFFERENT}) == 2


def test_what_people_call_different_stays_so_by_way_of_a_third(told: Told, united: United) -> None:
    graphs, (a, b, c) = universities(told), DIFFERENT
    outcome = united(*graphs, same=[(a, c)], different=[(a, b)])
    assert outcome.iri[a] == outcome.iri[c] != outcome.iri[b]


def test_what_people_call_one_is_one_whatever_speaks_against_it(told: Told, united: United) -> None:
    graphs = [
        told("a.txt", "[City|Frankfurt (Oder)] plant."),
        told("b.txt", "[City|Kiel] plant mit [Person|Eva Kern]."),
        told("c.txt", "[Person|Paul Roth] aus [City|Jena] plant."),
    ]
    outcome = united(
        *graphs,
        same=[
            (("a.txt", "Frankfurt (Oder)"), ("b.txt", "Kiel")),
            (("b.txt", "Eva Kern"), ("c.txt", "Paul Roth")),
        ],
    )
    assert outcome.verdict(("a.txt", "Frankfurt (Oder)"), ("b.txt", "Kiel")) == "one"
    assert outcome.verdict(("b.txt", "Eva Kern"), ("c.txt", "Paul Roth")) == "one"
    assert outcome.iri["c.txt", "Jena"] != outcome.iri["b.txt", "Kiel"]


def test_two_pairs_called_one_make_three_things_one(told: Told, united: United) -> None:
    graphs = [told(f"{n}.txt", f"[Project|{name}] wächst.") for n, name in enumerate(("Alpha", "Beta", "Gamma"))]
    pairs = [(("0.txt", "Alpha"), ("1.txt", "Beta")), (("1.txt", "Beta"), ("2.txt", "Gamma"))]
    for order in (pairs, pairs[::-1]):
        assert len(set(united(*graphs, same=order).iri.values())) == 1


def test_records_of_one_sense_that_people_part_go_to_whom_they_share_company_with(told: Told) -> None:
    texts = (
        "[Person|Eva Kern] von der [Organisation|GEWOBA]",
        "[Person|Eva Kern] vom [Organisation|Difu]",
        "[Person|Eva Kern] für das [Organisation|Difu]",
    )
    records = Records([told(f"{n}.txt", text) for n, text in enumerate(texts)])
    first, second, third = (record.number for record in records if record.name == "Eva Kern")
    one = np.arange(len(records), dtype=np.int32)
    one[[second, third]] = first
    parted, places = split_by_judgement(records, one, [], Apart([([first], [second])]))
    assert [parted[number] for number in (first, second, third)] == [first, second, second]
    assert places == {first: (first, 0), second: (first, 1)}
    senses = Senses(records, parted, places)
    assert [list(senses.members[n]) for n in senses if senses.text(n) == "Eva Kern"] == [[first], [second, third]]
    assert senses.of[second] == senses.of[first] + 1


def test_equal_names_are_parted_where_judgements_on_others_ask_for_it(told: Told, united: United) -> None:
    graphs = [told("a.txt", "[City|Jena] und [City|Kiel]"), told("b.txt", "[City|Jena] und [City|Kiel]")]
    outcome = united(
        *graphs, same=[(("a.txt", "Jena"), ("a.txt", "Kiel"))], different=[(("b.txt", "Jena"), ("b.txt", "Kiel"))]
    )
    assert outcome.verdict(("a.txt", "Jena"), ("a.txt", "Kiel")) == "one"
    assert outcome.iri["b.txt", "Jena"] != outcome.iri["b.txt", "Kiel"]


@pytest.mark.parametrize("third", ["GEWOBA AG", "Wohnbau"])
def test_judgements_on_others_change_nothing(told: Told, united: United, third: str) -> None:
    graphs = [
        told(f"{n}.txt", f"Die [Organisation|{name}] baut.") for n, name in enumerate(("GEWOBA", "Gewoba", third))
    ]
    plain = united(*graphs)
    graphs.append(told("3.txt", "[Project|Alpha] und [Project|Beta]"))
    judged = united(*graphs, different=[(("3.txt", "Alpha"), ("3.txt", "Beta"))])
    assert {n: judged.iri[n] for n in plain.iri} == plain.iri
