"""What is looked up of a graph, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from koopgraph.errors import LinkError
from koopgraph.link.reconcile.catalogue import KnownService, Profile, find_service, profile_of
from koopgraph.link.reconcile.queries import LONGEST_NAME, query_of
from koopgraph.link.reconcile.things import Thing, read_things
from koopgraph.model import ArticleGraph, EntityType
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.vocabulary import KOOP, RDF, RDFS, SCHEMA, SKOS

WIKIDATA = profile_of("http://www.wikidata.org/entity/")


def stored(graphs: tuple[ArticleGraph, ...], base: str, *more: Quad) -> Store:
    store = Store()
    store.extend([*assemble(graphs, base=base), *more])
    return store


def find(things: tuple[Thing, ...], label: str) -> Thing:
    return next(thing for thing in things if thing.label == label)


def test_every_thing_is_looked_up_with_all_its_names(sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> None:
    things = read_things(stored(sample_graphs, sample_base))
    assert len(things) == 12
    assert [thing.iri for thing in things] == sorted(thing.iri for thing in things)
    congress = find(things, "9. Bundeskongress Nationale Stadtentwicklungspolitik")
    assert congress.names == ("9. Bundeskongress Nationale Stadtentwicklungspolitik", "Bundeskongress")


def test_what_stands_around_a_thing_goes_along(sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> None:
    things = read_things(stored(sample_graphs, sample_base))
    assert find(things, "Elke Pahl-Weber").context == {"organisation": ("TU Berlin",)}
    assert query_of(find(things, "Elke Pahl-Weber"), WIKIDATA).properties == (("P108", "TU Berlin"),)
    congress = find(things, "9. Bundeskongress Nationale Stadtentwicklungspolitik")
    assert congress.context == {"city": ("Leipzig",), "date": ("2015-09-16",), "place": ("Kongresshalle am Zoo",)}


def test_links_and_coordinates_of_the_gazetteer_are_told(
    sample_graphs: tuple[ArticleGraph, ...], sample_base: str
) -> None:
    city = NamedNode(f"{sample_base}city/leipzig")
    known = [
        Quad(city, NamedNode(SKOS.exactMatch), NamedNode("https://sws.geonames.org/2879139/")),
        Quad(city, NamedNode(SCHEMA.latitude), Literal("51.34")),
        Quad(city, NamedNode(SCHEMA.longitude), Literal("12.37")),
    ]
    leipzig = find(read_things(stored(sample_graphs, sample_base, *known)), "Leipzig")
    assert query_of(leipzig, WIKIDATA).properties == (("P1566", "2879139"),)  # the most telling alone
    assert leipzig.context["coordinates"] == ("51.34,12.37",)


def test_classes_can_be_chosen(sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> None:
    things = read_things(stored(sample_graphs, sample_base), [EntityType.CITY])
    assert [thing.label for thing in things] == ["Bremen", "Leipzig"]


def test_what_is_only_described_is_not_looked_up() -> None:
    store, iri = Store(), NamedNode("https://example.org/event/richtfest-a-txt")
    store.add(Quad(iri, NamedNode(RDF.type), NamedNode(KOOP.Event)))
    store.add(Quad(iri, NamedNode(RDFS.label), Literal("Richtfest", language="de")))
    assert read_things(store) == ()


def test_a_long_name_of_many_lines_is_sent_on_one_line_and_cut() -> None:
    thing = Thing("https://example.org/x", EntityType.DOCUMENT, "Plan\nder " * 200, ("x",))
    text = query_of(thing, WIKIDATA).text
    assert len(text) == LONGEST_NAME
    assert "\n" not in text


def test_a_service_knows_one_type_as_a_text_and_several_as_a_list() -> None:
    person = query_of(Thing("https://example.org/x", EntityType.PERSON, "x", ("x",)), WIKIDATA).body()
    city = query_of(Thing("https://example.org/x", EntityType.CITY, "x", ("x",)), WIKIDATA).body()
    assert (person["type"], city["type"]) == ("Q5", ["Q486972", "Q15284"])


def test_a_service_of_ones_own_over_known_entries_is_asked_in_their_terms() -> None:
    assert profile_of("https://www.wikidata.org/entity/") == WIKIDATA
    assert profile_of("https://example.org/") == profile_of("")


def test_known_services_have_names() -> None:
    assert find_service("wikidata").profile == WIKIDATA
    assert find_service("http://localhost:8000/en/api") == KnownService("http://localhost:8000/en/api")


def test_a_file_adds_services_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    file.write_text('[mine]\nurl = "https://x.example"\ntypes.City = ["town"]\n', encoding="utf-8")
    assert find_service("mine", file).profile == Profile(types={EntityType.CITY: ("town",)})
    assert find_service("lobid-gnd", file) == find_service("lobid-gnd")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("x", "is no TOML"),
        ("mine = 1", "must be a table with"),
        ("[mine]", "'url' must be an address"),
        ('[mine]\nurl = "ftp://x"', "'url' must be an address"),
        ('[mine]\nurl = "https://x.example"\nbset = 1', "must be a table with"),
        ('[mine]\nurl = "https://x.example"\nbest = -1', "'best' must be the highest score"),
        ('[mine]\nurl = "https://x.example"\ntypes.Town = ["a"]', "unknown class 'Town'"),
        ('[mine]\nurl = "https://x.example"\ntypes.City = "a"', "'types' must be a table with a list"),
        ('[mine]\nurl = "https://x.example"\ntypes.City = [1]', "1 is no id"),
        ('[mine]\nurl = "https://x.example"\nproperties.City = ["a"]', "'properties' must be a table with a table"),
    ],
)
def test_a_malformed_file_of_services_is_told(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "services.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(LinkError, match=message):
        find_service("mine", file)
