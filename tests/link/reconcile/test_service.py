"""Asking a reconciliation service: what is sent, what failures are survived, what an answer must be like."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from koopgraph.answer_cache import AnswerCache
from koopgraph.errors import LinkError
from koopgraph.exchange import Patience
from koopgraph.link.reconcile.answers import Answer
from koopgraph.link.reconcile.catalogue import profile_of
from koopgraph.link.reconcile.queries import Query, query_of
from koopgraph.link.reconcile.service import Service
from koopgraph.link.reconcile.things import Thing
from koopgraph.model import EntityType

pytest.importorskip("httpx", reason="needs koopgraph[link]: pip install 'koopgraph[link]'")
pytest.importorskip("stamina", reason="needs koopgraph[link]: pip install 'koopgraph[link]'")

Reply = Callable[[BaseHTTPRequestHandler, Any, dict[str, Any]], None]
Connect = Callable[..., Service]
WIKIDATA = "http://www.wikidata.org/entity/"
QUICK = Patience(timeout=5.0, attempts=2, first_wait=0.01, longest_wait=2.0)


def candidate(identifier: str, name: str, score: float, *, match: bool = False, **more: object) -> dict[str, Any]:
    return {"id": identifier, "name": name, "score": score, "match": match, **more}


def says(content: object, status: int = 200, **headers: str) -> Reply:
    """Return a reply with that JSON (or those bytes) and that status."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return lambda handler, fake, queries: fake.send(
        handler, body, status, {k.replace("_", "-"): v for k, v in headers.items()}
    )


def late(seconds: float) -> Reply:
    def reply(handler: BaseHTTPRequestHandler, fake: Any, queries: dict[str, Any]) -> None:
        time.sleep(seconds)
        with suppress(OSError):
            fake.answer(handler, queries)

    return reply


def cut(handler: BaseHTTPRequestHandler, fake: Any, queries: dict[str, Any]) -> None:
    """Announce more than is sent, and close the connection."""
    fake.send(handler, b'{"q0": {"resu', announced=1000)


def well(handler: BaseHTTPRequestHandler, fake: Any, queries: dict[str, Any]) -> None:
    """Answer as the protocol says."""
    fake.answer(handler, queries)


def cities(names: Sequence[str]) -> list[Query]:
    """Return the queries about cities of those names, as Wikidata takes them."""
    profile = profile_of(WIKIDATA)
    things = [Thing(f"https://example.org/city/{name.lower()}", EntityType.CITY, name, (name,)) for name in names]
    return [query_of(thing, profile) for thing in things]


LEIPZIG = candidate("Q2079", "Leipzig", 100, match=True, description="Stadt in Sachsen")


def ask(service: Service, *names: str) -> dict[str, Answer | None]:
    """Return the answers about cities of those names, by name in lower case."""
    found = service.answers(cities(names), service.manifest(), lambda done: None)
    return {iri.rpartition("/")[2]: answer for iri, answer in found.items()}


def iris(found: Answer | None) -> list[str]:
    assert found is not None
    return [candidate.iri for candidate in found.candidates]


# ------------------------------------------------------------------ what is sent


def test_queries_go_out_in_batches_as_a_form(fake: Any, connect: Connect) -> None:
    ask(connect(batch=2), "Leipzig", "Bremen", "Gera")
    assert [len(batch) for batch in fake.batches] == [2, 1]
    assert set(fake.types) == {"application/x-www-form-urlencoded"}
    assert fake.batches[0]["q0"] == {"query": "Leipzig", "limit": 10, "type": ["Q486972", "Q15284"]}


def test_a_batch_is_no_larger_than_the_service_takes(fake: Any, connect: Connect) -> None:
    fake.manifest = {**fake.manifest, "batchSize": 1}
    ask(connect(), "Leipzig", "Bremen")
    assert [len(batch) for batch in fake.batches] == [1, 1]


def test_a_batch_that_is_refused_as_too_large_is_halved(fake: Any, connect: Connect) -> None:
    fake.known["Gera"] = [candidate("Q3750", "Gera", 100)]
    fake.replies = [says({}, 413)]
    found = ask(connect(), "Leipzig", "Bremen", "Gera")
    assert [len(batch) for batch in fake.batches] == [3, 1, 2]
    assert iris(found["gera"]) == [f"{WIKIDATA}Q3750"]


def test_ids_become_iris_by_the_identifier_space_or_else_by_the_page_that_shows_them(
    fake: Any, connect: Connect
) -> None:
    fake.known["Leipzig"] = [LEIPZIG]
    assert iris(ask(connect(), "Leipzig")["leipzig"]) == [f"{WIKIDATA}Q2079"]
    fake.manifest = {**fake.manifest, "identifierSpace": "http://www.ietf.org/rfc/rfc3986"}
    assert iris(ask(connect(), "Leipzig")["leipzig"]) == ["https://www.wikidata.org/wiki/Q2079"]


