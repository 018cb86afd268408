"""Answers on their way: what goes wrong before and after the first byte, and clients that leave."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import uvicorn

from koopgraph.errors import AnswerTooLargeError, QueryError, QueryTimeoutError, StoreError
from koopgraph.query import Request
from koopgraph.serve import Site, create_app
from koopgraph.serve.pieces import Pieces
from koopgraph.serve.server import listen, url_of

PIECE = b"x" * 70_000


class FakeAnswer(Iterator[bytes]):
    """Pieces of a generator; remembers which threads took them, and whether it was closed."""

    def __init__(self, pieces: Iterator[bytes], fake: Fake) -> None:
        self.pieces = pieces
        self.fake = fake

    def __next__(self) -> bytes:
        self.fake.threads.add(threading.get_ident())
        return next(self.pieces)

    def close(self) -> None:
        self.fake.left.set()


class Fake:
    """Answers as it is told to, and remembers what it was asked."""

    def __init__(self, pieces: Callable[[], Iterator[bytes]]) -> None:
        self.pieces = pieces
        self.asked: list[Request] = []
        self.threads: set[int] = set()
        self.left = threading.Event()
        self.closed = False

    def answer(self, request: Request) -> Iterator[bytes]:
        self.asked.append(request)
        return FakeAnswer(self.pieces(), self)

    def close(self) -> None:
        self.closed = True


Faked = Callable[[Callable[[], Iterator[bytes]]], tuple[str, Fake]]


@pytest.fixture
def faked(data: Path) -> Iterator[Faked]:
    """Return a function that serves answers made by a generator, on a free port, and tells the URL."""
    running: list[tuple[uvicorn.Server, threading.Thread, Fake]] = []

    def start(pieces: Callable[[], Iterator[bytes]]) -> tuple[str, Fake]:
        fake, listening = Fake(pieces), listen("127.0.0.1", 0)
        config = uvicorn.Config(create_app(Site(data, fake)), log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        running.append((server, thread, fake))
        return url_of(listening), fake

    yield start
    for server, thread, fake in running:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()
        assert fake.closed


def failing(error: Exception, after: int = 0) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        for _ in range(after):
            yield PIECE
        raise error

    return pieces


def ask(url: str) -> httpx.Response:
    return httpx.get(f"{url}/sparql", params={"query": "ASK {}"}, trust_env=False, timeout=20)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QueryError("the query is malformed"), 400),
        (QueryTimeoutError("the time limit of 30 seconds is up"), 503),
        (AnswerTooLargeError("the answer has more than 10 bytes"), 500),
        (StoreError("the store is being replaced"), 503),
    ],
)
def test_what_fails_before_the_first_byte_has_a_status_and_a_plain_reason(
    faked: Faked, error: Exception, status: int
) -> None:
    url, _ = faked(failing(error))
    response = ask(url)
    assert (response.status_code, response.text) == (status, f"{error}\n")
    assert response.headers["content-type"].startswith("text/plain")


def test_an_error_of_ours_is_a_500_without_its_inside(faked: Faked) -> None:
    url, _ = faked(failing(RuntimeError("a secret")))
    response = ask(url)
    assert response.status_code == 500
    assert "secret" not in response.text


@pytest.mark.parametrize(
    "error", [QueryTimeoutError("the time is up"), AnswerTooLargeError("too large"), RuntimeError("broken")]
)
def test_what_fails_later_breaks_the_connection(faked: Faked, error: Exception) -> None:
    url, _ = faked(failing(error, after=3))
    with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
        ask(url)


def test_a_client_of_http_1_0_never_gets_half_an_answer(faked: Faked) -> None:
    url, _ = faked(failing(QueryTimeoutError("the time is up"), after=3))
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 503")
    assert PIECE not in answer


def test_an_answer_is_sent_while_it_is_found(faked: Faked) -> None:
    go_on = threading.Event()

    def pieces() -> Iterator[bytes]:
        yield b"first"
        assert go_on.wait(20)
        yield b"second"

    url, _ = faked(pieces)
    with httpx.stream("GET", f"{url}/sparql?query=ASK%7B%7D", trust_env=False, timeout=20) as response:
        found = response.iter_raw()
        assert next(found) == b"first"
        go_on.set()
        assert b"".join(found) == b"second"


def test_one_thread_takes_all_steps_since_the_engine_wants_it_so(faked: Faked) -> None:
    url, fake = faked(lambda: iter([PIECE] * 50))
    assert len(ask(url).content) == 50 * len(PIECE)
    assert fake.left.wait(10)
    assert len(fake.threads) == 1


def endless() -> Iterator[bytes]:
    while True:
        yield PIECE


def stuck() -> Iterator[bytes]:
    time.sleep(15)
    yield PIECE


@pytest.mark.parametrize("pieces", [endless, stuck])
def test_a_client_that_leaves_ends_its_query(faked: Faked, pieces: Callable[[], Iterator[bytes]]) -> None:
    url, fake = faked(pieces)
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=20)
    connection.request("GET", "/sparql?query=ASK%7B%7D")
    if pieces is endless:
        assert connection.getresponse().read(10)
    else:
        time.sleep(0.5)
    connection.close()
    assert fake.left.wait(10)


def test_a_client_that_reads_slowly_is_waited_for(faked: Faked) -> None:
    made = []

    def pieces() -> Iterator[bytes]:
        for number in range(2_000):
            made.append(number)
            yield PIECE

    url, _ = faked(pieces)
    with httpx.stream("GET", f"{url}/sparql?query=ASK%7B%7D", trust_env=False, timeout=20) as response:
        next(response.iter_raw())
        time.sleep(0.5)
        assert len(made) < 1_000, "the answer is not heaped up in memory"


def test_the_site_is_served_while_queries_take_their_time(faked: Faked) -> None:
    go_on = threading.Event()

    def pieces() -> Iterator[bytes]:
        assert go_on.wait(20)
        yield b"{}"

    url, fake = faked(pieces)
    threads = [threading.Thread(target=ask, args=(url,)) for _ in range(70)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 20
    while len(fake.asked) < 64 and time.monotonic() < deadline:
        time.sleep(0.05)
    refused = ask(url)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert httpx.get(f"{url}/data?default", trust_env=False).status_code == 503
    assert httpx.get(f"{url}/sparql", trust_env=False, timeout=20).status_code == 200
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert ask(url).status_code == 200


def test_pieces_end_when_nobody_waits_any_more() -> None:
    closed = threading.Event()

    def pieces() -> Iterator[bytes]:
        try:
            yield from endless()
        finally:
            closed.set()

    async def take_one() -> None:
        made = Pieces(pieces())
        assert await made.next() == PIECE
        made.stop()

    with ThreadPoolExecutor(1) as elsewhere:  # the browser tests leave a loop running in this thread
        elsewhere.submit(asyncio.run, take_one()).result()
    assert closed.wait(10)
