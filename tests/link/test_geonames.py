"""Linking cities and regions: each rule as one short article."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koopgraph.annotate.gazetteer import Gazetteer, GeoPlace
from koopgraph.link.additions import kilometres
from koopgraph.link.areas import Area, Areas
from koopgraph.link.authorities import authority_of, place_of, slug_name
from koopgraph.link.forms import fold, places_named
from koopgraph.link.geonames import candidates, link_places
from koopgraph.model import Article, ArticleGraph, Entity, EntityType, Evidence, Language, Options
from koopgraph.rdf.iris import entity_iri, slug
from koopgraph.read import SourceFile, discover, read_file
from koopgraph.timings import Timings
from koopgraph.work.article_graph import article_graph, chosen_extractors

BASE = "https://example.org/id/"
CITY, PLACE = EntityType.CITY, EntityType.PLACE


def entity(article: Article, kind: EntityType, name: str) -> Entity:
    """Return a thing that is named wherever the text has its name."""
    sentences = [m.span() for m in re.finditer(r"[^.!?\n]+[.!?]*", article.text) if name in m.group()]
    quotes = tuple(Evidence.of(article, start, end) for start, end in sentences)
    return Entity(entity_iri(BASE, kind, name), kind, name, (name,), article.language, quotes, (name,))


def graph_of(text: str, *cities: str, places: tuple[str, ...] = (), language: Language = "de") -> ArticleGraph:
    """Return an article's graph with those cities and places, and nothing else."""
    article = Article("a.txt", text, text.split("\n")[0], language)
    entities = [entity(article, CITY, name) for name in cities] + [entity(article, PLACE, name) for name in places]
    return ArticleGraph(f"{BASE}article/a-txt", article, tuple(entities), ())


def linked(graph: ArticleGraph, name: str) -> GeoPlace | Area | None:
    """Return the place that the entity of that name is linked to."""
    (authority,) = (e.authority for e in link_places(graph).entities if e.name == name)
    return place_of(authority) if authority else None


def land(text: str, name: str, *others: str, places: tuple[str, ...] = (), language: Language = "de") -> str | None:
    """Return name and Land of what the city is linked to, None where there is no link."""
    place = linked(graph_of(text, name, *others, places=places, language=language), name)
    return f"{place.name}, {place.admin1}" if isinstance(place, GeoPlace) else None


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Leipzig", "Leipzig"),
        ("Freie und Hansestadt Hamburg", "Hamburg"),
        ("Hansestadt Bremen", "Bremen"),
        ("Universitäts- und Hansestadt Greifswald", "Greifswald"),
        ("Landeshauptstadt München", "München"),
        ("Bundesstadt Bonn", "Bonn"),
        ("Stadt Köln", "Köln"),
        ("Gemeinde Panketal", "Panketal"),
        ("Universitätsstadt Tübingen", "Tübingen"),
        ("Lutherstadt Wittenberg", "Wittenberg"),
        ("documenta-Stadt Kassel", "Kassel"),
        ("City of Malmö", "Malmö"),
        ("Municipality of Thessaloniki", "Thessaloníki"),
        ("Koper municipality", "Koper"),
        ("Muenchen", "München"),
        ("Nuremberg", "Nürnberg"),
        ("Zuerich", "Zürich"),
        ("ZÜRICH", "Zürich"),
        ("SAARBRÜCKEN", "Saarbrücken"),
        ("Sankt Ingbert", "St. Ingbert"),
        ("Leipzigs", "Leipzig"),
        ("Dresdens", "Dresden"),
        ("Tübingens", "Tübingen"),
        ("Frankfurt a. M.", "Frankfurt am Main"),
        ("Frankfurt a.M.", "Frankfurt am Main"),
        ("Frankfurt/Main", "Frankfurt am Main"),
        ("Frankfurt (Oder)", "Frankfurt (Oder)"),
        ("Frankfurt/Oder", "Frankfurt (Oder)"),
        ("Frankfurt an der Oder", "Frankfurt (Oder)"),
        ("Frankfurt a. d. Oder", "Frankfurt (Oder)"),
        ("Halle/Saale", "Halle (Saale)"),
        ("Halle an der Saale", "Halle (Saale)"),
        ("Halle (Westf.)", "Halle (Westfalen)"),
        ("Halle in Westfalen", "Halle (Westfalen)"),
        ("Freiburg i. Br.", "Freiburg im Breisgau"),
        ("Freiburg i.Br.", "Freiburg im Breisgau"),
        ("Weiden i.d.OPf.", "Weiden in der Oberpfalz"),
        ("Weiden in der Oberpfalz", "Weiden in der Oberpfalz"),
        ("Neustadt a. d. Weinstr.", "Neustadt an der Weinstraße"),
        ("Neustadt in Holstein", "Neustadt in Holstein"),
        ("Stadt Lingen (Ems)", "Lingen (Ems)"),
        ("Rothenburg o.d.Tauber", "Rothenburg ob der Tauber"),
        ("Dessau-Rosslau", "Dessau-Roßlau"),
        ("  Bad   Kötzting ", "Bad Kötzting"),
    ],
)
def test_a_city_is_found_under_the_forms_that_articles_use(written: str, name: str) -> None:
    assert places_named(written)[0].name == name


