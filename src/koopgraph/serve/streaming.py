"""An answer on its way to the client, who may leave at any time and must not take half for the whole."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from koopgraph.errors import KoopgraphError
from koopgraph.serve.pieces import Pieces

MAX_ANSWERS = 64
"""How many answers may be on their way at once; each has a thread."""
_log = logging.getLogger(__name__)
_under_way: set[Pieces] = set()


class Streamed(Response):
    """An answer sent as it is found.

    What goes wrong before the first piece is raised, so that it gets a status of its own. What goes wrong later breaks
    the connection off without the end that HTTP demands; a client of HTTP/1.0, which has no such end, gets all at once.
    """

    def __init__(self, pieces: Iterator[bytes], media_type: str, headers: Mapping[str, str] | None = None) -> None:
        """Take the pieces, none of which was asked for yet."""
        super().__init__(media_type=media_type, headers=headers)
        # Its length is not known.
        del self.headers["content-length"]
        self._iterator = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the pieces until they end or the client leaves."""
        _under_way.difference_update([pieces for pieces in _under_way if not pieces.thread.is_alive()])
        if len(_under_way) >= MAX_ANSWERS:
            raise HTTPException(503, "Too many queries at once. Try again in a while.", {"Retry-After": "5"})
        pieces = Pieces(self._iterator)
        _under_way.add(pieces)
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await self._send(pieces, scope, leaving, send)
        finally:
            leaving.cancel()
            pieces.stop()

    async def _send(self, pieces: Pieces, scope: Scope, leaving: asyncio.Future[None], send: Send) -> None:
        piece = await _next(pieces, leaving)
        if scope["http_version"] == "1.0":
            piece = await _all(piece, pieces, leaving)
            self.headers["content-length"] = str(len(piece))
        if leaving.done():
            return
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        while piece and scope["method"] != "HEAD":
            await send(_body(piece, more=True))
            try:
                piece = await _next(pieces, leaving)
            except Exception as error:
                _log.warning(
                    "an answer was broken off: %s", error if isinstance(error, KoopgraphError) else repr(error)
                )
                return
        if not leaving.done():
            await send(_body(b"", more=False))


async def _next(pieces: Pieces, leaving: asyncio.Future[None]) -> bytes:
    """Return the next piece; none where they end or the client left."""
    step = asyncio.ensure_future(pieces.next())
    try:
        await asyncio.wait((step, leaving), return_when=asyncio.FIRST_COMPLETED)
        return step.result() if step.done() else b""
    finally:
        step.cancel()


async def _all(piece: bytes, pieces: Pieces, leaving: asyncio.Future[None]) -> bytes:
    made = [piece]
    while piece:
        piece = await _next(pieces, leaving)
        made.append(piece)
    return b"".join(made)


def _body(piece: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": piece, "more_body": more}


async def _left(receive: Receive) -> None:
    """Return when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
