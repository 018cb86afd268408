"""What was read of a file, within the limits: long texts, titles, names and addresses cut, problems counted.

An article is cut rather than refused: what an archive wrote into a field by mistake says nothing against its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from koopgraph.limits import Limits
from koopgraph.model import Article, Problem

_NEAR = 2_000
"""Characters before the end of a text within which it is cut at a line's end, or else behind a word."""


def within(name: str, items: Iterable[Article | Problem], limits: Limits) -> Iterator[Article | Problem]:
    """Yield what the file ``name`` holds; behind an article that was cut a problem that says what was.

    Problems beyond ``limits.file_problems`` are counted, not listed: a file of damaged lines has millions of them.
    """
    problems = 0
    for item in items:
        found = (item,) if isinstance(item, Problem) else _of_article(item, limits)
        for one in found:
            problems += isinstance(one, Problem)
            if isinstance(one, Article) or problems <= limits.file_problems:
                yield one
    if problems > limits.file_problems:
        reason = f"has {problems - limits.file_problems} further problems, which are not listed"
        yield Problem(name, reason, "Correct those that are.", "limit")


def _of_article(article: Article, limits: Limits) -> Iterator[Article | Problem]:
    cut = replace(
        article,
        text=cut_text(article.text, limits.article_characters),
        title=cut_text(article.title, limits.title_characters),
        authors=tuple(cut_text(author, limits.name_characters) for author in article.authors[: limits.authors]),
        publisher=cut_text(article.publisher, limits.name_characters) if article.publisher else None,
        url=article.url if article.url and len(article.url) <= limits.url_characters else None,
        published=article.published if _in_years(article.published, limits) else None,
    )
    yield cut
    said = _said(article, cut, limits)
    if said:
        yield Problem(article.source, "; ".join(said), "The rest was read; correct it, or raise the limit.", "limit")


def cut_text(text: str, most: int) -> str:
    """Return the beginning of ``text``, at most ``most`` characters: to a line's end, else a word's, where one is near.

    >>> cut_text("Ein Hof in Zürich", 10), cut_text("Richtfest", 4)
    ('Ein Hof in', 'Rich')
    """
    if len(text) <= most:
        return text
    least = max(0, most - _NEAR)
    for mark in "\n ":
        end = text.rfind(mark, least, most + 1)
        if end > most // 2:
            return text[:end].rstrip()
    return text[:most].rstrip()


def _in_years(published: str | None, limits: Limits) -> bool:
    year = (published or "")[:4]
    return not year.isdecimal() or limits.first_year <= int(year) <= limits.last_year


def _said(article: Article, cut: Article, limits: Limits) -> list[str]:
    """Return what of ``article`` is not in ``cut``, and by which limit."""
    if article == cut:
        return []
    names = (article.publisher, *article.authors[: limits.authors]) != (cut.publisher, *cut.authors)
    said = (
        (article.text != cut.text, f"is cut after {limits.article_characters} characters"),
        (article.title != cut.title, f"has a title of more than {limits.title_characters} characters"),
        (names, f"has a name of more than {limits.name_characters} characters"),
        (len(article.authors) > limits.authors, f"has more than {limits.authors} authors"),
        (article.url != cut.url, f"has an address of more than {limits.url_characters} characters"),
        (
            article.published != cut.published,
            f"is dated {article.published}, not of the years {limits.first_year} to {limits.last_year}",
        ),
    )
    return [text for holds, text in said if holds]
