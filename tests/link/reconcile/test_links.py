"""The file of links and what becomes of it in the graph."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from koopgraph.errors import LinkError
from koopgraph.graph import KnowledgeGraph
from koopgraph.link.reconcile.apply import apply_links
from koopgraph.link.reconcile.links_file import Link, Links, ProposedLink, doubtful, read_links, write_links
from koopgraph.link.reconcile.triples import link_triples, unmatched, without_links
from koopgraph.model import EntityType
from koopgraph.rdf.vocabulary import KOOP, SKOS
from koopgraph.store import open_store, read_articles, stored_quads, write_store

BASE = "https://w3id.org/koopgraph/id/"
SERVICE = "https://service.example/api"
CITY, OTHER = f"{BASE}city/leipzig", f"{BASE}city/bremen"
Q2079, Q24879 = "http://www.wikidata.org/entity/Q2079", "http://www.wikidata.org/entity/Q24879"
HOSTILE = '<script>alert("x")</script> \\ \u2028 end'
ACCEPTED = Link(CITY, EntityType.CITY, "Leipzig", SERVICE, Q2079, candidates=(ProposedLink(Q2079, "Leipzig", 1.0),))
OPEN = Link(
    OTHER,
    EntityType.CITY,
    "Bremen",
    SERVICE,
    candidates=(ProposedLink(Q24879, HOSTILE, 0.8, "Stadt"), ProposedLink(Q2079, "Leipzig", 0.3)),
)


def tell(stage: str, done: int, total: int | None, failed: int = 0) -> None:
    pass


def proposals(folder: Path) -> set[tuple[str, str]]:
    """Return (thing, entry) of every proposal in a folder's graph."""
    query = (
        "SELECT ?thing ?entry { GRAPH ?g { ?link a koop:LinkProposal ; koop:linked ?thing ; koop:authority ?entry } }"
    )
    return {(str(row["thing"]), str(row["entry"])) for row in KnowledgeGraph.open(folder).query(query).rows}


def matches(folder: Path) -> set[tuple[str, str]]:
    rows = KnowledgeGraph.open(folder).query("SELECT ?thing ?entry { ?thing skos:exactMatch ?entry }").rows
    return {(str(row["thing"]), str(row["entry"])) for row in rows}


# ------------------------------------------------------------------ the file


def test_a_file_is_read_as_it_was_written_and_sorted(tmp_path: Path) -> None:
    file = tmp_path / "links.jsonl"
    write_links(Links((ACCEPTED, OPEN)), file)
    assert read_links(file) == Links((OPEN, ACCEPTED))
    assert [json.loads(line)["label"] for line in file.read_text(encoding="utf-8").split("\n") if line] == [
        "Bremen",
        "Leipzig",
    ]
    content = file.read_bytes()
    write_links(read_links(file), file)
    assert file.read_bytes() == content


def test_no_file_is_no_links(tmp_path: Path) -> None:
    assert read_links(tmp_path / "none.jsonl") == Links()


