"""The endpoints that a query asks by SERVICE: found as the engine would find them, or taken for unknown.

The engine's grammar knows keywords by their place, so that some texts are SERVICE to it and a name or an IRI to a
lexer: ``SERVICE:x {`` with a prefix of that name, ``(?a<?b)SERVICE#>``. All that might be SERVICE counts as it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from koopgraph.query.tokens import Token

_HIDDEN = re.compile(r"\).*service", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Call:
    """A SERVICE and the IRI that it asks; None where that is a variable, or cannot be told for sure."""

    token: Token
    endpoint: str | None


def find_calls(tokens: Sequence[Token], prefixes: Mapping[str, str]) -> Iterator[Call]:
    """Yield every SERVICE of a query; its own PREFIX lines go before ``prefixes``."""
    known = {**prefixes, **_declared(tokens)}
    for index, token in enumerate(tokens):
        if token.keyword == "SERVICE":
            silent = index + 1 < len(tokens) and tokens[index + 1].keyword == "SILENT"
            yield Call(token, _endpoint(tokens[index + 1 + silent : index + 2 + silent], known))
        elif _may_hide_one(tokens, index):
            yield Call(token, None)


def _declared(tokens: Sequence[Token]) -> dict[str, str]:
    return {
        name.text.removesuffix(":"): iri.text[1:-1]
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if word.keyword == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def _endpoint(following: Sequence[Token], prefixes: Mapping[str, str]) -> str | None:
    for token in following:
        if token.kind == "iri":
            return token.text[1:-1]
        prefix, _, local = token.text.partition(":")
        # To the engine, 'SILENT:x' may be SILENT and ':x'.
        if token.kind == "name" and prefix in prefixes and not prefix.upper().startswith("SILENT"):
            return prefixes[prefix] + _ESCAPE.sub(r"\1", local)
    return None


def _may_hide_one(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind == "iri":
        return _HIDDEN.search(token.text) is not None
    opens = index + 1 < len(tokens) and tokens[index + 1].text == "{"
    in_graph = index > 0 and tokens[index - 1].keyword == "GRAPH"
    return token.kind == "name" and opens and not in_graph and "SERVICE" in token.text.partition(":")[0].upper()