# ------------------------------------------------------------------ no manifest


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ([], "is no reconciliation service"),
        ({"identifierSpace": WIKIDATA}, "is no reconciliation service"),
        ({"name": "x", "identifierSpace": WIKIDATA, "versions": ["3.0"]}, "speaks neither version"),
        ({"name": "x", "identifierSpace": WIKIDATA, "versions": 2}, "speaks neither version"),
        ({"name": "x"}, "does not say how ids become web addresses"),
        ({"name": "x", "identifierSpace": "javascript:"}, "does not say how ids"),
        ({"name": "x", "identifierSpace": 7, "view": {"url": "ftp://x/{{id}}"}}, "does not say how ids"),
        ({"name": "x", "view": {"url": 'https://x.example/{{id}}"><script>'}}, "does not say how ids"),
    ],
)
def test_what_is_no_manifest_is_said_at_once(fake: Any, connect: Connect, manifest: object, message: str) -> None:
    fake.manifest = manifest
    with pytest.raises(LinkError, match=message):
        connect().manifest()


def test_a_service_of_before_versions_were_told_is_taken(fake: Any, connect: Connect) -> None:
    fake.manifest = {"name": "GND", "identifierSpace": "https://d-nb.info/gnd/"}
    assert connect().manifest().iri("4035206-7") == "https://d-nb.info/gnd/4035206-7"


def test_an_address_where_nobody_listens_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    service = Service("http://127.0.0.1:9/api", AnswerCache(""), patience=QUICK)
    with pytest.raises(LinkError, match="could not be reached"):
        service.manifest()


# ------------------------------------------------------------------ failures that pass, and others


@pytest.mark.parametrize("reply", [says({}, 500), says(b"<html>busy</html>"), cut, says({}, 429, Retry_After="0")])
def test_a_failure_that_passes_is_tried_again(fake: Any, connect: Connect, reply: Any) -> None:
    fake.known["Leipzig"] = [LEIPZIG]
    fake.replies = [reply, reply]
    assert iris(ask(connect(), "Leipzig")["leipzig"]) == [f"{WIKIDATA}Q2079"]
    assert len(fake.batches) == 3


def test_the_time_that_the_service_asks_for_is_waited(fake: Any, connect: Connect) -> None:
    fake.replies = [says({}, 429, Retry_After="1")]
    begin = time.monotonic()
    ask(connect(), "Leipzig")
    assert time.monotonic() - begin >= 1


def test_a_stalling_service_is_left_after_the_time_limit_and_asked_again(fake: Any, connect: Connect) -> None:
    fake.known["Leipzig"] = [LEIPZIG]
    fake.replies = [late(1.0)]
    assert iris(ask(connect(timeout=0.2), "Leipzig")["leipzig"]) == [f"{WIKIDATA}Q2079"]


def test_one_slow_batch_holds_up_the_others_and_spoils_none(fake: Any, connect: Connect) -> None:
    fake.known["Leipzig"] = [LEIPZIG]
    fake.replies = [well, late(0.3)]
    found = ask(connect(batch=1), "Bremen", "Leipzig", "Gera")
    assert [iris(found[name]) for name in ("bremen", "leipzig", "gera")] == [[], [f"{WIKIDATA}Q2079"], []]
    assert len(fake.batches) == 3


def test_a_batch_without_an_answer_leaves_its_things_open_and_the_next_is_asked(fake: Any, connect: Connect) -> None:
    fake.replies = [says({}, 500)] * 3
    service = connect(batch=1)
    found = ask(service, "Leipzig", "Bremen")
    assert found["leipzig"] is None
    assert found["bremen"] is not None
    assert service.reason == "answered 500"


def test_after_three_batches_without_an_answer_no_more_are_sent(fake: Any, connect: Connect) -> None:
    fake.replies = [says({}, 503)] * 99
    service = connect(batch=1, attempts=1)
    found = ask(service, *"abcdef")
    assert set(found.values()) == {None}
    assert len(fake.batches) == 3


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_ends_the_asking_at_once(fake: Any, connect: Connect, status: int) -> None:
    fake.replies = [says({}, status)]
    ask(connect(batch=1), *"abc")
    assert len(fake.batches) == 1


def test_a_redirect_is_not_followed_but_told(fake: Any, connect: Connect) -> None:
    fake.replies = [says({}, 307, Location="https://new.example/api")]
    service = connect()
    ask(service, "Leipzig")
    assert service.reason == "has moved to https://new.example/api"


