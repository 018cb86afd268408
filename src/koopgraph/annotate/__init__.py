"""annotate: what stands in an article — language, sentences, names, times and sums of money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from koopgraph.annotate import amounts, dates, language, recognise, sentences
from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.recognise.model import NameModel, load_names
from koopgraph.annotate.tokens import tokenise
from koopgraph.model import Annotated, Article, Mention


def annotate(article: Article, *, model: NameModel | None = None) -> Annotated:
    """Return ``article`` with its language recognised and its sentences, names, times and amounts found.

    ``model`` finds the names; the shipped one where none is given.
    """
    article = with_language(article)
    view = view_of(article)
    return complete(article, view, recognise.find(view, load_names() if model is None else model))


def with_language(article: Article) -> Article:
    """Return ``article`` with its language recognised, where it was not stated."""
    return article if article.language != "und" else replace(article, language=language.detect(article.text))


def view_of(article: Article) -> TextView:
    """Return the text of ``article``, whose language is known, ready for the finders of names."""
    text, code = article.text, article.language
    spans = sentences.split(text, code)
    return TextView(text, len(article.title), tokenise(text), spans, load_lexicon(code), Gazetteer.load())


def complete(article: Article, view: TextView, mentions: tuple[Mention, ...]) -> Annotated:
    """Return ``article`` with ``mentions`` and the times and amounts in it."""
    return Annotated(
        article=article,
        sentences=view.sentences,
        mentions=mentions,
        times=dates.find(view.text, article.language, article.published, view.sentences),
        amounts=amounts.find(view.text, article.language),
    )


def annotate_all(articles: Iterable[Article], *, model: NameModel | None = None) -> Iterator[Annotated]:
    """Annotate one article after the other."""
    return (annotate(article, model=model) for article in articles)
