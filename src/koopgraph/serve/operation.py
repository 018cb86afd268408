"""What a request to the endpoint asks for, by the rules of the SPARQL 1.1 Protocol.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MAX_PARAMETERS = 10_000
_REFUSED = "This server only reads: it takes no updates. Build the graph again to change it."


@dataclass(frozen=True, slots=True)
class Operation:
    """A query and its dataset; ``text`` is None where the request brings no query at all."""

    text: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""


async def operation_of(request: Request, max_query: int) -> Operation:
    """Read the operation from the request; raise its HTTP status where it breaks the protocol.

    400: no query or several, not UTF-8; 403: an update; 413: more than ``max_query`` bytes; 415: another media type.
    """
    parameters = _parameters(request.scope["query_string"])
    if request.method != "POST":
        return _operation(parameters)
    media_type, charset = _content_type(request)
    if media_type == UPDATE:
        raise HTTPException(403, _REFUSED)
    if media_type not in (FORM, QUERY):
        raise HTTPException(415, f"The body must be {QUERY} or {FORM}; the header Content-Type says which.")
    if charset not in ("", "utf-8", "utf8"):
        raise HTTPException(400, f"The body must be UTF-8, not {charset}.")
    body = await _body(request, max_query)
    if media_type == FORM:
        return _operation([*parameters, *_parameters(body)], posted=True)
    return _operation([*parameters, ("query", _decoded(body))], posted=True)


def _operation(parameters: Sequence[tuple[str, str]], *, posted: bool = False) -> Operation:
    def values(*names: str) -> tuple[str, ...]:
        return tuple(value for name, value in parameters if name in names)

    queries = values("query")
    if values("update"):
        raise HTTPException(400 if queries else 403, _REFUSED)
    if len(queries) > 1:
        raise HTTPException(400, "There is more than one query. Send one at a time.")
    if posted and not queries:
        raise HTTPException(400, "There is no query: the parameter 'query' is missing.")
    return Operation(
        queries[0] if queries else None,
        values("default-graph-uri"),
        values("named-graph-uri"),
        next((value for value in values("format", "output") if value), ""),
    )


def _content_type(request: Request) -> tuple[str, str]:
    from email.message import Message

    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    # Without the header, the mail parser would suppose plain text, which is refused as well.
    return header.get_content_type(), str(header.get_param("charset", "") or "").lower()


async def _body(request: Request, limit: int) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise HTTPException(413, f"The query is longer than {limit} bytes.", {"Connection": "close"})
    return bytes(body)


def _parameters(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_decoded(encoded), keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS)
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The parameters are not UTF-8.") from error
    except ValueError as error:
        raise HTTPException(400, f"The parameters cannot be read: {error}.") from error


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"The query is not UTF-8 (byte {error.start + 1}).") from error
