"""annotate: what stands in an article — language, sentences, names, times and sums of money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from koopgraph.annotate import amounts, dates, language, names, sentences
from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.tokens import tokenise
from koopgraph.model import Annotated, Article


def annotate(article: Article) -> Annotated:
    """Return ``article`` with its language recognised and its sentences, names, times and amounts found."""
    text = article.text
    code = article.language if article.language != "und" else language.detect(text)
    article = replace(article, language=code)
    spans = sentences.split(text, code)
    view = TextView(text, len(article.title), tokenise(text), spans, load_lexicon(code), Gazetteer.load())
    return Annotated(
        article=article,
        sentences=spans,
        mentions=names.find(view),
        times=dates.find(text, code, article.published, spans),
        amounts=amounts.find(text, code),
    )


def annotate_all(articles: Iterable[Article]) -> Iterator[Annotated]:
    """Annotate one article after the other."""
    return map(annotate, articles)
