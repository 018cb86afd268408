"""What is wrong with a query, said so that its writer finds the place.

The engine's own messages point behind the group that holds a mistake and list what its grammar tried last. The
usual mistakes are therefore looked for here, at their place; the engine has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from koopgraph.errors import QueryError
from koopgraph.query.excerpt import excerpt
from koopgraph.query.services import find_calls
from koopgraph.query.tokens import UPDATE_WORDS, Token, position, tokenize

_WORDS = frozenset(
    """
    A ABS ADJUST ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY
    DEFAULT DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HASLANG
    HASLANGDIR HAVING HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LANGMATCHES LATERAL
    LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED
    REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER
    STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TRUE TZ UCASE
    UNDEF UNION URI UUID VALUES VERSION WHERE YEAR
    """.split()  # noqa: SIM905 - a hundred quoted words would be a hundred lines
)
_CLOSING = {"}": "{", ")": "(", "]": "["}
_ENGINE_ERROR = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<expected>.*)", re.DOTALL)
_SYMBOL = re.compile(r"\"(?P<symbol>[^\s\"]{1,3})\"")
_TELLING = {
    "The SELECT contains a variable that is unbound": "SELECT names a variable that is not grouped",
    "IRI parsing failed": "an IRI is relative or malformed",
}


class QuerySyntaxError(QueryError):
    """A malformed query; ``line`` and ``column`` count from 1, ``excerpt`` shows the line and marks the place."""

    def __init__(self, message: str, line: int, column: int, text: str = "") -> None:
        """Take what is wrong, and where in which text."""
        super().__init__(f"line {line}, column {column}: {message}")
        self.reason = message
        self.line = line
        self.column = column
        self.excerpt = excerpt(text, line, column)
        self._text = text

    def __reduce__(self) -> tuple[type[QuerySyntaxError], tuple[str, int, int, str]]:
        """Make it travel between processes."""
        return type(self), (self.reason, self.line, self.column, self._text)


def check_syntax(text: str, prefixes: Mapping[str, str], services: Collection[str] = ()) -> None:
    """Raise :class:`QueryError` where ``text`` is no query, or one that this graph does not answer.

    Refused are updates (a query only reads) and SERVICE (which asks another server), unless its IRI is among
    ``services``.
    """
    check_text(text, prefixes, services)
    check_by_engine(text, prefixes)


def check_text(text: str, prefixes: Mapping[str, str], services: Collection[str] = ()) -> None:
    """Look for the usual mistakes, and for what is refused, without the engine: see :func:`check_syntax`."""
    tokens = list(tokenize(text))
    if not tokens:
        raise QueryError("the query is empty. Write SPARQL, or name a question of koopgraph query --list.")
    _refuse_updates(text, tokens)
    _check_brackets(text, tokens)
    _check_prefixes(text, tokens, prefixes)
    for call in find_calls(tokens, prefixes):
        if call.endpoint not in services:
            raise _error(text, call.token, _refusal(call.endpoint, services))
    _check_words(text, tokens)
    _check_commas(text, tokens)


def _error(text: str, token: Token, message: str) -> QuerySyntaxError:
    return QuerySyntaxError(message, *position(text, token.start), text)


def _refusal(endpoint: str | None, services: Collection[str]) -> str:
    if not services:
        return "SERVICE would ask another server; queries here ask this graph alone."
    asked = f"<{endpoint}>" if endpoint else "this server, whose IRI does not stand here in full"
    return f"SERVICE would ask {asked}; allowed are only {', '.join(f'<{iri}>' for iri in sorted(services))}."


def _refuse_updates(text: str, tokens: list[Token]) -> None:
    for token in tokens:
        # The words before the operation are those of the prologue, whose names and IRIs are no words.
        if token.keyword in UPDATE_WORDS:
            raise _error(
                text, token, f"{token.keyword} is an update; a query only reads. Build again to change the graph."
            )
        if token.keyword not in {"", "PREFIX", "BASE", "VERSION"}:
            return


def _check_brackets(text: str, tokens: list[Token]) -> None:
    open_: list[Token] = []
    for token in tokens:
        if token.kind != "sign":
            continue
        if token.text in {'"', "'"}:
            raise _error(text, token, "this quotation mark is never closed.")
        if token.text in _CLOSING.values():
            open_.append(token)
        elif token.text in _CLOSING and (not open_ or open_.pop().text != _CLOSING[token.text]):
            raise _error(text, token, f"this {token.text} closes nothing.")
    if open_:
        raise _error(text, open_[-1], f"this {open_[-1].text} is never closed.")


def _check_prefixes(text: str, tokens: list[Token], prefixes: Mapping[str, str]) -> None:
    declared = set(prefixes)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if before is not None and before.keyword == "PREFIX":
            declared.add(prefix)
        elif prefix not in declared:
            known = ", ".join(sorted(declared))
            raise _error(text, token, f"the prefix {prefix}: is not declared. Declare it, or use one of {known}.")


def _check_words(text: str, tokens: list[Token]) -> None:
    for token in tokens:
        if token.keyword and token.keyword not in _WORDS and token.keyword not in UPDATE_WORDS:
            near = get_close_matches(token.keyword, sorted(_WORDS), 1)
            hint = f"did you mean {near[0]}?" if near else "texts stand in quotation marks, variables begin with ?."
            raise _error(text, token, f"{token.text} is no word of SPARQL; {hint}")


def _check_commas(text: str, tokens: list[Token]) -> None:
    depth = 0
    for token in tokens:
        depth += (token.text in {"{", "("}) - (token.text in {"}", ")"})
        if depth == 0 and token.text == ",":
            raise _error(text, token, "variables are separated by spaces, not by commas.")


def check_by_engine(text: str, prefixes: Mapping[str, str]) -> None:
    """Raise :class:`QueryError` where the engine takes ``text`` for no query."""
    from pyoxigraph import Store

    try:
        Store().query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        found = _ENGINE_ERROR.match(str(error))
        if found is None:
            raise QueryError(f"the query is malformed: {error}") from error
        message = f"the query is malformed at or before this place{_hint(found['expected'])}."
        raise QuerySyntaxError(message, int(found["line"]), int(found["column"]), text) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def _hint(expected: str) -> str:
    for phrase, meaning in _TELLING.items():
        if phrase in expected:
            return f": {meaning}"
    return _expected(sorted({match["symbol"] for match in _SYMBOL.finditer(expected)}) or _keywords(expected))


def _keywords(expected: str) -> list[str]:
    words = [word.strip() for word in expected.split(",")]
    # What the engine tries everywhere tells nothing.
    return [w for w in words if w.upper() in _WORDS - {"LATERAL", "SERVICE", "CONSTRUCT", "DISTINCT", "BIND"}]


def _expected(things: Iterable[str]) -> str:
    listed = list(things)
    return f"; expected {' or '.join(listed)}" if 0 < len(listed) <= 8 else ""