@pytest.mark.parametrize(
    "written",
    ["", " ", ".", "(", "/", "a.", "Stadt", "City of", "Linden (Hannover-Mitte)", "Quartier Süd", "s", "\x00", "\ud800", "x" * 10_000,
     "Frankfurt (Mond)", "Leipzig/Wolke", "ß", "('", "Halle (", "Halle ()", "(((((", "der"],
)  # fmt: skip
def test_what_names_no_city_finds_none(written: str) -> None:
    assert places_named(written) == ()


def test_an_addition_that_fits_no_namesake_finds_none_rather_than_the_largest() -> None:
    assert places_named("Neustadt (Dresden)") == ()
    assert {place.ags[:5] for place in places_named("Neuenkirchen (Kreis Steinfurt)")} == {"05566"}


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_no_name_whatever_breaks_the_look_up(name: str) -> None:
    assert isinstance(places_named(name), tuple)
    assert isinstance(candidates(name), tuple)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(Gazetteer.load().city_names()), st.sampled_from(["Stadt ", "City of ", "Hansestadt "]))
def test_a_title_changes_nothing_for_any_city(name: str, title: str) -> None:
    assert set(places_named(name)) <= set(places_named(title + name)) or places_named(title + name) != ()


@given(st.text(max_size=60))
def test_folding_is_done_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# ---------------------------------------------------------------- namesakes


def test_a_city_without_namesakes_is_linked_by_its_name() -> None:
    graph = link_places(graph_of("In Leipzig begann der Umbau.", "Leipzig"))

    assert graph.entities[0].authority == "https://sws.geonames.org/2879139/"


def test_frankfurt_alone_is_the_one_on_the_main() -> None:
    assert land("In Frankfurt tagt der Beirat.", "Frankfurt") == "Frankfurt am Main, Hessen"


@pytest.mark.parametrize(
    "text",
    [
        "Frankfurt (Oder) baut. In Frankfurt entsteht eine Brücke.",
        "Frankfurt/Oder baut. In Frankfurt entsteht eine Brücke.",
        "Die Stadt Frankfurt an der Oder baut. In Frankfurt entsteht eine Brücke.",
        "Brandenburg fördert Frankfurt. Auch Słubice und Eisenhüttenstadt sind dabei.",
    ],
)
def test_the_oder_the_land_and_the_neighbours_tell_the_other_frankfurt(text: str) -> None:
    assert land(text, "Frankfurt", "Słubice", "Eisenhüttenstadt") == "Frankfurt (Oder), Brandenburg"


def test_where_both_frankfurts_are_named_in_full_the_bare_name_tells_neither() -> None:
    text = "Frankfurt am Main und Frankfurt (Oder) kooperieren. In Frankfurt freut man sich."
    graph = graph_of(text, "Frankfurt am Main", "Frankfurt (Oder)", "Frankfurt")

    assert linked(graph, "Frankfurt") is None
    assert linked(graph, "Frankfurt (Oder)") != linked(graph, "Frankfurt am Main")
    assert [c.place.name for c in candidates("Frankfurt", graph)][:2] == ["Frankfurt am Main", "Frankfurt (Oder)"]


