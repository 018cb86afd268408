"""Mentions that extractors propose beside those of ``annotate``: checked against the text, then settled with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from koopgraph.annotate.names.choose import choose
from koopgraph.model import Annotated, Mention


def with_proposals(annotated: Annotated, proposed: Iterable[Mention]) -> Annotated:
    """Return ``annotated`` with the mentions of ``proposed`` that hold their own where they overlap others.

    A proposal counts only where its text stands in the article at its offsets. Where one says what is known
    already, the known mention stays, with the base form that was found for it, and is as sure as the surer of both.
    """
    text = annotated.article.text
    known = {(m.start, m.end, m.type): m for m in annotated.mentions}
    new: list[Mention] = []
    for mention in proposed:
        span = (mention.start, mention.end, mention.type)
        if span in known:
            known[span] = replace(known[span], confidence=max(known[span].confidence, mention.confidence))
        elif text[mention.start : mention.end] == mention.text:
            new.append(mention)
    return replace(annotated, mentions=choose([*known.values(), *new]))