GOOD = {
    "thing": CITY,
    "class": "City",
    "label": "Leipzig",
    "service": SERVICE,
    "accepted": None,
    "by": "koopgraph",
    "candidates": [{"iri": Q2079, "name": "Leipzig", "score": 1.0, "description": ""}],
}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[]", "must be one object with thing, class"),
        (json.dumps({**GOOD, "note": "x"}), "must be one object"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "by"}), "must be one object"),
        (json.dumps({**GOOD, "by": ""}), "'by' must be a text"),
        (json.dumps({**GOOD, "thing": 7}), "'thing' must be a text"),
        (json.dumps({**GOOD, "thing": "Leipzig"}), "'thing' must be the IRI"),
        (json.dumps({**GOOD, "class": "Town"}), "unknown class 'Town'"),
        (json.dumps({**GOOD, "class": ["City"]}), "unknown class"),
        (json.dumps({**GOOD, "accepted": "Q2079"}), "'accepted' must be an http"),
        (json.dumps({**GOOD, "accepted": "javascript:alert(1)"}), "'accepted' must be an http"),
        (json.dumps({**GOOD, "accepted": 'https://x.example/"><b>'}), "'accepted' must be an http"),
        (json.dumps({**GOOD, "candidates": None}), "'candidates' must be a list"),
        (json.dumps({**GOOD, "candidates": [{"iri": Q2079, "name": "x", "score": 2}]}), "a candidate has"),
        (json.dumps({**GOOD, "candidates": [{"iri": "x:y", "name": "x", "score": 1}]}), "a candidate has"),
        (json.dumps(GOOD), "has a line for this service above"),
    ],
)
def test_an_error_says_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "links.jsonl"
    file.write_text(f"{json.dumps(GOOD)}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(LinkError, match=rf"links\.jsonl, line 3: .*{message}"):
        read_links(file)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "links.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(LinkError, match="cannot be read as UTF-8"):
        read_links(tmp_path / "links.jsonl")


def test_newer_links_replace_older_ones_but_not_a_persons_and_not_other_services() -> None:
    mine = replace(OPEN, by="Jana Muster", accepted=Q24879)
    gnd = replace(ACCEPTED, service="https://gnd.example")
    merged = Links((mine, ACCEPTED, gnd)).merged([OPEN, replace(ACCEPTED, accepted=None)])
    assert set(merged.records) == {mine, replace(ACCEPTED, accepted=None), gnd}


def test_the_doubtful_are_those_with_candidates_that_nobody_judged() -> None:
    refused = replace(OPEN, by="Jana Muster", thing=f"{OTHER}-2")
    empty = replace(OPEN, candidates=(), thing=f"{OTHER}-3")
    assert list(doubtful(Links((ACCEPTED, OPEN, refused, empty)))) == [OPEN]


# ------------------------------------------------------------------ the graph


def test_accepted_links_are_stated_and_others_proposed() -> None:
    quads = list(link_triples(Links((ACCEPTED, OPEN)), {CITY, OTHER}, base=BASE))
    stated = [q for q in quads if isinstance(q.graph_name, DefaultGraph)]
    assert [(q.subject.value, q.predicate.value, q.object.value) for q in stated] == [(CITY, SKOS.exactMatch, Q2079)]
    assert len([q for q in quads if q.predicate.value == KOOP.authority]) == 3
    assert HOSTILE in {q.object.value for q in quads}


def test_links_of_things_that_are_gone_have_no_effect_and_are_told() -> None:
    links = Links((ACCEPTED, OPEN))
    assert {q.object.value for q in link_triples(links, {OTHER}, base=BASE)} & {CITY} == set()
    assert unmatched(links, {OTHER}) == (ACCEPTED,)


def test_a_person_can_accept_what_no_service_proposed_and_refuse_all(built: Path) -> None:
    mine = replace(ACCEPTED, by="Jana Muster", accepted="https://d-nb.info/gnd/4035206-7")
    apply_links(built, Links((replace(OPEN, by="Jana Muster"), mine)), tell=tell)
    assert matches(built) == {(CITY, "https://d-nb.info/gnd/4035206-7")}
    assert proposals(built) == {(CITY, "https://d-nb.info/gnd/4035206-7")}
    query = "SELECT ?who { GRAPH ?g { ?link a koop:LinkProposal ; prov:wasAttributedTo ?who } }"
    assert KnowledgeGraph.open(built).query(query).rows[0]["who"] == f"{BASE}curator/jana-muster"


def test_a_built_graph_gets_its_links_in_all_its_files_and_keeps_its_articles(built: Path) -> None:
    articles = list(read_articles(built))
    assert apply_links(built, Links((ACCEPTED, OPEN)), tell=tell) == ()
    assert matches(built) == {(CITY, Q2079)}
    assert proposals(built) == {(CITY, Q2079), (OTHER, Q24879), (OTHER, Q2079)}
    assert list(read_articles(built)) == articles
    assert f"skos:exactMatch <{Q2079}>" in (built / "graph.ttl").read_text(encoding="utf-8")
    assert "koop:LinkProposal" in (built / "dataset.trig").read_text(encoding="utf-8")
    assert "<script>alert" not in (built / "network.html").read_text(encoding="utf-8")
    assert KnowledgeGraph.open(built).validate().conforms


def test_later_links_take_the_place_of_earlier_ones(built: Path) -> None:
    before = set(stored_quads(open_store(built)))
    apply_links(built, Links((ACCEPTED, OPEN)), tell=tell)
    assert without_links(stored_quads(open_store(built))) == before
    apply_links(built, Links((replace(ACCEPTED, accepted=None),)), tell=tell)
    assert matches(built) == set()
    assert proposals(built) == {(CITY, Q2079)}
    apply_links(built, Links(), tell=tell)
    assert set(stored_quads(open_store(built))) == before


def test_a_link_of_the_gazetteer_is_never_taken_away(built: Path) -> None:
    gazetteer = Quad(NamedNode(CITY), NamedNode(SKOS.exactMatch), NamedNode(Q2079), DefaultGraph())
    quads, articles = {*open_store(built), gazetteer}, list(read_articles(built))
    write_store(built, quads, articles)
    apply_links(built, Links((ACCEPTED,)), tell=tell)
    apply_links(built, Links(), tell=tell)
    assert matches(built) == {(CITY, Q2079)}


def test_where_nothing_changes_nothing_is_written(built: Path) -> None:
    apply_links(built, Links((ACCEPTED,)), tell=tell)
    before = (built / "store" / "current").read_text(encoding="utf-8")
    apply_links(built, Links((ACCEPTED,)), tell=tell)
    assert (built / "store" / "current").read_text(encoding="utf-8") == before
