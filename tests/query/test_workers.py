"""Queries in processes of their own: limits, builds in between, clients that leave, processes that die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from koopgraph.errors import AnswerTooLargeError, QueryError, QueryTimeoutError, StoreError
from koopgraph.query import QuerySyntaxError, Request
from koopgraph.query.workers import Workers
from koopgraph.store import write_store

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
NAMES = Request("SELECT ?name { ?city a koop:City ; rdfs:label ?name } ORDER BY ?name", format="csv")
BOTH = b"name\r\nBremen\r\nLeipzig\r\n"
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"
HUGE = ENDLESS.replace("(COUNT(*) AS ?n)", "*")


def answered(workers: Workers, request: Request) -> bytes:
    return b"".join(workers.answer(request))


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(SAMPLE, processes=1, max_bytes=1_000_000) as found:
        assert answered(found, NAMES) == BOTH
        yield found


def test_an_answer_comes_piece_by_piece(workers: Workers) -> None:
    rows = "SELECT ?a ?b ?c { ?a ?x ?y . ?b ?p ?q . ?c ?r ?s } LIMIT 1000"
    pieces = list(workers.answer(Request(rows)))
    assert len(pieces) > 1
    assert len(json.loads(b"".join(pieces))["results"]["bindings"]) == 1000


def test_umlauts_and_bindings_go_there_and_back(workers: Workers) -> None:
    request = Request("SELECT $x (STRLEN($x) AS ?n) {}", {"x": "Städtebauförderung – größer"}, "csv")
    assert answered(workers, request).decode() == "x,n\r\nStädtebauförderung – größer,27\r\n"


def test_a_malformed_query_says_where(workers: Workers) -> None:
    with pytest.raises(QuerySyntaxError, match="did you mean FILTER") as raised:
        answered(workers, Request("SELECT ?s\nWHERE { ?s ?p ?o FILTR(?o) }"))
    assert (raised.value.line, raised.value.column) == (2, 18)
    assert answered(workers, NAMES) == BOTH


@pytest.mark.parametrize(
    "request_",
    [Request("nope"), Request("evidence"), Request("ASK {}", format="turtle"), Request("DELETE WHERE { ?s ?p ?o }")],
)
def test_what_is_refused_is_refused_before_the_first_byte(workers: Workers, request_: Request) -> None:
    with pytest.raises(QueryError):
        next(workers.answer(request_))


def test_an_answer_above_its_limit_is_broken_off(workers: Workers) -> None:
    answer = workers.answer(Request(HUGE, format="csv"))
    assert next(answer)
    with pytest.raises(AnswerTooLargeError, match="longer than 1000000 bytes"):
        b"".join(answer)
    assert answered(workers, NAMES) == BOTH


def test_an_answer_of_too_many_rows_is_no_answer() -> None:
    with Workers(SAMPLE, processes=1, max_rows=1) as workers:
        with pytest.raises(AnswerTooLargeError, match="more than 1 rows"):
            answered(workers, NAMES)
        one = Request(f"{NAMES.text} LIMIT 1", format="csv")
        assert answered(workers, one) == b"name\r\nBremen\r\n"


def test_a_client_who_leaves_ends_the_query(workers: Workers) -> None:
    answer = workers.answer(Request(HUGE))
    assert next(answer)
    answer.close()
    answer.close()
    with pytest.raises(QueryError, match="broken off"):
        next(answer)
    assert answered(workers, NAMES) == BOTH


def test_another_thread_may_end_a_query_that_is_waited_for(workers: Workers) -> None:
    answer = workers.answer(Request(ENDLESS))
    closing = Thread(target=lambda: (time.sleep(0.5), answer.close()))
    closing.start()
    with pytest.raises(QueryError, match="broken off"):
        next(answer)
    closing.join()
    assert answered(workers, NAMES) == BOTH


def test_an_answer_that_nobody_asked_for_costs_nothing(workers: Workers) -> None:
    abandoned = [workers.answer(NAMES) for _ in range(5)]
    del abandoned
    assert answered(workers, NAMES) == BOTH


def test_a_process_that_died_is_replaced(workers: Workers) -> None:
    process = workers.take(None)
    workers.give_back(process)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process._process.join()
    assert answered(workers, NAMES) == BOTH
    answer = workers.answer(Request(HUGE))
    assert next(answer)
    assert answer._process is not None
    assert answer._process.pid is not None
    os.kill(answer._process.pid, signal.SIGKILL)
    with pytest.raises(AnswerTooLargeError, match="ended its process"):
        b"".join(answer)
    assert answered(workers, NAMES) == BOTH


def test_many_threads_ask_at_once(workers: Workers) -> None:
    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(lambda _: answered(workers, NAMES), range(200))) == {BOTH}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not limit memory")
def test_a_query_that_fills_the_memory_ends_alone() -> None:
    everything = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a"
    with Workers(SAMPLE, processes=1, max_memory=400_000_000) as workers:
        with pytest.raises(AnswerTooLargeError, match="want of memory"):
            answered(workers, Request(everything))
        assert answered(workers, NAMES) == BOTH


def test_what_never_ends_is_ended_in_time_and_so_is_who_waits() -> None:
    with Workers(SAMPLE, processes=1, seconds=3) as workers:
        assert answered(workers, NAMES) == BOTH
        begin = time.monotonic()
        with ThreadPoolExecutor(3) as pool:
            asked = [pool.submit(answered, workers, Request(ENDLESS)) for _ in range(3)]
            errors = [one.exception() for one in asked]
        assert all(isinstance(error, QueryTimeoutError) for error in errors)
        assert sum("other queries were under way" in str(error) for error in errors) in {1, 2}
        assert 2.9 < time.monotonic() - begin < 10
        assert answered(workers, NAMES) == BOTH


def test_a_client_who_does_not_read_on_is_cut_off_in_mid_stream() -> None:
    with Workers(SAMPLE, processes=1, seconds=2, max_bytes=None) as workers:
        answer = workers.answer(Request(HUGE))
        assert next(answer)
        # The other query gets the place of the one whose answer nobody reads.
        time.sleep(2.5)
        assert answered(workers, NAMES) == BOTH
        with pytest.raises(QueryTimeoutError, match="longer than 2 seconds"):
            b"".join(answer)


def _state(number: int) -> list[Quad]:
    graphs = [NamedNode(f"https://e.org/graph/{n}") for n in range(20)]
    state = NamedNode("https://e.org/state")
    return [Quad(graph, state, Literal(number), graph) for graph in graphs]


def test_each_answer_is_of_one_state_while_builds_replace_it(tmp_path: Path) -> None:
    write_store(tmp_path, _state(0))
    query = Request("SELECT ?n { GRAPH ?g { ?s <https://e.org/state> ?n } }", format="tsv")
    with Workers(tmp_path, processes=2) as workers, ThreadPoolExecutor(4) as pool:
        for number in range(1, 6):
            asked = [pool.submit(answered, workers, query) for _ in range(10)]
            write_store(tmp_path, _state(number))
            for one in asked:
                lines = one.result().split()[1:]
                assert len(lines) == 20
                assert len(set(lines)) == 1
            assert set(answered(workers, query).split()[1:]) == {str(number).encode()}


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "graph.nt"
    file.write_text("<https://e.org/a> <https://e.org/p> 'x' .\n".replace("'", '"'), encoding="utf-8")
    count = Request("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", format="tsv")
    with Workers(file, processes=1) as workers:
        assert answered(workers, count).split() == [b"?n", b"1"]
        file.write_text(file.read_text("utf-8") + file.read_text("utf-8").replace("/a", "/b"), encoding="utf-8")
        assert answered(workers, count).split() == [b"?n", b"2"]
        file.unlink()
        with pytest.raises(QueryError, match="the graph is gone"):
            answered(workers, count)


def test_a_folder_without_a_store_says_so(tmp_path: Path) -> None:
    with Workers(tmp_path, processes=1) as workers, pytest.raises(StoreError, match="there is no store here"):
        answered(workers, NAMES)


def test_closing_ends_everything() -> None:
    workers = Workers(SAMPLE, processes=2)
    assert answered(workers, NAMES) == BOTH
    under_way = workers.answer(Request(HUGE))
    assert next(under_way)
    processes = list(workers._all)
    workers.close()
    workers.close()
    assert not any(process.is_alive() for process in processes)
    for answer in (under_way, workers.answer(NAMES)):
        with pytest.raises(QueryError, match="closed"):
            b"".join(answer)


PARENT = f"""
import sys, time
from pathlib import Path
from koopgraph.query import Request
from koopgraph.query.workers import Workers
if __name__ == "__main__":
    workers = Workers(Path(sys.argv[1]), processes=2)
    b"".join(workers.answer(Request("ASK {{}}")))
    b"".join(workers.answer(Request("ASK {{}}")))
    print(*(process.pid for process in workers._all), flush=True)
    try:
        b"".join(workers.answer(Request({ENDLESS!r})))
    except KeyboardInterrupt:
        sys.exit(7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 7), (signal.SIGKILL, -9), (signal.SIGTERM, -15)])
def test_no_process_outlives_its_parent(tmp_path: Path, number: signal.Signals, code: int) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    command = [sys.executable, str(script), str(SAMPLE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as parent:
        assert parent.stdout is not None
        assert parent.stderr is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        time.sleep(0.5)
        # Ctrl-C goes to all processes of the terminal.
        os.killpg(parent.pid, number) if number == signal.SIGINT else parent.send_signal(number)
        errors = parent.stderr.read()
        assert parent.wait(20) == code
    assert b"Traceback" not in errors
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}/stat").exists() and _runs(pid) for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