@pytest.mark.parametrize(
    ("text", "others", "expected"),
    [
        ("Halle baut eine Brücke über die Saale. Merseburg hilft.", ("Merseburg",), "Halle (Saale), Sachsen-Anhalt"),
        ("Halle und Gütersloh planen in Nordrhein-Westfalen einen Radweg.", ("Gütersloh",), "Halle (Westfalen), Nordrhein-Westfalen"),
        ("Halle, Gütersloh und Bielefeld planen einen Radweg.", ("Gütersloh", "Bielefeld"), "Halle (Westfalen), Nordrhein-Westfalen"),
        ("Das Rathaus von Halle (Westf.) wird saniert.", (), "Halle (Westfalen), Nordrhein-Westfalen"),
        ("In Halle eröffnete ein Markt.", (), "Halle (Saale), Sachsen-Anhalt"),
    ],
)  # fmt: skip
def test_halle_is_told_by_its_neighbours_its_land_or_its_inhabitants(
    text: str, others: tuple[str, ...], expected: str
) -> None:
    assert land(text, "Halle", *others) == expected


@pytest.mark.parametrize(
    ("text", "others", "key"),
    [
        ("Neuenkirchen (Kreis Steinfurt) saniert die Schule.", (), "05566"),
        ("Neuenkirchen im Heidekreis saniert die Schule.", (), "03358"),
        ("Neuenkirchen bei Soltau saniert die Schule.", (), "03358"),
        ("Neuenkirchen saniert die Schule. Rheine und Emsdetten zahlen mit.", ("Rheine", "Emsdetten"), "05566"),
    ],
)
def test_neuenkirchen_is_told_by_its_kreis_or_its_neighbours(text: str, others: tuple[str, ...], key: str) -> None:
    place = linked(graph_of(text, "Neuenkirchen", *others), "Neuenkirchen")

    assert isinstance(place, GeoPlace)
    assert place.ags.startswith(key)


@pytest.mark.parametrize("name", ["Neuenkirchen", "Neustadt", "Burg", "Mühlhausen"])
def test_namesakes_of_which_none_is_by_far_the_largest_are_not_guessed(name: str) -> None:
    graph = graph_of(f"In {name} wird gebaut.", name)

    assert linked(graph, name) is None or candidates(name, graph)[0].score >= 0.8
    assert len(candidates(name, graph)) > 1


def test_neuenkirchen_without_context_has_no_link_but_candidates() -> None:
    graph = graph_of("In Neuenkirchen wird gebaut.", "Neuenkirchen")
    found = candidates("Neuenkirchen", graph)

    assert linked(graph, "Neuenkirchen") is None
    assert len(found) == 11
    assert sum(c.score for c in found) == pytest.approx(1.0)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


def test_neustadt_in_holstein_is_told_by_the_words_after_the_bare_name() -> None:
    assert land("Neustadt in Holstein baut einen Kai.", "Neustadt") == "Neustadt in Holstein, Schleswig-Holstein"
    assert land("Neustadt, Hessen, baut.", "Neustadt") == "Neustadt (Hessen), Hessen"


@pytest.mark.parametrize(
    ("text", "name", "others", "country"),
    [
        ("Cambridge and Oxford plan cycle roads in England.", "Cambridge", ("Oxford",), "GB"),
        ("Cambridge, Massachusetts, plans cycle roads.", "Cambridge", (), "US"),
        ("Birmingham and Coventry plan a tram.", "Birmingham", ("Coventry",), "GB"),
        ("Birmingham, Alabama, plans a tram.", "Birmingham", (), "US"),
        ("Manchester and Leeds want a railway.", "Manchester", ("Leeds",), "GB"),
        ("Richmond lies in Virginia, in the United States.", "Richmond", (), "US"),
        ("Frankfurt, Wiesbaden and Mainz share the costs.", "Frankfurt", ("Wiesbaden", "Mainz"), "DE"),
        ("Vienna and Graz share the costs.", "Vienna", ("Graz",), "AT"),
    ],
)
def test_english_articles_take_the_country_that_they_write_about(
    text: str, name: str, others: tuple[str, ...], country: str
) -> None:
    place = linked(graph_of(text, name, *others, language="en"), name)

    assert isinstance(place, GeoPlace)
    assert place.country == country


