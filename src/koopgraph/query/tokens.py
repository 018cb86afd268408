"""SPARQL text cut into tokens: enough to say what is wrong with a query, and where its groups begin.

The engine parses queries; this lexer never decides what a query means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

TokenKind: TypeAlias = Literal["iri", "string", "variable", "name", "blank", "tag", "word", "number", "sign"]

_TOKEN = re.compile(
    r"""
    (?P<skip>    \s+ | \#[^\n\r]* )
  | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
  | (?P<string>  \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<variable>[?$]\w+ )
  | (?P<blank>   _:[\w.-]+ )
  | (?P<name>    (?:[^\W\d_][\w.-]*)?:(?:[\w:%-]|\.(?=[\w:%.\\-])|\\.)* )
  | (?P<tag>     @[A-Za-z][A-Za-z0-9-]* )
  | (?P<word>    [^\W\d]\w* )
  | (?P<number>  (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? )
  | (?P<sign>    . )
    """,
    re.VERBOSE | re.DOTALL,
)

UPDATE_WORDS = frozenset({"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"})
"""The words that begin an operation of SPARQL Update."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it begins: ``text[start:start + len(token.text)] == token.text``."""

    kind: TokenKind
    text: str
    start: int

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for what is no word."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The variable's name without its sign; empty for what is no variable."""
        return self.text[1:] if self.kind == "variable" else ""


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, without white space and comments.

    >>> [token.text for token in tokenize("ASK { ?s koop:motto 'a # b' } # why")]
    ['ASK', '{', '?s', 'koop:motto', "'a # b'", '}']
    """
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            yield Token(match.lastgroup, match[0], match.start())  # type: ignore[arg-type]


def position(text: str, offset: int) -> tuple[int, int]:
    r"""Return the line and the column, both from 1, of the character at ``offset``.

    >>> position("ASK\n{ ?s }", 6)
    (2, 3)
    """
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1


@dataclass(frozen=True, slots=True)
class Group:
    """A group graph pattern: ``start`` is the offset behind its ``{``, ``variables`` those it uses itself.

    For the pattern of a query or sub-select these include the variables of its SELECT, GROUP BY and the like.
    """

    start: int
    variables: frozenset[str]


@dataclass(slots=True)
class _Brace:
    kind: Literal["query", "group", "data"]
    start: int
    variables: set[str]
    patterns: int = 0

    def is_select(self) -> bool:
        return self.kind == "query"


def find_groups(tokens: list[Token]) -> list[Group]:
    """Return every group of a query in which values may stand, the outermost one first.

    The braces of VALUES, of a CONSTRUCT template and around a sub-select are none.
    """
    root = _Brace("query", 0, set())
    open_: list[_Brace] = [root]
    owners: list[tuple[_Brace, _Brace]] = []
    for index, token in enumerate(tokens):
        if token.text == "{":
            brace = _Brace(_brace_kind(tokens, index), token.start + 1, set())
            if brace.kind == "group":
                owners.append((brace, open_[-1]))
            open_.append(brace)
        elif token.text == "}" and len(open_) > 1:
            open_.pop()
        elif token.variable:
            open_[-1].variables.add(token.variable)
    return [
        Group(brace.start, frozenset(brace.variables | (owner.variables if owner.is_select() else set())))
        for brace, owner in owners
    ]


def _brace_kind(tokens: list[Token], index: int) -> Literal["query", "group", "data"]:
    following = tokens[index + 1].keyword if index + 1 < len(tokens) else ""
    if following == "SELECT":
        return "query"
    before = index - 1
    if before >= 0 and tokens[before].text == ")":
        before = next((at for at in range(before, -1, -1) if tokens[at].text == "("), 0) - 1
    elif before >= 0 and tokens[before].variable:
        before -= 1
    if before >= 0 and tokens[before].keyword == "VALUES":
        return "data"
    return "data" if index and tokens[index - 1].keyword == "CONSTRUCT" else "group"
