"""The SPARQL endpoint: queries in, answers out, and a description of the service for those who ask nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from koopgraph.query import QuerySyntaxError
from koopgraph.query import Request as Question
from koopgraph.query.tokens import tokenize
from koopgraph.serve.access import Access
from koopgraph.serve.description import describe
from koopgraph.serve.negotiation import GRAPHS, SOLUTIONS, Offer, offer_for
from koopgraph.serve.operation import Operation, operation_of
from koopgraph.serve.site import Answers, Site
from koopgraph.serve.streaming import Streamed

_PAGE = Offer("html", "text/html")
_FORMS = {"SELECT": SOLUTIONS, "ASK": SOLUTIONS, "CONSTRUCT": GRAPHS, "DESCRIBE": GRAPHS}
ALLOWED = {"Allow": "GET, HEAD, POST, OPTIONS"}


async def sparql(request: Request) -> Response:
    """Answer a query; without one, describe the service, or show people the page to write queries on."""
    site: Site = request.app.state.site
    access: Access = request.app.state.access
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=ALLOWED)
    operation = await operation_of(request, access.max_query)
    endpoint = f"{site.url or str(request.base_url).rstrip('/')}/sparql"
    if operation.text is None:
        return await _description(request, site, operation.format, endpoint)
    offer = offer_for(request, _offers(operation.text), operation.format)
    return Streamed(_Answer(site.workers, operation, offer, endpoint), offer.media_type, {"Vary": "Accept"})


async def _description(request: Request, site: Site, wanted: str, endpoint: str) -> Response:
    offer = offer_for(request, (*GRAPHS, _PAGE), wanted)
    if offer is _PAGE:
        return RedirectResponse("/query", 303, {"Vary": "Accept"})
    content = await run_in_threadpool(describe, site.graph, site.title, endpoint, offer.format)
    return Response(content, media_type=offer.media_type, headers={"Vary": "Accept"})


def _offers(text: str) -> Sequence[Offer]:
    """Return the formats that fit the query's form; a query without any is malformed, as the engine will say."""
    keywords = (token.keyword for token in tokenize(text))
    return next((_FORMS[keyword] for keyword in keywords if keyword in _FORMS), (*SOLUTIONS, *GRAPHS))


class _Answer(Iterator[bytes]):
    """The pieces of an answer, taken by one thread; any thread may :meth:`close` it."""

    def __init__(self, workers: Answers, operation: Operation, offer: Offer, endpoint: str) -> None:
        self._text = operation.text or ""
        # Relative IRIs are relative to the endpoint. A line of its own leaves the columns as they are.
        question = Question(
            f"BASE <{endpoint}>\n{self._text}",
            format=offer.format,
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
        )
        self._pieces = workers.answer(question)

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except QuerySyntaxError as error:
            line = max(error.line - 1, 1)
            raise QuerySyntaxError(error.reason, line, error.column, self._text) from error

    def close(self) -> None:
        close = getattr(self._pieces, "close", None)
        if close:
            close()
