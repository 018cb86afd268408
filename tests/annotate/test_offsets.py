"""Offsets: whatever the text, annotating does not fail, and what it finds stands where it says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from hypothesis import example, given, settings
from hypothesis import strategies as st

from koopgraph.annotate import annotate, annotate_all
from koopgraph.model import Amount, Annotated, Article, Language, Mention, TimeExpression

Spans: TypeAlias = Sequence[Mention | TimeExpression | Amount]
LANGUAGES: st.SearchStrategy[Language] = st.sampled_from(["de", "en", "und"])
NOISE = st.text(
    alphabet="abcräöüßABCÄÖÜ0123456789 \n\t.,;:!?-–—'’„“”«»‚‘\"()[]/&+*€£%…\u00a0\u202f\u0308😀", max_size=60
)
WORDS = st.sampled_from(
    [
        *("Leipzig", "Leipzigs", "Bremen", "Nürnberg", "Köln", "Essen", "Berlin-Mitte", "Bahnhofstraße", "Am Markt"),
        *("Prof. Dr.", "Elke Weber", "Weber", "Frau", "Oberbürgermeisterin", "sagte", "von der", "Anna und Peter"),
        *("9. Bundeskongress", "Tag der Städtebauförderung", "Richtfest", "Deutscher Städtebaupreis 2018"),
        *("Projekt", "„Grüne Fuge“", "»Ufer«", "“Seam”", "'x'", "„", "“", "KielQuer", "See:Wege", "puisto+", "Bürger:innen"),
        *("TU Berlin", "BBSR", "(IfL)", "Institut für Bau-, Stadt- und Raumforschung", "GmbH & Co. KG", "e. V.", "AG"),
        *("16.-18.09.", "3. Mai 2019", "im Herbst 2020", "seit 2016", "2019/20", "31.02.2019", "99.99.", "KW 54", "nächsten Freitag"),
        *("1,2 Millionen Euro", "£1.2m", "CHF 48'000.–", "0 Euro", "5 Euro pro Tag", "12.34.56 €", "1.000.000.000", "Mio."),
        *("University of Leeds", "the", "City of", "on 3 May", "Motto", "z. B.", "der", "und", "in", ".", ",", ":", "–", "\n", "\n\n", "\n- "),
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS | NOISE, max_size=14).flatmap(
    lambda parts: st.sampled_from([" ", "", "\n"]).map(lambda glue: glue.join(parts))
)


def check(annotated: Annotated, text: str) -> None:
    assert annotated.article.text == text
    found: tuple[Spans, ...] = (annotated.mentions, annotated.times, annotated.amounts)
    for spans in found:
        assert all(0 <= one.start < one.end <= len(text) for one in spans)
        assert all(text[one.start : one.end] == one.text for one in spans)
        assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(left.end <= right.start for left, right in pairwise(annotated.sentences))
    for sentence in annotated.sentences:
        words = text[sentence.start : sentence.end]
        assert words
        assert words == words.strip()
    covered = {at for s in annotated.sentences for at in range(s.start, s.end)}
    assert all(at in covered for at, char in enumerate(text) if not char.isspace())


@given(TEXTS, LANGUAGES)
@example("", "de")
@example("\n", "und")
@example("ß" * 500, "de")
@example("„" * 40 + "“" * 40, "de")
@example("e\u0301cole Müllers 9. 9. 9.", "en")
@settings(max_examples=150, deadline=None)
def test_whatever_is_found_is_the_text_at_its_offsets_side_by_side_and_sentences_hold_it_all(
    text: str, language: Language
) -> None:
    check(annotate(Article("a.txt", text, text[:10], language)), text)


@given(st.text(max_size=120), LANGUAGES)
@settings(max_examples=60, deadline=None)
def test_any_text_at_all_is_annotated(text: str, language: Language) -> None:
    check(annotate(Article("a.txt", text, "", language)), text)


@given(TEXTS, st.sampled_from([None, "2015-09-21", "2015-09", "2015"]))
@settings(max_examples=40, deadline=None)
def test_the_same_article_is_annotated_the_same_way_every_time(text: str, published: str | None) -> None:
    article = Article("a.txt", text, "", "de", published=published)
    assert annotate(article) == annotate(article)


def test_a_language_that_was_told_stays_and_one_that_was_not_is_recognised() -> None:
    german = "Die Stadt plant mit den Bürgern ein neues Quartier, und das ist gut so für alle."
    assert annotate(Article("a.txt", german, "")).article.language == "de"
    assert annotate(Article("a.txt", german, "", "en")).article.language == "en"


def test_articles_are_annotated_one_by_one_as_they_come() -> None:
    articles = (Article(f"{n}.txt", "In Leipzig.", "", "de") for n in range(3))
    stream = annotate_all(articles)
    assert next(stream).article.source == "0.txt"
    assert [a.article.source for a in stream] == ["1.txt", "2.txt"]
