"""Patterns that are tried at a few places only: they find what they find when tried at every character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.annotate import amounts, tokens, view_of
from koopgraph.annotate.matches import figures, matches_at, places_of, runs, wholes_of
from koopgraph.annotate.names import known, organisations
from koopgraph.annotate.time_places import Places
from koopgraph.annotate.time_points import patterns
from koopgraph.annotate.word_tables import word_table
from koopgraph.model import Article

LANGUAGES = ("de", "en", "und")
PIECES = re.split(
    r"\s",
    "Anfang Mitte Mai mai MAI Mai-Fest 3. 16.–18. September 12.05. 2021 2020-05-03 01/2019 Q1 erstes Quartal des Jahres "
    "KW23 KW 23/2020 Schuljahr 2026/27 im Herbst ab den kommenden Winter Freitag Freitagsabends FREITAG am nächsten vor zwei "
    "Jahren Tag heuer diesem Jahr Monat heute Heute HEUTE vorgestern Mo. Di, early May mid-June late last Monday next year "
    "two years ago today autumn of 2020 first half of H1 3/4/2021 5 April 6th to 7th of the academic season this month . - /",
)
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from((" ", "\n", "", "-", "\u00a0"))), max_size=14).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_times_are_found_as_if_every_pattern_were_tried_everywhere(text: str, language: str) -> None:
    places = Places(text, language)
    for pattern, at in patterns(language):
        assert [m.span() for m in places.matches(pattern, at)] == [m.span() for m in pattern.finditer(text)]


@given(st.text(alphabet="aB9 -.'_,:&/\n\u00a0ä", max_size=40))
def test_runs_and_figures_are_those_of_regular_expressions(text: str) -> None:
    found = [(m.start(), m.group()) for m in re.finditer(r"\w+", text)]
    assert sorted((place, run) for run, places in runs(text).items() for place in places) == found
    assert figures(text) == tuple(m.start() for m in re.finditer(r"\d+", text))


@given(st.text(alphabet="aB9 -.'_,:&/\n\u00a0ä+", max_size=40))
def test_tokens_are_those_of_one_pass_over_the_text(text: str) -> None:
    wanted = [(m.start(), m.end(), m.group()) for m in tokens._TOKEN.finditer(text)]
    assert [(t.start, t.end, t.text) for t in tokens.tokenise(text)] == wanted


def test_matches_do_not_overlap() -> None:
    assert [m.group() for m in matches_at(re.compile("aa"), "aaaa", places_of("aaaa", "a"))] == ["aa", "aa"]


@pytest.mark.parametrize("name", [name for names in word_table("lexicon/known_names.toml").values() for name in names])
def test_every_known_name_is_found(name: str) -> None:
    text = f"Dort und/{name}, heute."
    assert [m.name for m in known.find(view_of(Article("a.txt", text, "", "de")))] == [name]


@pytest.mark.parametrize(
    "form",
    [
        *("GmbH", "gGmbH", "GmbH & Co. KG", "mbH", "m.b.H.", "AG", "SE", "e. V.", "e.V.", "eG", "Ltd.", "& Partner"),
        *("und Söhne", "Architekten", "Landschaftsarchitektur", "Innenarchitekten", "Ingenieure", "S.p.A.", "plc"),
    ],
)
def test_every_legal_form_is_tried_where_it_begins(form: str) -> None:
    assert organisations.LEGAL_FORM.fullmatch(f" {form}")
    assert form.startswith(organisations.LEGAL_BEGINNINGS)


@given(st.text(alphabet="aab -'\n", max_size=30), st.text(alphabet="ab -", min_size=1, max_size=4))
def test_a_name_is_found_where_it_does_not_end_in_a_word(text: str, name: str) -> None:
    found = list(wholes_of(text, name, ("", "s")))
    assert all(text.startswith(name, place) for place in found)
    alone = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    if name[0].isalnum() and name[-1].isalnum() and name.count(name[0]) == 1:  # no place overlaps another one
        assert {m.start() for m in alone.finditer(text)} <= set(found)


@given(
    st.lists(
        st.sampled_from(
            [*"$€£ .,-/\n\u00a0A", "US$", "EUR", "Euro", "CHF", "SFr.", "3", "12,5", "1.200.000", "Mio.", "bn"]
        )
    ).map("".join)
)
def test_sums_are_found_as_if_their_pattern_were_tried_everywhere(text: str) -> None:
    words = amounts._money_words("de")
    found = [m.span() for m in amounts._amounts(text, words)]
    assert found == [m.span() for m in words.amount.finditer(text)]
