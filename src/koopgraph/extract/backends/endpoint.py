"""One request to an OpenAI-compatible endpoint: what a completion is, tokens used, what to do about a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from koopgraph.errors import ExtractionError
from koopgraph.exchange import Exchange, MayPassError, Patience, RefusedError, StoppedError, UnansweredError, parsed

Body: TypeAlias = dict[str, Any]
NAME = "llm"


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote, why it ended, and how many tokens that took."""

    content: str
    finish: str
    tokens_in: int
    tokens_out: int


class Endpoint:
    """Sends chat completions to one address; after a final refusal, or several articles unanswered, no more."""

    def __init__(self, url: str, key: str, patience: Patience) -> None:
        """Take the base URL ('https://…/v1'), the key ('' where none is needed) and how long to try."""
        self._address = f"{url.rstrip('/')}/chat/completions"
        self._exchange = Exchange(patience, key=key)

    @property
    def requests(self) -> int:
        """How many requests were sent, each try counted."""
        return self._exchange.requests

    def ask(self, body: Body) -> Completion:
        """Return the completion for ``body``; raise :class:`ExtractionError` where there is none."""
        try:
            return self._exchange.ask("POST", self._address, _completion, json=body)
        except StoppedError as error:
            reason = f"was not asked any more, since the endpoint {error.cause}"
            raise ExtractionError(NAME, reason, _remedy(error.cause)) from error
        except UnansweredError as error:
            raise ExtractionError(NAME, f"the endpoint {error}", _remedy(error)) from error


def _completion(content: bytes) -> Completion:
    answer = parsed(content)
    match answer:
        case {"choices": [{"message": {"content": str(written)}} as choice, *_]}:
            usage = answer.get("usage")
            tokens = [_tokens(usage, name) for name in ("prompt_tokens", "completion_tokens")]
            return Completion(written, str(choice.get("finish_reason")), *tokens)
    raise RefusedError("sent no completion", final=False)


def _tokens(usage: object, name: str) -> int:
    number = usage.get(name) if isinstance(usage, dict) else None
    return number if isinstance(number, int) and number > 0 else 0


def _remedy(error: UnansweredError) -> str:
    if isinstance(error, MayPassError):
        return "Build again later, or raise the settings timeout and attempts"
    if isinstance(error, RefusedError) and error.status in (401, 403):
        return "Set the key in the environment variable that the setting key_env names"
    if isinstance(error, RefusedError) and error.status == 402:
        return "See to the account at the endpoint"
    if isinstance(error, RefusedError) and error.final:
        return "Check the settings url and model"
    return "See the endpoint's documentation; the settings structured and body change the request"
