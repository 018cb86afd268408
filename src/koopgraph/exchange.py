"""Asking a server on the network: time limits, retries, what a refusal means, when to stop asking.

1. What may pass (no connection, a time-out, 408, 409, 425, 429, 5xx, a body that breaks off) is tried again after
   exponential back-off with jitter, or after the time that the server asks for (``Retry-After``).
2. What will not pass (a wrong key or address) stops the exchange: nothing more is sent there.
3. So does it that several requests one after the other got no answer.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from koopgraph import __version__

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
MODULES = ("httpx", "stamina")
"""What an exchange needs beside koopgraph itself: the extras ``[llm]`` and ``[link]`` install it."""

MAY_PASS = frozenset({408, 409, 425, 429})  # beside every 5xx
WILL_NOT_PASS = frozenset({401, 402, 403, 404, 405})
IN_A_ROW = 3  # requests without an answer after which the server is taken to be down
MOST_BYTES = 16_000_000  # no answer about one article, or one batch of names, is longer
LONGEST_REASON = 200  # characters of a server's own words in a problem


class UnansweredError(Exception):
    """There is no answer. The text goes on from a subject: 'the service' + 'answered 500'."""


class MayPassError(UnansweredError):
    """A failure that may be gone at the next try, after ``wait`` seconds where the server says so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        """Take the reason, and the seconds that the server asks for."""
        super().__init__(reason)
        self.wait = wait


class RefusedError(UnansweredError):
    """A failure that trying again will not cure; ``final`` where it holds for every other request too."""

    def __init__(self, reason: str, *, final: bool, status: int | None = None) -> None:
        """Take the reason, whether it is final, and the HTTP status where there is one."""
        super().__init__(reason)
        self.final = final
        self.status = status


class StoppedError(UnansweredError):
    """The exchange has stopped asking, because of an earlier failure: ``cause``."""

    def __init__(self, cause: UnansweredError) -> None:
        """Take the failure that ended it."""
        super().__init__(f"was not asked any more, since it {cause}")
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for one try, number of tries, seconds before the second one and at most between two."""

    timeout: float
    attempts: int
    first_wait: float
    longest_wait: float


def is_address(url: str) -> bool:
    """Tell whether ``url`` is an absolute http(s) address without a name or password in it.

    >>> is_address("https://example.org/v1"), is_address("https://me:secret@example.org"), is_address("file:///etc")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


class Exchange:
    """Requests to one server. The key goes into the requests' header and nowhere else."""

    def __init__(self, patience: Patience, *, key: str = "") -> None:
        """Take how long to try, and the key ('' where none is needed)."""
        self._patience = patience
        self._key = key
        self._unanswered = 0
        self._stopped: UnansweredError | None = None
        self.requests = 0
        # stamina logs every retry; where nobody has set logging up, that is no line on the user's screen.
        logging.getLogger("stamina").addHandler(logging.NullHandler())

    def ask(self, method: str, address: str, read: Callable[[bytes], T], **content: Any) -> T:
        """Return what ``read`` makes of the answer; raise :class:`UnansweredError` where there is none.

        ``content`` is httpx's: ``json=`` or ``data=``. ``read`` raises :class:`MayPassError` or
        :class:`RefusedError` for a body that is no answer.
        """
        if self._stopped:
            raise StoppedError(self._stopped)
        try:
            answer = self._retried(method, address, read, content)
        except (RefusedError, MayPassError) as error:
            self._unanswered = self._unanswered + 1 if isinstance(error, MayPassError) else 0
            if self._unanswered == IN_A_ROW or (isinstance(error, RefusedError) and error.final):
                self._stopped = error
            raise
        self._unanswered = 0
        return answer

    def _retried(self, method: str, address: str, read: Callable[[bytes], T], content: dict[str, Any]) -> T:
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
                return read(self._once(method, address, content))
        raise AssertionError("unreachable: the last attempt raises")

    def _again(self, error: Exception) -> bool | float:
        """Tell whether to try again, or after how many seconds: what stamina asks of a back-off hook."""
        if not isinstance(error, MayPassError):
            return False
        return True if error.wait is None else error.wait if error.wait <= self._patience.longest_wait else False

    def _once(self, method: str, address: str, content: dict[str, Any]) -> bytes:
        import httpx

        self.requests += 1
        headers = {"User-Agent": f"koopgraph/{__version__}", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        end = time.monotonic() + self._patience.timeout
        try:
            with (
                httpx.Client(timeout=self._patience.timeout, headers=headers) as client,
                client.stream(method, address, **content) as response,
            ):
                body = _body(response, end)
        except httpx.TimeoutException as error:
            raise MayPassError(f"did not answer within {self._patience.timeout:g} seconds") from error
        except httpx.TransportError as error:
            raise MayPassError(f"could not be reached, or broke off ({type(error).__name__})") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RefusedError(f"cannot be asked ({type(error).__name__})", final=True) from error
        if response.status_code != 200:
            raise self._failure(response, body)
        return body

    def _failure(self, response: httpx.Response, body: bytes) -> UnansweredError:
        status = int(response.status_code)
        if status in MAY_PASS or status >= 500:
            return MayPassError(f"answered {status}", _wait(response.headers.get("retry-after", "")))
        if status in WILL_NOT_PASS:
            return RefusedError(f"answered {status}", final=True, status=status)
        if response.is_redirect:
            target = response.headers.get("location", "")[:LONGEST_REASON]
            moved = f"has moved to {target}" if is_address(target) and target.isprintable() else "has moved"
            return RefusedError(moved, final=True, status=status)
        words = _error_words(body)
        told = words.replace(self._key, "…") if self._key else words
        return RefusedError(f"answered {status}{': ' if told else ''}{told}", final=False, status=status)


def parsed(body: bytes) -> Any:
    """Return the JSON of a body; raise :class:`MayPassError` where it is none, as a body is that broke off."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MayPassError("sent a body that is no JSON") from error


def _body(response: httpx.Response, end: float) -> bytes:
    """Return the body, which must be there in time and of a sane size, however slowly it drips."""
    body = b""
    for chunk in response.iter_bytes():
        body += chunk
        if time.monotonic() > end:
            raise MayPassError("did not finish its answer in time")
        if len(body) > MOST_BYTES:
            raise RefusedError(f"sent more than {MOST_BYTES} bytes", final=False)
    return body


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


def _error_words(body: bytes) -> str:
    """Return the server's own explanation on one line, or ''."""
    try:
        words = json.loads(body)["error"]["message"]
    except (KeyError, TypeError, ValueError, RecursionError):
        return ""
    return " ".join(str(words).split())[:LONGEST_REASON]
