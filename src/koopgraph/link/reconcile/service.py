"""A reconciliation service on the network: its manifest, and answers to batches of queries, kept on the disk.

1. Every query that was answered before comes from the disk; the others go out in batches.
2. What comes back is kept at once, query by query, so that an interrupted run goes on where it stopped.
3. A batch that is too large (413) is halved. What may pass is tried again (:mod:`koopgraph.exchange`); a batch
   without an answer leaves its queries unanswered, and several in a row end the asking.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import islice

from koopgraph.answer_cache import AnswerCache, request_key
from koopgraph.errors import LinkError
from koopgraph.exchange import (
    MODULES,
    Exchange,
    MayPassError,
    Patience,
    RefusedError,
    UnansweredError,
    parsed,
)
from koopgraph.link.reconcile.answers import Answer, read_answer
from koopgraph.link.reconcile.manifest import Manifest, read_manifest
from koopgraph.link.reconcile.queries import Query

PATIENCE = Patience(timeout=60.0, attempts=5, first_wait=1.0, longest_wait=60.0)
BATCH = 20
"""Queries in one request. Public services search each one elsewhere: larger batches run into their time limits."""

TOO_LARGE = 413
INSTALL = "Install it with: pip install 'koopgraph[link]'"


class Service:
    """Answers queries, from the disk or by asking. Nothing is asked before :meth:`manifest`."""

    def __init__(self, address: str, cache: AnswerCache, *, batch: int = BATCH, patience: Patience = PATIENCE) -> None:
        """Take the service's address, where answers are kept, the size of a batch and how long to try.

        Raises :class:`LinkError` where a package is missing that asking needs.
        """
        if missing := [module for module in MODULES if find_spec(module) is None]:
            raise LinkError(f"koopgraph link needs {', '.join(missing)}. {INSTALL}")
        self.address = address
        self._cache = cache
        self._batch = batch
        self._exchange = Exchange(patience)
        self.from_cache = 0
        self.reason = ""  # why the last unanswered query has no answer

    def manifest(self) -> Manifest:
        """Return what the service says of itself; raise :class:`LinkError` where it does not answer as one does."""
        try:
            return self._exchange.ask("GET", self.address, self._own_words)
        except UnansweredError as error:
            raise LinkError(f"{self.address}: {error}. {_remedy(error)}") from error

    def _own_words(self, body: bytes) -> Manifest:
        try:
            content = parsed(body)
        except MayPassError:  # most likely a page for people: asking again gives the same
            content = None
        return read_manifest(content, self.address)

    def answers(
        self, queries: Sequence[Query], manifest: Manifest, tell: Callable[[int], None]
    ) -> dict[str, Answer | None]:
        """Return the answers by the IRI of the thing, None where there is none; ``tell`` gets how many are done."""
        found: dict[str, Answer | None] = {}
        for query in queries:
            if (kept := self._kept(query, manifest)) is not None:
                found[query.thing.iri] = kept
        self.from_cache = len(found)
        tell(len(found))
        size = min(self._batch, manifest.batch_size) if manifest.batch_size else self._batch
        for batch in _batches([query for query in queries if query.thing.iri not in found], size):
            found.update(self._asked(batch, manifest))
            tell(len(found))
        return found

    def _asked(self, batch: Sequence[Query], manifest: Manifest) -> dict[str, Answer | None]:
        sent = {f"q{number}": query for number, query in enumerate(batch)}
        form = {"queries": json.dumps({name: query.body() for name, query in sent.items()}, ensure_ascii=False)}
        try:
            entries = self._exchange.ask("POST", self.address, lambda body: _entries(body, sent), data=form)
        except RefusedError as error:
            if error.status == TOO_LARGE and len(batch) > 1:
                half = len(batch) // 2
                return self._asked(batch[:half], manifest) | self._asked(batch[half:], manifest)
            return self._unanswered(batch, str(error))
        except UnansweredError as error:
            return self._unanswered(batch, str(error))
        return {query.thing.iri: self._read(query, entries.get(name), manifest) for name, query in sent.items()}

    def _unanswered(self, batch: Sequence[Query], reason: str) -> dict[str, Answer | None]:
        self.reason = reason
        return {query.thing.iri: None for query in batch}

    def _read(self, query: Query, entry: object, manifest: Manifest) -> Answer | None:
        try:
            answer = read_answer(entry, manifest)
        except ValueError:
            self.reason = "left out queries, or answered them with something that is no list of candidates"
            return None
        if not answer.malformed:
            self._cache.put(self._key(query), json.dumps(entry))
        return answer

    def _kept(self, query: Query, manifest: Manifest) -> Answer | None:
        kept = self._cache.get(self._key(query))
        try:
            return None if kept is None else read_answer(json.loads(kept), manifest)
        except (ValueError, RecursionError):
            return None  # what is kept was changed by somebody: ask again

    def _key(self, query: Query) -> str:
        return request_key(self.address, query.body())


def _entries(body: bytes, sent: Mapping[str, Query]) -> dict[str, object]:
    """Return the answers by the names of the queries; a body that answers none of them is taken for a failure."""
    content = parsed(body)
    if not isinstance(content, dict) or not sent.keys() & content.keys():
        raise MayPassError("answered none of the queries")
    return content


def _batches(queries: Sequence[Query], size: int) -> Iterator[list[Query]]:
    remaining = iter(queries)
    while batch := list(islice(remaining, size)):
        yield batch


def _remedy(error: UnansweredError) -> str:
    if isinstance(error, MayPassError):
        return "Try again later; what was answered is kept."
    return "Check the address of the service."
