"""Weighing: rule statements get a probability, the context adds what no rule covers, nothing is made up."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koopgraph.model import Annotated, Article, EntityType, Evidence, Mention, Sentence, Statement, Value, ValueKind
from koopgraph.rdf.vocabulary import RELATIONS, relation_allowed
from koopgraph.weigh import FLOOR, RULES, load_model, scene, weigh

Mark = Callable[..., Annotated]
Key = tuple[str, str, str]
PIECES = (
    "[City|Köln]", "[City=Köln|Kölns]", "[Project|Ärztehaus 🏠]", "[Project|Uferband]", "[Person|Ömer Yıldız]",
    "[Organisation|Bauamt]", "[Organisation|Müller & Söhne]", "[Event|Stadtfest]", "[Place|Südplatz]", "[Award|Preis]",
    "[Programme|Grün 2030]", "[Document|Plan]", "[time=2015|2015]", "[time=2016-04|im April 2016]",
    "[money=5 EUR|5 Euro]", "leitet", "in", "fördert", "das Projekt", "Wohnungen", "–", "😀", "e\u0301", ".", "\n", "\n\n",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
EXTRACTORS = ("people", "places", "foreign")


def key(statement: Statement) -> Key:
    target = statement.object
    return statement.subject.name, statement.relation, target.text if isinstance(target, Value) else target.name


def possible(annotated: Annotated, seed: int) -> list[Statement]:
    """Return some statements that the ontology allows between the mentions of an article."""
    draw = random.Random(seed)
    pairs = list(permutations(annotated.mentions, 2))
    made = []
    for one, other in draw.sample(pairs, min(6, len(pairs))):
        sentence = annotated.sentence_at(one.start)
        evidence = Evidence.of(annotated.article, sentence.start, sentence.end)
        allowed = sorted(r for r in RELATIONS if relation_allowed(r, one.type, other.type))
        if allowed and one.name != other.name:
            made.append(Statement(one, draw.choice(allowed), other, evidence, draw.choice(EXTRACTORS), 0.5))
    mottos = [replace(s, relation="motto", object=Value(ValueKind.MOTTO, "Ja!"), extractor="mottos") for s in made]
    return made + [s for s in mottos if s.subject.type is EntityType.EVENT]


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(0, 99), st.sampled_from(["de", "en", "und"]))
def test_all_that_is_added_is_quoted_and_allowed(mark: Mark, sure, text: str, seed: int, language: str) -> None:  # type: ignore[no-untyped-def]
    annotated = mark(text, language=language)
    known = possible(annotated, seed)
    for statement in weigh(annotated, known, sure()):
        evidence, target = statement.evidence, statement.object
        assert annotated.article.text[evidence.start : evidence.end] == evidence.quote
        assert evidence.quote.strip()
        kind = target.kind if isinstance(target, Value) else target.type
        assert relation_allowed(statement.relation, statement.subject.type, kind)
        assert statement.subject != target
        assert statement.extractor in {"context", *(s.extractor for s in known)}


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.integers(0, 99), st.randoms(use_true_random=False))
def test_the_order_of_the_statements_does_not_matter(mark: Mark, text: str, seed: int, draw: random.Random) -> None:
    annotated = mark(text)
    known = possible(annotated, seed)
    shuffled = draw.sample(known, len(known))
    assert Counter(weigh(annotated, known, load_model())) == Counter(weigh(annotated, shuffled, load_model()))


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.integers(0, 99))
def test_what_others_state_stays_as_it_is_and_rules_lose_nothing_that_is_likely(
    mark: Mark,
    sure,  # type: ignore[no-untyped-def]
    text: str,
    seed: int,
) -> None:
    annotated = mark(text)
    known = possible(annotated, seed)
    weighed = weigh(annotated, known, sure(0.8))
    assert [s for s in weighed if s.extractor == "foreign"] == [s for s in known if s.extractor == "foreign"]
    of_rules = {replace(s, confidence=0.8) for s in known if s.extractor in RULES}
    assert Counter(s for s in weighed if s.extractor in RULES) == Counter(of_rules)


def test_an_article_without_any_thing_states_nothing(mark: Mark) -> None:
    for text in ("", "Es regnet."):
        assert weigh(mark(text), (), load_model()) == ()


def test_one_thing_alone_states_nothing(mark: Mark, sure) -> None:  # type: ignore[no-untyped-def]
    assert weigh(mark("[City|Gera] schweigt. [City=Gera|Geras] Ruhe."), (), sure()) == ()


def test_what_is_unlikely_is_left_out(mark: Mark, sure) -> None:  # type: ignore[no-untyped-def]
    annotated = mark("[Project|Uferband] liegt in [City|Gera].")
    assert {key(s) for s in weigh(annotated, (), sure(FLOOR))} >= {("Uferband", "locatedIn", "Gera")}
    assert weigh(annotated, possible(annotated, 1), sure(FLOOR / 2)) == ()


def test_a_plain_sentence_is_more_likely_than_two_things_far_apart(mark: Mark) -> None:
    text = "Das Projekt [Project|Uferband] in [City|Gera] wächst.\n" + "Es regnet.\n" * 9 + "[City|Jena] feiert."
    chance = {key(s): s.confidence for s in weigh(mark(text), (), load_model())}
    assert chance["Uferband", "locatedIn", "Gera"] > chance.get(("Uferband", "locatedIn", "Jena"), 0.0)


def test_the_same_statement_of_a_rule_raises_what_the_context_says(mark: Mark) -> None:
    annotated = mark("[Person|Uta Lenz] leitet das Projekt [Project|Uferband].")
    person, project = annotated.mentions
    evidence = Evidence.of(annotated.article, 0, len(annotated.article.text))
    rule = Statement(person, "leads", project, evidence, "people", 0.9)
    (alone,) = (s.confidence for s in weigh(annotated, (), load_model()) if s.relation == "leads")
    (told,) = (s for s in weigh(annotated, [rule], load_model()) if s.relation == "leads")
    assert told.extractor == "people"
    assert told.confidence > alone


def test_a_person_belongs_to_an_office_with_the_role_between_them(mark: Mark, sure) -> None:  # type: ignore[no-untyped-def]
    annotated = mark("[Person|Uta Lenz], Leiterin im [Organisation|Bauamt], sprach.")
    (found,) = (s for s in weigh(annotated, (), sure()) if s.relation == "affiliatedWith")
    assert (found.subject.name, found.role) == ("Uta Lenz", "Leiterin")


def test_a_period_is_quoted_with_both_of_its_ends(mark: Mark, sure) -> None:  # type: ignore[no-untyped-def]
    text = (
        "[Project|Uferband] beginnt [time=2024-04|im April].\nDann ruht es.\nFertig ist es [time=2025-10|im Oktober]."
    )
    annotated = mark(text)
    (found,) = (s for s in weigh(annotated, (), sure()) if key(s)[2] == "2024-04/2025-10")
    assert found.evidence.quote.count("\n") == 2


# ------------------------------------------------------------------ long articles


def many(count: int, *, distinct: int) -> Annotated:
    """Return an article of ``count`` sentences that name ``distinct`` things of six classes in turn."""
    kinds = list(EntityType)[:6]
    text, mentions, sentences = "", [], []
    for number in range(count):
        n = number % distinct
        name = "Ö" + "".join(chr(ord("a") + n // 26**power % 26) for power in range(3))
        start = len(text)
        text += f"{name} liegt am Rand.\n"
        mentions.append(Mention(start, start + len(name), name, kinds[n % 6], name, "test"))
        sentences.append(Sentence(start, len(text) - 1))
    return Annotated(Article("a.txt", text, "", "de"), tuple(sentences), tuple(mentions))


def test_an_article_of_three_thousand_names_is_weighed_in_bounded_time() -> None:
    began = time.perf_counter()
    weigh(many(3000, distinct=90), (), load_model())
    assert time.perf_counter() - began < 30


@pytest.mark.slow
def test_many_different_things_take_bounded_memory() -> None:
    annotated = many(1000, distinct=500)
    load_model()
    tracemalloc.start()
    weigh(annotated, (), load_model())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 600 * 2**20


def test_blocks_say_each_statement_once_and_lose_none(sure, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    annotated = many(60, distinct=12)
    known = [replace(s, extractor="places") for seed in range(9) for s in possible(annotated, seed)]
    known = list(dict.fromkeys(known))
    monkeypatch.setattr(scene, "BLOCK", 10)
    weighed = [s for s in weigh(annotated, known, sure(0.8)) if s.extractor == "places"]
    assert {replace(s, confidence=0.5) for s in weighed} == set(known)
    assert len(weighed) == len(known)
    assert {s.confidence for s in weighed} <= {0.5, 0.8}


def test_things_that_no_block_has_together_keep_what_their_rule_said(sure, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    annotated = many(12, distinct=12)
    city = next(m for m in annotated.mentions if m.type is EntityType.CITY)
    last = [m for m in annotated.mentions if m.type is EntityType.PROJECT][-1]
    evidence = Evidence.of(annotated.article, last.start, last.end)
    apart = Statement(last, "locatedIn", city, evidence, "places", 0.5)
    monkeypatch.setattr(scene, "BLOCK", 4)
    assert apart in weigh(annotated, [apart], sure(0.8))


def test_what_its_sentence_takes_back_is_not_added(mark: Mark, sure) -> None:  # type: ignore[no-untyped-def]
    told = {s.relation for s in weigh(mark("Das [Event|Stadtfest] findet in [City|Köln] statt."), [], sure())}
    denied = {s.relation for s in weigh(mark("Das [Event|Stadtfest] in [City|Köln] wurde abgesagt."), [], sure())}
    assert "takesPlaceIn" in told
    assert "takesPlaceIn" not in denied