def test_german_articles_mean_goerlitz_and_not_zgorzelec_by_goerlitz() -> None:
    assert land("Görlitz und Zgorzelec planen gemeinsam.", "Görlitz", "Zgorzelec") == "Görlitz, Sachsen"
    assert land("Görlitz und Zgorzelec planen gemeinsam.", "Zgorzelec", "Görlitz") == "Zgorzelec, 72"


@pytest.mark.parametrize(
    ("name", "country"),
    [("Straßburg", "FR"), ("Posen", "PL"), ("Brüssel", "BE"), ("Venedig", "IT"), ("Prag", "CZ"), ("Marburg", "DE")],
)
def test_german_names_of_cities_abroad_are_known(name: str, country: str) -> None:
    place = linked(graph_of(f"In {name} wird gebaut.", name), name)

    assert isinstance(place, GeoPlace)
    assert place.country == country


def test_a_swiss_article_does_not_decide_freiburg_by_inhabitants_of_germany() -> None:
    text = "Bern, Biel und Freiburg planen in der Schweiz eine Messe."
    place = linked(graph_of(text, "Freiburg", "Bern", "Biel", places=("Schweiz",)), "Freiburg")

    assert isinstance(place, GeoPlace)
    assert place.country == "CH"


def test_a_name_between_letters_is_no_addition() -> None:
    assert (
        land("Althalle (Westf.) ist ein Hof. In halle (Westf.) auch. Halle baut.", "Halle")
        == "Halle (Saale), Sachsen-Anhalt"
    )


# ---------------------------------------------------------------- municipalities and regions


def test_a_municipality_that_geonames_lacks_has_the_iri_of_its_key() -> None:
    graph = link_places(graph_of("Weyhe baut ein Rathaus.", "Weyhe"))
    (weyhe,) = graph.entities
    place = place_of(weyhe.authority or "")

    assert weyhe.authority == "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/03251047"
    assert isinstance(place, GeoPlace)
    assert (place.id, place.ags, place.population) == (None, "03251047", 31672)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Deutschland", 2921044), ("Germany", 2921044), ("Österreich", 2782113), ("Schweiz", 2658434),
        ("Sachsen", 2842566), ("Freistaat Sachsen", 2842566), ("Saxony", 2842566), ("NRW", 2861876),
        ("Land Berlin", 2950157), ("Land Bremen", 2944387), ("Land Salzburg", 2766823), ("Tirol", 2763586),
        ("Kanton Zürich", 2657895), ("Kanton Wallis", 2658205), ("Schottland", 2638360), ("Katalonien", 3336901),
        ("Südtirol", 3181912), ("Kent", 3333158), ("Europa", 6255148),
    ],
)  # fmt: skip
def test_a_region_is_linked_by_its_name(name: str, id: int) -> None:
    graph = link_places(graph_of(f"In {name} gilt das.", places=(name,)))

    assert graph.entities[0].authority == f"https://sws.geonames.org/{id}/"


@pytest.mark.parametrize(
    "name", ["DDR", "Elbe", "Ruhrgebiet", "Friesland", "Wilhelmsburg", "Hamburg", "Land", "Kanton ", ""]
)
def test_no_area_of_today_is_guessed_for_landscapes_rivers_quarters_and_states_of_the_past(name: str) -> None:
    graph = link_places(graph_of(f"In {name} gilt das.", places=(name,)))

    assert graph.entities[0].authority is None


def test_a_place_with_the_name_of_a_city_and_other_classes_stay_without_a_link() -> None:
    graph = graph_of("Essen ist ein Quartier.", places=("Essen",))
    person = Entity(f"{BASE}person/halle", EntityType.PERSON, "Halle", ("Halle",), "de")

    assert {
        e.authority for e in link_places(ArticleGraph(graph.iri, graph.article, (*graph.entities, person), ())).entities
    } == {None}


def test_a_link_that_is_there_already_stays() -> None:
    graph = graph_of("Leipzig baut.", "Leipzig")
    (leipzig,) = graph.entities
    given = Entity(leipzig.iri, CITY, "Leipzig", ("Leipzig",), "de", authority="https://example.org/leipzig")

    assert link_places(ArticleGraph(graph.iri, graph.article, (given,), ())).entities[0] == given


