"""One request to an OpenAI-compatible endpoint: time limits, retries, what a refusal means, tokens used.

1. What may pass (no connection, a time-out, 408, 409, 429, 5xx, a body that breaks off) is tried again after
   exponential back-off with jitter, or after the time that the server asks for (``Retry-After``).
2. What will not pass (a wrong key, model or address) stops the endpoint: no later article is sent there.
3. So does it that several articles one after the other got no answer.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from koopgraph.errors import ExtractionError

if TYPE_CHECKING:
    import httpx

Body: TypeAlias = dict[str, Any]
NAME = "llm"
MAY_PASS = frozenset({408, 409, 425, 429})  # beside every 5xx
WILL_NOT_PASS = frozenset({401, 402, 403, 404, 405})
IN_A_ROW = 3  # articles without an answer after which the endpoint is taken to be down
MOST_BYTES = 16_000_000  # no answer about one article is longer
LONGEST_REASON = 200  # characters of a server's own words in a problem


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote, why it ended, and how many tokens that took."""

    content: str
    finish: str
    tokens_in: int
    tokens_out: int


class _MayPassError(Exception):
    """A failure that may be gone at the next try, after ``wait`` seconds where the server says so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class _RefusedError(Exception):
    """A failure that trying again will not cure; ``final`` where it holds for other articles too."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for one try, number of tries, seconds before the second one and at most between two."""

    timeout: float
    attempts: int
    first_wait: float
    longest_wait: float


class Endpoint:
    """Sends chat completions to one address. The key goes into the request's header and nowhere else."""

    def __init__(self, url: str, key: str, patience: Patience) -> None:
        """Take the base URL ('https://…/v1'), the key ('' where none is needed) and how long to try."""
        self._address = f"{url.rstrip('/')}/chat/completions"
        self._key = key
        self._patience = patience
        self._unanswered = 0
        self._stopped: ExtractionError | None = None
        self.requests = 0
        # stamina logs every retry; where nobody has set logging up, that is no line on the user's screen.
        logging.getLogger("stamina").addHandler(logging.NullHandler())

    def ask(self, body: Body) -> Completion:
        """Return the completion for ``body``; raise :class:`ExtractionError` where there is none."""
        if self._stopped:
            reason = f"was not asked any more, since {self._stopped.reason}"
            raise ExtractionError(NAME, reason, self._stopped.remedy) from self._stopped
        try:
            completion = self._retried(body)
        except (_RefusedError, _MayPassError) as error:
            failure = ExtractionError(NAME, f"the endpoint {error}", _remedy(error))
            self._unanswered = self._unanswered + 1 if isinstance(error, _MayPassError) else 0
            if self._unanswered == IN_A_ROW or (isinstance(error, _RefusedError) and error.final):
                self._stopped = failure
            raise failure from error
        self._unanswered = 0
        return completion

    def _retried(self, body: Body) -> Completion:
        import stamina

        patience = self._patience
        for attempt in stamina.retry_context(
            on=self._again,
            attempts=patience.attempts,
            timeout=None,
            wait_initial=patience.first_wait,
            wait_max=patience.longest_wait,
            wait_jitter=patience.first_wait,
        ):
            with attempt:
                return self._once(body)
        raise AssertionError("unreachable: the last attempt raises")

    def _again(self, error: Exception) -> bool | float:
        """Tell whether to try again, or after how many seconds: what stamina asks of a back-off hook."""
        if not isinstance(error, _MayPassError):
            return False
        return True if error.wait is None else error.wait if error.wait <= self._patience.longest_wait else False

    def _once(self, body: Body) -> Completion:
        import httpx

        self.requests += 1
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        end = time.monotonic() + self._patience.timeout
        try:
            with (
                httpx.Client(timeout=self._patience.timeout, headers=headers) as client,
                client.stream("POST", self._address, json=body) as response,
            ):
                content = _content(response, end)
        except httpx.TimeoutException as error:
            raise _MayPassError(f"did not answer within {self._patience.timeout:g} seconds") from error
        except httpx.TransportError as error:
            raise _MayPassError(f"could not be reached, or broke off ({type(error).__name__})") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _RefusedError(f"cannot be asked ({type(error).__name__})", final=True) from error
        if response.status_code != 200:
            raise self._failure(response, content)
        return _completion(content)

    def _failure(self, response: httpx.Response, content: bytes) -> Exception:
        status = int(response.status_code)
        if status in MAY_PASS or status >= 500:
            return _MayPassError(f"answered {status}", _wait(response.headers.get("retry-after", "")))
        if status in WILL_NOT_PASS:
            return _RefusedError(f"answered {status}", final=True)
        words = _error_words(content)
        told = words.replace(self._key, "…") if self._key else words
        return _RefusedError(f"answered {status}{': ' if told else ''}{told}", final=False)


def _content(response: httpx.Response, end: float) -> bytes:
    """Return the body, which must be there in time and of a sane size, however slowly it drips."""
    content = b""
    for chunk in response.iter_bytes():
        content += chunk
        if time.monotonic() > end:
            raise _MayPassError("did not finish its answer in time")
        if len(content) > MOST_BYTES:
            raise _RefusedError(f"sent more than {MOST_BYTES} bytes", final=False)
    return content


def _completion(content: bytes) -> Completion:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _MayPassError("sent a body that is no JSON") from error
    match answer:
        case {"choices": [{"message": {"content": str(written)}} as choice, *_]}:
            usage = answer.get("usage")
            tokens = [_tokens(usage, name) for name in ("prompt_tokens", "completion_tokens")]
            return Completion(written, str(choice.get("finish_reason")), *tokens)
    raise _RefusedError("sent no completion", final=False)


def _tokens(usage: object, name: str) -> int:
    number = usage.get(name) if isinstance(usage, dict) else None
    return number if isinstance(number, int) and number > 0 else 0


def _wait(retry_after: str) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for: a number, or a date in HTTP's format.

    >>> _wait("7"), _wait("Wed, 21 Oct 2015 07:28:00 GMT"), _wait("soon")
    (7.0, 0.0, None)
    """
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _error_words(content: bytes) -> str:
    """Return the server's own explanation on one line, or ''."""
    try:
        words = json.loads(content)["error"]["message"]
    except (KeyError, TypeError, ValueError, RecursionError):
        return ""
    return " ".join(str(words).split())[:LONGEST_REASON]


def _remedy(error: _RefusedError | _MayPassError) -> str:
    reason = str(error)
    if isinstance(error, _MayPassError):
        return "Build again later, or raise the settings timeout and attempts"
    if "401" in reason or "403" in reason:
        return "Set the key in the environment variable that the setting key_env names"
    if "402" in reason:
        return "See to the account at the endpoint"
    if error.final:
        return "Check the settings url and model"
    return "See the endpoint's documentation; the settings structured and body change the request"
