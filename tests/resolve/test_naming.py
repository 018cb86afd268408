"""One IRI for each thing: that of its first article, readable, and its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from koopgraph.model import ArticleGraph, EntityType
from koopgraph.rdf.iris import entity_iri
from koopgraph.resolve.naming import mint
from koopgraph.resolve.records import Records
from koopgraph.resolve.sense_table import Senses

Told = Callable[..., ArticleGraph]
United = Callable[..., Any]
BASE = "https://example.org/id/"


def minted(graphs: Sequence[ArticleGraph], *names: str) -> list[str]:
    """Return the IRIs of things of these names, each of one article, in the order of the articles."""
    found = Records(graphs)
    senses = Senses(found, np.arange(len(found), dtype=np.int32))
    wanted = [(graph.iri, entity.iri) for graph in graphs for entity in graph.entities if entity.name in names]
    number_of = found.numbers_of(wanted)
    return mint(senses, [[number_of[node]] for node in wanted], base=BASE)


def local(iris: Sequence[str]) -> list[str]:
    return [iri.removeprefix(BASE) for iri in iris]


def test_a_thing_has_the_iri_that_its_first_article_gave_it(told: Told, united: United) -> None:
    early = told("z.txt", "[Person|Hans Peter Ebert] leitet die [Organisation|GEWOBA].", published="2019-01-01")
    late = told("a.txt", "[Person|Hans Ebert] leitet die [Organisation|GEWOBA].", published="2020-01-01")
    outcome = united(late, early)
    assert outcome.iri["a.txt", "Hans Ebert"] == f"{BASE}person/hans-peter-ebert"


def test_of_two_things_of_one_name_the_earlier_has_the_bare_iri(told: Told) -> None:
    late = told("a.txt", "[Person|Eva Kern] sprach.", published="2021")
    early = told("b.txt", "[Person|Eva Kern] schwieg.", published="2020")
    undated = told("c.txt", "[Person|Eva Kern] ging.")
    assert local(minted([late, early, undated], "Eva Kern")) == [
        "person/eva-kern-a-txt",
        "person/eva-kern",
        "person/eva-kern-c-txt",
    ]


def test_a_known_city_has_the_name_of_the_gazetteer_however_it_is_written(told: Told) -> None:
    graphs = [
        told("a.txt", "[City|Muenchen] plant."),
        told("b.txt", "[City|Frankfurt] plant.", authority={"Frankfurt": "https://sws.geonames.org/2925535/"}),
        told("c.txt", "[City|Frankfurt] plant.", authority={"Frankfurt": "https://sws.geonames.org/2925533/"}),
    ]
    assert local(minted(graphs, "Muenchen", "Frankfurt")) == [
        "city/muenchen",
        "city/frankfurt-oder",
        "city/frankfurt-am-main",
    ]


def test_a_town_that_cannot_be_told_leaves_the_bare_iri_to_another(told: Told) -> None:
    (iri,) = minted([told("a.txt", "[City|Neustadt] plant.")], "Neustadt")
    assert local([iri]) == ["city/neustadt-a-txt"]


@pytest.mark.parametrize(("name", "iri"), [("Bauamt", "organisation/bauamt-kiel"), ("GEWOBA", "organisation/gewoba")])
def test_what_every_town_has_bears_its_towns_name(told: Told, name: str, iri: str) -> None:
    graph = told("a.txt", "Neues aus [City|Kiel]", f"Das ist [Organisation|{name}].")
    assert local(minted([graph], name)) == [iri]


def test_what_every_town_has_is_bare_where_no_town_is_known(told: Told) -> None:
    assert local(minted([told("a.txt", "Das [Organisation|Bauamt] plant.")], "Bauamt")) == ["organisation/bauamt"]


def test_a_name_that_looks_like_anothers_iri_gets_its_own(told: Told) -> None:
    graphs = [
        told("0.txt", "[Person|Eva Kern] kam."),
        told("a.txt", "[Person|Eva Kern] sprach. [Person|Eva Kern a.txt] auch."),
        told("b.txt", "[Person|Eva Kern (a txt)] schwieg. [Person|Eva Kern A.txt b.txt] auch."),
        told("c.txt", "[Person|Eva Kern] ging."),
    ]
    iris = minted(graphs, *(e.name for g in graphs for e in g.entities))
    assert len(set(iris)) == len(iris) == 6


def test_sources_that_differ_in_signs_alone_give_namesakes_different_iris(told: Told) -> None:
    sources = ("z.txt", "a.txt", "A.txt", "a-txt", "a_txt", "ä.txt", "ae.txt")
    iris = minted([told(source, "[Person|Eva Kern] kam.") for source in sources], "Eva Kern")
    assert len(set(iris)) == len(sources)
    assert "person/eva-kern" in local(iris)


@pytest.mark.parametrize(
    "name", ["–", "🌳", 'O"Brien <x>\\', "a\nb", "שלום עולם", "\u202eabc\u202c", "x" * 5000, "日本", "%2F../..", "\x00"]
)
def test_no_name_breaks_an_iri(told: Told, united: United, name: str) -> None:
    outcome = united(told("a.txt", f"[Project|{name}] wächst."), told("b.txt", f"[Project|{name}] wächst."))
    assert all(iri.removeprefix(f"{BASE}project/").replace("-", "").isalnum() for iri in outcome.iri.values())
    assert outcome.iri["a.txt", name].startswith(entity_iri(BASE, EntityType.PROJECT, name))
