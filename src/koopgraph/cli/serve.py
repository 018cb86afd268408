"""``koopgraph serve``: a graph over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from koopgraph.query.workers import MAX_BYTES

T = TypeVar("T", str, tuple[str, ...])


def _matching(pattern: str, example: str) -> Callable[[click.Context, click.Parameter, T], T]:
    """Return a callback that refuses values of another form and shows what is meant."""

    def check(_: click.Context, __: click.Parameter, value: T) -> T:
        for text in (value,) if isinstance(value, str) else value:
            if text and not re.fullmatch(pattern, text):
                raise click.BadParameter(f"{text!r} is none; write it like {example}.")
        return value

    return check


_ORIGIN = r"\*|https?://[^/\s?#]+"
_URL = r"https?://[^/\s?#]+/?"


@click.command(short_help="Serve a built graph over HTTP: SPARQL endpoint, data, pages.")
@click.argument("folder", type=click.Path(path_type=Path), default="output")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; this machine's own.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--url",
    default="",
    metavar="URL",
    callback=_matching(_URL, "https://graph.example.org"),
    help="Where the public reaches the server, if through a proxy.",
)
@click.option("--title", default="", help="The name on the pages; the folder's by default.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=30,
    show_default=True,
    help="Seconds that a query may take; 0 sets no limit.",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Queries answered at the same time."
)
@click.option(
    "--max-bytes", type=click.IntRange(1), default=MAX_BYTES, show_default=True, help="Bytes that an answer may have."
)
@click.option(
    "--cors",
    multiple=True,
    metavar="ORIGIN",
    callback=_matching(_ORIGIN, "https://map.example or *"),
    help="Let the pages of another site read here; repeatable, '*' for all sites.",
)
@click.option("--allow-service", multiple=True, metavar="IRI", help="Let queries ask this other endpoint by SERVICE.")
@click.option("--open/--no-open", "open_", default=False, help="Open the start page in the browser.")
def serve(
    folder: Path,
    host: str,
    port: int,
    url: str,
    title: str,
    timeout: float,
    workers: int,
    max_bytes: int,
    cors: tuple[str, ...],
    allow_service: tuple[str, ...],
    open_: bool,
) -> None:
    """Serve a build's folder (or a file of RDF) over HTTP: a SPARQL endpoint, the graphs, pages to look at.

    Nothing can be changed through it. It listens on this machine alone unless --host says otherwise. When
    the folder is built again, the next request sees the new graph. Ctrl-C ends it.

    Example: koopgraph serve output --port 8080
    """
    from koopgraph.query.workers import Workers
    from koopgraph.serve.access import Access
    from koopgraph.serve.server import listen
    from koopgraph.serve.server import serve as serve_site
    from koopgraph.serve.site import Site

    access = Access.listening_on(host, url=url, origins=cors)
    with listen(host, port) as socket:
        answering = Workers(folder, processes=workers, seconds=timeout, max_bytes=max_bytes, services=allow_service)
        with answering:
            site = Site(folder, answering, title=title, url=url)
            site.graph()  # Where there is none, this says so before anyone asks.
            serve_site(site, socket, access, _announcing(folder, open_))


def _announcing(folder: Path, open_: bool) -> Callable[[str], None]:
    def announce(url: str) -> None:
        click.echo(f"koopgraph: serving {folder} at {url}/ (Ctrl-C ends it)", err=True)
        if open_:
            click.launch(url)

    return announce
