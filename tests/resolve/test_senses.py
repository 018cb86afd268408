"""Who is meant by one name: equal names are parted by what their articles say of them, and joined by it."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from koopgraph.model import ArticleGraph, EntityType
from koopgraph.resolve.blocks import Blocks
from koopgraph.resolve.records import Record, Records
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.senses import comes_again, edition

Told = Callable[..., ArticleGraph]
United = Callable[..., Any]
Recorded = Callable[[ArticleGraph], dict[str, Record]]

ODER, MAIN = "https://sws.geonames.org/2925535/", "https://sws.geonames.org/2925533/"


def test_people_of_one_name_in_other_offices_and_towns_are_two(told: Told, united: United) -> None:
    one = told("a.txt", "In [City|Kiel] warb der Architekt [Person|Thomas Müller] für das Projekt [Project|koopstadt].")
    other = told(
        "b.txt", "In [City|Jena] warb der Stadtrat [Person|Thomas Müller] für den Bau der [Project|HafenCity]."
    )
    assert united(one, other).things("Thomas Müller") == [["a.txt"], ["b.txt"]]


def test_people_of_one_name_in_one_organisation_are_one(told: Told, united: United) -> None:
    graphs = [
        told(
            f"{letter}.txt",
            f"[Person|Thomas Müller] von der [Organisation|GEWOBA] sprach in [City|{town}].",
            facts=[("Thomas Müller", "affiliatedWith", "GEWOBA")],
        )
        for letter, town in (("a", "Kiel"), ("b", "Jena"))
    ]
    assert united(*graphs).things("Thomas Müller") == [["a.txt", "b.txt"]]


def test_a_rare_name_is_one_persons_where_nothing_speaks_against_it(told: Told, united: United) -> None:
    graphs = [told(f"{letter}.txt", "[Person|Tjark Petermöller] sprach.") for letter in "ab"]
    assert united(*graphs).things("Tjark Petermöller") == [["a.txt", "b.txt"]]


def test_a_surname_alone_is_one_persons_only_in_common_company(told: Told, united: United) -> None:
    alone = [told(f"{letter}.txt", "[Person|Kern] sprach.") for letter in "ab"]
    assert united(*alone).things("Kern") == [["a.txt"], ["b.txt"]]
    together = [told(f"{letter}.txt", "[Person|Kern] von der [Organisation|GEWOBA] sprach.") for letter in "ab"]
    assert united(*together).things("Kern") == [["a.txt", "b.txt"]]


def test_one_frankfurt_is_not_the_other(told: Told, united: United) -> None:
    graphs = [
        told("a.txt", "[City|Frankfurt] plant.", authority={"Frankfurt": ODER}),
        told("b.txt", "[City|Frankfurt] plant.", authority={"Frankfurt": MAIN}),
        told("c.txt", "[City|Frankfurt] baut.", authority={"Frankfurt": ODER}),
    ]
    assert united(*graphs).things("Frankfurt") == [["a.txt", "c.txt"], ["b.txt"]]


def test_a_city_without_authority_joins_the_only_one_but_never_chooses(told: Told, united: United) -> None:
    town = "https://sws.geonames.org/2871039/"
    known = told("a.txt", "[City|Mühlhagen] plant.", authority={"Mühlhagen": town})
    unknown = told("b.txt", "[City|Mühlhagen] baut.")
    other = told("c.txt", "[City|Mühlhagen] feiert.", authority={"Mühlhagen": "https://sws.geonames.org/2871040/"})
    assert united(known, unknown).things("Mühlhagen") == [["a.txt", "b.txt"]]
    assert united(known, unknown, other).things("Mühlhagen") == [["a.txt"], ["b.txt"], ["c.txt"]]


@pytest.mark.parametrize(
    ("kind", "name"), [("Organisation", "Bauamt"), ("Place", "Bahnhofstraße"), ("Document", "Masterplan")]
)
def test_what_every_town_has_is_one_thing_in_each(told: Told, united: United, kind: str, name: str) -> None:
    graphs = [
        told(f"{n}.txt", f"Neues aus [City|{town}]", f"Da ist [{kind}|{name}].")
        for n, town in enumerate(("Kiel", "Jena", "Kiel"))
    ]
    assert united(*graphs).things(name) == [["0.txt", "2.txt"], ["1.txt"]]


def test_local_things_of_unknown_towns_stay_each_for_itself(told: Told, united: United) -> None:
    graphs = [told(f"{n}.txt", "Das [Organisation|Bauamt] plant.") for n in "ab"]
    assert united(*graphs).things("Bauamt") == [["a.txt"], ["b.txt"]]


def test_a_project_of_a_name_of_its_own_is_one_in_all_towns(told: Told, united: United) -> None:
    graphs = [
        told(f"{n}.txt", f"[City|{town}] beteiligt sich an [Project|koopstadt].")
        for n, town in (("a", "Bremen"), ("b", "Leipzig"))
    ]
    assert united(*graphs).things("koopstadt") == [["a.txt", "b.txt"]]


def test_places_of_one_name_are_two_where_statements_put_them_into_two_cities(told: Told, united: United) -> None:
    graphs = [
        told(
            f"{n}.txt",
            f"Die [Place|Lohsepark-Terrassen] liegen in [City|{town}].",
            facts=[("Lohsepark-Terrassen", "locatedIn", town)],
        )
        for n, town in (("a", "Hamburg"), ("b", "Kiel"))
    ]
    unsaid = told("c.txt", "Auf den [Place|Lohsepark-Terrassen] wird gefeiert.")
    assert united(*graphs).things("Lohsepark-Terrassen") == [["a.txt"], ["b.txt"]]
    assert united(graphs[0], unsaid).things("Lohsepark-Terrassen") == [["a.txt", "c.txt"]]


def congress(told: Told, source: str, published: str, name: str = "Deutscher Baukongress") -> ArticleGraph:
    return told(source, f"Der [Event|{name}] tagte.", published=published)


def test_a_yearly_event_of_two_years_is_two_and_of_one_year_one(told: Told, united: United) -> None:
    graphs = [
        congress(told, "a.txt", "2019-05-01"),
        congress(told, "b.txt", "2020-05-01"),
        congress(told, "c.txt", "2020-09-01"),
    ]
    assert united(*graphs).things("Deutscher Baukongress") == [["a.txt"], ["b.txt", "c.txt"]]


def test_a_numbered_event_is_one_in_all_years(told: Told, united: United) -> None:
    graphs = [congress(told, f"{year}.txt", str(year), "9. Deutscher Baukongress") for year in (2019, 2020)]
    assert united(*graphs).things("9. Deutscher Baukongress") == [["2019.txt", "2020.txt"]]


def test_a_date_that_is_told_counts_more_than_the_articles_own_year(told: Told, united: United) -> None:
    ahead = told(
        "a.txt",
        "Der [Event|Deutsche Baukongress] tagt 2021.",
        published="2020-12-01",
        facts=[("Deutsche Baukongress", "date", "2021-05")],
    )
    then = told("b.txt", "Der [Event|Deutsche Baukongress] tagt.", published="2021-05-02")
    assert united(ahead, then).things("Deutsche Baukongress") == [["a.txt", "b.txt"]]


def test_series_have_editions_and_single_events_have_none(told: Told, recorded: Recorded) -> None:
    series = recorded(congress(told, "a.txt", "2019-05-01"))["Deutscher Baukongress"]
    opening = recorded(told("b.txt", "Die [Event|Eröffnung der HafenCity] war schön."))["Eröffnung der HafenCity"]
    prize = recorded(told("c.txt", "Der [Award|Deutscher Städtebaupreis] ist da."))["Deutscher Städtebaupreis"]
    assert comes_again(series)
    assert list(edition(series)) == ["2019"]
    assert not comes_again(opening)
    assert not comes_again(prize)


def test_an_acronym_of_two_readings_is_parted_by_what_the_articles_say_it_stands_for(
    told: Told, united: United
) -> None:
    graphs = [
        told("a.txt", "Der [Organisation|Verein Stadt Leben] ([Organisation|VSL]) tagt mit der [Organisation|GEWOBA]."),
        told("b.txt", "Der [Organisation|VSL] hilft der [Organisation|GEWOBA]."),
        told("c.txt", "Der [Organisation|Verband Sächsischer Läden] ([Organisation|VSL]) ruft an."),
        told("d.txt", "Der [Organisation|VSL] ruft."),
    ]
    outcome = united(*graphs)
    assert outcome.things("VSL") == [["a.txt", "b.txt"], ["c.txt"], ["d.txt"]]
    assert outcome.verdict(("a.txt", "VSL"), ("a.txt", "Verein Stadt Leben")) == "one"
    assert outcome.verdict(("c.txt", "VSL"), ("c.txt", "Verband Sächsischer Läden")) == "one"


def test_a_single_record_is_a_sense_and_the_first_in_time_stands_in_front(told: Told) -> None:
    late = told("a.txt", "[Project|koopstadt] wächst.", published="2020")
    early = told("b.txt", "[Project|koopstadt] wächst.", published="2019")
    for graphs, sources in (([late], ["a.txt"]), ([late, early], ["b.txt", "a.txt"])):
        records = Records(graphs)
        senses = Senses(records, Blocks(records).first_of)
        assert [[records[n].source for n in senses.members[sense]] for sense in senses] == [sources]
        assert senses.first(0).source == sources[0]
        assert len(senses.articles(0)) == len(sources)


def test_which_of_many_spellings_is_local_is_what_the_first_in_time_says(told: Told, united: United) -> None:
    names = ("Bürgerschaft", "Stadtrat", "Gemeinderat")  # listed as one, of which the first alone is not every town's
    graphs = [
        told(f"{n}.txt", f"Der [Organisation|{name}] tagt.", published=f"20{n:02}") for n, name in enumerate(names)
    ]
    assert all(united(*order).iri == united(*graphs).iri for order in permutations(graphs))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), [("Person", "Anna Müller"), ("Place", "Grünwalder Höfe")])
def test_ten_thousand_records_of_one_name_are_parted_soon(told: Told, kind: str, name: str) -> None:
    graphs = [told(f"{n}.txt", f"Zu [{kind}|{name}] und [Organisation|Firma{n // 3}x].") for n in range(10_000)]
    records = Records(graphs)
    begin = time.perf_counter()
    senses = Senses(records, Blocks(records).first_of)
    assert sum(len(senses.members[n]) for n in senses if senses.text(n) == name) == 10_000
    assert time.perf_counter() - begin < 60


def test_persons_without_letters_are_no_fault(told: Told, united: United) -> None:
    for name in ("–", "123", "🌳", "\x80 \x80", " ", "."):
        graphs = [told(f"{n}.txt", f"Es ist [{EntityType.PERSON}|{name}].") for n in "ab"]
        assert len(united(*graphs).iri) == 2
