"""Who may ask, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EVERYWHERE = frozenset({"", "0.0.0.0", "::", "[::]"})  # noqa: S104 - recognised, not bound
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
MAX_QUERY = 1_000_000
"""Bytes of a query that is posted; a URL holds some 64,000 in any case."""


@dataclass(frozen=True, slots=True)
class Access:
    """The names that the server may be called by, whose pages may read from it, and how long a query may be.

    A name is a host without its port. One that a stranger's domain resolves to (DNS rebinding) is none of ``hosts``.
    ``origins`` are of the form ``https://example.org``, or ``*``.
    """

    hosts: tuple[str, ...] = LOOPBACK
    origins: tuple[str, ...] = ()
    max_query: int = MAX_QUERY

    @classmethod
    def listening_on(
        cls, host: str, *, url: str = "", origins: tuple[str, ...] = (), max_query: int = MAX_QUERY
    ) -> Access:
        """Let in who calls this machine by ``host``, by the public ``url``, or as itself.

        Who listens on all addresses without a public URL cannot know its names, so any will do.
        """
        if host in _EVERYWHERE and not url:
            return cls(("*",), origins, max_query)
        public = urlsplit(url).hostname or ""
        names = {*LOOPBACK, *(_bracketed(name.lower()) for name in (host, public) if name)} - _EVERYWHERE
        return cls(tuple(sorted(names)), origins, max_query)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


class SafetyHeaders:
    """Tell browsers to take each answer for what it says it is, and to tell nobody where its reader came from."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application behind."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to what comes back, where it has none of its own."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SAFE.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending)


_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    # Data, not pages: should a browser show it all the same, nothing in it runs. Pages bring their own.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
}
