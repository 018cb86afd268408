"""What a large language model reads in an article, by any OpenAI-compatible endpoint: one request an article.

The article's text goes to the endpoint that the user names; nothing is sent unless this extractor is chosen.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

from koopgraph.answer_cache import AnswerCache, request_key
from koopgraph.errors import ExtractionError, SettingsError
from koopgraph.exchange import MODULES, Patience, is_address
from koopgraph.extract.backends.answers import Answer, Verified, parse
from koopgraph.extract.backends.contract import answer_schema, prompt
from koopgraph.extract.backends.endpoint import NAME, Body, Endpoint
from koopgraph.extract.registry import Extractor, ExtractorFactory, Table
from koopgraph.extract.settings import fill
from koopgraph.model import Annotated, Article, Mention, Statement

STRUCTURED = ("json_schema", "json_object", "none")
SECRETS = ("key", "api_key", "token", "password")
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """``url`` is the endpoint's base ('https://…/v1'), ``key_env`` the environment variable with the key.

    ``structured`` is how JSON is asked for, ``body`` is added to every request, ``price_in`` and ``price_out``
    are for a million tokens, ``cache`` is a folder. Times are in seconds.
    """

    url: str
    model: str
    key_env: str = "KOOPGRAPH_LLM_KEY"
    structured: str = "json_schema"
    timeout: float = 180.0
    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    confidence: float = 0.8  # above what a head noun alone tells our rules, below what a gazetteer is sure of
    price_in: float = 0.0
    price_out: float = 0.0
    currency: str = "USD"
    cache: str = ""
    body: Mapping[str, object] = field(default_factory=lambda: {"temperature": 0})


def make(table: Table) -> Extractor:
    """Return the extractor; raise :class:`SettingsError` for wrong settings. Nothing is sent yet."""
    for secret in SECRETS:
        if secret in table:
            raise SettingsError(
                f"setting {secret!r} of extractor {NAME!r}: a key does not belong into a file. Put it into the "
                "environment variable KOOPGRAPH_LLM_KEY, or into the one that the setting key_env names"
            )
    settings = fill(LlmSettings, NAME, table)
    _check(settings)
    key = os.environ.get(settings.key_env, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise SettingsError(f"{settings.key_env}: the key holds characters that no key has. Copy it again")
    reader = Reader(settings, key)
    return Extractor(NAME, reader.statements, version=reader.version, mentions=reader.mentions, notes=reader.notes)


EXTRACTOR = ExtractorFactory(NAME, make, needs=MODULES)


def _check(settings: LlmSettings) -> None:
    if not is_address(settings.url) or urlsplit(settings.url).query:
        raise SettingsError(
            f"setting 'url' of extractor {NAME!r} must be an endpoint's base such as https://example.org/v1, "
            "without name, password or question mark"
        )
    if settings.structured not in STRUCTURED:
        raise SettingsError(f"setting 'structured' of extractor {NAME!r} must be one of: {', '.join(STRUCTURED)}")
    if not 0 <= settings.confidence <= 1 or settings.attempts < 1 or settings.timeout <= 0:
        raise SettingsError(
            f"settings of extractor {NAME!r}: confidence is from 0 to 1, attempts at least 1, timeout above 0"
        )


class Reader:
    """Asks about one article after the other and counts tokens, money and what was dropped."""

    def __init__(self, settings: LlmSettings, key: str) -> None:
        """Take the settings and the endpoint's key."""
        self._settings = settings
        patience = Patience(settings.timeout, settings.attempts, settings.first_wait, settings.longest_wait)
        self._endpoint = Endpoint(settings.url, key, patience)
        self._cache = AnswerCache(settings.cache)
        self._last: tuple[Article, Verified] | None = None  # one answer serves an article's mentions and statements
        self._count: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        asked = repr((prompt("de"), prompt("en"), answer_schema(), settings.structured))
        self.version = f"1-{sha256(asked.encode('utf-8')).hexdigest()[:8]}"

    def mentions(self, annotated: Annotated) -> Iterable[Mention]:
        """Return what the answer names and the article has; raise :class:`ExtractionError` without an answer."""
        verified = self._verified(annotated.article)
        found = list(verified.mentions(annotated.article))
        self._tell(verified)
        return found

    def statements(self, annotated: Annotated) -> Iterable[Statement]:
        """Return what the answer states and the article bears out, between the article's settled mentions."""
        verified = self._verified(annotated.article)
        found = list(verified.statements(annotated))
        self._tell(verified)
        self._count["statements"] += len(found)
        return found

    def _verified(self, article: Article) -> Verified:
        if self._last is None or self._last[0] != article:
            self._last = (article, Verified(self._answer(article), NAME, self._settings.confidence))
        return self._last[1]

    def _tell(self, verified: Verified) -> None:
        self._dropped += verified.dropped
        verified.dropped.clear()

    def _answer(self, article: Article) -> Answer:
        body = self._body(article)
        key = request_key(self._settings.url, body)
        kept = self._cache.get(key)
        if kept is not None:
            try:
                answer = parse(kept)
            except ValueError:
                pass  # what is kept was changed by somebody: ask again
            else:
                self._count["answers_from_cache"] += 1
                return answer
        completion = self._endpoint.ask(body)
        self._count["tokens_in"] += completion.tokens_in
        self._count["tokens_out"] += completion.tokens_out
        try:
            answer = parse(completion.content)
        except ValueError as error:
            self._count["answers_malformed"] += 1
            long = completion.finish == "length"
            raise ExtractionError(
                NAME,
                "the answer breaks off" if long else f"the answer is not what was asked for ({_first_line(error)})",
                "Raise max_tokens in the setting body" if long else "Try another model or another value of structured",
            ) from error
        self._cache.put(key, completion.content)
        self._count["answers"] += 1
        return answer

    def _body(self, article: Article) -> Body:
        schema = {"name": "koopgraph", "strict": True, "schema": answer_schema()}
        formats: dict[str, Body] = {
            "json_schema": {"response_format": {"type": "json_schema", "json_schema": schema}},
            "json_object": {"response_format": {"type": "json_object"}},
            "none": {},
        }
        return {
            **self._settings.body,
            "model": self._settings.model,
            "messages": [
                {"role": "system", "content": prompt(article.language)},
                {"role": "user", "content": article.text},
            ],
            **formats[self._settings.structured],
        }

    def notes(self) -> Table:
        """Return model, requests, tokens, costs and what was dropped."""
        settings, count = self._settings, self._count
        cost = (count["tokens_in"] * settings.price_in + count["tokens_out"] * settings.price_out) / MILLION
        priced = settings.price_in or settings.price_out
        counted = ("answers", "answers_from_cache", "answers_malformed", "tokens_in", "tokens_out", "statements")
        return {
            "model": settings.model,
            "requests": self._endpoint.requests,
            **{name: count[name] for name in counted},
            **({"cost": round(cost, 6), "currency": settings.currency} if priced else {}),
            "dropped": dict(sorted((+self._dropped).items())),
        }


def _first_line(error: ValueError) -> str:
    return str(error).splitlines()[0][:100] if str(error) else "empty"
