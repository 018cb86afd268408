"""The grammar of rules: slots, lists, gaps, what a rule is about, and what a malformed one says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from koopgraph.errors import OntologyError
from koopgraph.extract import grammar, rule_sets
from koopgraph.extract.passages import passages_of
from koopgraph.extract.rule_sets import Rule, RuleSet, read_pattern
from koopgraph.extract.shadow import SIGNS
from koopgraph.model import Annotated, EntityType, Statement, Value

Mark = Callable[..., Annotated]


def rule(
    pattern: str, relation: str = "leads", main: str = "", at_least: int = 1, spread: str | None = None, **words: str
) -> Rule:
    expression, signs, _ = read_pattern(pattern, words)
    slot, _, kinds = main.partition(":")
    about = (slot, tuple(EntityType(k) for k in kinds.split("|"))) if main else None
    return Rule("test.1", relation, expression, signs, 0.8, about, at_least, spread)


def statements(annotated: Annotated, *rules: Rule) -> list[Statement]:
    passages = passages_of(annotated)
    return [
        statement
        for passage in passages.shadows
        for statement in grammar.match(
            RuleSet(rules).applicable(passage.kinds, frozenset()), passage, annotated, passages.salience, "test"
        )
    ]


def pairs(annotated: Annotated, *rules: Rule) -> list[tuple[str, str]]:
    return [(s.subject.text, s.object.text) for s in statements(annotated, *rules)]


def test_slots_take_mentions_of_their_classes_and_of_no_others(mark: Mark) -> None:
    leads = rule("{subject:Person|Organisation} leitet {object:Project}")
    assert pairs(mark("[Person|Anna Brix] leitet [Project|Uferpark]."), leads) == [("Anna Brix", "Uferpark")]
    assert pairs(mark("[Organisation|GEWOBA] leitet [Project|Uferpark]."), leads) == [("GEWOBA", "Uferpark")]
    assert pairs(mark("[City|Gera] leitet [Project|Uferpark]."), leads) == []


def test_a_statement_carries_passage_extractor_relation_and_confidence(mark: Mark) -> None:
    annotated = mark("Vorher.\n[Person|Anna Brix] leitet [Project|Uferpark].")
    (found,) = statements(annotated, rule("{subject:Person} leitet {object:Project}"))
    assert found.evidence.quote == "Anna Brix leitet Uferpark."
    assert annotated.article.text[found.evidence.start : found.evidence.end] == found.evidence.quote
    assert (found.relation, found.extractor) == ("leads", "test")
    assert 0 < found.confidence <= 0.8


def test_case_and_kind_of_white_space_do_not_matter(mark: Mark) -> None:
    leads = rule("{subject:Person} leitet das {object:Project}")
    assert pairs(mark("[Person|Anna Brix]\u00a0LEITET  das\t[Project|Uferpark]."), leads)


def test_a_list_slot_gives_one_statement_a_member(mark: Mark) -> None:
    cities = rule("{subject:Project} in {object:City+}", "partnerCity")
    annotated = mark("[Project|Netz] in [City|Bremen], [City|Leipzig] und der Stadt [City|Gera] läuft.")
    assert pairs(annotated, cities) == [("Netz", "Bremen"), ("Netz", "Leipzig"), ("Netz", "Gera")]


@pytest.mark.parametrize("between", [", ", " und ", " sowie ", "/", " and ", ", and ", " & ", ", die "])
def test_members_of_a_list_are_joined_in_the_usual_ways(mark: Mark, between: str) -> None:
    cities = rule("{subject:Project} in {object:City+}", "partnerCity", at_least=2)
    assert len(pairs(mark(f"[Project|Netz] in [City|Bremen]{between}[City|Gera]."), cities)) == 2


def test_at_least_asks_for_that_many_members(mark: Mark) -> None:
    three = rule("{subject:Project} in {object:City+}", "partnerCity", at_least=3)
    assert pairs(mark("[Project|Netz] in [City|Bremen] und [City|Gera]."), three) == []
    assert len(pairs(mark("[Project|Netz] in [City|Bremen], [City|Gera] und [City|Jena]."), three)) == 3


def test_spread_takes_all_of_the_class_that_follow(mark: Mark) -> None:
    speakers = rule("Es sprechen: {subject:Person}", "speaksAt", main="object:Event", spread="subject")
    text = "Es sprechen: [Person|Anna Brix] ([Organisation|TU Gera]), [Person|Ben Alt] und [Person|Carla Neu]."
    annotated = mark(text, title="[Event|Bauwoche]")
    assert [name for name, _ in pairs(annotated, speakers)] == ["Anna Brix", "Ben Alt", "Carla Neu"]


def test_two_dots_span_words_but_no_other_name_time_or_sum(mark: Mark) -> None:
    near = rule("{subject:Person}..{object:Project}")
    assert pairs(mark("[Person|Anna Brix] leitet nun das schöne [Project|Uferpark]."), near)
    assert not pairs(mark("[Person|Anna Brix] und [City|Gera] planen [Project|Uferpark]."), near)
    assert not pairs(mark("[Person|Anna Brix] geht [time=2027|2027] zu [Project|Uferpark]."), near)
    assert not pairs(mark("[Person|Anna Brix] geht; es bleibt [Project|Uferpark]."), near)
    assert not pairs(mark(f"[Person|Anna Brix] {'sehr ' * 20}[Project|Uferpark]."), near)


def test_three_dots_span_other_names_within_the_sentence(mark: Mark) -> None:
    wide = rule("{subject:Person}...{object:Project}")
    assert pairs(mark("[Person|Anna Brix] und [City|Gera] planen [Project|Uferpark]."), wide)
    assert not pairs(mark("[Person|Anna Brix] geht; es bleibt [Project|Uferpark]."), wide)
    assert not pairs(mark(f"[Person|Anna Brix] {'sehr ' * 40}[Project|Uferpark]."), wide)


@pytest.mark.parametrize(
    ("text", "pattern", "relation", "value"),
    [
        ("[Project|Uferpark] startet [time=2027|2027].", "{subject:Project} startet {time}", "date", "2027"),
        ("[Project|Uferpark] kostet [money=5 EUR|5 Euro].", "{subject:Project} kostet {money}", "budget", "5 EUR"),
    ],
)
def test_times_and_sums_are_values(mark: Mark, text: str, pattern: str, relation: str, value: str) -> None:
    (found,) = statements(mark(text), rule(pattern, relation))
    assert isinstance(found.object, Value)
    assert (found.object.kind, found.object.text) == (relation, value)


def test_a_word_list_stands_for_any_of_its_words(mark: Mark) -> None:
    leads = rule("{subject:Person} @runs {object:Project}", runs="(?:leitet|führt)")
    assert pairs(mark("[Person|Anna Brix] führt [Project|Uferpark]."), leads)
    assert not pairs(mark("[Person|Anna Brix] sieht [Project|Uferpark]."), leads)


def test_a_role_goes_with_the_statement_and_must_name_an_office(mark: Mark) -> None:
    works = rule("{subject:Person}, {role} der {object:Organisation}", "affiliatedWith")
    (found,) = statements(mark("[Person|Anna Brix], die neue Direktorin der [Organisation|GEWOBA]."), works)
    assert found.role == "Direktorin"
    assert statements(mark("[Person|Anna Brix], alle Freunde der [Organisation|GEWOBA]."), works) == []


def test_the_main_slot_is_what_the_passage_is_about(mark: Mark) -> None:
    costs = rule("Kosten: {money}", "budget", main="subject:Project")
    annotated = mark("Hier wächst [Project|Uferpark].\nKosten: [money=5 EUR|5 Euro]", title="[Project|Uferpark]")
    assert pairs(annotated, costs) == [("Uferpark", "5 EUR")]
    assert pairs(mark("In [City|Gera].\nKosten: [money=5 EUR|5 Euro]"), costs) == []


def test_no_thing_is_said_to_stand_in_a_relation_to_itself(mark: Mark) -> None:
    part = rule("{subject:Event}", "partOf", main="object:Event")
    assert pairs(mark("Es beginnt [Event|Kongress A]."), part) == []


def test_what_a_passage_denies_is_left_out(mark: Mark) -> None:
    leads = rule("{subject:Person} leitet {object:Project}")
    assert pairs(mark("[Person|Anna Brix] leitet [Project|Uferpark] nicht."), leads) == []


def test_every_place_that_a_pattern_fits_is_taken(mark: Mark) -> None:
    leads = rule("{subject:Person} leitet {object:Project}")
    text = "[Person|Anna Brix] leitet [Project|Uferpark], [Person|Ben Ott] leitet [Project|Netz]."
    assert pairs(mark(text), leads) == [("Anna Brix", "Uferpark"), ("Ben Ott", "Netz")]


@pytest.mark.parametrize(
    ("pattern", "error"), [("{subject:Town} x", KeyError), ("@nolist {time}", KeyError), ("({time}", re.error)]
)
def test_unknown_classes_and_lists_and_broken_expressions_are_refused(pattern: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_pattern(pattern, {})


def test_the_signs_that_a_pattern_needs_are_told() -> None:
    _, needs, _ = read_pattern("{subject:Person|City} {money}", {})
    assert needs == (frozenset({SIGNS["Person"], SIGNS["City"]}), frozenset({SIGNS["money"]}))


@pytest.mark.parametrize(
    "lines",
    [
        "relation = 'leads'\npattern = '{subject:Town}'\nconfidence = 0.5",
        "relation = 'leads'\npattern = '@nolist'\nconfidence = 0.5",
        "relation = 'leads'\npattern = '('\nconfidence = 0.5",
        "relation = 'leads'\npattern = '{time}'",
        "pattern = '{time}'\nconfidence = 0.5",
        "relation = 'leads'\npattern = '{time}'\nconfidence = 0.5\nmain = 'subject:Town'",
    ],
    ids=["class", "list", "expression", "no confidence", "no relation", "main"],
)
def test_a_malformed_rule_is_named_with_its_file(
    lines: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    family = f"family{abs(hash(request.node.name))}"  # loaded rules are kept by the family's name
    rules = tmp_path / "extract" / "rules"
    rules.mkdir(parents=True)
    good = "relation = 'leads'\npattern = '{subject:City} {time}'\nconfidence = 0.5"
    (rules / f"{family}.de.toml").write_text(f"[[rule]]\n{good}\n[[rule]]\n{lines}\n", encoding="utf-8")
    monkeypatch.setattr(rule_sets, "files", lambda package: tmp_path)
    with pytest.raises(OntologyError, match=rf"{family}\.de\.toml: rule 2 .*malformed"):
        rule_sets.load(family, "de")


def test_a_malformed_word_list_is_named_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tmp_path / "extract" / "rules"
    rules.mkdir(parents=True)
    text = "[words]\nheld = ['findet', '(']\n[[rule]]\nrelation = 'leads'\npattern = '{time}'\nconfidence = 0.5\n"
    (rules / "lists.de.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(rule_sets, "files", lambda package: tmp_path)
    with pytest.raises(OntologyError, match=r"lists\.de\.toml: a word list is malformed"):
        rule_sets.load("lists", "de")


def test_rules_whose_words_a_passage_lacks_are_not_searched(mark: Mark) -> None:
    rules = rule_sets.RuleSet(rule_sets.load("events", "de"))
    (passage,) = passages_of(mark("Das [Event|Stadtfest] in [City|Gera].")).shadows
    _, words = rule_sets.rules_of_all_families("de")
    few = rules.applicable(passage.kinds, words.find(passage.text))
    many = rules.applicable(passage.kinds, words.find(passage.text + " findet statt, veranstaltet von"))
    assert {rule.name for rule in few} < {rule.name for rule in many}


@pytest.mark.parametrize("language", ["de", "en"])
def test_rules_of_offices_want_a_word_that_offices_have(language: rule_sets.Language) -> None:
    rules, words = rule_sets.rules_of_all_families(language)
    offices = [rule for rule in rules if "(?P<role>" in rule.expression]
    assert offices
    for text in ("Stadtplanerin und Bürgermeister", "vice-president and mayor"):
        told = words.find(text)
        assert any(any(not told.isdisjoint(one) for one in rule.words) for rule in offices) is (
            language == ("en" if "mayor" in text else "de")
        )
