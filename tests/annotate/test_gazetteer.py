"""The gazetteer: which city or region a name may mean."""

from __future__ import annotations

import gzip
from importlib.resources import files

import pytest

from koopgraph.annotate.gazetteer import Gazetteer

DATA = files("koopgraph").joinpath("data")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("name", "city", "country"),
    [
        ("Leipzig", "Leipzig", "DE"),
        ("Munich", "München", "DE"),
        ("Cologne", "Köln", "DE"),
        ("Hansestadt Lübeck", "Lübeck", "DE"),
        ("Lutherstadt Wittenberg", "Wittenberg", "DE"),
        ("Weiden", "Weiden in der Oberpfalz", "DE"),
        ("Cottbus", "Cottbus", "DE"),
        ("Chóśebuz", "Cottbus", "DE"),
        ("Frankfurt", "Frankfurt am Main", "DE"),
        ("Vienna", "Wien", "AT"),
        ("Zurich", "Zürich", "CH"),
        ("Biel", "Biel", "CH"),
        ("Mailand", "Milan", "IT"),
        ("Bozen", "Bolzano", "IT"),
        ("Warschau", "Warsaw", "PL"),
        ("Lodz", "Łódź", "PL"),
        ("Breslau", "Wrocław", "PL"),
        ("Straßburg", "Strasbourg", "FR"),
        ("Singapur", "Singapore", "SG"),
    ],
)
def test_a_city_is_found_by_its_german_english_and_own_name(
    gazetteer: Gazetteer, name: str, city: str, country: str
) -> None:
    place = gazetteer.cities(name)[0]
    assert (place.name, place.country) == (city, country)
    assert name in place.names


def test_namesakes_stand_in_the_order_of_inhabitants(gazetteer: Gazetteer) -> None:
    places = gazetteer.cities("Neustadt")
    assert len(places) > 3
    assert [p.population for p in places] == sorted((p.population for p in places), reverse=True)


def test_a_german_city_has_its_official_key_its_land_and_its_position(gazetteer: Gazetteer) -> None:
    leipzig = gazetteer.cities("Leipzig")[0]
    assert (leipzig.id, leipzig.ags, leipzig.admin1) == (2879139, "14713000", "Sachsen")
    assert leipzig.latitude == pytest.approx(51.34, abs=0.01)
    assert leipzig.longitude == pytest.approx(12.37, abs=0.01)


def test_every_inhabited_german_municipality_is_there() -> None:
    rows = gzip.decompress(DATA.joinpath("places.tsv.gz").read_bytes()).decode("utf-8").splitlines()
    keys = [row.split("\t")[7] for row in rows if row.split("\t")[2] == "DE"]
    assert len(keys) == len(set(keys)) > 10_700
    assert all(len(key) == 8 and key.isdigit() for key in keys)


@pytest.mark.parametrize("name", ["Kreuzberg Berlin", "Neukölln", "Favoriten", "Brooklyn", "Eixample", "Wrzeszcz", ""])
def test_quarters_and_nonsense_are_no_cities(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.cities(name) == ()
    assert not gazetteer.is_city_name(name)


@pytest.mark.parametrize(
    "name", ["Essen", "Halle", "Münster", "Hof", "Berg", "Reading", "Bath", "Nice", "Nelson", "Zug"]
)
def test_names_that_are_words_or_people_are_ambiguous(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.is_ambiguous(name)


@pytest.mark.parametrize("name", ["Leipzig", "Köln", "Ulm", "Bonn", "Erlangen", "Siegen", "Coburg", "Paris", "Lyon"])
def test_names_that_mean_the_city_are_not_ambiguous(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.is_city_name(name)
    assert not gazetteer.is_ambiguous(name)


def test_every_ambiguous_name_names_a_city(gazetteer: Gazetteer) -> None:
    names = DATA.joinpath("ambiguous_names.txt").read_text(encoding="utf-8").split("\n")[:-1]
    assert names == sorted(names)
    assert [name for name in names if not gazetteer.is_city_name(name)] == []


@pytest.mark.parametrize(
    ("name", "german", "kind"),
    [
        ("Sachsen", "Sachsen", "state"),
        ("Freistaat Sachsen", "Sachsen", "state"),
        ("Saxony", "Sachsen", "state"),
        ("Ruhr Area", "Ruhrgebiet", "region"),
        ("Danube", "Donau", "river"),
        ("Thames", "Themse", "river"),
        ("Deutschland", "Deutschland", "country"),
        ("Portugal", "Portugal", "country"),
        ("Europe", "Europa", "continent"),
    ],
)
def test_a_region_is_found_in_both_languages(gazetteer: Gazetteer, name: str, german: str, kind: str) -> None:
    region = gazetteer.region(name)
    assert region is not None
    assert (region.german, region.kind) == (german, kind)


def test_an_unknown_region_is_none(gazetteer: Gazetteer) -> None:
    assert gazetteer.region("Leipzig") is None


def test_the_gazetteer_is_loaded_once() -> None:
    assert Gazetteer.load() is Gazetteer.load()


@pytest.mark.parametrize("name", ["first_names.txt", "last_names.txt"])
def test_lists_of_names_are_sorted_and_without_doubles(name: str) -> None:
    names = DATA.joinpath(name).read_text(encoding="utf-8").split("\n")[:-1]
    assert names == sorted(set(names))
    assert len(names) > 10_000


def test_given_names_of_many_languages_are_listed() -> None:
    names = set(DATA.joinpath("first_names.txt").read_text(encoding="utf-8").split())
    assert {
        "Elke",
        "Urs",
        "Ayşe",
        "Małgorzata",
        "Giulia",
        "Sinéad",
        "Pieter",
        "Élodie",
        "Søren",
        "Fatima",
        "Thuy",
    } <= names
    assert not {"London", "Dallas", "June", "Governor", "China"} & names


def test_every_data_file_names_its_source() -> None:
    sources = DATA.joinpath("SOURCES.md").read_text(encoding="utf-8")
    for name in (
        "places.tsv.gz",
        "countries.tsv",
        "regions.tsv",
        "areas.tsv",
        "districts.tsv",
        "place_forms.toml",
        "first_names.txt",
        "last_names.txt",
        "ambiguous_names.txt",
    ):
        assert f"`{name}`" in sources
