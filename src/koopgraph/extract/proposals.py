"""Mentions that extractors propose beside those of ``annotate``: checked against the text, then settled with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from koopgraph.annotate.names.choose import choose
from koopgraph.model import Annotated, Mention


def with_proposals(annotated: Annotated, proposed: Iterable[Mention]) -> Annotated:
    """Return ``annotated`` with the mentions of ``proposed`` that hold their own where they overlap others.

    A proposal counts only where its text stands in the article at its offsets. One that says what is known
    already adds nothing: the known mention stays, with the base form that was found for it.
    """
    text = annotated.article.text
    known = {(m.start, m.end, m.type) for m in annotated.mentions}
    new = [m for m in proposed if text[m.start : m.end] == m.text and (m.start, m.end, m.type) not in known]
    return replace(annotated, mentions=choose([*annotated.mentions, *new])) if new else annotated