def test_an_endless_answer_is_left(fake: Any, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("koopgraph.exchange.MOST_BYTES", 1000)
    fake.replies = [says(b" " * 5000)]
    service = connect()
    assert ask(service, "Leipzig")["leipzig"] is None
    assert "1000 bytes" in service.reason


# ------------------------------------------------------------------ nonsense


@pytest.mark.parametrize("content", [[], 7, None, {}, {"status": "error", "message": "busy"}, "[" * 100_000])
def test_json_of_another_shape_answers_nothing(fake: Any, connect: Connect, content: object) -> None:
    body = content.encode() if isinstance(content, str) else content
    fake.replies = [says(body)] * 3
    assert ask(connect(), "Leipzig")["leipzig"] is None


@pytest.mark.parametrize("entry", [[], {}, {"result": {}}, {"result": None}, {"error": "x"}, "x"])
def test_an_answer_to_one_query_that_is_none_leaves_the_others(fake: Any, connect: Connect, entry: object) -> None:
    fake.replies = [says({"q0": entry, "q1": {"result": [LEIPZIG]}, "q99": {"result": []}})]
    found = ask(connect(), "Bremen", "Leipzig")
    assert found["bremen"] is None
    assert iris(found["leipzig"]) == [f"{WIKIDATA}Q2079"]


def test_a_query_that_is_left_out_is_asked_again_at_the_next_run_alone(fake: Any, connect: Connect) -> None:
    fake.replies = [says({"q1": {"result": [LEIPZIG]}})]
    assert ask(connect(), "Bremen", "Leipzig")["bremen"] is None
    assert ask(connect(), "Bremen", "Leipzig")["bremen"] is not None
    assert fake.asked == ["Bremen", "Leipzig", "Bremen"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": "100"},
        {"score": float("nan")},
        {"score": float("inf")},
        {"score": -1},
        {"score": True},
        {"score": None},
        {"score": 10**400},
        {"id": "Q 1"},
        {"id": ""},
        {"id": 2079},
        {"id": "javascript:alert(1)"},
        {"id": "https://evil.example/Q2079"},
        {"id": "//evil.example/Q2079"},
        {"id": "../../evil"},
        {"id": 'Q1"><script>'},
        {"id": "Q1\u0000"},
        {"id": "Q\ud800"},
        {"id": "Q" * 500},
        {"name": None},
        {"name": " \u202e"},
    ],
)
def test_a_malformed_candidate_is_dropped_and_counted_and_not_kept(
    fake: Any, connect: Connect, wrong: dict[str, object]
) -> None:
    fake.known["Leipzig"] = [{**LEIPZIG, **wrong}, candidate("Q1", "Leipzig", 50)]
    found = ask(connect(), "Leipzig")["leipzig"]
    assert found is not None
    assert (iris(found), found.malformed) == ([f"{WIKIDATA}Q1"], 1)
    ask(connect(), "Leipzig")
    assert len(fake.batches) == 2


def test_names_and_descriptions_are_texts_of_one_line_without_controls(fake: Any, connect: Connect) -> None:
    hostile = "<img src=x onerror=alert(1)>\n\u202eLeip\u0007zig"
    fake.known["Leipzig"] = [{**LEIPZIG, "name": hostile, "description": "x" * 10_000}]
    found = ask(connect(), "Leipzig")["leipzig"]
    assert found is not None
    assert found.candidates[0].name == "<img src=x onerror=alert(1)> Leipzig"
    assert len(found.candidates[0].description) == 200


# ------------------------------------------------------------------ kept answers


def test_nothing_is_asked_twice(fake: Any, connect: Connect) -> None:
    fake.known["Leipzig"] = [LEIPZIG]
    first = ask(connect(), "Leipzig", "Bremen")
    service = connect()
    assert ask(service, "Leipzig", "Bremen") == first
    assert fake.asked == ["Leipzig", "Bremen"]
    assert service.from_cache == 2


def test_an_interrupted_run_goes_on_where_it_stopped(fake: Any, connect: Connect) -> None:
    def interrupt(done: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    names = [f"Stadt{number}" for number in range(10)]
    service = connect(batch=2)
    with pytest.raises(KeyboardInterrupt):
        service.answers(cities(names), service.manifest(), interrupt)
    assert len(fake.asked) == 4
    ask(connect(batch=3), *names)
    assert sorted(fake.asked) == sorted(names)


def test_another_service_or_more_context_is_another_question(fake: Any, connect: Connect) -> None:
    ask(connect(), "Leipzig")
    fake.url += "?lang=en"
    ask(connect(), "Leipzig")
    assert fake.asked == ["Leipzig", "Leipzig"]


@pytest.mark.parametrize("content", ["", "{", '{"content": "[]"}', json.dumps({"content": "[" * 100_000})])
def test_a_kept_answer_that_somebody_changed_is_asked_for_again(
    fake: Any, connect: Connect, tmp_path: Path, content: str
) -> None:
    ask(connect(), "Leipzig")
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text(content, encoding="utf-8")
    ask(connect(), "Leipzig")
    assert len(fake.batches) == 2
