"""The application on a socket, until someone ends it."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import uvicorn

from koopgraph.errors import ServeError
from koopgraph.serve.access import Access
from koopgraph.serve.app import create_app
from koopgraph.serve.site import Site

_GRACE = 2
"""Seconds that answers under way have to end when the server does."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; port 0 takes a free one. Raises :class:`ServeError` where none can."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server((str(address[0]), int(address[1])), family=family)
    except OSError as error:
        raise ServeError(
            f"{host}, port {port}: cannot listen there ({error.strerror}). Choose another --port or --host."
        ) from error
    # Connections inherit it. Without it each small answer waits some 40 ms for the client's acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def serve(site: Site, listening: socket.socket, access: Access, announce: Callable[[str], None]) -> None:
    """Answer requests until SIGINT (Ctrl-C) or SIGTERM; call ``announce`` with the URL once they are taken."""
    config = uvicorn.Config(
        create_app(site, access),
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    try:
        with suppress(KeyboardInterrupt), _terminated_as_interrupted():
            announce(url_of(listening))
            _Server(config).run(sockets=[listening])
    finally:
        listening.close()
        site.workers.close()


class _Server(uvicorn.Server):
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Answers that are broken off because the server ends are no news.
        for name in ("uvicorn.error", "koopgraph.serve"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        super().handle_exit(sig, frame)


def url_of(listening: socket.socket) -> str:
    """Return the URL of a socket; that of this machine where it listens on all addresses."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - recognised, not bound
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """Let SIGTERM end the server as Ctrl-C does: uvicorn ends in order, then raises the signal that it caught."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
