"""Articles whose names, times and sums are marked in the text, so that extraction is tested by itself."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from koopgraph.extract import extract, select
from koopgraph.model import (
    Amount,
    Annotated,
    Article,
    EntityType,
    Language,
    Mention,
    Sentence,
    Statement,
    TimeExpression,
    Value,
)

_MARK = re.compile(r"\[(\w+)(?:=([^|\]]*))?\|([^\]]*)\]")
Mark = Callable[..., Annotated]
Said = Callable[..., set[tuple[str, str, str]]]


def _marked(marked: str, *, language: Language = "de", title: str = "") -> Annotated:
    full = f"{title}\n{marked}" if title else marked
    mentions: list[Mention] = []
    times: list[TimeExpression] = []
    amounts: list[Amount] = []
    text, position = "", 0
    for match in _MARK.finditer(full):
        kind, value, words = match.groups()
        text += full[position : match.start()]
        start, end = len(text), len(text) + len(words)
        if kind == "time":
            times.append(TimeExpression(start, end, words, value))
        elif kind == "money":
            amounts.append(Amount(start, end, words, value))
        else:
            mentions.append(Mention(start, end, words, EntityType(kind), value or words, "test"))
        text, position = text + words, match.end()
    text += full[position:]
    lines = [Sentence(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    plain_title = _MARK.sub(r"\3", title)
    article = Article("a.txt", text, plain_title, language)
    return Annotated(article, tuple(lines), tuple(mentions), tuple(times), tuple(amounts))


@pytest.fixture(scope="session")
def mark() -> Mark:
    """Return a function that makes an annotated article of a marked text, one line a sentence.

    ``[City|Leipzig]`` marks a name, ``[City=Leipzig|Leipzigs]`` one with its base form, ``[time=2015|im Jahr 2015]``
    a time with its EDTF and ``[money=5 EUR|5 Euro]`` a sum. Keywords: ``language`` and a marked ``title``.
    """
    return _marked


@pytest.fixture(scope="session")
def said() -> Said:
    """Return a function from an annotated article to what all built-in extractors find: subject, relation, object.

    It checks for every statement that its evidence is the article's text at the offsets.
    """
    extractors = select()

    def read(annotated: Annotated) -> set[tuple[str, str, str]]:
        return {_triple(statement, annotated.article.text) for statement in extract(annotated, extractors)}

    return read


def _triple(statement: Statement, text: str) -> tuple[str, str, str]:
    evidence = statement.evidence
    assert text[evidence.start : evidence.end] == evidence.quote
    target = statement.object
    return (statement.subject.name, statement.relation, target.text if isinstance(target, Value) else target.name)