# ---------------------------------------------------------------- behaviour


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=200), st.lists(st.text(min_size=1, max_size=20), max_size=4), st.sampled_from(["de", "en", "und"])
)
def test_hostile_articles_lose_nothing_but_may_gain_links(text: str, names: list[str], language: Language) -> None:
    graph = graph_of(text or "x", *dict.fromkeys(names), language=language)
    result = link_places(graph)

    assert [(e.iri, e.name, e.names, e.mentions) for e in result.entities] == [
        (e.iri, e.name, e.names, e.mentions) for e in graph.entities
    ]
    assert (result.iri, result.article, result.facts) == (graph.iri, graph.article, graph.facts)


def test_the_order_of_the_entities_does_not_matter() -> None:
    graph = graph_of(
        "Halle, Gütersloh, Frankfurt, Essen und Neustadt planen.",
        "Halle",
        "Gütersloh",
        "Frankfurt",
        "Essen",
        "Neustadt",
    )
    expected = {e.iri: e.authority for e in link_places(graph).entities}
    for seed in range(5):
        entities = list(graph.entities)
        random.Random(seed).shuffle(entities)
        again = link_places(ArticleGraph(graph.iri, graph.article, tuple(entities), ()))
        assert {e.iri: e.authority for e in again.entities} == expected


def test_an_article_without_entities_is_the_same_afterwards() -> None:
    graph = graph_of("")

    assert link_places(graph) == graph


def test_an_article_takes_about_a_millisecond() -> None:
    graph = graph_of("Halle, Gütersloh und Essen planen. " * 40, "Halle", "Gütersloh", "Essen", places=("Sachsen",))
    link_places(graph)
    begin = time.perf_counter()
    for _ in range(50):
        link_places(graph)

    assert (time.perf_counter() - begin) / 50 < 0.01  # ten times what it takes on a free machine


# ---------------------------------------------------------------- authorities


def test_every_city_and_area_has_an_authority_that_leads_back_to_it() -> None:
    for place in (*Gazetteer.load().places(), *Areas.load().all):
        authority = authority_of(place)
        assert authority is not None
        assert place_of(authority) == place


def test_slug_names_are_unique_over_the_whole_gazetteer() -> None:
    for places in (tuple(Gazetteer.load().places()), Areas.load().all):
        names = [slug_name(authority_of(place) or "") for place in places]
        assert None not in names
        assert len({slug(name or "") for name in names}) == len(places)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Leipzig", ["Leipzig"]),
        ("Frankfurt am Main", ["Frankfurt am Main"]),
        ("Fürth", ["Fürth", "Fürth Hessen"]),
        ("Cambridge", ["Cambridge", "Cambridge Kanada", "Cambridge Vereinigte Staaten"]),
    ],
)
def test_the_most_populous_namesake_has_the_bare_name(name: str, expected: list[str]) -> None:
    cities = [city for city in Gazetteer.load().cities(name) if city.name == name]

    assert [slug_name(authority_of(city) or "") for city in cities] == expected


def test_an_unknown_authority_has_neither_place_nor_name() -> None:
    for authority in ("", "https://sws.geonames.org/1/", "https://www.wikidata.org/entity/Q2079", "x"):
        assert place_of(authority) is None
        assert slug_name(authority) is None


def test_no_two_cities_share_an_id_and_namesakes_lie_in_their_own_kreis() -> None:
    cities = list(Gazetteer.load().places())
    ids = [city.id for city in cities if city.id is not None]
    laer = next(city for city in cities if city.ags == "05566036")

    assert len(ids) == len(set(ids))
    assert laer.latitude is not None
    assert laer.longitude is not None
    assert kilometres((laer.latitude, laer.longitude), (52.08, 7.36)) < 10  # not the quarter of Bochum


def test_every_known_city_of_the_sample_articles_is_linked() -> None:
    folder = Path(__file__).resolve().parents[1] / "data" / "articles"
    options = Options()
    extractors = chosen_extractors(options)
    cities = []
    for file in discover([folder]):
        assert isinstance(file, SourceFile)
        for article in read_file(file):
            assert isinstance(article, Article)
            (found,) = article_graph(article, extractors, options, Timings())
            assert isinstance(found, ArticleGraph)
            cities += [e for e in link_places(found).entities if e.type is CITY and places_named(e.name)]

    assert len(cities) >= 5
    assert [city.name for city in cities if city.authority is None] == []
